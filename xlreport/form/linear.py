"""A linear relation as an office writes it: “cases.review.total <= 0.5 * applications.new.total + 3”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from xlreport.form.figures import Figure, Number, amount, is_blank
from xlreport.form.verdict import Outcome, Verdict

Relation: TypeAlias = Literal["=", "<="]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<cell>[a-z_]\w*(?:\.\w+)+)|(?P<sign>[-+*])|(?P<other>\S))"
)
_RELATIONS = re.compile(r"<=|>=|≤|≥|==|=|＝")
#: A relation of more cells is not one that an office means.
MOST_TERMS = 200


class Part(NamedTuple):
    """So many times the figure of a cell; a plain number where ``key`` is “”."""

    factor: Number
    key: str = ""


class LinearError(ValueError):
    """What is wrong with a relation, in words."""


@dataclass(frozen=True)
class Linear:
    """``left`` = ``right``, or ``<=``."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    relation: Relation

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the cells, left side first, each once."""
        return tuple(dict.fromkeys(part.key for part in (*self.left, *self.right) if part.key))

    def weigh(self, figures: Mapping[str, Figure]) -> Verdict:
        """Return the verdict on ``figures``; a blank counts as 0, a text leaves it unreadable."""
        values = {key: amount(figures.get(key)) for key in self.keys}
        if any(value is None for value in values.values()):
            return Verdict(Outcome.UNREADABLE, self.relation)
        left, right = (self._terms(side, values) for side in (self.left, self.right))
        one, other = (sum((sign * value for sign, value in side), 0) for side in (left, right))
        holds = one == other or (self.relation == "<=" and one < other)
        entered = any(not is_blank(figures.get(key)) for key in self.keys)
        outcome = (Outcome.HOLDS if entered else Outcome.EMPTY) if holds else Outcome.BROKEN
        return Verdict(outcome, self.relation, one, other, left, right)

    @staticmethod
    def _terms(side: tuple[Part, ...], values: Mapping[str, Number | None]) -> tuple[tuple[int, Number], ...]:
        found: list[tuple[int, Number]] = []
        for part in side:
            value = part.factor * (values[part.key] or 0) if part.key else part.factor
            found.append((1, value) if value >= 0 else (-1, -value))
        return tuple(found)


def linear(text: str) -> Linear:
    """Return the relation that ``text`` writes; raises ``LinearError`` where it is none."""
    signs = _RELATIONS.findall(text)
    if len(signs) != 1:
        raise LinearError("要有一个“=”、“<=”或“>=”")
    before, after = _RELATIONS.split(text)
    left, right = tuple(_parts(before)), tuple(_parts(after))
    if not any(part.key for part in (*left, *right)):
        raise LinearError("没有写到任何一格")
    if len(left) + len(right) > MOST_TERMS:
        raise LinearError(f"写到的格太多，最多 {MOST_TERMS} 格")
    if signs[0] in (">=", "≥"):
        left, right = right, left
    return Linear(left, right, "=" if signs[0] in ("=", "==", "＝") else "<=")


def _parts(text: str) -> Iterator[Part]:
    """Yield the parts of a side: “a + 2 * b - 3”."""
    sign, factor, key, expects = 1, None, "", "term"
    if not text.strip():
        raise LinearError("一边没有内容")
    for token in _TOKEN.finditer(text):
        if token["other"]:
            raise LinearError(f"不认识“{token['other']}”")
        if token["number"] and expects in ("term", "factor", "signed"):
            number = Decimal(token["number"])
            factor, expects = (factor * number if factor is not None else number), "operator"
        elif token["cell"] and expects in ("term", "factor", "signed") and not key:
            key, expects = token["cell"], "operator"
        elif token["sign"] == "*" and expects == "operator":
            expects = "factor"
        elif token["sign"] in ("+", "-") and expects == "operator":
            yield _part(sign, factor, key)
            sign, factor, key, expects = (-1 if token["sign"] == "-" else 1), None, "", "signed"
        elif token["sign"] in ("+", "-") and expects == "term":
            sign, expects = (-1 if token["sign"] == "-" else 1), "signed"
        else:
            raise LinearError(f"“{token.group().strip()}”写在这里看不懂")
    if expects != "operator":
        raise LinearError("没有写完")
    yield _part(sign, factor, key)


def _part(sign: int, factor: Decimal | None, key: str) -> Part:
    number = sign * (factor if factor is not None else Decimal(1))
    return Part(int(number) if number == number.to_integral_value() else number, key)
