"""What a click costs, what it leaves behind when it fails, and what it says in the cases that Excel makes difficult."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.live.desk import cell_at, looks, opened, protections, sheets
from tests.live.strict import App, start
from tests.samples import complete, published, with_figure
from xlreport import failure_log
from xlreport.example import faulty, good
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.declaration import PREVIOUS
from xlreport.live import buttons, failing
from xlreport.live.documents import document_name
from xlreport.live.menu import BUTTONS, NO_WORKBOOK
from xlreport.own_folder import own_folder
from xlreport.report import Report
from xlreport.workbook.guide import guide_lines
from xlreport.workbook.layout import layout_of
from xlreport.workbook.mark_records import RECORDS
from xlreport.workbook.marks import PROPOSED_TINT
from xlreport.workbook.results import SHEET
from xlreport.workbook.writer import write

NEW = "applications.new.natural_person"
LAYOUT = layout_of(complete().declaration)
WORKING = (buttons.validate, buttons.clear_marks, buttons.fill_totals)


def place_of(key: str) -> str:
    return "!".join(LAYOUT.address(key))


def worse(count: int) -> Report:
    """The largest example with that many rows of table three broken."""
    report = complete()
    rows = [
        key for key in report.figures() if key.startswith("applications.") and key.endswith(".commercial")
    ]
    for key in rows[:count]:
        report = with_figure(report, key, 7000)
    return report


def costs(report: Report, folder: Path) -> tuple[int, int, int]:
    """Reads, writes and marked cells of a first click on 校验."""
    app = opened(report, folder / "a.xlsx")
    app.trips.clear()
    buttons.validate()
    assert not app.alerts
    reads, writes = app.trips.reads.total(), app.trips.writes.total()
    return reads, writes, sheets(app)[RECORDS].max_row


def test_a_click_costs_a_constant_number_of_reads_and_writes_that_grow_with_the_findings(
    tmp_path: Path,
) -> None:
    few, some, many = (costs(worse(count), tmp_path) for count in (1, 5, 20))
    assert few[0] == some[0] == many[0] < 500
    assert few[2] < some[2] < many[2]
    for less, more in ((few, some), (some, many)):
        # A note (text, width, height) a cell; tints, links, looks of the list a finding.
        assert (more[1] - less[1]) / (more[2] - less[2]) < 5


def test_a_table_is_read_in_one_call_whatever_its_size(tmp_path: Path) -> None:
    app = opened(complete(), tmp_path / "a.xlsx")
    app.trips.clear()
    buttons.fill_totals()
    assert app.trips.reads["Range.raw_value"] <= len(sheets(app).sheetnames)


@pytest.mark.parametrize("press", WORKING)
def test_the_program_is_left_as_it_was(press: Any, tmp_path: Path) -> None:
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    app._settings |= {"calculation": "semiautomatic", "status_bar": "别的宏正在运行", "enable_events": False}
    before, protected = app.settings, protections(sheets(app))
    book = app.books.opened[-1]
    book.selected["基本信息"] = ((4, 2), (4, 2))
    shown = sheets(app).active.title
    press()
    assert app.settings == before and app.display_alerts
    assert {title: now for title, now in protections(sheets(app)).items() if title != RECORDS} == protected
    assert book.selected["基本信息"] == ((4, 2), (4, 2))
    assert sheets(app).active.title == (SHEET if press is buttons.validate else shown)
    assert ("screen_updating", False) in app.history and ("calculation", "manual") in app.history


def test_a_failure_at_any_moment_leaves_no_half_written_sheet(tmp_path: Path, home: Path) -> None:
    write(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    app = start()
    app.open(tmp_path / "a.xlsx")
    untouched = looks(sheets(app), without=(SHEET,))
    app.trips.clear()
    buttons.validate()
    needed = app.trips.writes.total()
    # The last of all writes are those that give the program its settings back.
    for moment in sorted({*range(0, needed, 23), *range(needed - 6, needed)}):
        app = start()
        app.open(tmp_path / "a.xlsx")
        protected, settings = protections(sheets(app)), app.settings
        app.trips.clear()
        app.trips.fail_at = moment
        buttons.validate()
        assert len(app.alerts) <= 1, moment
        assert app.alerts or sheets(app).active.title == SHEET, moment  # mended by trying again
        assert app.settings == settings and app.display_alerts, moment
        for title, before in protected.items():
            assert protections(sheets(app))[title] == before, (moment, title)
        buttons.clear_marks()
        assert looks(sheets(app), without=(SHEET,)) == untouched, moment
    assert "Traceback" in (own_folder() / failure_log.NAME).read_text("utf-8")


def test_while_a_cell_is_edited_nothing_happens_but_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = opened(faulty(), tmp_path / "a.xlsx")
    before = looks(sheets(app))
    app.trips.editing = True
    buttons.validate()
    app.trips.editing = False
    # The program cannot even show a message box, so the system does.
    assert not app.alerts and failing.BUSY in capsys.readouterr().err
    assert looks(sheets(app)) == before


def test_a_password_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    sheet, _ = LAYOUT.address(NEW)
    sheets(app)[sheet].protection.set_password("保密")
    before = looks(sheets(app))
    buttons.validate()
    assert len(app.alerts) == 1 and sheet in app.alerts[0] and "密码" in app.alerts[0]
    assert looks(sheets(app)) == before


def test_a_locked_structure_is_said(tmp_path: Path) -> None:
    app = opened(faulty(), tmp_path / "a.xlsx")
    app.books.opened[-1].structure_locked = True
    buttons.validate()
    assert len(app.alerts) == 1 and "结构受保护" in app.alerts[0]


@pytest.mark.parametrize(
    "press", [*WORKING, buttons.accept_suggestion, buttons.import_previous], ids=lambda press: press.__name__
)
def test_a_read_only_workbook_is_not_touched_and_the_user_told(press: Any, tmp_path: Path) -> None:
    app = opened(faulty(), tmp_path / "a.xlsx", read_only=True)
    before, titles = looks(sheets(app)), sheets(app).sheetnames
    press()
    assert looks(sheets(app)) == before and sheets(app).sheetnames == titles
    (said,) = app.alerts
    assert "文件是只读的，请另存后再校验" in said.replace("；", "，")


def test_the_workbook_in_front_is_meant(tmp_path: Path) -> None:
    app = opened(faulty(), tmp_path / "a.xlsx")
    app.show(openpyxl.Workbook(), str(tmp_path / "b.xlsx"))
    buttons.validate()
    assert len(app.alerts) == 1 and app.alerts[0].startswith("b.xlsx")
    assert RECORDS not in app.books.opened[0].wb.sheetnames


@pytest.mark.parametrize("behind", [True, False])
def test_a_file_in_the_protected_view_is_one_sentence_and_the_workbook_behind_it_is_not_meant(
    behind: bool, tmp_path: Path
) -> None:
    app = opened(faulty(), tmp_path / "a.xlsx") if behind else start()
    before = looks(sheets(app)) if behind else None
    app.protected_view = object()
    for button in BUTTONS:
        getattr(buttons, button.function)()
    assert app.alerts == [failing.PROTECTED_VIEW] * len(BUTTONS)
    assert not behind or looks(sheets(app)) == before


def test_without_a_workbook_a_sentence_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    start()
    buttons.validate()
    assert capsys.readouterr().err == NO_WORKBOOK + "\n"


def test_the_first_finding_is_selected(tmp_path: Path) -> None:
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    buttons.validate()
    assert app.books.opened[-1].selected[SHEET] == ((5, 4), (5, 4))


def test_totals_are_filled_where_blank_and_only_there(tmp_path: Path) -> None:
    report = complete()
    totals = ("applications.new.total", "applications.results.total.natural_person", "cases.review.total")
    for key in totals:
        report = with_figure(report, key, None)
    app = opened(with_figure(report, "applications.carried_in.total", 12345), tmp_path / "a.xlsx")
    protected = protections(sheets(app))
    buttons.fill_totals()
    for key in totals:
        assert cell_at(sheets(app), place_of(key)).value == complete().figures()[key]
    assert cell_at(sheets(app), place_of("applications.carried_in.total")).value == 12345
    assert protections(sheets(app)) == protected
    first, *lines = app.alerts[0].splitlines()
    assert first == "已填 3 个合计，原有的数没有改动："
    form = report.declaration
    assert sorted(lines) == sorted(
        f"“{form.label(key)}”（{place_of(key)}）：{complete().figures()[key]}" for key in totals
    )


def imported(app: App, last: Path | str, *answers: str) -> None:
    app.answers = [str(last), *answers]
    buttons.import_previous()


def test_last_years_figures_come_in_and_what_it_carries_is_proposed(tmp_path: Path) -> None:
    last = published("suqian-2023")
    write(last, tmp_path / "上年.xlsx")
    carried = "applications.carried_in.natural_person"
    report = with_figure(published("suqian-2024"), carried, None)
    app = opened(report, tmp_path / "a.xlsx")
    imported(app, tmp_path / "上年.xlsx")
    book = sheets(app)
    for key, value in last.figures().items():
        assert cell_at(book, place_of(PREVIOUS + key)).value == (float(value) if value is not None else None)
    proposed = cell_at(book, place_of(carried))
    assert proposed.value == last.figures()["applications.carried_out.natural_person"]
    assert proposed.fill.fgColor.rgb[-6:] == PROPOSED_TINT and "请核对" in proposed.comment.text
    buttons.validate()
    assert proposed.fill.fgColor.rgb[-6:] != PROPOSED_TINT


def test_last_years_figures_are_replaced_only_if_the_user_agrees(tmp_path: Path) -> None:
    write(published("suqian-2023"), tmp_path / "上年.xlsx")
    app = opened(
        published("suqian-2024").model_copy(update={"previous": published("xiji-2025")}), tmp_path / "a.xlsx"
    )
    before = looks(sheets(app))
    imported(app, tmp_path / "上年.xlsx", "no")
    assert looks(sheets(app)) == before and len(app.alerts) == 1
    app.answers = [False]
    buttons.import_previous()
    assert looks(sheets(app)) == before and len(app.alerts) == 1


def titled(app: App) -> None:
    """Give the title's formula the result that the program would have calculated."""
    sheet, address = LAYOUT.address("title")
    app.books.opened[-1].calculated[sheet, address] = good().full_title


