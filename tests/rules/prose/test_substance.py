"""An overview that says nothing, and a report that was finished before its year was."""

from __future__ import annotations

import pytest

from tests.samples import complete
from xlreport.checking import check
from xlreport.report import Report


def said(report: Report, rule: str) -> list[str]:
    found = [f for f in check(report) if f.rule == rule]
    assert all(f.level == "warning" for f in found)
    return [f.message for f in found]


def with_overview(text: str) -> Report:
    report = complete("xiji-2025")
    report.overview = text
    return report


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("2025年，我镇扎实推进政务公开，各项工作取得新成效。", "数字"),
        ("我镇共收到申请167件。", "年度"),
        ("2025年，扎实推进。共发布信息437条。", "单位"),
        ("深入学习，扎实推进，成效明显。", "数字、年度、单位"),
        ("2025年，我镇坚持“一是学习，二是整改”，落实《条例》第五十条。", "数字"),
    ],
)
def test_an_overview_without_figures_year_or_body_is_pointed_out(text: str, missing: str):
    (message,) = said(with_overview(text), "no-figures")
    assert f"没有一处写到{missing}，" in message


@pytest.mark.parametrize(
    "text",
    [
        "2025年，我镇共收到申请167件。",
        "一年来，本机关发布信息四百三十七条。",
        "今年，西集镇的按期办结率为100%。",
        "",
    ],
)
def test_an_overview_that_names_all_three_is_left_alone(text: str):
    assert said(with_overview(text), "no-figures") == []


@pytest.mark.parametrize(
    ("line", "early"),
    [
        ("2025年12月31日", True),
        ("2025年12月20日", True),
        ("二〇二五年十一月三日", True),
        ("2026年1月1日", False),
        ("2026 年 1 月 20 日", False),
        ("2025年13月40日", False),
        ("2025年12月20日，区政府召开会议。", False),
    ],
)
def test_a_date_below_the_report_lies_behind_its_year(line: str, early: bool):
    report = complete("xiji-2025")
    report.other_matters = f"本年度未收取信息处理费。\n西集镇人民政府\n{line}"
    assert bool(said(report, "dated-early")) is early
