"""Strokes of the summary workbook: formats, texts that stay texts, links, page setup. Written row by row, so memory stays flat."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.packager import Packager

from xlreport.collection.lists import Column, Line, Link, List
from xlreport.ooxml.addresses import quoted
from xlreport.output import date_of_writing
from xlreport.printable import holdable
from xlreport.temporary import TEMPORARY_PREFIX
from xlreport.workbook import look
from xlreport.workbook.cell_texts import lines_of

#: What one cell can hold, and one text inside a formula.
_LONGEST_TEXT, _LONGEST_LITERAL = 32_000, 250
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Book:
    """A summary workbook being written; ``links_from`` is the folder that links are relative to."""

    def __init__(self, path: Path, links_from: Path) -> None:
        self._links_from = links_from
        # Its rows wait in files of their own until the end; they go with this folder, whatever happens.
        self._rows = tempfile.TemporaryDirectory(prefix=TEMPORARY_PREFIX, ignore_cleanup_errors=True)
        options = {"constant_memory": True, "tmpdir": self._rows.name}
        # The packed file, a few MB for 20,000 units, is made in memory: on a full disk xlsxwriter leaves an archive open, which is heard of
        # again when it is collected.
        self._path, self._packed = path, _Packed()
        self.workbook: Any = _Chinese(self._packed, options)
        self.workbook.set_properties(
            {"title": "年度报告审核汇总", "author": "xlreport", "created": date_of_writing()}
        )
        self._formats: dict[tuple[str, str, bool], Any] = {}

    def complete(self) -> None:
        """Write the file; raises ``OSError`` where the disk is full or gone."""
        try:
            self.workbook.close()
        except FileCreateError as error:
            raise error.args[0] from None
        self._path.write_bytes(self._packed.getbuffer())

    def give_up(self) -> None:
        """Take away what was kept of the rows; the workbook cannot be written to any more."""
        for sheet in self.workbook.worksheets():
            with contextlib.suppress(OSError):
                sheet.row_data_fh.close()
        self._rows.cleanup()

    def sheet(self, name: str) -> Any:
        """Return a new sheet with page setup: A4 across, one page wide, page numbers."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        return sheet

    def format(self, kind: str = "text", tone: str = "", quoted: bool = False) -> Any:
        """Return the format of a kind of cell in a tone; ``quoted`` keeps text from becoming a formula when it is edited."""
        key = (kind, tone, quoted)
        if key not in self._formats:
            properties = {**_BASE, **KINDS[kind], **TONES[tone], "quote_prefix": quoted}
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def put(
        self, sheet: Any, row: int, column: int, value: object, kind: str = "text", tone: str = ""
    ) -> None:
        """Write a number, a text (always as text), a link or a blank."""
        if isinstance(value, Link):
            target = self._target(value)
            sheet.write_formula(row, column, target, self.format("link", tone), clean(value.text))
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self.format(kind, tone))
        elif value is None or value == "":
            sheet.write_blank(row, column, None, self.format(kind, tone))
        else:
            text = clean(str(value))
            sheet.write_string(row, column, text, self.format(kind, tone, text.startswith(_FORMULA_SIGNS)))

    def line(self, sheet: Any, row: int, columns: Sequence[Column], line: Line) -> None:
        """Write one row of a list, high enough for its longest text."""
        tallest = 1
        for column, value in zip(columns, line.values, strict=True):
            text = value.text if isinstance(value, Link) else value
            if isinstance(text, str) and len(text) * 2 > column.width - 2:
                tallest = max(tallest, lines_of(text, column.width))
        sheet.set_row(row, look.height_for(tallest))
        for place, (column, value) in enumerate(zip(columns, line.values, strict=True)):
            self.put(sheet, row, place, value, column.kind, line.tones.get(place, ""))

    def headings(self, sheet: Any, listed: List) -> None:
        """Write a list's heading row at the top, keep it (and its first columns) in sight, and repeat it on paper."""
        sheet.set_row(0, listed.height)
        for place, column in enumerate(listed.columns):
            sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})
            self.put(sheet, 0, place, column.heading, "heading")
        sheet.freeze_panes(1, listed.frozen)
        sheet.repeat_rows(0)

    def _target(self, link: Link) -> str:
        # A formula and not a stored link: a sheet takes 65,530 of those at most, and all of them are kept in memory.
        try:
            path = os.path.relpath(link.path, self._links_from)
        except ValueError:
            path = link.path  # on another drive
        path = clean(path).replace(os.sep, "/").replace("#", "%23")
        if link.place:
            name, _, address = link.place.rpartition("!")
            path += f"#{quoted(name)}!{address}"
        return f"HYPERLINK({_literal(path)},{_literal(clean(link.text))})"


class _Chinese(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook that says in which language it is; the library has no property for that, but lets its packager be another."""

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]
    def _write_core_file(self) -> None:
        super()._write_core_file()
        written = Path(self.filenames[-1][0])
        end = "</cp:coreProperties>"
        text = written.read_text("utf-8").replace(end, f"<dc:language>zh-CN</dc:language>{end}")
        written.write_text(text, "utf-8")


class _Packed(io.BytesIO):
    """The file as it is packed; stays open, since an archive that was given up writes its end when it is collected, maybe after this."""

    def close(self) -> None:
        """Do nothing."""


def clean(text: str) -> str:
    """Return the text as a workbook can hold it."""
    return holdable(text)[:_LONGEST_TEXT]


def _literal(text: str) -> str:
    parts = [text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)] or [
        ""
    ]
    return "&".join('"' + part.replace('"', '""') + '"' for part in parts)


_BASE = {
    "font_name": look.LIST_FONT,
    "font_size": 11,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#A6A6A6",
}
#: How cells of a kind look.
KINDS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "indent": 1},
    "centre": {"align": "center", "text_wrap": True},
    "number": {"align": "right", "num_format": "General", "indent": 1},
    "count": {"align": "center", "num_format": "#,##0"},
    "entry": {"text_wrap": True, "indent": 1, "bg_color": "#FFFBEB"},
    "share": {"align": "center", "num_format": "0.0%"},
    "link": {"font_color": "#0563C1", "underline": 1, "text_wrap": True, "indent": 1},
    "heading": {"font_name": look.HEADING_FONT, "align": "center", "text_wrap": True, "bg_color": "#D9E2F3"},
    "title": {"font_name": look.HEADING_FONT, "font_size": 18, "border": 0},
    "subtitle": {"border": 0, "font_color": "#595959"},
    "banner": {"font_name": look.HEADING_FONT, "font_size": 12, "border": 0},
}
#: Tints on top of that, by what they mean; light enough for dark letters.
TONES: dict[str, dict[str, Any]] = {
    "": {},
    "good": {"bg_color": "#C6EFCE", "font_color": "#006100"},
    "warning": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "unknown": {"bg_color": "#E7E6E6", "font_color": "#404040"},
}
