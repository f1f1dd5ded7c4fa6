"""What a supervisor has said of findings, 确认 or 忽略 with a reason, and what of it holds for the next summary.

A verdict is about one finding and its figures: while these are the same it stays; when they changed, the finding is open again and quotes it.
Nothing that a person wrote is lost: what is about nothing that was found is handed on (``left``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xlreport.collection.organisations import normalised
from xlreport.collection.records import CONFIRMED, IGNORED, Audited, Found, State, digest


class Verdict(NamedTuple):
    """What was said of a finding: a word and a reason, for what ``mark`` says, which was of that unit, year, rule and place."""

    mark: str
    word: str
    reason: str
    organisation: str = ""
    year: object = None
    title: str = ""
    place: str = ""

    @property
    def text(self) -> str:
        """The verdict as it is quoted."""
        return f"{self.word}：{self.reason}" if self.word and self.reason else self.word or self.reason


def mark_of(record: Audited, found: Found) -> str:
    """Return what tells a finding of a report from all others, and its figures from others."""
    return f"{_subject(record, found)}-{found.figures}"


def _subject(record: Audited, found: Found) -> str:
    whose = digest(normalised(record.organisation) or record.path, str(record.year))
    return f"{whose}-{found.subject}"


class Verdicts:
    """The verdicts of earlier summaries, the newest first; where two are about the same finding, the first holds."""

    def __init__(self, given: Iterable[Verdict] = ()) -> None:
        self._given = list(dict.fromkeys(given))
        self._by_mark: dict[str, Verdict] = {}
        self._by_subject: dict[str, list[Verdict]] = {}
        self._used: set[Verdict] = set()
        for verdict in self._given:
            self._by_mark.setdefault(verdict.mark, verdict)
            self._by_subject.setdefault(verdict.mark.rpartition("-")[0], []).append(verdict)

    def applied(self, record: Audited) -> Audited:
        """Return the record with the verdicts on its findings; what is ignored is not counted any more."""
        if not record.findings or not self._given:
            return record
        marks = {mark_of(record, found) for found in record.findings}
        findings = tuple(self._judged(record, found, marks) for found in record.findings)
        standing = [found for found in findings if not found.ignored]
        errors = sum(found.level == "error" and not found.explanation for found in standing)
        state = State.FAILED if errors else State.WARNED if standing else State.PASSED
        return record._replace(
            findings=findings,
            errors=errors,
            warnings=sum(found.level == "warning" for found in standing),
            state=state,
        )

    def left(self) -> Iterator[Verdict]:
        """Yield the verdicts that were about nothing so far."""
        return (verdict for verdict in self._given if verdict not in self._used)

    def _judged(self, record: Audited, found: Found, marks: set[str]) -> Found:
        verdict = self._by_mark.get(mark_of(record, found))
        if verdict is not None:
            self._used.add(verdict)
            judged = found._replace(verdict=verdict.word, reason=verdict.reason)
            return judged._replace(note=_void(judged))
        former = [
            each for each in self._by_subject.get(_subject(record, found), ()) if each.mark not in marks
        ]
        return found._replace(note=f"上次“{former[0].text}”，数据已变化，请重新处理") if former else found


def _void(found: Found) -> str:
    """Why a verdict has no effect, “” where it has."""
    if found.verdict == IGNORED and not found.reason:
        return "忽略须写明理由，没有理由的不起作用"
    if found.verdict not in ("", CONFIRMED, IGNORED):
        return f"“处理”只能是“{CONFIRMED}”或“{IGNORED}”，填的“{found.verdict}”不起作用"
    return ""
