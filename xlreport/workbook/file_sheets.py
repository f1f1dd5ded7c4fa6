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


class _SheetRead:
    """A sheet that was read: its values as they are seen, and what its XML tells besides, looked for when it is asked for."""

    def __init__(self, xml: SheetXml, rows: shown.Rows) -> None:
        self.xml, self.rows = xml, rows

    @cached_property
    def hidden(self) -> shown.Hidden:
        return shown.hidden_in(self.xml)

    @cached_property
    def errors(self) -> dict[Place, str]:
        return errors_in(self.xml.xml)

    @cached_property
    def uncalculated(self) -> set[Place]:
        return uncalculated_in(self.xml.xml)

    @cached_property
    def formulas(self) -> dict[Place, str]:
        return formulas_without_results(self.xml.xml)


class FileSheets(Sheets):
    """The sheets of one workbook file (see ``Sheets``); raises ``InputError`` for content that is no readable workbook."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._container = Container(path, content)
        super().__init__(path, self._container.sheets)
        self._read: dict[str, _SheetRead] = {}
        self._area = 0
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
        area = self._container.names.get(name)
        return area if area is not None and area.sheet in self._container.sheets else None

    def rows(self, title: str) -> shown.Rows:
        """Return the values of a sheet as they are seen; raises ``InputError`` for one that is damaged or far too large."""
        return self._sheet(title).rows

    def _sheet(self, title: str) -> _SheetRead:
        if title not in self._read:
            xml = self._container.sheet(title)
            rows, suspects = self._stored(title, xml)
            self._show(title, xml.xml, rows, suspects)
            self._read[title] = _SheetRead(xml, rows)
        return self._read[title]

    def _stored(self, title: str, sheet: SheetXml) -> tuple[shown.Rows, Iterable[Suspect]]:
        """Return the values of a sheet as they are stored, and the cells that may show something else."""
        if sheet.cells is not None:
            with suppress(Unusual):
                values, suspects = self._usual.read(sheet.cells)
                height = max(values)[0] + 1 if values else 0
                width = max(map(itemgetter(1), values)) + 1 if values else 0
                self._refuse_large(title, height, width)
                rows: shown.Rows = [[""] * width for _ in range(height)]
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

    def _show(self, title: str, xml: bytes, rows: shown.Rows, suspects: Iterable[Suspect]) -> None:
        """Make of the stored values of a sheet what is seen of them."""
        self.cover(title, rows, shown.merged_in(xml))
        seen = shown.marked_in(xml, rows, self._marked_texts, self._looks)
        for place, look in seen.items():
            shown.put_at(rows, place, look.value)
        seen |= shown.pictures_in(xml, rows)
        seen |= shown.seen_in(suspects, rows, self._looks)
        for place, look in seen.items():
            shown.put_at(rows, place, look.value)
            if not isinstance(look.value, str) and not isinstance(look.stored, str):
                self.looks_other(title, place, look.value, look.stored)

    def hidden(self, title: str) -> shown.Hidden:
        return self._sheet(title).hidden

    def is_hidden(self, title: str) -> bool:
        return title in self._container.hidden

    def on_show(self) -> Area | None:
        """Return what a document shows of the workbook where it is embedded in it: the open sheet, and of it what was framed."""
        area = self._container.on_show
        return area if area and area.sheet in self.titles and not self.is_hidden(area.sheet) else None

    def strangers(self) -> list[str]:
        names = self._container.names
        known = {area.sheet for name, area in names.items() if name.startswith(PREFIX)}
        return [title for title in self.titles if title not in {*known, *self._container.hidden, GUIDE}]

    def unfinished(self, title: str) -> dict[Place, str]:
        """Return what is to be said at the cells of a sheet whose formulas have no result, or an error for one."""
        sheet = self._sheet(title)
        return {**dict.fromkeys(sheet.uncalculated, "（公式没有计算结果）"), **sheet.errors}

    def formulas(self, title: str) -> dict[Place, str]:
        """Return the formulas of a sheet for which no program has stored what they come to."""
        return self._sheet(title).formulas

    def merged(self, title: str) -> tuple[Corners, ...]:
        return shown.merged_in(self._sheet(title).xml.xml)

    def value(self, title: str, place: Place) -> Any:
        value = super().value(title, place)
        return self._sheet(title).errors.get(place) if value is None else value

    def figures(self, title: str, places: dict[str, Place]) -> dict[str, Any]:
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
        sheet = self._sheet(title)
        for place in sorted(sheet.uncalculated & blanks.keys()):
            where = f"{title}!{address(place)}"
            raise InputError(
                self.path,
                "公式还没有计算结果",
                "请用 Excel、WPS 或 LibreOffice 打开这个文件，保存后再读",
                where,
            )
        for place in sheet.errors.keys() & blanks.keys():
            found[blanks[place]] = sheet.errors[place]
