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
from xlreport.report import Report
from xlreport.workbook.layout import BASICS, TablePlace, layout_of
from xlreport.workbook.marks import SUSPECT_TINT
from xlreport.workbook.results import PASSED, SHEET
from xlreport.workbook.writer import write

#: Where the pictures go; they are shown in the documentation and kept with the results of a test run.
ARTIFACTS = Path(__file__).parents[3] / "artifacts"
LABELS = {button.function: button.label for button in BUTTONS}
WRONG = "applications.results.granted.natural_person"
REPORT = good()
LAYOUT = layout_of(REPORT.declaration)


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


def pressed_and_agreed(window: Window, button: str) -> tuple[str, str]:
    """Click on a button that asks, say yes, and return what it asked and what it said after."""
    window.press_tool(LABELS[button])
    wait_for(window.message, "the question")
    window.picture(ARTIFACTS / f"{button}.png")
    asked, said = window.answer(), window.answer()
    wait_for(lambda: not window.jobs(), "the job to be over")
    return asked, said


@pytest.mark.libreoffice
def test_a_whole_report_typed_with_a_mistake_that_is_found_and_mended_without_scrolling(
    window: Window, tmp_path: Path
) -> None:
    figures = REPORT.figures()
    sheet, cell = LAYOUT.address(WRONG)
    window.select(BASICS, LAYOUT.fields["year"].corner)
    window.enter([REPORT.year])
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
    """Press 上一处, 文本转数字, 空白填0, 插入文字 and 新建年报 with the mouse; leaves the figures as they were."""
    press(window, "previous_finding")
    assert window.shown() != SHEET

    # A text comes by pasting: one that is typed is refused by the cell.
    number = window.book.Sheets.getByName(sheet).getCellRangeByName(cell)
    number.setString("79 件")
    window.select(sheet, cell)
    asked, said = pressed_and_agreed(window, "texts_to_numbers")
    assert "“79 件”→ 79" in asked and "1 格" in said
    assert number.Value == 79 and number.Type.value == "VALUE"

    blank = LAYOUT.address("applications.new.research")[1]
    window.select(sheet, blank)
    window.press_key("Delete")
    wait_for(lambda: not window.text(sheet, blank), "the cell to be blank")
    asked, said = pressed_and_agreed(window, "fill_zeros")
    assert "1 格空白" in asked and "1 格填 0" in said
    assert window.text(sheet, blank) == "0"

    block = LAYOUT.texts["other_matters"]
    window.select(block.sheet, block.corner)
    asked, said = pressed_and_agreed(window, "insert_sentences")
    texts = window.book.Sheets.getByName(block.sheet).getCellRangeByName(block.reference).getFormulaArray()
    assert any(style and text.startswith("=") for style, text in texts), said

    window.press_tool(LABELS["new_report"])
    window.answer()
    window.cancel("选择上年的年度报告")
    wait_for(lambda: not window.jobs(), "nothing to be made")
