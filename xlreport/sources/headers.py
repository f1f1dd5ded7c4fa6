"""The headers of a foreign table: which columns of a declared row stand where.

A zone is a run of header rows; a slot is a column of it, with the texts above it. Slots are matched with the declared columns by label and order,
so that three times 结果维持 are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from xlreport.sources.blocks import Cell, Table
from xlreport.sources.labels import ACCEPTED, PLAIN, LabelSet, Likeliest, behind, likeness
from xlreport.sources.wanted import Labels, Layout, Wanted, WantedColumn

#: How much a fitting heading above adds to a column's likeness.
HEADING_WEIGHT = 0.3
#: Labels broken over rows are joined from so many cells at most.
PIECES = 3


class Slot(NamedTuple):
    """A column of a zone: its texts from the lowest cell up, joined in every way; the headings above; the columns it takes."""

    texts: tuple[str, ...]
    above: tuple[str, ...]
    start: int
    end: int
    lowest: str = ""


class Columns(NamedTuple):
    """Where the declared columns of a row stand: the number of the slot for each column that was found.

    ``ordered`` slots are counted from the first figure, not by position. ``doubled`` are further slots with a column's label. ``told`` are the
    columns that only their order tells from others, by number, each with its label as printed, which may be either's.
    """

    slots: tuple[Slot, ...]
    found: dict[int, int]
    ordered: bool = False
    doubled: Mapping[int, Sequence[int]] = MappingProxyType({})
    told: Mapping[int, str] = MappingProxyType({})

    @property
    def first(self) -> int:
        """The number of the first slot that holds figures."""
        return min(self.found.values(), default=0)


@dataclass(eq=False)
class Zone:
    """A run of header rows of one table, from row ``top`` to before row ``end``."""

    table: Table
    top: int
    end: int
    _matched: dict[Layout, Columns] = field(default_factory=dict)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The columns of headers, in a table whose columns line up."""
        return tuple(_slots(self))

    def columns(self, layout: Layout) -> Columns:
        """Return where these declared columns stand."""
        if layout not in self._matched:
            found = _ordered(self, layout) if self.table.ragged else _placed(self.slots, layout)
            self._matched[layout] = found
        return self._matched[layout]


def zones(table: Table, kinds: Sequence[str], wanted: Wanted) -> list[Zone]:
    """Return the runs of header rows; ``kinds`` says of each row whether it holds numbers, a row label, or neither."""
    found: list[Zone] = []
    top = 0
    for row in range(table.height + 1):
        if row < table.height and kinds[row] == "text":
            continue
        if row > top:
            zone = Zone(table, top, row)
            if any(len(zone.columns(layout).found) >= wanted.header_labels for layout in wanted.layouts):
                found.append(zone)
        top = row + 1
    return found


def column_labels_in(table: Table, row: int, wanted: Wanted) -> list[str]:
    """Return the declared column labels that stand in this row or reach into it."""
    found = []
    for cell in table.covering[row]:
        text = cell.text
        if text:
            best = max(wanted.column_labels, key=lambda label: likeness(text, label))
            if likeness(text, best) >= 0.75 or _ends_with(text, best):
                found.append(best)
    return found


def _ends_with(text: str, label: str) -> bool:
    return len(label) > 3 and "".join(text.split()).endswith(label)


def _slots(zone: Zone) -> list[Slot]:
    """Return the slots of a zone of a table whose columns line up."""
    rows = zone.table.covering[zone.top : zone.end]
    width = max((cell.column + cell.column_span for line in rows for cell in line), default=0)
    stacks: list[list[Cell]] = [[] for _ in range(width)]
    left_of: list[list[str]] = [[] for _ in range(width)]
    for line in rows:
        last = ""
        at = {column: cell for cell in line for column in range(cell.column, cell.column + cell.column_span)}
        for column in range(width):
            cell = at.get(column)
            if cell is not None and cell.text:
                last = cell.text
                if cell not in stacks[column]:
                    stacks[column].append(cell)
            elif last:
                # An empty cell beside a heading that was not merged.
                left_of[column].append(last)
    found: list[Slot] = []
    column = 0
    while column < width:
        stack = stacks[column]
        end = column + 1
        while stack and end < width and stacks[end] and stacks[end][-1] is stack[-1]:
            end += 1
        texts = [cell.text for cell in stack]
        joined = tuple("".join(texts[-pieces:]) for pieces in range(1, min(PIECES, len(texts)) + 1))
        above = (*texts[:-1], *left_of[column], zone.table.caption)
        found.append(Slot(joined, above, column, end, texts[-1] if texts else ""))
        column = end
    return found


