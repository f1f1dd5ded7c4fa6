"""A figure as it is printed, read as a person reads it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.form.figures import Unit
from xlreport.sources.printed import read_printed


@pytest.mark.parametrize(
    ("text", "unit", "figure", "said"),
    [
        ("0", Unit.COUNT, 0, False),
        ("0　", Unit.COUNT, 0, False),
        (" 0", Unit.COUNT, 0, False),
        ("１６７", Unit.COUNT, 167, False),
        ("1,234", Unit.COUNT, 1234, False),
        ("1，234", Unit.COUNT, 1234, False),
        ("5.0", Unit.COUNT, 5, False),
        ("72701.2578", Unit.MONEY, Decimal("72701.2578"), False),
        ("+19", Unit.CHANGE, 19, False),
        ("-19", Unit.CHANGE, -19, False),
        ("减少3", Unit.CHANGE, -3, True),
        ("+19", Unit.COUNT, 19, True),
        ("22（其中修订16件）", Unit.COUNT, 22, True),
        ("167 件", Unit.COUNT, 167, True),
        ("240万元", Unit.MONEY, 240, True),
        ("251000元", Unit.MONEY, Decimal("25.1"), True),
        ("1.2亿元", Unit.MONEY, 12000, True),
        ("", Unit.COUNT, None, False),
        ("　", Unit.COUNT, None, False),
        # What may be read in two ways is not read.
        ("1,23", Unit.COUNT, "1,23", False),
        ("5\n3", Unit.COUNT, "5 3", False),
        ("约20", Unit.COUNT, "约20", False),
        ("3万元", Unit.COUNT, "3万元", False),
        ("22其中修订16", Unit.COUNT, "22其中修订16", False),
        ("1O", Unit.COUNT, "1O", False),
        ("±3", Unit.COUNT, "±3", False),
    ],
)
def test_it_reads_what_a_person_reads(text: str, unit: Unit, figure: Any, said: bool):
    read = read_printed(text, unit)
    assert (read.figure, bool(read.assumption)) == (figure, said)


@pytest.mark.parametrize("mark", ["/", "—", "——", "－", "无"])
def test_marks_for_nothing_are_blanks(mark: str):
    assert read_printed(mark, Unit.COUNT).figure is None


def test_a_fee_below_a_header_in_yuan_is_converted_and_said():
    assert read_printed("251000", Unit.MONEY, "元") == (Decimal("25.1"), "“251000元”换算为 25.1 万元")


@given(st.text(max_size=12))
def test_a_figure_other_than_the_digits_printed_is_always_said(text: str):
    read = read_printed(text, Unit.COUNT)
    if isinstance(read.figure, (int, Decimal)) and not read.assumption:
        import unicodedata

        plain = "".join(unicodedata.normalize("NFKC", text).replace(",", "").split()).strip(
            "\u200b\ufeff\u2060"
        )
        assert Decimal(plain) == read.figure
