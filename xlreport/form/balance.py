"""Balance rules as data: linear equations (or bounds) over cells.

One object has four readings: the Python verdict (``weigh``), the sentence a person reads (``Verdict.sentence``), the in-cell
spreadsheet formula (``xlreport.workbook.formulas``) and the row of a constraint matrix (``coefficients``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter, mul
from typing import Any, Literal, NamedTuple

from xlreport.form.figures import Number as Number
from xlreport.form.figures import amount, is_blank
from xlreport.form.figures import plain as plain
from xlreport.form.rule import Rule
from xlreport.form.verdict import Outcome as Outcome
from xlreport.form.verdict import Verdict as Verdict


class Term(NamedTuple):
    """One cell of an equation with its sign, +1 or -1."""

    key: str
    sign: int = 1


def terms(*keys: str) -> tuple[Term, ...]:
    """Return ``keys`` as terms; a key that begins with “-” is subtracted."""
    return tuple(Term(key[1:], -1) if key.startswith("-") else Term(key) for key in keys)


@dataclass(frozen=True)
class Balance:
    """``left`` = ``right`` (or ``<=``), by a ``rule``; ``about`` is what it is weighed for (“自然人”)."""

    rule: Rule
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

    @cached_property
    def _signed(self) -> tuple[tuple[int, ...], Callable[[Mapping[str, object]], Any]]:
        """The signs of all figures, those on the right turned round, and what takes the figures from a mapping."""
        signs = (*(term.sign for term in self.left), *(-term.sign for term in self.right))
        return signs, itemgetter(*self.keys)

    def plainly_holds(self, figures: Mapping[str, object]) -> bool:
        """True where every figure is a number and they hold the balance, as in nearly every report; what False means ``weigh`` tells."""
        signs, taken = self._signed
        try:
            rest = sum(map(mul, signs, taken(figures)))
        except (KeyError, TypeError):
            return False
        return rest == 0 or (self.relation == "<=" and rest < 0)

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
