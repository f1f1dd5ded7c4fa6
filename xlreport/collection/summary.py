"""The summary of an audit, put together as the records come: what its lists and its overview say, whoever draws them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

from xlreport import __version__
from xlreport.collection.across import Across
from xlreport.collection.chart import Chart
from xlreport.collection.lists import (
    ACROSS,
    BY_RULE,
    DETAILS,
    LAPSED,
    REPORTED,
    TONES,
    Line,
    Lines,
    List,
    rule_lines,
    units_of,
)
from xlreport.collection.records import Audited, State
from xlreport.collection.roster import Roster
from xlreport.collection.tally import Tally, Totals
from xlreport.collection.verdicts import Verdicts
from xlreport.collection.years import Years
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.declaration import Form
from xlreport.office_file import NO_RULES, OfficeFile
from xlreport.output import date_of_writing
from xlreport.wording import SUMMARY

_NOTHING = "没有发现问题"


class Overview(NamedTuple):
    """The first page: its title, the outcome in a line, lines below it, and the figures behind the charts.

    ``reporting`` is the outcome of a list of units: what is counted and its figure, a share as a number below or at 1.
    """

    title: str
    outcome: str
    lines: tuple[str, ...]
    reporting: tuple[tuple[str, int | float], ...]
    states: tuple[tuple[State, int], ...]
    rules: tuple[tuple[str, int], ...]
    measure: str
    largest: tuple[tuple[str, float], ...]

    @property
    def charts(self) -> tuple[Chart, Chart, Chart]:
        """The charts: units by state, findings by rule, the largest units."""
        return (
            Chart(
                "各单位审核状态", "份", [(state.value, count, TONES[state]) for state, count in self.states]
            ),
            Chart("各规则发现的问题", "处", [(title, count, "rule") for title, count in self.rules]),
            Chart("新收申请最多的单位", "件", [(name, value, "bar") for name, value in self.largest]),
        )


class Target(Protocol):
    """What a summary is drawn on."""

    def begin(self, listed: List, title: str) -> None:
        """Begin a list; ``title`` says of which summary, where pages lie apart."""

    def line(self, listed: List, line: Line) -> None:
        """Draw the next line of a list."""

    def end(self, listed: List, empty: str) -> None:
        """End a list; ``empty`` stands in one without lines."""

    def overview(self, overview: Overview) -> None:
        """Draw the first page."""

    def complete(self) -> None:
        """Write the file; raises ``OSError`` where the disk is full or gone."""


class Summary:
    """The summary being drawn on ``target``; it tells of ``folder``.

    Takes a record at a time and keeps only counts, names and sketches of texts; ``finish`` completes the file with what there is. The first
    report that can be read says which form's main lines are listed.
    """

    def __init__(
        self,
        target: Target,
        folder: Path,
        files: int,
        roster: Roster | None = None,
        office: OfficeFile = NO_RULES,
        verdicts: Verdicts | None = None,
    ) -> None:
        self._target, self._folder, self._files, self._roster = target, folder.absolute(), files, roster
        self._lines = Lines(self._folder)
        self._tally, self._across = Tally(office), Across(roster)
        self._years = Years()
        self._verdicts = verdicts or Verdicts()
        self._details = 0
        self._form: Form | None = None
        self._waiting: list[Audited] = []

    def add(self, record: Audited) -> Audited:
        """Take in one file and its findings; return it with the verdicts on these."""
        judged = self._verdicts.applied(record)
        if self._roster is not None:
            judged = judged._replace(organisation=self._roster.whose(record))
        if self._form is None and not record.form:
            self._waiting.append(judged)
        else:
            self._add(judged, self._begun(record.form))
        return judged

    def finish(self) -> Totals:
        """Draw what needs all units, complete the file, and return how the audit came out."""
        form = self._begun(CURRENT)
        totals = self._tally.totals(self._files)
        self._target.end(self._units, "")
        self._target.end(DETAILS, _NOTHING)
        rules = self._tally.rules()
        self._list(BY_RULE, rule_lines(rules, self._tally.found, self._tally.units_with))
        self._list(ACROSS, map(self._lines.observation, _NUMBERS, self._across.observations(totals.complete)))
        if self._roster is not None:
            units = self._roster.units(totals.complete)
            self._list(REPORTED, map(self._lines.reported, _NUMBERS, units))
        if compared := self._years.compared(form):
            self._target.begin(compared[0], self._title)
            self._list(*compared)
        lapsed = list(self._verdicts.left())
        if lapsed:
            self._target.begin(LAPSED, self._title)
            self._list(LAPSED, map(self._lines.lapsed, _NUMBERS, lapsed))
        self._target.overview(self._overview(totals, form))
        self._target.complete()
        return totals

    def _begun(self, form_id: str) -> Form:
        """Return the form whose main lines are listed, once the lists are begun."""
        if self._form is None:
            self._form = form_of(form_id)
            self._tally.know(self._form)
            self._units = units_of(self._form)
            self._title = f"{self._form.title}{SUMMARY}"
            lists = (self._units, DETAILS, BY_RULE, ACROSS)
            for listed in (REPORTED, *lists) if self._roster is not None else lists:
                self._target.begin(listed, self._title)
            for record in self._waiting:
                self._add(record, self._form)
        return self._form

    def _add(self, record: Audited, form: Form) -> None:
        self._tally.add(record, form)
        self._target.line(self._units, self._lines.unit(self._tally.units, record, form))
        for found in record.findings:
            self._details += 1
            self._target.line(DETAILS, self._lines.finding(self._details, record, found))
        self._across.add(record)
        self._years.add(record)
        if self._roster is not None:
            self._roster.add(record)

    def _list(self, listed: List, lines: Iterable[Line]) -> None:
        for line in lines:
            self._target.line(listed, line)
        self._target.end(listed, _NOTHING)

    def _overview(self, totals: Totals, form: Form) -> Overview:
        lines = [
            f"文件夹：{self._folder}",
            f"审核时间：{date_of_writing().astimezone():%Y-%m-%d %H:%M}　xlreport {__version__}",
        ]
        lines += ["；".join(changes)] if (changes := self._tally.changes()) else []
        outcome = totals.sentence
        reporting: tuple[tuple[str, int | float], ...] = ()
        if self._roster is not None and totals.complete:
            rate = self._roster.rate()
            outcome += f"。{rate.sentence}"
            reporting = (
                ("应报单位", rate.due),
                ("已报单位", rate.sent),
                ("未报单位", rate.missing),
                ("报送率", rate.sent / rate.due),
            )
        found = self._tally.found
        return Overview(
            self._title,
            outcome,
            tuple(lines),
            reporting,
            tuple(totals.states.items()),
            tuple((rule.title, found[rule.id]) for rule in self._tally.rules() if found[rule.id]),
            form.label(form.measure),
            tuple(self._tally.largest()),
        )


#: The lines of a list are numbered from 1.
_NUMBERS = range(1, 2**31)
