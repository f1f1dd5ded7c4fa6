"""The sheets of a workbook of another layout as blocks: a table a sheet, and a paragraph for every text that stands alone in its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from xlreport.form.figures import parse_figure
from xlreport.ooxml.addresses import Area, address
from xlreport.sources.blocks import Block, Cell, Paragraph, Table
from xlreport.workbook.sheets import Sheets
from xlreport.workbook.table_places import is_last_year


def blocks_in(sheets: Sheets) -> tuple[list[Block], list[str]]:
    """Return the blocks of a workbook, of what can be seen only, and what is to be said; raises ``InputError`` where a sheet cannot be read."""
    found: list[Block] = []
    for title, rows in sheets.searchable():
        if is_last_year(rows):
            continue
        if sheets.is_hidden(title):
            if _hold_numbers(rows):
                sheets.remarks.append(f"工作表“{title}”是隐藏的，其中的数没有读取")
            continue
        view = _View.of(sheets, title)
        if cells := tuple(_cells(sheets, view)):
            table = Table(cells, name=f"工作表“{title}”", place_of=view.place)
            found += _paragraphs(table)
            found.append(table)
    if sheets.unread:
        raise sheets.unread
    return found, sheets.remarks


def table_on_show(sheets: Sheets) -> Table | None:
    """Return what a document shows of the workbook where it is embedded in it; ``None`` for nothing, and where that cannot be told.

    Raises ``InputError`` where the sheet cannot be read.
    """
    area = sheets.on_show()
    if area is None:
        return None
    view = _View.of(sheets, area.sheet).within(area)
    cells = tuple(_cells(sheets, view))
    return Table(cells) if any(cell.text for cell in cells) else None


class _View(NamedTuple):
    """The rows and columns of a sheet that are shown: the numbers they have on the sheet, in order."""

    title: str
    rows: list[int]
    columns: list[int]

    @classmethod
    def of(cls, sheets: Sheets, title: str) -> _View:
        """Return what is shown of a sheet; hidden figures are said."""
        values, hidden = sheets.rows(title), sheets.hidden(title)
        rows = [row for row in range(len(values)) if row not in hidden.rows]
        columns = [
            column for column in range(len(values[0]) if values else 0) if column not in hidden.columns
        ]
        left_out = [values[row] for row in hidden.rows if row < len(values)]
        left_out += [[row[column] for column in hidden.columns if column < len(row)] for row in values]
        if _hold_numbers(left_out):
            sheets.remarks.append(f"工作表“{title}”隐藏的行或列里有数，没有读取")
        return cls(title, rows, columns)

    def within(self, area: Area) -> _View:
        """Return what is shown of an area of the sheet."""
        return self._replace(
            rows=[row for row in self.rows if area.top <= row <= area.bottom],
            columns=[column for column in self.columns if area.left <= column <= area.right],
        )

    def place(self, cell: Cell) -> str:
        """Return the address that a cell has on the sheet."""
        return f"{self.title}!{address((self.rows[cell.row], self.columns[cell.column]))}"


def _hold_numbers(rows: Iterable[Iterable[Any]]) -> bool:
    return any(isinstance(value, (int, float)) and value for row in rows for value in row)


def _cells(sheets: Sheets, view: _View) -> Iterator[Cell]:
    unfinished = sheets.unfinished(view.title)
    taken: set[tuple[int, int]] = set()
    shown = _Shown(sheets, view)
    for down, row in enumerate(view.rows):
        for across, column in enumerate(view.columns):
            if (down, across) in taken:
                continue
            value = shown.at(down, across)
            if value == "":
                value = unfinished.get((row, column), "")
            last_row, last_column = down, across
            if value != "":
                last_row, last_column = shown.reach(down, across)
                taken.update(
                    (r, c) for r in range(down, last_row + 1) for c in range(across, last_column + 1)
                )
            figure = parse_figure(value)
            text = "" if figure is None else str(figure)
            yield Cell(down, across, last_row - down + 1, last_column - across + 1, (Paragraph(text),), value)


class _Shown:
    """The values of what is shown of a sheet. A merged cell of which the first rows or columns are hidden shows its value in the rest."""

    def __init__(self, sheets: Sheets, view: _View) -> None:
        self._rows = sheets.rows(view.title)
        self._view = view
        self._starts: dict[tuple[int, int], tuple[Any, int, int]] = {}
        downs = {row: at for at, row in enumerate(view.rows)}
        acrosses = {column: at for at, column in enumerate(view.columns)}
        for top, left, bottom, right in sheets.merged(view.title):
            value = self._rows[top][left] if top < len(self._rows) and left < len(self._rows[top]) else ""
            bottom, right = (
                min(bottom, len(self._rows) - 1),
                min(right, len(self._rows[0]) - 1 if self._rows else 0),
            )
            if value == "":
                continue
            lines = [downs[row] for row in range(top, bottom + 1) if row in downs]
            across = [acrosses[column] for column in range(left, right + 1) if column in acrosses]
            if lines and across:
                self._starts[lines[0], across[0]] = (value, lines[-1], across[-1])

    def at(self, down: int, across: int) -> Any:
        """Return the value that is seen at a place of the view, “” for none."""
        start = self._starts.get((down, across))
        return start[0] if start else self._rows[self._view.rows[down]][self._view.columns[across]]

    def reach(self, down: int, across: int) -> tuple[int, int]:
        """Return the last place of the merged cell that begins here; the place itself where none does."""
        start = self._starts.get((down, across))
        return start[1:] if start else (down, across)


def _paragraphs(table: Table) -> Iterator[Paragraph]:
    """Titles, headings and narrative stand alone in their rows."""
    for number, line in enumerate(table.covering):
        filled = [cell for cell in line if cell.text and cell.row == number]
        if len(filled) == 1:
            yield Paragraph(filled[0].text)
