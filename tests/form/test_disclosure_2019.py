"""The 2019 form: only table 2 and one row of table 3 differ."""

from __future__ import annotations

import json

from tests.samples import DATA
from xlreport.checking import check
from xlreport.form.catalogue import form_of
from xlreport.form.grid import grid_of
from xlreport.report import Report

FORM = form_of("disclosure-2019")
CURRENT = form_of("disclosure-2021")


def test_other_results_are_a_single_row():
    rows = {key.rpartition(".")[0] for key in FORM.cells if key.startswith("applications.results.other")}
    assert rows == {"applications.results.other"}
    assert len(FORM.table("applications").cells) == 23 * 7


def test_a_row_that_stands_alone_takes_the_group_s_place():
    labels = [cell for cell in grid_of(FORM.table("applications")).cells if cell.text == "（六）其他处理"]
    assert [(cell.row_span, cell.column_span) for cell in labels] == [(1, 2)]


def test_table_2_is_that_of_2019():
    texts = [cell.text for cell in grid_of(FORM.table("disclosure")).cells if cell.text and cell.column == 0]
    assert [text for text in texts if text != "信息内容"] == [
        *("第二十条第（一）项", "规章", "规范性文件"),
        *("第二十条第（五）项", "行政许可", "其他对外管理服务事项"),
        *("第二十条第（六）项", "行政处罚", "行政强制"),
        *("第二十条第（八）项", "行政事业性收费"),
        *("第二十条第（九）项", "政府集中采购"),
    ]


def test_table_4_is_the_same():
    assert grid_of(FORM.table("cases")) == grid_of(CURRENT.table("cases"))


def test_everything_the_form_refers_to_is_declared():
    named = {key for balance in FORM.balances for key in balance.keys if not key.startswith("previous.")}
    assert named | set(FORM.main_lines) <= set(FORM.cells)


def test_a_published_report_of_2019_is_checked_by_its_own_form():
    data = json.loads((DATA / "reports" / "shanghai-office-2019.json").read_text("utf-8"))
    report = Report.model_validate(data)
    assert report.applications.results.other.natural_person is None
    assert report.applications.carried_out.total == 72
    findings = check(report)
    assert not [f for f in findings if f.rule in ("flow", "cases")]


def test_a_change_may_be_negative_but_a_count_may_not():
    report = Report(form="disclosure-2019")
    report.disclosure.licensing.change = -3
    report.disclosure.licensing.decisions = -3
    kinds = [f.cells for f in check(report) if f.rule == "kind"]
    assert kinds == [("disclosure.licensing.decisions",)]


def test_last_year_in_the_2019_form_serves_where_the_lines_correspond():
    report = Report(year=2021)
    report.applications.carried_in.natural_person = 70
    last = Report.model_validate(
        {"form": "disclosure-2019", "year": 2020, "applications": {"carried_out": {"natural_person": 72}}}
    )
    assert [f.difference for f in check(report, last) if f.rule == "carried"] == [-2]
