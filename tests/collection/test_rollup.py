"""Adding up: the sum is the sum, nobody is added who should not be, and every difference is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.collection.folders import granted
from tests.samples import balanced_figures, published, report_of, with_figure
from xlreport.checking import check
from xlreport.collection.contribution import Contribution
from xlreport.collection.rollup import add_up, differences
from xlreport.collection.trace_sheets import draw_trace
from xlreport.errors import InputError
from xlreport.example import good
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.declaration import rows_of
from xlreport.report import Report
from xlreport.workbook.cell_texts import lines_of

FORM = form_of(CURRENT)
KEY = "applications.results.granted.total"
HERE = Path("文件夹")


def unit(report: Report, organisation: str, problem: str = "") -> Contribution:
    """The report as a unit's contribution."""
    return Contribution(
        f"{organisation}.xlsx", organisation, report.year, report.form, problem, report.figures()
    )


@settings(max_examples=25)
@given(
    st.lists(balanced_figures(FORM), min_size=1, max_size=4, unique_by=lambda drawn: tuple(drawn.values()))
)
def test_the_sum_of_balanced_reports_is_cell_wise_and_balances(reports: list[dict[str, int]]):
    units = [unit(report_of(figures, year=2025), f"第{number}局") for number, figures in enumerate(reports)]
    rollup = add_up(HERE, units)
    assert rollup.total == {key: sum(figures[key] for figures in reports) for key in FORM.cells}
    broken = {finding.rule for finding in check(rollup.report("某市")) if finding.left is not None}
    assert broken <= {"in-force-bound"}
    assert differences(rollup, rollup.report("某市")) == ()


def test_a_blank_counts_as_0_and_all_blank_stays_blank():
    one, other = published("suqian-2024"), published("suqian-2024")
    for key, values in {
        KEY: (None, 7),
        "disclosure.rules.issued": (None, "/"),
        "disclosure.fees.amount": (Decimal("0.1"), Decimal("0.2")),
    }.items():
        one, other = with_figure(one, key, values[0]), with_figure(other, key, values[1])
    total = add_up(HERE, [unit(one, "甲局"), unit(other, "乙局")]).total
    assert (total[KEY], total["disclosure.rules.issued"], total["disclosure.fees.amount"]) == (
        7,
        None,
        Decimal("0.3"),
    )


def test_texts_are_not_added_up():
    report = add_up(HERE, [unit(good(), "甲局")]).report("某市")
    assert (report.overview, report.problems, report.organisation, report.year) == (None, None, "某市", 2025)


def test_who_is_left_out_is_said_with_the_reason():
    old = published("shanghai-office-2019")
    units = [
        unit(good(), "甲局"),
        unit(granted(good(), 1), "乙 局"),
        unit(granted(good(), 2), "乙局"),
        unit(granted(good(), 3), "丙局", problem="审核不通过"),
        unit(old, "丁局"),
        Contribution("坏.xlsx", problem="无法读取：文件已损坏"),
    ]
    rollup = add_up(HERE, units)
    assert [one.organisation for one in rollup.units] == ["甲局"]
    reasons = {left.path: left.reason for left in rollup.left_out}
    assert "2 份报告" in reasons["乙 局.xlsx"] and "2 份报告" in reasons["乙局.xlsx"]
    assert "审核不通过" in reasons["丙局.xlsx"]
    assert old.declaration.notice in reasons["丁局.xlsx"]
    assert "已损坏" in reasons["坏.xlsx"]
    with_failing = add_up(HERE, units, failing=True)
    assert [one.organisation for one in with_failing.units] == ["甲局", "丙局"]


def test_a_workbook_and_its_document_count_once():
    book = unit(good(), "甲局")
    blanks = {key: value or None for key, value in book.figures.items()}
    document = book._replace(path="甲局.docx", figures=blanks)
    for files, counts, again in (
        ((book, document), "甲局.docx", "甲局.xlsx"),
        ((document._replace(problem="审核不通过"), book), "甲局.xlsx", "甲局.docx"),
    ):
        rollup = add_up(HERE, [*files, unit(granted(good(), 1), "乙局")])
        assert [one.path for one in rollup.units] == [counts, "乙局.xlsx"]
        (left,) = rollup.left_out
        assert left.path == again and counts in left.reason


def test_a_figure_that_is_no_number_is_not_added_and_is_said():
    rollup = add_up(
        HERE,
        [unit(with_figure(good(), KEY, "79 件"), "甲局", "不通过"), unit(granted(good(), 0), "乙局")],
        failing=True,
    )
    assert rollup.total[KEY] == 79
    assert ["79 件" in note.reason for note in rollup.notes] == [True]


def test_the_superior_s_form_decides_which_units_are_added():
    units = [
        unit(good(), "甲局"),
        unit(granted(good(), 1), "乙局"),
        unit(published("shanghai-office-2019"), "丙局"),
    ]
    assert [one.organisation for one in add_up(HERE, units, published("shanghai-office-2019")).units] == [
        "丙局"
    ]


def test_different_years_are_not_added_up():
    other = good().model_copy(update={"year": 2024})
    with pytest.raises(InputError, match=r"2024年 1 份.*2025年 1 份"):
        add_up(HERE, [unit(good(), "甲局"), unit(other, "乙局")])
    with pytest.raises(InputError, match="上级自己的报告"):
        add_up(HERE, [unit(good(), "甲局")], other)


def test_nothing_to_add_is_an_error():
    with pytest.raises(InputError, match="没有可以汇总的报告"):
        add_up(HERE, [unit(good(), "甲局", "审核不通过")])


@settings(max_examples=40)
@given(st.sampled_from(list(FORM.cells)), st.integers(-50, 50).filter(bool))
def test_every_cell_that_differs_is_found_with_its_units(key: str, change: int):
    one, other = with_figure(good(), key, 100), with_figure(good(), key, 300)
    rollup = add_up(
        HERE, [unit(one, "甲局"), unit(other, "乙局"), unit(with_figure(good(), key, None), "丙局")]
    )
    own = with_figure(rollup.report("某市"), key, 400 + change)
    (found,) = differences(rollup, own)
    assert (found.key, found.own, found.total, found.difference) == (key, 400 + change, 400, change)
    assert found.units == (("乙局", 300), ("甲局", 100))


def test_rows_of_both_forms_can_be_added():
    old = published("shanghai-office-2019")
    rollup = add_up(HERE, [unit(old, "甲局"), unit(with_figure(old, "applications.new.total", 7), "乙局")])
    assert rollup.form.id == old.form
    assert rows_of(rollup.form.table("applications").tree)
    assert rollup.total["applications.new.total"] == 7 + old.applications.new.total


def test_on_every_printed_page_the_title_is_whole_and_the_units_are_named():
    rollup = add_up(HERE, [unit(good(), "甲局"), unit(granted(good(), 1), "乙局")])
    for table in FORM.tables:
        sheet = Workbook().create_sheet(FORM.section(table.key).sheet)
        draw_trace(sheet, table, rollup)
        title = sheet["A1"]
        # Column A is repeated beside each page's columns; a text that reaches out of it is cut off there.
        assert sheet.print_title_cols == "$A:$A" and sheet.print_title_rows.startswith("$1:")
        room = sheet.column_dimensions["A"].width / (title.font.size / 11)
        assert lines_of(title.value, room) * title.font.size * 1.3 <= sheet.row_dimensions[1].height
        assert title.alignment.wrap_text and sheet.freeze_panes[0] == "B"
