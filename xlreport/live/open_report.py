"""The workbook that is open in a spreadsheet program, read into a report: one read of values per sheet, whatever its size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.errors import InputError
from xlreport.limits import LARGEST_AREA
from xlreport.ooxml import addresses
from xlreport.ooxml.addresses import Area, corners_of
from xlreport.report import Report
from xlreport.sources.matching import Place
from xlreport.workbook.reader import report_from
from xlreport.workbook.sheets import Sheets

if TYPE_CHECKING:
    import xlwings as xw


def read_live(book: xw.Book) -> Report:
    """Return the report in an open workbook, as it stands on the screen; raises as the reader of files does."""
    return report_from(LiveSheets(book))


def area_of(book: xw.Book, name: str) -> Area | None:
    """Return the rectangle that a defined name of an open workbook stands for; ``None`` if there is none."""
    return addresses.area_of(book.names[name].refers_to or "") if name in book.names else None


class LiveSheets(Sheets):
    """The sheets of an open workbook, as the reader asks for them: places count from 0, blanks are “”.

    Each sheet is fetched once, in one call, when it is first asked for.
    """

    def __init__(self, book: xw.Book) -> None:
        super().__init__(Path(book.name), [sheet.name for sheet in book.sheets])
        self._book = book
        self._areas: dict[str, Area | None] = {}
        self._rows: dict[str, list[list[Any]]] = {}
        self._formulas: dict[str, dict[Place, str]] = {}

    def area(self, name: str) -> Area | None:
        if name not in self._areas:
            found = area_of(self._book, name)
            self._areas[name] = found if found is not None and found.sheet in self.titles else None
        return self._areas[name]

    def rows(self, title: str) -> list[list[Any]]:
        """Return the values of a sheet from its first cell on; raises ``InputError`` for one that is far too large."""
        if title not in self._rows:
            sheet = self._book.sheets[title]
            used = corners_of(sheet.used_range.address)
            # A program names whole rows or columns (“$1:$1048576”) where every cell of them has a format.
            bottom, right = used[2:] if used else (LARGEST_AREA, 1)
            if (bottom + 1) * (right + 1) > LARGEST_AREA:
                problem = f"工作表用到了第 {bottom + 1} 行、第 {right + 1} 列，不像年度报告"
                raise InputError(self.path, problem, "请删去数据区以外的行和列（选中后右键删除）", title)
            block = sheet.range((1, 1), (bottom + 1, right + 1))
            values = block.options(ndim=2, empty="", err_to_str=True).value
            self._rows[title] = values
        return self._rows[title]

    def merged_to(self, title: str, place: Place) -> Place:
        row, column = place
        merged = corners_of(self._book.sheets[title].range((row + 1, column + 1)).merge_area.address)
        return merged[2:] if merged else place

    def formulas(self, title: str) -> dict[Place, str]:
        """Return all formulas of a sheet; it is not told whether they have been calculated."""
        if title not in self._formulas:
            rows = self.rows(title)
            read = self._book.sheets[title].range((1, 1), (len(rows), len(rows[0]))).formula
            self._formulas[title] = {
                (row, column): text
                # Of a single cell no table comes.
                for row, line in enumerate(read if isinstance(read, tuple) else ((read,),))
                for column, text in enumerate(line)
                if isinstance(text, str) and text.startswith("=")
            }
        return self._formulas[title]
