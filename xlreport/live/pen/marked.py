"""A workbook's marks and its list of results, made anew from its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlreport.live.open_report import read_live
from xlreport.live.own_rules import checked
from xlreport.live.pen.listing import draw_list
from xlreport.live.pen.marking import covers_of, put_on, take_off
from xlreport.report import Report
from xlreport.workbook.mark_records import RECORDS
from xlreport.workbook.marks import marks_of

if TYPE_CHECKING:
    import xlwings as xw


def mark(book: xw.Book, report: Report) -> tuple[xw.Sheet, int, list[str]]:
    """Mark the cells and list the findings; returns the list, the row of its first line, and the places that take no note."""
    marks = marks_of(checked(book, report))
    take_off(book)
    without_note = put_on(book, covers_of(marks.cells))
    return *draw_list(book, marks.results), without_note


def mark_again(book: xw.Book) -> None:
    """Bring marks and list up to the figures as they now are, if there are any."""
    if RECORDS in [sheet.name for sheet in book.sheets]:
        mark(book, read_live(book))
