"""A workbook as bytes, made in memory.

openpyxl by itself writes every sheet into the folder for temporary files first. A killed process would leave the office's figures there,
and a full disk would show in the midst of openpyxl's own clearing up.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from openpyxl import Workbook


class _InMemory(ExcelWriter):
    # openpyxl's own method, but for the file.
    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        stream = io.BytesIO()
        writer: Any = WorksheetWriter(ws, out=stream)
        writer.write()
        ws._rels = writer._rels
        archive: zipfile.ZipFile = self._archive  # type: ignore[attr-defined]
        archive.writestr(ws.path[1:], stream.getvalue())
        self.manifest.append(ws)


class _Undated(zipfile.ZipFile):
    """A zip whose parts bear its earliest date, since a clock may say an earlier one."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *settings: Any, **named: Any) -> None:
        entry = zinfo_or_arcname
        if isinstance(entry, str):
            entry = zipfile.ZipInfo(entry)
        super().writestr(entry, data, *settings, **named)


def saved(workbook: Workbook) -> bytes:
    """Return the workbook as the bytes of a file that nobody but the program reads: not compressed."""
    content = io.BytesIO()
    with _Undated(content, "w") as package:
        _InMemory(workbook, package).write_data()
    return content.getvalue()
