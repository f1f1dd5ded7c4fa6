"""A marked copy has no link that calls another computer and no name that runs by itself; each is named."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from xlreport.workbook.unsafe import drop_unsafe


def test_links_to_other_computers_and_names_that_run_go_and_are_named():
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A1"].hyperlink = "甲", r"\\server\share"
    sheet["A2"], sheet["A2"].hyperlink = "乙", "https://www.gov.cn/"
    sheet["A3"], sheet["A4"] = '=HYPERLINK("file:///c:/x","丙")', "=1+1"
    book.defined_names["Auto_Open"] = DefinedName("Auto_Open", attr_text="Sheet!$A$1")
    said = drop_unsafe(book)
    assert [line[: line.index("没有保留")] for line in said] == [
        "工作表“Sheet”A1 指向其他电脑或本机文件的链接",
        "工作表“Sheet”A3 指向其他电脑或本机文件的链接公式",
        "自动运行的名称“Auto_Open”",
    ]
    assert [sheet[f"A{row}"].value for row in range(1, 5)] == ["甲", "乙", None, "=1+1"]
    assert [cell.hyperlink and cell.hyperlink.target for cell in (sheet["A1"], sheet["A2"])] == [
        None,
        "https://www.gov.cn/",
    ]


def test_the_cells_are_not_made_that_lie_before_the_last_one():
    book = Workbook()
    sheet = book.active
    sheet["XFD1048576"] = 1
    assert drop_unsafe(book) == []
    assert len(sheet._cells) == 1
