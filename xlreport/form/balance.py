"""Balance rules as data: linear equations (or bounds) over cells.

One object has four readings: the Python verdict (``weigh``), the sentence a person reads (``Weighing.sentence``), the in-cell
spreadsheet formula (``xlreport.workbook.formulas``) and the row of a constraint matrix (``coefficients``).
"""

from dataclasses import dataclass

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
