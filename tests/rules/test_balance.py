"""The linear rules on whole reports."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import CURRENT_REPORTS, balanced_figures, published, report_of, with_figure, year_before
from xlreport.checking import check
from xlreport.findings import Findings
from xlreport.form.catalogue import form_of

FORM = form_of("disclosure-2021")
LINEAR = ("flow", "results", "applicants", "cases")
#: All rules that are equations, those over last year's figures too.
EQUATIONS = (*LINEAR, "carried", "in-force")
PARTICIPANTS = sorted({key for b in FORM.balances if b.rule.id in LINEAR for key in b.keys})


def broken(findings: Findings, *rules: str) -> list[tuple[str, str]]:
    return [(f.rule, f.message) for f in findings if f.rule in (rules or LINEAR)]


@pytest.mark.parametrize("name", CURRENT_REPORTS)
def test_published_reports_balance(name: str):
    assert broken(check(published(name))) == []


@settings(max_examples=25)
@given(balanced_figures(FORM))
def test_random_balanced_tables_pass(figures):
    assert broken(check(report_of(figures))) == []


@pytest.mark.parametrize("name", CURRENT_REPORTS)
@pytest.mark.parametrize("step", [1, -1])
def test_every_single_step_in_every_figure_is_found_with_its_cell(name: str, step: int):
    report, previous = published(name), year_before(published(name))
    assert broken(check(report, previous), *EQUATIONS) == []
    figures = report.figures()
    this_year = {key for b in FORM.balances if b.rule.id in EQUATIONS for key in b.keys if key in figures}
    assert len(this_year) == 196
    for key in sorted(this_year):
        findings = check(with_figure(report, key, figures[key] + step), previous)
        assert any(key in f.cells for f in findings if f.rule in EQUATIONS), key
        assert not findings.passed or key.startswith("disclosure."), key


@settings(max_examples=50)
@given(st.sampled_from(PARTICIPANTS), st.integers(-500, 500).filter(bool))
def test_a_finding_names_the_size_of_the_error(key: str, change: int):
    report = published("suqian-2023")
    findings = check(with_figure(report, key, report.figures()[key] + change))
    assert {abs(f.difference) for f in findings if f.rule in LINEAR} == {abs(change)}


def test_text_in_one_cell_leaves_the_other_balances_alive():
    report = with_figure(published("xiji-2025"), "applications.results.granted.natural_person", "79 件")
    report = with_figure(report, "cases.review.total", 35)
    findings = check(report)
    assert broken(findings) == [("cases", "“行政复议”案件合计不符：35 ≠ 33+1=34，差1")]
    assert [f.cells for f in findings if f.rule == "kind"] == [
        ("applications.results.granted.natural_person",)
    ]


def test_a_missing_total_counts_as_zero_and_breaks_the_balance():
    report = with_figure(published("xiji-2025"), "applications.new.total", None)
    assert [f.difference for f in check(report) if f.rule == "applicants"] == [-167]


def test_what_was_carried_out_last_year_was_carried_in():
    report = published("xiji-2025")
    assert broken(check(report, year_before(report)), "carried", "in-force", "in-force-bound") == []
    findings = check(report, with_figure(year_before(report), "applications.carried_out.natural_person", 36))
    assert broken(findings, "carried") == [("carried", "“自然人”上年结转与上年数不符：37 ≠ 36，差1")]
    assert not findings.passed


def test_real_consecutive_years_are_carried_over():
    findings = check(published("suqian-2024"), published("suqian-2023"))
    assert broken(findings, "carried") == []


def test_documents_in_force_follow_from_last_year():
    report = published("suqian-2024")
    wrong = with_figure(report, "disclosure.normative_documents.in_force", 421)
    findings = check(wrong, year_before(report))
    assert [m for r, m in broken(findings, "in-force")] == [
        "“行政规范性文件”现行有效件数与上年不衔接：421 ≠ 597+50−227=420，差1"
    ]
    assert all(f.level == "warning" for f in findings if f.rule == "in-force")


def test_more_issued_than_in_force_is_asked_about():
    report = with_figure(published("xiji-2025"), "disclosure.normative_documents.issued", 3)
    findings = check(report)
    assert [f.message for f in findings if f.rule == "in-force-bound"] == [
        "“行政规范性文件”件数超出可能范围：3 > 0，超3"
    ]


def test_without_last_year_nothing_is_said_about_it():
    findings = check(published("xiji-2025"))
    assert not {"carried", "in-force", "unit", "swing", "pending-cases"} & {f.rule for f in findings}
