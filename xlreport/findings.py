"""What ``check`` says about a report. Pure data."""

from collections.abc import Iterator
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from xlreport.form.catalogue import form_of
from xlreport.form.finding import LEVEL_NAMES as LEVEL_NAMES
from xlreport.form.finding import Finding as Finding
from xlreport.form.finding import Level as Level
from xlreport.form.finding import Side as Side
from xlreport.form.finding import Suggestion as Suggestion
from xlreport.form.rule import Rule
from xlreport.report import Explanation


class Subject(BaseModel):
    """Which report the findings are about."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    form: str
    organisation: str
    year: int | None


#: What the places in other files than the report's own begin with: last year's report, and one of another form beside this.
PREVIOUS_FILE, BESIDE_FILE = "上年报告 ", "对照报告 "


def _no_rules() -> dict[str, Rule]:
    return {}


class Findings(BaseModel):
    """All that was found, strictest rules first; ``checked`` counts the single checks made.

    ``lapsed`` are explanations that no longer apply, because their figures changed or their finding is gone.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    report: Subject
    passed: bool
    checked: int
    findings: tuple[Finding, ...]
    lapsed: tuple[Explanation, ...] = Field(default=(), exclude=True)

    @model_serializer(mode="wrap")
    def _with_changes(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The object that other programs read; what an office has changed is said in it."""
        data: dict[str, Any] = serialise(self)
        return {**data, "changes": list(self.changes)} if self.changes else data

    #: The rules that were applied, by id.
    _rules: dict[str, Rule] = PrivateAttr(default_factory=_no_rules)

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:  # type: ignore[override]
        return iter(self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the submission document: level error and not answered by an explanation."""
        return tuple(f for f in self.findings if f.level == "error" and not f.explanation)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not stop it."""
        return tuple(f for f in self.findings if f.level == "warning")

    def applied(self, *rules: Rule) -> "Findings":
        """Return these findings, with the rules that made them."""
        self._rules.update({rule.id: rule for rule in rules})
        return self

    @property
    def changes(self) -> tuple[str, ...]:
        """How the office wants rules of the form to be otherwise than they are: “与上年相差较大”不审核."""
        return tuple(rule.change for rule in self._rules.values() if rule.change)

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule of that id that was applied, or the form's; ``None`` where there is none."""
        return self._rules.get(rule_id) or form_of(self.report.form).rules_by_id.get(rule_id)
