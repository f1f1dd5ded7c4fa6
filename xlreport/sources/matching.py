"""A foreign table matched against the form by its labels: where does each figure stand?

The table comes as rows of raw values. Text of merged cells stands in their top left position, the others are blank. A figure is
taken where its row label and its column label cross; a label that occurs several times belongs to the nearest heading before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeAlias

from xlreport.form.declaration import Table
from xlreport.form.grid import grid_of

#: A row and a column, counted from 0.
Place: TypeAlias = tuple[int, int]
Rows: TypeAlias = Sequence[Sequence[Any]]
#: Labels from the outermost heading to the innermost.
Path: TypeAlias = tuple[str, ...]

#: How many rows below its column labels the figures of a ``line`` table may stand.
LINE_REACH = 4

_NUMBERING = re.compile(r"^(\d+|[一二三四五六七八九十]+)[、.,]")
_BRACKETS = str.maketrans("〔〕【】「」『』“”‘’", '()()""""""""')


class Match(NamedTuple):
    """Where the figures of a table stand, by key; the labels that were not found, of how many; what had to be assumed."""

    cells: dict[str, Place]
    unplaced: tuple[str, ...] = ()
    labels: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True if every figure of the table has its place."""
        return not self.unplaced


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Return a label as it is compared: without blanks, half-width, with one kind of brackets, quotes and numbering."""
    plain = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return _NUMBERING.sub(r"\1.", "".join(plain.split())).rstrip(":")


def match_at(rows: Rows, table: Table, top: int, left: int) -> Match | None:
    """Return the match if the declared grid stands, label for label, with its first cell at (``top``, ``left``); else ``None``.

    Labels of the first column may be stretched to the left. ``rows`` may end before the figures do where these are blank.
    """
    labels, height, width = _labels(table)
    if top < 0 or left < 0 or top + height > len(rows) or left + width > len(rows[top]):
        return None
    for row, column, text in labels:
        line = rows[top + row]
        if line[left + column] != text and (column or _before(line, left) != text):
            return None
    return _match_there(table, top, left)


@cache
def _labels(table: Table) -> tuple[list[tuple[int, int, str]], int, int]:
    """The labels by row and column, and how many rows and columns hold them."""
    labels = [(cell.row, cell.column, cell.text) for cell in grid_of(table).cells if cell.text]
    return labels, 1 + max(row for row, _, _ in labels), 1 + max(column for _, column, _ in labels)


# Most workbooks are the standard one, where each table has its place.
@lru_cache(maxsize=256)
def _match_there(table: Table, top: int, left: int) -> Match:
    figures = grid_of(table).figures
    return Match(
        {key: (top + cell.row, left + cell.column) for key, cell in figures.items()},
        labels=len(_labels(table)[0]),
    )


def _before(row: Sequence[Any], column: int) -> Any:
    """Return the nearest value to the left of ``column``; “” if there is none."""
    return next((value for value in reversed(row[:column]) if value != ""), "")


def match(rows: Rows, table: Table) -> Match:
    """Return where the figures of ``table`` stand in ``rows``, wherever its labels are; what has no place is left out."""
    labels = _Labels(rows, table)
    cells = _below(rows, table, labels) if table.layout == "line" else _crossings(table, labels)
    paths = dict.fromkeys(
        path for cell in table.cells for path in (cell.row_labels, cell.column_labels) if path
    )
    missing = {cell.key: cell for cell in table.cells if cell.key not in cells}
    # A label is missing if no figure beside or below it has a place: one lost row is one remark, not seven.
    unplaced = [
        path[-1]
        for path in paths
        if all(cell.key in missing for cell in table.cells if path in (cell.row_labels, cell.column_labels))
        and not labels.found(path)
    ]
    if missing and not unplaced:
        unplaced = [cell.label for cell in missing.values()]
    return Match(cells, tuple(unplaced), len(paths))


class _Labels:
    """Where the labels of a table occur in the rows."""

    def __init__(self, rows: Rows, table: Table) -> None:
        wanted = {normal(label) for cell in table.cells for label in (*cell.row_labels, *cell.column_labels)}
        self._at: dict[str, list[Place]] = {}
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                if isinstance(value, str) and value and (text := normal(value)) in wanted:
                    self._at.setdefault(text, []).append((down, across))

    def of(self, path: Path) -> list[Place]:
        """Return every place of the innermost label, in reading order."""
        return self._at.get(normal(path[-1]), [])

    def found(self, path: Path) -> bool:
        """True if the innermost label occurs anywhere."""
        return normal(path[-1]) in self._at

    def headings(self, paths: Iterable[Path]) -> list[tuple[Place, Path]]:
        """Return every place at which one of the headings over ``paths`` occurs."""
        parents = dict.fromkeys(path[:-1] for path in paths if len(path) > 1)
        return [(place, parent) for parent in parents for place in self.of(parent)]


def _crossings(table: Table, labels: _Labels) -> dict[str, Place]:
    """Figures stand in the row of their row label, below the nearest fitting column label above it."""
    row_paths = dict.fromkeys(cell.row_labels for cell in table.cells)
    headings = labels.headings(row_paths)
    rows = {path: _own(labels.of(path), path, headings, _owner_of_row) for path in row_paths}
    column_headings = labels.headings(dict.fromkeys(cell.column_labels for cell in table.cells))
    cells: dict[str, Place] = {}
    for cell in table.cells:
        label = rows[cell.row_labels]
        if label is None:
            continue
        above = [
            place for place in labels.of(cell.column_labels) if place[0] < label[0] and place[1] > label[1]
        ]
        nearest = [place for place in above if place[0] == max(above)[0]]
        header = _own(nearest, cell.column_labels, column_headings, _owner_of_column)
        if header is not None:
            cells[cell.key] = (label[0], header[1])
    return cells


def _below(rows: Rows, table: Table, labels: _Labels) -> dict[str, Place]:
    """Figures stand below their column labels, in the first row there that holds any."""
    paths = {cell.key: cell.column_labels for cell in table.cells}
    headings = labels.headings(paths.values())
    headers = {key: _own(labels.of(path), path, headings, _owner_of_column) for key, path in paths.items()}
    placed = {key: place for key, place in headers.items() if place is not None}
    if not placed:
        return {}
    first = max(row for row, _ in placed.values()) + 1
    reach = range(first, min(first + LINE_REACH, len(rows)))
    filled = (row for row in reach if any(_holds_number(rows[row], column) for _, column in placed.values()))
    line = next(filled, first)
    return {key: (line, column) for key, (_, column) in placed.items()}


def _holds_number(row: Sequence[Any], column: int) -> bool:
    return column < len(row) and isinstance(row[column], (int, float))


def _own(places: list[Place], path: Path, headings: list[tuple[Place, Path]], owner: Any) -> Place | None:
    """Return the place of a label that belongs to its own heading; the first place where none does."""
    if len(places) < 2:
        return places[0] if places else None
    owned = [(place, owner(place, headings)) for place in places]
    under = [(place[0] - found[0][0], place) for place, found in owned if found and found[1] == path[:-1]]
    return min(under)[1] if under else places[0]


def _owner_of_row(place: Place, headings: list[tuple[Place, Path]]) -> tuple[Place, Path] | None:
    """The last heading at or above a row label, not to the right of it."""
    before = [(at, path) for at, path in headings if at != place and at[0] <= place[0] and at[1] <= place[1]]
    return max(before, default=None)


def _owner_of_column(place: Place, headings: list[tuple[Place, Path]]) -> tuple[Place, Path] | None:
    """The last heading above a column label, not to the right of it."""
    before = [(at, path) for at, path in headings if at[0] < place[0] and at[1] <= place[1]]
    return max(before, key=lambda found: (found[0][1], found[0][0]), default=None)
