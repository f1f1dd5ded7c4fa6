"""What is looked for in a document: the rows and columns of a declared table with every label they may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
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


@dataclass(frozen=True, eq=False)
class Layout:
    """The columns that rows have which differ in their keys only: without these, and their labels by number."""

    columns: tuple[WantedColumn, ...]
    labels: LabelSet[int]


@dataclass(frozen=True, eq=False)
class WantedRow:
    """A row of figures: its labels, the key of its group, its columns.

    ``instead`` are labels of the group where the group printed as a single row counts as this row.
    """

    labels: Labels
    group: str
    columns: tuple[WantedColumn, ...]
    instead: Labels = ()

    @cached_property
    def layout(self) -> Layout:
        """Its columns, the same as those of rows alike."""
        return _layout(tuple(column._replace(key="") for column in self.columns))


@cache
def _layout(columns: tuple[WantedColumn, ...]) -> Layout:
    return Layout(columns, LabelSet({number: column.labels for number, column in enumerate(columns)}))


class Wanted:
    """All that is looked for of one table; a table of a single line has one row without labels.

    ``row_labels`` are the labels of the rows by number. ``groups`` are those of groups of rows by key: met, they are no rows. So many
    ``header_labels`` make a row of headers.
    """

    def __init__(self, rows: Iterable[WantedRow], groups: dict[str, Labels], header_labels: int) -> None:
        self.rows = tuple(rows)
        self.row_labels = LabelSet({number: row.labels for number, row in enumerate(self.rows)})
        self.groups = LabelSet(groups)
        self.layouts = tuple(dict.fromkeys(row.layout for row in self.rows))
        columns = (column for layout in self.layouts for column in layout.columns)
        self.column_labels = tuple(dict.fromkeys(label for column in columns for label in column.labels))
        self.header_labels = header_labels

    @property
    def is_line(self) -> bool:
        """True for a single row of figures without a label."""
        return len(self.rows) == 1 and not self.rows[0].labels


@cache
def wanted(table: Table) -> Wanted:
    """Return what is looked for of a declared table."""
    if table.layout == "line":
        return Wanted([WantedRow((), "", tuple(_columns(table.tree, ())))], {}, 2)
    groups: dict[str, Labels] = {}
    rows = list(_rows(table.tree, (), groups))
    return Wanted(rows, groups, 1 if table.layout == "blocks" else 2)


@cache
def in_rows(table: Table) -> Wanted:
    """Return what is looked for where a table of a single line is printed with a row for each of its headings."""
    lines: dict[Labels, list[WantedColumn]] = {}
    for column in _columns(table.tree, ()):
        lines.setdefault(column.above, []).append(column._replace(above=()))
    rows = []
    for above, columns in lines.items():
        outer, inner = "".join(above[:-1]), above[-1]
        own = (inner, f"{outer}{inner}", f"{outer}（{inner}）") if outer else (inner,)
        rows.append(WantedRow(own, outer, tuple(columns)))
    return Wanted(rows, {outer: (outer,) for above in lines for outer in above[:-1]}, 2)


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
            labels + joined,
            (group.key or group.label) if group else "",
            tuple(_columns(node.children, ())),
            instead,
        )
