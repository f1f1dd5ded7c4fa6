"""The declared equations themselves: no contradiction, and which of them follow from the others."""

from __future__ import annotations

import pytest

from tests.locate.made_up import pivots, rank, spans
from xlreport.form.balance import Balance
from xlreport.form.catalogue import MODULES, form_of
from xlreport.form.declaration import PREVIOUS

#: Equations, and how many of them follow from the others: in table 3, summing over columns and over rows comes to the same.
REDUNDANT = {"disclosure-2021": {"applications": (39, 2), "cases": (3, 0)}}


def within(form_id: str, table: str) -> list[Balance]:
    return [
        b
        for b in form_of(form_id).balances
        if b.relation == "=" and all(key.startswith(table + ".") for key in b.keys)
    ]


@pytest.mark.parametrize("form_id", MODULES)
def test_redundancy_is_known(form_id: str):
    found = {}
    for table in form_of(form_id).tables:
        rows = [b.coefficients() for b in within(form_id, table.key)]
        if rows:
            found[table.key] = (len(rows), len(rows) - rank(rows))
    assert found == REDUNDANT.get(form_id, found)
    assert all(redundant < equations for equations, redundant in found.values())


@pytest.mark.parametrize("form_id", MODULES)
def test_no_equation_contradicts_another(form_id: str):
    # Without constants, equations always have the solution 0; a contradiction can only force a cell to be 0 or below.
    form = form_of(form_id)
    for table in form.tables:
        rows = [b.coefficients() for b in within(form_id, table.key)]
        found = pivots(rows)
        for cell in table.cells:
            assert not spans(found, {cell.key: 1}), f"{cell.key} can only be 0"


@pytest.mark.parametrize("form_id", MODULES)
def test_no_equation_is_declared_twice_or_empty(form_id: str):
    seen = set()
    for balance in form_of(form_id).balances:
        row = balance.coefficients()
        assert len(row) > 1 or any(key.startswith(PREVIOUS) for key in row)
        line = (balance.relation, frozenset(row.items()))
        assert line not in seen
        seen.add(line)
