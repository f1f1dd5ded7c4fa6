"""One foreign table against one declared table: which cell holds which figure.

Rows are known by their labels, columns by their headers; position only decides where labels leave no doubt. Whatever had to be assumed is
a remark, and a number that belongs to nothing is one too: no figure is dropped in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from xlreport.form.declaration import Table as DeclaredTable
from xlreport.sources.blocks import Cell, Table, turned
from xlreport.sources.filled import without_fill
from xlreport.sources.headers import Columns, Slot, Zone, column_labels_in, zones
from xlreport.sources.labels import PLAIN, short
from xlreport.sources.printed import holds_a_number, looks_like_a_figure
from xlreport.sources.rows import Claim, Rows, end_of
from xlreport.sources.wanted import Wanted, WantedRow, in_rows, wanted

#: A table of which less than this share is found may be turned.
TURNED = 0.25
_ROW = re.compile(r"第 (\d+) 行")


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


def recognise(table: Table, declared: DeclaredTable, headers: Zone | None = None) -> Recognised:
    """Return where the figures of ``declared`` stand in ``table``; ``headers`` are those of the table that it continues.

    A table may be printed turned, its rows as columns, and a table of a single line with a row for each of its headings.
    """
    found = _Recognition(table, declared.name, wanted(declared), headers).result()
    if declared.layout == "line" and len(found.cells) < len(declared.cells):
        found = max(found, _Recognition(table, declared.name, in_rows(declared), None).result(), key=_count)
    if len(found.cells) < TURNED * len(declared.cells) and not table.ragged:
        other = _Recognition(turned(table), declared.name, wanted(declared), None).result()
        found = max(found, _upright(other, table), key=_count)
    return found


def _count(found: Recognised) -> int:
    return len(found.cells)


def _upright(found: Recognised, table: Table) -> Recognised:
    """What was found in a turned table, with the cells of the table as it is printed; it heads no further table."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    upright = {
        key: Placed(table, cells[placed.cell.column, placed.cell.row], placed.unit)
        for key, placed in found.cells.items()
    }
    remarks = [_ROW.sub(r"第 \1 列", remark) for remark in found.remarks]
    return Recognised(upright, remarks)


class _Recognition:
    def __init__(self, table: Table, name: str, looked_for: Wanted, headers: Zone | None) -> None:
        self._table, self._name, self._wanted = table, name, looked_for
        self._found = Recognised()
        self._used: set[Cell] = set()
        self._rows = Rows(table, looked_for, self._say)
        kind = self._rows.kind_of_line if looked_for.is_line else self._rows.kind
        kinds = [kind(row) for row in range(table.height)]
        self._zones = zones(table, kinds, self._wanted)
        self._carried = headers

    def result(self) -> Recognised:
        if self._wanted.is_line:
            self._single_line()
        else:
            rows = self._rows.declared(self._zones)
            for number in sorted(rows):
                self._row(number, rows[number])
            if rows and self._found.cells:
                self._say_unread(range(min(rows), max(rows) + 1))
        if self._found.cells and self._zones:
            self._found.headers = self._zones[-1]
        return self._found

    def _row(self, number: int, claim: Claim) -> None:
        row = self._wanted.rows[claim.row]
        if claim.score < PLAIN:
            self._say(f"第 {number + 1} 行“{short(claim.label)}”按“{row.labels[0]}”读取")
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
        if len(cells) > len(row.columns):
            cells = self._without_fill(cells, len(row.columns))
        if (
            len(cells) == len(row.columns) > 1
            and len(self._wanted.rows) > 1
            and not self._other_order(number)
        ):
            slots = tuple(Slot((), (), at, at + 1) for at in range(len(cells)))
            return Columns(
                slots, {at: at for at in range(len(cells))}, ordered=True
            ), "没有表头，按通常的列序读取"
        return None, ""

    def _other_order(self, number: int) -> bool:
        """True if a row above names several columns, the first of them not first: the usual order would be a guess."""
        first = self._wanted.rows[0].columns[0].labels[0]
        for row in range(number):
            named = column_labels_in(self._table, row, self._wanted)
            if len(named) > 1 and first in named:
                return named[0] != first
        return False

    # Figures

    def _figures(self, number: int, row: WantedRow, columns: Columns, start: int, label: str) -> None:
        slots = columns.slots[columns.first :]
        cells = [cell for cell in self._table.covering[number] if cell.column >= start]
        if columns.ordered and len(cells) > len(slots):
            cells = self._without_fill(cells, len(slots))
        in_order = len(cells) == len(slots)
        if columns.ordered and not in_order:
            self._say(
                f"第 {number + 1} 行“{short(label)}”有 {len(cells)} 格，应有 {len(slots)} 格，没有读；请核对"
            )
            self._used.update(cells)
            return
        lacking = (
            not columns.ordered
            and len(cells) < len(slots)
            and bool(cells)
            and end_of(cells[-1]) <= slots[-1].start
        )
        if lacking:
            self._say(
                f"第 {number + 1} 行“{short(label)}”缺 {len(slots) - len(cells)} 格，数字可能错位；请核对"
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
            self._say(f"第 {number + 1} 行“{short(label)}”的格与表头没有对齐，按先后次序读取；请核对")
        for cell, labels in taken.items():
            if len(labels) > 1 and holds_a_number(cell.text) and cell.text.strip(" 0０."):
                self._say(
                    f"{self._table.place(cell)}的“{short(cell.text)}”是合并的格，同时读作“{'”“'.join(labels)}”；请核对"
                )

    def _without_fill(self, cells: list[Cell], count: int) -> list[Cell]:
        rows = [
            [c for c in line if labels is not None and c.column >= labels.after]
            for line, labels in zip(self._table.covering, self._rows.lines, strict=True)
        ]
        return without_fill(cells, count, self._table, rows)

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
            filled = [number for number in rows if self._rows.has_number(number)]
            if not columns.found or not rows:
                continue
            number = filled[0] if filled else rows[0]
            first = columns.slots[columns.first]
            start = 0 if columns.ordered else first.start
            before = len(self._found.cells)
            cells = self._table.covering[number]
            if columns.ordered:
                labels = takewhile(lambda cell: not looks_like_a_figure(cell.text), cells)
                start = max((end_of(cell) for cell in labels), default=start)
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
        text = f"{self._table.name}（{self._name}）{sentence}"
        if text not in self._found.remarks:
            self._found.remarks.append(text)

    def _say_unread(self, rows: range | list[int]) -> None:
        """Say which numbers within the table belong to nothing that is declared."""
        for number in rows:
            line = self._rows.lines[number]
            start = line.after if line is not None else 0
            cells = [c for c in self._table.covering[number] if c.row == number and c.column >= start]
            unread = [c for c in cells if c not in self._used and holds_a_number(c.text)]
            if unread:
                texts = "”“".join(short(cell.text) for cell in unread[:3])
                label = f"“{short(line.own)}”" if line is not None else ""
                self._say(f"第 {number + 1} 行{label}的“{texts}”没有对应的栏目，没有读；请核对")


def _unit_named(label: str) -> str:
    """The unit a label names that is not the usual one."""
    words = "".join(label.split())
    return "元" if "元" in words and "万元" not in words else ""
