"""Whether a workbook may be handed to openpyxl, which makes an object of every cell, and of every cell under a merged one or a link."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl.utils.cell import range_boundaries

from xlreport.errors import InputError
from xlreport.limits import MOST_AREAS, MOST_CELLS, MOST_SHEETS
from xlreport.sources import archive

_CELL = re.compile(rb"<(?:\w+:)?(?:c|row|comment)[\s/>]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_AREA = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*["']([^"']*)["']""")
_ROWS, _COLUMNS = 1_048_576, 16_384
_ADVICE = "请删去与年度报告无关的内容，另存后再试"


def refuse_dangerous(source: Path, content: bytes) -> None:
    """Raise ``InputError`` where the workbook is damaged, tampered with, or so large that marking it would take all memory."""
    package = archive.checked(source, content)
    cells = areas = sheets = 0
    for name in package.namelist():
        if name.endswith(".xml"):
            xml = package.read(name)
            references = _AREA.findall(xml)
            areas += len(references)
            sheets += len(_SHEET.findall(xml))
            cells += len(_CELL.findall(xml)) + sum(map(_size, references))
    if sheets > MOST_SHEETS:
        raise InputError(source, f"有 {sheets} 张工作表，太多，不能标注", _ADVICE)
    if cells > MOST_CELLS or areas > MOST_AREAS:
        raise InputError(
            source, f"工作簿用到了 {cells} 格、{areas} 处合并单元格和链接，太大，不能标注", _ADVICE
        )


def _size(reference: bytes) -> int:
    """How many cells an area has; as many as can be where that cannot be told."""
    try:
        left, top, right, bottom = range_boundaries(reference.decode())
    except (ValueError, TypeError):
        return MOST_CELLS + 1
    width = (right or _COLUMNS) - (left or 1) + 1
    return width * ((bottom or _ROWS) - (top or 1) + 1)
