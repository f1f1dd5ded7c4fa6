"""Balance rules as data: linear equations (or bounds) over cells.

One object has four readings: the Python verdict (``weigh``), the sentence a person reads (``Verdict.sentence``), the in-cell
spreadsheet formula (``xlreport.workbook.formulas``) and the row of a constraint matrix (``coefficients``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal, NamedTuple

from xlreport.form.figures import amount, is_blank

Number = int | Decimal


class Term(NamedTuple):
    """One cell of an equation with its sign, +1 or -1."""

    key: str
    sign: int = 1


def terms(*keys: str) -> tuple[Term, ...]:
    """Return ``keys`` as terms; a key that begins with “-” is subtracted."""
    return tuple(Term(key[1:], -1) if key.startswith("-") else Term(key) for key in keys)


class Outcome(StrEnum):
    """What weighing a balance can come to."""

    HOLDS = "holds"
    BROKEN = "broken"
    EMPTY = "empty"  # nothing entered yet
    UNREADABLE = "unreadable"  # one of the cells is no number


class Verdict(NamedTuple):
    """A balance weighed: the outcome, both sides and the values they were made of."""

    outcome: Outcome
    relation: str
    left: Number = 0
    right: Number = 0
    left_terms: tuple[tuple[int, Number], ...] = ()
    right_terms: tuple[tuple[int, Number], ...] = ()

    @property
    def difference(self) -> Number:
        """Left side minus right side."""
        return self.left - self.right

    @property
    def sentence(self) -> str:
        """The equation in figures: “167+37=204 ≠ 185+18=203，差1”."""
        sign = {"=": "≠", "<=": ">"}[self.relation]
        word = {"=": "差", "<=": "超"}[self.relation]
        left, right = _side(self.left_terms, self.left), _side(self.right_terms, self.right)
        gap = self.difference
        return f"{left} {sign} {right}，{word}{plain(gap if gap > 0 else -gap)}"


def plain(number: Number) -> str:
    """Return a number as it is printed: no exponent, no trailing zeros."""
    if isinstance(number, Decimal):
        text = format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(number)


def _side(parts: tuple[tuple[int, Number], ...], total: Number) -> str:
    shown = [(sign, value) for sign, value in parts if value]
    if (len(parts) > 3 and len(shown) <= 1) or len(parts) == 1:
        return plain(total)
    text = "".join(
        ("−" if sign < 0 else "+") + (f"({plain(value)})" if value < 0 else plain(value))
        for sign, value in (shown if len(parts) > 3 else parts)
    )
    return f"{text.removeprefix('+')}={plain(total)}"


@dataclass(frozen=True)
class Balance:
    """``left`` = ``right`` (or ``<=``), by the rule with id ``rule``; ``about`` is what it is weighed for (“自然人”)."""

    rule: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Literal["=", "<="] = "="
    about: str = ""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all cells, left side first."""
        return tuple(term.key for term in (*self.left, *self.right))

    def coefficients(self) -> dict[str, int]:
        """Return the row of the constraint matrix: left minus right, by key."""
        found: dict[str, int] = {}
        for sign, side in ((1, self.left), (-1, self.right)):
            for term in side:
                found[term.key] = found.get(term.key, 0) + sign * term.sign
        return {key: value for key, value in found.items() if value}

    def weigh(self, figures: Mapping[str, object]) -> Verdict:
        """Return the verdict on ``figures``; a blank counts as 0, a figure that is no number leaves it unreadable."""
        left, right = _values(self.left, figures), _values(self.right, figures)
        if left is None or right is None:
            return Verdict(Outcome.UNREADABLE, self.relation)
        left_sum, right_sum = _sum(left), _sum(right)
        if left_sum == right_sum or (self.relation == "<=" and left_sum < right_sum):
            entered = any(value for _, value in (*left, *right)) or not all(
                is_blank(figures.get(key)) for key in self.keys
            )
            return Verdict(
                Outcome.HOLDS if entered else Outcome.EMPTY, self.relation, left_sum, right_sum, left, right
            )
        return Verdict(Outcome.BROKEN, self.relation, left_sum, right_sum, left, right)


def _values(side: Iterable[Term], figures: Mapping[str, object]) -> tuple[tuple[int, Number], ...] | None:
    found = []
    for key, sign in side:
        figure = figures.get(key)
        # Nearly every figure is a whole number.
        value = figure if type(figure) is int else amount(figure)
        if value is None:
            return None
        found.append((sign, value))
    return tuple(found)


def _sum(side: tuple[tuple[int, Number], ...]) -> Number:
    total: Number = 0
    for sign, value in side:
        if value:
            total += value if sign > 0 else -value
    return total
