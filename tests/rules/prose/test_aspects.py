"""The first section touches on the five aspects."""

from __future__ import annotations

import pytest

from tests.samples import complete
from xlreport.checking import check
from xlreport.example import good

WHOLE = "主动公开政府信息20条。收到依申请公开3件。落实保密审查。办好门户网站。加强业务培训，开展工作考核。"


def said(overview: str, organisation: str = "某县教育局") -> list[str]:
    report = complete("xiji-2025")
    report.title, report.organisation, report.overview = "", organisation, overview
    found = [f for f in check(report) if f.rule == "five-aspects"]
    assert all(f.level == "warning" for f in found)
    return [f.message for f in found]


def test_a_whole_section_passes():
    assert said(WHOLE) == []
    assert said(WHOLE, "某县人民政府") == []


@pytest.mark.parametrize(
    ("sentence", "aspect"),
    [
        ("主动公开政府信息20条。", "主动公开"),
        ("收到依申请公开3件。", "依申请公开"),
        ("落实保密审查。", "政府信息管理"),
        ("办好门户网站。", "平台建设"),
        ("加强业务培训，开展工作考核。", "监督保障"),
    ],
)
def test_the_aspect_that_is_missing_is_named(sentence: str, aspect: str):
    (message,) = said(WHOLE.replace(sentence, ""))
    assert f"没有写到{aspect}；" in message


def test_a_number_of_normative_documents_is_no_word_on_how_information_is_managed():
    text = WHOLE.replace("落实保密审查。", "制发行政规范性文件50件。")
    assert "没有写到政府信息管理；" in said(text)[0]
    assert said(text.replace("50件", "50件，开展规范性文件清理")) == []


def test_a_government_reports_on_assessment():
    text = WHOLE.replace("，开展工作考核", "")
    assert said(text) == []
    (message,) = said(text, "某县人民政府")
    assert "责任追究" in message


def test_the_example_has_all_five_and_no_word_on_assessment():
    assert [f.message for f in check(good()) if f.rule == "five-aspects"] == [
        "“一、总体情况”没有写到工作考核、社会评议、责任追究的情况；政府的年度报告请写明"
    ]
