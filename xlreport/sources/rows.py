"""The rows of a foreign table: the labels of each, and which declared row it is.

Rows are known by their labels; their neighbours decide only where one row and one declared row are left over between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from xlreport.sources.blocks import Cell, Table
from xlreport.sources.headers import Zone, column_labels_in
from xlreport.sources.labels import ACCEPTED, PLAIN, likeness, same_numbering
from xlreport.sources.printed import holds_a_number, looks_like_a_figure, looks_like_nothing
from xlreport.sources.units import is_unit
from xlreport.sources.wanted import Wanted

#: What stands before the last of several numbered labels in one cell: “（三）不予公开-” before “1.属于国家秘密”.
_INNER = re.compile(r"^.*[^\d.．、](?=\d{1,2}[.．、]\D)", re.DOTALL)
#: How like its label must be, where only the neighbours of a row say which it is.
BETWEEN = 0.35
#: In a shorter list of rows the neighbours say nothing.
LONG_LIST = 6


@dataclass(frozen=True)
class RowLabels:
    """The labels of a row: the innermost cell, alone and joined with the one before; the others; where the figures begin."""

    own: str
    texts: tuple[str, ...]
    others: tuple[Cell, ...]
    after: int

    @property
    def every(self) -> tuple[str, ...]:
        return (*self.texts, *(cell.text for cell in self.others))


@dataclass(frozen=True)
class RowClaim:
    """A line taken for a declared row: which, how like its label is, the label as printed, where the figures begin."""

    row: int
    score: float
    label: str
    after: int


class Rows:
    """The rows of one table; ``say`` takes what had to be assumed."""

    def __init__(self, table: Table, looked_for: Wanted, say: Callable[[str], None]) -> None:
        self._table, self._wanted, self._say = table, looked_for, say
        #: The labels of each row; ``None`` where it has none.
        self.lines = [None if looked_for.is_line else self._line(row) for row in range(table.height)]

    def has_number(self, row: int) -> bool:
        """True if a number stands in that row."""
        return any(cell.row == row and holds_a_number(cell.text) for cell in self._table.covering[row])

    def _is_filled_in(self, row: int, twin: RowClaim, claim: RowClaim) -> bool:
        """True if a number stands in that row, or below the claim's label and figures anything but blanks."""
        cells = (cell for cell in self._table.covering[row] if cell.row == row and cell.column >= twin.after)
        return self.has_number(row) or (
            twin.after == claim.after and any(not looks_like_nothing(cell.text) for cell in cells)
        )

    def _has_cells(self, row: int, claim: RowClaim) -> bool:
        return any(cell.row == row and cell.column >= claim.after for cell in self._table.covering[row])

    def _line(self, row: int) -> RowLabels | None:
        """The labels of a row are its cells before the figures."""
        cells = self._table.covering[row]
        count = self._labels_in(cells, _before_figures(cells))
        labels = [cell for cell in cells[:count] if cell.text]
        if not labels:
            return None
        after = end_of(labels[-1])
        # A cell that reaches in from above is a group's, even where a wrong span has pushed it to the right.
        labels.sort(key=lambda cell: (cell.row == row, cell.column))
        texts = [cell.text for cell in labels]
        # A group may be printed before each of its rows: what counts is the part with the inner number.
        own = _INNER.sub("", "".join(texts[-1].split())) or texts[-1]
        joined = ("".join(texts[-2:]),) if len(texts) > 1 else ()
        return RowLabels(own, (own, texts[-1], *joined), tuple(labels[-2::-1]), after)

    def _labels_in(self, cells: Sequence[Cell], count: int) -> int:
        """How many of the first ``count`` cells are labels: what stands behind a declared label is a figure, even if none can be read.

        Where the row has no readable figure at all, a misprinted label will do; a unit in a column of its own is no figure.
        """
        wanted = PLAIN if count < len(cells) else ACCEPTED
        for at in range(count - 1, 0, -1):
            declared, groups = self._wanted.row_labels, self._wanted.groups
            if declared.likeliest(cells[at].text) or groups.likeliest(cells[at].text):
                return count
            best, group = declared.likeliest(cells[at - 1].text), groups.likeliest(cells[at - 1].text)
            of_one_row = cells[at - 1].row_span == 1
            if best and of_one_row and best.score >= wanted and (group is None or group.score < best.score):
                return at + sum(1 for _ in takewhile(lambda cell: is_unit(cell.text), cells[at:count]))
        return count

    def kind_of_line(self, row: int) -> str:
        """Return “number” or “text”, in a table whose rows have no labels."""
        return "number" if self.has_number(row) or self._is_blank_line(row) else "text"

    def _is_blank_line(self, row: int) -> bool:
        """True for a row without any text below labels of columns: the figures are blank."""
        cells = [cell for cell in self._table.covering[row] if cell.row == row]
        is_blank = len(cells) > 1 and all(looks_like_nothing(cell.text) for cell in cells)
        return is_blank and row > 0 and len(column_labels_in(self._table, row - 1, self._wanted)) > 1

    def kind(self, row: int) -> str:
        """Return “number”, “label” for a declared row's label without figures, or “text”."""
        if self.has_number(row):
            return "number"
        line = self.lines[row]
        if len(column_labels_in(self._table, row, self._wanted)) > 1 or line is None:
            return "text"
        return "label" if self._leaf(line) or self._group(line) else "text"

    def _leaf(self, line: RowLabels) -> RowClaim | None:
        """The declared row a line is, by its innermost label, else by any of its labels that is word for word the same."""
        declared = self._wanted.row_labels
        best = declared.likeliest(*line.texts[:1]) or declared.likeliest(*line.texts)
        group = self._group(line)
        if best is not None and (group is None or group[1] < best.score):
            return RowClaim(best.key, best.score, line.own, line.after)
        if group is None:
            for cell in line.others:
                # What was taken for the innermost label is a figure that cannot be read.
                other = declared.likeliest(cell.text)
                if other is not None and other.score >= PLAIN:
                    return RowClaim(other.key, other.score, cell.text, end_of(cell))
        return None

    def _group(self, line: RowLabels) -> tuple[str, float] | None:
        best = self._wanted.groups.likeliest(line.own)
        return (best.key, best.score) if best else None

    def declared(self, zones: Sequence[Zone]) -> tuple[dict[int, RowClaim], dict[int, RowClaim]]:
        """Return the declared rows by the number of the row they stand in, and those that have the label of one of these.

        None stands in the ``zones`` of headers.
        """
        claims: dict[int, list[tuple[float, int, RowClaim]]] = {}
        group = ""
        for number, line in enumerate(self.lines):
            if line is None or any(zone.top <= number < zone.end for zone in zones):
                continue
            for text in line.every:
                met = self._wanted.groups.likeliest(text)
                if met is not None and met.score >= PLAIN:
                    group = met.key
                    break
            leaf = self._leaf(line)
            if leaf is not None:
                under = 0.05 if self._wanted.rows[leaf.row].group == group else 0.0
                claims.setdefault(leaf.row, []).append((leaf.score + under, number, leaf))
        rows: dict[int, RowClaim] = {}
        doubled: dict[int, RowClaim] = {}
        for key, claimed in claims.items():
            best = max(score for score, _, _ in claimed)
            # Of a label that stands twice the one with the figures is meant, else with blank ones.
            alike = [(number, claim) for score, number, claim in claimed if score == best]
            first, claim = max(alike, key=lambda one: (self.has_number(one[0]), self._has_cells(*one)))
            again = [number for _, number, _ in claimed if number != first and self.has_number(number)]
            label = self._wanted.rows[key].labels[0]
            if again and best < PLAIN:
                self._say(f"有 {len(again) + 1} 行都像“{label}”，分不清，没有读；请核对")
                continue
            rows[first] = claim
            if again:
                self._say(
                    f"“{label}”有 {len(again) + 1} 行，按第 {first + 1} 行读取，不一致的格没有读；请核对"
                )
            doubled.update(
                (number, twin)
                for _, number, twin in claimed
                if number != first and twin.score >= PLAIN and self._is_filled_in(number, twin, claim)
            )
        self._groups_in_one_row(rows)
        self._between(rows)
        return rows, {number: claim for number, claim in doubled.items() if number not in rows}

    def _groups_in_one_row(self, rows: dict[int, RowClaim]) -> None:
        """A group that is printed as a single row counts as the row that is declared to stand for it."""
        first = next((number for number in range(self._table.height) if self.has_number(number)), 0)
        # What stands above all figures is a header, even where it could be taken for a row.
        present = {self._wanted.rows[claim.row].group for number, claim in rows.items() if number >= first}
        for key, row in enumerate(self._wanted.rows):
            if not row.instead or row.group in present:
                continue
            for number, line in enumerate(self.lines):
                if line is None or number in rows or not self.has_number(number):
                    continue
                if max(likeness(line.own, label) for label in row.instead) >= PLAIN:
                    rows[number] = RowClaim(key, 1.0, line.own, line.after)
                    self._say(f"“{row.instead[0]}”只有一行，计入“{row.labels[0]}”")
                    break

    def _between(self, rows: dict[int, RowClaim]) -> None:
        """One row and one declared row left over between the same neighbours belong together if the label is somewhat like."""
        if len(self._wanted.rows) < LONG_LIST:
            return
        known = sorted((number, claim.row) for number, claim in rows.items())
        for (upper, first), (lower, last) in pairwise(known):
            left = [number for number in range(upper + 1, lower) if self.has_number(number)]
            if last - first != 2 or len(left) != 1:
                continue
            row, line = self._wanted.rows[first + 1], self.lines[left[0]]
            text = line.own if line else ""
            like = max((likeness(text, label) for label in row.labels), default=0.0)
            same_number = any(same_numbering(text, label) for label in row.labels)
            if not text or like >= BETWEEN or same_number:
                rows[left[0]] = RowClaim(first + 1, 1.0, text, line.after if line else 0)
                self._say(f"第 {left[0] + 1} 行的“{text}”按位置读作“{row.labels[0]}”；请核对")


def _before_figures(cells: Sequence[Cell]) -> int:
    """How many cells of a row come before its figures; a text behind two figures is a remark, or one that cannot be read."""
    count = len(cells)
    while True:
        while count and looks_like_a_figure(cells[count - 1].text):
            count -= 1
        before = [cell.text for cell in cells[max(count - 3, 0) : max(count - 1, 0)]]
        if (
            len(before) < 2
            or not all(map(looks_like_a_figure, before))
            or not any(map(holds_a_number, before))
        ):
            return count
        count -= 1


def end_of(cell: Cell) -> int:
    """Return the column behind a cell."""
    return cell.column + cell.column_span
