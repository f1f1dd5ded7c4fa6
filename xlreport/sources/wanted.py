"""What is looked for in a document: the rows and columns of a declared table with every label they may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from xlreport.form.declaration import Node, Table
from xlreport.form.figures import Unit
from xlreport.sources.labels import LabelSet

Labels = tuple[str, ...]


class WantedColumn(NamedTuple):
    """A figure of a row: its key, its column's labels, the labels of the headings above it from the outermost, its unit."""

    key: str
    labels: Labels
    above: Labels
    unit: Unit


class WantedRow(NamedTuple):
    """A row of figures: its key, its labels, the key of its group, its columns.

    ``instead`` are labels of the group where the group printed as a single row counts as this row.
    """

    key: str
    labels: Labels
    group: str
    columns: tuple[WantedColumn, ...]
    instead: Labels = ()


class Wanted(NamedTuple):
    """All that is looked for of one table; a table of a single line has one row without labels.

    ``row_labels`` are the labels of the rows by number. ``groups`` are those of groups of rows by key: met, they are no rows.
    ``headings`` are those over columns.
    """

    rows: tuple[WantedRow, ...]
    row_labels: LabelSet[int]
    groups: LabelSet[str]
    column_labels: frozenset[str]
    headings: frozenset[str]
    corner: str
    #: So many column labels make a row of headers.
    header_labels: int

    @property
    def is_line(self) -> bool:
        """True for a single row of figures without a label."""
        return len(self.rows) == 1 and not self.rows[0].labels


@cache
def _wanted(tree: tuple[Node, ...], layout: str, corner: str, heading: str) -> Wanted:
    groups: dict[str, Labels] = {}
    if layout == "line":
        columns = tuple(_columns(tree, ()))
        rows: tuple[WantedRow, ...] = (WantedRow("", (), "", columns),)
    else:
        rows = tuple(_rows(tree, (), groups))
    labels = frozenset(label for row in rows for column in row.columns for label in column.labels)
    headings = frozenset(label for row in rows for column in row.columns for label in column.above)
    return Wanted(
        rows,
        _row_labels(rows),
        LabelSet(groups),
        labels,
        headings | ({heading} if heading else frozenset()),
        corner,
        1 if layout == "blocks" else 2,
    )


def wanted(table: Table) -> Wanted:
    """Return what is looked for of a declared table."""
    return _wanted(table.tree, table.layout, table.corner, table.heading)


@cache
def _in_rows(tree: tuple[Node, ...]) -> Wanted:
    lines: dict[Labels, list[WantedColumn]] = {}
    for column in _columns(tree, ()):
        lines.setdefault(column.above, []).append(column._replace(above=()))
    rows = []
    for above, columns in lines.items():
        outer, inner = "".join(above[:-1]), above[-1]
        own = (inner, f"{outer}{inner}", f"{outer}（{inner}）") if outer else (inner,)
        rows.append(WantedRow("/".join(above), own, outer, tuple(columns)))
    groups = {outer: (outer,) for above in lines for outer in above[:-1]}
    labels = frozenset(label for row in rows for column in row.columns for label in column.labels)
    return Wanted(tuple(rows), _row_labels(rows), LabelSet(groups), labels, frozenset(), "", 2)


def _row_labels(rows: Sequence[WantedRow]) -> LabelSet[int]:
    return LabelSet({number: row.labels for number, row in enumerate(rows)})


@cache
def unkeyed(columns: tuple[WantedColumn, ...]) -> tuple[WantedColumn, ...]:
    """Return the columns of a row as those of any row: without their keys."""
    return tuple(column._replace(key="") for column in columns)


@cache
def labels_of(columns: tuple[WantedColumn, ...]) -> LabelSet[int]:
    """Return the labels of the columns of a row by number."""
    return LabelSet({number: column.labels for number, column in enumerate(columns)})


def in_rows(table: Table) -> Wanted:
    """Return what is looked for where a table of a single line is printed with a row for each of its headings."""
    return _in_rows(table.tree)


def _columns(level: tuple[Node, ...], above: Labels) -> Iterator[WantedColumn]:
    for node in level:
        if node.unit:
            yield WantedColumn(node.key, (node.label, *node.aliases), above, node.unit)
        else:
            yield from _columns(node.children, (*above, node.label))


def _rows(level: tuple[Node, ...], above: tuple[Node, ...], groups: dict[str, Labels]) -> Iterator[WantedRow]:
    for node in level:
        if not node.is_row:
            groups[node.key or node.label] = (node.label, *node.aliases)
            yield from _rows(node.children, (*above, node), groups)
            continue
        group = above[-1] if above else None
        own = (node.label, *node.aliases)
        instead = tuple(label for label in own if group and label == group.label)
        labels = tuple(label for label in own if label not in instead)
        # Lists without merged cells print the group before each of its rows.
        joined = tuple(f"{parent.label}{node.label}" for parent in above if parent.key)
        yield WantedRow(
            node.key,
            labels + joined,
            (group.key or group.label) if group else "",
            tuple(_columns(node.children, ())),
            instead,
        )
