"""What ``check`` suggests, from the clerk's side."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.locate.test_search import hopeless
from tests.samples import complete, published, report_of, with_figure
from xlreport.checking import check
from xlreport.findings import Finding, Findings
from xlreport.locate import locating
from xlreport.report import Explanation, Report
from xlreport.wording import suggested

GRANTED = "applications.results.granted.natural_person"


def said(findings: Findings, key: str) -> set[tuple[object, str]]:
    """What is suggested for one cell, over all findings."""
    return {(s.to, s.reason) for f in findings for s in f.suggestions if s.cell == key}


def about(findings: Findings, rule: str) -> list[Finding]:
    return [f for f in findings if f.rule == rule]


def changed(report: Report, **figures: object) -> Report:
    for key, value in figures.items():
        report = with_figure(report, key.replace("__", "."), value)
    return report


def test_a_clerk_who_typed_97_for_79_is_told_so():
    findings = check(with_figure(published("xiji-2025"), GRANTED, 97))
    for finding in (*about(findings, "results"), *about(findings, "applicants")):
        (suggestion,) = finding.suggestions
        assert suggested(suggestion) == "疑似应为 79（数字颠倒，很可能）"
        assert suggestion.model_dump(mode="json") == {
            "cell": GRANTED,
            "from": 97,
            "to": 79,
            "reason": "数字颠倒，很可能",
        }


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("applications.new.natural_person", 16, "少输一位，很可能"),
        ("applications.new.natural_person", 1687, "多输一位，很可能"),
        ("applications.new.natural_person", 117, "输错一位，很可能"),
        ("applications.new.natural_person", 157, "输错一位，按到相邻键，很可能"),
        ("applications.new.natural_person", 203, "推算值，可能"),
        ("applications.new.natural_person", -167, "多了负号，很可能"),
        ("applications.new.natural_person", None, "漏填，很可能"),
        ("applications.new.natural_person", "167 件", "带了文字或符号，很可能"),
        ("applications.new.natural_person", "1６7", "带了文字或符号，很可能"),
        ("applications.new.natural_person", "176件", "数字颠倒，很可能"),
        ("applications.new.natural_person", "若干", "推算值，可能"),
        ("applications.new.total", 140, "合计未更新，可能"),
        ("applications.results.refused.state_secret.natural_person", 3, "推算值，可能"),
    ],
)
def test_every_single_error_has_its_reason(key: str, typed: object, told: str):
    report = published("xiji-2025")
    assert (report.figures()[key], told) in said(check(with_figure(report, key, typed)), key)


def test_figures_in_the_wrong_row_are_seen_as_such():
    report = published("suqian-2024")
    figures = report.figures()
    granted, partly = GRANTED, "applications.results.partly_granted.natural_person"
    findings = check(with_figure(with_figure(report, granted, figures[partly]), partly, figures[granted]))
    assert (figures[granted], "行串位，可能") in said(findings, granted)
    first = about(findings, "applicants")[0].suggestions[0]
    assert (first.cell, first.to) == (granted, figures[granted])


def test_figures_in_the_wrong_column_are_seen_as_such():
    report = published("xiji-2025")
    beside = "applications.results.granted.commercial"
    findings = check(with_figure(with_figure(report, GRANTED, 0), beside, 79))
    assert any("列串位" in reason for to, reason in said(findings, GRANTED) if to == 79)


def test_of_several_cells_all_are_named_the_plausible_first_none_as_likely():
    findings = check(with_figure(published("xiji-2025"), "cases.review.total", 43))
    (finding,) = about(findings, "cases")
    assert len(finding.suggestions) == 5
    assert (finding.suggestions[0].cell, finding.suggestions[0].to) == ("cases.review.total", 34)
    assert all(s.reason.endswith("，可能") for s in finding.suggestions)


def test_each_finding_only_speaks_of_its_own_cells():
    findings = check(
        changed(complete("xiji-2025"), cases__review__total=43, **{GRANTED.replace(".", "__"): 97})
    )
    for finding in findings:
        assert all(s.cell in finding.cells for s in finding.suggestions)
    assert not any(s.cell == GRANTED for f in about(findings, "cases") for s in f.suggestions)


def test_text_outside_every_balance_is_read_as_a_person_reads_it():
    key = "disclosure.licensing.decisions"
    findings = check(with_figure(published("xiji-2025"), key, "1,234"))
    assert said(findings, key) == {(1234, "带了文字或符号，很可能")}


def test_last_years_figure_decides_what_was_carried_in():
    report, previous = published("suqian-2024"), published("suqian-2023")
    key = "applications.carried_in.natural_person"
    right = report.figures()[key]
    findings = check(with_figure(report, key, right + 9), previous)
    assert {to for to, _ in said(findings, key)} == {right}


def test_a_difference_to_last_year_that_is_explained_is_taken_as_right():
    report = complete("suqian-2024")
    previous = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 117)
    (finding,) = about(check(report, previous), "carried")
    answer = Explanation(
        rule="carried", cells=finding.cells, figures=finding.figures, text="机构改革，划入一件"
    )
    answered = report.model_copy(update={"explanations": (answer,)})
    findings = check(
        with_figure(answered, GRANTED, published("suqian-2024").figures()[GRANTED] + 300), previous
    )
    key_changes = {s.cell for f in findings for s in f.suggestions}
    assert key_changes == {GRANTED}


def test_a_quarrel_with_last_year_alone_changes_nothing_else():
    report = published("suqian-2024")
    previous = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 117)
    findings = check(report, previous)
    (finding,) = about(findings, "carried")
    assert finding.suggestions == ()
    assert finding.message.endswith("差1")


def in_column_and_total(report: Report, row: str, step: int) -> Report:
    """The report with a row's 自然人 and 总计 both moved by ``step``, so that the row still adds up."""
    for column in ("natural_person", "total"):
        key = f"applications.{row}.{column}"
        report = with_figure(report, key, report.figures()[key] + step)
    return report


def test_figures_that_agree_with_each_other_are_not_bent_to_agree_with_last_year():
    """Four cells could be changed so that everything agrees; the clerk who changes one of them makes two new errors."""
    findings = check(
        published("suqian-2024"), in_column_and_total(published("suqian-2023"), "carried_out", 1)
    )
    assert len(about(findings, "carried")) == 2
    assert not any(f.suggestions for f in findings)


def test_a_change_that_others_have_to_make_up_for_is_never_called_likely():
    report = with_figure(published("suqian-2024"), "applications.results.partly_granted.other", 7)
    previous = in_column_and_total(published("suqian-2023"), "carried_out", 1)
    findings = check(report, previous)
    offered = said(findings, "applications.carried_in.natural_person")
    assert all(reason.endswith("，可能") for _, reason in offered)


def test_where_nothing_small_is_found_the_finding_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locating, "installed", lambda: False)
    findings = check(report_of(hopeless()))
    assert all("请逐格核对" in f.message for f in about(findings, "applicants"))
    assert not any(f.suggestions for f in findings)


def test_a_report_that_passes_costs_nothing():
    program = (
        "import sys; from tests.samples import complete; from xlreport.checking import check; "
        "assert check(complete('suqian-2024')).passed; "
        "assert not any(name.startswith('xlreport.locate') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
