"""Figures written into an open workbook: only where nothing was entered, tinted as a proposal where the office has to confirm them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from xlreport.form.declaration import PREVIOUS
from xlreport.form.figures import Figure
from xlreport.live.literal import as_text
from xlreport.live.pen.marking import Cover
from xlreport.live.pen.rectangles import rectangles
from xlreport.live.places import sheet_and_spot
from xlreport.live.protection import unprotected
from xlreport.ooxml.addresses import Spot
from xlreport.report import Report
from xlreport.wording import TAKEN_OVER
from xlreport.workbook.marks import PROPOSED_TINT
from xlreport.workbook.names import PREVIOUS_FIELDS
from xlreport.workbook.stored import held

if TYPE_CHECKING:
    import xlwings as xw


def write_figures(book: xw.Book, places: Mapping[str, str], values: Mapping[str, Any]) -> None:
    """Write each value to the place of its key, neighbouring cells of a sheet at once; other cells stay untouched."""
    by_sheet: dict[str, dict[Spot, Any]] = {}
    for key, value in values.items():
        title, spot = sheet_and_spot(places[key])
        by_sheet.setdefault(title, {})[spot] = cell_value(value)
    with unprotected(book.sheets[title] for title in by_sheet):
        for title, cells in by_sheet.items():
            # Blocks by position only, so that different values go in one call.
            for place, _ in rectangles(dict.fromkeys(cells, True)):
                rows, columns = range(place.top, place.bottom + 1), range(place.left, place.right + 1)
                block = book.sheets[title].range(*place.corners)
                _take_numbers(block)
                block.value = [[cells[row, column] for column in columns] for row in rows]


def _take_numbers(block: xw.Range) -> None:
    """Give cells that are formatted as text the general format; they would make text of every number."""
    shape = block.number_format
    if shape == "@":
        block.number_format = "General"
    elif shape is None:
        for cell in block:
            _take_numbers(cell)


def last_years_values(last: Report, places: Mapping[str, str]) -> dict[str, Any]:
    """Return last year's figures and fields for the cells that the workbook has for them, by key."""
    values: dict[str, Any] = {PREVIOUS + key: value for key, value in last.figures().items()}
    values |= {field: getattr(last, field.removeprefix(PREVIOUS)) or None for field in PREVIOUS_FIELDS}
    return {key: value for key, value in values.items() if key in places}


def proposals(places: Mapping[str, str], keys: Mapping[str, Figure]) -> list[Cover]:
    """Return what to draw on cells that were filled in for the office."""
    return [Cover(*sheet_and_spot(places[key]), PROPOSED_TINT, TAKEN_OVER) for key in keys]


def cell_value(value: Figure) -> Any:
    """Return a figure as it is handed to a cell; one that a cell cannot hold to the last digit as text."""
    kept = held(value)
    if isinstance(kept, str):
        return as_text(kept)
    # As a double, which is what Excel takes of any size.
    return None if kept is None else float(kept)
