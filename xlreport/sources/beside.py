"""Rows in which as many figures follow the headers of a table of a single line: they are put below these.

A header that reaches into a row which a page left without cells is drawn so by LibreOffice, and by what was made with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from xlreport.sources.blocks import Cell, Table
from xlreport.sources.labels import wording
from xlreport.sources.printed import holds_a_number, looks_like_a_figure

#: So many headers at least.
_FEWEST = 3


def with_figures_below(table: Table, headers: Collection[str]) -> Table:
    """Return the table with every such row as two; ``headers`` are the words of the headers. Places stay those of the page."""
    moved: dict[Cell, Cell] = {}
    rows: list[int] = []
    for number, line in enumerate(table.covering):
        filled = [cell for cell in line if cell.text]
        heads, figures = filled[: len(filled) // 2], filled[len(filled) // 2 :]
        if (
            len(heads) == len(figures) >= _FEWEST
            and all(wording(cell.text).words in headers for cell in heads)
            and all(looks_like_a_figure(cell.text) for cell in figures)
            and any(holds_a_number(cell.text) for cell in figures)
        ):
            rows.append(number)
            for head, figure in zip(heads, figures, strict=True):
                moved[figure] = replace(
                    figure, row=number + 1, row_span=1, column=head.column, column_span=head.column_span
                )
    if not rows:
        return table
    shown: dict[Cell, Cell] = {}
    for cell in table.cells:
        at = moved.get(cell, cell)
        bottom = cell.row + cell.row_span - 1
        span = at.row_span + sum(cell.row <= row < bottom for row in rows)
        shown[replace(at, row=at.row + sum(row < cell.row for row in rows), row_span=span)] = cell
    cells = sorted(shown, key=lambda cell: (cell.row, cell.column))
    return replace(table, cells=tuple(cells), place_of=lambda cell: table.place(shown[cell]))
