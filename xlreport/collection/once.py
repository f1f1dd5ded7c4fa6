"""Which reports of a folder would be added up twice: one report under two names, one unit twice, and a government's total among its units.

Everything is found with a few passes over the reports, so that the time grows with their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TypeAlias

from xlreport.collection.contribution import Contribution
from xlreport.collection.organisations import areas, normalised, rank, tails, total_of
from xlreport.form.declaration import Form
from xlreport.form.figures import amount

#: So many different numbers, 0 apart, do not agree by chance: two offices with one application each are two offices.
TELLING = 4
#: From this rank (县) on, a single government among offices and lower governments is taken for the one they belong to.
GOVERNS = 3
Vector: TypeAlias = tuple[int | Decimal, ...]
#: Why reports are not added up, by path.
Reasons: TypeAlias = dict[str, str]
#: True for two reports of two units.
Apart: TypeAlias = Callable[[Contribution, Contribution], bool]


class Figures:
    """The figures of reports as rows of numbers, a blank as 0, with the columns of each table."""

    def __init__(self, form: Form, units: Sequence[Contribution]) -> None:
        keys = list(form.cells)
        self.of: dict[str, Vector] = {unit.path: vector(unit.figures, keys) for unit in units}
        ends = list(accumulate(len(table.cells) for table in form.tables))
        self._tables = [
            slice(end - len(table.cells), end) for end, table in zip(ends, form.tables, strict=True)
        ]
        self._columns = len(keys)

    def sum(self, paths: Sequence[str]) -> Vector:
        """Return the sum of reports."""
        return (
            tuple(map(sum, zip(*(self.of[path] for path in paths), strict=True)))
            if paths
            else (0,) * self._columns
        )

    def is_sum(self, path: str, total: Vector) -> bool:
        """True if one of the report's tables is, with enough different numbers, what the others make without it; ``total`` has it in."""
        own = self.of[path]
        return any(
            is_telling(own[table])
            and all(whole == 2 * part for whole, part in zip(total[table], own[table], strict=True))
            for table in self._tables
        )


def vector(figures: Mapping[str, object], keys: Sequence[str]) -> Vector:
    """Return the figures in the order of ``keys``; what is blank or no number counts as 0."""
    return tuple(amount(figures.get(key)) or 0 for key in keys)


def is_telling(numbers: Sequence[int | Decimal]) -> bool:
    """True if the numbers are so many different ones that another report does not have the same by chance."""
    return len(set(numbers) - {0}) >= TELLING


def counted_twice(
    form: Form,
    units: Sequence[Contribution],
    own: Mapping[str, object] | None,
    whose: Callable[[str], object | None],
) -> Reasons:
    """Return which of the reports are not to be added, and why: each is there again, or its unit is.

    ``own`` are the figures of the superior's own report, which is not among ``units``; ``whose`` tells which unit of a list a name is,
    ``None`` for none: two of them are two units.
    """

    def apart(one: Contribution, two: Contribution) -> bool:
        first, second = whose(one.organisation), whose(two.organisation)
        return first is not None and second is not None and first is not second

    reasons = _copies(units, Figures(form, units), own, apart, list(form.cells))
    return reasons | _namesakes([unit for unit in units if unit.path not in reasons], apart)


def totals(form: Form, units: Sequence[Contribution]) -> Reasons:
    """Return which of the reports are a government's own total among its units: by its figures, else by its name."""
    figures, left = Figures(form, units), list(units)
    reasons: Reasons = {}
    while found := dict(_totals_by_figures(left, figures)) or dict(_totals_by_name(left)):
        reasons |= found
        left = [unit for unit in left if unit.path not in found]
    return reasons


def _copies(
    units: Sequence[Contribution],
    figures: Figures,
    own: Mapping[str, object] | None,
    apart: Apart,
    keys: Sequence[str],
) -> Reasons:
    """The same figures once more: of the same unit, of one whose name is the same but for the areas before it, of no name, or of another."""
    alike: dict[object, list[Contribution]] = {}
    for unit in units:
        alike.setdefault((unit.year, figures.of[unit.path]), []).append(unit)
    same: Reasons = {}
    other: Reasons = {}
    for several in alike.values():
        if len(several) == 1:
            continue
        ranked = sorted(several, key=_counts_first)
        telling = is_telling(figures.of[ranked[0].path])
        by_name: dict[str, Contribution] = {}
        for unit in ranked:
            name = normalised(unit.organisation)
            known = next((by_name[each] for each in (name, *tails(name)) if each in by_name), None)
            if known is not None and (name or telling) and not apart(unit, known):
                same[unit.path] = f"与 {known.path} 的数相同，是同一单位的，只汇入一份"
                continue
            first = by_name[next(iter(by_name))] if by_name else None
            if first is not None and telling and not apart(unit, first):
                whose = first.organisation or "没有填机关名称"
                other[unit.path] = (
                    f"与 {first.path}（{whose}）的数完全相同，可能是同一份报告，只汇入一份；确是两个单位的，请用 --units 给出名单"
                )
                continue
            for each in (name, *tails(name)):
                by_name.setdefault(each, unit)
    if other and _confirmed(units, figures, own, {**same}, other, keys):
        return same
    return same | other


