"""The whole job as a person does it, on a screen: type, see the ✗, 校验, mend, 校验 again, 生成文档, open the document."""

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
from xlreport.workbook.layout import layout_of
from xlreport.workbook.marks import SUSPECT_TINT
from xlreport.workbook.results import PASSED, SHEET
from xlreport.workbook.writer import write

#: Where the pictures go; they are shown in the documentation and kept with the results of a test run.
ARTIFACTS = Path(__file__).parents[3] / "artifacts"
LABELS = {button.function: button.label for button in BUTTONS}
WRONG = "applications.results.granted.natural_person"


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    needed(missing())
    folder = tmp_path / "年报 2025"  # a blank and Chinese in the path, as in many user names
    folder.mkdir()
    write(good(), folder / "西集镇.xlsx")
    build(tmp_path / "xlreport.oxt")
    window = Window(tmp_path, tmp_path / "xlreport.oxt", folder / "西集镇.xlsx")
    yield window
    window.close()


@pytest.mark.libreoffice
def test_the_whole_job_on_a_screen(window: Window, tmp_path: Path) -> None:
    report = good()
    layout = layout_of(report.declaration)
    sheet, cell = layout.address(WRONG)
    right = report.figures()[WRONG]
    check = next(
        c.place for c in layout.checks if WRONG in c.balance.keys and c.balance.rule.id == "applicants"
    )
    (line,) = (c.summary.corner for c in layout.tables if c.summary and c.sheet == sheet)
    file = tmp_path / "年报 2025" / "西集镇.xlsx"
    native = load_workbook(file)[sheet][line].value
    assert window.text(sheet, check.corner) == "✓"

    window.select(sheet, cell)
    window.type("97\n")
    wait_for(lambda: window.text(sheet, check.corner).startswith("✗"), "the ✗ beside the row")
    window.picture(ARTIFACTS / "1-typed.png")

    window.choose(TITLE, LABELS["validate"])
    wait_for(lambda: window.shown() == SHEET, "the list of findings")
    verdict = window.text(SHEET, "A2")
    assert verdict.startswith("审核不通过")
    window.picture(ARTIFACTS / "2-findings.png")

    marked = window.book.Sheets.getByName(sheet).getCellRangeByName(cell)
    assert f"{marked.CellBackColor:06X}" == SUSPECT_TINT
    assert "97" in marked.Annotation.String
    assert window.book.Sheets.getByName(sheet).isProtected()
    window.select(sheet, cell)
    window.picture(ARTIFACTS / "3-marked.png")

    # Python answers in the line above the table without a click, and no saved file knows of it.
    assert f"疑似 {cell} 应为 {right}" in window.text(sheet, line)
    history = window.book.UndoManager.getAllUndoActionTitles()
    window.book.store()
    assert load_workbook(file)[sheet][line].value == native
    assert f"疑似 {cell} 应为 {right}" in window.text(sheet, line) and not window.book.isModified()
    assert window.book.UndoManager.getAllUndoActionTitles() == history

    window.type(f"{right}\n")
    wait_for(lambda: window.text(sheet, check.corner) == "✓", "the ✓ beside the row")
    window.choose(TITLE, LABELS["validate"])
    wait_for(
        lambda: window.shown() == SHEET and window.text(SHEET, "A2").startswith(("审核通过", PASSED)),
        "the verdict",
    )
    assert f"{marked.CellBackColor:06X}" != SUSPECT_TINT
    assert not marked.Annotation.String
    window.picture(ARTIFACTS / "4-passed.png")

    window.choose(TITLE, LABELS["make_document"])
    said = wait_for(window.message, "the message about the document")
    document = tmp_path / "年报 2025" / document_name(report)
    assert document.exists(), said
    window.picture(ARTIFACTS / "5-document.png")
    window.type("\n")
    wait_for(lambda: not window.message(), "the question to be gone")
    opened = wait_for(lambda: window.document(document), "the document to be open")

    texts = [paragraph.text.replace("\n", "") for paragraph in Document(str(document)).paragraphs]
    assert report.full_title in texts
    wait_for(lambda: opened.CurrentController.Frame.ContainerWindow.isVisible(), "the document to be seen")
    window.picture(ARTIFACTS / "6-opened.png")
    assert report.full_title in opened.Text.String.replace("\n", "")
