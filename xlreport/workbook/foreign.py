"""Workbooks of other formats (.xls, .xlsb, .ods) as the sheets that the reader asks: what their files tell, brought to one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xlreport.errors import InputError
from xlreport.limits import LARGEST_AREA, LARGEST_AREA_READ, MOST_SHEETS
from xlreport.ooxml.addresses import Area, Corners
from xlreport.sources.matching import Place
from xlreport.sources.refusals import SHORTEN
from xlreport.workbook import shown
from xlreport.workbook.sheets import Sheets


@dataclass
class ForeignSheet:
    """One sheet as a file of another format tells it: its values as they are seen, blanks as “”."""

    title: str
    rows: shown.Rows
    hidden: shown.Hidden = shown.NOTHING_HIDDEN
    merged: tuple[Corners, ...] = ()
    is_hidden: bool = False
    #: Numbers that are shown as others: place, what is shown, what is stored.
    looks_other: list[tuple[Place, Any, Any]] = field(default_factory=list)


class ForeignSheets(Sheets):
    """The sheets of a workbook that is no .xlsx (see ``Sheets``). It has no names that this package knows: everything is found by its labels."""

    def __init__(self, path: Path, sheets: Sequence[ForeignSheet]) -> None:
        super().__init__(path, [sheet.title for sheet in sheets])
        self._sheets = {sheet.title: sheet for sheet in sheets}
        for sheet in sheets:
            self.cover(sheet.title, sheet.rows, sheet.merged)
            for place, seen, stored in sheet.looks_other:
                self.looks_other(sheet.title, place, seen, stored)

    def area(self, name: str) -> Area | None:
        """Return nothing: the names of such a workbook are not read."""
        return None

    def rows(self, title: str) -> shown.Rows:
        return self._sheets[title].rows

    def merged(self, title: str) -> tuple[Corners, ...]:
        return self._sheets[title].merged

    def hidden(self, title: str) -> shown.Hidden:
        return self._sheets[title].hidden

    def is_hidden(self, title: str) -> bool:
        return title in self._sheets and self._sheets[title].is_hidden


def refuse_too_large(path: Path, sizes: Sequence[tuple[str, int, int]]) -> None:
    """Raise ``InputError`` where the sheets (title, rows, columns) take more than a report does."""
    if len(sizes) > MOST_SHEETS:
        raise InputError(path, f"有 {len(sizes)} 张工作表，不像一份年度报告", SHORTEN)
    if not sizes:
        raise InputError(path, "工作簿里没有工作表", "请换成填好的工作簿")
    total = 0
    for title, height, width in sizes:
        total += height * width
        if height * width > LARGEST_AREA or total > LARGEST_AREA_READ:
            raise InputError(path, "工作表过大，不像年度报告", SHORTEN, title)
