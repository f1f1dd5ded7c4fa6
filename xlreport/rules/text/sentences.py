"""Texts as paragraphs, sentences and clauses, with what stands in brackets kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.numerals import normalised
from xlreport.rules.text.tokens import Token

_ENDS = re.compile(r"[^。]*。?[”’）]?")
_BLANKS = re.compile(r"\s+")
#: How much of a long sentence is quoted around a figure.
_AROUND = 45


class Sentence(NamedTuple):
    """One sentence: where it stands, and its text in normalised signs without blanks.

    ``part`` is the name of the text (``overview``), ``line`` its paragraph, ``start`` the place of the sentence in the
    paragraph once its blanks are taken out.
    """

    part: str
    line: int
    start: int
    text: str

    @property
    def place(self) -> tuple[str, int]:
        """The name of the text and the line in it."""
        return self.part, self.line

    def quote(self, start: int = 0, end: int = 0) -> str:
        """Return the sentence, shortened around a place in it if it is long."""
        if len(self.text) <= 2 * _AROUND:
            return self.text
        first, last = max(0, start - _AROUND), min(len(self.text), end + _AROUND)
        return ("…" if first else "") + self.text[first:last] + ("…" if last < len(self.text) else "")


def sentences(part: str, text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text whose lines are paragraphs."""
    for line, paragraph in enumerate(text.splitlines()):
        squeezed = _BLANKS.sub("", normalised(paragraph))
        for match in _ENDS.finditer(squeezed):
            if match.group():
                yield Sentence(part, line, match.start(), match.group())


class Bracket(NamedTuple):
    """What stands in a pair of brackets."""

    clauses: tuple[Clause, ...]


class Clause(NamedTuple):
    """Words between two stops."""

    parts: tuple[Token | Bracket, ...]

    @property
    def words(self) -> list[Token]:
        """The words outside of brackets."""
        return [part for part in self.parts if isinstance(part, Token)]


def clauses(tokens: Sequence[Token]) -> tuple[Clause, ...]:
    """Return the clauses of a sentence; a bracket that is never closed ends with it."""
    found, _ = _clauses(tokens, 0)
    return found


#: What may stand before a number that is alone.
_PLAIN = (Kind.THIS_YEAR, Kind.TOTAL)


def _number_in(inner: tuple[Clause, ...]) -> Token | None:
    """The number that is all there is in a bracket: “属于行政执法案卷（23件）”, “行政复议案件（全年共34件）”."""
    parts = inner[0].parts if len(inner) == 1 else ()
    *before, last = parts or (None,)
    alone = all(isinstance(part, Token) and part.kind in _PLAIN for part in before)
    return last if alone and isinstance(last, Token) and last.kind is Kind.QUANTITY else None


def _is_counted(parts: Sequence[Token | Bracket]) -> bool:
    """True if the words since the last 、 have a number already."""
    for part in reversed(parts):
        if isinstance(part, Token) and part.kind in (Kind.LIST, Kind.QUANTITY):
            return part.kind is Kind.QUANTITY
    return False


def _outcome_apart(parts: Sequence[Token | Bracket]) -> int | None:
    """Where the outcome begins whose number stands in a bracket behind it: the 维持 of 34件行政复议案件多数得到维持（33件）."""
    *before, last = parts or (None,)
    if not (isinstance(last, Token) and last.kind is Kind.OUTCOME and _is_counted(parts)):
        return None
    named = any(isinstance(part, Token) and part.kind is Kind.CASE for part in before)
    return len(before) if named else None


def _clauses(tokens: Sequence[Token], place: int) -> tuple[tuple[Clause, ...], int]:
    found: list[Clause] = []
    parts: list[Token | Bracket] = []
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind is Kind.OPEN:
            inner, place = _clauses(tokens, place)
            number = _number_in(inner)
            apart = _outcome_apart(parts) if number else None
            if apart is not None:
                found.append(Clause(tuple(parts[:apart])))
                parts = parts[apart:]
            parts.append(
                number if number and (apart is not None or not _is_counted(parts)) else Bracket(inner)
            )
        elif token.kind is Kind.CLOSE:
            break
        elif token.kind is Kind.STOP:
            found.append(Clause(tuple(parts)))
            parts = []
        else:
            parts.append(token)
    found.append(Clause(tuple(parts)))
    return tuple(clause for clause in found if clause.parts), place
