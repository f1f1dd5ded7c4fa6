"""A table that was found by its labels, held against what the sheet shows: hidden rows beside visible ones, rows twice there, cells too many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from xlreport.form.declaration import Table
from xlreport.form.grid import grid_of
from xlreport.ooxml.addresses import address
from xlreport.sources.matching import LINE_REACH, Place, normal
from xlreport.workbook.sheets import Sheets
from xlreport.workbook.shown import Hidden

#: How many cells that belong to no table one remark names.
NAMED = 5
_NUMBER = re.compile(r"\s*[+-]?[\d,]+(?:\.\d+)?\s*")


def visible_twins(
    rows: list[list[Any]], table: Table, cells: Mapping[str, Place], hidden: Hidden
) -> dict[str, list[Place]]:
    """Return, for the figures of which a row or column with the same label is there too, every visible place, in reading order.

    A figure whose own place is hidden has the places of its twins only; one without a visible twin is left out.
    """
    found: dict[str, list[Place]] = {}
    lines = _twin_rows(rows, table, cells, hidden)
    columns = _twin_columns(rows, table, cells, hidden)
    for key, (row, column) in cells.items():
        downs = lines.get(row, [row])
        acrosses = columns.get(column, [column])
        places = [(down, across) for down in downs for across in acrosses]
        if places != [(row, column)]:
            found[key] = places
    return found


def _twin_rows(
    rows: list[list[Any]], table: Table, cells: Mapping[str, Place], hidden: Hidden
) -> dict[int, list[int]]:
    if table.layout == "line":
        return _twin_lines(rows, cells, hidden)
    labels = _unique(table, "row_labels")
    found: dict[int, list[int]] = {}
    first = min((column for _, column in cells.values()), default=0)
    where: dict[str, list[int]] = {}
    for down, line in enumerate(rows):
        for value in line[:first]:
            if isinstance(value, str) and value:
                where.setdefault(normal(value), []).append(down)
    for key, (row, _) in cells.items():
        label = labels.get(key)
        if label is None or row in found:
            continue
        alike = [down for down in dict.fromkeys(where.get(label, [])) if down not in hidden.rows]
        if alike and alike != [row]:
            found[row] = sorted({*alike, *([] if row in hidden.rows else [row])})
    return found


def _twin_lines(rows: list[list[Any]], cells: Mapping[str, Place], hidden: Hidden) -> dict[int, list[int]]:
    """The rows of figures below one header."""
    line = next(iter(cells.values()), (0, 0))[0]
    columns = [column for _, column in cells.values()]
    alike = [
        down
        for down in range(line, min(line + LINE_REACH, len(rows)))
        if down not in hidden.rows and all(_is_number(rows[down][c]) for c in columns if c < len(rows[down]))
    ]
    return {line: alike} if alike and alike != [line] else {}


def _twin_columns(
    rows: list[list[Any]], table: Table, cells: Mapping[str, Place], hidden: Hidden
) -> dict[int, list[int]]:
    labels = _unique(table, "column_labels")
    found: dict[int, list[int]] = {}
    for key, (row, column) in cells.items():
        label = labels.get(key)
        if label is None or column in found:
            continue
        for header in reversed(rows[:row]):
            if column < len(header) and isinstance(header[column], str) and normal(header[column]) == label:
                alike = [
                    across
                    for across, value in enumerate(header)
                    if across not in hidden.columns and isinstance(value, str) and normal(value) == label
                ]
                if alike and alike != [column]:
                    found[column] = alike
                break
    return found


@cache
def _unique(table: Table, which: str) -> dict[str, str]:
    """The innermost label of each figure's row or column, where it heads no other row or column of the table."""
    paths = {cell.key: getattr(cell, which) for cell in table.cells}
    owners: dict[str, set[tuple[str, ...]]] = {}
    for path in paths.values():
        if path:
            owners.setdefault(normal(path[-1]), set()).add(path)
    return {
        key: normal(path[-1]) for key, path in paths.items() if path and len(owners[normal(path[-1])]) == 1
    }


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def about_others(
    sheets: Sheets, title: str, tables: Sequence[Table], cells: Mapping[str, Place]
) -> Iterator[str]:
    """Yield what is to be said of rows and columns that somebody has put among those of the form, and of their figures."""
    rows, hidden = sheets.rows(title), sheets.hidden(title)
    placed = set(cells.values())
    own_rows, own_columns = {row for row, _ in placed}, {column for _, column in placed}
    declared = _declared(tuple(tables))
    named: list[str] = []
    others = 0
    lines: set[int] = set()
    columns: set[int] = set()
    top, bottom, left, right = min(own_rows), max(own_rows), min(own_columns), max(own_columns)
    for down in range(top, len(rows)):
        for across, value in enumerate(rows[down]):
            if (
                value == ""
                or not _is_number(value)
                or (down, across) in placed
                or hidden.holds((down, across))
            ):
                continue
            # Nothing is lost with a zero; in an .xls of LibreOffice the checks beside the tables are some.
            if value != 0:
                others += 1
                if others > NAMED:
                    continue
                label = _label(rows, down, across, down not in own_rows)
                number = value if isinstance(value, str) else f"{value:g}"
                named.append(f"{address((down, across))}（{label}）的 {number}")
    # A line of figures that nothing was typed into is no row at all.
    for down in range(top, min(bottom + 1, len(rows))):
        texts = [value for value in rows[down][: right + 1] if isinstance(value, str) and value]
        if (
            down not in own_rows
            and down not in hidden.rows
            and any(normal(text) not in declared for text in texts)
        ):
            lines.add(down)
    for across in range(left, right + 1):
        if across not in own_columns and across not in hidden.columns:
            above = [row[across] for row in rows[:top] if across < len(row)]
            if any(isinstance(text, str) and text and normal(text) not in declared for text in above):
                columns.add(across)
    if lines:
        yield f"“{title}”第{'、'.join(str(down + 1) for down in sorted(lines))}行不是表内的行，没有读取"
    if columns:
        letters = "、".join(address((0, across))[:-1] for across in sorted(columns))
        yield f"“{title}”{letters}列不是表内的栏，没有读取"
    if others:
        more = f"等 {others} 处" if others > NAMED else ""
        yield f"“{title}”里表外的数没有读取：{'、'.join(named)}{more}"


@cache
def _declared(tables: tuple[Table, ...]) -> frozenset[str]:
    """The labels of these tables, as they are compared."""
    return frozenset(normal(cell.text) for table in tables for cell in grid_of(table).cells if cell.text)


def _label(rows: list[list[Any]], down: int, across: int, by_row: bool) -> str:
    """What stands before a cell in its row, or above it."""
    before = [value for value in rows[down][:across] if isinstance(value, str) and value]
    above = [
        row[across]
        for row in rows[:down]
        if across < len(row) and isinstance(row[across], str) and row[across]
    ]
    found = (before[-1:] or above[-1:]) if by_row else (above[-1:] or before[-1:])
    return " ".join(found[0].split())[:20] if found else "没有标签"
