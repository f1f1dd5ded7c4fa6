"""The usual sentences: what stands in braces is a figure of the form, and every sentence agrees with the tables it is made from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples import CURRENT_REPORTS, complete, with_figure
from xlreport.checking import check
from xlreport.form.catalogue import CURRENT, MODULES, form_of
from xlreport.form.soundness import faults
from xlreport.form.usual_sentences import words_of

FORM = form_of(CURRENT)
LITIGATION = "诉讼{cases.litigation_direct.total + cases.litigation_after_review.total}件"


def test_words_hold_sums_and_fields_and_a_gap_where_nothing_is_entered() -> None:
    figures = {"cases.litigation_direct.total": 2, "cases.litigation_after_review.total": 3}
    assert words_of("{year}年" + LITIGATION, figures, {"year": "2025"}) == "2025年诉讼5件"
    blank = {"cases.litigation_direct.total": "3 件", "cases.litigation_after_review.total": None}
    assert words_of("{year}年" + LITIGATION, blank, {"year": ""}) == "＿＿年诉讼＿＿件"
    assert words_of(LITIGATION, {**blank, "cases.litigation_after_review.total": 0}, {}) == "诉讼0件"


@pytest.mark.parametrize("form_id", MODULES)
def test_every_form_asks_only_for_its_own_figures(form_id: str) -> None:
    form = form_of(form_id)
    assert form.sentences and faults(form) == []
    wrong = replace(form, sentences={"overview": ("新收{applications.newest.total}件",), "nowhere": ()})
    assert [phrase for phrase in faults(wrong) if "常用文字" in phrase] == [
        "常用文字里的“applications.newest.total”不是表中的格",
        "常用文字写给“nowhere”，没有这一部分文字",
    ]


@pytest.mark.parametrize("name", CURRENT_REPORTS)
def test_the_sentences_bring_no_finding_and_a_figure_that_was_changed_in_them_does(name: str) -> None:
    report = complete(name)
    report.year, report.other_matters = 2024, None
    fields = {"year": "2024", "organisation": "某局"}
    before = {finding.rule for finding in check(report).findings if finding.level == "error"}
    for content, templates in FORM.sentences.items():
        words = [words_of(template, report.figures(), fields) for template in templates]
        setattr(report, content, "\n".join([report.text(content), *words]).strip())
    after = check(report).findings
    assert {finding.rule for finding in after if finding.level == "error"} <= before
    assert not [finding for finding in after if finding.rule in ("contradiction", "fee-note", "percent")]
    changed = with_figure(report, "applications.new.total", 9999)
    assert "contradiction" in {finding.rule for finding in check(changed).findings}
