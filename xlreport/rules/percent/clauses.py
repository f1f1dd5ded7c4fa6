"""Sentences as clauses, with what stands in brackets kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.tokens import Token


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
