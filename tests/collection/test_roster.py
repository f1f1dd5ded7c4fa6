"""Who of a list has reported, with which file, and what a file that cannot be read tells of its unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport.collection.file_names import organisation_in, year_in
from xlreport.collection.records import Audited, State
from xlreport.collection.roster import Reported, Roster
from xlreport.collection.shapes import shape_of
from xlreport.collection.tree import Tree
from xlreport.collection.unit_list import Listed


def roster(names: str, *records: Audited) -> Roster:
    units = [Listed(name, line) for line, name in enumerate(names.split(), 1)]
    found = Roster(Tree(Path("名单"), units))
    for record in records:
        found.add(record)
    return found


def units(names: str, *records: Audited) -> dict[str, Reported]:
    return {unit.name: unit for unit in roster(names, *records).units(complete=True)}


def of(
    path: str, organisation: str, errors: int = 0, year: int | None = 2025, state: State | None = None
) -> Audited:
    return Audited(
        path,
        organisation,
        year,
        state=state or (State.FAILED if errors else State.PASSED),
        errors=errors,
    )


def unreadable(path: str) -> Audited:
    return Audited(path, organisation_in(path))


def test_units_are_in_the_order_of_the_list_and_those_that_are_not_on_it_come_last():
    found = units("丙局 甲局 乙局", of("1", "甲局"), of("2", "丁局"), of("3", "丙局"))
    assert [(unit.name, unit.state.value) for unit in found.values()] == [
        ("丙局", "已报"),
        ("甲局", "已报"),
        ("乙局", "未报"),
        ("丁局", "名单外"),
    ]


def test_a_unit_counts_once_by_its_best_file_and_the_others_are_named():
    found = roster("甲局 乙局", of("初稿", "甲局", errors=2), of("终稿", "甲局"), of("旧", "甲局", year=2024))
    assert found.rate() == (2, 1, 0)
    (unit, _) = found.units(True)
    assert unit.counted is not None and unit.counted.path == "终稿"
    assert unit.remark == "有 2 份，计入“终稿”，不计“初稿”；有2024年的报告“旧”"


def test_a_report_of_another_year_is_not_this_year_s():
    found = units("甲局 乙局", of("1", "甲局"), of("2", "乙局", year=2024))
    assert found["乙局"].state.value == "未报" and "只有2024年的报告“2”" in found["乙局"].remark
    later = units("甲局", *(of(f"{year}", "甲局", year=year) for year in (2023, 2024, 2025)))
    assert later["甲局"].counted is not None and later["甲局"].counted.path == "2025"


def test_a_name_twice_in_the_list_is_one_unit():
    found = roster("甲局 乙局 甲局", of("1", "甲局"))
    assert found.rate().due == 2
    assert "不止一次" in next(found.units(True)).remark


@pytest.mark.parametrize(
    "path",
    ["甲局2025年报.pdf", "甲局/扫描.pdf", "附件1：某县甲局政府信息公开工作年度报告（盖章）.doc", "x甲局"],
)
def test_the_unit_of_an_unreadable_file_is_taken_from_its_name(path: str):
    found = units("乙局 甲局", unreadable(path))
    assert found["甲局"].state.value == "已报" and "取自文件名" in found["甲局"].remark
    assert (
        roster("乙局 甲局", unreadable(path))
        .rate()
        .sentence.endswith("已报 1 个（其中 1 个单位的文件无法读取），未报 1 个，报送率 50.0%")
    )


def test_a_file_that_can_be_read_comes_before_one_that_cannot():
    found = units("甲局", unreadable("甲局.pdf"), of("z", "甲局", errors=5))
    assert found["甲局"].counted is not None and found["甲局"].counted.path == "z"


def test_who_is_missing_is_not_known_before_all_is_audited():
    (unit,) = roster("甲局").units(complete=False)
    assert unit.state.value == "未审核到"


@pytest.mark.parametrize(
    ("path", "organisation"),
    [
        ("通州区水务局2025年政府信息公开工作年度报告.doc", "通州区水务局"),
        ("3.西集镇人民政府年报(盖章版).pdf", "西集镇人民政府"),
        ("宋庄镇/最终稿2.docx", "宋庄镇"),
        ("报送/关于报送财政局的报告.wps", "财政局"),
        ("坏/damaged.xlsx", ""),
        ("2025年年报.xlsx", ""),
    ],
)
def test_a_file_s_name_tells_of_a_unit_or_of_none(path: str, organisation: str):
    assert organisation_in(path) == organisation


def test_a_file_s_name_tells_of_one_year_or_of_none():
    assert year_in("2024/甲局2025年.xlsx") == 2025
    assert year_in("甲局20250113.xlsx") is None and year_in("2024-2025.xlsx") is None


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "旧版 Office 文件"),
        (b"PK\x03\x04 word/document.xml", "Word 文档"),
        (b"PK\x03\x04" + bytes(300_000) + b"xl/workbook.xml", "工作簿"),
        (b"PK\x03\x04 a.txt", "压缩包"),
        (b"{\\rtf1", "RTF"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "网页"),
        ("<html>".encode("utf-16"), "网页"),
        (b"MIME-Version: 1.0\n<html>", "单个文件的网页"),
        (b' {"form": 1}', "JSON 数据"),
        ("一、总体情况".encode("gb18030"), "文本"),
        (b"\0\1\2", "认不出的文件"),
        (b"", "空文件"),
    ],
)
def test_a_file_s_kind_is_told_by_its_content(tmp_path: Path, content: bytes, shape: str):
    (tmp_path / "x").write_bytes(content)
    assert shape_of(tmp_path / "x") == shape


def test_what_is_no_file_has_no_kind(tmp_path: Path):
    assert shape_of(tmp_path) == shape_of(tmp_path / "gone") == ""
