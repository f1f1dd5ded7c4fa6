"""Sentences as formulas: every spreadsheet program calculates them, and the reader knows what they come to without one."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office import Office
from tests.samples import complete, with_figure
from tests.workbook.edited import read_workbook, with_sheet_xml
from xlreport.form.catalogue import CURRENT, MODULES, form_of
from xlreport.form.usual_sentences import words_of
from xlreport.report import Report
from xlreport.workbook.layout import layout_of
from xlreport.workbook.sentence_formulas import LONGEST_LITERAL, formula_of, words_in
from xlreport.workbook.writer import write

FORM = form_of(CURRENT)
LAYOUT = layout_of(FORM)
PLACES = {key: "!".join(LAYOUT.address(key)) for key in (*LAYOUT.cells, "year")}
NEW = "“新收”{applications.new.total}件"


def sentences() -> list[str]:
    return [template for templates in FORM.sentences.values() for template in templates]


def with_formulas(report: Report, path: Path, formulas: list[str]) -> Path:
    """A workbook with formulas below the first section's text, as a program that does not calculate leaves it."""
    write(report, path)
    book = openpyxl.load_workbook(path)
    sheet, first = book[LAYOUT.texts["overview"].sheet], LAYOUT.texts["overview"].row
    top = first + len(report.overview.splitlines())
    for row, formula in enumerate(formulas, top):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = "正文", formula
    book.save(path)
    return path


@pytest.mark.parametrize("form_id", MODULES)
def test_a_formula_is_short_old_and_has_no_text_longer_than_excel_takes(form_id: str) -> None:
    form = form_of(form_id)
    layout = layout_of(form)
    places = {key: "!".join(layout.address(key)) for key in (*layout.cells, "year")}
    for template in (t for templates in form.sentences.values() for t in templates):
        formula = formula_of(template, places)
        assert len(formula) <= 8192
        outside = re.sub(r'"(?:[^"]|"")*"', "", formula)
        assert set(re.findall(r"[A-Z]+(?=\()", outside)) <= {"IF", "COUNT", "SUM"}
        # Absolute: a cell that is copied says the same wherever it is pasted.
        assert not re.search(r"![A-Z]|\$[A-Z]+[0-9]", outside)
    long = formula_of('字"' * 400 + "{applications.new.total}", places)
    texts = re.findall(r'"((?:[^"]|"")*)"', long)
    assert max(len(text.replace('""', '"')) for text in texts) == LONGEST_LITERAL
    assert words_in(long, lambda *_: 7) == '字"' * 400 + "7"


@pytest.mark.parametrize(
    "formula",
    [
        "=A1",
        '=IF(COUNT(表!A1),表!A1,"")',
        '=IF(表!A1=1,"",表!A1)',
        '="甲"&SUM(A1)',
        '="甲"&NOW()',
        "=",
        '="甲"&',
        '="甲"&SUM(表!A1',
        "=表!A1*2",
        '="甲" "乙"',
    ],
)
def test_any_other_formula_is_left_to_programs(formula: str) -> None:
    assert words_in(formula, lambda *_: 1) is None


def test_sheet_names_with_quotation_marks_and_without() -> None:
    seen: list[Any] = []
    formula = "=\"收\"&SUM('甲''乙'!$B$2, 三、依申请公开!J7)&'基本信息'!B6"
    assert words_in(formula, lambda *place: seen.append(place) or 2) == "收42"
    assert seen == [("甲'乙", "B2"), ("三、依申请公开", "J7"), ("基本信息", "B6")]


def test_a_sum_that_does_not_ask_whether_anything_is_there_is_0_without_it() -> None:
    nothing = {"表!A1": None}
    assert words_in('="收"&SUM(表!A1)&"件"', lambda *place: nothing["!".join(place)]) == "收0件"


def test_the_reader_makes_the_words_where_no_program_has(tmp_path: Path) -> None:
    report = with_figure(complete(), "cases.review.total", None)
    report.year = 2024
    formulas = [formula_of(template, PLACES) for template in sentences()]
    path = with_formulas(report, tmp_path / "r.xlsx", formulas)
    again = read_workbook(path)
    fields = {"year": "2024"}
    wanted = [words_of(template, report.figures(), fields) for template in sentences()]
    assert again.overview.splitlines()[-len(wanted) :] == wanted
    assert any("行政复议＿＿件" in words for words in wanted)
    assert not again.remarks


def test_a_paragraph_that_nobody_has_calculated_is_said_to_be_missing(tmp_path: Path) -> None:
    report = complete()
    again = read_workbook(with_formulas(report, tmp_path / "r.xlsx", ['="今天"&TODAY()']))
    assert again.overview == report.overview
    place = f"B{LAYOUT.texts['overview'].row + len(report.overview.splitlines())}"
    assert [remark for remark in again.remarks if place in remark and "没有读取" in remark]


def test_what_a_program_has_stored_is_what_is_read(tmp_path: Path) -> None:
    path = with_formulas(complete(), tmp_path / "r.xlsx", [formula_of(NEW, PLACES)])
    stored = re.compile(rb'<c (r="B\d+"[^>]*)>(<f>"[^<]*</f>)<v>?[ /]*(?:</v)?>')
    sheet = LAYOUT.texts["overview"].sheet
    with_sheet_xml(path, sheet, lambda xml: stored.sub(rb'<c \1 t="str">\2<v>0 pieces</v>', xml))
    assert read_workbook(path).overview.splitlines()[-1] == "0 pieces"


@pytest.mark.libreoffice
def test_a_real_program_comes_to_the_same_words(office: Office, tmp_path: Path) -> None:
    draw, path = random.Random(3), tmp_path / "r.xlsx"
    report = complete()
    report.year = 2024
    values = (None, 0, 7, "/", "167 件", "３", 0.1, -2, 123456789)
    for key in draw.sample(sorted(report.figures()), 60):
        report = with_figure(report, key, draw.choice(values))
    templates = [*sentences(), NEW, *(f"甲{{{key}}}" for key in sorted(report.figures())[:100])]
    with_formulas(report, path, [formula_of(template, PLACES) for template in templates])
    read = read_workbook(path).overview.splitlines()[-len(templates) :]
    assert read == [words_of(template, report.figures(), {"year": "2024"}) for template in templates]
    block = LAYOUT.texts["overview"]
    with office.opened(path) as document:
        document.recalculate()
        top = block.row + len(report.overview.splitlines())
        shown = [document.value(block.sheet, f"B{top + number}") for number in range(len(templates))]
    assert shown == read
