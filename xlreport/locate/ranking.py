"""Why each cell of a solution came to be wrong, and how plausible that makes the solution.

The likelihoods are rough on purpose: only their order matters. A figure of n digits had n chances to be mistyped, so a longer figure is
the likelier culprit; a change that nothing explains is rare; of a total and a part that explain as much, the part comes first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlreport.form.balance import Number, plain
from xlreport.form.figures import Figure, amount, intended_number, is_blank
from xlreport.form.grid import GridCell
from xlreport.form.typing_errors import SHORTEST_TELLING, Reason, slip
from xlreport.rules.text.witnesses import Witness

#: How often each kind of typing error is made (Scholtus 2009), over the number of outcomes it could have had.
_REPLACED, _OMITTED, _SWAPPED, _ADDED = 112 / 152 / 9, 15 / 152, 14 / 152, 11 / 152 / 10
_NOT_ENTERED, _SHIFTED, _STALE, _UNEXPLAINED = 0.2, 0.2, 0.004, 0.0005
_TOTAL = 0.7
#: How common a figure is in a part: most are 0, and of the others small ones are commoner, as 1 / value.
_ZERO, _ONE = 0.7, 0.026


class CellChange(NamedTuple):
    """A cell, the figure typed, the figure it should hold, and why."""

    key: str
    was: Figure
    to: Number
    reason: Reason


class Correction(NamedTuple):
    """Changes that mend everything together, and how plausible they are (a logarithm: higher is likelier)."""

    changes: tuple[CellChange, ...]
    plausibility: float


class Context(NamedTuple):
    """What is known of the cells: where they lie on the form, which of them are totals, and what the text says of them."""

    places: Mapping[str, tuple[str, GridCell]]
    totals: set[str]
    said: Sequence[Witness] = ()


def explain(values: Mapping[str, Number], figures: Mapping[str, Figure], setting: Context) -> Correction:
    """Return the solution ``values`` (new figures by key) with a reason for each change."""
    changes = []
    plausibility = 0.0
    for key, to in values.items():
        was = figures.get(key)
        shift = _shift(key, values, figures, setting)
        reason = shift or _reason(was, to, key in setting.totals)
        likelihood = _SHIFTED if shift else _likelihood(was, to, key in setting.totals)
        changes.append(CellChange(key, was, to, reason))
        # What a total should be follows from its parts, whatever it is.
        frequency = _TOTAL if key in setting.totals else _frequency(to) / _frequency(amount(was) or 0)
        plausibility += math.log(likelihood * frequency)
    plausibility += sum(witness.voice for witness in setting.said if witness.bears_out(values, figures))
    return Correction(tuple(changes), plausibility)


def ranked(corrections: list[Correction], setting: Context) -> tuple[Correction, ...]:
    """Return the most plausible correction first; then larger figures before smaller, parts before totals."""

    def order(correction: Correction) -> tuple[float, Number, int]:
        size = sum(max(amount(change.was) or 0, change.to) for change in correction.changes)
        return (
            -round(correction.plausibility, 6),
            -size,
            sum(c.key in setting.totals for c in correction.changes),
        )

    return tuple(sorted(corrections, key=order))


def _reason(was: Figure, to: Number, total: bool) -> Reason:
    if is_blank(was):
        return Reason.NOT_ENTERED
    typed = _typed(was)
    if isinstance(was, str) and typed == to:
        return Reason.TEXT
    edit = slip(typed, to) if typed is not None else None
    if edit is Reason.SIGN or (edit and typed is not None and min(typed, to) >= SHORTEST_TELLING):
        return edit
    return Reason.STALE_TOTAL if total else Reason.DEDUCED


def _typed(was: Figure) -> Number | None:
    """The number typed, read as a person reads it where it is text."""
    return intended_number(was) if isinstance(was, str) else was


def _likelihood(was: Figure, to: Number, total: bool) -> float:
    """How likely ``was`` is typed where ``to`` is meant; the n chances of n digits are counted in."""
    typed = _typed(was)
    if typed is None or typed == to:
        return _NOT_ENTERED
    digits = len(plain(to))
    match slip(typed, to):
        case Reason.SWAPPED:
            return _SWAPPED * digits / (digits - 1)
        case Reason.EXTRA_DIGIT:
            return _ADDED * digits / (digits + 1)
        case Reason.MISSING_DIGIT:
            return _OMITTED
        case None:
            return _STALE if total else _UNEXPLAINED
        case _:
            return _REPLACED


def _frequency(figure: Number) -> float:
    return _ONE / float(figure) if figure >= 1 else _ZERO


def _shift(
    key: str, values: Mapping[str, Number], figures: Mapping[str, Figure], setting: Context
) -> Reason | None:
    """The shift by which a figure came to stand in the next row or column, if both places are among the changes."""
    for other in values:
        received, given = amount(figures.get(other)), amount(figures.get(key))
        if (received and received == values[key]) or (given and given == values[other]):
            direction = _direction(key, other, setting)
            if direction:
                return direction
    return None


def _direction(one: str, other: str, setting: Context) -> Reason | None:
    if one == other or one not in setting.places or other not in setting.places:
        return None
    (table, a), (other_table, b) = setting.places[one], setting.places[other]
    if table != other_table:
        return None
    if a.column == b.column and (a.row + a.row_span == b.row or b.row + b.row_span == a.row):
        return Reason.ROW_SHIFT
    if a.row == b.row and (a.column + a.column_span == b.column or b.column + b.column_span == a.column):
        return Reason.COLUMN_SHIFT
    return None
