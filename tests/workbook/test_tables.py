"""When a table of a damaged workbook is still the form's table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

import xlreport
from tests.samples import complete
from xlreport.errors import FormError
from xlreport.workbook.writer import write

_SHEET = "三、依申请公开"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "年报.xlsx"
    write(complete("xiji-2025"), path)
    return path


def without_labels(book: Path, rows: int, folder: Path) -> Path:
    """The workbook without the labels of the first ``rows`` of the 25 rows of table 3."""
    made = openpyxl.load_workbook(book)
    sheet = made[_SHEET]
    lines = [line for line in sheet.iter_rows() if isinstance(line[3].value, int)]
    assert len(lines) == 25
    for line in lines[:rows]:
        for cell in line[:3]:
            if not isinstance(cell, MergedCell):
                cell.value = None
    made.save(folder / "缺.xlsx")
    return folder / "缺.xlsx"


@pytest.mark.parametrize(("rows", "left"), [(3, 154), (12, 91)])
def test_a_table_with_half_of_its_rows_is_read_and_the_others_are_named(
    book: Path, tmp_path: Path, rows: int, left: int
):
    report = xlreport.read(without_labels(book, rows, tmp_path))
    assert sum(key.startswith("applications.") for key in report.places) == left
    assert "没有找到表三的“一、本年新收政府信息公开申请数量”" in report.remarks[0]


@pytest.mark.parametrize(("rows", "more"), [(3, False), (4, True)])
def test_three_missing_labels_are_named_and_more_are_counted(
    book: Path, tmp_path: Path, rows: int, more: bool
):
    (said, *_) = xlreport.read(without_labels(book, rows, tmp_path)).remarks
    assert (f"等 {rows} 项" in said) is more
    assert said.count("“") == 1 + 3


@pytest.mark.parametrize("rows", [13, 21])
def test_a_table_with_fewer_of_its_rows_is_one_of_another_form(book: Path, tmp_path: Path, rows: int):
    with pytest.raises(FormError, match=r"表三的栏目与.*的格式不一致"):
        xlreport.read(without_labels(book, rows, tmp_path))


def test_a_sheet_with_fewer_than_a_third_of_the_labels_is_no_such_table(book: Path, tmp_path: Path):
    report = xlreport.read(without_labels(book, 22, tmp_path))
    assert not any(key.startswith("applications.") for key in report.places)
    assert any("没有找到表三" in remark for remark in report.remarks)
    assert not xlreport.check(report).passed
