"""A workbook that was never calculated shows what a spreadsheet program would: in the Protected View of a mailed file, in previews, to readers of values."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.collection.folders import named, put
from tests.examples import examples
from tests.office import Office
from tests.samples import CURRENT_REPORTS, complete, published, with_figure, year_before
from xlreport.checking import gather
from xlreport.cli import main
from xlreport.example import faulty, good
from xlreport.form.catalogue import CURRENT, MODULES, form_of
from xlreport.report import Report
from xlreport.rules.office import office_rules
from xlreport.workbook.layout import BASICS, layout_of
from xlreport.workbook.office_sheet import SHEET as OWN
from xlreport.workbook.stored import stored_values
from xlreport.workbook.template import template_of
from xlreport.workbook.writer import write

LAYOUT = layout_of(form_of(CURRENT))
#: Random reports that are written and calculated by a real program.
REPORTS = examples(4)
RULES = office_rules(
    """
[[relation]]
rule = "applications.new.total <= 2 * cases.review.total + 0.5"
title = "申请不多于复议的两倍"

[[relation]]
rule = "disclosure.fees.amount = 0"
level = "error"

[[relation]]
rule = "cases.review.total <= previous.cases.review.total"
""",
    [form_of(CURRENT)],
).for_form(form_of(CURRENT))
Shown = dict[tuple[str, str], Any]


def stored(path: Path) -> Shown:
    """What stands beside each formula of a file, “” for nothing."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    found: Shown = {}
    for sheet in formulas:
        for cell in (cell for row in sheet for cell in row if cell.data_type == "f"):
            value = values[sheet.title][cell.coordinate].value
            # openpyxl leaves the escapes of such texts as they are.
            text = "" if value is None else value.replace("_x005F_", "_") if isinstance(value, str) else value
            found[sheet.title, cell.coordinate] = text
    return found


def calculated(office: Office, path: Path, cells: Mapping[tuple[str, str], Any]) -> Shown:
    with office.opened(path) as document:
        document.recalculate()
        return {place: document.value(*place) for place in cells}


def random_report(draw: random.Random) -> Report:
    report = published(draw.choice(CURRENT_REPORTS))
    report.organisation, report.year = draw.choice((("某县_x0041_局 ", 2025), ("", 2025), ("甲局", None)))
    report.previous = draw.choice((None, year_before(report), published(draw.choice(CURRENT_REPORTS))))
    report.overview = draw.choice((None, "第一段。\n\n第二段。"))
    values = (None, 0, 7, "/", " / ", "167 件", "３", 0.1, -2, 10**12, "－")
    for key in draw.sample(sorted(report.figures()), draw.choice((0, 3, 30))):
        report = with_figure(report, key, draw.choice(values))
    return report


@pytest.mark.libreoffice
def test_what_is_stored_is_what_a_program_calculates(office: Office, tmp_path: Path) -> None:
    draw, path = random.Random(14), tmp_path / "report.xlsx"
    for number in range(REPORTS):
        write(random_report(draw), path, {"applications.carried_in.total": number}, RULES)
        found = stored(path)
        assert len([sheet for sheet, _ in found if sheet == OWN]) == 3
        assert found == calculated(office, path, found), f"report {number}"
    for form in MODULES:
        path.write_bytes(template_of(form_of(form)))
        found = stored(path)
        assert found == calculated(office, path, found), form


def run(*arguments: object) -> None:
    main([str(each) for each in arguments])


def test_every_command_stores_what_its_formulas_come_to(tmp_path: Path) -> None:
    put(tmp_path, "f/甲.json", named(complete(), "甲局"))
    put(tmp_path, "f/乙.json", named(complete(), "乙局"))
    put(tmp_path, "wrong.json", faulty())
    run("new", tmp_path / "new.xlsx", "--organisation", "甲局", "--year", 2025)
    run("convert", tmp_path / "wrong.json", tmp_path / "convert.xlsx")
    run("check", tmp_path / "convert.xlsx", "--mark", tmp_path / "marked.xlsx")
    run("rollup", tmp_path / "f", tmp_path / "rollup.xlsx")
    run("demo", tmp_path / "demo")
    overall, title = (BASICS, LAYOUT.summary.corner), LAYOUT.address("title")
    demo = next((tmp_path / "demo").glob("示例-西集镇*.xlsx"))
    for name, said, titled in (
        (tmp_path / "new.xlsx", "尚未填写", "甲局2025年政府信息公开工作年度报告"),
        (tmp_path / "convert.xlsx", "✗ 表二有错", good().full_title),
        (tmp_path / "marked.xlsx", "✗ 表二有错", good().full_title),
        (tmp_path / "rollup.xlsx", "✓ 各表平衡", ""),
        (demo, "✓ 各表平衡", good().full_title),
    ):
        found = stored(name)
        assert (found[overall], found[title]) == (said, titled), name
        marks = {text[0] for text in found.values() if isinstance(text, str) and text}
        assert said[0] in marks


def test_a_wrong_figure_is_told_in_its_cell_beside_its_line_and_over_its_table(tmp_path: Path) -> None:
    write(
        with_figure(complete("xiji-2025"), "applications.new.natural_person", 168), tmp_path / "report.xlsx"
    )
    found = stored(tmp_path / "report.xlsx")
    texts = [text for (sheet, _), text in found.items() if sheet == "三、依申请公开"]
    assert "✗ 205≠204" in texts
    assert any(str(text).startswith("自然人列：205≠204（收办平衡") for text in texts)
    assert any(
        str(text).startswith("✗ 新收政府信息公开申请数量行") or "；自然人列：205≠204" in str(text)
        for text in texts
    )


@pytest.mark.parametrize("form_id", MODULES)
def test_every_formula_has_something_stored(form_id: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template_of(form_of(form_id)))
    layout = layout_of(form_of(form_id))
    known = stored_values(layout, gather(Report(form=form_id)))
    assert {(block.sheet, block.corner) for block in known} == set(stored(path))
