"""The sheet 校验结果 in an open workbook: drawn from the same description as in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from xlreport.live.pen import drawing
from xlreport.live.protection import unprotected
from xlreport.ooxml.addresses import parts_of, quoted
from xlreport.workbook.mark_records import HIDDEN
from xlreport.workbook.names import FINDINGS, name_of
from xlreport.workbook.results import SHEET, ResultList, free_title, may_be_ours
from xlreport.workbook.results_sheet import draw_results

if TYPE_CHECKING:
    import xlwings as xw
    from openpyxl.worksheet.worksheet import Worksheet


def draw_list(book: xw.Book, results: ResultList) -> tuple[xw.Sheet, int]:
    """Draw ``results`` in place of the old list; return its sheet, and the row of its first line."""
    scratch = Workbook().worksheets[0]
    reference = draw_results(scratch, results)
    sheet = list_sheet(book)
    if sheet is None:
        sheet = _new_sheet(book, scratch)
    else:
        with unprotected([sheet]):
            try:
                drawing.draw(scratch, sheet)
            except Exception:
                # Half drawn, the list would have lost the office's explanations; what fails twice fails for good.
                drawing.draw(scratch, sheet)
    target = f"={quoted(sheet.name)}!{reference}"
    name = name_of(FINDINGS)
    if name in book.names:
        book.names[name].refers_to = target
    else:
        book.names.add(name, target)
    return sheet, int(reference.split(":")[0].rpartition("$")[2]) + 1


def _new_sheet(book: xw.Book, drawn: Worksheet) -> xw.Sheet:
    titles = [sheet.name for sheet in book.sheets]
    shown = [title for title in titles if title not in HIDDEN]
    sheet = book.sheets.add(free_title(titles), after=book.sheets[shown[-1]])
    drawing.lay_out(drawn, sheet)
    drawing.draw(drawn, sheet)
    protection = drawn.protection
    # In the file format these say what is locked, in the program's words what is allowed.
    sheet.api.Protect(
        DrawingObjects=bool(protection.objects),
        Contents=True,
        Scenarios=bool(protection.scenarios),
        AllowFormattingCells=not protection.formatCells,
        AllowFormattingColumns=not protection.formatColumns,
        AllowFormattingRows=not protection.formatRows,
    )
    return sheet


def list_sheet(book: xw.Book) -> xw.Sheet | None:
    """Our list, found by its name, else by its title and headings."""
    titles = {sheet.name: sheet for sheet in book.sheets}
    name = name_of(FINDINGS)
    if name in book.names:
        title, _ = parts_of(book.names[name].refers_to or "")
        if title in titles:
            return titles[title]
    sheet = titles.get(SHEET)
    return sheet if sheet is not None and may_be_ours(sheet.used_range.options(ndim=2).value) else None
