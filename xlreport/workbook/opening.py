"""A workbook file in any format that can be read as sheets, told by its content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from xlreport.sources.archive import DAMAGES
from xlreport.sources.compound import SIGNATURE
from xlreport.workbook.sheets import Sheets

#: What an OpenDocument spreadsheet begins with, behind the header of its first part.
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


def sheets_in(path: Path, content: bytes) -> Sheets:
    """Return the sheets of a workbook; raises ``InputError`` for content that is no readable workbook."""
    if content.startswith(SIGNATURE):
        from xlreport.workbook.xls import xls_sheets

        return xls_sheets(path, content)
    if _OPEN_DOCUMENT in content[:200]:
        from xlreport.workbook.ods import ods_sheets

        return ods_sheets(path, content)
    if b"xl/workbook.bin" in content and _holds(content, "xl/workbook.bin"):
        from xlreport.workbook.xlsb import xlsb_sheets

        return xlsb_sheets(path, content)
    from xlreport.workbook.file_sheets import FileSheets

    return FileSheets(path, content)


def _holds(content: bytes, name: str) -> bool:
    try:
        return name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except DAMAGES:
        return False
