"""The sheets of a workbook file, read on demand through python-calamine."""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from xlreport.errors import InputError
from xlreport.limits import LARGEST_AREA, LARGEST_AREA_READ
from xlreport.ooxml.addresses import Area, Corners, address
from xlreport.sources.matching import Place
from xlreport.sources.refusals import REPAIR_WORKBOOK, SHORTEN, damaged, encrypted
from xlreport.workbook import shown
from xlreport.workbook.cell_looks import looks_of
from xlreport.workbook.container import Container, errors_in, formulas_without_results, uncalculated_in
from xlreport.workbook.layout import GUIDE
from xlreport.workbook.names import PREFIX
from xlreport.workbook.sheet_xml import SheetXml
from xlreport.workbook.sheets import Sheets
from xlreport.workbook.usual_values import Suspect, Unusual, UsualValues, shared_in


class FileSheets(Sheets):
    """The sheets of one workbook file (see ``Sheets``); raises ``InputError`` for content that is no readable workbook."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._container = Container(path, content)
        super().__init__(path, self._container.sheets)
        self._xml: dict[str, SheetXml] = {}
        self._rows: dict[str, list[list[Any]]] = {}
        self._merged: dict[str, dict[Place, Place]] = {}
        self._area = 0
        self._errors: dict[str, dict[Place, str]] = {}
        self._formulas: dict[str, dict[Place, str]] = {}
        self._uncalculated: dict[str, set[Place]] = {}
        self._hidden: dict[str, shown.Hidden] = {}
        self._strangers: list[str] | None = None
        self._looks = looks_of(self._container.styles)
        shared: list[str] = []
        try:
            shared = shared_in(self._container.shared_texts) if self._container.shared_texts else []
        except Unusual:
            # calamine says whether they can be read at all.
            self._calamine = self._opened_by_calamine()
        self._usual = UsualValues(shared, self._looks)
        self._marked_texts = shown.marked_texts(self._container.shared_texts)

    def area(self, name: str) -> Area | None:
        """Return the rectangle that a defined name stands for; ``None`` without such a name, or for a sheet that is gone."""
        area = self._container.names.get(name)
        return area if area is not None and area.sheet in self._container.sheets else None

    def rows(self, title: str) -> list[list[Any]]:
        """Return the values of a sheet as they are seen; raises ``InputError`` for one that is damaged or far too large."""
        if title not in self._rows:
            self._xml[title] = self._container.sheet(title)
            rows, suspects = self._stored(title)
            self._show(title, rows, suspects)
            self._rows[title] = rows
        return self._rows[title]

    def _stored(self, title: str) -> tuple[list[list[Any]], Iterable[Suspect]]:
        """Return the values of a sheet as they are stored, and the cells that may show something else."""
        sheet = self._xml[title]
        if sheet.cells is not None:
            with suppress(Unusual):
                values, suspects = self._usual.read(sheet.cells)
                height = max(values)[0] + 1 if values else 0
                width = max(map(itemgetter(1), values)) + 1 if values else 0
                self._refuse_large(title, height, width)
                rows: list[list[Any]] = [[""] * width for _ in range(height)]
                for (row, column), value in values.items():
                    rows[row][column] = value
                return rows, suspects
        try:
            read = self._calamine.get_sheet_by_name(title)
        except (CalamineError, OSError, ValueError):
            raise InputError(self.path, "工作表已损坏，读不出内容", REPAIR_WORKBOOK, title) from None
        self._refuse_large(title, read.total_height, read.total_width)
        return read.to_python(skip_empty_area=False), shown.suspects_in(sheet.xml, self._looks)

    @cached_property
    def _calamine(self) -> CalamineWorkbook:
        """The workbook for what only calamine is to read."""
        return self._opened_by_calamine()

    def _opened_by_calamine(self) -> CalamineWorkbook:
        """Return the workbook as calamine reads it; raises ``InputError`` where it cannot."""
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self._container.unpacked()))
        except PasswordError:
            raise encrypted(self.path) from None
        except (CalamineError, OSError, ValueError):
            raise damaged(self.path, REPAIR_WORKBOOK) from None

    def _refuse_large(self, title: str, height: int, width: int) -> None:
        self._area += height * width
        if height * width > LARGEST_AREA or self._area > LARGEST_AREA_READ:
            raise InputError(self.path, "工作表过大，不像年度报告", SHORTEN, title)

    def _show(self, title: str, rows: list[list[Any]], suspects: Iterable[Suspect]) -> None:
        """Make of the stored values of a sheet what is seen of them."""
        xml = self._xml[title].xml
        self.cover(title, rows, shown.merged_in(xml))
        seen = shown.marked_in(xml, rows, self._marked_texts, self._looks)
        for place, look in seen.items():
            _put(rows, place, look.value)
        seen |= shown.pictures_in(xml, rows)
        seen |= shown.seen_in(suspects, rows, self._looks)
        for place, look in seen.items():
            _put(rows, place, look.value)
            if not isinstance(look.value, str) and not isinstance(look.stored, str):
                self.looks_other(title, place, look.value, look.stored)

    def hidden(self, title: str) -> shown.Hidden:
        """Return the rows and columns of a sheet that are not shown."""
        if title not in self._hidden:
            self.rows(title)
            self._hidden[title] = shown.hidden_in(self._xml[title])
        return self._hidden[title]

    def is_hidden(self, title: str) -> bool:
        """True for a sheet that is not shown."""
        return title in self._container.hidden

    def on_show(self) -> Area | None:
        """Return what a document shows of the workbook where it is embedded in it: the open sheet, and of it what was framed."""
        area = self._container.on_show
        return area if area and area.sheet in self.titles and not self.is_hidden(area.sheet) else None

    def strangers(self) -> list[str]:
        """Return the visible sheets to which no name of the standard workbook points: one may be an edited copy."""
        if self._strangers is None:
            names = self._container.names
            known = {area.sheet for name, area in names.items() if name.startswith(PREFIX)}
            known |= {*self._container.hidden, GUIDE}
            self._strangers = [title for title in self.titles if title not in known]
        return self._strangers

    def unfinished(self, title: str) -> dict[Place, str]:
        """Return what is to be said at the cells of a sheet whose formulas have no result, or an error for one."""
        self.rows(title)
        waiting = dict.fromkeys(uncalculated_in(self._xml[title].xml), "（公式没有计算结果）")
        return {**waiting, **self._errors_on(title)}

    def formulas(self, title: str) -> dict[Place, str]:
        """Return the formulas of a sheet for which no program has stored what they come to."""
        if title not in self._formulas:
            self.rows(title)
            self._formulas[title] = formulas_without_results(self._xml[title].xml)
        return self._formulas[title]

    def merged(self, title: str) -> tuple[Corners, ...]:
        """Return the merged cells of a sheet: first row, first column, last row, last column."""
        self.rows(title)
        return shown.merged_in(self._xml[title].xml)

    def merged_to(self, title: str, place: Place) -> Place:
        """Return the last position of the merged cell that begins at ``place``; ``place`` itself if it is not merged."""
        rows = self.rows(title)
        if title not in self._merged:
            self._merged[title] = {
                (top, left): (bottom, right) for top, left, bottom, right in self.merged(title)
            }
        end = self._merged[title].get(place, place)
        # Cells may be merged far beyond what holds anything.
        return min(end[0], max(len(rows) - 1, place[0])), min(
            end[1], max(len(rows[0]) - 1 if rows else 0, place[1])
        )

    def value(self, title: str, place: Place) -> Any:
        """Return the value at one place, ``None`` for a blank; a formula error comes as its text (“#REF!”)."""
        value = super().value(title, place)
        return self._errors_on(title).get(place) if value is None else value

    def figures(self, title: str, places: dict[str, Place]) -> dict[str, Any]:
        """Return the values at these places by the same keys, as ``value`` does.

        Raises ``InputError`` for a formula without a stored result, since nobody can tell the figure.
        """
        rows = self.rows(title)
        height, width = len(rows), len(rows[0]) if rows else 0
        found: dict[str, Any] = {}
        blanks: dict[Place, str] = {}
        for key, (row, column) in places.items():
            value = rows[row][column] if row < height and column < width else ""
            if value == "":
                value = None
                blanks[row, column] = key
            found[key] = value
        self._as_seen(title, places, found)
        blanks = {place: key for place, key in blanks.items() if found[key] is None}
        if blanks:
            self._look_behind(title, blanks, found)
        return found

    def _look_behind(self, title: str, blanks: dict[Place, str], found: dict[str, Any]) -> None:
        """Put formula errors, which calamine gives as blanks, into ``found``."""
        if title not in self._uncalculated:
            self._uncalculated[title] = uncalculated_in(self._xml[title].xml)
        for place in sorted(self._uncalculated[title] & blanks.keys()):
            where = f"{title}!{address(place)}"
            raise InputError(
                self.path,
                "公式还没有计算结果",
                "请用 Excel、WPS 或 LibreOffice 打开这个文件，保存后再读",
                where,
            )
        for place in self._errors_on(title).keys() & blanks.keys():
            found[blanks[place]] = self._errors_on(title)[place]

    def _errors_on(self, title: str) -> dict[Place, str]:
        if title not in self._errors:
            self._errors[title] = errors_in(self._xml[title].xml)
        return self._errors[title]


def _put(rows: list[list[Any]], place: Place, value: Any) -> None:
    row, column = place
    if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
        rows[row][column] = value
