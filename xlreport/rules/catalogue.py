"""All rules, in the order in which findings are listed: errors first, those printed on the form before the others."""

from __future__ import annotations

from xlreport.rules.balance import APPLICANTS, CARRIED, CASES, FLOW, IN_FORCE, IN_FORCE_BOUND, RESULTS
from xlreport.rules.completeness import BLANK, KIND, SECTIONS, YEAR
from xlreport.rules.plausibility import OTHER_SHARE, PENDING_CASES, RULE_MAKING, SAME_FIGURES, SWING, UNIT
from xlreport.rules.rule import Rule
from xlreport.rules.text.rules import (
    CONTRADICTION,
    COPY,
    DATED_EARLY,
    FEE_LISTED,
    FEE_NOTE,
    FEE_STEP,
    FIVE_ASPECTS,
    LEFTOVER,
    NO_FIGURES,
    PERCENT,
)

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
    SAME_FIGURES,
    OTHER_SHARE,
    FEE_NOTE,
    FEE_STEP,
    FEE_LISTED,
    PERCENT,
    PENDING_CASES,
    RULE_MAKING,
    COPY,
    FIVE_ASPECTS,
    NO_FIGURES,
    LEFTOVER,
    DATED_EARLY,
)
RULES: dict[str, Rule] = {rule.id: rule for rule in CATALOGUE}
