"""``copy``: a section that is last year's text again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from xlreport.rules.rule import Evidence, Result, Rule

#: From this share of equal text on, a section counts as copied.
LIMIT = 0.9
#: Sections shorter than this say the same every year without being copied (“无其他需要报告的事项”).
SHORTEST = 120
_FIGURES = re.compile(r"[\d.,，%％\s]+")


def likeness(now: str, last: str) -> float:
    """Return how much of two texts is the same, from 0 to 1; figures and blanks are left out, since only they were changed in a copy.

    The share of equal characters in equal order, as ``difflib`` counts it.
    """
    now, last = _FIGURES.sub("", now), _FIGURES.sub("", last)
    if now == last:
        return 1.0
    # The letters they share, in whatever order, bound the likeness from above, and cost next to nothing.
    shared = sum((Counter(now) & Counter(last)).values())
    if 2 * shared < LIMIT * (len(now) + len(last)):
        return 2 * shared / (len(now) + len(last))
    from difflib import SequenceMatcher

    return SequenceMatcher(None, last, now, autojunk=False).ratio()


def copies(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Compare each text section with last year's; silent without last year's texts."""
    if evidence.previous is None:
        return
    for part in evidence.form.text_sections:
        now, last = getattr(evidence.report, part.content), getattr(evidence.previous, part.content)
        if not now or not last or min(len(now), len(last)) < SHORTEST:
            continue
        share = likeness(now, last)
        if share >= LIMIT:
            message = f"“{part.heading}”与上年报告相同的文字占 {int(share * 100)}%；请按本年情况改写"
            yield rule.finding(evidence, message, quote=_first_sentence(now), text=(part.content, 0))
        else:
            yield None


def _first_sentence(text: str) -> str:
    return text.strip().partition("。")[0][:60] + "…"
