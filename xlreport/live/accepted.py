"""What the button 采纳建议 has put into cells, and what stood there before: kept in the workbook, so that it can be put back after saving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from xlreport.form.figures import parse_figure
from xlreport.live.literal import as_text
from xlreport.live.pen.marking import add_hidden_sheet, remove_sheet
from xlreport.live.places import cell_at, last_row, pointed, pointer, sheet_and_spot
from xlreport.ooxml.addresses import address_of
from xlreport.workbook.mark_records import ACCEPTED

if TYPE_CHECKING:
    import xlwings as xw

#: Columns of a record: a pointer to the cell, the value accepted, the value before, the formula before (where there was one).
_COLUMNS = 4


class Accepted(NamedTuple):
    """A cell that holds an accepted value, and what to put back. ``row`` is the record's."""

    place: str
    value: Any
    before: Any
    formula: str
    row: int


def formula_in(cell: xw.Range) -> str:
    """Return the cell's formula, “” where it has none."""
    text = str(cell.formula or "")
    return text if text.startswith("=") else ""


def latest(book: xw.Book, places: list[str]) -> Accepted | None:
    """Return what was accepted last in one of these cells and still stands there."""
    for accepted in _records(book)[::-1]:
        if accepted.place in places:
            cell = cell_at(book, accepted.place)
            if not formula_in(cell) and parse_figure(cell.value) == parse_figure(accepted.value):
                return accepted
    return None


def remember(book: xw.Book, place: str, value: Any) -> None:
    """Keep what the cell holds, before ``value`` is written to it."""
    cell = cell_at(book, place)
    before, formula = cell.options(err_to_str=True).value, formula_in(cell)
    if not formula and before is not None and not isinstance(before, (str, float)):
        # A date or a truth value: typed in again as the program itself spells it, it becomes what it was.
        formula = str(cell.formula)
    if ACCEPTED in [sheet.name for sheet in book.sheets]:
        sheet = book.sheets[ACCEPTED]
        row = last_row(sheet) + 1
    else:
        sheet, row = add_hidden_sheet(book, ACCEPTED), 1
    kept = None if formula else as_text(before) if isinstance(before, str) else before
    sheet.range((row, 2), (row, _COLUMNS)).value = [value, kept, as_text(formula) or None]
    # Last, because without a pointer there is no record.
    sheet.range((row, 1)).formula = pointer(*sheet_and_spot(place))


def put_back(book: xw.Book, accepted: Accepted) -> None:
    """Give the cell what it held before, and forget the record. The sheet must not be protected."""
    cell = cell_at(book, accepted.place)
    if accepted.formula:
        cell.formula = accepted.formula
    else:
        cell.value = as_text(accepted.before) if isinstance(accepted.before, str) else accepted.before
    if len(_records(book)) == 1:
        remove_sheet(book.sheets[ACCEPTED])
    else:
        book.sheets[ACCEPTED].range((accepted.row, 1), (accepted.row, _COLUMNS)).value = [None] * _COLUMNS


def _records(book: xw.Book) -> list[Accepted]:
    """All records whose cell still exists, the oldest first."""
    titles = [sheet.name for sheet in book.sheets]
    if ACCEPTED not in titles:
        return []
    sheet = book.sheets[ACCEPTED]
    area = sheet.range((1, 1), (last_row(sheet), _COLUMNS))
    found = []
    for row, (formulas, values) in enumerate(
        zip(area.formula, area.options(ndim=2).value, strict=True), start=1
    ):
        target = pointed(formulas[0])
        if target is not None and target[0] in titles:
            _, value, before, formula = values
            title, spot = target
            place = f"{title}!{address_of(spot)}"
            found.append(Accepted(place, value, before, str(formula or ""), row))
    return found
