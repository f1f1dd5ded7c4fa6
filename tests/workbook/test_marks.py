"""Marks are made from findings alone."""

from __future__ import annotations

from tests.samples import complete, published, with_figure
from xlreport.checking import check
from xlreport.report import Explanation, Report
from xlreport.wording import counts
from xlreport.workbook.marks import SUSPECT_TINT, marks_of
from xlreport.workbook.results import PASSED


def placed(report: Report) -> Report:
    report.places.update({key: f"表 一!{number}" for number, key in enumerate(report.figures())})
    if report.previous is not None:
        report.places.update(
            {f"previous.{k}": f"上年数!{n}" for n, k in enumerate(report.previous.figures())}
        )
    return report


def test_a_broken_balance_marks_its_cells_with_both_sides() -> None:
    report = placed(with_figure(complete("xiji-2025"), "applications.carried_in.natural_person", 36))
    marks = marks_of(check(report))
    place = report.places["applications.carried_in.natural_person"]
    mark = next(mark for mark in marks.cells if f"{mark.sheet}!{mark.address}" == place)
    assert mark.level == "error"
    flow = next(f for f in check(report) if f.rule == "flow")
    sentence = flow.message.partition("收办不平衡：")[2]
    assert f"\n\n收办不平衡（强制性）\n{sentence}\n核对本年新收" in mark.note
    assert {f"{m.sheet}!{m.address}" for m in marks.cells} >= {report.places[key] for key in flow.cells}


def test_the_cell_that_is_probably_wrong_says_first_what_it_should_hold() -> None:
    key = "applications.results.granted.natural_person"
    report = placed(with_figure(complete("xiji-2025"), key, 97))
    marks = marks_of(check(report))
    proposed = [mark for mark in marks.cells if "疑似应为" in mark.note]
    assert [f"{mark.sheet}!{mark.address}" for mark in proposed] == [report.places[key]]
    assert proposed[0].note.startswith("疑似应为 79（数字颠倒，很可能）\n\n")
    broken = [row for row in marks.results.rows if row.difference is not None]
    assert {row.target for row in broken} == {report.places[key]}
    assert all(f"{report.places[key]} 疑似应为 79" in row.advice for row in broken)


def test_the_only_cell_that_can_be_wrong_stands_out_among_those_that_take_part() -> None:
    key = "applications.results.granted.natural_person"
    report = complete()
    report = placed(with_figure(report, key, report.figures()[key] + 300))
    cells = {f"{mark.sheet}!{mark.address}": mark for mark in marks_of(check(report)).cells}
    assert len(cells) > 20
    assert [place for place, mark in cells.items() if mark.tint == SUSPECT_TINT] == [report.places[key]]


def test_where_any_of_several_cells_can_be_wrong_none_stands_out() -> None:
    report = complete()
    report = placed(
        with_figure(report, "cases.review.pending", (report.figures()["cases.review.pending"] or 0) + 1)
    )
    findings = check(report)
    assert len({s.cell for f in findings for s in f.suggestions}) > 1
    assert not any(mark.suspected for mark in marks_of(findings).cells)


def test_findings_of_one_cell_are_joined_in_one_note() -> None:
    report = placed(with_figure(complete("xiji-2025"), "applications.carried_in.natural_person", 36))
    found = check(report)
    place = report.places["applications.carried_in.natural_person"]
    notes = [mark.note for mark in marks_of(found).cells if f"{mark.sheet}!{mark.address}" == place]
    assert len(notes) == 1
    assert notes[0].count("（强制性）") == sum(place in finding.where for finding in found) == 2


def test_every_finding_has_a_line_in_order() -> None:
    report = placed(with_figure(complete(), "applications.new.total", 1))
    found = check(report, published("suqian-2023"))
    rows = marks_of(found).results.rows
    listed = [(row.rule_id, cells) for row in rows for cells in row.cells]
    assert listed == [(finding.rule, finding.cells) for finding in found]
    single = [row for row in rows for _ in row.cells]
    assert all(
        (row.left, row.right, row.difference) == (f.left, f.right, f.difference)
        for row, f in zip(single, found, strict=True)
    )


def test_last_years_cells_are_marked_only_in_the_same_workbook() -> None:
    report = complete()
    report.previous = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 1)
    here = marks_of(check(placed(report)))
    assert "上年数" in {mark.sheet for mark in here.cells}
    apart = complete()
    apart.places.update({key: f"表 一!{number}" for number, key in enumerate(apart.figures())})
    last = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 1)
    last.places.update({key: f"表 一!{number}" for number, key in enumerate(last.figures())})
    marks = marks_of(check(apart, last))
    assert {mark.sheet for mark in marks.cells} == {"表 一"}
    assert all(row.target.startswith("表 一!") for row in marks.results.rows if row.target)


def test_advice_is_not_said_twice() -> None:
    report = with_figure(complete(), "applications.results.granted.commercial", "167 件")
    row = next(row for row in marks_of(check(report)).results.rows if row.rule_id == "kind")
    assert row.advice.count("改") == 1


def test_an_answered_finding_is_no_error_any_more() -> None:
    report = complete()
    report.previous = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 1)
    placed(report)
    carried = next(f for f in check(report) if f.rule == "carried")
    answer = Explanation(rule="carried", cells=carried.cells, figures=carried.figures, text="机构改革")
    report.explanations = (answer,)
    mark = next(m for m in marks_of(check(report)).cells if f"{m.sheet}!{m.address}" == carried.where[0])
    assert mark.level == "warning" and "审核说明：机构改革" in mark.note


def test_explained_errors_and_explained_warnings_are_counted_apart() -> None:
    """“提示性 1 处，其中已填审核说明 2 处” would be a riddle."""
    report = with_figure(complete(), "disclosure.rules.issued", None)
    report.previous = with_figure(published("suqian-2023"), "applications.carried_out.natural_person", 1)
    found = [finding for finding in check(report) if finding.rule in ("carried", "blank")]
    report.explanations = tuple(
        Explanation(rule=f.rule, cells=f.cells, figures=f.figures, text="已核实") for f in found
    )
    findings = check(report)
    waived = sum(finding.level == "error" for finding in found)
    assert waived and len(findings.warnings) > 1
    expected = f"强制性 0 处（另有 {waived} 处已填审核说明），提示性 {len(findings.warnings)} 处（其中 1 处已填审核说明）"
    assert counts(findings).startswith(expected)


def test_lapsed_explanations_stay_on_the_list() -> None:
    report = complete()
    report.explanations = (
        Explanation(
            rule="carried", cells=("applications.carried_in.total",), figures=("3",), text="机构改革"
        ),
        Explanation(rule="a rule of another version", cells=("gone.key",), figures=("", "2"), text="旧文"),
    )
    lapsed = marks_of(check(report)).results.lapsed
    assert [row.explanation for row in lapsed] == ["机构改革", "旧文"]
    assert "填写时的数据：3" in lapsed[0].advice and "空白、2" in lapsed[1].advice
    assert all(row.level is None for row in lapsed)


def test_a_clean_report_has_no_marks() -> None:
    marks = marks_of(check(complete()))
    assert marks.cells == () == marks.results.rows and marks.results.verdict.startswith(PASSED)
