"""The list of sentences beside a text, and the line over it: alive in any program, and no text of the report."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.office import Office
from tests.samples import complete
from xlreport import read
from xlreport.checking import check
from xlreport.document.submission import write_draft
from xlreport.form.catalogue import CURRENT, MODULES, form_of
from xlreport.form.usual_sentences import BLANK, keys_of, words_of
from xlreport.report import Report
from xlreport.workbook.layout import BASICS, layout_of
from xlreport.workbook.room import line_over
from xlreport.workbook.sentence_list import HEADING
from xlreport.workbook.template import template_of
from xlreport.workbook.writer import write

LAYOUT = layout_of(form_of(CURRENT))
OVERVIEW = LAYOUT.texts["overview"]
FIRST = next(place for place in LAYOUT.sentences if place.sheet == OVERVIEW.sheet)


def words(template: str, report: Report) -> str:
    return words_of(
        template, report.figures(), {"organisation": report.organisation, "year": str(report.year)}
    )


@pytest.mark.parametrize("form_id", MODULES)
def test_every_sentence_of_the_form_stands_beside_its_text_and_looks_like_a_paragraph(form_id: str) -> None:
    form = form_of(form_id)
    layout = layout_of(form)
    assert sorted(layout.sentences.values()) == sorted(t for texts in form.sentences.values() for t in texts)
    formulas = openpyxl.load_workbook(io.BytesIO(template_of(form)))
    stored = openpyxl.load_workbook(io.BytesIO(template_of(form)), data_only=True)
    for place, template in layout.sentences.items():
        sheet = formulas[place.sheet]
        cell, paragraph = sheet[place.corner], sheet.cell(place.row, 2)
        assert cell.value.startswith("=") and cell.column > 3
        # What is copied takes its look along.
        assert cell.style_id == paragraph.style_id and not cell.protection.locked
        assert stored[place.sheet][place.corner].value == words_of(
            template, {}.fromkeys(keys_of(template)), dict.fromkeys(("organisation", "year"), "")
        )
        assert BLANK in stored[place.sheet][place.corner].value
        assert sheet.print_area.replace("$", "").endswith("!A1:B1048576")
        (typed,) = [rule for rule in sheet.data_validations.dataValidation if rule.type == "custom"]
        assert place.corner in typed.sqref and typed.showErrorMessage and typed.error


def test_the_list_is_read_as_no_text_of_the_report(tmp_path: Path) -> None:
    report, path = complete(), tmp_path / "r.xlsx"
    write(report, path)
    assert read(path).overview == report.overview
    book = openpyxl.load_workbook(path)
    assert book[FIRST.sheet].cell(FIRST.row - 1, FIRST.column).value == HEADING
    for name in list(book.defined_names):
        # Found by its labels alone, without what a program has calculated.
        del book.defined_names[name]
    book.save(path)
    again = read(path)
    assert (again.overview, again.other_matters) == (report.overview, report.other_matters)
    assert not [remark for remark in again.remarks if OVERVIEW.sheet in remark]
    write_draft(again, check(again), tmp_path / "r.docx")
    printed = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "r.docx")).paragraphs)
    assert HEADING not in printed and words(LAYOUT.sentences[FIRST], report) not in printed


@pytest.mark.parametrize("column", [1, 2])
def test_a_cell_that_was_copied_from_the_list_is_a_paragraph(tmp_path: Path, column: int) -> None:
    report, path = complete(), tmp_path / "r.xlsx"
    write(report, path)
    book = openpyxl.load_workbook(path)
    sheet = book[OVERVIEW.sheet]
    row = OVERVIEW.row + len(report.overview.splitlines()) + 1
    # No style was chosen for it, and no program has calculated it.
    sheet.cell(row, column).value = sheet[FIRST.corner].value
    book.save(path)
    again = read(path)
    assert again.overview == report.overview + "\n" + words(LAYOUT.sentences[FIRST], report)
    assert not again.remarks


def test_paragraphs_below_the_prepared_rows_are_read_and_said(tmp_path: Path) -> None:
    write(complete(), tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    for number in range(230):
        book[OVERVIEW.sheet].cell(OVERVIEW.row + number, 2).value = f"第{number}段。"
    book.save(tmp_path / "r.xlsx")
    again = read(tmp_path / "r.xlsx")
    assert len(again.overview.splitlines()) == 230
    said = f"“{OVERVIEW.sheet}”可写 200 段，下面还有 30 段（从第 {OVERVIEW.last_row + 1} 行起），照样读取了"
    assert [remark for remark in again.remarks if said in remark]


@pytest.mark.libreoffice
def test_in_a_program_the_list_follows_the_tables_and_the_line_counts_what_was_pasted(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(template_of(form_of(CURRENT)))
    offered = [place for place in LAYOUT.sentences if place.sheet == OVERVIEW.sheet]
    with office.opened(path) as document:
        document.recalculate()
        assert all(BLANK in document.text(place.sheet, place.corner) for place in offered)
        document.set(*LAYOUT.address("year"), 2025)
        document.set(*LAYOUT.address("applications.new.total"), 167)
        sheet = document.sheet(OVERVIEW.sheet)
        assert sheet.isProtected()
        at = next(p for p in offered if "applications.new.total" in keys_of(LAYOUT.sentences[p]))
        target = sheet.getCellByPosition(1, OVERVIEW.row + 8)
        sheet.copyRange(target.CellAddress, sheet.getCellRangeByName(at.corner).RangeAddress)
        assert target.String == document.text(at.sheet, at.corner)
        assert target.String.startswith("2025年，本机关新收政府信息公开申请167件，上年结转＿＿件")
        document.set(*LAYOUT.address("applications.new.total"), 168)
        assert "申请168件" in target.String and not target.CellProtection.IsLocked

        over = line_over(OVERVIEW).corner
        assert document.text(OVERVIEW.sheet, over).endswith("可写 200 段")
        last = OVERVIEW.last_row + 30
        pasted = sheet.getCellRangeByName(f"B{OVERVIEW.row}:B{last}")
        pasted.setDataArray(tuple((f"第{number}段。",) for number in range(230)))
        assert "下面还有 30 段" in document.text(OVERVIEW.sheet, over)
        said = [document.text(BASICS, f"B{row}") for row in range(1, OVERVIEW.row + 20)]
        assert any(text.endswith("，230 段") for text in said)
        used = sheet.createCursor()
        used.gotoEndOfUsedArea(False)
        assert used.RangeAddress.EndRow == last - 1
