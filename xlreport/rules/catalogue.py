"""All rules, in the order in which findings are listed: errors first, those printed on the form before the others."""

from __future__ import annotations

from xlreport.rules.balance import APPLICANTS, CARRIED, CASES, FLOW, IN_FORCE, IN_FORCE_BOUND, RESULTS
from xlreport.rules.completeness import BLANK, KIND, SECTIONS, YEAR
from xlreport.rules.plausibility import OTHER_SHARE, PENDING_CASES, RULE_MAKING, SWING, UNIT
from xlreport.rules.rule import Rule
from xlreport.rules.text.rules import CONTRADICTION, COPY, FEE_NOTE, FIVE_ASPECTS, LEFTOVER, PERCENT

CATALOGUE: tuple[Rule, ...] = (
    FLOW,
    RESULTS,
    APPLICANTS,
    CASES,
    KIND,
    CARRIED,
    SECTIONS,
    YEAR,
    CONTRADICTION,
    IN_FORCE,
    IN_FORCE_BOUND,
    BLANK,
    UNIT,
    SWING,
    OTHER_SHARE,
    FEE_NOTE,
    PERCENT,
    PENDING_CASES,
    RULE_MAKING,
    COPY,
    FIVE_ASPECTS,
    LEFTOVER,
)
RULES: dict[str, Rule] = {rule.id: rule for rule in CATALOGUE}
