"""Whether a workbook may be marked: sound as a zip, and of a size at which an object for every tag does no harm."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from xlreport.errors import InputError
from xlreport.limits import MOST_CELLS, MOST_SHEET_TAGS, MOST_SHEETS
from xlreport.sources import archive

_CELL = re.compile(rb"<(?:\w+:)?(?:c|row|comment)[\s/>]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_ADVICE = "请删去与年度报告无关的内容，另存后再试"


def checked(source: Path, content: bytes) -> zipfile.ZipFile:
    """Return the workbook's zip; raises ``InputError`` where it is damaged, tampered with, or so large that marking it would take all memory."""
    package = archive.checked(source, content)
    cells = tags = sheets = 0
    for name in package.namelist():
        if name.lower().endswith((".xml", ".rels")):
            xml = package.read(name)
            sheets += len(_SHEET.findall(xml))
            cells += len(_CELL.findall(xml))
            tags += xml.count(b"<")
    if sheets > MOST_SHEETS:
        raise InputError(source, f"有 {sheets} 张工作表，太多，不能标注", _ADVICE)
    if cells > MOST_CELLS:
        raise InputError(source, f"工作簿用到了 {cells} 格，太大，不能标注", _ADVICE)
    if tags > MOST_SHEET_TAGS:
        raise InputError(source, "工作簿的内容太多，不能标注", _ADVICE)
    return package
