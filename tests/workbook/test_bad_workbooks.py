"""Whatever is not a filled workbook is refused with one line that says which file, where, and what to do."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.workbook.edited import edited, read_workbook, repacked, sample, with_sheet_xml, written
from xlreport.errors import InputError
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.limits import LARGEST_AREA, LARGEST_PART

FORM = form_of(CURRENT)
THREE = FORM.section("applications").sheet
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(path: Path) -> InputError:
    """Return the error that reading raises; it is one line that begins with the file."""
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    line = str(caught.value)
    assert "\n" not in line and line.startswith(str(path)) and line.endswith("。") and caught.value.advice
    return caught.value


def zipped(**parts: str) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return found.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "空的"),
        (b"hello", "不是 Excel 工作簿"),
        (bytes(range(256)) * 8, "不是 Excel 工作簿"),
        (b"PK\x03\x04" + bytes(100), "损坏"),
        (zipped(a_bin="x"), "不是 Excel 工作簿"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (OLE + "Workbook".encode("utf-16-le"), "损坏"),
        (zipped(xl__workbook_bin="x"), "损坏"),
        (zipped(content_xml="<x/>"), "OpenDocument"),
        (zipped(word__document_xml="<x/>"), "Word"),
        (zipped(ppt__presentation_xml="<x/>"), "演示"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(content)
    assert problem in refused(path).problem


def test_a_document_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    docx.Document().save(str(path))
    assert "Word" in refused(path).problem


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    assert "找不到" in refused(tmp_path / "没有.xlsx").problem
    assert "文件夹" in refused(tmp_path).problem


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"x")

    def forbid(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", forbid)
    assert "权限" in refused(path).problem


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "年报.xlsx"
    written(path)
    content = path.read_bytes()
    path.write_bytes(content[: max(4, int(len(content) * share))])
    assert "损坏" in refused(path).problem


def test_a_workbook_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    written(path)
    content = path.read_bytes()
    for start in range(0, len(content), len(content) // 150):
        path.write_bytes(content[:start] + b"\xff" * 12 + content[start + 12 :])
        try:
            read_workbook(path)
        except InputError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet5.xml"]
)
def test_a_workbook_with_a_part_missing_or_garbled_is_refused(tmp_path: Path, part: str) -> None:
    path = tmp_path / "年报.xlsx"
    for change in (None, b"<broken", b""):
        written(path)
        repacked(path, lambda n, c, to=change: (n, c) if n != part else None if to is None else (n, to))
        refused(path)


def test_a_document_type_declaration_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    written(path)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    repacked(path, lambda n, c: (n, bomb if n == "xl/workbook.xml" else c))
    assert "文档类型" in refused(path).problem


def test_a_number_that_is_none_is_refused_with_its_sheet(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    written(path)
    with_sheet_xml(path, THREE, lambda xml: re.sub(rb"(?<!</f>)<v>\d+</v>", b"<v>abc</v>", xml, count=1))
    assert refused(path).place == THREE


def test_a_workbook_without_the_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "工资表"  # type: ignore[index]
    book.save(path)
    assert FORM.notice in refused(path).problem


def last_corner(xml: bytes) -> bytes:
    return xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def single_quotes(xml: bytes) -> bytes:
    return last_corner(xml).replace(b'r="XFD1048576"', b"r='XFD1048576'")


@pytest.mark.parametrize("change", [last_corner, single_quotes])
def test_a_stray_cell_in_the_last_corner_is_refused_with_its_place(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "年报.xlsx"
    written(path)
    assert refused(with_sheet_xml(path, THREE, change)).place == f"{THREE}!XFD1048576"


def test_a_sheet_with_a_million_rows_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    written(path)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (r, r) for r in range(200, 1_000_000))
    assert len(rows) > LARGEST_PART
    error = refused(
        with_sheet_xml(path, THREE, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    )
    assert error.place == THREE


def test_formats_far_below_the_data_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    written(path)
    rows = b"".join(b'<row r="%d"><c r="B%d" s="1"/></row>' % (r, r) for r in range(100_000, 101_000))
    with_sheet_xml(path, THREE, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert LARGEST_AREA < 100_000 * 10
    assert read_workbook(path).figures() == sample().figures()


def test_a_huge_sheet_of_the_users_own_does_no_harm(tmp_path: Path) -> None:
    path = edited(tmp_path / "年报.xlsx", lambda book: book.create_sheet("我的数据", 0).cell(1, 1, 1))
    with_sheet_xml(path, "我的数据", last_corner)
    assert read_workbook(path).figures() == sample().figures()


def test_a_table_that_may_be_on_a_sheet_too_large_to_read_is_not_called_missing(tmp_path: Path) -> None:
    path = edited(tmp_path / "年报.xlsx", lambda book: book.defined_names.clear())
    assert refused(with_sheet_xml(path, THREE, last_corner)).place == f"{THREE}!XFD1048576"


def test_a_workbook_whose_main_part_has_another_name_is_to_be_saved_anew(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    written(path)

    def move(name: str, content: bytes) -> tuple[str, bytes]:
        moved = name.replace("xl/workbook.xml", "xl/book2.xml").replace("workbook.xml.rels", "book2.xml.rels")
        return moved, content.replace(b"xl/workbook.xml", b"xl/book2.xml")

    repacked(path, move)
    assert "另存" in refused(path).advice
