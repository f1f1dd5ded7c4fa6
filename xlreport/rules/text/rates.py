"""Rates that the tables give: “复议维持率80.2%” is recomputed from table 4, in every way such a rate is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.form.balance import Number, plain
from xlreport.form.figures import amount
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import SUITS
from xlreport.rules.text.scope import Owner, Scope
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.shares import recomputes
from xlreport.rules.text.tokens import Token

_OUTCOMES = ("upheld", "corrected")
#: What makes the rate another's, or another year's.
_OTHERS = {Kind.LAST_YEAR, Kind.COMPARED, Kind.PERIOD, Kind.UNITS, Kind.NARROWER, Kind.TOPIC, Kind.FOREIGN}


def rates(rule: Rule, evidence: Evidence, sentence: Sentence, tokens: Sequence[Token]) -> Iterator[Result]:
    """Yield a finding for every 维持率 and 纠正率 that no way of counting makes, ``None`` for every one that recomputes."""
    owner = Owner(evidence.report.organisation)
    if any(token.kind in _OTHERS or owner.scope(token) is Scope.OTHER for token in tokens):
        return
    if any(token.kind is Kind.YEAR and token.number != evidence.report.year for token in tokens):
        return
    for place, token in enumerate(tokens):
        outcome = _rated(tokens[:place]) if token.kind is Kind.PERCENT else None
        if outcome is None or token.numeral is None or token.numeral.approximate:
            continue
        quotients = list(_quotients(evidence, _cases(tokens[:place]), outcome.value))
        if not quotients:
            continue
        if any(recomputes(part, whole, token) for part, whole in quotients):
            yield None
            continue
        quote = sentence.quote(outcome.start, token.end)
        shown = "、".join(
            dict.fromkeys(
                f"{plain(part)}÷{plain(whole)}={float(part / whole):.1%}" for part, whole in quotients[:2]
            )
        )
        yield rule.finding(
            evidence,
            f"“{quote}”的{outcome.text}率 {token.text} 算不出来：{shown}；请核对",
            quote=quote,
            text=sentence.place,
        )


def _rated(before: Sequence[Token]) -> Token | None:
    """The outcome whose rate a percentage is: the 维持 of 维持率为."""
    words = [token for token in before if token.kind not in (Kind.FILLER, Kind.REACH)]
    if len(words) < 2 or words[-1].text != "率":
        return None
    outcome = words[-2]
    return outcome if outcome.kind is Kind.OUTCOME and outcome.value in _OUTCOMES else None


def _cases(before: Sequence[Token]) -> tuple[str, ...]:
    """The rows of table 4 that the rate may be of: those named last, else any."""
    named = next((token.value for token in reversed(before) if token.kind is Kind.CASE), "")
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
