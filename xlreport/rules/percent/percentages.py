"""What the rules on percentages share: how close a quotient must come, and what is said where none does."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xlreport.findings import Finding
from xlreport.form.balance import Number, plain
from xlreport.rules.rule import Evidence, Rule
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import Token


def recomputes(part: Number, whole: Number, percent: Token) -> bool:
    """True if part/whole is the percentage, rounded or cut off at its last digit: 13 of 1,046 is 1.2 %, not 1.3 %."""
    assert percent.numeral is not None
    step = Decimal(percent.numeral.step)
    off = 100 * Decimal(part) / Decimal(whole) - Decimal(percent.number)
    return -step / 2 <= off < step


def quotient(part: Number, whole: Number) -> str:
    """Return the division in words: 79÷185=42.7%."""
    return f"{plain(part)}÷{plain(whole)}={float(part / whole):.1%}"


def not_computed(
    rule: Rule,
    evidence: Evidence,
    sentence: Sentence,
    start: int,
    percent: Token,
    *,
    called: str,
    sums: Iterable[str],
) -> Finding:
    """Return the finding that none of the ``sums`` makes the percentage; the quote is from ``start`` on, ``called`` says what it is of."""
    quote = sentence.quote(start, percent.end)
    shown = "、".join(dict.fromkeys(sums))
    message = f"“{quote}”的{called} {percent.text} 算不出来：{shown}；请核对"
    return rule.finding(evidence, message, quote=quote, text=sentence.place)
