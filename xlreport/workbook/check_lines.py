"""The rows and columns of check cells on a table's sheet, and the cells beside them that put into words what does not hold. Pure data.

These cells stand right of everything else, where no page is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xlreport.form.rule import Rule
from xlreport.workbook.layout import (
    GRID_ROW,
    SUMMARY_ROW,
    UNIT_ROW,
    Block,
    Check,
    Layout,
    TablePlace,
    cell_at,
)

ERROR, WARNING = "✗", "△"


def mark_of(rule: Rule) -> str:
    """Return the mark of what breaks a rule: ✗ where it is an error, △ where it is a warning."""
    return ERROR if rule.level == "error" else WARNING


class CheckLine(NamedTuple):
    """The check cells in one row or column that have the same mark where they fail.

    ``labels`` is the name of the constant that says what each cell is about, ``heading`` what the cells weigh, ``place`` the cell that names
    the first one that does not hold.
    """

    cells: Block
    mark: str
    labels: str
    heading: str
    place: Block


class CheckLines(NamedTuple):
    """All lines of a table; ``cells`` is the block around its check cells, ``labels`` the constants by name.

    ``unread`` is the cell that tells of figures that are no numbers, ``problems`` the one that puts all together.
    """

    lines: tuple[CheckLine, ...]
    labels: dict[str, tuple[str, ...]]
    cells: Block
    unread: Block
    problems: Block


def lines_of(place: TablePlace, layout: Layout) -> CheckLines:
    """Return the lines of check cells of one of this year's tables."""
    number = 1 + layout.tables.index(place)
    side = place.last_column + 1
    right_of_grid = place.shift + place.grid.width
    rows = [check for check in place.checks if check.place.column > right_of_grid]
    columns = [check for check in place.checks if check.place.column <= right_of_grid]
    found: list[CheckLine] = []
    labels: dict[str, tuple[str, ...]] = {}
    if rows:
        words = {check.place.row: _words(check) + "行" for check in reversed(rows)}
        name, first, last = f"各行{number}", min(words), max(words)
        labels[name] = tuple(words.get(row, "") for row in range(first, last + 1))
        for down, ((column, mark), checks) in enumerate(_grouped(rows, "column").items()):
            cells = Block(place.sheet, first, column, last, column)
            told = cell_at(place.sheet, GRID_ROW + down, side)
            found.append(CheckLine(cells, mark, name, _heading(checks), told))
    if columns:
        word = "" if place.table.layout == "line" else "列"
        words = {check.place.column: _words(check) + word for check in reversed(columns)}
        name, first, last = f"各列{number}", min(words), max(words)
        labels[name] = tuple(words.get(column, "") for column in range(first, last + 1))
        for (row, mark), checks in _grouped(columns, "row").items():
            cells = Block(place.sheet, row, first, row, last)
            found.append(CheckLine(cells, mark, name, _heading(checks), cell_at(place.sheet, row, side)))
    blocks = [check.place for check in place.checks]
    around = Block(
        place.sheet,
        min((block.row for block in blocks), default=GRID_ROW),
        min((block.column for block in blocks), default=side),
        max((block.last_row for block in blocks), default=GRID_ROW),
        max((block.last_column for block in blocks), default=side),
    )
    unread, problems = (cell_at(place.sheet, row, side) for row in (UNIT_ROW, SUMMARY_ROW))
    return CheckLines(tuple(found), labels, around, unread, problems)


def _grouped(checks: Iterable[Check], by: str) -> dict[tuple[int, str], list[Check]]:
    found: dict[tuple[int, str], list[Check]] = {}
    for check in checks:
        found.setdefault((getattr(check.place, by), mark_of(check.balance.rule)), []).append(check)
    return dict(sorted(found.items()))


def _words(check: Check) -> str:
    # Blanks stand between what several lines found.
    return "".join(check.balance.about.split())


def _heading(checks: list[Check]) -> str:
    headings = dict.fromkeys(check.balance.rule.heading or check.balance.rule.title for check in checks)
    return "".join("、".join(headings).split())