def test_the_document_lies_beside_the_workbook(tmp_path: Path) -> None:
    folder = tmp_path / "张三 的文件"
    folder.mkdir()
    app = opened(good(), folder / "a.xlsx")
    titled(app)
    app.answers = ["yes"]
    buttons.make_document()
    target = folder / document_name(good())
    assert app.alerts == [f"已生成：{target}\n现在打开吗？"] and app.followed == [str(target)]
    assert "".join(Document(str(target)).paragraphs[0].text.split()) == good().full_title
    before = target.read_bytes()
    app.answers = ["no"]
    buttons.make_document()
    assert target.read_bytes() == before and "已经存在" in app.alerts[1]


def test_no_document_while_an_error_stands(tmp_path: Path) -> None:
    app = opened(faulty(), tmp_path / "a.xlsx")
    buttons.make_document()
    assert len(app.alerts) == 1 and "审核结果中存在强制性审核类型错误，不允许上报" in app.alerts[0]
    assert not list(tmp_path.glob("*.docx"))


@pytest.mark.parametrize("fullname", ["工作簿1", "https://d.docs.live.net/0123456789abcdef/年报/a.xlsx"])
def test_without_a_folder_of_its_own_the_workbook_asks_for_one(fullname: str, tmp_path: Path) -> None:
    app = opened(good(), tmp_path / "a.xlsx")
    titled(app)
    app.books.opened[-1]._fullname = fullname
    app.answers = [""]
    buttons.make_document()
    assert "没有选择文件夹" in app.alerts[0]
    app.answers = [str(tmp_path), "no"]
    buttons.make_document()
    assert not app.followed
    assert (tmp_path / document_name(good())).exists()


