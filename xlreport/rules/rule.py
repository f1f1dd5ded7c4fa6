"""What the judges of rules read. The record of a rule is ``xlreport.form.rule.Rule``, since a form names its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import cast

from xlreport.form.declaration import BESIDE, PREVIOUS, Form
from xlreport.form.figures import Figure
from xlreport.form.figures import number as number
from xlreport.form.figures import shown as shown
from xlreport.form.rule import TAG_NAMES as TAG_NAMES
from xlreport.form.rule import Judge as Judge
from xlreport.form.rule import Result as Result
from xlreport.form.rule import Rule as Rule
from xlreport.form.weighing import Outcome
from xlreport.report import Report


@dataclass(frozen=True)
class Evidence:
    """What the judges read: both years' reports, and all figures by key (last year's behind ``previous.``).

    ``beside`` is a report of another form by the same office for the same year, where one was given; its figures stand behind ``beside.``.
    """

    report: Report
    previous: Report | None
    form: Form
    figures: dict[str, Figure]
    beside: Report | None = None

    def filled(self, table: str) -> bool:
        """True if anything at all was entered in that table of this year (or, prefixed ``previous.`` or ``beside.``, of another report)."""
        return table in self._filled

    @cached_property
    def _filled(self) -> frozenset[str]:
        return frozenset({table_of(key) for key, value in self.figures.items() if value is not None})

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The cells of balances that do not hold."""
        return frozenset(
            key
            for balance in self.form.balances
            if not balance.plainly_holds(self.figures)
            and all(key in self.figures for key in balance.keys)
            and balance.weigh(self.figures).outcome is Outcome.BROKEN
            for key in balance.keys
        )


@cache
def table_of(key: str) -> str:
    """Return the table a cell key belongs to, with its prefix ``previous.`` or ``beside.`` if it has one."""
    parts = key.split(".", 2)
    return ".".join(parts[:2]) if key.startswith((PREVIOUS, BESIDE)) else parts[0]


def judge_in(module: str, name: str) -> Judge:
    """Return the judge ``name`` of a module that is imported at the first call: the reader of sentences takes a while to load."""

    def judged(rule: Rule, evidence: Evidence) -> Iterator[Result]:
        found = getattr(import_module(module), name)
        return cast(Callable[[Rule, Evidence], Iterator[Result]], found)(rule, evidence)

    return judged
