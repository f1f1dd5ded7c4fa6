"""Rows with more cells than figures: merged cells leave blanks before or behind the figures where a table has lost its grid."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.sources.blocks import Cell, Table
from xlreport.sources.printed import looks_like_a_figure, looks_like_nothing


def without_fill(cells: list[Cell], count: int, table: Table, rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Return the ``count`` figures of a row without the blanks that are too many; all its cells where either end could be meant.

    ``rows`` are the cells behind the labels of all rows: some show on which side the table has its blanks.
    """
    dense = [cell for cell in cells if cell.text]
    if table.loose and len(dense) == count:
        # Blank lines between its figures are no cells then.
        return dense
    sides = _sides(cells, count, table)
    if len(sides) > 1:
        shown = [_sides(row, count, table) for row in rows if len(row) > count]
        certain = set().union(*(side for side in shown if len(side) == 1))
        sides &= certain if len(certain) == 1 else set()
    if len(sides) != 1:
        return cells
    return cells[-count:] if "before" in sides else cells[:count]


def _sides(cells: Sequence[Cell], count: int, table: Table) -> set[str]:
    """Where the blanks that are too many in a row may be: before its figures, behind them, or both."""
    sides = set()
    if all(looks_like_nothing(c.text) for c in cells[:-count]) and all(
        looks_like_a_figure(c.text) for c in cells
    ):
        sides.add("before")
    if table.ragged and all(looks_like_nothing(cell.text) for cell in cells[count:]):
        sides.add("behind")
    return sides
