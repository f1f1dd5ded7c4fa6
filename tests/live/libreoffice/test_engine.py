"""The buttons, unmodified, on documents open in a real LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.office import Document, Office
from tests.samples import complete, published, with_figure
from xlreport.live import buttons, starting
from xlreport.live.libreoffice import engine
from xlreport.live.libreoffice.book import BookWords
from xlreport.live.libreoffice.connection import enum, struct
from xlreport.live.libreoffice.references import to_calc, to_excel
from xlreport.live.menu import BUTTONS
from xlreport.live.open_report import read_live
from xlreport.report import Report
from xlreport.workbook.layout import layout_of
from xlreport.workbook.mark_records import ACCEPTED, RECORDS
from xlreport.workbook.marks import SUSPECT_TINT
from xlreport.workbook.names import BODY_STYLE
from xlreport.workbook.results import SHEET
from xlreport.workbook.writer import write

NEW = "applications.new.natural_person"
LAYOUT = layout_of(complete().declaration)
pytestmark = pytest.mark.libreoffice


class Desk:
    """A workbook open in LibreOffice, the xlwings book for it, and what the office said in message boxes."""

    def __init__(self, office: Office, path: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
        write(report, path)
        self.document: Document = office.open(path)
        self.said: list[str] = []
        monkeypatch.setattr(
            engine, "show_message", lambda window, prompt, *rest: self.said.append(prompt) or "yes"
        )
        self.book = engine.attach(office.context, self.document.model.RuntimeUID)

    def cell(self, key: str) -> Any:
        sheet, address = LAYOUT.address(key)
        return self.document.sheet(sheet).getCellRangeByName(address)

    def notes(self) -> int:
        return sum(self.document.sheet(name).Annotations.Count for name in self.document.sheet_names)


@pytest.fixture
def desk(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    made: list[Desk] = []

    def lay(report: Report) -> Desk:
        made.append(Desk(office, tmp_path / "年报.xlsx", report, monkeypatch))
        return made[-1]

    yield lay
    for each in made:
        each.document.close()


def test_a_click_marks_lists_and_goes_to_the_list(desk: Any) -> None:
    here = desk(with_figure(complete(), NEW, 999))
    buttons.validate()
    assert here.said == []
    assert here.document.text(SHEET, "A2").startswith("审核不通过")
    assert f"{here.cell(NEW).CellBackColor:06X}" == SUSPECT_TINT
    assert "999" in here.cell(NEW).Annotation.String
    assert here.document.model.CurrentController.ActiveSheet.Name == SHEET
    assert RECORDS in here.document.sheet_names and not here.document.sheet(RECORDS).IsVisible
    link = here.document.sheet(SHEET).getCellRangeByName("D5").TextFields.getByIndex(0).URL
    sheet, address = LAYOUT.address(NEW)
    assert link == f"#'{sheet}'.{address}"


def test_the_tables_lines_ask_nobody_s_add_in_however_often_it_is_checked(desk: Any) -> None:
    here = desk(complete())
    places = [place for place in LAYOUT.tables if place.summary]
    before = [here.document.formula(p.sheet, p.summary.corner) for p in places]
    for _ in range(2):
        buttons.validate()
    assert [here.document.formula(p.sheet, p.summary.corner) for p in places] == before
    assert not any("xlr_" in formula.lower() for formula in before)


def test_a_suggestion_is_accepted_and_taken_back(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    here = desk(with_figure(published("xiji-2025"), NEW, 176))
    monkeypatch.setattr(buttons, "agrees", lambda *_: True)
    controller = here.document.model.CurrentController
    controller.setActiveSheet(here.document.sheet(LAYOUT.address(NEW)[0]))
    controller.select(here.cell(NEW))
    buttons.accept_suggestion()
    assert here.cell(NEW).Value == 167 and not here.document.sheet(ACCEPTED).IsVisible
    buttons.accept_suggestion()
    assert here.cell(NEW).Value == 176 and ACCEPTED not in here.document.sheet_names
    assert here.said == []


def test_marks_come_off_and_protection_stays(desk: Any) -> None:
    here = desk(with_figure(complete(), NEW, 999))
    own = here.cell("applications.carried_in.natural_person")
    here.document.sheet(LAYOUT.address(NEW)[0]).unprotect("")
    here.cell(NEW).CellBackColor = 0x00B050
    here.document.sheet(LAYOUT.address(NEW)[0]).Annotations.insertNew(own.CellAddress, "请核对")
    here.document.sheet(LAYOUT.address(NEW)[0]).protect("")
    buttons.validate()
    assert own.Annotation.String.startswith("请核对\n")
    buttons.validate()
    buttons.clear_marks()
    assert here.cell(NEW).CellBackColor == 0x00B050
    assert own.Annotation.String == "请核对" and here.notes() == 1
    assert (
        all(here.document.sheet(place.sheet).isProtected() for place in LAYOUT.tables)
        and here.document.sheet(SHEET).isProtected()
    )
    assert RECORDS not in here.document.sheet_names


def test_totals_are_filled_and_the_cells_beside_them_keep_their_notes(desk: Any) -> None:
    key = "applications.new.total"
    here = desk(with_figure(with_figure(complete(), key, None), NEW, 167))
    buttons.validate()
    assert here.notes()
    buttons.fill_totals()
    assert here.cell(key).Value == sum(
        here.cell(term.key).Value
        for b in complete().declaration.balances
        if b.left[0].key == key and b.rule.id == "applicants"
        for term in b.right
    )
    assert "已填 1 个合计" in here.said[-1]
    assert here.cell(key).Annotation.String


def test_the_program_is_left_as_it_was(desk: Any) -> None:
    here = desk(complete())
    model = here.document.model
    model.enableAutomaticCalculation(False)
    buttons.clear_marks()
    assert not model.isAutomaticCalculationEnabled() and not model.hasControllersLocked()
    assert here.said == ["没有需要清除的标记。"]


def test_no_button_is_a_step_to_undo_and_what_the_clerk_typed_before_it_still_is(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = desk(with_figure(with_figure(published("xiji-2025"), NEW, 176), "applications.new.other", None))
    write(complete(), tmp_path / "上年.xlsx")
    monkeypatch.setattr(buttons, "ask_for_report", lambda *_: tmp_path / "上年.xlsx")
    monkeypatch.setattr(starting, "chosen", lambda *_: "cancel")
    monkeypatch.setattr(buttons.webbrowser, "open", lambda _: True)
    monkeypatch.setattr(BookWords, "FollowHyperlink", lambda *_: None)
    steps, own = here.document.model.UndoManager, here.cell("applications.carried_in.other")
    titles = [*(place.sheet for place in LAYOUT.tables), SHEET]

    def seen() -> list[Any]:
        sheets = [here.document.sheet(title) for title in here.document.sheet_names]
        notes = [{str(note.Position): note.String for note in sheet.Annotations} for sheet in sheets]
        return [here.cell(NEW).CellBackColor, notes, [sheet.isProtected() for sheet in sheets]]

    for button in BUTTONS:
        before = own.String
        own.setValue(7)
        here.book.sheets[LAYOUT.address(NEW)[0]].activate()
        here.book.sheets.active.range(LAYOUT.address(NEW)[1]).select()
        getattr(buttons, button.function)()
        left = seen()
        assert all(here.document.sheet(title).isProtected() for title in titles), button.label
        assert len(steps.AllUndoActionTitles) == 1 and not steps.isLocked(), button.label
        steps.undo()
        assert own.String == before and seen() == left, button.label
    assert here.cell("applications.new.other").Value == 0
    assert not any("出错" in said for said in here.said)


def test_sentences_follow_the_tables_and_rows_hidden_by_a_filter_are_filled_and_listed(desk: Any) -> None:
    here = desk(with_figure(complete(), "applications.new.total", None))
    title, _ = LAYOUT.address("applications.new.total")
    for name, block in ((title, "A6:J31"), (SHEET, "A1:H4")):
        sheet = here.document.sheet(name)
        protected = sheet.isProtected()
        sheet.unprotect("")
        cells = sheet.getCellRangeByName(block)
        descriptor = cells.createFilterDescriptor(True)
        descriptor.setFilterFields((_field("没有这样的字"),))
        cells.filter(descriptor)
        assert not sheet.Rows.getByIndex(2 if name == SHEET else 6).IsVisible
        if protected:
            sheet.protect("")
    buttons.fill_totals()
    total = complete().applications.new.total
    assert here.cell("applications.new.total").Value == total
    buttons.validate()
    listed = here.document.sheet(SHEET)
    assert all(listed.Rows.getByIndex(row).IsVisible for row in range(6))
    buttons.insert_sentences()
    sentence = f"新收政府信息公开申请{total}件"
    assert any(sentence in said for said in here.said)
    block = LAYOUT.texts["overview"]
    top = block.row + len(complete().overview.splitlines())

    def texts() -> list[str]:
        return [here.document.text(block.sheet, f"B{row}") for row in range(top, top + 5)]

    assert any(sentence in text for text in texts()) and all(texts())
    here.cell("applications.new.total").setValue(5)
    assert any("新收政府信息公开申请5件" in text for text in texts())
    assert any("新收政府信息公开申请5件" in line for line in read_live(here.book).overview.splitlines())
    here.said.clear()
    buttons.insert_sentences()
    assert here.said == ["没有可以加的常用文字，或者都已经有了。"]
    # One that is copied from the list beside the text is a paragraph like the others.
    sheet, offered = here.document.sheet(block.sheet), next(iter(LAYOUT.sentences)).corner
    sheet.copyRange(
        sheet.getCellRangeByName(f"B{top + 5}").CellAddress, sheet.getCellRangeByName(offered).RangeAddress
    )
    buttons.validate()
    assert here.document.text(block.sheet, f"A{top + 5}") == BODY_STYLE
    assert here.document.text(block.sheet, f"B{top + 5}") == here.document.text(block.sheet, offered)


def _field(text: str) -> Any:
    equal = enum("sheet.FilterOperator", "EQUAL")
    return struct("sheet.TableFilterField", Field=0, Operator=equal, IsNumeric=False, StringValue=text)


def test_the_list_is_made_anew_where_it_was_deleted(desk: Any) -> None:
    here = desk(with_figure(complete(), NEW, 999))
    here.document.model.Sheets.removeByName(SHEET)
    buttons.validate()
    assert here.said == []
    assert here.document.text(SHEET, "A2").startswith("审核不通过")
    assert not here.document.sheet(SHEET).Columns.getByName("L").IsVisible


@pytest.mark.parametrize("reference", ["'三、依申请公开'!$D$7:$J$31", "'表 ''1'''!A1", "'Sheet1'!$AB$12"])
def test_references_are_said_in_both_tongues(reference: str) -> None:
    assert to_excel(to_calc(f"={reference}") or "") == reference
    assert to_calc("=SUM(A1)") is None and to_excel("=SUM(A1)") is None
