"""The sheet 校验结果: what is typed there comes back, whatever the user has done to the list."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from tests.samples import complete, with_figure
from xlreport import check, read
from xlreport.report import Explanation
from xlreport.workbook.marking import mark
from xlreport.workbook.results import (
    ADVICE,
    COLUMNS,
    EXPLANATION,
    PASSED,
    PLACE,
    SHEET,
    UNCHECKED,
    ResultList,
    ResultRow,
    read_explanations,
)
from xlreport.workbook.results_sheet import draw_results
from xlreport.workbook.writer import write

ROW = ResultRow(
    level="warning",
    rule="与上年相差较大",
    place="三、依申请公开!D7 等2格",
    target="三、依申请公开!D7",
    left=None,
    right=None,
    difference=None,
    advice="请核实",
    explanation="属实",
    open=True,
    rule_id="swing",
    cells=(("applications.new.total", "previous.applications.new.total"),),
    figures=(("70", ""),),
)
KNOWN = Explanation(rule="swing", cells=ROW.cells[0], figures=ROW.figures[0], text="属实")
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)


def at(column: Any) -> int:
    return COLUMNS.index(column) + 1


def drawn(tmp_path: Path, results: ResultList) -> tuple[Path, str]:
    book = Workbook()
    reference = draw_results(book.active, results)  # type: ignore[arg-type]
    book.save(tmp_path / "list.xlsx")
    return tmp_path / "list.xlsx", reference


def raw(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@settings(max_examples=40)
@given(
    rows=st.lists(
        st.builds(
            lambda *parts: ROW._replace(
                explanation=parts[0],
                rule_id="r" + parts[1],
                cells=tuple(cells for cells, _ in parts[2]),
                figures=tuple(figures for _, figures in parts[2]),
            ),
            texts,
            st.from_regex(r"[a-z-]{0,8}", fullmatch=True),
            st.lists(st.tuples(*[st.lists(texts, max_size=4).map(tuple)] * 2), min_size=1, max_size=3),
        ),
        max_size=5,
    )
)
def test_what_is_typed_comes_back_with_its_identity(
    rows: list[ResultRow], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, _ = drawn(tmp_path_factory.mktemp("list"), ResultList("", tuple(rows[:3]), tuple(rows[3:])))
    expected = tuple(
        Explanation(rule=row.rule_id, cells=cells, figures=figures, text=row.explanation.strip())
        for row in rows
        for cells, figures in zip(row.cells, row.figures, strict=True)
        if row.explanation.strip()
    )
    assert read_explanations(raw(path)) == expected


def test_the_list_may_be_moved_and_its_columns_too(tmp_path: Path) -> None:
    rows = raw(drawn(tmp_path, ResultList("", (ROW,)))[0])
    moved = [["", *reversed(row)] for row in rows]
    assert read_explanations(moved) == (KNOWN,)


@pytest.mark.parametrize("rows", [[], [[]], [["审核说明"]], [[column.heading for column in COLUMNS], ["x"]]])
def test_a_list_that_is_no_longer_one_gives_nothing(rows: list[list[Any]]) -> None:
    assert read_explanations(rows) == ()


def test_hidden_columns_that_were_typed_over_give_nothing() -> None:
    line = ["1", *[""] * 4, "属实", *[""] * 3, "swing", "not json", "[1"]
    assert read_explanations([[column.heading for column in COLUMNS], line]) == ()


def test_a_number_as_explanation_reads_as_typed() -> None:
    line = ["1", *[""] * 4, 12.0, *[""] * 3, "swing", "[]", "[]"]
    assert read_explanations([[column.heading for column in COLUMNS], line])[0].text == "12"


def test_an_empty_list_says_why_it_is_empty(tmp_path: Path) -> None:
    assert any(PASSED in str(row[0]) for row in raw(drawn(tmp_path, ResultList("审核通过"))[0]))
    assert any("尚未审核" in str(row[0]) for row in raw(drawn(tmp_path, UNCHECKED)[0]))


def test_the_reference_covers_heading_and_last_line(tmp_path: Path) -> None:
    path, reference = drawn(tmp_path, ResultList("", (ROW,), (ROW._replace(level=None, explanation="旧"),)))
    block = load_workbook(path).active[reference]  # type: ignore[index]
    assert [cell.value for cell in block[0]] == [column.heading for column in COLUMNS]
    assert block[-1][at(EXPLANATION) - 1].value == "旧"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"])
def test_text_that_begins_like_a_formula_stays_text(text: str, tmp_path: Path) -> None:
    path, _ = drawn(tmp_path, ResultList("", (ROW._replace(explanation=text, advice=text, rule=text),)))
    for row in load_workbook(path).active.iter_rows():  # type: ignore[union-attr]
        assert all(cell.data_type != "f" for cell in row)
        assert all(cell.quotePrefix for cell in row if cell.value == text)


def test_only_the_explanations_can_be_typed(tmp_path: Path) -> None:
    path, _ = drawn(tmp_path, ResultList("", (ROW, ROW._replace(level="error", open=False))))
    sheet = load_workbook(path).active
    assert sheet is not None and sheet.protection.sheet and not sheet.protection.password
    free = [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert free == [sheet.cell(5, at(EXPLANATION)).coordinate]


@pytest.mark.parametrize("name", ["三、依申请公开", "a b", "O'Neil's", "1-2", "表(一)", "甲!乙", "“引号”"])
def test_a_link_jumps_to_its_cell(name: str, tmp_path: Path) -> None:
    path, _ = drawn(tmp_path, ResultList("", (ROW._replace(target=f"{name}!D7"),)))
    sheet = load_workbook(path).active
    assert sheet is not None
    quoted = name.replace("'", "''")
    assert sheet.cell(5, at(PLACE)).hyperlink.location == f"'{quoted}'!D7"


def test_long_texts_get_tall_rows(tmp_path: Path) -> None:
    path, _ = drawn(tmp_path, ResultList("", (ROW, ROW._replace(advice="字" * 200))))
    sheet = load_workbook(path).active
    assert sheet is not None
    room = sheet.column_dimensions[get_column_letter(at(ADVICE))].width
    assert sheet.cell(5, at(ADVICE)).alignment.wrap_text
    assert sheet.row_dimensions[6].height >= 200 * 2 / room * 15 > sheet.row_dimensions[5].height


def test_what_to_do_stands_right_behind_the_place_and_in_view() -> None:
    """1366 pixels less the row numbers and the scroll bar; a character takes 7 pixels and a column 5 more."""
    shown = [column for column in COLUMNS if not column.hidden]
    assert [column.heading for column in shown[3:6]] == ["位置", "说明", "审核说明"]
    assert sum(column.width * 7 + 5 for column in shown) < 1366 - 40


def test_what_stands_in_many_cells_is_one_line_and_one_explanation_counts_for_all(tmp_path: Path) -> None:
    last = complete()
    for key in last.declaration.main_lines:
        last = with_figure(last, key, 900)
    report = complete()
    texts = [key for key in report.figures() if key.endswith(".natural_person")][:5]
    for key in texts:
        report = with_figure(report, key, "1 2")
    write(report.model_copy(update={"previous": last}), tmp_path / "a.xlsx")
    before = check(read(tmp_path / "a.xlsx"))
    mark(tmp_path / "a.xlsx", before, tmp_path / "b.xlsx")
    book = load_workbook(tmp_path / "b.xlsx")
    sheet = book[SHEET]
    lines = {
        (row[2].value, row[3].value.partition("!")[0]): row
        for row in sheet.iter_rows(min_row=5)
        if row[2].value
    }
    (kind,) = [line for (rule, _), line in lines.items() if rule == "填的不是应填的数"]
    assert kind[3].value.endswith("等5格") and kind[4].value.count("是文本，不是数字") == 5
    swings = [line for (rule, _), line in lines.items() if rule == "与上年相差较大"]
    count = sum(finding.rule == "swing" for finding in before)
    assert 1 < len(swings) < count
    for line in swings:
        line[at(EXPLANATION) - 1].value = "机构改革"
    book.save(tmp_path / "c.xlsx")
    after = check(read(tmp_path / "c.xlsx"))
    assert sum(finding.explanation == "机构改革" for finding in after) == count and not after.lapsed
    # Marked again, the words stand where they were typed.
    mark(tmp_path / "c.xlsx", after, tmp_path / "d.xlsx")
    assert check(read(tmp_path / "d.xlsx")) == after


def test_a_list_in_which_each_line_was_about_one_finding_is_still_read() -> None:
    line = ["1", *[""] * 4, "属实", *[""] * 3, "swing", '["a.b", "c.d"]', '["70", ""]']
    (found,) = read_explanations([[column.heading for column in COLUMNS], line])
    assert found == Explanation(rule="swing", cells=("a.b", "c.d"), figures=("70", ""), text="属实")


def test_reading_needs_no_openpyxl() -> None:
    code = (
        "import sys, xlreport.workbook.results, xlreport.workbook.marks; sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
