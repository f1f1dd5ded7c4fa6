"""A unit's years side by side, where the folder holds reports of several."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from xlreport.collection.lists import Column, Line, List
from xlreport.collection.organisations import normalised
from xlreport.collection.records import Audited, Shown, State
from xlreport.form.catalogue import form_of
from xlreport.form.declaration import Form

#: Years that are compared, the latest; a mistyped year is one too.
MOST_YEARS = 8
_STATE = "审核状态"


class _Report(NamedTuple):
    """A unit's report of a year; its figures are packed, those of the main lines of its form, since there may be many units."""

    organisation: str
    year: int
    state: State
    form: str
    packed: str

    @property
    def figures(self) -> dict[str, Shown]:
        """The figures of the main lines by key."""
        return dict(zip(form_of(self.form).main_lines, json.loads(self.packed), strict=True))


class Years:
    """The reports added so far, by unit."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[_Report]] = {}

    def add(self, record: Audited) -> None:
        """Take in a report; one without a name or a year is compared with nothing."""
        if record.organisation and record.year is not None and record.state is not State.UNREADABLE:
            packed = json.dumps([value for _, value in record.figures])
            report = _Report(record.organisation, record.year, record.state, record.form, packed)
            self._by_name.setdefault(normalised(record.organisation), []).append(report)

    def compared(self, form: Form) -> tuple[List, Iterator[Line]] | None:
        """Return the list and its lines, a line per unit and main line of the form; ``None`` where no unit has several years."""
        units = [_by_year(reports) for reports in self._by_name.values()]
        several = [unit for unit in units if len(unit) > 1]
        years = sorted({year for unit in several for year in unit})[-MOST_YEARS:]
        if not several:
            return None
        columns = (
            Column("单位", 30),
            Column("项目", 40),
            *(Column(f"{year}年", 12, "number") for year in years),
            Column("最近一年增减", 13, "number"),
            Column("增减率", 10, "share"),
        )
        return List("年度对比", columns, 2), _lines(several, years, form)


def _by_year(reports: list[_Report]) -> dict[int, _Report]:
    """A unit's reports by year; of several of one year that with the fewest problems, as for who has reported."""
    ranked = sorted(reports, key=lambda report: list(State).index(report.state), reverse=True)
    return {report.year: report for report in ranked}


def _lines(units: list[dict[int, _Report]], years: list[int], form: Form) -> Iterator[Line]:
    for unit in units:
        latest = unit[max(unit)]
        states = [unit[year].state.value if year in unit else None for year in years]
        yield Line((latest.organisation, _STATE, *states, None, None), {})
        figures = {year: report.figures for year, report in unit.items()}
        for key in form.main_lines:
            values: list[Shown] = [figures[year].get(key) if year in figures else None for year in years]
            said = [value for year, value in zip(years, values, strict=True) if year in unit][-2:]
            yield Line((latest.organisation, form.label(key), *values, *_change(said)), {})


def _change(said: list[Shown]) -> tuple[Shown, Shown]:
    """What the last figure is more than the one before, and in proportion to it; blank where one is no number."""
    before, after = (value if isinstance(value, (int, float)) else None for value in (said * 2)[:2])
    if len(said) < 2 or before is None or after is None:
        return None, None
    return after - before, (after - before) / before if before else None
