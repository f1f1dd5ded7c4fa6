"""The claims of a report's texts, read once for all rules."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from xlreport.form.declaration import Form
from xlreport.report import Report
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.identity import body_in, presented_in
from xlreport.rules.text.reader import Reader, scorers
from xlreport.rules.text.sentences import Sentence, sentences


def sentences_of(report: Report) -> tuple[Sentence, ...]:
    """Return the sentences of the report's sections in order, those beside a table among them."""
    return _sentences(
        tuple((part.content, report.text(part.content)) for part in report.declaration.sections)
    )


def claims_of(report: Report) -> list[Claim]:
    """Return what the texts claim; nothing where neither the report nor its texts name a year, since then no figure can be placed."""
    year = year_of(report)
    if year is None:
        return []
    return list(_claims(report.declaration, body_of(report), year, sentences_of(report)))


def year_of(report: Report) -> int | None:
    """Return the report's year; where it has none, the one that its preamble presents, or that most of its sentences name."""
    if report.year is not None:
        return report.year
    shown = presented_in(report.preamble or "")
    if shown is not None:
        return shown.year
    named = Counter(re.findall(r"(20\d\d)年", "".join(sentence.text for sentence in sentences_of(report))))
    return int(max(sorted(named), key=named.__getitem__)) if named else None


def body_of(report: Report) -> str:
    """Return the body that reports; where the report names none, the one that its preamble names."""
    return report.organisation or body_in(report.preamble or "")


def forget() -> None:
    """Forget what was read, so that it is read anew."""
    _claims.cache_clear()


@lru_cache(maxsize=16)
def _sentences(texts: tuple[tuple[str, str], ...]) -> tuple[Sentence, ...]:
    return tuple(sentence for part, text in texts for sentence in sentences(part, text))


@lru_cache(maxsize=16)
def _claims(form: Form, organisation: str, year: int, said: tuple[Sentence, ...]) -> tuple[Claim, ...]:
    return tuple(Reader(scorers(form), organisation, year).read(said))
