"""Marks on cells of a file, put on and taken off: what a mark covers up is kept in the workbook itself (see ``records``)."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, cast

from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.workbook.marks import Mark
from xlreport.workbook.records import AUTHOR, RECORDS, SAMPLE_COLUMN, joined, remaining, size_of
from xlreport.workbook.results_sheet import holdable, put_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook


def put_on(book: Workbook, marks: tuple[Mark, ...]) -> None:
    """Tint and annotate the cells, and keep a record of what that covers up."""
    for each in marks:
        cell = _cell(book, each.sheet, each.address)
        if cell is None:
            continue
        _record(book, cell, each)
        cell.fill = PatternFill("solid", fgColor=each.tint)
        own = cell.comment
        text = joined(own.text if own else None, each.note)
        cell.comment = _comment(text, (own and own.author) or AUTHOR, *size_of(text, own.width if own else 0))


def _record(book: Workbook, cell: Cell, each: Mark) -> None:
    if RECORDS not in book.sheetnames:
        book.create_sheet(RECORDS).sheet_state = "veryHidden"
    sheet = book[RECORDS]
    row = sheet.max_row + 1 if sheet.cell(1, 1).value else 1
    sheet.cell(row, 1, f"={quote_sheetname(cell.parent.title)}!{cell.coordinate}")
    sheet.cell(row, SAMPLE_COLUMN).fill = copy(cell.fill)  # type: ignore[assignment]  # a style is a proxy until copied
    put_text(sheet.cell(row, 3), each.tint)
    put_text(sheet.cell(row, 4), each.note)
    if cell.comment is not None:
        put_text(sheet.cell(row, 5), cell.comment.text)
        put_text(sheet.cell(row, 6), cell.comment.author or "")
        sheet.cell(row, 7, cell.comment.width)
        sheet.cell(row, 8, cell.comment.height)


def take_off(book: Workbook) -> None:
    """Give every marked cell its own fill and note back; what the user has changed since stays as the user has it."""
    if RECORDS not in book.sheetnames:
        return
    sheet = book[RECORDS]
    for reference, sample, tint, ours, text, author, width, height in sheet.iter_rows(max_col=8):
        if reference.value is None:
            break  # the records follow each other; what stands further down is none of ours
        name, _, address = str(reference.value).removeprefix("=").rpartition("!")
        cell = _cell(book, _unquoted(name), address.replace("$", ""))
        if cell is None:
            continue
        if cell.fill.fill_type == "solid" and str(cell.fill.fgColor.rgb)[-6:] == tint.value:
            cell.fill = copy(sample.fill)  # type: ignore[assignment]
        own = None
        if text.value is not None:
            own = _comment(str(text.value), str(author.value or ""), width.value, height.value)
        cell.comment = _without(cell.comment, str(ours.value or ""), own)
    book.remove(sheet)


def _without(now: Comment | None, ours: str, own: Comment | None) -> Comment | None:
    """The note ``now`` without our part of it; ``own`` is the user's part when it was marked."""
    if now is None:
        return None
    left = remaining(now.text, ours, own.text if own else None)
    if left is None or (own is not None and left == own.text):
        return own if left else None
    # A copy without a cell: a note belongs to one cell only.
    return _comment(left, now.author or "", now.width, now.height)


def _comment(text: str, author: str, width: Any, height: Any) -> Comment:
    return Comment(holdable(text), holdable(author), width=width, height=height)


def _unquoted(name: str) -> str:
    return name[1:-1].replace("''", "'") if name.startswith("'") and name.endswith("'") else name


def _cell(book: Workbook, title: str, address: str) -> Cell | None:
    """The cell at a place, of a merged block its first; ``None`` where there is no such sheet or address."""
    if title not in book.sheetnames or not isinstance(book[title], Worksheet):
        return None
    sheet = book[title]
    try:
        cell = sheet[address]
    except ValueError:  # “#REF!”: the user has deleted the cell
        return None
    if isinstance(cell, MergedCell):
        block = next(block for block in sheet.merged_cells.ranges if address in block)
        cell = sheet.cell(block.min_row, block.min_col)
    return cast("Cell", cell)
