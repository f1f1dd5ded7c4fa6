"""What the user has selected: a cell, and on the sheet 校验结果 the line that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlreport.live.pen.listing import list_sheet
from xlreport.live.places import sheet_and_spot, spot_of
from xlreport.ooxml.addresses import address_of
from xlreport.workbook.results import LineSubject, subject_of

if TYPE_CHECKING:
    import xlwings as xw


def selected_place(book: xw.Book) -> str | None:
    """Return the place of the selected cell, “三、依申请公开!D7”; ``None`` if several cells or something else is selected.

    A merged cell counts as one, and is known by its first.
    """
    chosen = book.selection
    if chosen is None:
        return None
    first = chosen.sheet.range((chosen.row, chosen.column))
    if chosen.address not in (first.address, first.merge_area.address):
        return None
    corner = first.merge_area.address.partition(":")[0]
    return f"{chosen.sheet.name}!{address_of(spot_of(corner))}"


def subject_at(book: xw.Book, place: str) -> LineSubject | None:
    """Return what the line of our list at ``place`` is about; ``None`` where the place is on no such line."""
    title, (row, _) = sheet_and_spot(place)
    sheet = list_sheet(book)
    if sheet is None or sheet.name != title:
        return None
    used = sheet.used_range
    last = used.row + used.shape[0] - 1, used.column + used.shape[1] - 1
    return subject_of(sheet.range((1, 1), last).options(ndim=2).value, row - 1)
