"""The smallest sets of cells whose change mends every equation: iterative deepening with exact elimination.

A broken equation can only be mended by changing one of its cells. So: take the broken equation with the fewest cells, suppose
in turn that each of them is wrong, and *eliminate* that cell (its value is then whatever is needed). What is left are equations
that hold for every value of the cells supposed so far; if one of them is still broken, another cell must be wrong as well. A cell
once tried is held right in the branches after its own, so every set is met exactly once, and none is missed: unlike letting one cell
absorb a difference at once, this also sees several wrong cells in one equation.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xlreport.locate.system import Row, System, without

#: A set of changes: scaled new values by the unknown's index.
Solution = dict[int, int]


class Solutions(NamedTuple):
    """The cheapest solutions; ``cut_off`` if time or the allowed number of solutions ran out before all were seen."""

    solutions: tuple[Solution, ...]
    cut_off: bool


class _CutOff(Exception):
    """Raised when time or the allowed number of solutions has run out."""


def smallest(system: System, most: int, seconds: float, solutions: int) -> Solutions:
    """Return all solutions of least total weight, at most ``most``; not more than ``solutions`` of them.

    Nothing is returned from a round that ran out of time before it found anything.
    """
    search = _Search(system, time.perf_counter() + seconds, solutions)
    try:
        for budget in range(search.at_least(search.rows, search.payable), most + 1):
            search.extend(search.rows, search.payable, budget, ())
            if search.found:
                break
    except _CutOff:
        return Solutions(tuple(search.found), True)
    return Solutions(tuple(search.found), False)


def fewest(system: System) -> int:
    """Return a weight that mending the system cannot stay below; quick."""
    search = _Search(system, 0.0, 1)
    return search.at_least(search.rows, search.payable)


def settle(system: System, cells: Iterable[int]) -> Solution | None:
    """Return the solution that changes just these cells (and free ones); ``None`` if there is none, or more than one."""
    search = _Search(system, 0.0, 1)
    rows, pivots = search.rows, []
    for index in cells:
        if search.weights[index]:
            if not any(row.mask >> index & 1 for row in rows):
                return None
            pivot, rows = eliminate(rows, index)
            pivots.append((index, pivot))
    if not any(row.residual for row in rows):
        search.record(tuple(pivots))
    return search.found[0] if search.found else None


class _Search:
    """One search: the system after its free cells are eliminated, and what has been found."""

    def __init__(self, system: System, deadline: float, solutions: int) -> None:
        self.system, self.deadline, self.limit = system, deadline, solutions
        self.found: list[Solution] = []
        self.weights = [unknown.weight for unknown in system.unknowns]
        self.cheapest = min((weight for weight in self.weights if weight), default=1)
        self.rows: tuple[Row, ...] = system.rows
        self.freed: list[tuple[int, Row]] = []
        self.open = 0  # free cells that the equations do not determine
        self.payable = 0
        for index, weight in enumerate(self.weights):
            if weight:
                self.payable |= 1 << index
            elif any(row.mask >> index & 1 for row in self.rows):
                pivot, self.rows = eliminate(self.rows, index)
                self.freed.append((index, pivot))
            else:
                self.open |= 1 << index

    def at_least(self, rows: Iterable[Row], allowed: int) -> int:
        """Return what mending ``rows`` costs at least: broken equations without a common cell need a change each."""
        apart, seen = 0, 0
        for row in sorted((r for r in rows if r.residual), key=lambda r: (r.mask & allowed).bit_count()):
            if not row.mask & allowed & seen:
                seen |= row.mask & allowed
                apart += self.cheapest
        return apart

    def extend(
        self, rows: tuple[Row, ...], allowed: int, budget: int, pivots: tuple[tuple[int, Row], ...]
    ) -> None:
        """Record every solution that changes the cells of ``pivots`` and, for ``budget`` at most, some of ``allowed``."""
        if time.perf_counter() > self.deadline:
            raise _CutOff
        broken = [row for row in rows if row.residual]
        if not broken:
            self.record(pivots)
        elif budget < 2 * self.cheapest:
            for index in self.last(rows, broken, allowed):
                if self.weights[index] <= budget:
                    self.record((*pivots, (index, broken[0])))
        elif self.at_least(broken, allowed) <= budget:
            shortest = min(broken, key=lambda row: (row.mask & allowed).bit_count())
            for index in bits(shortest.mask & allowed):
                allowed &= ~(1 << index)
                if self.weights[index] <= budget:
                    pivot, rest = eliminate(rows, index)
                    self.extend(rest, allowed, budget - self.weights[index], (*pivots, (index, pivot)))

    def last(self, rows: tuple[Row, ...], broken: list[Row], allowed: int) -> Iterator[int]:
        """Yield the cells that mend everything alone: in every broken equation, in no other, by the same amount."""
        for row in rows:
            allowed &= row.mask if row.residual else ~row.mask
        for index in bits(allowed):
            first = broken[0]
            if all(
                row.residual * first.coefficients[index] == first.residual * row.coefficients[index]
                for row in broken
            ):
                yield index

    def record(self, pivots: tuple[tuple[int, Row], ...]) -> None:
        """Work out the values from the last pivot back; keep the solution if every cell may hold its value."""
        changes: dict[int, int] = {}
        open_cells, solution = self.open, {}
        for index, pivot in reversed((*self.freed, *pivots)):
            if pivot.mask & open_cells:
                open_cells |= 1 << index
                continue
            needed = -pivot.residual - sum(
                factor * changes[other] for other, factor in pivot.coefficients.items() if other in changes
            )
            change, rest = divmod(needed, pivot.coefficients[index])
            value = self.system.unknowns[index].start + change
            if rest or not self.system.admits(index, value):
                return
            changes[index] = change
            if change or isinstance(self.system.unknowns[index].was, str):
                solution[index] = value
        if len(self.found) == self.limit:
            raise _CutOff
        self.found.append(solution)


def eliminate(rows: tuple[Row, ...], index: int) -> tuple[Row, tuple[Row, ...]]:
    """Return the shortest row with that unknown, and the others without the unknown."""
    bit = 1 << index
    pivot = min((row for row in rows if row.mask & bit), key=lambda row: len(row.coefficients))
    return pivot, tuple(
        without(index, row, pivot) if row.mask & bit else row for row in rows if row is not pivot
    )


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
