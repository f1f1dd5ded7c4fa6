"""A page with something odd in it: each figure is what a person sees there, or it is not read and the report does not pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import xlreport
from xlreport.checking import check
from xlreport.example import good

PENALTIES, FEE, NEW = (
    "disclosure.penalties.decisions",
    "disclosure.fees.amount",
    "applications.new.natural_person",
)
Reader = Callable[..., xlreport.Report]


@cache
def _page(folder: Path) -> str:
    xlreport.write(good(), folder / "good.html")
    return (folder / "good.html").read_text("utf-8")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _page(tmp_path_factory.mktemp("page"))


@pytest.fixture
def read(page: str, tmp_path: Path) -> Reader:
    def reader(*changes: tuple[str, str]) -> xlreport.Report:
        changed = page
        for old, new in changes:
            assert old in changed
            changed = changed.replace(old, new, 1)
        path = tmp_path / "report.html"
        path.write_text(changed, encoding="utf-8")
        return xlreport.read(path)

    return reader


def between(page: str, start: str, end: str, after: str = "") -> str:
    begin = page.index(start, page.index(after))
    return page[begin : page.index(end, begin) + len(end)]


def row_of(page: str, label: str) -> str:
    begin = page.rindex("<tr>", 0, page.index(f"{label}</th>"))
    return page[begin : page.index("</tr>", begin) + 5]


def is_refused(report: xlreport.Report, key: str) -> bool:
    """The cell is text, and an error of the rule ``kind`` says so."""
    errors = [finding for finding in check(report) if finding.rule == "kind" and key in finding.cells]
    return isinstance(report.figures()[key], str) and bool(errors) and not check(report).passed


UNREADABLE = [
    "约437",
    "437余",
    "7.27亿",
    "四百三十七",
    "437改为734",
    "2024-1-1",
    "TRUE",
    "#REF!",
    "NaN",
    "½",
    "②",
    "〇",
    "O",
    "--",
    "437%",
    "…",
    "待定",
    "见附件",
    "437<br>734",
    "437/438",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_number_is_never_a_blank(text: str, read: Reader, page: str):
    assert is_refused(read((">437</td>", f">{text}</td>")), PENALTIES)
    new = row_of(page, "一、本年新收政府信息公开申请数量")
    assert is_refused(read((new, new.replace(">167<", f">{text}<", 1))), NEW)


def test_a_row_in_which_nothing_can_be_read_is_still_its_row(read: Reader, page: str):
    new = row_of(page, "一、本年新收政府信息公开申请数量")
    report = read((new, re.sub(r">\d+</td>", ">约5</td>", new)))
    assert is_refused(report, NEW) and is_refused(report, "applications.new.total")


def test_a_mark_is_no_digit(read: Reader):
    report = read((">437</td>", ">437①</td>"))
    assert report.figures()[PENALTIES] == 437
    assert any("437①" in remark for remark in report.remarks) and check(report).passed


def test_a_unit_in_a_column_of_its_own_is_no_figure(read: Reader):
    report = read(
        (
            '行政处罚</th><td class="figure" colspan="3">',
            '行政处罚</th><td>件</td><td class="figure" colspan="2">',
        )
    )
    assert report.figures()[PENALTIES] == 437 or is_refused(report, PENALTIES)


class TestUnits:
    HEADER = "本年收费金额（单位：万元）"

    def fee(self, read: Reader, page: str, value: str, **parts: str) -> xlreport.Report:
        table = between(page, "<table", "</table>")
        row = row_of(page, "行政事业性收费")
        label = parts.get("label", "行政事业性收费")
        changed = table.replace(row, row.replace(">0<", f">{value}<").replace("行政事业性收费", label))
        changed = changed.replace(self.HEADER, parts.get("header", self.HEADER))
        head, corner, rest = changed.rpartition("信息内容")
        changed = head + parts.get("corner", corner) + rest
        changed = changed.replace("<tbody>", "<tbody>" + parts.get("top", ""), 1)
        return read((table, parts.get("above", "") + changed))

    PLAIN = "本年收费金额"

    @pytest.mark.parametrize(
        ("unit", "value"),
        [
            ("元", "251000"),
            ("千元", "251"),
            ("十万元", "2.51"),
            ("百万元", "0.251"),
            ("亿元", "0.00251"),
            ("万元", "25.1"),
        ],
    )
    def test_a_unit_counts_wherever_it_is_named(self, unit: str, value: str, read: Reader, page: str):
        where: list[dict[str, str]] = [
            {"header": f"本年收费金额（单位：{unit}）"},
            {"header": self.PLAIN, "above": f"<p>单位：{unit}</p>"},
            {"header": self.PLAIN, "above": f"<p>主动公开情况（金额单位：人民币{unit}）</p>"},
            {"header": self.PLAIN, "label": f"行政事业性收费（{unit}）"},
            {"header": self.PLAIN, "corner": f"信息内容（单位：{unit}）"},
            {"header": self.PLAIN, "top": f"<tr><td colspan=4>单位：{unit}</td></tr>"},
        ]
        for parts in where:
            assert self.fee(read, page, value, **parts).figures()[FEE] == Decimal("25.1"), parts
        for behind in (f"{value}{unit}", f"{value}（{unit}）"):
            assert self.fee(read, page, behind).figures()[FEE] == Decimal("25.1")

    @pytest.mark.parametrize(
        "parts",
        [
            {"above": "<p>单位：元</p>"},
            {"top": "<tr><td colspan=4>单位：元</td></tr>"},
            {"label": "行政事业性收费（元）"},
            {"header": "本年收费金额（单位：美元）"},
            {"header": "本年收费金额", "above": "<p>单位：港币</p>"},
        ],
    )
    def test_units_that_contradict_and_foreign_money_are_not_read(
        self, parts: dict[str, str], read: Reader, page: str
    ):
        assert is_refused(self.fee(read, page, "251000", **parts), FEE)

    def test_the_unit_of_counts_does_not_touch_money_and_a_sentence_names_none(self, read: Reader, page: str):
        for above in (
            "<p>单位：件</p>",
            "<p>单位：件、万元</p>",
            "<p>收取信息处理费100元</p>",
            "<p>多元化情况</p>",
        ):
            report = self.fee(read, page, "25.1", above=above)
            assert report.figures()[FEE] == Decimal("25.1")
            # A sentence beside the table is read with the texts, which is said.
            assert [remark for remark in report.remarks if "已一并核对" not in remark] == []

    def test_counts_in_ten_thousands_are_said(self, read: Reader, page: str):
        report = self.fee(read, page, "25.1", above="<p>单位：万件、万元</p>")
        assert report.figures()[PENALTIES] == 4_370_000
        assert any("437万件" in remark for remark in report.remarks)

    def test_only_the_last_lines_above_a_table_say_its_unit(self, read: Reader, page: str):
        for lines, read_in_yuan in ((2, True), (3, False)):
            above = "<p>单位：元</p>" + "<p>主动公开</p>" * lines
            report = self.fee(read, page, "251000", header="本年收费金额", above=above)
            assert (report.figures()[FEE] == Decimal("25.1")) is read_in_yuan


class TestTwins:
    """What stands twice is read once where it is the same, and not at all where it differs."""

    def test_rows(self, read: Reader, page: str):
        row = row_of(page, "行政处罚")
        assert read((row, row + row)).figures()[PENALTIES] == 437
        for other in ("734", "约734"):
            assert is_refused(read((row, row + row.replace("437", other))), PENALTIES)

    def test_columns(self, read: Reader, page: str):
        table = between(page, "<table", "</table>", after="三、收到和")
        header = '<th class="header" rowspan="2">自然人</th>'
        for more in ("", "1"):
            twice = table.replace(header, header * 2).replace('colspan="7"', 'colspan="8"')
            twice = re.sub(
                r'(</th>)<td class="figure">(\d+)</td>',
                rf'\1<td class="figure">\2</td><td class="figure">\g<2>{more}</td>',
                twice,
            )
            report = read((table, twice))
            assert is_refused(report, NEW) if more else report.figures()[NEW] == 167

    def test_tables(self, read: Reader, page: str):
        table = between(page, "<table", "</table>")
        assert read((table, f"{table}<p>说明</p>{table}")).figures()[PENALTIES] == 437
        report = read((table, f"{table.replace('437', '734')}<p>说明</p>{table}"))
        assert report.figures()[PENALTIES] == "734／437（两处不一致）" and is_refused(report, PENALTIES)

    def test_an_empty_copy_of_a_table_is_none(self, read: Reader, page: str):
        table = between(page, "<table", "</table>")
        report = read((table, table + "<p>样表</p>" + re.sub(r">\d+</td>", "></td>", table)))
        assert report.figures()[PENALTIES] == 437

    def test_two_cells_below_one_header(self, read: Reader):
        two = '<td class="figure">437</td><td class="figure" colspan="2">734</td>'
        assert is_refused(read(('<td class="figure" colspan="3">437</td>', two)), PENALTIES)


class TestOtherYears:
    @pytest.mark.parametrize(
        "line",
        [
            "2024年情况",
            "上年同期",
            "2024年度收到和处理政府信息公开申请情况",
            "二〇二四年情况",
            "去年数据",
            "上年度",
        ],
    )
    def test_a_table_below_the_name_of_another_year_is_not_read(self, line: str, read: Reader, page: str):
        table = between(page, "<table", "</table>")
        other = table.replace("437", "734")
        for above in (f"<p>{line}</p>", f"<p>{line}</p><p>单位：件、万元</p>"):
            for both in (f"{above}{other}<p>2025年情况</p>{table}", f"{table}{above}{other}"):
                report = read((table, both))
                assert report.figures()[PENALTIES] == 437
                assert any(line in remark for remark in report.remarks)
        assert not check(read((table, f"<p>{line}</p>{table}"))).passed

    @pytest.mark.parametrize(
        "line",
        [
            "2025年情况",
            "2025年与2024年比较",
            "2026年1月20日",
            "依据2021年修订的条例",
            "二、上年结转政府信息公开申请",
            "2024年" * 9,
        ],
    )
    def test_other_lines_that_name_years_do_not_matter(self, line: str, read: Reader, page: str):
        table = between(page, "<table", "</table>")
        assert read((table, f"<p>{line}</p>{table}")).figures()[PENALTIES] == 437

    def test_a_line_at_the_top_of_the_table_counts_as_well(self, read: Reader, page: str):
        table = between(page, "<table", "</table>")
        other = table.replace("437", "734").replace("<tbody>", "<tbody><tr><th colspan=4>2024年度</th></tr>")
        assert read((table, f"{table}<p>另附</p>{other}")).figures()[PENALTIES] == 437


class TestNumbersWithoutAPlace:
    @pytest.mark.parametrize("label", ["行政处罚", "一、本年新收政府信息公开申请数量"])
    def test_a_row_that_nobody_knows_leaves_its_figures_unread_and_not_blank(
        self, label: str, read: Reader, page: str
    ):
        row = row_of(page, label)
        key: Any = PENALTIES if label == "行政处罚" else NEW
        assert is_refused(read((row, row.replace(label, "什么什么什么"))), key)