# Headers are printed alike in most documents.
@lru_cache(maxsize=1024)
def _placed(printed: tuple[Slot, ...], layout: Layout) -> Columns:
    columns = layout.columns
    headings = {column.above[-1] for column in columns if column.above}
    slots = [_behind_heading(slot, headings) for slot in printed]
    likely = [layout.labels.likeliest(*slot.texts) if slot.texts else None for slot in slots]
    if not any(likely):
        return Columns(tuple(slots), {})
    fits = [
        [
            best.score + _under(slot, column)
            if best is not None and _heads(slot.texts, best, column)
            else 0.0
            for column in columns
        ]
        for slot, best in zip(slots, likely, strict=True)
    ]
    found = _aligned(fits)
    # The columns may have been printed in another order.
    for number, column in enumerate(columns):
        alone = [
            at for at, best in enumerate(likely) if best is not None and _heads(slots[at].texts, best, column)
        ]
        if number not in found and len(alone) == 1 and alone[0] not in found.values():
            found[number] = alone[0]
    kept = _unambiguous(found, slots, likely, columns)
    told = _told_by_order(slots, kept, columns)
    return Columns(tuple(slots), kept, doubled=_doubled(kept, slots, likely, columns), told=told)


def _told_by_order(
    slots: Sequence[Slot], found: dict[int, int], columns: tuple[WantedColumn, ...]
) -> dict[int, str]:
    told: dict[int, str] = {}
    for number, at in sorted(found.items()):
        text, own = slots[at].lowest, columns[number]
        like = _like((text,), own.labels)
        if like >= ACCEPTED and any(
            other.labels != own.labels and _like((text,), other.labels) == like for other in columns
        ):
            told[number] = text
    return told


def _heads(texts: tuple[str, ...], best: Likeliest[int], column: WantedColumn) -> bool:
    """True if one of ``texts`` is as like this column's labels as the likeliest's: several columns may have one label."""
    return _like(texts, column.labels) == best.score


@lru_cache(maxsize=8192)
def _like(texts: tuple[str, ...], labels: Labels) -> float:
    return max((likeness(text, label) for text in texts for label in labels), default=0.0)


def _doubled(
    found: dict[int, int],
    slots: Sequence[Slot],
    likely: Sequence[Likeliest[int] | None],
    columns: tuple[WantedColumn, ...],
) -> dict[int, list[int]]:
    """For each column that was found the other slots that have its very label."""
    taken = set(found.values())
    doubled: dict[int, list[int]] = {}
    for at, best in enumerate(likely):
        if best is not None and best.score >= PLAIN and at not in taken:
            for number in found:
                if _heads(slots[at].texts, best, columns[number]):
                    doubled.setdefault(number, []).append(at)
    return doubled


def _behind_heading(slot: Slot, headings: set[str]) -> Slot:
    """The slot of a label that begins with the heading above it, in one cell (“法人或其他组织其他”)."""
    for text in slot.texts:
        for heading in headings:
            rest = behind(text, heading)
            if rest:
                return slot._replace(texts=(rest, *slot.texts), above=(*slot.above, heading))
    return slot


def _under(slot: Slot, column: WantedColumn) -> float:
    if not column.above:
        return 0.0
    return HEADING_WEIGHT * max(
        (likeness(text, column.above[-1]) for text in slot.above if text), default=0.0
    )


def _aligned(fits: list[list[float]]) -> dict[int, int]:
    """Return for each column (second index) the row of ``fits`` that suits, in order, so that the sum is greatest."""
    height, width = len(fits), len(fits[0]) if fits else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for down in range(height - 1, -1, -1):
        for across in range(width - 1, -1, -1):
            both = fits[down][across] + best[down + 1][across + 1] if fits[down][across] else 0.0
            best[down][across] = max(best[down + 1][across], best[down][across + 1], both)
    found: dict[int, int] = {}
    down = across = 0
    while down < height and across < width:
        fit = fits[down][across]
        if fit and best[down][across] == fit + best[down + 1][across + 1]:
            found[across] = down
            down, across = down + 1, across + 1
        elif best[down][across] == best[down + 1][across]:
            down += 1
        else:
            across += 1
    return found


def _unambiguous(
    found: dict[int, int],
    slots: list[Slot],
    likely: Sequence[Likeliest[int] | None],
    columns: tuple[WantedColumn, ...],
) -> dict[int, int]:
    """Leave out columns of the same label that nothing tells apart: neither their number nor the heading above."""
    kept: dict[int, int] = {}
    for number, at in found.items():
        best = likely[at]
        same = [
            other
            for other, column in enumerate(columns)
            if best is not None and _heads(slots[at].texts, best, column)
        ]
        under = _under(slots[at], columns[number]) >= HEADING_WEIGHT * ACCEPTED
        if len(same) == 1 or under or all(other in found for other in same):
            kept[number] = at
    return kept


