"""Places are read as programs write them, and written as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.ooxml.addresses import (
    Area,
    address_of,
    area_of,
    column_of,
    corners_of,
    letters,
    parts_of,
    quoted,
    spot_of,
)


def test_columns_are_counted_from_a():
    assert [column_of(text) for text in ("A", "Z", "AA", "az", "XFD")] == [1, 26, 27, 52, 16384]


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_a_place_comes_back_from_its_address(row: int, column: int):
    assert spot_of(address_of((row, column))) == (row, column)
    assert spot_of(f"${letters(column).lower()}${row}") == (row, column)


@pytest.mark.parametrize("text", ["", "#REF!", "A0", "A", "7", "AAAA1", "A1:B2", "A12345678"])
def test_what_is_no_cell_has_no_place(text: str):
    assert spot_of(text) is None


@given(st.text("表 甲'.$", min_size=1, max_size=8))
def test_a_sheet_has_the_name_that_formulas_write(sheet: str):
    assert parts_of(f"={quoted(sheet)}!$B$2") == (sheet, "$B$2")
    assert area_of(f"{quoted(sheet)}!$B$2:$C$4") == Area(sheet, 1, 1, 3, 2)


@pytest.mark.parametrize(
    "reference",
    ["=#REF!", "$B$2", "=表!$B$2,表!$C$3", "'甲'!$A$1,'乙'!$B$1", "='甲'乙'!A1", "=表!$A:$B", "=1"],
)
def test_what_is_no_single_rectangle_is_none(reference: str):
    assert area_of(reference) is None


def test_one_cell_is_a_rectangle():
    assert corners_of("$D$7") == corners_of("D7:D7") == (6, 3, 6, 3)
    assert corners_of("$1:$1048576") is None
