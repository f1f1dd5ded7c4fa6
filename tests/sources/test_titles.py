"""Whose report it is and of which year, in every order in which title lines are printed, among whatever a page has around them."""

from __future__ import annotations

import pytest

from xlreport.form.catalogue import CURRENT, form_of
from xlreport.sources.titles import Title, find_title

NAME, REPORT = "宿迁市某某局", "政府信息公开工作年度报告"
TEXT = "依据《中华人民共和国政府信息公开条例》，现公布本机关年度报告。"


def title_of(*lines: str) -> Title:
    return find_title([*lines, TEXT], form_of(CURRENT).kind)


@pytest.mark.parametrize(
    "lines",
    [
        [f"2024年{NAME}", REPORT],
        ["2024年度", f"{NAME}{REPORT}"],
        ["2024年", NAME, REPORT],
        ["（2024年度）", NAME, REPORT],
        ["二〇二四年", NAME, REPORT],
        [f"{NAME}{REPORT}", "（2024年度）"],
        [NAME, REPORT, "2024年"],
        [NAME, f"（2024年度）{REPORT}"],
        [f"（{NAME}）{REPORT}", "（2024年度）"],
        [f"【{NAME}】2024年{REPORT}"],
        [NAME, "关于2024年", REPORT],
        ["宿迁市", f"某某局2024年{REPORT}"],
        [f"2024年{REPORT}", f"（{NAME}）"],
        [f"2024年{REPORT}", f"——{NAME}"],
        [f"2024年{REPORT}", NAME],
        [f"2024年{REPORT}", f"填报单位：{NAME}（公章）"],
        [f"2024年{REPORT}", "2025-01-20", f"（{NAME}）"],
        [REPORT, "（2024年度）", f"（{NAME}）"],
        [REPORT, f"（{NAME}）", "（2024年度）"],
        [f"宿迁市2024年{REPORT}", f"（{NAME}）"],
        [f"（{NAME}）", f"2024年{REPORT}"],
        [f"单位名称：{NAME}", f"2024年度{REPORT}"],
        [f"2024年{REPORT}", f"【{NAME}】"],
        [f"2024年{REPORT}", f"〔{NAME}〕"],
        [f"2024年{REPORT}", f"单位（盖章）：{NAME}"],
        [f"2024年{REPORT}", f"编制机关（公章）：{NAME}"],
        [REPORT, NAME, "2024年度"],
        [REPORT, f"——{NAME}（2024年度）"],
        [REPORT, f"{NAME}（2024年）"],
    ],
    ids=" ".join,
)
def test_the_lines_of_a_title_may_stand_in_any_order(lines: list[str]):
    found = title_of(*lines)
    assert (found.organisation, found.year, found.end) == (NAME, 2024, len(lines))


@pytest.mark.parametrize(
    "above",
    [
        "宿迁市人民政府门户网站",
        "宿迁市人民政府",
        "来源：宿迁市人民政府办公室",
        "发布时间：2025-01-20",
        f"当前位置：首页 > {REPORT} > 宿迁市教育局",
        f"首页 › 年报 › 宿迁市教育局2023年{REPORT}",
    ],
)
@pytest.mark.parametrize(
    "title", [[f"{NAME}2024年{REPORT}"], [f"{NAME}{REPORT}", "（2024年度）"], [f"名称：{NAME}2024年{REPORT}"]]
)
def test_what_a_page_sets_above_a_title_is_no_part_of_the_name(above: str, title: list[str]):
    found = title_of(above, *title)
    assert (found.organisation, found.year) == (NAME, 2024)
    assert above not in found.text


@pytest.mark.parametrize(
    "line",
    [
        "来源：宿迁市某某局",
        "【打印本页】",
        "【大 中 小】",
        f"{NAME}：某某",
        "当前位置：首页 > 宿迁市某某局",
        "各县区人民政府",
        "（草案）",
    ],
)
def test_a_line_that_is_not_the_name_of_the_organisation_gives_none(line: str):
    assert title_of(f"2024年{REPORT}", line).organisation == ""
    assert title_of(line, f"2024年{REPORT}").organisation == ""


def test_a_line_between_the_kind_of_report_and_a_year_is_no_title_unless_it_is_a_name():
    assert title_of(REPORT, "填报说明", "2024年").year is None
