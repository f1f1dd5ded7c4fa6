"""Balances as native formulas: alive in Excel, WPS and LibreOffice, without Python and without macros, and short enough to be read.

A check cell is blank while there is no number to weigh; else it shows ✓, or a mark (✗ for an error, △ for a warning) with what is
wrong: “✗ 185≠203” (left side, right side), “△ 5＞3”, “✗ 非数字”. ``check_text`` says the same from Python's verdict. The first check cell of
a row or column of them that does not hold is told in words beside it, and the banner puts these words together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from xlreport.form.balance import Outcome, Term, plain
from xlreport.form.figures import BLANK_MARKS
from xlreport.form.linear import Weighable
from xlreport.form.rule import Rule
from xlreport.ooxml.addresses import quoted
from xlreport.rules.balance import weighable
from xlreport.rules.rule import Evidence, table_of
from xlreport.workbook.check_lines import ERROR, WARNING, CheckLine, CheckLines, mark_of
from xlreport.workbook.layout import Block, Layout, TablePlace, cell_at

HOLDS = "✓"
NOT_A_NUMBER = "非数字"
NOTHING_ENTERED, PARTLY_ENTERED, ENTERED, ALL_HOLDS = "尚未填写", "还有表未填写", "已填写", "各表平衡"
NOT_WRITTEN = "还没有写"
#: Behind a table's name, or behind the number of cells that nobody can reckon with.
WRONG, DOUBTFUL, UNREAD = "有错", "需核实", "格不是数字"
#: Characters of both sides that are told beside a line of check cells.
LONGEST_SIDES = 40
#: The name of what ``COUNTIF`` has to find in a cell for it to be read: nothing, a mark for nothing, or a number.
READABLE = "数或空"
#: Between the sides of a relation that does not hold.
_BROKEN = {"=": "≠", "<=": "＞"}


def constants(tables: Iterable[CheckLines]) -> dict[str, str]:
    """Return the constants that the formulas call by name, as defined names hold them."""
    found = {READABLE: _array(("", *BLANK_MARKS, ">=0", "<0"))}
    for lines in tables:
        found |= {name: _array(labels) for name, labels in lines.labels.items()}
    return found


def _array(texts: Iterable[str]) -> str:
    return "{" + ",".join(_text(text) for text in texts) + "}"


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def check_formula(relation: Weighable, rule: Rule, layout: Layout, sheet: str) -> str:
    """Return the formula of the check cell on ``sheet`` in which a relation is weighed."""
    left, right = (_side(side, layout, sheet) for side in (relation.left, relation.right))
    cells = ranges((layout.cells[key] for key in relation.keys), sheet)
    numbers = f"COUNT({','.join(cells)})"
    tables = dict.fromkeys(table_of(key) for key in relation.keys)
    if len(tables) > 1:
        # A table in which nothing was entered is missing, not zero; within one table there are no numbers then anyway.
        numbers = "*".join([*(_corner(layout.filled(table), sheet) for table in tables), numbers])
    mark = mark_of(rule)
    return (
        f'=IF({numbers}=0,"",IF({_readable(cells)}<{len(relation.keys)},"{mark} {NOT_A_NUMBER}",'
        f'IF({left}{relation.relation}{right},"{HOLDS}","{mark} "&{left}&"{_BROKEN[relation.relation]}"&{right})))'
    )


def check_text(relation: Weighable, rule: Rule, evidence: Evidence) -> str:
    """Return what the check cell of a relation shows, by Python's verdict."""
    if not weighable(relation.keys, evidence):
        return ""
    if not any(isinstance(evidence.figures[key], int | Decimal) for key in relation.keys):
        return ""
    verdict, mark = relation.weigh(evidence.figures), mark_of(rule)
    if verdict.outcome is Outcome.UNREADABLE:
        return f"{mark} {NOT_A_NUMBER}"
    if verdict.outcome is not Outcome.BROKEN:
        return HOLDS
    return f"{mark} {plain(verdict.left)}{_BROKEN[relation.relation]}{plain(verdict.right)}"


def filled_formula(place: TablePlace) -> str:
    """Return the formula that counts a table's cells in which anything was entered, marks for “nothing” included."""
    return f"={_figures_and_blanks(place)}-COUNTBLANK({_reference(place.figures, place.sheet)})"


def unread_formula(place: TablePlace) -> str:
    """Return the formula that says how many of a table's cells hold neither a number nor a mark for “nothing”; blank where none does."""
    found, of = _readable([_reference(place.figures, place.sheet)]), _figures_and_blanks(place)
    return f'=IF({found}<{of},{of}-{found}&"{UNREAD}","")'


def line_formula(line: CheckLine) -> str:
    """Return the formula that names the first check cell of a line that does not hold, with its sides and how many there are."""
    cells = line.cells.reference
    place = f'MATCH("{line.mark}*",{cells},0)'
    count = f'COUNTIF({cells},"{line.mark}*")'
    words = f'INDEX({line.labels},{place})&"："&MID(INDEX({cells},{place}),3,{LONGEST_SIDES})'
    return f'=IFERROR({words}&IF({count}>1,"等"&{count}&"处","")&"（{line.heading}）","")'


