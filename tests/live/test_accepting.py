"""The button 采纳建议: it asks, writes only what still holds, and can put back what it replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.live.desk import cell_at, looks, opened, protections, reopened, sheets
from tests.live.strict import App, start
from tests.live.test_buttons import LAYOUT, NEW, place_of
from tests.samples import published, with_figure
from xlreport.live import buttons
from xlreport.live.buttons import NO_SUGGESTION, NO_SUGGESTION_IN_LINE
from xlreport.workbook.mark_records import ACCEPTED, HIDDEN, RECORDS
from xlreport.workbook.marks import SUSPECT_TINT
from xlreport.workbook.results import SHEET

PLACE = place_of(NEW)
LABEL = published("xiji-2025").declaration.label(NEW)
RIGHT, TYPED = 167, 176


def on_desk(folder: Path, typed: Any = TYPED) -> App:
    """A report in which one figure is mistyped, open with that cell selected."""
    app = opened(with_figure(published("xiji-2025"), NEW, typed), folder / "a.xlsx")
    select(app, PLACE)
    return app


def select(app: App, place: str) -> None:
    sheet, _, address = place.rpartition("!")
    book = app.books.opened[-1]
    book.wb.active = book.wb[sheet]
    cell = book.wb[sheet][address]
    book.selected[sheet] = ((cell.row, cell.column),) * 2


def click(app: App, *answers: str) -> list[str]:
    """Press the button, and return what was asked and said."""
    app.answers, told = list(answers), len(app.alerts)
    buttons.accept_suggestion()
    assert not app.answers
    return app.alerts[told:]


def figure(app: App, place: str = PLACE) -> Any:
    return cell_at(sheets(app), place).value


def test_it_asks_with_the_reason_and_then_writes(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    before, protected = looks(sheets(app)), protections(sheets(app))
    (asked,) = click(app, "yes")
    assert f"“{LABEL}”（{PLACE}）：{TYPED} 改为 {RIGHT} 吗？" in asked and "数字颠倒，很可能" in asked
    assert figure(app) == RIGHT and RECORDS not in sheets(app).sheetnames
    after = looks(sheets(app), without=HIDDEN)
    assert [spot for spot in before if before[spot] != after[spot]] == [tuple(PLACE.rpartition("!")[::2])]
    assert {title: now for title, now in protections(sheets(app)).items() if title in protected} == protected
    assert sheets(app)[ACCEPTED].sheet_state == "veryHidden"
    buttons.validate()
    assert not [text for text in app.alerts if "出错" in text]


def test_who_says_no_keeps_the_figure(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    assert len(click(app, "no")) == 1
    assert figure(app) == TYPED and ACCEPTED not in sheets(app).sheetnames


@pytest.mark.parametrize("typed", [TYPED, "１６７", None, "=100+76"])
def test_a_second_click_puts_back_what_stood_there_also_after_saving(tmp_path: Path, typed: Any) -> None:
    app = on_desk(tmp_path, TYPED if isinstance(typed, str) and typed.startswith("=") else typed)
    if isinstance(typed, str) and typed.startswith("="):
        cell_at(sheets(app), PLACE).value = typed
        app.books.opened[-1].calculated[tuple(PLACE.rpartition("!")[::2])] = float(TYPED)
    (asked,) = click(app, "yes")
    assert figure(app) == RIGHT and (f"公式 {typed}" in asked) == str(typed).startswith("=")
    buttons.validate()
    sheets(app).save(tmp_path / "b.xlsx")
    app = start()
    app.show(reopened(tmp_path / "b.xlsx"), str(tmp_path / "b.xlsx"))
    select(app, PLACE)
    (asked,) = click(app, "yes")
    assert f"{RIGHT} 是采纳的建议" in asked
    assert figure(app) == typed and ACCEPTED not in sheets(app).sheetnames


def test_a_figure_changed_since_is_left_alone(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    click(app, "yes")
    cell_at(sheets(app), PLACE).value = 1670
    (asked,) = click(app, "yes")
    assert f"1670 改为 {RIGHT}" in asked
    cell_at(sheets(app), PLACE).value = 170
    (asked,) = click(app, "no")
    assert "要改回" not in asked and figure(app) == 170


def test_a_suggestion_that_no_longer_holds_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = on_desk(tmp_path)

    def meanwhile(*_: Any) -> bool:
        cell_at(sheets(app), PLACE).value = 1670
        return True

    monkeypatch.setattr(buttons, "agrees", meanwhile)
    (said,) = click(app)
    assert "没有改动" in said and figure(app) == 1670 and ACCEPTED not in sheets(app).sheetnames


def test_a_line_of_the_list_stands_for_its_cell(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    buttons.validate()
    select(app, f"{SHEET}!D5")
    (asked,) = click(app, "yes")
    assert f"（{PLACE}）：" in asked and figure(app) == RIGHT
    # The list is up to date at once; in the cell itself what was done can be put back.
    assert not [cell for cell in sheets(app)[SHEET]["D"] if PLACE in str(cell.value)]
    select(app, PLACE)
    (asked,) = click(app, "yes")
    assert "改回" in asked and figure(app) == TYPED


def test_the_marks_of_a_suggestion_are_gone_at_once_and_come_back_with_what_it_replaced(
    tmp_path: Path,
) -> None:
    app = on_desk(tmp_path)
    buttons.validate()
    select(app, PLACE)
    cell = cell_at(sheets(app), PLACE)
    assert cell.comment is not None and cell.fill.fgColor.rgb[-6:] == SUSPECT_TINT
    click(app, "yes")
    assert cell.comment is None and cell.fill.fgColor.rgb[-6:] != SUSPECT_TINT
    assert sheets(app).active.title == PLACE.rpartition("!")[0]
    click(app, "yes")
    assert cell.comment is not None and cell.fill.fgColor.rgb[-6:] == SUSPECT_TINT


def test_other_possibilities_are_shown(tmp_path: Path) -> None:
    key = "cases.review.total"
    report = published("xiji-2025")
    app = opened(with_figure(report, key, report.figures()[key] + 5), tmp_path / "a.xlsx")
    select(app, place_of(key))
    (asked,) = click(app, "no")
    assert "还有 " in asked and "（" in asked and "可能" in asked
    assert asked.count("疑似应为") >= 1


def test_rows_inserted_above_move_the_record_with_the_cell(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    click(app, "yes")
    sheet, _, address = PLACE.rpartition("!")
    assert sheets(app)[ACCEPTED]["A1"].value == f"='{sheet}'!{address}"
    sheets(app)[ACCEPTED]["A1"].value = "=#REF!"
    assert click(app) == [NO_SUGGESTION]


def test_where_nothing_is_suggested_a_sentence_says_so(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    select(app, place_of("cases.review.total"))
    assert click(app) == [NO_SUGGESTION]
    buttons.validate()
    select(app, f"{SHEET}!D5")
    cell_at(sheets(app), PLACE).value = RIGHT
    assert click(app) == [NO_SUGGESTION_IN_LINE]
    select(app, f"{SHEET}!A1")
    assert click(app) == [NO_SUGGESTION]


def test_several_cells_or_a_chart_are_no_place(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    for chosen in ({PLACE.rpartition("!")[0]: ((7, 4), (8, 4))}, {}):
        app.books.opened[-1].selected = chosen
        (said,) = click(app)
        assert said.startswith("请只选中一个单元格")


def test_a_cell_inside_a_merged_range_is_not_written(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    buttons.validate()
    sheet, _, address = PLACE.rpartition("!")
    corner = sheets(app)[sheet][address].offset(row=-1)
    sheets(app)[sheet].merge_cells(f"{corner.coordinate}:{address}")
    select(app, f"{SHEET}!D5")
    (said,) = click(app)
    assert "合并的单元格" in said


def test_a_password_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    app = on_desk(tmp_path)
    sheets(app)[LAYOUT.address(NEW)[0]].protection.set_password("保密")
    _, said = click(app, "yes")
    assert "密码" in said and figure(app) == TYPED and ACCEPTED not in sheets(app).sheetnames


def test_a_workbook_of_another_kind_is_told(tmp_path: Path) -> None:
    app = start()
    book = openpyxl.Workbook()
    app.show(book, str(tmp_path / "b.xlsx"))
    app.books.opened[-1].selected[book.active.title] = ((1, 1), (1, 1))
    (said,) = click(app)
    assert said.startswith("b.xlsx") and "新建年报" in said
