"""The same question as a mixed-integer programme, for what the search does not reach: HiGHS through the extra ``xlreport[solver]``.

Least Σ weight·δ with xᵢ⁰(1−δᵢ) ≤ xᵢ ≤ xᵢ⁰ + (U−xᵢ⁰)δᵢ. Further optima are found by forbidding those already seen. The values xᵢ are
left continuous, which is some thirty times faster; and the solver computes with floating point and has returned "optima" that break
an equation. So an answer is only a set of cells, whose values are worked out again in whole numbers.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from importlib.util import find_spec

from xlreport.locate.search import Solution, Solutions, settle
from xlreport.locate.system import System

#: A set of cells by index, as the solver chose them.
Choice = frozenset[int]


def installed() -> bool:
    """True if the extra is installed."""
    return find_spec("scipy") is not None


def smallest_by_solver(system: System, seconds: float, solutions: int) -> Solutions:
    """Return all solutions of least total weight, not more than ``solutions`` of them; raises ``ImportError`` without the extra."""
    deadline = time.perf_counter() + seconds
    seen: list[Choice] = []
    found: list[Solution] = []
    while len(found) < solutions:
        left = deadline - time.perf_counter()
        choice, proven = choose(system, seen, left) if left > 0 else (None, False)
        if choice is None:
            return Solutions(tuple(found), not proven)
        if found and _weight(system, choice) > _weight(system, found[0]):
            return Solutions(tuple(found), False)
        seen.append(choice)
        # What the solver chose may name a cell that need not change, and so come to less than what was found before.
        solution = settle(system, choice)
        if solution is not None and solution not in found:
            lighter = not found or _weight(system, solution) < _weight(system, found[0])
            found = [solution] if lighter else [*found, solution]
            if not _weight(system, solution):
                return Solutions(tuple(found), False)
    return Solutions(tuple(found), True)


def _weight(system: System, cells: Iterable[int]) -> int:
    return sum(system.unknowns[index].weight for index in cells)


def choose(system: System, forbidden: Collection[Choice], seconds: float) -> tuple[Choice | None, bool]:
    """Return the cheapest set of cells that is none of ``forbidden`` (free cells aside), and whether the answer is proven.

    ``None`` and true: there is none. ``None`` and false: time ran out; what the solver had by then is not worth showing.
    """
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    size = len(system.unknowns)
    try:
        start = numpy.array([float(unknown.start) for unknown in system.unknowns])
        step = numpy.array([float(unknown.step) for unknown in system.unknowns])
    except OverflowError:  # nonsense in a cell, in so fine a unit that the solver cannot count in it
        return None, False
    largest = 10 * max(1.0, start.max()) + 100 * system.scale
    # Variables: the values in steps, then the δ that allow them to differ from what was typed.
    entries = [(r, i, f * step[i]) for r, row in enumerate(system.rows) for i, f in row.coefficients.items()]
    fixed = [sum(f * start[i] for i, f in row.coefficients.items()) - row.residual for row in system.rows]
    below, above, top = list(fixed), list(fixed), len(fixed)
    for i in range(size):
        entries += [(top + 2 * i, i, step[i]), (top + 2 * i, size + i, start[i])]
        entries += [(top + 2 * i + 1, i, step[i]), (top + 2 * i + 1, size + i, start[i] - largest)]
        below += [start[i], -numpy.inf]
        above += [numpy.inf, start[i]]
    paid = [i for i in range(size) if system.unknowns[i].weight]
    for choice in forbidden:
        entries += [(len(below), size + i, 1.0 if i in choice else -1.0) for i in paid]
        below.append(-numpy.inf)
        above.append(sum(i in choice for i in paid) - 1.0)
    rows, columns, values = zip(*entries, strict=True)
    answer = milp(
        numpy.array([0.0] * size + [float(unknown.weight) for unknown in system.unknowns]),
        constraints=LinearConstraint(
            csr_array((values, (rows, columns)), (len(below), 2 * size)), below, above
        ),
        bounds=Bounds([0.0] * 2 * size, [*(largest / step), *[1.0] * size]),
        integrality=numpy.repeat([0, 1], size),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    if answer.status != 0:
        return None, bool(answer.status == 2)
    return frozenset(i for i in range(size) if answer.x[size + i] > 0.5), True
