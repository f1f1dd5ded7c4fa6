"""Tables whose rows and columns are laid out differently: turned, a row for each kind of case, with a column of remarks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import xlreport
from tests.rendering.drawing import DrawnCell, DrawnTable, items
from tests.rendering.pages import as_html
from tests.rendering.rendered import differences, sample
from tests.rendering.variations import Variation


def read_with(change: object, folder: Path, tables: tuple[int, ...] = (0, 1, 2)) -> xlreport.Report:
    """Return the report read from a page after ``change`` was made to these of its tables."""
    drawn = items(sample("suqian-2024"), Variation())
    places = [at for at, item in enumerate(drawn) if isinstance(item, DrawnTable)]
    for number in tables:
        table = drawn[places[number]]
        assert isinstance(table, DrawnTable)
        drawn[places[number]] = DrawnTable(tuple(change(table)))  # type: ignore[operator]
    path = folder / "report.html"
    path.write_text(as_html(drawn, Variation()).replace("CHARSET", "utf-8"), encoding="utf-8")
    return xlreport.read(path)


def turned(table: DrawnTable) -> list[DrawnCell]:
    return [
        replace(
            cell,
            row=cell.column,
            column=cell.row,
            row_span=cell.column_span,
            column_span=cell.row_span,
        )
        for cell in table.cells
    ]


def with_remarks(table: DrawnTable) -> list[DrawnCell]:
    rows = range(table.height)
    remarks = [DrawnCell(row, table.width, 1, 1, "较上年增加3件" if row % 3 else "") for row in rows]
    return [*table.cells, *remarks]


@pytest.mark.parametrize("number", [1, 2])
def test_a_turned_table_is_read_with_the_places_of_the_page(number: int, tmp_path: Path):
    again = read_with(turned, tmp_path, (number,))
    assert differences(sample("suqian-2024"), again) == []
    assert again.remarks == []
    if number == 2:
        assert again.origins["cases.review.corrected"] == "表3第2行第4列"


def test_a_column_of_remarks_is_no_figure_and_no_label(tmp_path: Path):
    assert differences(sample("suqian-2024"), read_with(with_remarks, tmp_path, (1,))) == []
