"""What only shows when all units lie side by side: a unit twice, a unit missing, text copied from another unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xlreport.collection.copies import Copied, Sketches
from xlreport.collection.organisations import normalised
from xlreport.collection.records import Audited, State
from xlreport.collection.roster import Reporting, Roster
from xlreport.form.catalogue import form_of

TWICE, MISSING, UNLISTED, COPIED = "单位重复", "未报送", "名单外", "文字雷同"


class Observation(NamedTuple):
    """One line about one unit: its kind, the unit, its file (“” for none), what is to be said."""

    kind: str
    organisation: str
    path: str
    message: str


class _Unit(NamedTuple):
    """What is kept of a unit's report; ``content`` is the same for two files of one report, hashed, since there may be many units."""

    organisation: str
    year: int | None
    path: str
    form: str
    content: int


class Across:
    """All units by name and by text, as far as they have been added; ``roster`` knows who should be there."""

    def __init__(self, roster: Roster | None = None) -> None:
        self._roster = roster
        self._units: list[_Unit] = []
        self._by_name: dict[str, list[int]] = {}
        self._sketches = Sketches()
        self._unreadable = 0

    def add(self, record: Audited) -> None:
        """Take in one unit."""
        if record.state is State.UNREADABLE:
            self._unreadable += 1
            return
        if not record.organisation:
            return
        number = len(self._units)
        content = hash((record.year, record.figures))
        self._units.append(_Unit(record.organisation, record.year, record.path, record.form, content))
        self._by_name.setdefault(normalised(record.organisation), []).append(number)
        self._sketches.add(number, record.prints)

    def observations(self, complete: bool = True) -> Iterator[Observation]:
        """Yield everything there is to say; who is missing only where the audit is ``complete``."""
        yield from self._twice()
        if self._roster is not None:
            yield from self._on_the_list(self._roster, complete)
        for copied in self._sketches.groups():
            yield from self._copied(copied)

    def _twice(self) -> Iterator[Observation]:
        for numbers in self._by_name.values():
            units = [self._units[number] for number in numbers]
            alike = len({unit.content for unit in units}) == 1
            for unit in units if len(units) > 1 else ():
                which = f"这一份是{f'{unit.year}年的' if unit.year else '未填年度的'}"
                advice = (
                    "年度和主要数字都相同，可能是同一份的几个文件；请保留一份"
                    if alike
                    else f"{which}；请核对保留哪一份"
                )
                message = f"同一单位有 {len(units)} 份报告，{advice}"
                yield Observation(TWICE, unit.organisation, unit.path, message)

    def _on_the_list(self, roster: Roster, complete: bool) -> Iterator[Observation]:
        hint = f"；另有 {self._unreadable} 份文件无法读取，可能在其中" if self._unreadable else ""
        for unit in roster.units(complete):
            if unit.state is Reporting.MISSING:
                said = "；".join(filter(None, (f"名单里有，文件夹里没有读到它的报告{hint}", unit.remark)))
                yield Observation(MISSING, unit.name, "", said)
            elif unit.state is Reporting.UNLISTED and unit.counted:
                yield Observation(UNLISTED, unit.name, unit.counted.path, unit.remark)

    def _copied(self, copied: Copied) -> Iterator[Observation]:
        # One organisation's reports of two years are for the rule on copied text, and a report handed in twice is for 单位重复.
        units = {normalised(self._units[number].organisation): number for number in reversed(copied.units)}
        numbers = sorted(units.values())
        if len(numbers) < 2:
            return
        heading = form_of(self._units[numbers[0]].form).section(copied.section).heading
        names = [self._units[number].organisation for number in numbers]
        for number in numbers:
            unit = self._units[number]
            others = [name for name in names[: NAMED + 1] if name != unit.organisation][:NAMED]
            more = f"等 {len(names) - 1} 个单位" if len(names) - 1 > NAMED else ""
            message = (
                f"“{heading}”与{'、'.join(others)}{more}的大体相同（不计数字和单位名称，"
                f"相同文字约占 {copied.likeness:.0%}）；请按本单位情况改写"
            )
            yield Observation(COPIED, unit.organisation, unit.path, message)


#: Units named in one line about copied text.
NAMED = 3
