"""One foreign table against one declared table: which cell holds which figure.

Rows are known by their labels, columns by their headers; position only decides where labels leave no doubt. Whatever had to be assumed is
a remark, and a number that belongs to nothing is one too: no figure is dropped in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from xlreport.form.declaration import Table as DeclaredTable
from xlreport.sources.blocks import Cell, Table
from xlreport.sources.headers import Columns, Slot, Zone, column_labels_in, zones
from xlreport.sources.labels import PLAIN, likeliest, likeness
from xlreport.sources.printed import holds_a_number, looks_like_a_figure
from xlreport.sources.wanted import WantedRow, wanted

#: What stands before the last of several numbered labels in one cell: “（三）不予公开-” before “1.属于国家秘密”.
_INNER = re.compile(r"^.*[^\d.．、](?=\d{1,2}[.．、]\D)", re.DOTALL)
#: How like its label must be, where only the neighbours of a row say which it is.
BETWEEN = 0.35


@dataclass(frozen=True)
class Placed:
    """A figure's cell, and what its header or label says it is counted in (“元”; “” where nothing else than usual)."""

    table: Table
    cell: Cell
    unit: str = ""


@dataclass
class Recognised:
    """What was found of a declared table: cells by key, remarks, and the last headers."""

    cells: dict[str, Placed] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    headers: Zone | None = None


@dataclass(frozen=True)
class _Line:
    """The labels of a row: the innermost cell, alone and joined with the one before; the others; where the figures begin."""

    own: str
    texts: tuple[str, ...]
    others: tuple[Cell, ...]
    after: int

    @property
    def every(self) -> tuple[str, ...]:
        return (*self.texts, *(cell.text for cell in self.others))


@dataclass(frozen=True)
class _Claim:
    """A line taken for a declared row: which, how like its label is, the label as printed, where the figures begin."""

    row: int
    score: float
    label: str
    after: int


def recognise(table: Table, declared: DeclaredTable, headers: Zone | None = None) -> Recognised:
    """Return where the figures of ``declared`` stand in ``table``; ``headers`` are those of the table that it continues."""
    return _Recognition(table, declared, headers).result()


