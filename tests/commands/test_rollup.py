"""``xlreport rollup`` as a superior office sees it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

import xlreport
from tests.collection.folders import BROKEN, granted, named, put
from tests.office import Office
from tests.samples import complete, with_figure
from xlreport.cli import main
from xlreport.collection.rollup_book import COMPARISON, MEMBERS, TRACE
from xlreport.collection.trace_sheets import SUM
from xlreport.example import faulty, good
from xlreport.ooxml.addresses import letters
from xlreport.workbook.layout import layout_of

KEY = "applications.new.total"
#: Two units' reports that are not alike.
ONE, OTHER = named(complete("xiji-2025"), "甲局"), granted(named(complete("xiji-2025"), "乙局"), 10)


def run(*arguments: object) -> int:
    try:
        return main(["rollup", *map(str, arguments)])
    except SystemExit as stopped:
        return int(stopped.code or 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, "f/甲.json", ONE)
    put(tmp_path, "f/里/乙.xlsx", OTHER)
    return tmp_path / "f"


def trace(path: Path, form) -> dict[str, list[list[object]]]:
    """The tracing sheets by table, as rows of values."""
    workbook = openpyxl.load_workbook(path, data_only=True)
    sheets = {table.key: workbook[f"{TRACE} {form.section(table.key).sheet}"] for table in form.tables}
    return {key: [list(row) for row in sheet.iter_rows(values_only=True)] for key, sheet in sheets.items()}


def test_the_sum_is_a_standard_workbook_that_can_be_read(folder: Path, tmp_path: Path):
    assert run(folder, tmp_path / "o.xlsx") == 0
    report = xlreport.read(tmp_path / "o.xlsx")
    expected = {key: value + OTHER.figures()[key] for key, value in ONE.figures().items()}
    assert (report.figures(), report.year, report.form) == (expected, 2025, good().form)


def test_every_figure_can_be_traced_to_its_unit(folder: Path, tmp_path: Path):
    run(folder, tmp_path / "o.xlsx")
    form = good().declaration
    sheets = trace(tmp_path / "o.xlsx", form)
    for table in form.tables:
        values = [value for row in sheets[table.key] for value in row if isinstance(value, (int, float))]
        sides = [[float(each.figures()[cell.key] or 0) for cell in table.cells] for each in (ONE, OTHER)]
        wanted = [*sides[0], *sides[1], *map(sum, zip(*sides, strict=True))]
        assert sorted(map(float, values)) == sorted(wanted)
        texts = [value for row in sheets[table.key] for value in row if isinstance(value, str)]
        assert {SUM, "甲局", "乙局"} <= set(texts)
        assert [row[0] for row in sheets[table.key][3:]] == [SUM, "甲局", "乙局"]


def test_a_click_on_a_figure_leads_to_the_units_and_formulas_to_the_sum(folder: Path, tmp_path: Path):
    run(folder, tmp_path / "o.xlsx")
    form, workbook = good().declaration, openpyxl.load_workbook(tmp_path / "o.xlsx")
    stored = openpyxl.load_workbook(tmp_path / "o.xlsx", data_only=True)
    for key, block in layout_of(form).cells.items():
        if key not in form.cells:
            continue  # last year's
        cell = workbook[block.sheet].cell(block.row, block.column)
        assert cell.hyperlink.location == cell.value.removeprefix("=")
        sheet, address = cell.hyperlink.location.removeprefix("'").split("'!")
        formula, total = workbook[sheet][address], stored[sheet][address].value
        letter = formula.column_letter
        assert formula.value == f"=SUM({letter}{formula.row + 1}:{letter}{formula.row + 2})"
        units = [stored[sheet][f"{letter}{formula.row + number}"].value for number in (1, 2)]
        assert units == [report.figures()[key] for report in (ONE, OTHER)]
        assert total == stored[block.sheet].cell(block.row, block.column).value == sum(units)


def test_what_no_unit_filled_in_stays_blank(tmp_path: Path):
    for name, report in (("甲", ONE), ("乙", OTHER)):
        put(tmp_path, f"f/{name}.json", with_figure(report, "disclosure.fees.amount", None))
    assert run(tmp_path / "f", tmp_path / "o.xlsx") == 0
    assert xlreport.read(tmp_path / "o.xlsx").disclosure.fees.amount is None


def test_no_page_ends_within_a_row_of_the_form(folder: Path, tmp_path: Path):
    run(folder, tmp_path / "o.xlsx")
    form, workbook = good().declaration, openpyxl.load_workbook(tmp_path / "o.xlsx")
    for table in form.tables:
        sheet = workbook[f"{TRACE} {form.section(table.key).sheet}"]
        ends = [each.id for each in sheet.col_breaks.brk]
        assert all(sheet.cell(2, end + 1).value for end in ends)
        pages = [1, *ends, sheet.max_column]
        assert all(0 < last - first <= 14 for first, last in pairwise(pages))


def test_the_superior_s_own_report_is_held_against_the_sum(folder: Path, tmp_path: Path, capsys):
    run(folder, tmp_path / "sum.xlsx")
    own = named(xlreport.read(tmp_path / "sum.xlsx"), "某市")
    put(tmp_path, "f/own.json", own)
    assert run(folder, tmp_path / "o.xlsx", "--own", folder / "own.json") == 0
    assert "全部相符" in capsys.readouterr().out
    assert xlreport.read(tmp_path / "o.xlsx").organisation == "某市"
    put(tmp_path, "f/own.json", with_figure(own, KEY, own.applications.new.total + 5))
    assert run(folder, tmp_path / "o.xlsx", "--own", folder / "own.json", "--force") == 1
    label = own.declaration.label(KEY)
    assert (
        f"核对不符：{label}：上级 349，各单位之和 344，差 5；有数的单位：乙局 177、甲局 167"
        in capsys.readouterr().out
    )
    line = [cell.value for cell in openpyxl.load_workbook(tmp_path / "o.xlsx")[COMPARISON][3]]
    assert line[2:5] == [349, 344, 5]


def test_failing_units_are_left_out_and_named_unless_they_are_asked_for(folder: Path, tmp_path: Path, capsys):
    put(tmp_path, "f/错.json", named(faulty(), "错局"))
    put(tmp_path, "f/坏.xlsx", BROKEN["坏/damaged.xlsx"])
    assert run(folder, tmp_path / "o.xlsx") == 1
    printed = capsys.readouterr().out
    assert "未汇入：错.json（错局）：审核不通过" in printed and "未汇入：坏.xlsx：无法读取" in printed
    assert xlreport.read(tmp_path / "o.xlsx").applications.new.total == 167 + 177
    assert run(folder, tmp_path / "o.xlsx", "--include-failing", "--force") == 1
    assert "未计入：错.json（错局）" in capsys.readouterr().out
    assert (
        xlreport.read(tmp_path / "o.xlsx").applications.new.total
        == 167 + 177 + faulty().applications.new.total
    )
    members = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(tmp_path / "o.xlsx")[MEMBERS].iter_rows(min_row=3)
    ]
    assert [member[1] for member in members] == ["未汇入", "汇入", "汇入", "汇入"]


def test_different_years_and_nothing_to_add_leave_no_file(folder: Path, tmp_path: Path, capsys):
    put(tmp_path, "g/a.json", faulty())
    put(tmp_path, "f/old.json", named(complete("suqian-2024"), "丙局"))
    put(tmp_path, "f/older.json", named(granted(complete("suqian-2024"), 10), "丁局"))
    for where in (folder, tmp_path / "g", tmp_path / "missing"):
        assert run(where, tmp_path / "o.xlsx") == 2
        printed = capsys.readouterr()
        assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert not (tmp_path / "o.xlsx").exists()


def test_the_one_report_of_another_year_is_left_out_and_named(folder: Path, tmp_path: Path, capsys):
    put(tmp_path, "f/old.json", named(complete("suqian-2024"), "丙局"))
    assert run(folder, tmp_path / "o.xlsx") == 1
    assert "未汇入：old.json（丙局）：是2024年的报告，汇总的是2025年的" in capsys.readouterr().out
    assert xlreport.read(tmp_path / "o.xlsx").applications.new.total == 167 + 177


def test_a_name_that_no_cell_can_hold_is_refused_and_not_cut(folder: Path, tmp_path: Path, capsys):
    put(tmp_path, "own.json", named(ONE, "长" * 40_000))
    assert run(folder, tmp_path / "o.xlsx", "--own", tmp_path / "own.json") == 2
    assert "机关名称超过" in capsys.readouterr().err and not (tmp_path / "o.xlsx").exists()


def test_processes_give_the_same_sum(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    for jobs in ("1", "2"):
        run(folder, tmp_path / f"{jobs}.xlsx", "--jobs", jobs)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


@pytest.mark.libreoffice
def test_libreoffice_opens_the_sum_and_its_in_cell_checks_agree(folder: Path, tmp_path: Path, office: Office):
    run(folder, tmp_path / "o.xlsx")
    with office.opened(tmp_path / "o.xlsx") as document:
        document.recalculate()
        assert MEMBERS in document.sheet_names
        texts = [
            value
            for name in document.sheet_names
            for row in document.values(name, "A1:AA40")
            for value in row
        ]
        assert not [text for text in texts if str(text).startswith("✗")]
        # Whoever follows the formulas sees the sum change with a unit's figure.
        form = good().declaration
        block = layout_of(form).cells[KEY]
        sheet = f"{TRACE} {block.sheet}"
        place = f"{letters(2 + [cell.key for cell in form.table('applications').cells].index(KEY))}5"
        document.set(sheet, place, 1000)
        document.recalculate()
        assert document.value(block.sheet, block.corner) == 1000 + OTHER.figures()[KEY]
