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


#: Brackets in brackets in brackets are read no deeper.
DEEPEST = 3


def _clauses(tokens: Sequence[Token], place: int, depth: int = 0) -> tuple[tuple[Clause, ...], int]:
    found: list[Clause] = []
    parts: list[Token | Bracket] = []
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind is Kind.OPEN and depth < DEEPEST:
            inner, place = _clauses(tokens, place, depth + 1)
            parts.append(Bracket(inner))
        elif token.kind is Kind.CLOSE and depth:
            break
        elif token.kind in (Kind.STOP, Kind.OPEN, Kind.CLOSE):
            found.append(Clause(tuple(parts)))
            parts = []
        else:
            parts.append(token)
    found.append(Clause(tuple(parts)))
    return tuple(clause for clause in found if clause.parts), place
