"""A balance is one object with four readings; here: the verdict, the sentence, the coefficients."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.samples import published
from xlreport.form.balance import Balance, Outcome, plain, terms
from xlreport.form.catalogue import form_of
from xlreport.rules.balance import IN_FORCE_BOUND

FORM = form_of("disclosure-2021")
FLOW = next(b for b in FORM.balances if b.rule.id == "flow" and b.about == "自然人")
RESULTS = next(b for b in FORM.balances if b.rule.id == "results" and b.about == "自然人")


def figures_of_xiji(**changes: int) -> dict[str, object]:
    figures = dict(published("xiji-2025").figures())
    figures.update({key.replace("__", "."): value for key, value in changes.items()})
    return figures


def test_a_broken_flow_is_told_with_both_sides_and_the_difference():
    verdict = FLOW.weigh(figures_of_xiji(applications__carried_out__natural_person=18))
    assert verdict.outcome is Outcome.BROKEN
    assert (verdict.left, verdict.right, verdict.difference) == (204, 203, 1)
    assert verdict.sentence == "167+37=204 ≠ 185+18=203，差1"


def test_a_long_side_is_told_by_its_parts_that_are_not_zero():
    verdict = RESULTS.weigh(figures_of_xiji(applications__results__granted__natural_person=97))
    assert verdict.sentence == "185 ≠ 97+49+1+44+1+11=203，差18"


def test_a_bound_is_told_as_exceeded():
    bound = Balance(rule=IN_FORCE_BOUND, left=terms("a"), right=terms("b", "c"), relation="<=")
    assert bound.weigh({"a": 5, "b": 1, "c": 1}).sentence == "5 > 1+1=2，超3"
    assert bound.weigh({"a": 2, "b": 1, "c": 1}).outcome is Outcome.HOLDS


def test_nothing_entered_is_neither_right_nor_wrong():
    assert FLOW.weigh({}).outcome is Outcome.EMPTY
    assert FLOW.weigh(dict.fromkeys(FLOW.keys, "/")).outcome is Outcome.EMPTY
    assert FLOW.weigh(dict.fromkeys(FLOW.keys, 0)).outcome is Outcome.HOLDS


def test_a_figure_that_is_no_number_leaves_the_balance_open():
    assert FLOW.weigh({"applications.new.natural_person": "167 件"}).outcome is Outcome.UNREADABLE


def test_decimals_are_exact():
    thirds = Balance(rule=IN_FORCE_BOUND, left=terms("sum"), right=terms("a", "b", "c"))
    tenth = Decimal("0.1")
    assert thirds.weigh({"sum": Decimal("0.3"), "a": tenth, "b": tenth, "c": tenth}).outcome is Outcome.HOLDS


@given(st.dictionaries(st.sampled_from(RESULTS.keys), st.integers(-(10**15), 10**15)))
def test_the_row_of_the_constraint_matrix_gives_the_same_difference(figures):
    weighed = RESULTS.weigh(figures)
    product = sum(sign * figures.get(key, 0) for key, sign in RESULTS.coefficients().items())
    assert weighed.difference == product
    assert (weighed.outcome is Outcome.BROKEN) == (product != 0)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_numbers_are_printed_without_exponent_or_idle_zeros(value):
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert "." not in text or text[-1] not in "0."
