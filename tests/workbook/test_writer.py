"""A report written as a workbook holds exactly what the report holds."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from tests.examples import examples
from tests.samples import complete, published, with_figure
from xlreport.errors import OutputError
from xlreport.form.declaration import PREVIOUS
from xlreport.form.figures import parse_figure
from xlreport.report import Explanation, Report, nested
from xlreport.workbook.layout import PREPARED, Layout, layout_of
from xlreport.workbook.reproducible import bytes_of
from xlreport.workbook.results import SHEET as RESULTS
from xlreport.workbook.results import read_explanations
from xlreport.workbook.writer import fill, write

LAYOUT: Layout = layout_of(Report().declaration)
KEYS = list(LAYOUT.form.cells)


def saved(report: Report) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(bytes_of(fill(report))))


def value_of(book: Workbook, key: str) -> Any:
    sheet, corner = LAYOUT.address(key)
    return book[sheet][corner].value


def texts(book: Workbook, content: str) -> list[tuple[Any, Any]]:
    """The rows of a text block, found by its name."""
    ((sheet, reference),) = book.defined_names[f"xlr_{content}"].destinations
    rows = [tuple(cell.value for cell in row) for row in book[sheet][reference.replace("$", "")]]
    while rows and rows[-1] == (None, None):
        rows.pop()
    return rows


def test_every_figure_is_in_its_cell() -> None:
    report = published("suqian-2024")
    report.previous = published("suqian-2023")
    book = saved(report)
    for key, value in report.figures().items():
        assert parse_figure(value_of(book, key)) == value
    for key, value in report.previous.figures().items():
        assert parse_figure(value_of(book, PREVIOUS + key)) == value
    assert value_of(book, "previous.year") == 2023


@settings(max_examples=examples(10))
@given(
    st.dictionaries(
        st.sampled_from(KEYS),
        st.none()
        | st.integers(-5, 10**18)
        | st.integers(10**300, 10**310)
        | st.decimals(0, 10**6, places=4)
        | st.sampled_from(["/", "167 件", "=1+1", "+19", "-3", "@x", "0x", "＝", "a\x01b"]),
        max_size=12,
    )
)
def test_no_figure_changes_on_its_way_into_a_cell(figures: dict[str, Any]) -> None:
    report = Report.model_validate(nested(figures))
    book = saved(report)
    for key, value in report.figures().items():
        held = parse_figure(value_of(book, key))
        if isinstance(value, str):
            # Control characters cannot stand in a workbook.
            assert held == value.replace("\x01", "")
        elif held != value:
            assert isinstance(held, str) and Decimal(held) == value  # kept as text, not rounded


def test_a_blank_stays_blank_and_a_zero_stays_zero() -> None:
    report = with_figure(
        with_figure(published("xiji-2025"), "cases.review.total", None), "cases.review.upheld", 0
    )
    book = saved(report)
    assert value_of(book, "cases.review.total") is None
    assert value_of(book, "cases.review.upheld") == 0


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)"])
def test_text_never_becomes_a_formula(text: str) -> None:
    report = Report(organisation=text, title=text, overview=text, preamble=text)
    report.applications.new.total = text
    book = fill(report)
    cells = [LAYOUT.address(key) for key in ("organisation", "title", "applications.new.total")]
    cells += [(LAYOUT.texts[name].sheet, f"B{LAYOUT.texts[name].row}") for name in ("overview", "preamble")]
    for sheet, corner in cells:
        cell = book[sheet][corner]
        assert (cell.value, cell.data_type) == (text, "s")


def test_headings_and_paragraphs_keep_their_styles() -> None:
    report = complete()
    report.overview = "（一）主动公开\n正文一\n（二）依申请公开\n正文二"
    report.headings = {"overview": (0, 2)}
    assert texts(saved(report), "overview") == [
        ("标题", "（一）主动公开"),
        ("正文", "正文一"),
        ("标题", "（二）依申请公开"),
        ("正文", "正文二"),
    ]


def test_more_paragraphs_than_prepared_find_room() -> None:
    lines = [f"第{number}段" for number in range(PREPARED + 25)]
    report = complete()
    report.preamble = "\n".join(lines)
    report.overview = "\n".join(lines)
    book = saved(report)
    assert [text for _, text in texts(book, "overview")] == lines
    assert [text for _, text in texts(book, "preamble")] == lines


def test_the_title_is_left_to_its_formula_unless_it_is_another() -> None:
    made = Report(organisation="某局", year=2025)
    made.title = made.full_title
    assert str(value_of(saved(made), "title")).startswith("=")
    other = Report(organisation="某局", year=2025, title="某局信息公开年报")
    assert value_of(saved(other), "title") == "某局信息公开年报"


def test_explanations_are_carried_along() -> None:
    explanation = Explanation(rule="swing", cells=("cases.review.total",), figures=("3",), text="机构改革")
    report = complete()
    report.explanations = (explanation,)
    rows = list(saved(report)[RESULTS].iter_rows(values_only=True))
    assert read_explanations(rows) == (explanation,)


def test_a_target_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="文件夹") as raised:
        write(complete(), tmp_path / "missing" / "report.xlsx")
    assert "\n" not in str(raised.value)


def test_a_paragraph_too_long_for_a_cell_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    report = complete()
    report.problems = "长" * 40_000
    with pytest.raises(OutputError, match="第 1 段"):
        write(report, tmp_path / "report.xlsx")
    assert not list(tmp_path.iterdir())
