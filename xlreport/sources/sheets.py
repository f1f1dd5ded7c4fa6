"""The sheets of a workbook of another layout as blocks: a table a sheet, and a paragraph for every text that stands alone in its row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from xlreport.form.figures import parse_figure
from xlreport.sources.blocks import Block, Cell, Paragraph, Table
from xlreport.workbook.container import address
from xlreport.workbook.file_sheets import FileSheets
from xlreport.workbook.tables import is_last_year


def blocks_in(source: Path, content: bytes) -> list[Block]:
    """Return the blocks of a workbook; raises ``InputError`` where it cannot be read."""
    sheets = FileSheets(source, content)
    found: list[Block] = []
    for title, rows in sheets.searchable():
        if is_last_year(rows):
            continue
        cells = tuple(_cells(sheets, title, rows))
        if cells:
            table = Table(cells, name=f"工作表“{title}”", place_of=partial(_place, title))
            found += _paragraphs(table)
            found.append(table)
    if sheets.unread:
        raise sheets.unread
    return found


def _place(title: str, cell: Cell) -> str:
    return f"{title}!{address((cell.row, cell.column))}"


def _cells(sheets: FileSheets, title: str, rows: list[list[Any]]) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if (down, across) in taken:
                continue
            last_row, last_column = down, across
            if value != "":
                last_row, last_column = sheets.merged_to(title, (down, across))
                taken.update(
                    (r, c) for r in range(down, last_row + 1) for c in range(across, last_column + 1)
                )
            figure = parse_figure(value)
            text = "" if figure is None else str(figure)
            yield Cell(down, across, last_row - down + 1, last_column - across + 1, (Paragraph(text),), value)


def _paragraphs(table: Table) -> Iterator[Paragraph]:
    """Titles, headings and narrative stand alone in their rows."""
    for number, line in enumerate(table.covering):
        filled = [cell for cell in line if cell.text and cell.row == number]
        if len(filled) == 1:
            yield Paragraph(filled[0].text)
