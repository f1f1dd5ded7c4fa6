"""Marks in an open workbook are those that the pen on files makes, and come off exactly, whichever pen put them on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

import xlreport
from tests.examples import examples
from tests.live.desk import cell_at, looks, opened, protections, reopened, sheets
from tests.live.strict import start
from tests.samples import complete, with_figure
from xlreport.example import faulty
from xlreport.live import buttons
from xlreport.workbook.layout import layout_of
from xlreport.workbook.mark_records import AUTHOR, LAST_COLUMN, RECORDS
from xlreport.workbook.marking import clear, mark
from xlreport.workbook.results import EXPLANATION, SHEET
from xlreport.workbook.writer import write

NEW = "applications.new.natural_person"
LAYOUT = layout_of(complete().declaration)
FIGURES = ["!".join(LAYOUT.address(key)) for key in complete().figures()]
FILLS = [
    PatternFill("solid", fgColor="FFC6E0B4"),
    PatternFill("solid", fgColor="FFFFC7CE"),
    PatternFill("solid", fgColor=Color(theme=5, tint=0.25)),
    PatternFill("lightGrid", fgColor="FF0070C0", bgColor="FFFFFF00"),
    PatternFill("solid", fgColor="FF000000"),
    PatternFill(),
]


def anonymous(seen: dict[Any, Any]) -> dict[Any, Any]:
    """The same without who signed our notes: in Excel that is always the user."""
    return {
        place: (*look[:-1], note and (note[0], {AUTHOR: "", "张三": ""}.get(note[1], note[1]), *note[2:]))
        for place, look in seen.items()
        for note in (look[-1],)
    }


def with_own_work(path: Path) -> None:
    """Fills and notes of the user's own, on cells that will be marked and on others."""
    book = reopened(path)
    for place, fill in zip(FIGURES[::20], FILLS * 3, strict=False):
        cell_at(book, place).fill = fill
    for place in FIGURES[5::30]:
        cell_at(book, place).comment = Comment("请与信访办核对", "王科长", width=300, height=120)
    book.save(path)


def test_a_live_workbook_is_marked_like_a_file_cell_by_cell(tmp_path: Path) -> None:
    write(faulty(), tmp_path / "a.xlsx")
    with_own_work(tmp_path / "a.xlsx")
    mark(tmp_path / "a.xlsx", xlreport.check(xlreport.read(tmp_path / "a.xlsx")), tmp_path / "file.xlsx")
    app = start()
    book = app.open(tmp_path / "a.xlsx")
    buttons.validate()
    assert not app.alerts
    book.save(tmp_path / "live.xlsx")
    file, live = reopened(tmp_path / "file.xlsx"), reopened(tmp_path / "live.xlsx")
    assert file.sheetnames == live.sheetnames
    wanted = anonymous(looks(file, without=(RECORDS,)))
    got = anonymous(looks(live, without=(RECORDS,)))
    assert {
        place: (wanted.get(place), look) for place, look in got.items() if look != wanted.get(place)
    } == {}
    assert set(wanted) == set(got)
    # The pen on files keeps a cell's whole format, the live one its fill.
    covered = [
        {
            (cell.row, cell.column): seen[RECORDS, cell.coordinate][:2]
            for row in book[RECORDS].iter_rows(max_col=LAST_COLUMN)
            for cell in row
        }
        for book, seen in ((file, looks(file)), (live, looks(live)))
    ]
    assert covered[0] == covered[1]
    for title in file.sheetnames:
        assert file[title].sheet_state == live[title].sheet_state
        assert {str(a) for a in file[title].merged_cells.ranges} == {
            str(a) for a in live[title].merged_cells.ranges
        }
        heights = [
            {n: d.height for n, d in book[title].row_dimensions.items() if d.height} for book in (file, live)
        ]
        assert heights[0] == heights[1]
    assert protections(file) == protections(live)
    assert file.defined_names["xlr_findings"].attr_text == live.defined_names["xlr_findings"].attr_text
    assert live.active.title == SHEET


