"""Reading one cell: numbers are numbers, blanks are not zeros, text is kept."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.form.figures import amount, intended_number, is_blank, parse_figure


@pytest.mark.parametrize(
    ("raw", "figure"),
    [
        (None, None),
        ("", None),
        ("　 ", None),
        (167.0, 167),
        (72701.2578, Decimal("72701.2578")),
        ("72701.2578", Decimal("72701.2578")),
        ("167", "167"),
        ("167 件", "167 件"),
        (True, "TRUE"),
        (float("inf"), "inf"),
        (datetime(2025, 1, 1), "2025-01-01 00:00:00"),
    ],
)
def test_what_is_typed_is_kept(raw, figure):
    parsed = parse_figure(raw)
    assert parsed == figure
    assert type(parsed) is type(figure)


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        st.decimals(),
        st.binary(),
        st.datetimes(),
    )
)
def test_reading_never_fails(raw):
    assert parse_figure(raw) is None or isinstance(parse_figure(raw), (int, str, Decimal))


@pytest.mark.parametrize("mark", ["/", "／", "—", "-", "无", " / "])
def test_marks_for_nothing_count_as_zero(mark):
    assert is_blank(mark)
    assert amount(mark) == 0


def test_text_contributes_nothing_known_to_a_sum():
    assert amount("167 件") is None
    assert amount(None) == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("１６７", 167),
        ("167 件", 167),
        ("1,234", 1234),
        ("12.5万元", Decimal("12.5")),
        ("251000元", Decimal("25.1")),
        (" 0　", 0),
        ("许多", None),
        ("1e400", None),
    ],
)
def test_the_number_meant_is_recognised_for_a_proposal(typed, meant):
    assert intended_number(typed) == meant
