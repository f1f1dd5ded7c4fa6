"""Cells gathered into rectangles, so that one call to the spreadsheet program serves many cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from xlreport.ooxml.addresses import Spot

Value = TypeVar("Value")


class Rectangle(NamedTuple):
    """A rectangle of cells; rows and columns count from 1, the last ones are inside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def corners(self) -> tuple[Spot, Spot]:
        """The first and the last cell."""
        return (self.top, self.left), (self.bottom, self.right)


def rectangles(cells: Mapping[Spot, Value]) -> Iterator[tuple[Rectangle, Value]]:
    """Yield rectangles of equal value that cover ``cells`` without overlap."""
    open_runs: dict[tuple[int, int, Value], Rectangle] = {}
    for run, value in _runs(cells):
        key = (run.left, run.right, value)
        above = open_runs.get(key)
        if above is not None and above.bottom == run.top - 1:
            open_runs[key] = above._replace(bottom=run.bottom)
            continue
        if above is not None:
            yield above, value
        open_runs[key] = run
    for (_, _, value), rectangle in open_runs.items():
        yield rectangle, value


def around(spots: Mapping[Spot, object] | list[Spot]) -> Rectangle:
    """Return the smallest rectangle that holds all of ``spots``."""
    rows, columns = [row for row, _ in spots], [column for _, column in spots]
    return Rectangle(min(rows), min(columns), max(rows), max(columns))


def _runs(cells: Mapping[Spot, Value]) -> Iterator[tuple[Rectangle, Value]]:
    """Neighbours in one row with the same value, row by row."""
    run: tuple[Rectangle, Value] | None = None
    for (row, column), value in sorted(cells.items(), key=lambda item: item[0]):
        if run and run[0].top == row and run[0].right == column - 1 and run[1] == value:
            run = run[0]._replace(right=column), value
            continue
        if run:
            yield run
        run = Rectangle(row, column, row, column), value
    if run:
        yield run
