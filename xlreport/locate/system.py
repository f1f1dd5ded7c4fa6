"""The balances around a broken one as a system of linear equations in whole numbers.

The unknowns are the *changes* of cells: Σ coefficient · change = −residual. Figures with decimals are scaled up until all are
whole, so nothing is ever rounded. Systems that share no cell are independent and come apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from xlreport.form.balance import Balance, Number
from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.figures import Figure, Unit, amount, intended_number, is_blank

#: What it costs to change a cell; 0 leaves it free, ``None`` holds it fixed.
Weights = Mapping[str, int | None]


class Unknown(NamedTuple):
    """A cell that may change: its figure as typed, the scaled number it counts for, the step between values it may take."""

    key: str
    was: Figure
    start: int
    step: int
    weight: int


class Row(NamedTuple):
    """One equation over changes: coefficients by the unknown's index, the same indices as a bit mask, the residual."""

    coefficients: dict[int, int]
    mask: int
    residual: int


class System(NamedTuple):
    """Equations connected through their cells. Values are figures times ``scale``."""

    unknowns: tuple[Unknown, ...]
    rows: tuple[Row, ...]
    balances: tuple[Balance, ...]
    scale: int

    @property
    def disturbed(self) -> bool:
        """True if an equation does not hold, or cannot be read."""
        return any(row.residual for row in self.rows) or any(_unreadable(cell.was) for cell in self.unknowns)

    @property
    def broken(self) -> tuple[Balance, ...]:
        """The balances that do not hold as typed."""
        return tuple(b for b, row in zip(self.balances, self.rows, strict=True) if row.residual)

    def admits(self, index: int, value: int) -> bool:
        """True if the cell may hold that scaled value: not below zero, and a whole number where 件 are counted."""
        return value >= 0 and value % self.unknowns[index].step == 0

    def figure(self, value: int) -> Number:
        """Return a scaled value as a figure."""
        whole, rest = divmod(value, self.scale)
        return Decimal(f"{value}E-{len(str(self.scale)) - 1}") if rest else whole


def systems(
    form: Form, balances: Iterable[Balance], figures: Mapping[str, Figure], weights: Weights
) -> tuple[System, ...]:
    """Return the independent systems that ``balances`` fall into, those without a cell that may change left out.

    Last year's figures are fixed, and balances in which they cannot be read are left out; ``weights`` overrides the weights that follow from the figures.
    """
    chosen = tuple(b for b in balances if not any(_illegible(key, figures) for key in b.keys))
    free = _default_weights(chosen, figures)
    cost: dict[str, int | None] = {}
    for balance in chosen:
        for key in balance.keys:
            if key not in cost:
                cost[key] = weights.get(key, None if key.startswith(PREVIOUS) else free.get(key, 1))
    return tuple(
        _system(form, group, figures, cost)
        for group in _connected(chosen, {key for key, weight in cost.items() if weight is not None})
    )


def _illegible(key: str, figures: Mapping[str, Figure]) -> bool:
    """True for a figure of last year that cannot be read, and so cannot be held against this year's."""
    return key.startswith(PREVIOUS) and (key not in figures or _unreadable(figures[key]))


def _default_weights(balances: tuple[Balance, ...], figures: Mapping[str, Figure]) -> dict[str, int]:
    """The cells that are free because they are known to be wrong: no number, a number below zero, a total left blank.

    Any other blank counts as the 0 it stands for: many offices leave zeros out, and a table full of free cells explains everything.
    """
    read = dict.fromkeys(key for balance in balances for key in balance.keys)
    odd = {key for key in read if not _is_plain(figures.get(key))}
    free = {key: 0 for key in odd if _unreadable(figures.get(key)) or _start(figures.get(key)) < 0}
    for balance in balances:
        for key in odd & totals((balance,)) if odd.intersection(balance.keys) else ():
            if is_blank(figures.get(key)) and balance.weigh(figures).difference:
                free[key] = 0
    return free


def _is_plain(figure: Figure) -> bool:
    return type(figure) is int and figure >= 0


def totals(balances: Iterable[Balance]) -> set[str]:
    """Return the cells that stand alone against a sum of others."""
    found = set()
    for balance in balances:
        for side, other in ((balance.left, balance.right), (balance.right, balance.left)):
            if len(side) == 1 < len(other):
                found.add(side[0].key)
    return found


def _connected(balances: tuple[Balance, ...], changeable: set[str]) -> list[tuple[Balance, ...]]:
    """Group balances that share changeable cells, directly or through others."""
    groups: list[tuple[set[str], list[Balance]]] = []
    for balance in balances:
        keys = changeable.intersection(balance.keys)
        if not keys:
            continue
        joined = [balance]
        for group in [g for g in groups if not g[0].isdisjoint(keys)]:
            groups.remove(group)
            keys |= group[0]
            joined = group[1] + joined
        groups.append((keys, joined))
    return [tuple(group) for _, group in groups]


def _system(
    form: Form, balances: tuple[Balance, ...], figures: Mapping[str, Figure], cost: Weights
) -> System:
    keys = dict.fromkeys(key for balance in balances for key in balance.keys)
    numbers = {key: _start(figures.get(key)) for key in keys}
    scale = 10 ** max(_decimals(number) for number in numbers.values())
    values = {
        key: number * scale if isinstance(number, int) else int(Fraction(number) * scale)
        for key, number in numbers.items()
    }
    unknowns = []
    cells = form.cells
    for key in keys:
        weight = cost[key]
        if weight is not None:
            step = 1 if key in cells and cells[key].unit is Unit.MONEY else scale
            unknowns.append(Unknown(key, figures.get(key), values[key], step, weight))
    index = {unknown.key: position for position, unknown in enumerate(unknowns)}
    rows = []
    for balance in balances:
        coefficients = balance.coefficients()
        residual = sum(factor * values[key] for key, factor in coefficients.items())
        changeable = {index[key]: factor for key, factor in coefficients.items() if key in index}
        rows.append(Row(changeable, sum(1 << place for place in changeable), residual))
    return System(tuple(unknowns), tuple(rows), balances, scale)


def without(index: int, target: Row, pivot: Row) -> Row:
    """Return ``target`` with the unknown ``index`` eliminated by means of ``pivot``, in smallest whole numbers."""
    ours, theirs = target.coefficients[index], pivot.coefficients[index]
    if theirs < 0:
        ours, theirs = -ours, -theirs
    mask = target.mask
    found = dict(target.coefficients)
    if theirs != 1:
        found = {key: value * theirs for key, value in found.items()}
    for key, value in pivot.coefficients.items():
        total = found.get(key, 0) - ours * value
        if total:
            found[key] = total
            mask |= 1 << key
        else:
            del found[key]
            mask ^= 1 << key
    residual = target.residual * theirs - ours * pivot.residual
    if theirs != 1:
        divisor = math.gcd(residual, *found.values())
        if divisor > 1:
            found, residual = {key: value // divisor for key, value in found.items()}, residual // divisor
    return Row(found, mask, residual)


def _unreadable(figure: Figure) -> bool:
    return isinstance(figure, str) and amount(figure) is None and intended_number(figure) is None


def _start(figure: Figure) -> Number:
    """The number a figure counts for: what a person reads in a text, 0 where that is nothing."""
    if isinstance(figure, int):
        return figure
    number = amount(figure)
    return number if number is not None else intended_number(str(figure)) or 0


def _decimals(number: Number) -> int:
    exponent = 0 if isinstance(number, int) else number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