def test_marks_of_the_command_line_come_off_by_the_button(tmp_path: Path) -> None:
    write(faulty(), tmp_path / "a.xlsx")
    with_own_work(tmp_path / "a.xlsx")
    mark(tmp_path / "a.xlsx", xlreport.check(xlreport.read(tmp_path / "a.xlsx")), tmp_path / "marked.xlsx")
    app = start()
    app.open(tmp_path / "marked.xlsx")
    buttons.clear_marks()
    assert looks(sheets(app), without=(SHEET,)) == looks(reopened(tmp_path / "a.xlsx"), without=(SHEET,))
    assert RECORDS not in sheets(app).sheetnames and "已恢复" in app.alerts[0]


def test_marks_of_the_button_come_off_by_the_command_line(tmp_path: Path) -> None:
    write(faulty(), tmp_path / "a.xlsx")
    with_own_work(tmp_path / "a.xlsx")
    app = start()
    book = app.open(tmp_path / "a.xlsx")
    buttons.validate()
    book.save(tmp_path / "marked.xlsx")
    clear(tmp_path / "marked.xlsx", tmp_path / "clean.xlsx")
    after = looks(reopened(tmp_path / "clean.xlsx"), without=(SHEET,))
    assert after == looks(reopened(tmp_path / "a.xlsx"), without=(SHEET,))


@settings(max_examples=examples(5))
@given(
    own=st.dictionaries(
        st.sampled_from(FIGURES),
        st.tuples(st.sampled_from(FILLS), st.none() | st.just("自己的批注")),
        max_size=10,
    ),
    changes=st.lists(st.tuples(st.sampled_from(FIGURES), st.integers(0, 99)), max_size=4),
)
def test_marks_come_off_without_a_trace(
    own: dict[str, Any], changes: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    app = opened(complete(), tmp_path_factory.mktemp("live") / "a.xlsx")
    book = sheets(app)
    for place, (fill, text) in own.items():
        cell_at(book, place).fill = fill
        if text:
            cell_at(book, place).comment = Comment(text, "王科长", width=200, height=90)
    for place, value in changes:
        cell_at(book, place).value = value
    before, protected = looks(book, without=(SHEET,)), protections(book)
    buttons.validate()
    buttons.validate()
    buttons.clear_marks()
    assert looks(book, without=(SHEET,)) == before
    assert protections(book) == protected
    assert not any("程序出错" in said for said in app.alerts)


def test_what_the_user_changed_since_is_kept(tmp_path: Path) -> None:
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    buttons.validate()
    cell = cell_at(sheets(app), "!".join(LAYOUT.address(NEW)))
    cell.fill = PatternFill("solid", fgColor="FF00B050")
    cell.comment = Comment(cell.comment.text + "\n已核对", "张三")
    buttons.clear_marks()
    assert cell.fill.fgColor.rgb == "FF00B050"
    assert cell.comment.text == "已核对"


def test_a_cell_with_a_threaded_comment_is_tinted_and_named(tmp_path: Path) -> None:
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    sheet, address = LAYOUT.address(NEW)
    app.books.opened[-1].threads.add((sheet, address))
    buttons.validate()
    assert cell_at(sheets(app), f"{sheet}!{address}").comment is None
    assert len(app.alerts) == 1 and f"{sheet}!{address}" in app.alerts[0] and "会话式批注" in app.alerts[0]


def test_explanations_survive_every_check(tmp_path: Path) -> None:
    app = opened(with_figure(complete(), "disclosure.rules.issued", None), tmp_path / "a.xlsx")
    buttons.validate()
    listed = sheets(app)[SHEET]
    headings = [cell.value for cell in listed[4]]
    typed = listed.cell(5, 1 + headings.index(EXPLANATION.heading))
    assert not typed.protection.locked
    typed.value = "本机关无此职能"
    buttons.validate()
    assert listed.cell(5, typed.column).value == "本机关无此职能"
    assert "（其中 1 处已填审核说明）" in listed["A2"].value


def test_the_list_is_made_anew_where_it_was_deleted(tmp_path: Path) -> None:
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    del sheets(app)[SHEET]
    buttons.validate()
    assert not app.alerts
    listed = sheets(app)[SHEET]
    assert listed["A2"].value.startswith("审核不通过")
    assert listed.protection.sheet and not listed.protection.formatRows
    assert listed.column_dimensions["L"].hidden
