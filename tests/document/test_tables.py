"""Column widths of the drawn tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.document.tables import column_widths
from xlreport.form.catalogue import MODULES, form_of
from xlreport.form.grid import Grid, grid_of

GRIDS = [grid_of(table) for form in MODULES for table in form_of(form).tables]
TEXT_WIDTH = 8844


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.table)
@given(st.integers(2000, 30000))
def test_columns_fill_the_width_whatever_it_is(grid: Grid, width: int):
    columns = column_widths(grid, {}, width)
    assert sum(columns) == width
    assert len(columns) == grid.width
    assert min(columns) > 0


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.table)
def test_large_numbers_get_the_room_they_need(grid: Grid):
    columns = column_widths(grid, dict.fromkeys(grid.figures, "123456"), TEXT_WIDTH)
    digit = 105
    if grid.label_columns:
        assert all(
            sum(columns[cell.column : cell.column + cell.column_span]) > 6 * digit
            for cell in grid.figures.values()
        )


def test_the_longest_labels_have_the_widest_column():
    grid = next(grid for grid in GRIDS if grid.label_columns > 1)
    columns = column_widths(grid, {}, TEXT_WIDTH)
    assert columns.index(max(columns)) == grid.label_columns - 1
