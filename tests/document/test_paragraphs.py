"""Headings within the texts, and titles that break well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.document.docx import document
from xlreport.document.paragraphs import TITLE_CHARACTERS, is_heading, paragraphs_of, title_lines
from xlreport.report import Report

REST = "2025年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开情况",
        "(二)依申请公开",
        "1.受理情况",
        "2、办理情况",
        "３．平台",
        "（1）线上渠道",
        "二、问题",
    ],
)
def test_a_short_numbered_line_is_a_heading(line: str):
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "1.组织领导机制持续夯实。优化工作体系。",
        "1.5万条信息",
        "（一）",
        "主动公开情况",
        "2025年共接收167件",
        "一是部门协同有待提升；",
        "1.主要问题：",
        "（一）" + "很" * 40,
    ],
)
def test_any_other_line_is_not(line: str):
    assert not is_heading(line)


@pytest.mark.parametrize(("characters", "heading"), [(30, True), (31, False)])
def test_a_heading_has_thirty_characters_at_most(characters: int, heading: bool):
    assert is_heading("（一）" + "很" * (characters - 3)) is heading


@pytest.mark.parametrize(("characters", "lines"), [(20, 1), (21, 2)])
def test_a_line_of_the_title_has_twenty_characters_at_most(characters: int, lines: int):
    # The four digits of the year are half as wide.
    name = "某市" + "某" * (characters - len(REST) - 1) + "局"
    title = f"{name}{REST}"
    assert len(title) - 2 == characters
    assert len(title_lines(title, name)) == lines


def test_levels_follow_the_numbering():
    report = Report(overview="（一）主动公开\n\n1.受理\n（1）线上\n全年受理 3 件。")
    assert [part.level for part in paragraphs_of(report, "overview")] == [2, 3, 4, 0]
    made = document(report)
    assert [p.style.name for p in made.paragraphs[2:6]] == ["Heading 2", "Heading 3", "Heading 4", "公文正文"]


def test_named_headings_come_before_guesses_and_count_blank_lines():
    report = Report(overview="（一）主动公开\n\n平台建设\n正文。", headings={"overview": (2,)})
    assert list(paragraphs_of(report, "overview")) == [(0, "（一）主动公开"), (2, "平台建设"), (0, "正文。")]


def test_a_text_that_is_missing_has_no_paragraphs():
    assert list(paragraphs_of(Report(), "overview")) == []


def test_a_short_title_is_one_line():
    assert title_lines("宿迁市" + REST, "宿迁市") == ["宿迁市" + REST]


def test_a_long_title_breaks_after_the_organisation():
    name = "北京市通州区西集镇人民政府"
    assert title_lines(name + REST, name) == [name, REST]
    assert title_lines(name + REST, "") == [name, REST]


def test_a_name_longer_than_a_line_breaks_after_one_of_its_parts():
    name = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民政府办公室"
    *lines, rest = title_lines(name + REST, name)
    assert rest == REST
    assert "".join(lines) == name
    assert all(len(line) <= TITLE_CHARACTERS for line in lines)
    assert lines[0].endswith("自治州")


def test_a_name_too_long_for_two_lines_takes_three_and_none_is_too_long():
    name = "某某省某某市某某区发展和改革委员会（某某区粮食和物资储备局、某某区人民防空办公室）"
    assert title_lines(name + REST, name) == [
        "某某省某某市某某区发展和改革委员会",
        "（某某区粮食和物资储备局、",
        "某某区人民防空办公室）",
        REST,
    ]


@given(st.text("某省市区县局委、（）政府", min_size=1, max_size=60))
def test_a_name_is_only_broken_never_changed(name: str):
    lines = title_lines(name + REST, name)
    assert "".join(lines) == name + REST
    assert all(lines)


def test_a_title_typed_in_lines_keeps_them():
    assert title_lines("甲市乙局2025年\n政府信息公开工作年度报告", "甲市乙局") == [
        "甲市乙局2025年",
        "政府信息公开工作年度报告",
    ]
