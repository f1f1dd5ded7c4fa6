"""Is everything there, and of the right kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.samples import complete, published, with_figure
from xlreport.checking import check
from xlreport.report import Report


def said(report: Report, rule: str) -> list[str]:
    return [f.message for f in check(report) if f.rule == rule]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-1, "不能是负数"),
        (Decimal("1.5"), "必须是整数"),
        ("十二", "不是数字；请改填数字"),
        ("167 件", "请改为 167"),
        ("１６７", "请改为 167"),
        ("TRUE", "不是数字"),
        ("#REF!", "不是数字"),
    ],
)
def test_a_count_that_is_none_is_named_with_its_cell(value, words):
    key = "applications.results.unavailable.not_held.commercial"
    findings = [f for f in check(with_figure(complete(), key, value)) if f.rule == "kind"]
    assert [f.cells for f in findings] == [(key,)]
    assert words in findings[0].message
    assert "1.本机关不掌握相关政府信息·商业企业" in findings[0].message
    assert findings[0].level == "error"


@pytest.mark.parametrize(
    ("typed", "explained"), [("167", True), (" 167", True), ("１６７", False), ("167件", False)]
)
def test_a_text_that_looks_like_the_number_says_how_to_make_it_one(typed: str, explained: bool):
    """“填的是 167，请改为 167” alone would send the clerk in circles."""
    (message,) = said(with_figure(complete(), "applications.results.granted.commercial", typed), "kind")
    assert "请改为 167" in message
    assert ("先清空这一格" in message) == explained


@pytest.mark.parametrize(
    ("changes", "rule", "key"),
    [
        ({"problems": "无"}, "sections", "problems"),
        ({"overview": " "}, "sections", "overview"),
        ({"year": None}, "year", "year"),
        ({"organisation": ""}, "year", "organisation"),
        ({"title": "宿迁市2019年政府信息公开工作年度报告"}, "year", "title"),
    ],
)
def test_what_is_wrong_beside_the_tables_has_a_place_too(changes: dict[str, object], rule: str, key: str):
    """The clerk gets to the text or field with a click, as to a figure."""
    report = complete("suqian-2024").model_copy(update=changes)
    report.places.update({key: "某表!B4", "applications.new.total": "表三!J7"})
    found = [finding for finding in check(report) if finding.rule == rule]
    assert ((key,), ("某表!B4",)) in [(finding.cells, finding.where) for finding in found]


def test_a_fee_may_have_decimals_but_not_be_negative():
    key = "disclosure.fees.amount"
    assert said(with_figure(complete(), key, Decimal("0.014")), "kind") == []
    assert "不能是负数" in said(with_figure(complete(), key, Decimal("-0.5")), "kind")[0]
    assert "请改为 25.1" in said(with_figure(complete(), key, "251000元"), "kind")[0]


@pytest.mark.parametrize("value", [None, "/", "—"])
def test_a_blank_is_a_warning_that_says_it_counts_as_zero(value):
    key = "applications.results.refused.state_secret.research"
    findings = check(with_figure(complete(), key, value))
    (finding,) = [f for f in findings if f.rule == "blank"]
    assert finding.cells == (key,)
    assert "按 0 计" in finding.message
    assert findings.passed


def test_a_table_left_empty_is_an_error_and_not_a_heap_of_blanks():
    report = complete()
    report.cases = {}
    findings = check(report)
    assert [f.message for f in findings if f.rule == "sections"] == [
        "“四、政府信息公开行政复议、行政诉讼情况”的表四没有数据；请填表"
    ]
    assert not any(f.rule == "blank" for f in findings)
    assert not findings.passed


@pytest.mark.parametrize("text", ["", "  \n", "无", "无。", "暂无", "没有"])
def test_the_fifth_section_must_say_something(text):
    report = complete()
    report.problems = text
    assert len(said(report, "sections")) == 1
    assert not check(report).passed


def test_a_section_that_the_source_does_not_have_is_missing():
    report = complete()
    report.overview = None
    assert said(report, "sections") == ["缺少“一、总体情况”部分；请补写"]


def test_figures_without_any_text_are_judged_as_figures_and_say_so():
    findings = check(published("suqian-2024"))
    (finding,) = [f for f in findings if f.rule == "sections"]
    assert finding.level == "warning"
    assert "没有文字部分" in finding.message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "宿迁市（市本级汇总）2023年政府信息公开工作年度报告"}, "标题写的是2023年"),
        ({"title": "淮安市2024年政府信息公开工作年度报告"}, "机关名称"),
        ({"preamble": "统计期限为2023年1月1日至2023年12月31日。"}, "统计期限"),
        ({"preamble": "统计期限自2024年1月1日起至2025年12月31日止。"}, "统计期限"),
        ({"year": None}, "没有填写报告年度"),
        ({"organisation": " "}, "没有填写机关名称"),
    ],
)
def test_one_year_and_one_name_throughout(changes, words):
    report = Report.model_validate({**complete().model_dump(), **changes})
    findings = [f for f in check(report) if f.rule == "year"]
    assert len(findings) == 1
    assert words in findings[0].message
    assert findings[0].level == "error"


def test_a_title_with_spaces_and_the_right_period_are_accepted():
    report = complete()
    report.title = "宿迁市（市本级汇总） 2024 年政府信息公开工作年度报告"
    report.preamble = "所列数据的统计期限为2024年1月1日至2024年12月31日。"
    assert said(report, "year") == []


def test_last_year_must_be_the_year_before():
    report = complete("suqian-2024")
    assert not [f for f in check(report, published("suqian-2023")) if f.rule == "year"]
    (finding,) = [f for f in check(report, published("suqian-2024")) if f.rule == "year"]
    assert "不是2023年的" in finding.message


@pytest.mark.parametrize(("figure", "possible"), [(10**12, True), (10**12 + 1, False)])
def test_a_count_of_more_than_a_million_millions_cannot_be(figure: int, possible: bool):
    findings = said(with_figure(complete(), "disclosure.licensing.decisions", figure), "kind")
    assert any("大得不可能" in finding for finding in findings) is not possible
