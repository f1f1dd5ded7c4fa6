"""No typing error in a cell that takes part in a balance goes unseen."""

from __future__ import annotations

import os
from itertools import islice

import pytest

from benchmarks.mutations import Mistake, mistakes, outcomes, reports
from xlreport.form.figures import amount
from xlreport.rules.rule import Evidence

#: Every so many mistakes are tried; 1 by hand for all of them.
STRIDE = int(os.environ.get("XLREPORT_MUTATION_STRIDE", "12"))
REPORTS = dict(reports())


@pytest.mark.parametrize("name", REPORTS)
def test_no_mistake_in_a_cell_of_a_balance_goes_unseen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = REPORTS[name]
    tried = list(islice(mistakes(evidence.form, evidence.figures), 0, None, STRIDE))
    monkeypatch.setattr("benchmarks.mutations.mistakes", lambda *_: tried)
    balanced = {
        key
        for balance in evidence.form.balances
        for key in balance.keys
        if balance.rule.level == "error" and balance.rule.id != "carried"
    }
    for outcome in outcomes(evidence):
        keys = outcome.mistake.figures.keys()
        if len(keys) == 1 and keys <= balanced:
            assert outcome.rules, outcome.mistake
            if changes_the_sum(evidence, outcome.mistake):
                assert outcome.is_error, outcome.mistake
        # Whatever is not seen keeps every balance that blocks: no rule could have known.
        assert outcome.rules or outcome.balanced, outcome.mistake


def changes_the_sum(evidence: Evidence, mistake: Mistake) -> bool:
    """True unless a 0 was left blank, which counts as 0."""
    return any(amount(value) != amount(evidence.figures[key]) for key, value in mistake.figures.items())
