"""Cells are gathered into rectangles without loss, overlap or mixing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlreport.live.pen.rectangles import Rectangle, around, rectangles

cells = st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 8)), st.sampled_from("ab"))


@given(cells)
def test_every_cell_is_in_one_rectangle_of_its_value(wanted: dict[tuple[int, int], str]) -> None:
    found: dict[tuple[int, int], str] = {}
    for place, value in rectangles(wanted):
        for row in range(place.top, place.bottom + 1):
            for column in range(place.left, place.right + 1):
                assert (row, column) not in found
                found[row, column] = value
    assert found == wanted


def test_a_full_block_is_one_rectangle() -> None:
    block = {(row, column): 0 for row in range(3, 9) for column in range(2, 5)}
    assert list(rectangles(block)) == [(Rectangle(3, 2, 8, 4), 0)]
    assert around(block) == Rectangle(3, 2, 8, 4)
