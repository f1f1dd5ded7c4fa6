"""A list of units with who is above whom: read in every shape, and every superior held against those below it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import xlreport
from tests.collection.folders import granted, named, put
from tests.samples import complete, with_figure
from xlreport.cli import main
from xlreport.collection.rollup_book import LEVELS, MEMBERS
from xlreport.collection.tree import Tree
from xlreport.collection.unit_list import Listed, listed_in
from xlreport.errors import InputError
from xlreport.report import Report, nested

KEY = "applications.new.total"


def tree_of(path: Path) -> dict[str, str]:
    """Who is above each unit, by name."""
    return {node.name: node.parent.name if node.parent else "" for node in Tree(path, listed_in(path)).nodes}


EXPECTED = {"某市": "", "甲县": "某市", "教育局": "甲县", "柳河镇": "甲县", "乙县": "某市", "财政局": "乙县"}


@pytest.mark.parametrize("step", ["  ", "\t", "\u3000", "\u3000\u3000", "    ", "\u00a0\u00a0", " "])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_lines_are_below_the_nearest_line_that_is_indented_less(tmp_path: Path, step: str, encoding: str):
    text = f"\n某市\n{step}甲县\n{step * 2}教育局\n\n{step * 2}柳河镇\n{step}乙县\n{step * 3}财政局\n"
    path = put(tmp_path, "名单.txt", text.encode(encoding))
    assert tree_of(path) == EXPECTED


def test_blanks_below_a_tab_do_not_say_who_is_above(tmp_path: Path):
    path = put(tmp_path, "名单.txt", "某市\n  甲县\n\t教育局\n".encode())
    with pytest.raises(InputError, match="第 3 行"):
        listed_in(path)


@pytest.mark.parametrize("mark", [",", "\t", "，"])
@pytest.mark.parametrize("heading", ["上级", "上级单位", "上 级"])
def test_a_table_with_a_column_of_superiors_in_any_order(tmp_path: Path, mark: str, heading: str):
    rows = [
        ("序号", heading, "单位名称"),
        *((number, above, name) for number, (name, above) in enumerate(EXPECTED.items())),
    ]
    rows[1:] = reversed(rows[1:])
    text = "\n".join(mark.join(map(str, row)) for row in rows)
    assert tree_of(put(tmp_path, "名单.csv", text.encode("gb18030"))) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "序号,单位名称,联系人\n1,甲镇政府,张三\n2,12345热线办,李四\n3,乙局,王五\n",
        "应报单位名单\n\n序号，报送单位，所在地很长很长的地址\n1，甲镇政府，某某路一号某某大厦\n2，12345热线办，\n3，乙局，\n",
        "联系人\t单位全称\n张三\t甲镇政府\n李四\t12345热线办\n王五\t乙局\n",
        "1,甲镇政府,张三\n2,12345热线办,李四\n3,乙局,王五\n",
        "1\t甲镇政府\t13800000000\n2\t12345热线办\t\n3\t乙局\n",
        "1、甲镇政府\n2. 12345热线办\n（3）乙局\n",
        "1 甲镇政府\n2　12345热线办\n3 乙局\n",
        '"甲镇政府",张三\n"12345热线办",李四\n"乙局"\n',
        "甲镇政府\t张三\n12345热线办\t李四\n乙局；王五\n",
        "单位名称\n甲镇政府\n12345热线办\n乙局\n",
    ],
)
def test_names_are_told_from_numbers_and_from_what_stands_beside_them(tmp_path: Path, text: str):
    path = put(tmp_path, "名单.csv", text.encode("gb18030"))
    assert [unit.name for unit in listed_in(path)] == ["甲镇政府", "12345热线办", "乙局"]


def test_the_column_headed_as_names_counts_in_a_workbook_however_long_another_is(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (("序号", "单位", "地址"), (1, "甲县", "x" * 50), (2, "　乙局", "某某路某某号某某大厦")):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    assert tree_of(tmp_path / "名单.xlsx") == {"甲县": "", "乙局": "甲县"}


def test_a_workbook_with_a_title_above_the_table_and_one_with_indented_names(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (
        ("应报单位名单",),
        (),
        ("单位", "上级", "备注"),
        *((name, above, "x" * 50) for name, above in EXPECTED.items()),
    ):
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    assert tree_of(tmp_path / "table.xlsx") == EXPECTED
    book = openpyxl.Workbook()
    for line in ("某市", "  甲县", "    教育局", "    柳河镇", "  乙县", "    财政局"):
        book.active.append((line,))
    book.save(tmp_path / "lines.xlsx")
    assert tree_of(tmp_path / "lines.xlsx") == EXPECTED


@pytest.mark.parametrize(
    "rows",
    [
        "甲,乙\n乙,甲",
        "甲,甲",
        "某市,\n甲,丙\n乙,甲\n丙,乙",
        "甲," + "\n".join(f"{n}\n{n},{n + 1}" for n in range(3000)) + "\n3000,甲",
    ],
)
def test_units_above_each_other_in_a_circle_are_said(tmp_path: Path, rows: str):
    path = put(tmp_path, "名单.csv", f"单位,上级\n{rows}\n".encode())
    with pytest.raises(InputError, match="绕成了一个圈") as raised:
        Tree(path, listed_in(path))
    assert len(str(raised.value)) < 200


def test_ten_thousand_levels_are_no_trouble(tmp_path: Path):
    listed = [
        Listed(f"第{number}级", number + 1, f"第{number - 1}级" if number else "") for number in range(10_000)
    ]
    assert len(Tree(tmp_path, listed).roots) == 1


def report(organisation: str, more: int = 0) -> Report:
    return granted(named(complete("xiji-2025"), organisation), more)


def summed(organisation: str, *parts: Report) -> Report:
    figures = {key: sum(part.figures()[key] for part in parts) for key in parts[0].figures()}
    texts = {text: getattr(parts[0], text) for text in ("preamble", "overview", "problems", "other_matters")}
    return Report.model_validate({**nested(figures), **texts, "organisation": organisation, "year": 2025})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A city of two counties, each with its units; every superior is the sum of those below it."""
    one = [report("甲县教育局", 1), report("甲县柳河镇人民政府", 2)]
    two = [report("乙县财政局", 3), report("乙县教育局", 4)]
    counties = [summed("甲县人民政府", *one), summed("某市乙县人民政府", *two)]
    for number, each in enumerate((*one, *two, *counties, summed("某市人民政府", *counties))):
        put(tmp_path, f"f/{number}.json", each)
    put(
        tmp_path,
        "名单.txt",
        "某市\n\u3000甲县\n\u3000\u3000教育局\n\u3000\u3000柳河镇\n\u3000乙县\n\u3000\u3000财政局\n\u3000\u3000教育局\n".encode(),
    )
    return tmp_path / "f"