def test_the_manual_explains_every_button_and_rule(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(buttons.webbrowser, "open", lambda page: shown.append(page) or True)
    app = opened(good(), tmp_path / "a.xlsx")
    buttons.open_manual()
    assert not app.alerts and shown == [(own_folder() / "manual.html").as_uri()]
    page = (own_folder() / "manual.html").read_text("utf-8")
    for text in (
        *(button.explanation for button in BUTTONS),
        *(rule.title for rule in form_of(CURRENT).rules),
    ):
        assert text in page


def test_without_a_browser_the_user_is_told_where_the_manual_is(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buttons.webbrowser, "open", lambda page: False)
    app = opened(good(), tmp_path / "a.xlsx")
    buttons.open_manual()
    (said,) = app.alerts
    assert str(own_folder() / "manual.html") in said


def test_a_file_is_chosen_from_the_workbooks_folder_on(tmp_path: Path) -> None:
    app = opened(good(), tmp_path / "a.xlsx")
    imported(app, "")
    assert app.begun_in == [f"{tmp_path}{os.sep}"] and not app.alerts


def test_the_workbooks_instructions_name_buttons_that_there_are() -> None:
    lines = guide_lines(complete().declaration)
    labels = {button.label for button in BUTTONS}
    named = {
        name
        for line in lines
        for part in re.findall("点((?:“[^”]*”)+)", line)
        for name in part[1:-1].split("”“")
    }
    assert {"校验", "上一处", "下一处", "采纳建议", "生成文档"} <= named & labels
    assert named - labels == {"位置"}
    # A clerk types no command.
    assert not any("xlreport" in line for line in lines)


def test_the_rules_of_an_office_that_lie_beside_the_workbook_count_and_are_said(tmp_path: Path):
    rule = '[[relation]]\nid = "own-cases"\ntitle = "复议偏多"\nrule = "cases.review.total <= 1"\nlevel = "error"\n'
    (tmp_path / "xlreport.toml").write_text(rule, "utf-8")
    app = opened(good(), tmp_path / "a.xlsx")
    buttons.validate()
    assert any("按本单位的规则审核" in alert for alert in map(str, app.alerts))
    texts = [str(cell.value) for row in sheets(app)[SHEET].iter_rows() for cell in row if cell.value]
    assert "复议偏多" in texts
    buttons.make_document()
    assert any("不允许上报" in alert for alert in map(str, app.alerts))
