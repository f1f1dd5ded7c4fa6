"""Workbooks whose bytes depend on nothing but their content and the date that they bear."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlreport.ooxml.package import Package
from xlreport.ooxml.workbook import Book
from xlreport.output import date_of_writing
from xlreport.workbook.cell_texts import escaped
from xlreport.workbook.layout import Block
from xlreport.workbook.saving import saved
from xlreport.workbook.stored import Value

if TYPE_CHECKING:
    from openpyxl import Workbook

_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def bytes_of(
    workbook: Workbook, stored: Mapping[Block, Value] = MappingProxyType({}), dated: datetime | None = None
) -> bytes:
    """Return the workbook as a file, with what is ``stored`` beside the formulas of these cells.

    It bears the date given, that of writing without one, and is otherwise the same whenever it is made.
    """
    date = dated or date_of_writing()
    workbook.properties.created = date.replace(tzinfo=None, microsecond=0)
    with zipfile.ZipFile(io.BytesIO(saved(workbook))) as source:
        made = Package(source)
    _store(made, stored)
    # openpyxl takes the time at which a workbook was made for the time of its last change.
    modified = rb"\g<1>" + f"{date:%Y-%m-%dT%H:%M:%SZ}".encode()
    made.replace(_PROPERTIES, _MODIFIED.sub(modified, made.content(_PROPERTIES)))
    return made.zipped()


def _store(made: Package, stored: Mapping[Block, Value]) -> None:
    """Put values beside formulas, which openpyxl writes without; where no formula stands, nothing is to be put."""
    by_sheet: dict[str, dict[str, Value]] = {}
    for block, value in stored.items():
        by_sheet.setdefault(block.sheet, {})[block.corner] = value
    parts = Book(made).worksheets()
    for title, values in by_sheet.items():
        for formula in made.edited(parts[title]).iterfind("{*}sheetData/{*}row/{*}c/{*}f"):
            cell, result = formula.getparent(), formula.getnext()
            if cell is None or result is None or cell.get("r", "") not in values:
                continue
            value = values[cell.get("r", "")]
            if isinstance(value, str):
                cell.set("t", "str")
            result.text = escaped(str(value))
