"""Balance rules as data: linear equations (or bounds) over cells.

One object has four readings: the Python verdict (``weigh``), the sentence a person reads (``Weighing.sentence``), the in-cell
spreadsheet formula (``xlreport.workbook.formulas``) and the row of a constraint matrix (``coefficients``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter, mul
from typing import Any

from xlreport.form.figures import Number as Number
from xlreport.form.figures import plain as plain
from xlreport.form.linear import Sign, Weighable
from xlreport.form.linear import Term as Term
from xlreport.form.rule import Rule
from xlreport.form.weighing import Outcome as Outcome
from xlreport.form.weighing import Weighing as Weighing


def terms(*keys: str) -> tuple[Term, ...]:
    """Return ``keys`` as terms; a key that begins with “-” is subtracted."""
    return tuple(Term(key[1:], -1) if key.startswith("-") else Term(key) for key in keys)


@dataclass(frozen=True)
class Balance(Weighable):
    """``left`` = ``right`` (or ``<=``), by a ``rule``; ``about`` is what it is weighed for (“自然人”). A figure is added once or subtracted once."""

    rule: Rule
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Sign = "="
    about: str = ""

    def coefficients(self) -> dict[str, int]:
        """Return the row of the constraint matrix: left minus right, by key."""
        found: dict[str, int] = {}
        for sign, side in ((1, self.left), (-1, self.right)):
            for key, factor in side:
                found[key] = found.get(key, 0) + sign * int(factor)
        return {key: value for key, value in found.items() if value}

    @cached_property
    def _signed(self) -> tuple[tuple[int, ...], Callable[[Mapping[str, object]], Any]]:
        """The signs of all figures, those on the right turned round, and what takes the figures from a mapping."""
        row = self.coefficients()
        return tuple(row.values()), itemgetter(*row)

    def plainly_holds(self, figures: Mapping[str, object]) -> bool:
        """True where every figure is a number and they hold the balance, as in nearly every report; what False means ``weigh`` tells."""
        signs, taken = self._signed
        try:
            rest = sum(map(mul, signs, taken(figures)))
        except (KeyError, TypeError):
            return False
        return rest == 0 or (self.relation == "<=" and rest < 0)
