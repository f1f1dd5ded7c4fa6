"""What a person did when another figure was typed than was meant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.form.typing_errors import Reason, neighbours, slip


@pytest.mark.parametrize(
    ("typed", "meant", "reason"),
    [
        (97, 79, Reason.SWAPPED),
        (1324, 1234, Reason.SWAPPED),
        (1877, 187, Reason.EXTRA_DIGIT),
        (18, 187, Reason.MISSING_DIGIT),
        (0, 30, Reason.MISSING_DIGIT),
        (44, 49, Reason.WRONG_DIGIT),
        (44, 45, Reason.NEIGHBOUR_KEY),
        (47, 44, Reason.NEIGHBOUR_KEY),
        (-44, 44, Reason.SIGN),
        (12, 34, None),
        (1000, 10, None),
        (321, 123, None),
    ],
)
def test_one_edit_is_recognised(typed: int, meant: int, reason: Reason | None):
    assert slip(typed, meant) is reason


def test_amounts_are_compared_as_they_are_printed():
    assert slip(Decimal("72.75"), Decimal("72.57")) is Reason.SWAPPED
    assert slip(Decimal("7257"), Decimal("72.57")) is Reason.MISSING_DIGIT


@given(st.integers(0, 10**9))
def test_a_figure_is_no_slip_of_itself(figure: int):
    assert slip(figure, figure) is None


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_slip_is_as_far_back_as_forth(one: int, other: int):
    mirrored = {Reason.EXTRA_DIGIT: Reason.MISSING_DIGIT, Reason.MISSING_DIGIT: Reason.EXTRA_DIGIT}
    there = slip(one, other)
    assert slip(other, one) is (mirrored.get(there, there) if there else None)


def test_neighbouring_keys_are_those_of_the_pad_and_of_the_top_row():
    assert all(neighbours(a, b) and neighbours(b, a) for a, b in ("12", "90", "58", "01", "02", "47"))
    assert not any(neighbours(a, b) for a, b in ("19", "05", "37", "48"))
