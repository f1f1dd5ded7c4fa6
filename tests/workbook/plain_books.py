"""Small workbooks of the tests' own: the tables drawn bare, so that marking is tried apart from template and reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from xlreport.form.declaration import PREVIOUS
from xlreport.form.grid import grid_of
from xlreport.report import Report

TOP, LEFT = 3, 2


def fill_in(book: Workbook, report: Report, prefix: str = "", suffix: str = "") -> dict[str, str]:
    """Draw the figures of ``report`` into new sheets and return the places by key, each key behind ``prefix``."""
    figures, places = report.figures(), {}
    for table in report.declaration.tables:
        sheet = book.create_sheet(report.declaration.section(table.key).sheet[: 30 - len(suffix)] + suffix)
        for key, cell in grid_of(table).figures.items():
            row, column = cell.row + TOP, cell.column + LEFT
            sheet.cell(row, column, figures[key])
            if cell.column_span > 1:
                sheet.merge_cells(
                    start_row=row, start_column=column, end_row=row, end_column=column + cell.column_span - 1
                )
            places[prefix + key] = f"{sheet.title}!{get_column_letter(column)}{row}"
    return places


def save(report: Report, path: Path, suffix: str = "") -> Report:
    """Save ``report`` (and last year's, if it carries one) as a bare workbook; return it with the places of its figures."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    report.places.update(fill_in(book, report, suffix=suffix))
    if report.previous is not None:
        report.places.update(fill_in(book, report.previous, PREVIOUS, f"{suffix}上年"))
    book.save(path)
    return report


def cell_at(book: Workbook, place: str) -> Any:
    """Return the cell at “工作表!D7”."""
    sheet, _, address = place.rpartition("!")
    return book[sheet][address]
