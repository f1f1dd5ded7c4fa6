"""Files opened as Excel opens them: with the sizes of notes, which openpyxl forgets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.workbook.parts import notes_of, sheet_parts


def loaded(path: Path) -> Any:
    """Return the workbook in a file."""
    book = load_workbook(path)
    for title in sheet_parts(path):
        for (row, column), note in notes_of(path, title).items():
            comment = book[title].cell(row, column).comment
            if comment is not None and note.size.width:
                comment.width, comment.height = round(note.size.width), round(note.size.height)
    return book
