"""A rule is a record: what must hold, why, and who judges it.

Tags say where a rule comes from: P printed on the form, S structure of the tables, L the regulation, C a careful reviewer's custom.
Only P and L are shown to users as official requirements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

from xlreport.form.figures import Figure, shown
from xlreport.form.finding import Finding, Level
from xlreport.form.linear import Linear
from xlreport.form.weighing import Weighing

Tag: TypeAlias = Literal["P", "S", "L", "C"]
TAG_NAMES: dict[Tag, str] = {"P": "报表印载", "S": "表内关系", "L": "法规要求", "C": "核实项"}


class HasFigures(Protocol):
    """What a finding is made from: figures by cell key."""

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The figures."""


#: The result of one single check: a finding, or ``None`` where all is well.
Result: TypeAlias = Finding | None
#: Reads the evidence (``xlreport.rules.rule.Evidence``) and yields one result per single check. A form names its rules and the evidence
#: holds a report of a form; the circle of types is cut here.
Judge: TypeAlias = Callable[["Rule", Any], Iterator[Result]]


# Rules are compared by identity: there is one of each.
@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of a form.

    ``title`` names it in a list, ``statement`` says what must hold, ``basis`` why, ``advice`` how to mend it. A finding of a ``waivable``
    rule may be answered by a 审核说明 although it is an error; warnings always may. ``heading`` stands over its check cells, if not the
    title does. ``relation`` is what a rule of an office weighs, ``change`` how an office wants one of the form's own (“” as it is).
    ``against`` are the ids of other forms, whose report of the same office and year the rule holds this one against.
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
    heading: str = ""
    against: tuple[str, ...] = ()
    relation: Linear | None = None
    change: str = ""

    @property
    def answerable(self) -> bool:
        """True if a 审核说明 settles its findings."""
        return self.waivable or self.level == "warning"

    def explainable(self, finding: Finding) -> bool:
        """True if a 审核说明 settles that finding: a warning always, whatever the rule's findings are else."""
        return finding.level == "warning" or self.waivable

    def finding(
        self,
        evidence: HasFigures,
        message: str,
        *cells: str,
        verdict: Weighing | None = None,
        quote: str | None = None,
        level: Level | None = None,
        text: tuple[str, int] | None = None,
        alike: str = "",
    ) -> Finding:
        """Return a finding of this rule about ``cells``, with the figures it rests on, and about a ``text``: its name and line.

        ``alike`` names what it has in common with others of the rule.
        """
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
            alike=alike,
            paragraph=text[1] if text else None,
        )


class AddedRules(NamedTuple):
    """Rules that come to ``forms`` (ids) from outside; what an entry point of the group ``xlreport.rules`` names."""

    forms: tuple[str, ...]
    rules: tuple[Rule, ...]