def _ordered(zone: Zone, layout: Layout) -> Columns:
    """In plain text spans are lost: the columns are in the declared order if every header row keeps to that order."""
    columns, declared = layout.columns, layout.labels
    slots = tuple(Slot(column.labels[:1], (), number, number + 1) for number, column in enumerate(columns))
    whole = _one_row(zone, columns, declared)
    if whole is not None:
        return whole
    seen: list[int] = []
    lowest: dict[int, str] = {}
    texts = [cell.text for line in zone.table.covering[zone.top : zone.end] for cell in line if cell.text]
    pairs = [first + second for first, second in pairwise(texts)] if zone.table.loose else []
    met = _headings_met(columns, [*texts, *pairs], "" if zone.top else zone.table.caption)
    elsewhere = {column.above for column in columns if column.above} - met if met else set()
    for line in _lines(zone, declared, {column.above[-1] for column in columns if column.above}):
        last = -1
        for text in line:
            best = declared.likeliest(text)
            if best is None:
                continue
            same = [n for n, column in enumerate(columns) if _heads((text,), best, column)]
            free = [n for n in same if n not in seen and columns[n].above not in elsewhere]
            ahead = free if zone.table.loose else [n for n in free if n > last]
            if not ahead and zone.table.loose:
                continue
            if not seen and ahead[:1] != [0] and zone.table.loose and len(same) == 1:
                # Where not even the rows are known, another order cannot be told from headers over several rows.
                return Columns(slots, {})
            if not ahead:
                return Columns(slots, {})
            last = ahead[0]
            seen.append(last)
            lowest[last] = text
    there = sorted(seen)
    if len(there) < len(columns) and not _whole_groups(columns, there, met):
        return Columns(slots, {})
    named = tuple(slots[number]._replace(lowest=lowest[number]) for number in there)
    found = {number: at for at, number in enumerate(there)}
    return Columns(named, found, ordered=True, told=_told_by_order(named, found, columns))


def _one_row(zone: Zone, columns: tuple[WantedColumn, ...], declared: LabelSet[int]) -> Columns | None:
    """The columns in the order of the one row that names them all, each once; ``None`` where there is no such row."""
    if zone.table.loose:
        return None
    for row in range(zone.top, zone.end):
        texts = [cell.text for cell in zone.table.covering[row] if cell.text]
        named = [(best.key, text) for text in texts if (best := declared.likeliest(text)) is not None]
        if sorted(key for key, _ in named) == list(range(len(columns))) and len(columns) > 1:
            slots = tuple(
                Slot(columns[key].labels[:1], (), at, at + 1, text) for at, (key, text) in enumerate(named)
            )
            found = {key: at for at, (key, _) in enumerate(named)}
            return Columns(slots, found, ordered=True, told=_told_by_order(slots, found, columns))
    return None


def _lines(zone: Zone, declared: LabelSet[int], headings: set[str]) -> Iterator[list[str]]:
    """Yield the texts of each header row without headings before them; of loose cells those put together that were one label."""
    for row in range(zone.top, zone.end):
        texts = [cell.text for cell in zone.table.covering[row] if cell.text]
        line: list[str] = []
        while texts:
            text = texts.pop(0)
            joined = declared.likeliest(text + texts[0]) if zone.table.loose and texts else None
            if joined is not None and joined.score >= PLAIN:
                text += texts.pop(0)
            line.append(next((rest for heading in headings if (rest := behind(text, heading))), text))
        yield line


def _headings_met(columns: tuple[WantedColumn, ...], printed: Sequence[str], caption: str) -> set[Labels]:
    """Return the headings, from the outermost, that are printed over columns: by the innermost, else all below an outer one that is there.

    The caption of a table is one only where it says nothing else.
    """
    paths = list(dict.fromkeys(column.above for column in columns if column.above))
    innermost = LabelSet({path: path[-1:] for path in paths})
    met = {best.key for text in printed if (best := innermost.likeliest(text)) is not None}
    met |= {path for path in paths if likeness(caption, path[-1]) >= PLAIN}
    outer = {path[0] for path in met}
    return met | {
        path
        for path in paths
        if path[0] not in outer and any(likeness(text, path[0]) >= PLAIN for text in (*printed, caption))
    }


def _whole_groups(columns: tuple[WantedColumn, ...], there: list[int], met: set[Labels]) -> bool:
    """True if a table of its own has all the columns below each of its headings, and these are printed."""
    groups = {columns[number].above for number in there}
    return groups == met and there == [number for number, column in enumerate(columns) if column.above in met]
