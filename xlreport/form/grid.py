"""A table as one grid of cells.

The grid is the only place where labels meet positions: the workbook, the Word document and the web page are drawn from it, and
foreign tables are matched against it. Rows and columns count from 0.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from xlreport.form.declaration import Node, Table, rows_of


class Role(StrEnum):
    """What a cell is for; pens choose the look by it."""

    TITLE = "title"  # heads a block
    NOTE = "note"  # the corner
    HEADER = "header"  # heads columns
    LABEL = "label"  # heads a row
    FIGURE = "figure"


class GridCell(NamedTuple):
    """One cell: its place, its spans, and a text or (for a figure) the key of the value it holds."""

    row: int
    column: int
    row_span: int
    column_span: int
    role: Role
    text: str = ""
    key: str = ""


class Grid(NamedTuple):
    """A table drawn: ``height`` × ``width`` positions, covered without gap or overlap by ``cells`` in reading order.

    ``header_rows`` rows at the top repeat on a new page; ``label_columns`` columns at the left hold row labels.
    """

    table: str
    height: int
    width: int
    header_rows: int
    label_columns: int
    cells: tuple[GridCell, ...]

    @property
    def figures(self) -> dict[str, GridCell]:
        """The figure cells by key."""
        return {cell.key: cell for cell in self.cells if cell.key}

    @property
    def box(self) -> tuple[int, int, int, int]:
        """First row, first column, last row, last column of the block that holds all figures."""
        rows = [cell.row for cell in self.cells if cell.key]
        columns = [cell.column for cell in self.cells if cell.key]
        return min(rows), min(columns), max(rows), max(columns)

    def lines(self) -> list[list[GridCell]]:
        """Return the cells row by row, each in the row in which it begins."""
        lines: list[list[GridCell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            lines[cell.row].append(cell)
        return lines


@cache
def grid_of(table: Table) -> Grid:
    """Return the grid of a declared table."""
    tree, corner = table.tree, table.corner
    if table.layout == "rows":
        cells, header, labels = _matrix(tree, corner, table.heading)
    elif table.layout == "line":
        cells, header, labels = _headers(tree, 0, 0), _depth(tree), 0
        for column, leaf in enumerate(leaf for node in tree for leaf in node.leaves()):
            cells.append(GridCell(header, column, 1, 1, Role.FIGURE, key=leaf.key))
    else:
        cells, header, labels = _blocks(tree, corner)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    height = max(cell.row + cell.row_span for cell in cells)
    width = max(cell.column + cell.column_span for cell in cells)
    return Grid(table.key, height, width, header, labels, tuple(cells))


def _depth(level: tuple[Node, ...]) -> int:
    """Levels of labels from here down to the figures' own labels."""
    return 1 + max(_depth(node.children) if node.children else 0 for node in level)


def _row_depth(level: tuple[Node, ...]) -> int:
    return 1 + max(0 if node.is_row else _row_depth(node.children) for node in level)


def _headers(level: tuple[Node, ...], top: int, left: int, depth: int | None = None) -> list[GridCell]:
    """Column labels as header cells; a label with nothing below it reaches down to the figures."""
    depth = depth or _depth(level)
    cells: list[GridCell] = []
    for node in level:
        span = sum(1 for _ in node.leaves())
        if node.children:
            cells.append(GridCell(top, left, 1, span, Role.HEADER, node.label))
            cells += _headers(node.children, top + 1, left, depth - 1)
        else:
            cells.append(GridCell(top, left, depth, 1, Role.HEADER, node.label))
        left += span
    return cells


def _labels(level: tuple[Node, ...], top: int, left: int, depth: int) -> list[GridCell]:
    """Row labels as cells at the left; the label of a row reaches right to its figures."""
    cells: list[GridCell] = []
    for node in level:
        if node.is_row:
            cells.append(GridCell(top, left, 1, depth, Role.LABEL, node.label))
            top += 1
        else:
            rows = rows_of(node.children)
            cells.append(GridCell(top, left, len(rows), 1, Role.LABEL, node.label))
            cells += _labels(node.children, top, left + 1, depth - 1)
            top += len(rows)
    return cells


def _matrix(tree: tuple[Node, ...], corner: str, heading: str) -> tuple[list[GridCell], int, int]:
    rows, labels = rows_of(tree), _row_depth(tree)
    columns = rows[0].children
    top = 1 if heading else 0
    header = top + _depth(columns)
    width = sum(1 for node in columns for _ in node.leaves())
    cells = [GridCell(0, 0, header, labels, Role.NOTE, corner)]
    if heading:
        cells.append(GridCell(0, labels, 1, width, Role.HEADER, heading))
    cells += _headers(columns, top, labels)
    cells += _labels(tree, header, 0, labels)
    cells += _figures(rows, header, labels, [1] * width)
    return cells, header, labels


def _figures(rows: list[Node], top: int, left: int, spans: list[int]) -> list[GridCell]:
    return [
        GridCell(top + down, left + sum(spans[:across]), 1, spans[across], Role.FIGURE, key=leaf.key)
        for down, row in enumerate(rows)
        for across, leaf in enumerate(leaf for node in row.children for leaf in node.leaves())
    ]


def _blocks(tree: tuple[Node, ...], corner: str) -> tuple[list[GridCell], int, int]:
    """Small tables one below the other; a block with fewer columns stretches them over the full width."""
    widest = max(len(row.children) for row in rows_of(tree))
    cells: list[GridCell] = []
    top = 0
    for block in tree:
        rows = rows_of(block.children)
        columns = rows[0].children
        span = widest // len(columns)
        cells.append(GridCell(top, 0, 1, 1 + widest, Role.TITLE, block.label))
        cells.append(GridCell(top + 1, 0, 1, 1, Role.NOTE, corner))
        spans = [*[span] * (len(columns) - 1), widest - span * (len(columns) - 1)]
        for across, column in enumerate(columns):
            cells.append(GridCell(top + 1, 1 + across * span, 1, spans[across], Role.HEADER, column.label))
        cells += _labels(block.children, top + 2, 0, 1)
        cells += _figures(rows, top + 2, 1, spans)
        top += 2 + len(rows)
    return cells, 0, 1
