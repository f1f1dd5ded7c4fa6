"""``contradiction``: a sentence states a figure that the tables do not bear out, whichever way it is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlreport.form.balance import Number, plain
from xlreport.form.typing_errors import SHORTEST_TELLING, slip
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.meanings import Reading, readings
from xlreport.rules.text.report_claims import claims_of, year_of

#: A claim may be about a sum of many cells; so many are named.
MOST_CELLS = 12
#: Differences of a figure that was counted once too often, or not corrected by hand.
_COUNTED_ONCE_MORE = (1, 10)


def contradictions(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Yield a finding for every claim that the tables contradict whichever way it is taken, ``None`` for every one they bear out."""
    read = list(readings(claims_of(evidence.report), evidence))
    for reading in read:
        if reading.contradicts and not _settled(reading, read):
            claim = reading.claim
            cells = tuple(dict.fromkeys(key for meaning, _ in reading.values for key in meaning.cells))
            yield rule.finding(
                evidence,
                _message(reading, evidence),
                *cells[:MOST_CELLS],
                quote=claim.quote,
                text=claim.sentence.place,
                level="error" if _is_certain(reading) else "warning",
            )
        else:
            yield None


def _settled(reading: Reading, others: Sequence[Reading]) -> bool:
    """True for 均已办结 where the text says elsewhere what was carried on, as the table has it: it was said of those whose time was up."""
    said = reading.claim.kind, reading.claim.column
    return bool(reading.claim.implied) and any(
        (other.claim.kind, other.claim.column) == said
        and other.matched is not None
        and not other.claim.implied
        for other in others
    )


def _is_certain(reading: Reading) -> bool:
    """True if the words are read surely and the figure is what one slip of the hand makes of the table's.

    Of 1,000 sentences that are true and sound false, nearly all were written of something else, and their figures are far from the tables';
    a figure next to the table's, in words that mean it, is a mistake. Figures below 10 are next to each other anyway.
    """
    return reading.claim.sure and any(
        min(reading.claim.value, value) >= SHORTEST_TELLING
        and (
            slip(reading.claim.value, value) is not None
            or abs(reading.claim.value - value) in _COUNTED_ONCE_MORE
        )
        for _, value in reading.values
    )


def _message(reading: Reading, evidence: Evidence) -> str:
    claim = reading.claim
    said = f"“{claim.implied}”" if claim.implied else f"写的是 {plain(claim.value)}"
    doubt = "" if _is_certain(reading) else "疑似不一致："
    assumed = (
        f"（报告没有写明年度，按 {year_of(evidence.report)} 年核对）" if evidence.report.year is None else ""
    )
    return f"{doubt}“{claim.quote}”{said}，表中是：{reading.tables}{_mended(reading, evidence)}；请核对文字与表格{assumed}"


def _mended(reading: Reading, evidence: Evidence) -> str:
    """What the text should probably say: the figure of the table next to what is written, where the table agrees with itself."""
    if reading.claim.implied or reading.claim.bound:
        return ""
    sound = [value for meaning, value in reading.values if evidence.doubtful.isdisjoint(meaning.cells)]
    if not sound:
        return ""
    return f"，疑似文字应为 {plain(min(sound, key=lambda value: _unlikeness(value, reading.claim.value)))}"


def _unlikeness(one: Number, other: Number) -> tuple[bool, int, Decimal]:
    """Small for figures of the same digits, then for those of which few places differ, then for near ones."""
    first, second = plain(one), plain(other)
    places = sum(a != b for a, b in zip(first, second, strict=False)) + abs(len(first) - len(second))
    return sorted(first) != sorted(second), places, abs(Decimal(one) - Decimal(other))
