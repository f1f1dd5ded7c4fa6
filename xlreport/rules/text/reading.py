"""The claims of a report's texts, read once for all rules."""

from __future__ import annotations

from functools import lru_cache

from xlreport.form.declaration import Form
from xlreport.report import Report
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.reader import Reader, scorers
from xlreport.rules.text.sentences import Sentence, sentences


def sentences_of(report: Report) -> tuple[Sentence, ...]:
    """Return the sentences of the report's numbered text sections, in order."""
    return _sentences(
        tuple(
            (part.content, getattr(report, part.content) or "") for part in report.declaration.text_sections
        )
    )


def claims_of(report: Report) -> list[Claim]:
    """Return what the texts claim; nothing for a report without a year, since then no figure can be placed."""
    if report.year is None:
        return []
    return list(_claims(report.declaration, report.organisation, report.year, sentences_of(report)))


def forget() -> None:
    """Forget what was read, so that it is read anew."""
    _claims.cache_clear()


@lru_cache(maxsize=16)
def _sentences(texts: tuple[tuple[str, str], ...]) -> tuple[Sentence, ...]:
    return tuple(sentence for part, text in texts for sentence in sentences(part, text))


@lru_cache(maxsize=16)
def _claims(form: Form, organisation: str, year: int, said: tuple[Sentence, ...]) -> tuple[Claim, ...]:
    return tuple(Reader(scorers(form), organisation, year).read(said))