def run(folder: Path, *options: object) -> int:
    out = folder.parent / "o.xlsx"
    return main(
        [
            "rollup",
            str(folder),
            str(out),
            "--units",
            str(folder.parent / "名单.txt"),
            "--force",
            *map(str, options),
        ]
    )


def test_superiors_are_held_against_those_below_them_and_only_the_lowest_are_added(folder: Path, capsys):
    assert run(folder) == 0, capsys.readouterr().out
    printed = capsys.readouterr().out
    assert printed.count("相符") == 3 and "汇入 4 个单位，未汇入 0 个" in printed
    assert xlreport.read(folder.parent / "o.xlsx").applications.new.total == 4 * 167 + 10
    book = openpyxl.load_workbook(folder.parent / "o.xlsx")
    assert [row[1].value for row in book[LEVELS].iter_rows(min_row=3)] == ["相符"] * 3
    assert [row[1].value for row in book[MEMBERS].iter_rows(min_row=3)] == ["汇入"] * 4 + ["上级"] * 3


@pytest.mark.parametrize(("number", "name"), [(4, "甲县"), (6, "某市")])
def test_a_superior_that_is_not_the_sum_is_named_with_the_cell(folder: Path, capsys, number: int, name: str):
    own = xlreport.read(folder / f"{number}.json")
    put(folder, f"{number}.json", with_figure(own, "disclosure.licensing.decisions", 1))
    assert run(folder) == 1
    printed = capsys.readouterr().out
    label = own.declaration.label("disclosure.licensing.decisions")
    assert f"逐级核对不符：{name}：{label}：上级 1，" in printed
    lines = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(folder.parent / "o.xlsx")[LEVELS].iter_rows(min_row=3)
    ]
    assert ("不符", name) in [tuple(line[1:3]) for line in lines]


def test_who_is_missing_unknown_or_named_twice_is_said(folder: Path, capsys):
    (folder / "1.json").unlink()
    put(folder, "x.json", report("别的局", 50))
    with (folder.parent / "名单.txt").open("a", encoding="utf-8") as stream:
        stream.write("\u3000\u3000财政局\n")
    assert run(folder) == 1
    printed = capsys.readouterr().out
    assert "名单里有“柳河镇”，文件夹里没有读到它的报告" in printed
    assert "未汇入：x.json（别的局）：不在名单里" in printed
    assert "名单里“财政局”不止一次" in printed
    assert "没有柳河镇的数" in printed


def test_a_county_without_a_report_counts_as_the_sum_of_its_units(folder: Path, capsys):
    (folder / "4.json").unlink()
    assert run(folder) == 1
    printed = capsys.readouterr().out
    assert "名单里有“甲县”" in printed and "逐级核对：某市与下级 2 个单位之和相符" in printed


def test_a_county_of_whose_units_none_has_reported_is_added_itself(folder: Path, capsys):
    for number in (0, 1):
        (folder / f"{number}.json").unlink()
    assert run(folder) == 1
    assert xlreport.read(folder.parent / "o.xlsx").applications.new.total == 4 * 167 + 10
    assert capsys.readouterr().out.count("文件夹里没有读到它的报告") == 2


def test_the_top_of_the_tree_needs_no_report_of_its_own(folder: Path):
    (folder / "6.json").unlink()
    assert run(folder) == 0


def test_a_superior_that_is_no_unit_of_the_list_is_said_unless_it_is_the_top(folder: Path, capsys):
    rows = [("教育局", "甲县"), ("柳河镇", "甲具"), ("甲县", "某市")]
    table = "\n".join(",".join(row) for row in (("单位", "上级"), *rows)).encode()
    put(folder.parent, "名单.txt", table)
    assert run(folder) == 1
    printed = capsys.readouterr().out
    assert "上级“甲具”没有列在名单的单位里" in printed and "上级“某市”" not in printed
