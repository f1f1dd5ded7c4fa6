"""What a reading needs beside being likely: plain words, the unit of what is counted, and the very name of what is denied."""

from __future__ import annotations

import pytest

from xlreport.form.catalogue import CURRENT, form_of
from xlreport.rules.text.certainty import completes, denies, fits, is_plain
from xlreport.rules.text.claim_labels import ALL, NONE, Label
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.passage import Passage
from xlreport.rules.text.placing import elsewhere, passage_of
from xlreport.rules.text.scope import Owner
from xlreport.rules.text.sentences import sentences


def passage(text: str, organisation: str = "甲县乙镇人民政府") -> Passage:
    said = list(sentences("overview", text))
    return passage_of(said, lexicon(form_of(CURRENT)), Owner(organisation), 2024)


def test_a_sum_that_is_told_apart_behind_it_is_a_doubt():
    told = passage("其余13件分别为不予公开1件、其他处理12件。")
    assert [is_plain(told, place) for place in told.numbers()] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "kind", "denied"),
    [
        ("没有不予公开的情形。", "results.refused", True),
        ("没有因国家秘密不予公开的情形。", "results.refused", False),
        ("未发生行政复议。", "review", True),
        ("未发生行政复议被纠正的情形。", "review", False),
        ("未收到政府信息公开申请。", "received", True),
        ("未收到环境信息公开申请。", "received", True),
        ("无结转下年度的申请。", "carried_out", True),
        ("无上年结转的申请。", "carried_out", False),
        ("无结转。", "carried_out", False),
        ("行政复议、行政诉讼均为零。", "litigation", True),
        ("没有群众提出申请。", "received", True),
        ("科研机构没有申请。", "received", False),
        ("没有复议后起诉案件被纠正。", "litigation_direct.corrected", False),
    ],
)
def test_a_denial_is_of_what_it_names_and_of_nothing_wider(text: str, kind: str, denied: bool):
    told = passage(text)
    (run,) = told.runs()
    assert denies(told, run, Label(kind, "", NONE)) == denied


@pytest.mark.parametrize(
    ("text", "whole", "part", "said"),
    [
        ("行政诉讼2件，法院均判决维持。", "litigation", "litigation.upheld", True),
        ("行政诉讼2件，维持、纠正各1件。", "litigation", "litigation.upheld", False),
        ("行政诉讼2件，复议后起诉的被纠正。", "litigation", "litigation.corrected", False),
        ("行政诉讼2件，均为复议后起诉。", "litigation", "litigation_after_review", True),
        ("行政诉讼1件，系未经复议直接起诉。", "litigation", "litigation_direct", True),
        ("行政诉讼2件，复议后起诉的均败诉。", "litigation", "litigation_after_review", False),
        ("不予公开1件，属于过程性信息。", "results.refused", "results.refused.deliberative_process", True),
    ],
)
def test_what_is_said_of_all_that_was_counted_last_needs_no_number(
    text: str, whole: str, part: str, said: bool
):
    told = passage(text)
    (place, *_), *runs = told.numbers(), *told.runs()
    assert any(completes(told, run, Label(part, "", ALL), Label(whole), place) for run in runs) == said


@pytest.mark.parametrize(
    ("text", "counted"),
    [("本机关不掌握答复3条。", True), ("内部事务信息梳理3条。", False), ("不予公开3条信息。", False)],
)
def test_lines_of_table_three_are_counted_in_other_units_where_their_name_stands_before(
    text: str, counted: bool
):
    told = passage(text)
    assert fits(told, told.numbers()[0], Label("results.unavailable.not_held")) == counted


@pytest.mark.parametrize(
    ("organisation", "text"),
    [
        ("甲县乙镇人民政府", "办结5件（含去年1件），行政复议0件。"),
        ("甲省自然资源厅", "本厅本级行政许可3件。"),
        ("甲市人民政府", "市政府及其办公室印发规范性文件3件。"),
        ("甲市公安局乙城分局", "甲市公安局乙城分局收到申请3件。"),
        ("甲师范学院", "因学校不掌握相关信息无法提供3件。"),
    ],
)
def test_a_figure_is_not_lost_to_another_year_or_body(organisation: str, text: str):
    told = passage(text, organisation)
    assert not elsewhere(told, told.numbers()[-1])
