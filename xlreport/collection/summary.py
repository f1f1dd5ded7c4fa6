"""The summary workbook of an audit, written as the records come: 概况, 总表, 明细, 按规则, 跨单位."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from xlreport import __version__
from xlreport.collection import charts
from xlreport.collection.across import Across
from xlreport.collection.pen import Book, Column, Link
from xlreport.collection.records import Audited, State
from xlreport.findings import LEVEL_NAMES
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.declaration import Form
from xlreport.form.rule import TAG_NAMES, Rule
from xlreport.office_file import NO_RULES, OfficeFile

OVERVIEW, UNITS, DETAILS, BY_RULE, ACROSS = "概况", "总表", "明细", "按规则", "跨单位"
#: How many units are compared in a chart.
TOP = 30
_TONES = {State.PASSED: "good", State.WARNED: "warning", State.FAILED: "error", State.UNREADABLE: "unknown"}


def _unit_columns(form: Form) -> tuple[Column, ...]:
    return (
        Column("序号", 6, "centre"),
        Column("单位", 28),
        Column("年度", 7, "centre"),
        Column("状态", 10, "centre"),
        Column("强制性处数", 9, "count"),
        Column("提示性处数", 9, "count"),
        *(Column(form.label(key), 12, "number") for key in form.main_lines),
        Column("文件", 30),
        Column("备注", 40),
    )


_DETAIL_COLUMNS = (
    Column("序号", 7, "centre"),
    Column("单位", 26),
    Column("年度", 7, "centre"),
    Column("级别", 9, "centre"),
    Column("规则", 19),
    Column("位置", 24),
    Column("说明", 60),
    Column("审核说明", 24),
    Column("左值", 11, "number"),
    Column("右值", 11, "number"),
    Column("差额", 10, "number"),
    Column("文件", 26),
)
_RULE_COLUMNS = (
    Column("规则", 24),
    Column("处数", 9, "count"),
    Column("单位数", 9, "count"),
    Column("级别", 9, "centre"),
    Column("应当符合", 66),
    Column("性质", 11, "centre"),
    Column("依据", 36),
    Column("规则标识", 16),
)
_ACROSS_COLUMNS = (
    Column("序号", 7, "centre"),
    Column("类别", 12, "centre"),
    Column("单位", 30),
    Column("说明", 80),
    Column("文件", 34),
)


class Totals(NamedTuple):
    """How the audit came out: units by state, how many were audited and how many there are."""

    states: dict[State, int]
    audited: int
    files: int

    @property
    def complete(self) -> bool:
        """True if every file was audited."""
        return self.audited == self.files

    @property
    def passed(self) -> bool:
        """True if every file was audited and every unit passed; warnings are allowed."""
        return self.complete and not self.states[State.FAILED] and not self.states[State.UNREADABLE]

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        counts = "，".join(f"{state.value} {count}" for state, count in self.states.items())
        if self.complete:
            return f"共审核 {self.files} 份：{counts}"
        return f"未完成：共 {self.files} 份，按路径顺序审核了前 {self.audited} 份：{counts}"


class Summary:
    """The workbook being written to ``path``; it will lie at ``out``, which its links are relative to, and tell of ``folder``.

    Takes a record at a time and keeps only counts, names and sketches of texts; ``finish`` completes the file with what there is. The first
    report that can be read says which form's main lines are listed.
    """

    def __init__(
        self,
        path: Path,
        out: Path,
        folder: Path,
        files: int,
        expected: Sequence[str] | None = None,
        office: OfficeFile = NO_RULES,
    ) -> None:
        self._folder, self._files = folder.absolute(), files
        self._book = Book(path, out.absolute().parent)
        names = (OVERVIEW, UNITS, DETAILS, BY_RULE, ACROSS)
        self._sheets: dict[str, Any] = {name: self._book.sheet(name) for name in names}
        self._book.headings(self._sheets[DETAILS], _DETAIL_COLUMNS, 2)
        self._states = Counter[State]()
        self._found, self._units_with = Counter[str](), Counter[str]()
        self._largest: list[tuple[float, int, str]] = []
        self._across = Across(expected)
        self._units = self._details = 0
        self._form: Form | None = None
        self._waiting: list[Audited] = []
        self._rules: dict[str, Rule] = {}
        self._office = office

    def add(self, record: Audited) -> None:
        """Write one unit and its findings."""
        if self._form is None and not record.form:
            self._waiting.append(record)
            return
        form = self._begun(record.form)
        if record.form:
            self._rules |= form_of(record.form).rules_by_id
            self._rules |= {rule.id: rule for rule in self._office.for_form(record.form)}
        self._add(record, form)

    def _begun(self, form_id: str) -> Form:
        """Return the form whose main lines are listed, once the list is begun."""
        if self._form is None:
            self._form = form_of(form_id)
            self._rules |= self._form.rules_by_id
            self._columns = _unit_columns(self._form)
            self._title = f"{self._form.title}审核汇总"
            for name in (UNITS, DETAILS, BY_RULE, ACROSS):
                # A printed page says which list of what it is; on the first sheet the title does.
                self._sheets[name].set_header(f"&L{self._title}&R&A")
            self._book.headings(self._sheets[UNITS], self._columns, 2, 80)
            for record in self._waiting:
                self._add(record, self._form)
        return self._form

    def _add(self, record: Audited, form: Form) -> None:
        self._units += 1
        self._write_unit(record, form)
        for found in record.findings:
            self._write_finding(record, *found)
        self._states[record.state] += 1
        self._found.update(found.rule for found in record.findings)
        self._units_with.update({found.rule for found in record.findings})
        self._across.add(record)
        value = dict(record.figures).get(form.measure)
        if isinstance(value, (int, float)):
            # Among equals the one that came first stays.
            entry = (float(value), -self._units, record.organisation or record.path)
            (heapq.heappush if len(self._largest) < TOP else heapq.heappushpop)(self._largest, entry)

    def finish(self) -> Totals:
        """Write the sheets that need all units, complete the file, and return how the audit came out."""
        form = self._begun(CURRENT)
        totals = Totals({state: self._states[state] for state in State}, self._units, self._files)
        self._sheets[UNITS].autofilter(0, 0, max(1, self._units), len(self._columns) - 1)
        self._sheets[DETAILS].autofilter(0, 0, max(1, self._details), len(_DETAIL_COLUMNS) - 1)
        if not self._details:
            self._book.put(self._sheets[DETAILS], 1, 0, "没有发现问题", "subtitle")
        rules = self._write_rules()
        self._write_across(totals.complete)
        self._write_overview(totals, rules, form)
        self._book.complete()
        return totals

    def close(self) -> None:
        """Take away what was needed while writing; to be called at the end, whatever it came to."""
        self._book.give_up()

    def _file(self, path: str) -> Link:
        return Link(path, str(self._folder / path))

    def _write_unit(self, record: Audited, form: Form) -> None:
        figures = dict(record.figures)
        unreadable = record.state is State.UNREADABLE
        values = (
            self._units,
            record.organisation or ("" if unreadable else "（未填机关名称）"),
            record.year,
            record.state.value,
            None if unreadable else record.errors,
            None if unreadable else record.warnings,
            *(figures.get(key) for key in form.main_lines),
            self._file(record.path),
            record.remark,
        )
        tones = {3: _TONES[record.state]}
        tones |= {4: "error"} if record.errors else {}
        tones |= {5: "warning"} if record.warnings else {}
        self._book.line(self._sheets[UNITS], self._units, self._columns, values, tones)

    def _write_finding(
        self,
        record: Audited,
        rule: str,
        title: str,
        level: Any,
        place: str,
        target: str,
        *rest: Any,
    ) -> None:
        *sides, advice, explanation = rest
        self._details += 1
        values = (
            self._details,
            record.organisation,
            record.year,
            LEVEL_NAMES[level],
            title,
            Link(place, str(self._folder / record.path), target) if target else place,
            advice,
            explanation,
            *sides,
            self._file(record.path),
        )
        self._book.line(self._sheets[DETAILS], self._details, _DETAIL_COLUMNS, values, {3: level})

    def _write_rules(self) -> int:
        """Write the sheet of rules, the most frequent first, and return how many have findings."""
        sheet = self._sheets[BY_RULE]
        self._book.headings(sheet, _RULE_COLUMNS, 1)
        ranked = sorted(self._rules.values(), key=lambda rule: -self._found[rule.id])
        for row, rule in enumerate(ranked, 1):
            values = (
                rule.title,
                self._found[rule.id],
                self._units_with[rule.id],
                LEVEL_NAMES[rule.level],
                rule.statement,
                TAG_NAMES[rule.tag],
                rule.basis,
                rule.id,
            )
            self._book.line(sheet, row, _RULE_COLUMNS, values, {3: rule.level})
        sheet.autofilter(0, 0, len(ranked), len(_RULE_COLUMNS) - 1)
        return sum(1 for rule in self._rules.values() if self._found[rule.id])

    def _write_across(self, complete: bool) -> None:
        sheet = self._sheets[ACROSS]
        self._book.headings(sheet, _ACROSS_COLUMNS, 0)
        row = 0
        for row, seen in enumerate(self._across.observations(complete), 1):
            file = self._file(seen.path) if seen.path else ""
            values = (row, seen.kind, seen.organisation, seen.message, file)
            self._book.line(sheet, row, _ACROSS_COLUMNS, values, {1: "warning"})
        if not row:
            self._book.put(sheet, 1, 0, "没有发现问题", "subtitle")
        sheet.autofilter(0, 0, max(1, row), len(_ACROSS_COLUMNS) - 1)

    def _write_overview(self, totals: Totals, rules: int, form: Form) -> None:
        sheet, put = self._sheets[OVERVIEW], self._book.put
        sheet.set_portrait()
        sheet.fit_to_pages(1, 1)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 10)
        sheet.set_column(2, 12, 9)
        sheet.set_row(0, 34)
        put(sheet, 0, 0, self._title, "title")
        put(sheet, 1, 0, totals.sentence, "banner")
        put(sheet, 2, 0, f"文件夹：{self._folder}", "subtitle")
        put(sheet, 3, 0, f"审核时间：{datetime.now():%Y-%m-%d %H:%M}　xlreport {__version__}", "subtitle")
        if self._office.path:
            changes = [rule.change for rule in self._rules.values() if rule.change]
            put(sheet, 4, 0, "；".join([self._office.remark, *changes]), "subtitle")
        top = 5
        put(sheet, top, 0, "状态", "heading")
        put(sheet, top, 1, "单位数", "heading")
        for row, (state, count) in enumerate(totals.states.items(), top + 1):
            put(sheet, row, 0, state.value, "centre", _TONES[state])
            put(sheet, row, 1, count, "count")
        largest = sorted(self._largest, reverse=True)
        table = top + len(State) + 3
        put(sheet, table - 1, 0, f"{form.label(form.measure)}（前 {len(largest)} 个单位）", "banner")
        put(sheet, table, 0, "单位", "heading")
        put(sheet, table, 1, "件数", "heading")
        for row, (value, _, organisation) in enumerate(largest, table + 1):
            put(sheet, row, 0, organisation)
            put(sheet, row, 1, value, "number")
        charts.draw(
            self._book.workbook,
            sheet,
            charts.Ranges(OVERVIEW, top + 1, len(State), BY_RULE, 1, rules, table + 1, len(largest)),
        )
