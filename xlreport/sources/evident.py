"""Tables that are one declared table word for word, so that no other need be looked for in them.

Looking for a declared table where none of it stands takes the longest of all: it is sought upright and turned, under every header. Most tables
of a document are one of the form's as it is declared, and this can be told by their labels alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from xlreport.form.declaration import Form
from xlreport.form.declaration import Table as DeclaredTable
from xlreport.sources.blocks import Table
from xlreport.sources.labels import wording
from xlreport.sources.wanted import Labels, wanted

#: From this share of a declared table's labels on, a table is that one.
EVIDENT = 0.9


class Evident:
    """Which declared tables each of a document's ``tables`` evidently is, among those of all ``forms``."""

    def __init__(self, tables: Sequence[Table], forms: Iterable[Form]) -> None:
        declared = [table for form in forms for table in form.tables]
        self._printed = {table: {wording(cell.text).words for cell in table.cells} for table in tables}
        self._are = {
            table: [one for one in declared if _share(one, words) >= EVIDENT]
            for table, words in self._printed.items()
        }

    def is_another(self, table: Table, declared: DeclaredTable) -> bool:
        """Return True where ``table`` evidently is another one than ``declared`` and has no label that only the latter has."""
        own = _words(declared) & self._printed[table]
        return any(one.key != declared.key and own <= _words(one) for one in self._are[table])


def _share(declared: DeclaredTable, words: set[str]) -> float:
    labels = _labels(declared)
    return sum(not words.isdisjoint(each) for each in labels) / len(labels)


@cache
def _words(declared: DeclaredTable) -> frozenset[str]:
    return frozenset().union(*_labels(declared))


@cache
def _labels(declared: DeclaredTable) -> frozenset[frozenset[str]]:
    """The labels of rows, of columns and of what stands over them, each with the other wordings it may have."""
    rows = wanted(declared).rows
    found: set[Labels] = {row.labels for row in rows if row.labels}
    for column in (column for row in rows for column in row.columns):
        found.add(column.labels)
        found.update((label,) for label in column.above)
    return frozenset(frozenset(wording(label).words for label in labels) for labels in found)
