"""One foreign table against one declared table: which cell holds which figure.

Rows are known by their labels, columns by their headers; position only decides where labels leave no doubt. Whatever had to be assumed is
a remark, and a number that belongs to nothing is one too: no figure is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise, takewhile, zip_longest
from typing import NamedTuple

from xlreport.form.declaration import Table as DeclaredTable
from xlreport.sources.blocks import Cell, Table, turned
from xlreport.sources.captions import is_of_another_year
from xlreport.sources.filled import without_fill
from xlreport.sources.headers import Columns, Slot, Zone, column_labels_in, zones
from xlreport.sources.labels import PLAIN, short
from xlreport.sources.meaning import means_another
from xlreport.sources.placed import Placed, differing
from xlreport.sources.printed import holds_a_number, looks_like_a_figure, looks_like_nothing
from xlreport.sources.rows import RowClaim, Rows, end_of
from xlreport.sources.units import Stated, in_label, in_line, is_statement
from xlreport.sources.wanted import Wanted, WantedRow, in_rows, wanted

#: A table of which less than this share is found may be turned.
TURNED = 0.25
_ROW = re.compile(r"第 (\d+) 行")


@dataclass
class Recognised:
    """What was found of a declared table: cells by key, remarks, the last headers, and where the cells that were used stand."""

    cells: dict[str, Placed] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    headers: Zone | None = None
    used: set[tuple[int, int]] = field(default_factory=set)
    #: Figures of rows whose cells cannot be told apart.
    unread: dict[str, Placed] = field(default_factory=dict)


def recognise(
    table: Table, declared: DeclaredTable, year: int | None = None, headers: Zone | None = None
) -> Recognised:
    """Return where the figures of ``declared`` for a ``year`` stand in ``table``; ``headers`` are those of the table that it continues.

    What a header calls another ``year``'s, or something else than figures of the year, is not read.

    A table may be printed turned, its rows as columns, and a table of a single line with a row for each of its headings.
    """
    found = _Recognition(table, declared.name, wanted(declared), year, headers).result()
    if declared.layout == "line" and len(found.cells) < len(declared.cells):
        in_lines = _Recognition(table, declared.name, in_rows(declared), year, None).result()
        found = max(found, in_lines, key=_count)
    if len(found.cells) < TURNED * len(declared.cells) and not table.ragged:
        other = _Recognition(turned(table), declared.name, wanted(declared), year, None).result()
        found = max(found, _upright(other, table), key=_count)
    return found


def _count(found: Recognised) -> int:
    return len(found.cells)


def _upright(found: Recognised, table: Table) -> Recognised:
    """What was found in a turned table, with the cells of the table as it is printed; it heads no further table."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    upright = {
        key: placed._replace(table=table, cell=cells[placed.cell.column, placed.cell.row])
        for key, placed in found.cells.items()
    }
    remarks = [_ROW.sub(r"第 \1 列", remark) for remark in found.remarks]
    return Recognised(upright, remarks, used={(column, row) for row, column in found.used})


