"""The whole job as a person does it, on a screen: type a report, see the ✗, 校验, 下一处, mend, 校验 again, and press what fills in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.live.libreoffice.window import Window, missing, wait_for
from tests.office import needed
from xlreport.example import good
from xlreport.live.documents import document_name
from xlreport.live.libreoffice.extension import build
from xlreport.live.menu import BUTTONS, TITLE
from xlreport.ooxml.addresses import letters
from xlreport.report import Report
from xlreport.workbook.layout import BASICS, TablePlace, layout_of
from xlreport.workbook.marks import SUSPECT_TINT
from xlreport.workbook.results import ADVICE, COLUMNS, EXPLANATION, PASSED, PLACE, SHEET
from xlreport.workbook.writer import write

#: Where the pictures go; they are shown in the documentation and kept with the results of a test run.
ARTIFACTS = Path(__file__).parents[3] / "artifacts"
LABELS = {button.function: button.label for button in BUTTONS}
WRONG = "applications.results.granted.natural_person"
REPORT = good()
LAYOUT = layout_of(REPORT.declaration)
#: Where something is typed that no button is about.
OWN = LAYOUT.texts["other_matters"].sheet, f"B{LAYOUT.texts['other_matters'].row + 30}"


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    needed(missing())
    folder = tmp_path / "年报 2025"  # a blank and Chinese in the path, as in many user names
    folder.mkdir()
    # All but the figures: Chinese is not typed key by key.
    unfilled = REPORT.model_copy(update={table.key: None for table in REPORT.declaration.tables})
    write(
        Report.model_validate(unfilled.model_dump(exclude_none=True) | {"year": None}), folder / "西集镇.xlsx"
    )
    build(tmp_path / "xlreport.oxt")
    window = Window(tmp_path, tmp_path / "xlreport.oxt", folder / "西集镇.xlsx")
    yield window
    window.close()


def type_table(window: Window, place: TablePlace, figures: dict[str, object]) -> None:
    """Type a table from its first cell to its last, and wait until every figure stands in its cell."""
    blocks = {key: LAYOUT.cells[key] for key in place.grid.figures}
    order = sorted(blocks, key=lambda key: (blocks[key].row, blocks[key].column))
    window.select(place.sheet, blocks[order[0]].corner)
    window.enter(figures[key] for key in order)
    wanted = {blocks[key].corner: str(figures[key]) for key in order}
    wait_for(
        lambda: all(window.text(place.sheet, cell) == text for cell, text in wanted.items()),
        f"the figures of “{place.sheet}”",
    )


def press(window: Window, button: str) -> None:
    """Click on a button and wait until its work is done."""
    window.press_tool(LABELS[button])
    wait_for(window.jobs, f"“{LABELS[button]}” to begin")
    wait_for(lambda: not window.jobs(), f"“{LABELS[button]}” to be done")


def pressed_and_undone(window: Window, button: str, place: tuple[str, str], boxes: int) -> list[str]:
    """Type something of one's own, press a button at a place, answer its boxes by Enter, and press Ctrl+Z; return what the boxes said.

    What was typed is taken back, and what the button did stands as it did before.
    """
    window.select(*OWN)
    window.type("777\n")
    wait_for(lambda: window.text(*OWN) == "777", "what was typed")
    window.select(*place)
    window.press_tool(LABELS[button])
    wait_for(window.message, "the message box")
    window.picture(ARTIFACTS / f"{button}.png")
    said = [window.answer() for _ in range(boxes)]
    wait_for(lambda: not window.jobs(), "the job to be over")
    left = condition(window)
    window.press_key("ctrl+z")
    wait_for(lambda: not window.text(*OWN), f"what was typed before “{LABELS[button]}” to be gone")
    assert condition(window) == left, button
    assert "出错" not in "".join(said)
    return said


def condition(window: Window) -> object:
    """The notes and the protection of every sheet; fails where anything is half done."""
    assert not window.book.hasControllersLocked() and window.book.isAutomaticCalculationEnabled()
    assert window.book.IsUndoEnabled and not window.book.UndoManager.isLocked()
    sheets = [window.book.Sheets.getByName(name) for name in window.book.Sheets.ElementNames]
    assert all(sheet.isProtected() for sheet in sheets if sheet.IsVisible)
    return [({str(note.Position): note.String for note in sheet.Annotations}, sheet.Name) for sheet in sheets]


@pytest.mark.libreoffice
def test_a_whole_report_typed_with_a_mistake_that_is_found_and_mended_without_scrolling(
    window: Window, tmp_path: Path
) -> None:
    figures = REPORT.figures()
    sheet, cell = LAYOUT.address(WRONG)
    year = LAYOUT.fields["year"].corner
    window.select(BASICS, year)
    window.enter([REPORT.year])
    wait_for(lambda: window.text(BASICS, year) == str(REPORT.year), "the year")
    for place in LAYOUT.tables:
        type_table(window, place, {**figures, WRONG: 97})
    window.select(sheet, cell)

    # The mistake, its mark and the banner that names it are in one view.
    place = next(place for place in LAYOUT.tables if place.sheet == sheet)
    assert place.summary is not None
    check = next(
        c.place.corner for c in LAYOUT.checks if WRONG in c.balance.keys and c.balance.rule.id == "applicants"
    )
    banner = place.summary.corner
    file = tmp_path / "年报 2025" / "西集镇.xlsx"
    native = load_workbook(file)[sheet][banner].value
    wait_for(lambda: window.text(sheet, banner).startswith("✗"), "the ✗ above the table")
    # Python answers in the line above the table without a click.
    suspected = f"疑似 {cell} 应为 {figures[WRONG]}"
    assert suspected in window.text(sheet, banner)
    assert window.text(sheet, check) == "✗ 79≠97"
    assert all(window.in_view(sheet, seen) for seen in (cell, check, banner))
    window.picture(ARTIFACTS / "1-typed.png")

    press(window, "validate")
    assert window.shown() == SHEET
    assert window.text(SHEET, "A2").startswith("审核不通过")
    listed = [1 + COLUMNS.index(column) for column in (PLACE, ADVICE, EXPLANATION)]
    assert all(window.in_view(SHEET, f"{letters(column)}5") for column in listed)
    window.picture(ARTIFACTS / "2-findings.png")

    press(window, "next_finding")
    assert window.cursor() == f"{sheet}!{cell}"
    assert all(window.in_view(sheet, seen) for seen in (cell, check, banner))
    marked = window.book.Sheets.getByName(sheet).getCellRangeByName(cell)
    assert f"{marked.CellBackColor:06X}" == SUSPECT_TINT
    assert "97" in marked.Annotation.String and "79" in marked.Annotation.String
    assert window.book.Sheets.getByName(sheet).isProtected()
    window.hover(cell)
    window.picture(ARTIFACTS / "3-marked.png")

    # No saved file knows of that; saving leaves the workbook unmodified and what can be undone as it was.
    history = window.book.UndoManager.getAllUndoActionTitles()
    window.book.store()
    assert load_workbook(file)[sheet][banner].value == native
    assert suspected in window.text(sheet, banner) and not window.book.isModified()
    assert window.book.UndoManager.getAllUndoActionTitles() == history

    window.type(f"{figures[WRONG]}\n")
    wait_for(lambda: window.text(sheet, check) == "✓", "the ✓ beside the row")
    window.choose(TITLE, LABELS["validate"])
    wait_for(
        lambda: window.shown() == SHEET and window.text(SHEET, "A2").startswith(("审核通过", PASSED)),
        "the verdict",
    )
    assert f"{marked.CellBackColor:06X}" != SUSPECT_TINT
    assert not marked.Annotation.String
    window.picture(ARTIFACTS / "4-passed.png")

    # 校验 is no step to undo: it is the figure typed before it that goes, and comes again.
    window.press_key("ctrl+z")
    wait_for(lambda: window.text(sheet, cell) == "97", "the figure typed before")
    assert not marked.Annotation.String and window.book.Sheets.getByName(sheet).isProtected()
    window.press_key("ctrl+y")
    wait_for(lambda: window.text(sheet, cell) == "79", "the figure again")

    press_what_fills_in(window, sheet, cell)

    window.choose(TITLE, LABELS["make_document"])
    said = wait_for(window.message, "the message about the document")
    document = tmp_path / "年报 2025" / document_name(REPORT)
    assert document.exists(), said
    window.picture(ARTIFACTS / "5-document.png")
    window.answer()
    opened = wait_for(lambda: window.document(document), "the document to be open")

    texts = [paragraph.text.replace("\n", "") for paragraph in Document(str(document)).paragraphs]
    assert REPORT.full_title in texts
    wait_for(lambda: opened.CurrentController.Frame.ContainerWindow.isVisible(), "the document to be seen")
    window.picture(ARTIFACTS / "6-opened.png")
    assert REPORT.full_title in opened.Text.String.replace("\n", "")


def press_what_fills_in(window: Window, sheet: str, cell: str) -> None:
    """Press 上一处, all buttons that change something, each with Ctrl+Z after it, and 新建年报; leaves the figures as they were."""
    press(window, "previous_finding")
    assert window.shown() != SHEET

    # A text comes by pasting: one that is typed is refused by the cell.
    number = window.book.Sheets.getByName(sheet).getCellRangeByName(cell)
    number.setString("79 件")
    asked, said = pressed_and_undone(window, "texts_to_numbers", (sheet, cell), 2)
    assert "“79 件”→ 79" in asked and "1 格" in said
    assert number.Value == 79 and number.Type.value == "VALUE"

    blank = LAYOUT.address("applications.new.research")[1]
    delete(window, sheet, blank)
    asked, said = pressed_and_undone(window, "fill_zeros", (sheet, blank), 2)
    assert "1 格空白" in asked and "1 格填 0" in said
    assert window.text(sheet, blank) == "0"

    total = LAYOUT.address("applications.new.total")[1]
    before = window.text(sheet, total)
    delete(window, sheet, total)
    (said,) = pressed_and_undone(window, "fill_totals", (sheet, total), 1)
    assert "已填 1 个合计" in said and window.text(sheet, total) == before

    block = LAYOUT.texts["other_matters"]
    asked, said = pressed_and_undone(window, "insert_sentences", (block.sheet, block.corner), 2)
    texts = window.book.Sheets.getByName(block.sheet).getCellRangeByName(block.reference).getFormulaArray()
    assert any(style and text.startswith("=") for style, text in texts), said

    window.select(sheet, cell)
    window.type("97\n")
    wait_for(lambda: number.Value == 97, "the mistake again")
    press(window, "validate")
    assert number.Annotation.String
    (said,) = pressed_and_undone(window, "clear_marks", (sheet, cell), 1)
    assert "已恢复" in said and not number.Annotation.String
    (asked,) = pressed_and_undone(window, "accept_suggestion", (sheet, cell), 1)
    assert "79" in asked and number.Value == 79 and not number.Annotation.String

    window.press_tool(LABELS["new_report"])
    window.answer()
    window.cancel("选择上年的年度报告")
    wait_for(lambda: not window.jobs(), "nothing to be made")


def delete(window: Window, sheet: str, cell: str) -> None:
    """Empty a cell by the keyboard."""
    window.select(sheet, cell)
    window.press_key("Delete")
    wait_for(lambda: not window.text(sheet, cell), "the cell to be blank")
