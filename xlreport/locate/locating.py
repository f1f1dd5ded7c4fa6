"""``locate``: from balances that do not hold to the cells that are probably wrong.

The principle is that of Fellegi and Holt (1976): change as few cells as possible so that every balance holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from xlreport.form.balance import Balance, Number
from xlreport.form.declaration import Form
from xlreport.form.figures import Figure
from xlreport.form.grid import grid_of
from xlreport.form.typing_errors import Reason
from xlreport.form.weighing import Outcome
from xlreport.locate.ranking import CellChange, Context, Correction, explain, ranked
from xlreport.locate.search import Solutions, fewest, smallest
from xlreport.locate.solver import installed, smallest_by_solver
from xlreport.locate.system import System, Weights, systems, totals
from xlreport.rules.text.witnesses import Witness

#: So many changes at most are looked for; beyond them the solver, where installed, is asked, up to a number that still explains something.
MOST, MOST_BY_SOLVER = 6, 8
#: Seconds for each independent part, and the number of corrections after which looking for more is pointless.
SECONDS, CORRECTIONS = 0.2, 50
SOLVER_SECONDS = 2.0

_TELLING = frozenset(Reason) - {Reason.STALE_TOTAL, Reason.DEDUCED}


class Cluster(NamedTuple):
    """Balances that hang together, those of them that are broken, and every smallest correction, most plausible first.

    ``complete`` is false where the search was cut off: there may be other corrections, or smaller ones.
    No corrections and ``complete`` means that no change of up to ``MOST`` cells mends everything.
    """

    balances: tuple[Balance, ...]
    broken: tuple[Balance, ...]
    corrections: tuple[Correction, ...]
    complete: bool

    def likely(self, change: CellChange) -> bool:
        """True if a change may be called 很可能: every correction has it, and something explains how it came about.

        A correction of more cells than balances are broken has to make up for its own changes, which nobody's slip of the hand does.
        """
        agreed = all(change in correction.changes for correction in self.corrections)
        simple = all(len(correction.changes) <= len(self.broken) for correction in self.corrections)
        return self.complete and agreed and simple and change.reason in _TELLING


class Localisation(NamedTuple):
    """The independent parts of a report in which something is wrong."""

    parts: tuple[Cluster, ...]

    @property
    def complete(self) -> bool:
        """True if no part's search was cut off."""
        return all(part.complete for part in self.parts)


def locate(
    form: Form,
    balances: Iterable[Balance],
    figures: Mapping[str, Figure],
    *,
    weights: Weights | None = None,
    said: Sequence[Witness] = (),
    seconds: float = SECONDS,
) -> Localisation:
    """Return the smallest corrections of ``figures`` with which all ``balances`` hold.

    Only equalities count. ``weights`` says what changing a cell costs (small whole numbers; 0 free, ``None`` fixed); without it, last year's
    figures are fixed, text without a number and blank totals are free, and every other cell costs 1. What is ``said`` in the text has a voice in
    which of equally small corrections comes first, and none in what mends the balances.
    """
    equalities = [balance for balance in balances if balance.relation == "="]
    parts = []
    for system in systems(form, equalities, figures, weights or {}):
        if system.disturbed:
            found = smallest(system, MOST, seconds, CORRECTIONS)
            if not found.solutions and installed() and fewest(system) <= MOST_BY_SOLVER:
                found = smallest_by_solver(system, SOLVER_SECONDS, CORRECTIONS)
            parts.append(_part(form, system, found, figures, said))
    return Localisation(tuple(parts))


def _part(
    form: Form, system: System, found: Solutions, figures: Mapping[str, Figure], said: Sequence[Witness]
) -> Cluster:
    tables = {unknown.key.partition(".")[0] for unknown in system.unknowns}
    places = {
        key: (table.key, place)
        for table in form.tables
        if table.key in tables
        for key, place in grid_of(table).figures.items()
    }
    setting = Context(places, totals(system.balances), said)
    corrections = [
        explain(
            {system.unknowns[index].key: system.figure(value) for index, value in sorted(solution.items())},
            figures,
            setting,
        )
        for solution in found.solutions
    ]
    as_said = _as_said(system, figures, said)
    if as_said and as_said not in [{c.key: c.to for c in correction.changes} for correction in corrections]:
        corrections.append(explain(as_said, figures, setting))
    return Cluster(system.balances, system.broken, ranked(corrections, setting), not found.cut_off)


def _as_said(system: System, figures: Mapping[str, Figure], said: Sequence[Witness]) -> dict[str, Number]:
    """The figures that the text gives for cells of a part, where they differ and mend everything together; else nothing."""
    cells = {unknown.key for unknown in system.unknowns}
    told = {
        witness.meanings[0].cells[0]: witness.claim.value
        for witness in said
        if len(witness.meanings) == 1 and len(witness.meanings[0].terms) == 1
    }
    changed = {key: value for key, value in told.items() if key in cells and figures.get(key) != value}
    mended = {**figures, **changed}
    sound = all(balance.weigh(mended).outcome is not Outcome.BROKEN for balance in system.balances)
    return changed if changed and sound and len(changed) <= MOST else {}