class _Recognition:
    def __init__(self, table: Table, declared: DeclaredTable, headers: Zone | None) -> None:
        self._table, self._declared, self._wanted = table, declared, wanted(declared)
        self._found = Recognised()
        self._used: set[Cell] = set()
        if declared.layout == "line":
            self._lines: list[_Line | None] = [None] * table.height
            kinds = ["number" if self._has_number(row) else "text" for row in range(table.height)]
        else:
            self._lines = [self._line(row) for row in range(table.height)]
            kinds = [self._kind(row) for row in range(table.height)]
        self._zones = zones(table, kinds, self._wanted)
        self._carried = headers

    def result(self) -> Recognised:
        if self._declared.layout == "line":
            self._single_line()
        else:
            rows = self._rows()
            for number in sorted(rows):
                self._row(number, rows[number])
            if rows and self._found.cells:
                self._say_unread(range(min(rows), max(rows) + 1))
        if self._found.cells and self._zones:
            self._found.headers = self._zones[-1]
        return self._found

    # Rows

    def _has_number(self, row: int) -> bool:
        return any(cell.row == row and holds_a_number(cell.text) for cell in self._table.covering[row])

    def _line(self, row: int) -> _Line | None:
        """The labels of a row are its cells before the figures."""
        cells = self._table.covering[row]
        count = len(cells)
        while count and looks_like_a_figure(cells[count - 1].text):
            count -= 1
        labels = [cell for cell in cells[:count] if cell.text]
        if not labels:
            return None
        after = _end(labels[-1])
        # A cell that reaches in from above is a group's, even where a wrong span has pushed it to the right.
        labels.sort(key=lambda cell: (cell.row == row, cell.column))
        texts = [cell.text for cell in labels]
        # A group may be printed before each of its rows: what counts is the part with the inner number.
        own = _INNER.sub("", "".join(texts[-1].split())) or texts[-1]
        joined = ("".join(texts[-2:]),) if len(texts) > 1 else ()
        return _Line(own, (own, texts[-1], *joined), tuple(labels[-2::-1]), after)

    def _kind(self, row: int) -> str:
        if self._has_number(row):
            return "number"
        line = self._lines[row]
        if len(column_labels_in(self._table, row, self._wanted)) > 1 or line is None:
            return "text"
        return "label" if self._leaf(line) or self._group(line) else "text"

    def _leaf(self, line: _Line) -> _Claim | None:
        """The declared row a line is, by its innermost label, else by any of its labels that is word for word the same."""
        declared = {number: row.labels for number, row in enumerate(self._wanted.rows)}
        best = likeliest(line.texts[:1], declared) or likeliest(line.texts, declared)
        group = self._group(line)
        if best is not None and (group is None or group[1] < best.score):
            return _Claim(best.key, best.score, line.own, line.after)
        if group is None:
            for cell in line.others:
                # What was taken for the innermost label is a figure that cannot be read.
                other = likeliest([cell.text], declared)
                if other is not None and other.score >= PLAIN:
                    return _Claim(other.key, other.score, cell.text, _end(cell))
        return None

    def _group(self, line: _Line) -> tuple[str, float] | None:
        best = likeliest([line.own], self._wanted.groups)
        return (best.key, best.score) if best else None

    def _rows(self) -> dict[int, _Claim]:
        """Return the declared rows by the number of the row they stand in."""
        claims: dict[int, list[tuple[float, int, _Claim]]] = {}
        group = ""
        for number, line in enumerate(self._lines):
            if line is None or self._in_zone(number):
                continue
            for text in line.every:
                met = likeliest([text], self._wanted.groups)
                if met is not None and met.score >= PLAIN:
                    group = met.key
                    break
            leaf = self._leaf(line)
            if leaf is not None:
                under = 0.05 if self._wanted.rows[leaf.row].group == group else 0.0
                claims.setdefault(leaf.row, []).append((leaf.score + under, number, leaf))
        rows: dict[int, _Claim] = {}
        for key, claimed in claims.items():
            best = max(score for score, _, _ in claimed)
            first, claim = next((number, claim) for score, number, claim in claimed if score == best)
            again = [number for _, number, _ in claimed if number != first and self._has_number(number)]
            label = self._wanted.rows[key].labels[0]
            if again and best < PLAIN:
                self._say(f"有 {len(again) + 1} 行都像“{label}”，分不清，没有读；请核对")
                continue
            rows[first] = claim
            if again:
                self._say(f"“{label}”有 {len(again) + 1} 行，只读了第 {first + 1} 行；请核对")
        self._groups_in_one_row(rows)
        self._between(rows)
        return rows

    def _in_zone(self, row: int) -> bool:
        return any(zone.top <= row < zone.end for zone in self._zones)

    def _groups_in_one_row(self, rows: dict[int, _Claim]) -> None:
        """A group that is printed as a single row counts as the row that is declared to stand for it."""
        first = next((number for number in range(self._table.height) if self._has_number(number)), 0)
        # What stands above all figures is a header, even where it could be taken for a row.
        present = {self._wanted.rows[claim.row].group for number, claim in rows.items() if number >= first}
        for key, row in enumerate(self._wanted.rows):
            if not row.instead or row.group in present:
                continue
            for number, line in enumerate(self._lines):
                if line is None or number in rows or not self._has_number(number):
                    continue
                if max(likeness(line.own, label) for label in row.instead) >= PLAIN:
                    rows[number] = _Claim(key, 1.0, line.own, line.after)
                    self._say(f"“{row.instead[0]}”只有一行，计入“{row.labels[0]}”")
                    break

    def _between(self, rows: dict[int, _Claim]) -> None:
        """One row and one declared row left over between the same neighbours belong together if the label is somewhat like."""
        known = sorted((number, claim.row) for number, claim in rows.items())
        for (upper, first), (lower, last) in pairwise(known):
            left = [number for number in range(upper + 1, lower) if self._has_number(number)]
            if last - first != 2 or len(left) != 1:
                continue
            row, line = self._wanted.rows[first + 1], self._lines[left[0]]
            text = line.own if line else ""
            like = max((likeness(text, label) for label in row.labels), default=0.0)
            if not text or like >= BETWEEN:
                rows[left[0]] = _Claim(first + 1, 1.0, text, line.after if line else 0)
                self._say(f"第 {left[0] + 1} 行的“{text}”按位置读作“{row.labels[0]}”；请核对")

    def _row(self, number: int, claim: _Claim) -> None:
        row = self._wanted.rows[claim.row]
        if claim.score < PLAIN:
            self._say(f"第 {number + 1} 行“{_short(claim.label)}”按“{row.labels[0]}”读取")
        columns, said = self._columns(number, row, claim.after)
        if columns is None:
            self._say(f"第 {number + 1} 行“{row.labels[0]}”上方没有可辨认的表头，没有读")
            return
        if said:
            self._say(said)
        self._figures(number, row, columns, claim.after, claim.label)

    def _columns(self, number: int, row: WantedRow, after: int) -> tuple[Columns | None, str]:
        own = [zone for zone in self._zones if zone.end <= number and zone.columns(row.columns).found]
        if own:
            return own[-1].columns(row.columns), ""
        if self._carried is not None and self._carried.columns(row.columns).found:
            carried = self._carried.columns(row.columns)
            again = "没有表头，按前一张表的表头读取"
            return (
                carried if self._table.width == self._carried.table.width else carried._replace(ordered=True)
            ), again
        cells = [cell for cell in self._table.covering[number] if cell.column >= after]
        if len(cells) == len(row.columns) > 1 and len(self._wanted.rows) > 1:
            slots = tuple(Slot((), (), at, at + 1) for at in range(len(cells)))
            return Columns(
                slots, {at: at for at in range(len(cells))}, ordered=True
            ), "没有表头，按通常的列序读取"
        return None, ""

    # Figures

    def _figures(self, number: int, row: WantedRow, columns: Columns, start: int, label: str) -> None:
        slots = columns.slots[columns.first :]
        cells = [cell for cell in self._table.covering[number] if cell.column >= start]
        if columns.ordered and len(cells) > len(slots) and not any(c.text for c in cells[: -len(slots)]):
            cells = cells[-len(slots) :]
        in_order = len(cells) == len(slots)
        if columns.ordered and not in_order:
            self._say(
                f"第 {number + 1} 行“{_short(label)}”有 {len(cells)} 格，应有 {len(slots)} 格，没有读；请核对"
            )
            self._used.update(cells)
            return
        short = (
            not columns.ordered
            and len(cells) < len(slots)
            and bool(cells)
            and _end(cells[-1]) <= slots[-1].start
        )
        if short:
            self._say(
                f"第 {number + 1} 行“{_short(label)}”缺 {len(slots) - len(cells)} 格，数字可能错位；请核对"
            )
        if any(upper > lower for upper, lower in pairwise(columns.found[at] for at in sorted(columns.found))):
            self._say("栏目的次序与通常的不同，按表头读取；请核对")
        moved = False
        taken: dict[Cell, list[str]] = {}
        for at, column in enumerate(row.columns):
            if at not in columns.found:
                continue
            slot = columns.slots[columns.found[at]]
            cell = cells[columns.found[at] - columns.first] if in_order else None
            if not columns.ordered:
                below = self._below(cells, slot, number)
                moved |= in_order and below is not None and cell is not below
                cell = cell if in_order else below
            if cell is None:
                continue
            self._used.add(cell)
            taken.setdefault(cell, []).append(column.labels[0])
            self._found.cells[column.key] = Placed(
                self._table, cell, _unit_named(slot.lowest) or _unit_named(label)
            )
        if moved:
            self._say(f"第 {number + 1} 行“{_short(label)}”的格与表头没有对齐，按先后次序读取；请核对")
        for cell, labels in taken.items():
            if len(labels) > 1 and holds_a_number(cell.text) and cell.text.strip(" 0０."):
                self._say(
                    f"{self._table.place(cell)}的“{_short(cell.text)}”是合并的格，同时读作“{'”“'.join(labels)}”；请核对"
                )

    def _below(self, cells: list[Cell], slot: Slot, number: int) -> Cell | None:
        """The cell below a slot: the one inside it that holds something, else the one that shares most of it."""
        inside = [c for c in cells if slot.start <= c.column and c.column + c.column_span <= slot.end]
        filled = [cell for cell in inside if cell.text]
        if len(filled) > 1:
            self._used.update(filled)
            texts = "”“".join(cell.text for cell in filled)
            self._say(f"第 {number + 1} 行“{slot.lowest}”下有几个数“{texts}”，没有读；请核对")
            return None
        if inside:
            return (filled or inside)[0]
        shared = [(min(c.column + c.column_span, slot.end) - max(c.column, slot.start), c) for c in cells]
        most = max((share for share, _ in shared), default=0)
        best = [cell for share, cell in shared if share == most]
        return best[0] if most > 0 and len(best) == 1 else None

    def _single_line(self) -> None:
        """The figures stand in the first row below the headers that holds any, else in the next."""
        row = self._wanted.rows[0]
        for zone in self._zones:
            columns = zone.columns(row.columns)
            below = range(zone.end, self._table.height)
            ends = [other.top for other in self._zones if other.top > zone.top]
            rows = [number for number in below if not ends or number < min(ends)]
            filled = [number for number in rows if self._has_number(number)]
            if not columns.found or not rows:
                continue
            number = filled[0] if filled else rows[0]
            first = columns.slots[columns.first]
            start = 0 if columns.ordered else first.start
            before = len(self._found.cells)
            cells = self._table.covering[number]
            if columns.ordered and cells and not looks_like_a_figure(cells[0].text):
                start = cells[0].column + 1
            self._figures(number, row, columns, start, "")
            if len(self._found.cells) > before:
                self._say_unread([number])
            more = [
                other
                for other in filled[1:]
                if len([c for c in self._table.covering[other] if c.row == other]) >= len(cells)
            ]
            if more:
                self._say(f"表头下有 {len(more) + 1} 行数，只读了第 {number + 1} 行；请核对")

    # Remarks

    def _say(self, sentence: str) -> None:
        text = f"{self._table.name}（{self._declared.name}）{sentence}"
        if text not in self._found.remarks:
            self._found.remarks.append(text)

    def _say_unread(self, rows: range | list[int]) -> None:
        """Say which numbers within the table belong to nothing that is declared."""
        for number in rows:
            line = self._lines[number]
            start = line.after if line is not None else 0
            cells = [c for c in self._table.covering[number] if c.row == number and c.column >= start]
            unread = [c for c in cells if c not in self._used and holds_a_number(c.text)]
            if unread:
                texts = "”“".join(_short(cell.text) for cell in unread[:3])
                label = f"“{_short(line.own)}”" if line is not None else ""
                self._say(f"第 {number + 1} 行{label}的“{texts}”没有对应的栏目，没有读；请核对")


def _end(cell: Cell) -> int:
    return cell.column + cell.column_span


def _unit_named(label: str) -> str:
    """The unit a label names that is not the usual one."""
    return "元" if "元" in label and "万元" not in label else ""


def _short(text: str) -> str:
    line = "".join(text.split())
    return line if len(line) <= 24 else line[:24] + "…"
