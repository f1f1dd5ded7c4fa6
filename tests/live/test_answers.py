"""What the functions in cells answer, by their pure cores."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.small_form import FORM as SMALL
from tests.samples import CURRENT_REPORTS, balanced_figures, published
from xlreport.checking import gather
from xlreport.form import catalogue
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.figures import BLANK_MARKS
from xlreport.form.grid import grid_of
from xlreport.live.answers import check_table, explain, weigh
from xlreport.report import Report, nested
from xlreport.workbook.layout import cell_at, layout_of
from xlreport.workbook.stored import stored_values

FORM = form_of(CURRENT)
TABLES = [table.key for table in FORM.tables]


def block(table: str, figures: dict[str, Any]) -> list[list[Any]]:
    """The block of a table's figures as a spreadsheet hands it over: numbers are floats, merged and empty cells ``None``."""
    grid = grid_of(FORM.table(table))
    top, left, bottom, right = grid.box
    values: list[list[Any]] = [[None] * (right - left + 1) for _ in range(bottom - top + 1)]
    for key, cell in grid.figures.items():
        value = figures[key]
        values[cell.row - top][cell.column - left] = (
            float(value) if isinstance(value, (int, Decimal)) else value
        )
    return values


def place(key: str) -> tuple[int, int]:
    """Row and column of a figure in its block."""
    grid = grid_of(FORM.table(key.partition(".")[0]))
    top, left, _, _ = grid.box
    cell = grid.figures[key]
    return cell.row - top, cell.column - left


@pytest.mark.parametrize("name", CURRENT_REPORTS)
def test_a_published_report_balances(name: str):
    figures = published(name).figures()
    assert check_table(block("applications", figures)) == "✓ 平衡（39 项）"
    assert check_table(block("cases", figures)) == "✓ 平衡（3 项）"
    assert check_table(block("disclosure", figures)).startswith("✓ 平衡")


@given(balanced_figures(FORM), st.data())
def test_a_single_wrong_figure_in_table_3_is_seen(figures: dict[str, int], data: st.DataObject):
    table = FORM.table("applications")
    key = data.draw(st.sampled_from([cell.key for cell in table.cells]))
    step = data.draw(st.integers(1, 1000))
    assert check_table(block("applications", figures)) == "✓ 平衡（39 项）" or not any(figures.values())
    answer = check_table(block("applications", {**figures, key: figures[key] + step}))
    assert answer.startswith("✗ “") and f"差{step}" in answer


def test_the_first_problem_is_told_and_the_others_are_counted():
    figures = published("xiji-2025").figures()
    figures["applications.new.natural_person"] += 1
    answer = check_table(block("applications", figures))
    assert answer.startswith("✗ “自然人”收办不平衡：168+37=205 ≠ 185+19=204，差1")
    assert answer.endswith("；另有 1 处")


def test_the_cell_that_is_probably_wrong_is_named():
    figures = {**published("xiji-2025").figures(), "applications.new.natural_person": 176}
    values = block("applications", figures)
    assert "，疑似 D7 应为 167（数字颠倒）；" in check_table(values, corner=cell_at("", 7, 4))
    assert "，疑似 F9 应为 167（数字颠倒）；" in check_table(values, corner=cell_at("", 9, 6))
    assert f"，疑似“{FORM.label('applications.new.natural_person')}”应为 167" in check_table(values)


def test_no_cell_is_named_where_several_could_be_wrong():
    figures = published("xiji-2025").figures()
    figures["cases.review.total"] += 5
    answer = check_table(block("cases", figures))
    assert answer.startswith("✗ ") and "疑似" not in answer


@pytest.mark.parametrize("table", ["applications", "disclosure"])
def test_the_line_says_what_the_native_summary_says_of_last_year(table: str):
    report = published("suqian-2024")
    own, last = report.figures(), published("suqian-2023").figures()
    for change in (0, 1, "１"):
        key = {
            "applications": "applications.carried_out.natural_person",
            "disclosure": "disclosure.rules.in_force",
        }[table]
        figures = {**last, key: last[key] + change if change != "１" else change}
        evidence = gather(report, Report.model_validate({**nested(figures), "form": FORM.id}))
        layout = layout_of(FORM)
        place = next(place for place in layout.tables if place.table.key == table)
        native = str(stored_values(layout, evidence)[place.summary])
        answer = check_table(block(table, own), block(table, figures))
        assert (answer[0] == "✓") == (native[0] == "✓") == (change == 0)
    assert check_table(block(table, own), block(table, dict.fromkeys(own))) == check_table(block(table, own))


