"""Figures are found by their labels, in every layout, however the labels are written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.form.catalogue import MODULES, form_of
from xlreport.form.declaration import Table
from xlreport.form.grid import grid_of
from xlreport.sources.matching import Place, match, match_at, normal

TABLES = [table for form_id in MODULES for table in form_of(form_id).tables]
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{len(table.cells)}-{table.key}")


def drawn(table: Table, figure: Any = 0) -> list[list[Any]]:
    """The table as rows of values, as they come from a spreadsheet."""
    grid = grid_of(table)
    rows: list[list[Any]] = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = figure if cell.key else cell.text
    return rows


def declared(table: Table, down: int = 0, right: int = 0) -> dict[str, Place]:
    return {key: (cell.row + down, cell.column + right) for key, cell in grid_of(table).figures.items()}


@every_table
def test_a_table_is_found_where_it_is_said_to_be(table: Table) -> None:
    found = match_at(drawn(table), table, 0, 0)
    assert found is not None and found.complete and found.cells == declared(table)


@every_table
def test_one_changed_label_is_enough_not_to_believe_the_place(table: Table) -> None:
    for cell in grid_of(table).cells:
        rows = drawn(table)
        if cell.text:
            rows[cell.row][cell.column] = "别的"
            assert match_at(rows, table, 0, 0) is None
    assert match_at(drawn(table), table, 1, 0) is None
    assert match_at(drawn(table), table, -1, 0) is None


@every_table
def test_a_table_is_found_by_its_labels_alone(table: Table) -> None:
    found = match(drawn(table), table)
    assert found.complete and found.cells == declared(table)


@every_table
@given(data=st.data())
def test_inserted_rows_and_columns_do_not_matter(table: Table, data: st.DataObject) -> None:
    rows, places = drawn(table), declared(table)
    for _ in range(data.draw(st.integers(0, 3))):
        # A line table has its figures directly below: rows in between are tried elsewhere.
        at = data.draw(st.integers(0, len(rows) - (1 if table.layout == "line" else 0)))
        rows.insert(at, [""] * len(rows[0]))
        places = {key: (row + (row >= at), column) for key, (row, column) in places.items()}
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(rows[0])))
        rows = [[*row[:at], "", *row[at:]] for row in rows]
        places = {key: (row, column + (column >= at)) for key, (row, column) in places.items()}
    found = match(rows, table)
    assert found.complete and found.cells == places


@pytest.mark.parametrize("form_id", MODULES)
@given(data=st.data())
def test_tables_one_below_the_other_keep_their_figures_apart(form_id: str, data: st.DataObject) -> None:
    tables = data.draw(st.permutations(form_of(form_id).tables))
    rows: list[list[Any]] = []
    starts = {}
    for table in tables:
        starts[table.key] = len(rows) + 1
        rows += [["标题"], *drawn(table), []]
    for table in tables:
        assert match(rows, table).cells == declared(table, starts[table.key])


@every_table
def test_figures_written_as_text_are_found_too(table: Table) -> None:
    assert match(drawn(table, "167 件"), table).cells == declared(table)


@every_table
def test_rows_may_stand_in_another_order(table: Table) -> None:
    if table.layout != "rows":
        return
    grid, rows = grid_of(table), drawn(table)
    first = grid.header_rows
    # The innermost labels tell the rows apart; their groups come along.
    body = [[*row[:2], *row[2:]] for row in rows[first:]]
    moved = rows[:first] + body[::-1]
    last = len(rows) - 1
    wanted = {key: (first + last - row, column) for key, (row, column) in declared(table).items()}
    assert match(moved, table).cells == wanted


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("规 章", "规章"),
        ("第二十条\n第(一)项", "第二十条第（一）项"),
        ("1、属于国家秘密", "1.属于国家秘密"),
        ("１．属于国家秘密", "1.属于国家秘密"),
        ('3.危及"三安全一稳定"', "3.危及“三安全一稳定”"),
        ("一.本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量"),
        ("机关名称：", "机关名称"),
        ("　总　计　", "总计"),
    ],
)
def test_labels_are_the_same_however_they_are_set(written: str, printed: str) -> None:
    assert normal(written) == normal(printed)


def test_labels_that_differ_stay_different() -> None:
    for form_id in MODULES:
        labels = {
            label
            for cell in form_of(form_id).cells.values()
            for label in (*cell.row_labels, *cell.column_labels)
        }
        assert len({normal(label) for label in labels}) == len(labels)


def test_a_label_that_is_not_there_is_named_once() -> None:
    table = form_of("disclosure-2021").table("applications")
    rows = [row for row in drawn(table) if "（一）予以公开" not in row]
    found = match(rows, table)
    assert found.unplaced == ("（一）予以公开",)
    assert len(found.cells) == len(table.cells) - 7


def test_a_column_that_is_not_there_is_named_once() -> None:
    table = form_of("disclosure-2021").table("applications")
    rows = [["" if value == "科研机构" else value for value in row] for row in drawn(table)]
    assert match(rows, table).unplaced == ("科研机构",)


@every_table
def test_nothing_is_found_where_nothing_is(table: Table) -> None:
    found = match([["a", 1], []], table)
    assert found.cells == {} and len(found.unplaced) == found.labels


def test_a_line_of_figures_may_stand_some_rows_below_its_labels() -> None:
    table = form_of("disclosure-2021").table("cases")
    rows = drawn(table)
    rows.insert(len(rows) - 1, [""] * len(rows[0]))
    assert match(rows, table).cells == {
        key: (row + 1, column) for key, (row, column) in declared(table).items()
    }
