"""A rule is a record; its judge reads the evidence and yields one result per single check.

Tags say where a rule comes from: P printed on the form, S structure of the tables, L the regulation, C a careful reviewer's custom.
Only P and L are shown to users as official requirements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, TypeAlias

from xlreport.findings import Finding, Level
from xlreport.form.balance import Number, Verdict, plain
from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.figures import Figure
from xlreport.report import Report

Tag: TypeAlias = Literal["P", "S", "L", "C"]
TAG_NAMES: dict[Tag, str] = {"P": "报表印载", "S": "表内关系", "L": "法规要求", "C": "核实项"}


@dataclass(frozen=True)
class Evidence:
    """What the judges read: both years' reports, and all figures by key (last year's behind ``previous.``)."""

    report: Report
    previous: Report | None
    form: Form
    figures: dict[str, Figure]

    def filled(self, table: str) -> bool:
        """True if anything at all was entered in that table of this year (or, prefixed ``previous.``, of last year)."""
        return table in self._filled

    @cached_property
    def _filled(self) -> frozenset[str]:
        return frozenset({table_of(key) for key, value in self.figures.items() if value is not None})


@cache
def table_of(key: str) -> str:
    """Return the table a cell key belongs to, with its prefix ``previous.`` if it has one."""
    parts = key.split(".", 2)
    return ".".join(parts[:2]) if key.startswith(PREVIOUS) else parts[0]


#: The result of one single check: a finding, or ``None`` where all is well.
Result: TypeAlias = Finding | None
Judge: TypeAlias = Callable[["Rule", Evidence], Iterator[Result]]


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue.

    ``title`` names it in a list, ``statement`` says what must hold, ``basis`` why, ``advice`` how to mend it. A finding of a ``waivable``
    rule may be answered by a 审核说明 although it is an error; warnings always may.
    """

    id: str
    level: Level
    tag: Tag
    title: str
    statement: str
    basis: str
    advice: str
    judge: Judge
    waivable: bool = False

    @property
    def answerable(self) -> bool:
        """True if a 审核说明 settles its findings."""
        return self.waivable or self.level == "warning"

    def finding(
        self,
        evidence: Evidence,
        message: str,
        *cells: str,
        verdict: Verdict | None = None,
        quote: str | None = None,
        level: Level | None = None,
        text: tuple[str, int] | None = None,
    ) -> Finding:
        """Return a finding of this rule about ``cells``, with the figures it rests on, and about a ``text``: its name and line."""
        return Finding.model_construct(
            rule=self.id,
            level=level or self.level,
            cells=(*cells, text[0]) if text else cells,
            left=verdict.left if verdict else None,
            right=verdict.right if verdict else None,
            difference=verdict.difference if verdict else None,
            message=message,
            quote=quote,
            figures=tuple(shown(evidence.figures.get(cell)) for cell in cells) or ((quote,) if quote else ()),
            paragraph=text[1] if text else None,
        )


def shown(value: Figure) -> str:
    """Return a figure as text: “” for a blank."""
    if value is None:
        return ""
    return value if isinstance(value, str) else plain(value)


def number(value: object) -> Number | None:
    """Return the value if it is a number, else ``None``; unlike in sums, a blank is none."""
    return value if isinstance(value, Number) else None