def _counts_first(unit: Contribution) -> tuple[bool, bool, bool, int, str]:
    """Of reports alike, the one that counts comes first: it passes, says whose it is, is no total, and says so most fully."""
    name = normalised(unit.organisation)
    total = total_of(unit.organisation) is not None or rank(name) >= GOVERNS
    return bool(unit.problem), not unit.organisation, total, -len(name), unit.path


def _confirmed(
    units: Sequence[Contribution],
    figures: Figures,
    own: Mapping[str, object] | None,
    same: Reasons,
    other: Reasons,
    keys: Sequence[str],
) -> bool:
    """True if a total counts the reports that are alike each for itself: then they are of different units after all."""
    paths = [unit.path for unit in units if unit.path not in same]
    everything = figures.sum(paths)
    if own is not None:
        return is_telling(everything) and vector(own, keys) == everything
    alike = {figures.of[path] for path in other}
    return any(figures.is_sum(path, everything) for path in paths if figures.of[path] not in alike)


def _namesakes(units: Sequence[Contribution], apart: Apart) -> Reasons:
    """Different figures under one name, or under a name with and without the areas before it."""
    named = Counter(normalised(unit.organisation) for unit in units if unit.organisation)
    reasons: Reasons = {}
    shorter: dict[str, list[Contribution]] = {}
    for unit in units:
        name = normalised(unit.organisation)
        if named[name] > 1:
            reasons[unit.path] = f"同一单位有 {named[name]} 份报告，数不相同，不能确定用哪一份"
        else:
            for tail in tails(name):
                if tail in named:
                    shorter.setdefault(tail, []).append(unit)
    for unit in units:
        longer = shorter.get(normalised(unit.organisation), [])
        if len(longer) == 1 and unit.path not in reasons and not apart(unit, longer[0]):
            for one, two in ((unit, longer[0]), (longer[0], unit)):
                reasons[one.path] = (
                    f"与 {two.path}（{two.organisation}）可能是同一单位，数不相同，不能确定用哪一份；确是两个单位的，请用 --units 给出名单"
                )
    return reasons


def _totals_by_figures(units: Sequence[Contribution], figures: Figures) -> Iterator[tuple[str, str]]:
    within: dict[str, list[str]] = {}
    for unit in units:
        for folder in _folders(unit.path):
            within.setdefault(folder, []).append(unit.path)
    for folder in dict.fromkeys((*(unit.path.rpartition("/")[0] for unit in units), "")):
        paths = within.get(folder, [])
        total = figures.sum(paths)
        found = [path for path in paths if figures.is_sum(path, total)]
        # Two reports that are each what the others make are alike in a table, and all others have nothing in it.
        if len(paths) > 2 and len(found) == 1:
            where = f"“{folder}”里" if folder else ""
            yield found[0], f"它的数等于{where}其他 {len(paths) - 1} 份报告之和，是汇总数，不再汇入"


def _folders(path: str) -> Iterator[str]:
    """The whole folder, and each folder in it that a file lies in or below."""
    yield ""
    if "/" in path:
        yield from (path[:place] for place, sign in enumerate(path) if sign == "/")


def _totals_by_name(units: Sequence[Contribution]) -> Iterator[tuple[str, str]]:
    governed: dict[str, str] = {}
    for unit in units:
        name = _area_of(unit)
        above = ""
        for area in areas(name):
            above += area
            for key in (above, *tails(above)) if above != name else ():
                governed.setdefault(key, unit.organisation)
    heights = {unit.path: rank(_area_of(unit)) for unit in units}
    highest = max(heights.values(), default=0)
    single = [path for path, height in heights.items() if height == highest]
    for unit in units:
        said = total_of(unit.organisation or unit.path.rpartition("/")[2].rpartition(".")[0])
        area = normalised(unit.organisation) if said is None else said
        if said == "" and len(units) > 1:
            yield unit.path, "从名称看是各单位的汇总数，不再汇入"
        elif rank(area) and (
            part := next((governed[key] for key in (area, *tails(area)) if key in governed), None)
        ):
            yield unit.path, f"从名称看是本地区的汇总数（其中有“{part}”），不再汇入"
        elif (
            highest >= GOVERNS
            and single == [unit.path]
            and len(units) > 1
            and not any(
                rank(each) >= highest
                for other in units
                if other is not unit
                for each in areas(normalised(other.organisation))
            )
        ):
            yield (
                unit.path,
                "从名称看是其他单位所在地区的汇总数，不再汇入；确是其中一个单位的，请用 --units 给出上下级",
            )


def _area_of(unit: Contribution) -> str:
    """The normalised name, of a total that of the area it is of."""
    area = total_of(unit.organisation)
    return normalised(unit.organisation) if area is None else area
