"""What weighing a balance comes to: held or not, and the figures on both sides."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from xlreport.form.figures import Number, plain


class Outcome(StrEnum):
    """What weighing a balance can come to."""

    HOLDS = "holds"
    BROKEN = "broken"
    EMPTY = "empty"  # nothing entered yet
    UNREADABLE = "unreadable"  # one of the cells is no number


class Weighing(NamedTuple):
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


def _side(parts: tuple[tuple[int, Number], ...], total: Number) -> str:
    shown = [(sign, value) for sign, value in parts if value]
    if (len(parts) > 3 and len(shown) <= 1) or len(parts) == 1:
        return plain(total)
    text = "".join(
        ("−" if sign < 0 else "+") + (f"({plain(value)})" if value < 0 else plain(value))
        for sign, value in (shown if len(parts) > 3 else parts)
    )
    return f"{text.removeprefix('+')}={plain(total)}"
