"""The findings as a whole: what they count, where they point, how explanations answer them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.samples import complete, published, with_figure
from xlreport import read, write
from xlreport.checking import check
from xlreport.example import faulty, good
from xlreport.findings import Finding, Level
from xlreport.report import Explanation, Report
from xlreport.rules.rule import Evidence, Rule
from xlreport.wording import rows


def test_the_example_passes_and_is_only_asked_about_assessment_and_the_fee_that_its_table_lacks():
    findings = check(good())
    assert findings.passed
    assert [f.rule for f in findings] == ["fee-listed", "five-aspects"]


def test_the_faulty_example_shows_each_of_its_errors():
    findings = check(faulty())
    assert {f.rule for f in findings} == {
        *("results", "applicants", "cases", "kind", "sections", "blank", "five-aspects"),
        "fee-listed",
    }
    assert not findings.passed


def test_warnings_do_not_stop_a_report():
    findings = check(with_figure(complete(), "cases.review.other", None))
    assert [f.rule for f in findings if f.rule != "cases"]
    findings = check(with_figure(complete(), "disclosure.coercion.decisions", None))
    assert findings.passed
    assert {f.level for f in findings} == {"warning"}


def test_the_printed_object_has_the_names_other_programs_read():
    data = check(with_figure(complete(), "applications.new.natural_person", 3441)).model_dump(mode="json")
    assert set(data) == {"report", "passed", "checked", "findings"}
    assert data["report"] == {"form": "disclosure-2021", "organisation": "宿迁市（市本级汇总）", "year": 2024}
    flow = data["findings"][0]
    assert set(flow) == {
        *("rule", "level", "cells", "where", "left", "right", "difference", "message"),
        *("quote", "suggestions", "explanation"),
    }
    assert (flow["rule"], flow["left"], flow["right"], flow["difference"]) == ("flow", 3559, 3558, 1)
    assert flow["cells"][0] == "applications.new.natural_person"
    assert data["checked"] > 200


def carried_differs() -> tuple[Report, Report]:
    report = complete("suqian-2024")
    return report, with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 117)


def explained(report: Report, previous: Report | None, rule: str, text: str) -> Report:
    """Answer every finding of a rule, as the clerk does in the sheet."""
    answers = [
        Explanation(rule=f.rule, cells=f.cells, figures=f.figures, text=text)
        for f in check(report, previous)
        if f.rule == rule
    ]
    return report.model_copy(update={"explanations": tuple(answers)})


def test_carried_is_waived_by_an_explanation():
    report, previous = carried_differs()
    assert not check(report, previous).passed
    answered = explained(report, previous, "carried", "机构改革，划入一件")
    findings = check(answered, previous)
    assert [f.explanation for f in findings if f.rule == "carried"] == ["机构改革，划入一件"]
    assert findings.passed
    assert findings.lapsed == ()


def test_an_explanation_falls_away_visibly_when_its_figures_change():
    report, previous = carried_differs()
    answered = explained(report, previous, "carried", "机构改革，划入一件")
    changed = with_figure(previous, "applications.carried_out.natural_person", 116)
    findings = check(answered, changed)
    (finding,) = [f for f in findings if f.rule == "carried"]
    assert finding.explanation is None
    assert "机构改革，划入一件" in finding.message
    assert "失效" in finding.message
    assert not findings.passed
    assert [e.text for e in findings.lapsed] == ["机构改革，划入一件"]


def test_an_explanation_outlives_changes_elsewhere():
    report, previous = carried_differs()
    answered = explained(report, previous, "carried", "机构改革")
    answered.disclosure.licensing.decisions = 1573180
    assert check(answered, previous).passed


@pytest.mark.parametrize("rule", ["flow", "kind", "sections"])
def test_an_error_is_not_explained_away(rule: str):
    report = faulty() if rule != "flow" else with_figure(complete(), "applications.new.total", 1)
    answered = explained(report, None, rule, "就是这样")
    assert not check(answered).passed
    assert all(f.explanation is None for f in check(answered) if f.rule == rule)


def test_warnings_can_be_answered():
    report = with_figure(complete(), "disclosure.coercion.decisions", None)
    answered = explained(report, None, "blank", "确未统计")
    assert [f.explanation for f in check(answered) if f.rule == "blank"] == ["确未统计"]


def test_a_report_that_is_no_workbook_has_no_places_whatever_last_year_s_is():
    report, previous = published("suqian-2024"), published("suqian-2023")
    report = with_figure(report, "applications.new.total", 1)
    assert not report.places
    previous.places.update({key: f"表!{number}" for number, key in enumerate(previous.figures())})
    findings = check(report, previous)
    assert findings.errors
    assert all(finding.where == () for finding in findings)


def with_leftovers() -> Report:
    report = good()
    report.overview = f"{report.overview}\n2023年全年公开信息100条。\n2022年全年公开信息90条。"
    return report


def test_a_finding_about_a_sentence_leads_to_its_paragraph(tmp_path: Path):
    write(with_leftovers(), tmp_path / "r.xlsx")
    report = read(tmp_path / "r.xlsx")
    found = [f for f in check(report) if f.rule == "leftover"]
    last = len((report.overview or "").splitlines()) - 1
    assert [f.cells for f in found] == [("overview",)] * 2
    assert [f.where for f in found] == [(report.places[f"overview.{line}"],) for line in (last - 1, last)]


def test_a_contradiction_leads_to_the_cells_and_to_the_paragraph(tmp_path: Path):
    report = good()
    report.overview = (report.overview or "").replace("167件", "176件")
    write(report, tmp_path / "r.xlsx")
    (found,) = (f for f in check(read(tmp_path / "r.xlsx")) if f.rule == "contradiction")
    assert found.cells[0] == "applications.new.total" and found.cells[-1] == "overview"
    assert found.where[-1].startswith("一、总体情况!B") and len(found.where) == len(found.cells)


def test_an_explanation_answers_one_sentence_and_not_the_next():
    first, second = (f for f in check(with_leftovers()) if f.rule == "leftover")
    report = with_leftovers()
    report.explanations = (
        Explanation(rule=first.rule, cells=first.cells, figures=first.figures, text="属实"),
    )
    answered, other = (f for f in check(report) if f.rule == "leftover")
    assert (answered.explanation, other.explanation, other.message) == ("属实", None, second.message)


def remark(rule_id: str, level: Level) -> Rule:
    """A rule that always speaks, about one cell."""
    return Rule(
        id=rule_id,
        level=level,
        tag="C",
        title="本办规定",
        statement="本办规定",
        basis="核实项",
        advice="按本办规定改正",
        judge=lambda rule, evidence: iter([rule.finding(evidence, "不合本办规定", "cases.review.total")]),
    )


def test_rules_given_for_one_check_come_behind_the_forms_own_and_count_like_them():
    findings = check(good(), rules=[remark("office", "error")])
    assert not findings.passed and findings.findings[-1].rule == "office"
    assert findings.checked == check(good()).checked + 1
    assert (rows(findings)[-1].rule, rows(findings)[-1].open) == ("本办规定", False)
    assert check(good()).passed


def test_a_rule_with_the_id_of_another_stands_in_its_place():
    waived = remark("flow", "warning")
    findings = check(with_figure(complete(), "applications.new.natural_person", 3441), rules=[waived])
    assert [(f.rule, f.level) for f in findings if f.rule == "flow"] == [("flow", "warning")]
    assert findings.rule("flow") is waived


def test_a_report_of_another_form_beside_is_named_where_its_cells_are():
    seen: list[dict[str, object]] = []

    def judge(rule: Rule, evidence: Evidence) -> Iterator[Finding]:
        seen.append(evidence.figures)
        yield rule.finding(evidence, "两表不一致", "cases.review.total", "beside.cases.review.total")

    report, other = complete(), Report(form="disclosure-2019", organisation="某局", year=2024)
    report.places["cases.review.total"] = "四!A1"
    other.places["cases.review.total"] = "四!B2"
    findings = check(report, rules=[replace(remark("tied", "warning"), judge=judge)], beside=other)
    assert findings.findings[-1].where == ("四!A1", "对照报告 四!B2")
    assert "beside.cases.review.total" in seen[0]
    assert rows(findings)[-1].target == "四!A1"
    # What is wrong in the other report is said when that is checked.
    other.cases.review.total = "五件"
    assert not [f for f in check(report, beside=other) if f.rule == "kind"]


def test_a_rule_from_outside_that_fails_is_a_finding_and_never_stops_the_others():
    def judge(rule, evidence):
        yield None
        raise RuntimeError("broken")

    rule = Rule(
        id="own",
        level="error",
        tag="C",
        title="外来的规则",
        statement="",
        basis="",
        advice="",
        judge=judge,
    )
    findings = check(with_figure(complete(), "disclosure.coercion.decisions", None), rules=(rule,))
    assert {"own", "blank"} <= {finding.rule for finding in findings}
    (failed,) = (finding for finding in findings if finding.rule == "own")
    assert "审核时出错（RuntimeError）" in failed.message
    assert not findings.passed
