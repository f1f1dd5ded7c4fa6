"""Files opened as Excel opens them: with the sizes of notes, which openpyxl forgets."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from xlreport.workbook.package import note_shapes, sheet_parts


def loaded(path: Path) -> Any:
    """Return the workbook in a file."""
    book = load_workbook(path)
    with zipfile.ZipFile(path) as package:
        for title, part in sheet_parts(package).items():
            for (row, column), shape in note_shapes(package, part).items():
                comment = book[title].cell(row, column).comment
                if comment is not None:
                    comment.width, comment.height = round(shape.width), round(shape.height)
    return book
