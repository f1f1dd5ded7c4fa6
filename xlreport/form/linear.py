"""Linear relations between cells: as data that can be weighed, and as an office writes them (“cases.review.total <= 0.5 * applications.new.total + 3”)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from xlreport.form.figures import Number, amount, is_blank
from xlreport.form.weighing import Outcome, Weighing

Sign: TypeAlias = Literal["=", "<="]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<cell>[a-z_]\w*(?:\.\w+)+)|(?P<sign>[-+*])|(?P<other>[^\s+*-]+))"
)
#: Signs as they are typed with Chinese letters.
_TYPED = str.maketrans("＋－−×＊＝＜＞．", "+--**=<>.") | {
    code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)
}
_RELATIONS = re.compile(r"<=|>=|≤|≥|==|=")
#: A relation of more cells, or with longer numbers, is not one that an office means.
MOST_TERMS, MOST_DIGITS = 200, 15


class Term(NamedTuple):
    """The figure of a cell, so many times; a plain number where ``key`` is “”."""

    key: str
    factor: Number = 1


class LinearError(ValueError):
    """What is wrong with a relation, in words."""


class Weighable:
    """``left`` = ``right``, or ``<=``."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Sign

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the cells, left side first, each once."""
        return tuple(dict.fromkeys(term.key for term in (*self.left, *self.right) if term.key))

    def weigh(self, figures: Mapping[str, object]) -> Weighing:
        """Return the verdict on ``figures``; a blank counts as 0, a figure that is no number leaves it unreadable."""
        left, right = _values(self.left, figures), _values(self.right, figures)
        if left is None or right is None:
            return Weighing(Outcome.UNREADABLE, self.relation)
        one, other = _sum(left), _sum(right)
        outcome = Outcome.BROKEN
        if one == other or (self.relation == "<=" and one < other):
            entered = not all(is_blank(figures.get(key)) for key in self.keys)
            outcome = Outcome.HOLDS if entered else Outcome.EMPTY
        return Weighing(outcome, self.relation, one, other, left, right)


@dataclass(frozen=True)
class Linear(Weighable):
    """A relation of an office's own."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Sign


def _values(side: Iterable[Term], figures: Mapping[str, object]) -> tuple[tuple[int, Number], ...] | None:
    """Return the terms of a side as signs and numbers; ``None`` where one is no number."""
    found: list[tuple[int, Number]] = []
    for key, factor in side:
        figure = figures.get(key) if key else 1
        # Nearly every figure is a whole number.
        value = figure if type(figure) is int else amount(figure)
        if value is None:
            return None
        sign = 1 if factor > 0 else -1
        found.append((sign, value if factor == sign else value * factor * sign))
    return tuple(found)


def _sum(side: Iterable[tuple[int, Number]]) -> Number:
    total: Number = 0
    for sign, value in side:
        if value:
            total += value if sign > 0 else -value
    return total


def linear(text: str) -> Linear:
    """Return the relation that ``text`` writes; raises ``LinearError`` where it is none."""
    text = text.translate(_TYPED)
    signs = _RELATIONS.findall(text)
    if len(signs) != 1:
        raise LinearError("要有一个“=”、“<=”或“>=”")
    before, after = _RELATIONS.split(text)
    left, right = tuple(_terms(before)), tuple(_terms(after))
    if not any(term.key for term in (*left, *right)):
        raise LinearError("没有写到任何一格")
    if len(left) + len(right) > MOST_TERMS:
        raise LinearError(f"写到的格太多，最多 {MOST_TERMS} 格")
    if signs[0] in (">=", "≥"):
        left, right = right, left
    return Linear(left, right, "=" if signs[0] in ("=", "==") else "<=")


def _terms(text: str) -> Iterator[Term]:
    """Yield the terms of a side: “a + 2 * b - 3”."""
    sign, factor, key, expects = 1, None, "", "term"
    if not text.strip():
        raise LinearError("一边没有内容")
    for token in _TOKEN.finditer(text):
        if token["other"]:
            raise LinearError(f"不认识“{token['other']}”")
        if token["number"] and len(token["number"]) > MOST_DIGITS:
            raise LinearError(f"数太长，最多 {MOST_DIGITS} 位")
        if token["number"] and expects in ("term", "factor", "signed"):
            number = Decimal(token["number"])
            factor, expects = (factor * number if factor is not None else number), "operator"
        elif token["cell"] and expects in ("term", "factor", "signed") and not key:
            key, expects = token["cell"], "operator"
        elif token["sign"] == "*" and expects == "operator":
            expects = "factor"
        elif token["sign"] in ("+", "-") and expects == "operator":
            yield _term(sign, factor, key)
            sign, factor, key, expects = (-1 if token["sign"] == "-" else 1), None, "", "signed"
        elif token["sign"] in ("+", "-") and expects == "term":
            sign, expects = (-1 if token["sign"] == "-" else 1), "signed"
        else:
            raise LinearError(f"“{token.group().strip()}”写在这里看不懂")
    if expects != "operator":
        raise LinearError("没有写完")
    yield _term(sign, factor, key)


def _term(sign: int, factor: Decimal | None, key: str) -> Term:
    number = sign * (factor if factor is not None else Decimal(1))
    return Term(key, int(number) if number == number.to_integral_value() else number)
