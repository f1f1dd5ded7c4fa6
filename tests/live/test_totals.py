"""Totals are what the balances say, wherever nothing is entered and only there."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import balanced_figures, complete
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.live.totals import blank_totals

FORM = form_of(CURRENT)
TOTALS = [
    balance.left[0].key for balance in FORM.balances if balance.rule.id in ("results", "applicants", "cases")
]


@settings(max_examples=30)
@given(figures=balanced_figures(FORM), data=st.data())
def test_blank_totals_of_balanced_figures_come_back(figures: dict[str, int], data: st.DataObject) -> None:
    blank = data.draw(st.sets(st.sampled_from(TOTALS)))
    known: dict[str, Any] = {key: None if key in blank else value for key, value in figures.items()}
    assert blank_totals(FORM, known) == {key: figures[key] for key in blank}


def test_nothing_entered_gives_no_totals() -> None:
    assert blank_totals(FORM, dict.fromkeys(FORM.cells)) == {}


def test_a_total_that_cannot_be_told_stays_blank() -> None:
    figures = complete().figures()
    both = "applications.results.total.total"
    wrong = figures | {both: None, "applications.results.total.natural_person": 1}
    assert blank_totals(FORM, wrong) == {}
    text = figures | {"applications.new.total": None, "applications.new.commercial": "三件"}
    assert blank_totals(FORM, text) == {}


def test_marks_for_nothing_count_as_nothing_and_are_not_overwritten() -> None:
    figures = complete().figures()
    marked = figures | {"applications.new.commercial": "/", "applications.new.total": None}
    rest = [
        term.key
        for b in FORM.balances
        if b.left[0].key == "applications.new.total" and b.rule.id == "applicants"
        for term in b.right
    ]
    wanted = sum(figures[key] for key in rest if key != "applications.new.commercial")  # type: ignore[misc]
    assert blank_totals(FORM, marked) == {"applications.new.total": wanted}
    assert blank_totals(FORM, figures | {"applications.new.total": "/"}) == {}
