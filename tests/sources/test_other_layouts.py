"""Workbooks of other layouts that carry the form's tables, with the places of their cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

import xlreport
from tests.rendering.drawing import DrawnTable, Item, items
from tests.rendering.rendered import differences, sample
from tests.rendering.variations import Variation
from xlreport.checking import check
from xlreport.errors import FormError
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.workbook.layout import layout_of


def save(path: Path, how: Variation, sheets: str, drawn: list[Item] | None = None) -> Path:
    """Write the drawn report (without one, the sample) into one sheet or one for each table, figures as numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for item in drawn or items(sample("suqian-2024"), how):
        if isinstance(item, DrawnTable):
            if sheets == "many":
                sheet, row = book.create_sheet(), 3
            for cell in item.cells:
                value = (
                    float(cell.text) if cell.figure and cell.text.replace(".", "").isdigit() else cell.text
                )
                sheet.cell(row + cell.row, 2 + cell.column, value)
                if cell.row_span * cell.column_span > 1:
                    last = row + cell.row + cell.row_span - 1, 1 + cell.column + cell.column_span
                    sheet.merge_cells(
                        start_row=row + cell.row,
                        start_column=2 + cell.column,
                        end_row=last[0],
                        end_column=last[1],
                    )
            row += item.height + 1
        else:
            sheet.cell(row, 1, item)
            row += 1
    book.save(path)
    return path


@pytest.mark.parametrize("sheets", ["one", "many"])
@pytest.mark.parametrize(
    "how",
    [
        Variation(),
        Variation(merged="no"),
        Variation(labels="dropped"),
        Variation(groups="flattened", headers="lines"),
        Variation(table2="four"),
    ],
    ids=str,
)
def test_the_tables_are_found_by_their_labels(how: Variation, sheets: str, tmp_path: Path):
    again = xlreport.read(save(tmp_path / "r.xlsx", how, sheets))
    found = differences(sample("suqian-2024"), again)
    # Text that goes on below tables of other sheets is out of its order; figures and title are what counts here.
    assert [line for line in found if "≠" in line or line.startswith(("form", "title"))] == []
    assert set(again.places) == set(again.figures())
    assert again.origins == {}


def test_texts_and_units_are_read_as_in_print_and_said(tmp_path: Path):
    """The figures of a workbook that was published are texts as often as not."""
    path = save(tmp_path / "r.xlsx", Variation(fee="yuan-header", numbers="thousands", zeros="/"), "one")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "3,525":
                cell.value = "3,525件"
    book.save(path)
    again = xlreport.read(path)
    assert [line for line in differences(sample("suqian-2024"), again) if "≠" in line] == []
    assert any("3,525件" in remark for remark in again.remarks)
    assert any("换算为" in remark for remark in again.remarks)


def test_a_finding_names_the_cell_of_the_sheet(tmp_path: Path):
    again = xlreport.read(save(tmp_path / "r.xlsx", Variation(), "one"))
    again.applications.new.total = 999
    finding = next(f for f in check(again) if f.rule == "applicants")
    assert all(where.startswith("Sheet!") for where in finding.where)


def test_a_standard_workbook_of_an_unknown_form_is_not_read_by_its_labels(tmp_path: Path):
    xlreport.write(sample("suqian-2024"), tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    block = layout_of(form_of(CURRENT)).fields["form"]
    book[block.sheet][block.corner] = "国办〔2008〕1号"
    book.save(tmp_path / "r.xlsx")
    with pytest.raises(FormError):
        xlreport.read(tmp_path / "r.xlsx")
