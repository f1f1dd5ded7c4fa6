"""The line over a text: what is to be written, how many paragraphs there is room for, and, alive in the cell, how many stand below that. Pure.

A text that is pasted does not ask how much fits; what stands below the prepared rows is read all the same, but nobody should have to find out.
"""

from __future__ import annotations

from xlreport.form.declaration import Form
from xlreport.ooxml.addresses import letters
from xlreport.workbook.check_lines import WARNING
from xlreport.workbook.layout import LAST_ROW, Block
from xlreport.workbook.names import PREAMBLE

_PREAMBLE_HINT = "导语：写编制依据、统计期限（1月1日至12月31日）和联系方式"


def line_over(block: Block) -> Block:
    """Return the cell over a text, above the text's headings."""
    return block._replace(row=block.row - 2, last_row=block.row - 2)


def said_over(form: Form, content: str, block: Block) -> str:
    """Return what stands there while everything fits."""
    before, after = _around_room(form, content)
    return f"{before}{block.last_row - block.row + 1}{after}"


def formula_over(form: Form, content: str, block: Block) -> str:
    """Return the formula that says it, or how many paragraphs do not fit."""
    before, after = (text.replace('"', '""') for text in _around_room(form, content))
    column = letters(block.last_column)
    rows = f"ROWS(${column}${block.row}:${column}${block.last_row})"
    below = f"${column}${block.last_row + 1}:${column}${LAST_ROW}"
    more = f'"{WARNING} 可写 "&{rows}&" 段，下面还有 "&COUNTA({below})&" 段：照样读取，请核对是否多贴了"'
    return f'=IF(COUNTA({below})=0,"{before}"&{rows}&"{after}",{more})'


def told_below(title: str, room: int, below: int, first: int) -> str:
    """Return the same as a remark on what was read: ``below`` paragraphs stand under the ``room`` there is, from row ``first`` on."""
    return f"“{title}”可写 {room} 段，下面还有 {below} 段（从第 {first} 行起），照样读取了；请核对是否多贴了"


def _around_room(form: Form, content: str) -> tuple[str, str]:
    hint = _PREAMBLE_HINT if content == PREAMBLE else form.section(content).hint
    return (f"{hint}。" if hint else "") + "一行一段，可写 ", " 段"
