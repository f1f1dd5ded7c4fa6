"""What is counted while the records of an audit come: units by state, findings by rule, the largest units."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import NamedTuple

from xlreport.collection.records import Audited, State
from xlreport.form.catalogue import form_of
from xlreport.form.declaration import Form
from xlreport.form.rule import Rule
from xlreport.office_file import OfficeFile

#: How many units are compared in a chart.
TOP = 30


class Totals(NamedTuple):
    """How the audit came out: units by state, how many were audited and how many there are.

    Every finding is confirmed, ignored or open.
    """

    states: dict[State, int]
    audited: int
    files: int
    confirmed: int = 0
    ignored: int = 0
    open: int = 0

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
        if self.confirmed or self.ignored:
            counts += f"；已确认 {self.confirmed} 处，已忽略 {self.ignored} 处，待处理 {self.open} 处"
        if self.complete:
            return f"共审核 {self.files} 份：{counts}"
        return f"未完成：共 {self.files} 份，按路径顺序审核了前 {self.audited} 份：{counts}"


class Tally:
    """Counts of the records added so far; ``office`` are the office's own rules."""

    def __init__(self, office: OfficeFile) -> None:
        self._office = office
        self._states = Counter[State]()
        self._largest: list[tuple[float, int, str]] = []
        self._rules: dict[str, Rule] = {}
        self.units = self._confirmed = self._ignored = self._open = 0
        #: By the id of a rule: its findings that stand, and the units that have any.
        self.found, self.units_with = Counter[str](), Counter[str]()

    def know(self, form: Form) -> None:
        """Take in the rules of a form."""
        self._rules |= form.rules_by_id
        self._rules |= {rule.id: rule for rule in self._office.for_form(form.id)}

    def add(self, record: Audited, form: Form) -> None:
        """Take in a record; ``form`` says by which figure units are compared."""
        if record.form:
            self.know(form_of(record.form))
        self.units += 1
        self._states[record.state] += 1
        standing = [found.rule for found in record.findings if not found.ignored]
        confirmed = sum(found.confirmed for found in record.findings)
        self._confirmed += confirmed
        self._ignored += len(record.findings) - len(standing)
        self._open += len(standing) - confirmed
        self.found.update(standing)
        self.units_with.update(set(standing))
        value = dict(record.figures).get(form.measure)
        if isinstance(value, (int, float)):
            # Among equals the one that came first stays.
            entry = (float(value), -self.units, record.organisation or record.path)
            (heapq.heappush if len(self._largest) < TOP else heapq.heappushpop)(self._largest, entry)

    def totals(self, files: int) -> Totals:
        """Return how the audit of so many files came out."""
        states = {state: self._states[state] for state in State}
        return Totals(states, self.units, files, self._confirmed, self._ignored, self._open)

    def rules(self) -> list[Rule]:
        """Return the rules, those with the most findings first."""
        return sorted(self._rules.values(), key=lambda rule: -self.found[rule.id])

    def largest(self) -> list[tuple[str, float]]:
        """Return the units with the largest figure, the largest first."""
        return [(organisation, value) for value, _, organisation in sorted(self._largest, reverse=True)]

    def changes(self) -> list[str]:
        """Return what the office's file is, and what it changes in the rules."""
        if not self._office.path:
            return []
        return [self._office.remark, *(rule.change for rule in self._rules.values() if rule.change)]