class _Recognition:
    def __init__(
        self, table: Table, name: str, looked_for: Wanted, year: int | None, headers: Zone | None
    ) -> None:
        self._table, self._name, self._wanted, self._year = table, name, looked_for, year
        self._found = Recognised()
        self._used: set[Cell] = set()
        self._rows = Rows(table, looked_for, self._say)
        kind = self._rows.kind_of_line if looked_for.is_line else self._rows.kind
        self._kinds = [kind(row) for row in range(table.height)]
        self._zones = zones(table, self._kinds, self._wanted)
        self._carried = headers
        self._units = {column.key: column.unit for row in looked_for.rows for column in row.columns}

    def result(self) -> Recognised:
        if self._wanted.is_line:
            self._single_line()
        else:
            rows, doubled = self._rows.declared(self._zones)
            for number in sorted(rows):
                self._take(self._row(number, rows[number]))
            for number in sorted(doubled):
                self._take(self._row(number, doubled[number]))
            if rows and self._found.cells:
                self._say_unread(range(min(rows), max(rows) + 1))
        if self._found.cells and self._zones:
            self._found.headers = self._zones[-1]
        self._found.used = {(cell.row, cell.column) for cell in self._used}
        return self._found

    def _take(self, found: dict[str, Placed]) -> None:
        """Add figures; where one was found before and shows something else, it is not read."""
        for key, placed in found.items():
            known = self._found.cells.setdefault(key, placed)
            if known is not placed and not looks_like_nothing(placed.cell.text):
                if looks_like_nothing(known.cell.text) and not known.doubt:
                    self._found.cells[key] = placed
                elif doubtful := differing(known, placed, self._units[key]):
                    self._found.cells[key] = doubtful

    def _row(self, number: int, claim: RowClaim) -> dict[str, Placed]:
        row = self._wanted.rows[claim.row]
        if claim.score < PLAIN:
            self._say(f"第 {number + 1} 行“{short(claim.label)}”按“{row.labels[0]}”读取")
        columns, said = self._columns(number, row, claim.after)
        if columns is None:
            self._say(f"第 {number + 1} 行“{row.labels[0]}”上方没有可辨认的表头，没有读")
            return {}
        if said:
            self._say(said)
        line = self._rows.lines[number]
        return self._figures(number, row, columns, claim.after, line.every if line else (claim.label,))

    def _columns(self, number: int, row: WantedRow, after: int) -> tuple[Columns | None, str]:
        for zone in reversed(self._zones):
            if zone.end <= number and zone.columns(row.layout).found:
                return zone.columns(row.layout), ""
        if self._carried is not None and self._carried.columns(row.layout).found:
            carried = self._carried.columns(row.layout)
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

    @cached_property
    def _stated_by_table(self) -> tuple[Stated, ...]:
        """The units that are stated for the whole table: in the lines above it, or in a cell that says nothing else."""
        above = [Stated(word, "表上") for line in self._table.above for word in in_line(line)]
        cells = [cell.text for cell in self._table.cells if is_statement(cell.text)]
        return tuple(
            dict.fromkeys([*above, *(Stated(word, "表内") for text in cells for word in in_line(text))])
        )

    def _figures(
        self, number: int, row: WantedRow, columns: Columns, start: int, labels: Sequence[str]
    ) -> dict[str, Placed]:
        label = labels[0] if labels else ""
        first = columns.first
        slots = columns.slots[first:]
        cells = [cell for cell in self._table.covering[number] if cell.column >= start]
        if columns.ordered and len(cells) > len(slots):
            cells = self._without_fill(cells, len(slots))
        in_order = len(cells) == len(slots)
        if columns.ordered and (not in_order or self._may_be_shifted(cells)):
            counted = (
                f"有 {len(cells)} 格，应有 {len(slots)} 格" if not in_order else "后面的空白格不知是不是它的"
            )
            self._say(f"第 {number + 1} 行“{short(label)}”{counted}，没有读；请核对")
            self._used.update(cells)
            filled = [cell for cell in cells if not looks_like_nothing(cell.text)]
            if not cells:
                # Label and figure stand in one cell.
                filled = [cell for cell in self._table.covering[number] if re.search(r"\d", cell.text)]
            texts = " ".join(cell.text for cell in filled[:3])
            doubt = f"没有读出（第 {number + 1} 行{counted}：{short(texts)}）"
            self._found.unread |= {
                column.key: Placed(self._table, filled[0], doubt=doubt)
                for at, column in enumerate(row.columns)
                if filled and at in columns.found
            }
            return {}
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
        if columns.told:
            printed = "".join(f"“{short(text)}”" for text in dict.fromkeys(columns.told.values()))
            taken_for = "".join(f"“{row.columns[at].labels[0]}”" for at in columns.told)
            self._say(f"表头{printed}印得不全，按先后次序读作{taken_for}；请核对")
        moved = False
        found: dict[str, Placed] = {}
        taken: dict[Cell, list[str]] = {}
        around = (*self._stated_by_table, *self._in_corner(number, columns), *_named("行标题", labels))
        of_row = _of_another_year(labels, self._year)
        for at, column in enumerate(row.columns):
            if at not in columns.found:
                continue
            slot = columns.slots[columns.found[at]]
            cell = cells[columns.found[at] - first] if in_order else None
            if not columns.ordered:
                below = self._below(cells, slot)
                moved |= in_order and below is not None and cell is not below
                cell = cell if in_order else below
            if cell is None:
                continue
            self._used.add(cell)
            taken.setdefault(cell, []).append(column.key)
            head = _head_of(slot, self._table.caption, self._year)
            stated = (*head.stated, *around)
            doubt = self._several_below(cells, slot, in_order)
            if not doubt and cell.text and (other_year := head.other_year or of_row):
                doubt = f"{short(cell.text)}（“{short(other_year)}”，不是 {self._year} 年）"
            if not doubt and not looks_like_nothing(cell.text):
                above = slot.lowest if columns.ordered else self._head_above(number, cell) or slot.lowest
                if self._year is not None and means_another(above, column, self._year):
                    doubt = f"{short(cell.text)}（表头“{short(above)}”）"
            found[column.key] = Placed(self._table, cell, stated, doubt)
            for again in columns.doubled.get(at, ()):
                other = self._below(cells, columns.slots[again])
                if other is not None and not looks_like_nothing(other.text):
                    self._used.add(other)
                    rival = Placed(self._table, other, stated)
                    found[column.key] = differing(found[column.key], rival, column.unit) or found[column.key]
        if moved:
            self._say(f"第 {number + 1} 行“{short(label)}”的格与表头没有对齐，按先后次序读取；请核对")
        for cell, keys in taken.items():
            if len(keys) > 1 and found[keys[0]].read(self._units[keys[0]]).figure not in (None, 0):
                for key in keys:
                    found[key] = found[key]._replace(doubt=f"{short(cell.text)}（合并了 {len(keys)} 栏的格）")
        return found

    @cached_property
    def _heads_above(self) -> list[dict[int, str]]:
        """For each row the texts by column of the nearest row above it that holds several and no number, recognised or not."""
        found: list[dict[int, str]] = []
        last: dict[int, str] = {}
        for line, kind in zip(self._table.covering, self._kinds, strict=True):
            found.append(last)
            if kind == "text" and sum(bool(cell.text) for cell in line) > 1:
                last = {at: cell.text for cell in reversed(line) for at in range(cell.column, end_of(cell))}
        return found

    def _head_above(self, number: int, cell: Cell) -> str:
        """The header that stands above a cell; “” for none."""
        return self._heads_above[number].get(cell.column, "")

    def _without_fill(self, cells: list[Cell], count: int) -> list[Cell]:
        rows = [
            [c for c in line if labels is not None and c.column >= labels.after]
            for line, labels in zip(self._table.covering, self._rows.lines, strict=True)
        ]
        return without_fill(cells, count, self._table, rows)

    def _may_be_shifted(self, cells: Sequence[Cell]) -> bool:
        """True where the blanks that end a row may be those before the next row's label: other rows have blanks too many."""
        if (
            not self._table.loose
            or not holds_a_number(cells[0].text)
            or not looks_like_nothing(cells[-1].text)
        ):
            return False
        lines = zip(self._table.covering, self._rows.lines, strict=True)
        return any(line and sum(c.column >= line.after for c in row) > len(cells) for row, line in lines)

    def _several_below(self, cells: list[Cell], slot: Slot, in_order: bool) -> str:
        """Why a figure is not read where several stand below one header; “” where only one does."""
        if in_order:
            return ""
        filled = [cell for cell in _inside(cells, slot) if cell.text]
        if len(filled) < 2:
            return ""
        self._used.update(filled)
        return (
            f"{'／'.join(short(cell.text) for cell in filled)}（“{short(slot.lowest)}”下有 {len(filled)} 格）"
        )

    def _in_corner(self, number: int, columns: Columns) -> list[Stated]:
        """The units named in the headers above a row that are no column's: “信息内容（单位：元）”."""
        zone = next((zone for zone in reversed(self._zones) if zone.end <= number), None)
        if zone is None or not columns.found:
            return []
        cells = [cell for line in self._table.covering[zone.top : zone.end] for cell in line]
        if columns.ordered:
            heads = {slot.lowest for slot in columns.slots}
            texts = [cell.text for cell in cells if cell.text not in heads]
        else:
            first = columns.slots[columns.first].start
            texts = [cell.text for cell in cells if end_of(cell) <= first]
        return _named("表头", texts)

    def _below(self, cells: list[Cell], slot: Slot) -> Cell | None:
        """The cell below a slot: the one inside it that holds something, else the one that shares most of it."""
        inside = _inside(cells, slot)
        if inside:
            return next((cell for cell in inside if cell.text), inside[0])
        shared = [(min(c.column + c.column_span, slot.end) - max(c.column, slot.start), c) for c in cells]
        most = max((share for share, _ in shared), default=0)
        best = [cell for share, cell in shared if share == most]
        return best[0] if most > 0 and len(best) == 1 else None

    def _single_line(self) -> None:
        """The figures stand in the first row below the headers that holds any, else in the next."""
        row = self._wanted.rows[0]
        for zone, following in zip_longest(self._zones, self._zones[1:]):
            columns = zone.columns(row.layout)
            rows = range(zone.end, following.top if following else self._table.height)
            filled = list(self._lines_of_figures(rows))
            if not columns.found or not rows:
                continue
            number = filled[0] if filled else rows[0]
            first = columns.slots[columns.first]
            start = 0 if columns.ordered else first.start
            cells = self._table.covering[number]
            if columns.ordered:
                labels = takewhile(lambda cell: not looks_like_a_figure(cell.text), cells)
                start = max((end_of(cell) for cell in labels), default=start)
            found = self._figures(number, row, columns, start, ())
            self._take(found)
            if found:
                self._say_unread([number])
            more = [
                other
                for other in filled[1:]
                if len([c for c in self._table.covering[other] if c.row == other]) >= len(cells)
            ]
            for other in more:
                self._take(self._figures(other, row, columns, start, ()))
            if more:
                self._say(
                    f"表头下有 {len(more) + 1} 行数，按第 {number + 1} 行读取，不一致的格没有读；请核对"
                )

    def _lines_of_figures(self, rows: range) -> Iterator[int]:
        """The rows that hold numbers, up to the headers of something else."""
        any_found = False
        for number in rows:
            if self._rows.has_number(number):
                any_found = True
                yield number
            elif any_found and sum(bool(c.text) for c in self._table.covering[number] if c.row == number) > 1:
                return

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
                self._doubt_beside(number, unread)
                self._say(f"第 {number + 1} 行{label}的“{texts}”没有对应的栏目，没有读；请核对")

    def _doubt_beside(self, number: int, unread: list[Cell]) -> None:
        """A number without a header beside figures may be theirs; so may a lone one below them be the rest of one."""
        cells = self._found.cells
        alone = len(unread) == 1 and [c for c in self._table.covering[number] if c.text] == unread
        beside = [key for key, placed in cells.items() if placed.cell.row == number and not placed.doubt]
        if alone and not beside:
            beside = [key for key, placed in cells.items() if placed.cell.row == number - 1]
        elif not all(looks_like_nothing(cells[key].cell.text) for key in beside) and all(
            self._head_above(number, cell) for cell in unread
        ):
            return
        texts = " ".join(short(cell.text) for cell in unread[:3])
        for key in beside:
            own = short(cells[key].cell.text)
            cells[key] = cells[key]._replace(doubt=f"{own}／{texts}（没有读出，不知哪个是）".lstrip("／"))


class _Head(NamedTuple):
    """What stands over a column: the units that it names, and the text of another year (“” for none)."""

    stated: tuple[Stated, ...]
    other_year: str


@lru_cache(maxsize=8192)
def _head_of(slot: Slot, caption: str, year: int | None) -> _Head:
    texts = tuple(text for text in (*slot.above, slot.lowest) if text != caption)
    return _Head(tuple(_named("表头", texts)), _of_another_year(texts, year))


def _of_another_year(headings: Sequence[str], year: int | None) -> str:
    return next((text for text in headings if is_of_another_year(text, year)), "")


def _inside(cells: Sequence[Cell], slot: Slot) -> list[Cell]:
    return [c for c in cells if slot.start <= c.column and c.column + c.column_span <= slot.end]


def _named(where: str, texts: Sequence[str]) -> list[Stated]:
    return [Stated(word, where) for text in texts for word in in_label(text)]
