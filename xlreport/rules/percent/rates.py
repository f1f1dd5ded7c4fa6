"""Rates that the tables give: “复议维持率80.2%” is recomputed from table 4, in every way such a rate is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.form.balance import Number
from xlreport.form.figures import amount
from xlreport.rules.percent.percentages import not_computed, quotient, recomputes
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.scope import Owner, Scope
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import Token

#: The rows of table 4 for suits.
SUITS = ("litigation_direct", "litigation_after_review")
_OUTCOMES = ("upheld", "corrected")
#: What makes the rate another's, or another year's.
_OTHERS = {Kind.LAST_YEAR, Kind.COMPARED, Kind.PERIOD, Kind.UNITS, Kind.NARROWER, Kind.TOPIC, Kind.FOREIGN}


def rates(rule: Rule, evidence: Evidence, sentence: Sentence, tokens: Sequence[Token]) -> Iterator[Result]:
    """Yield a finding for every 维持率 and 纠正率 that no way of counting makes, ``None`` for every one that recomputes."""
    rated = [
        (outcome, token)
        for place, token in enumerate(tokens)
        if token.kind is Kind.PERCENT and (outcome := _rated(tokens[:place])) is not None
    ]
    if not rated or _is_of_others(evidence, tokens):
        return
    for outcome, percent in rated:
        if percent.numeral is None or percent.numeral.approximate:
            continue
        quotients = list(_quotients(evidence, _cases(tokens, outcome), outcome.value))
        if any(recomputes(part, whole, percent) for part, whole in quotients):
            yield None
        elif quotients:
            sums = [quotient(part, whole) for part, whole in quotients[:2]]
            called = f"{outcome.text}率"
            yield not_computed(rule, evidence, sentence, outcome.start, percent, called=called, sums=sums)


def _is_of_others(evidence: Evidence, tokens: Sequence[Token]) -> bool:
    owner = Owner(evidence.report.organisation)
    return any(
        token.kind in _OTHERS
        or (token.kind is Kind.YEAR and token.number != evidence.report.year)
        or owner.scope(token) is Scope.OTHER
        for token in tokens
    )


def _rated(before: Sequence[Token]) -> Token | None:
    """The outcome whose rate a percentage is: the 维持 of 维持率为."""
    words = [token for token in before if token.kind not in (Kind.FILLER, Kind.REACH)]
    if len(words) < 2 or words[-1].text != "率":
        return None
    outcome = words[-2]
    return outcome if outcome.kind is Kind.OUTCOME and outcome.value in _OUTCOMES else None


def _cases(tokens: Sequence[Token], outcome: Token) -> tuple[str, ...]:
    """The rows of table 4 that the rate of an outcome may be of: those named last before it, else any."""
    before = (token for token in reversed(tokens) if token.start < outcome.start)
    named = next((token.value for token in before if token.kind is Kind.CASE), "")
    return ("review",) if named == "review" else SUITS if named else ("review", *SUITS)


def _quotients(evidence: Evidence, rows: Sequence[str], outcome: str) -> Iterator[tuple[Number, Number]]:
    """Yield the cases of that outcome with all cases, with those decided, and with those upheld or corrected; row by row and together."""
    for group in dict.fromkeys([*((row,) for row in rows), tuple(rows)]):
        counts = {name: _count(evidence, group, name) for name in (*_OUTCOMES, "pending", "total")}
        part, total = counts[outcome], counts["total"]
        if part is None or total is None:
            continue
        wholes = [
            total,
            total - (counts["pending"] or 0),
            (counts["upheld"] or 0) + (counts["corrected"] or 0),
        ]
        yield from ((part, whole) for whole in wholes if whole)


def _count(evidence: Evidence, rows: Sequence[str], column: str) -> Number | None:
    values = [amount(evidence.figures.get(f"cases.{row}.{column}")) for row in rows]
    return None if None in values else sum(value for value in values if value is not None)
