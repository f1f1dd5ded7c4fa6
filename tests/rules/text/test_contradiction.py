"""A sentence that the tables contradict is named; every usual meaning is accepted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import complete, published
from xlreport.checking import check, gather
from xlreport.example import good
from xlreport.report import Report
from xlreport.rules.text.meanings import readings
from xlreport.rules.text.report_claims import claims_of


def saying(text: str, name: str = "xiji-2025") -> Report:
    report = published(name)
    report.overview = text
    return report


def contradictions(report: Report):
    return [f for f in check(report) if f.rule == "contradiction"]


def test_the_example_has_none_and_its_148_is_understood():
    assert contradictions(good()) == []
    matched = {
        r.claim.value: r.matched.name for r in readings(claims_of(good()), gather(good())) if r.matched
    }
    assert matched == {167: "本年新收", 148: "办理结果总计－上年结转", 19: "结转下年度"}


def test_a_finding_quotes_the_sentence_and_says_what_the_tables_say():
    (finding,) = contradictions(saying("前文。2025年，共收到政府信息公开申请176件。"))
    assert finding.level == "error"
    assert finding.quote == "2025年，共收到政府信息公开申请176件。"
    assert (
        "本年新收 167" in finding.message
        and "本年新收＋上年结转 204" in finding.message
        and "办理结果总计 185" in finding.message
    )
    assert "applications.new.total" in finding.cells


def test_what_is_denied_is_a_figure_too():
    (finding,) = contradictions(saying("全年未收到政府信息公开申请。"))
    assert "未收到" in finding.message


def test_a_doubtful_one_is_a_warning_and_says_so():
    (finding,) = contradictions(saying("2025年，共办理政府信息公开申请300件。"))
    assert finding.level == "warning"
    assert finding.message.startswith("疑似")


#: Unmistakable sentences and the figures they may truly give, for 西集镇 2025.
FRAMES = {
    "2025年，共收到政府信息公开申请{}件。": {167, 204, 185},
    "本年新收政府信息公开申请{}件。": {167},
    "上年结转政府信息公开申请{}件。": {37},
    "全年办结政府信息公开申请{}件。": {185, 148, 173},
    "政府信息公开申请结转下年度继续办理{}件。": {19},
    "对政府信息公开申请，予以公开{}件。": {79},
    "对政府信息公开申请，不予公开{}件。": {1},
    "因政府信息公开被申请行政复议{}件。": {34},
    "因政府信息公开被提起行政诉讼{}件。": {1},
    "全年作出行政处罚决定{}件。": {437},
}


@pytest.mark.parametrize(("frame", "meant"), FRAMES.items())
def test_every_meaning_is_accepted(frame: str, meant: set[int]):
    for value in meant:
        assert contradictions(saying(frame.format(value))) == []


@settings(max_examples=60)
@given(st.sampled_from(sorted(FRAMES)), st.integers(0, 5000))
def test_any_other_number_is_found(frame: str, number: int):
    found = contradictions(saying(frame.format(number)))
    assert len(found) == (number not in FRAMES[frame])


@settings(max_examples=60)
@given(st.sampled_from(sorted(FRAMES)), st.data())
def test_one_wrong_digit_in_words_that_mean_one_thing_is_an_error(frame: str, data: st.DataObject):
    meant = str(data.draw(st.sampled_from(sorted(value for value in FRAMES[frame] if value >= 10) or [0])))
    place = data.draw(st.integers(0, len(meant) - 1))
    digit = data.draw(st.sampled_from(sorted(set("123456789") - {meant[place]})))
    number = int(meant[:place] + digit + meant[place + 1 :])
    found = contradictions(saying(frame.format(number)))
    if number >= 10 and number not in FRAMES[frame]:
        assert [f.level for f in found] == ["error"]
        assert not found[0].message.startswith("疑似")


@pytest.mark.parametrize(
    ("number", "level"),
    [
        (176, "error"),
        (166, "error"),
        (177, "error"),
        (1670, "error"),
        (17, "error"),
        (93, "warning"),
        (9, "warning"),
    ],
)
def test_a_figure_far_from_the_table_s_is_said_with_a_doubt(number: int, level: str):
    (found,) = contradictions(saying(f"本年新收政府信息公开申请{number}件。"))
    assert (found.level, found.message.startswith("疑似")) == (level, level == "warning")


def test_a_small_figure_is_said_with_a_doubt():
    (found,) = contradictions(saying("对政府信息公开申请，不予公开2件。"))
    assert found.level == "warning"


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年，共收到政府信息公开申请99件。",
        "各村收到政府信息公开申请99件。",
        "全年收到政府信息公开申请160余件。",
        "收到政府信息公开申请167件，较上年增加99件。",
        "通过网络收到政府信息公开申请99件。",
        "门户网站发布信息99条。",
        "收到政府信息公开申请167件（其中甲村99件，乙村68件）。",
        "2024年共完成申请答复99件。其中，予以公开66件，占66.7%。",
        "全区各行政机关共受理申请99件。其中同意公开81件。",
        "予以公开由99件上升为79件。",
        "镇长信箱受理来信99件，办结80件，转下年度19件。全部办结。",
        "区政府办公室收到申请99件，办结90件，结转9件。",
        "3月收到申请99件。",
        "2023年至2025年，共收到申请99件。",
        "抽查依申请公开答复书99份。",
        "收到申请167件，其中99件申请经补正后受理。",
        "办理行政复议案件99件，其中政府信息公开类34件。",
        "34件复议中，99件事项已说明。",
    ],
)
def test_other_years_parts_and_bodies_contradict_nothing(sentence: str):
    assert contradictions(saying(sentence)) == []


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("收到申请167件，均已办结。其中19件结转下年度。", []),
        ("收到申请167件，均已办结。", ["warning"]),
        ("（二）依申请公开。规范流程。全年共受理157件。", ["error"]),
        ("（二）信访工作。规范流程。全年共受理157件。", []),
        ("收到申请167件，平均每件用时9个工作日，全部办结。", ["warning"]),
    ],
)
def test_a_paragraph_hangs_together(paragraph: str, found: list[str]):
    assert [f.level for f in contradictions(saying(paragraph))] == found


@pytest.mark.parametrize(
    ("number", "found"),
    [(437, []), (205, []), (12, []), (473, ["warning"]), (347, ["warning"]), (436, ["warning"])],
)
def test_fewer_decisions_may_be_published_but_not_the_table_s_figure_mistyped(number: int, found: list[str]):
    report = saying(f"网站全年公开行政处罚决定{number}件。")
    assert [f.level for f in contradictions(report)] == found


def test_that_all_applicants_are_of_one_kind_is_held_against_the_tables_though_their_number_is_right():
    report = saying("本年新收政府信息公开申请167件，均为自然人申请。")
    assert contradictions(report) == []
    report.applications.new.natural_person, report.applications.new.commercial = 160, 7
    found = contradictions(report)
    assert found and all("均为自然人申请" in finding.message for finding in found)


def test_the_2019_form_is_read_with_the_lines_it_has():
    report = saying(
        "全年新收政府信息公开申请859件，其他处理0件，作出行政许可决定99件。", "shanghai-office-2019"
    )
    assert contradictions(report) == []
    assert contradictions(saying("全年新收政府信息公开申请895件。", "shanghai-office-2019"))


def test_nothing_is_said_of_a_table_that_is_empty():
    report = Report(organisation="某局", year=2025, overview="收到政府信息公开申请99件。")
    assert contradictions(report) == []


def test_a_total_left_blank_is_made_of_its_row():
    report = saying("收到政府信息公开申请167件。")
    report.applications.new.total = None
    assert contradictions(report) == []
    assert contradictions(saying("收到政府信息公开申请168件。"))


def test_a_report_without_a_year_is_left_alone():
    report = saying("收到政府信息公开申请99件。")
    report.year = None
    assert contradictions(report) == []


def test_the_explained_finding_keeps_its_sentence():
    findings = contradictions(complete())
    assert all(f.quote for f in findings)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "suqian-2023",
            "结转下年度121件；从申请人看，自然人申请3402件，商业企业99件，法律服务机构5件，其他1件。",
        ),
        ("suqian-2023", "其他处理341件；商业企业提出申请99件，社会公益组织提出申请4件。"),
        (
            "suqian-2023",
            "政府信息公开行政复议440件，纠错17件，纠错率3.9%；全年行政复议440件，行政诉讼113件。",
        ),
        ("suqian-2024", "行政复议170件、行政诉讼77件；公开1431件，不予公开92件，不予处理117件，其他469件。"),
        (
            "shanghai-office-2019",
            "政府信息公开行政诉讼9件，无复议后起诉案件；科研机构、社会公益组织均未提出申请。",
        ),
        ("xiji-2025", "申请总量167件；上年度未办结的37件申请已于年内全部办结。"),
    ],
)
def test_what_stands_behind_a_semicolon_begins_anew(name: str, sentence: str):
    assert contradictions(saying(sentence, name)) == []