def test_two_blocks_that_are_not_those_of_one_table_give_an_error_value():
    figures = published("xiji-2025").figures()
    table, other = block("applications", figures), block("cases", figures)
    for this_year, last_year in ((table, other), ([*table, table[-1]], table), ([[1]], [[1]])):
        with pytest.raises(ValueError, match="no table fills"):
            check_table(this_year, last_year)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("１６７", "请改为 167"),
        ("167 件", "请改为 167"),
        ("约一百", "请改填数字"),
        ("#REF!", "#REF!"),
        (True, "TRUE"),
        (-1.0, "负数"),
        (0.5, "整数"),
    ],
)
def test_what_is_no_count_is_named(typed: object, said: str):
    figures = {**published("xiji-2025").figures(), "applications.new.natural_person": typed}
    values = block("applications", figures)
    row, column = place("applications.new.natural_person")
    values[row][column] = typed
    assert check_table(values).startswith("✗ “") and said in check_table(values)


@pytest.mark.parametrize("mark", [None, "", *BLANK_MARKS])
def test_a_mark_for_nothing_counts_as_zero(mark: str | None):
    figures = published("xiji-2025").figures()
    zero = next(cell.key for cell in FORM.table("applications").cells if figures[cell.key] == 0)
    assert check_table(block("applications", {**figures, zero: mark})).startswith("✓ 平衡")


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_is_not_yet_filled(table: str):
    assert check_table(block(table, dict.fromkeys(FORM.cells))) == "尚未填写"


def test_a_doubtful_balance_is_marked_as_one():
    figures = {
        **published("xiji-2025").figures(),
        "disclosure.rules.issued": 5,
        "disclosure.rules.in_force": 1,
    }
    assert check_table(block("disclosure", figures)).startswith("△ “规章”")


@given(st.integers(1, 30), st.integers(1, 10))
def test_a_range_of_another_size_is_told_which_sizes_there_are(rows: int, columns: int):
    sizes = {
        (len(block(key, dict.fromkeys(FORM.cells))), len(block(key, dict.fromkeys(FORM.cells))[0]))
        for key in TABLES
    }
    answer = check_table([[1.0] * columns] * rows)
    if (rows, columns) not in sizes | {(23, 7), (16, 3)}:
        assert f"{rows} 行 {columns} 列" in answer and all(f"（{r}×{c}）" in answer for r, c in sizes)


def test_a_whole_number_in_a_currency_format_is_a_count():
    values = [
        [Decimal(int(value)) for value in line]
        for line in block("applications", published("xiji-2025").figures())
    ]
    assert check_table(values) == "✓ 平衡（39 项）"


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.floats(), st.text(max_size=9), st.integers(), st.datetimes()
)


@given(st.lists(st.lists(ANYTHING, min_size=15, max_size=15), min_size=1, max_size=1))
def test_whatever_stands_in_the_cells_there_is_an_answer(values: list[list[Any]]):
    assert check_table(values)[0] in "✓✗△尚"
    assert weigh(values, values) == "✓" or weigh(values, values).startswith("✗ ")


NUMBERS = st.lists(st.integers(-(10**6), 10**6), max_size=12)


@given(NUMBERS, NUMBERS)
def test_two_ranges_are_weighed_and_both_sums_are_told(left: list[int], right: list[int]):
    one, other = sum(left), sum(right)
    assert weigh([left], [[value] for value in right]) == ("✓" if one == other else f"✗ {one}≠{other}")


def test_decimals_are_added_as_written():
    assert weigh([[0.1, 0.2]], [[0.3]]) == "✓"
    assert weigh([[72701.2578]], [[72701.25]]) == "✗ 72701.2578≠72701.25"


def test_what_cannot_be_added_is_named():
    assert weigh([["１"]], [[1]]) == "✗ “１”不是数字，请改为 1"
    assert weigh([["#N/A"]], [[1]]) == "✗ 有单元格是错误值 #N/A"


@pytest.mark.parametrize("rule", FORM.rules, ids=lambda rule: rule.id)
def test_every_rule_can_be_explained(rule):
    assert rule.statement in explain(rule.id) and rule.basis in explain(f" {rule.id.upper()} ")


@pytest.mark.parametrize("wrong", [None, "", "nothing", 7.0])
def test_an_unknown_rule_lists_the_known_ones(wrong: object):
    assert all(rule.id in explain(wrong) for rule in FORM.rules)


def test_a_table_of_a_plug_ins_form_is_known_by_its_size(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(catalogue, "_by_plug_ins", lambda: {SMALL.id: (SMALL, "某包 1.0")})
    try:
        assert check_table([[9, 3, 12], [9, 2, 11]]).startswith("✓ 平衡（2 项）")
        wrong = check_table([[9, 3, 21], [9, 2, 11]])
        assert wrong.startswith("✗ “本年收到”来电合计不符：21 ≠ 9+3=12，差9")
        assert "表一（2×3）" in check_table([[1, 2, 3, 4, 5]])
        assert explain("calls-sum").startswith("来电合计不符（强制性）")
    finally:
        catalogue.form_of.cache_clear()
