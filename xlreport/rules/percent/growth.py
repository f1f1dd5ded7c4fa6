"""Rates of growth: “167件，较上年的152件增长12.5%” is recomputed from its two figures, “同比增长12%” from last year's tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlreport.form.balance import Number, plain
from xlreport.form.declaration import PREVIOUS
from xlreport.form.figures import amount
from xlreport.rules.percent.percentages import not_computed
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.meanings import Reading
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import Token

_DOWN = ("下降", "减少", "降低", "降幅", "回落", "压减", "下浮")
_UP = ("增长", "增加", "上升", "提高", "上涨", "增幅", "上浮", "增多", "升高")
#: What may stand between a figure and the rate at which it grew.
_BETWEEN = {
    *(Kind.STOP, Kind.COMPARED, Kind.LAST_YEAR, Kind.YEAR, Kind.FILLER, Kind.REACH, Kind.CHANGE, Kind.TOTAL),
    *(Kind.THIS_YEAR, Kind.LIST, Kind.QUANTITY),
}


class Change(NamedTuple):
    """What grew from one figure to another; ``base`` is ``None`` where it is only called 上年."""

    base: Token | None
    value: Token


def growth(
    rule: Rule,
    evidence: Evidence,
    sentence: Sentence,
    tokens: Sequence[Token],
    readings: dict[tuple[Sentence, int], Reading],
) -> Iterator[Result]:
    """Yield a finding for every rate that does not recompute, ``None`` for every one that does."""
    for place, token in enumerate(tokens):
        if token.kind is not Kind.PERCENT or token.numeral is None or token.numeral.approximate:
            continue
        change = _change(tokens[:place], evidence.report.year or 0)
        if token.text.endswith("百分点"):
            change = None
        if change is None:
            continue
        reading = readings.get((sentence, change.value.start))
        bases = [change.base.number] if change.base else _last_year(evidence, reading)
        down = any(word.text.startswith(_DOWN) for word in tokens[:place][-3:] if word.kind is Kind.CHANGE)
        rates = [(base, _rate(base, change.value.number, down)) for base in bases if base]
        if not rates:
            continue
        step = Decimal(token.numeral.step)
        if any(abs(rate - Decimal(token.number)) < step * Decimal("1.001") for _, rate in rates):
            yield None
        else:
            sums = [
                f"由 {plain(base)} 到 {plain(change.value.number)} 是 {rate:.1f}%" for base, rate in rates[:1]
            ]
            start = (change.base or change.value).start
            yield not_computed(rule, evidence, sentence, start, token, called="增减幅度", sums=sums)


def _rate(base: Number, value: Number, down: bool) -> Decimal:
    rate = 100 * (Decimal(value) - Decimal(base)) / Decimal(base)
    return -rate if down else rate


def _change(before: Sequence[Token], year: int) -> Change | None:
    """Find what grew: the two figures of “由B到A”, “A，较上年的B”, or the one of “A，同比”; ``None`` where that is not plain."""
    if not before or before[-1].kind not in (Kind.CHANGE, Kind.REACH, Kind.FILLER):
        return None
    changed = next((word for word in reversed(before[-3:]) if word.kind is Kind.CHANGE), None)
    if changed is None or not changed.text.startswith((*_DOWN, *_UP)):
        return None
    run = _run(before)
    numbers = [i for i, word in enumerate(run) if word.kind is Kind.QUANTITY and not _is_difference(run, i)]
    numerals = [run[i].numeral for i in numbers]
    if (
        not numbers
        or any(numeral is None or numeral.approximate for numeral in numerals)
        or len({run[i].unit for i in numbers}) > 1
    ):
        return None
    if len(numbers) == 1:
        (place,) = numbers
        behind = run[place:]
        compared = any(word.kind in (Kind.COMPARED, Kind.LAST_YEAR) for word in behind)
        another = any(w.text == "环比" or (w.kind is Kind.YEAR and w.number != year - 1) for w in behind)
        return Change(None, run[place]) if compared and not another and not _is_base(run, place) else None
    first, second = numbers[-2:]
    between = run[first + 1 : second]
    if _is_base(run, second) and any(word.kind is Kind.COMPARED for word in between):
        return Change(run[second], run[first])
    if any(word.text in ("由", "从") for word in run[:first]) and any(
        word.kind is Kind.REACH and word.text != "为" for word in between
    ):
        return Change(run[first], run[second])
    return None


def _run(before: Sequence[Token]) -> Sequence[Token]:
    """The words before a rate back to the first one that speaks of something else, with 由 or 从 before the last figures."""
    start = next((i for i in reversed(range(len(before))) if before[i].kind not in _BETWEEN), -1)
    return before[start + 1 :]


def _is_difference(run: Sequence[Token], place: int) -> bool:
    return place > 0 and run[place - 1].kind is Kind.CHANGE


def _is_base(run: Sequence[Token], place: int) -> bool:
    """True if the number is what another one is compared with: 较上年的152件."""
    start = next((i for i in reversed(range(place)) if run[i].kind in (Kind.STOP, Kind.QUANTITY)), -1)
    return any(word.kind is Kind.COMPARED for word in run[start + 1 : place])


def _last_year(evidence: Evidence, reading: Reading | None) -> list[Number]:
    """What last year's tables have for a figure of this year that was understood."""
    if reading is None or reading.matched is None or not _is_plain(reading.claim):
        return []
    found: list[Number] = []
    for meaning, _ in reading.values:
        if not all(evidence.filled(PREVIOUS + key.partition(".")[0]) for key in meaning.cells):
            return []
        values = [(sign, amount(evidence.figures.get(PREVIOUS + key))) for sign, key in meaning.terms]
        if all(value is not None for _, value in values):
            found.append(sum(sign * value for sign, value in values if value is not None))
    return found


def _is_plain(claim: Claim) -> bool:
    return not claim.bound and claim.step == 1