def problems_formula(lines: CheckLines) -> str:
    """Return the formula that puts together what the lines found; errors alone where there are any."""
    bad: list[Block] = [lines.unread]
    doubtful: list[Block] = []
    for line in lines.lines:
        (bad if line.mark == ERROR else doubtful).append(line.place)
    warned = _joined(WARNING, doubtful, '""') if doubtful else '""'
    return f"={_joined(ERROR, bad, warned)}"


def _joined(mark: str, cells: Sequence[Block], otherwise: str) -> str:
    corners = [cell.corner for cell in cells]
    # TRIM leaves one blank between what is there, and nothing else there has one.
    apart = '&" "&'.join(corners)
    words = f'SUBSTITUTE(TRIM({apart})," ","；")' if len(corners) > 1 else apart
    return f'IF({"&".join(corners)}<>"","{mark} "&{words},{otherwise})'


def summary_formula(place: TablePlace, lines: CheckLines) -> str:
    """Return the formula that sums up a table: nothing entered, what is wrong, or how many balances hold."""
    good, problems = ENTERED, lines.problems.corner
    fine = f'"{good}"'
    if place.checks:
        holding = f'COUNTIF({lines.cells.reference},"{HOLDS}")'
        fine = f'IF({holding}=0,{fine},"{HOLDS} 平衡（"&{holding}&" 项）")'
    return f'=IF({place.filled.corner}=0,"{NOTHING_ENTERED}",IF({problems}<>"",{problems},{fine}))'


def overall_formula(names: Block, summaries: Block) -> str:
    """Return the formula that sums up all tables from their names and summaries, which stand beside each other."""
    cells, tables = summaries.reference, summaries.last_row - summaries.row + 1

    def first(mark: str, word: str) -> str:
        return f'"{mark} "&INDEX({names.reference},MATCH("{mark}*",{cells},0))&"{word}"'

    empty = f'COUNTIF({cells},"{NOTHING_ENTERED}")'
    return (
        f"=IFERROR({first(ERROR, WRONG)},IFERROR({first(WARNING, DOUBTFUL)},"
        f'IF({empty}=0,"{HOLDS} {ALL_HOLDS}",IF({empty}={tables},"{NOTHING_ENTERED}","{PARTLY_ENTERED}"))))'
    )


def ranges(blocks: Iterable[Block], sheet: str) -> list[str]:
    """Return references to the blocks' top left cells as seen from ``sheet``, neighbours joined to ranges."""
    rows: dict[tuple[str, int], list[int]] = {}
    for block in blocks:
        rows.setdefault((block.sheet, block.row), []).append(block.column)
    joined: list[Block] = []
    for (home, row), columns in sorted(rows.items(), key=lambda item: (item[0][0] != sheet, item[0])):
        for left, right in _runs(columns):
            above = next((b for b in joined if b == Block(home, b.row, left, row - 1, right)), None)
            if above:
                joined[joined.index(above)] = above._replace(last_row=row)
            else:
                joined.append(Block(home, row, left, row, right))
    return [_reference(block, sheet) for block in joined]


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _corner(block: Block, sheet: str) -> str:
    """The top left cell, which holds the value where cells are merged."""
    return _reference(cell_at(block.sheet, block.row, block.column), sheet)


def _reference(block: Block, sheet: str) -> str:
    if block.sheet == sheet:
        return block.reference
    # Letters that are in no reference need no quotes.
    plain_name = block.sheet.isalpha() and not any(letter.isascii() for letter in block.sheet)
    return f"{block.sheet if plain_name else quoted(block.sheet)}!{block.reference}"


def _side(side: Iterable[Term], layout: Layout, sheet: str) -> str:
    found = ""
    for sign, once in (("+", 1), ("-", -1)):
        cells = [layout.cells[term.key] for term in side if term.key and term.factor == once]
        found += sign + _total(ranges(cells, sheet)) if cells else ""
    for key, factor in side:
        if not key:
            found += f"+{plain(factor)}"
        elif factor not in (1, -1):
            found += f"+{plain(factor)}*N({_corner(layout.cells[key], sheet)})"
    return found.replace("+-", "-").removeprefix("+")


def _total(cells: Sequence[str]) -> str:
    # N and SUM make nothing of a text, where + would fail; a blank counts as 0 in both.
    if len(cells) == 1 and ":" not in cells[0]:
        return f"N({cells[0]})"
    return f"SUM({','.join(cells)})"


def _readable(cells: Iterable[str]) -> str:
    """How many of the cells hold nothing, a mark for nothing, or a number.

    A truth value is none of them in Excel; LibreOffice takes it for a number, so there only the check itself finds it.
    """
    return f"SUMPRODUCT({'+'.join(f'COUNTIF({cell},{READABLE})' for cell in cells)})"


def _figures_and_blanks(place: TablePlace) -> int:
    """How many cells of the block of figures hold no label: those for figures, and those that merged cells leave blank."""
    block = place.figures
    cells = (block.last_row - block.row + 1) * (block.last_column - block.column + 1)
    labels = [place.place(cell) for cell in place.grid.cells if cell.text and not cell.key]
    return cells - sum(
        block.row <= label.row <= block.last_row and block.column <= label.column <= block.last_column
        for label in labels
    )
