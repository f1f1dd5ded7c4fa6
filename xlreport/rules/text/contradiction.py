"""``contradiction``: a sentence states a figure that the tables do not bear out, whichever way it is taken."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.form.balance import plain
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.meanings import Reading, readings
from xlreport.rules.text.reading import claims_of


def contradictions(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Yield a finding for every claim that the tables contradict whichever way it is taken, ``None`` for every one they bear out."""
    for reading in readings(claims_of(evidence.report), evidence):
        if reading.contradicts:
            claim = reading.claim
            cells = tuple(dict.fromkeys(key for meaning, _ in reading.values for key in meaning.cells))
            yield rule.finding(
                evidence,
                _message(reading),
                *cells[:MOST_CELLS],
                quote=claim.quote,
                text=claim.sentence.place,
                level="error" if claim.sure else "warning",
            )
        else:
            yield None


#: A claim may be about a sum of many cells; so many are named.
MOST_CELLS = 12


def _message(reading: Reading) -> str:
    claim = reading.claim
    said = f"“{claim.implied}”" if claim.implied else f"写的是 {plain(claim.value)}"
    doubt = "" if claim.sure else "疑似不一致："
    section = f"“{claim.quote}”"
    return f"{doubt}{section}{said}，表中是：{reading.tables}；请核对文字与表格"
