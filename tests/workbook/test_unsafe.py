"""A marked copy has no link that calls another computer and no name that runs by itself; each is named."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from xlreport.ooxml.package import Package
from xlreport.ooxml.workbook import Book
from xlreport.workbook.unsafe import drop_unsafe


def dropped(made: Workbook) -> tuple[list[str], Workbook]:
    """What is said of a workbook, and the workbook without it."""
    saved = io.BytesIO()
    made.save(saved)
    package = Package(zipfile.ZipFile(saved))
    said = drop_unsafe(package, Book(package))
    return said, openpyxl.load_workbook(io.BytesIO(package.zipped()))


def test_links_to_other_computers_and_names_that_run_go_and_are_named():
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A1"].hyperlink = "甲", r"\\server\share"
    sheet["A2"], sheet["A2"].hyperlink = "乙", "https://www.gov.cn/"
    sheet["A3"], sheet["A4"] = '=HYPERLINK("file:///c:/x","丙")', "=1+1"
    book.defined_names["Auto_Open"] = DefinedName("Auto_Open", attr_text="Sheet!$A$1")
    said, left = dropped(book)
    assert [line[: line.index("没有保留")] for line in said] == [
        "工作表“Sheet”A1 指向其他电脑或本机文件的链接",
        "工作表“Sheet”A3 指向其他电脑或本机文件的链接公式",
        "自动运行的名称“Auto_Open”",
    ]
    sheet = left.active
    assert [sheet[f"A{row}"].value for row in range(1, 5)] == ["甲", "乙", None, "=1+1"]
    assert [cell.hyperlink and cell.hyperlink.target for cell in (sheet["A1"], sheet["A2"])] == [
        None,
        "https://www.gov.cn/",
    ]
    assert not left.defined_names


def test_a_sheet_with_one_far_cell_stays_as_small_as_it_was():
    book = Workbook()
    book.active["XFD1048576"] = 1
    said, left = dropped(book)
    assert (said, len(left.active._cells)) == ([], 1)
