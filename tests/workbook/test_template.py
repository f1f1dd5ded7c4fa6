"""The standard workbook is what the form says, and nothing else."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.office import Office
from tests.samples import complete
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.declaration import row as form_row
from xlreport.form.disclosure_2021 import (
    APPLICATIONS,
    DISCLOSURE,
    FORM,
    Applicants,
    Applications,
    Results,
)
from xlreport.form.figures import Unit
from xlreport.form.relations import column_sums, every_row_adds_up
from xlreport.ooxml.addresses import letters
from xlreport.report import LEVELS
from xlreport.rules.balance import APPLICANTS, FLOW
from xlreport.rules.balance import RESULTS as RESULT_SUMS
from xlreport.workbook.layout import BASICS, GUIDE, LAST_YEAR, PREPARED, UNIT_ROW, layout_of
from xlreport.workbook.names import FIELDS, PREAMBLE, PREFIX, PREVIOUS_FIELDS, name_of, template_name
from xlreport.workbook.results import SHEET as RESULTS
from xlreport.workbook.template import TEMPLATE, build, template_of
from xlreport.workbook.writer import write

LAYOUT = layout_of(FORM)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_of(FORM)))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_committed_template_is_what_the_code_builds() -> None:
    """Part by part, since another zlib may pack the same parts differently."""
    committed, built = parts(TEMPLATE.read_bytes()), parts(template_of(form_of(CURRENT)))
    assert list(committed) == list(built)
    different = [name for name in built if built[name] != committed[name]]
    assert not different, "run python -m xlreport.workbook.template"


def test_the_same_form_gives_the_same_bytes() -> None:
    assert template_of(FORM) == template_of(FORM)


def test_sheets_stand_in_the_order_of_the_report(book: Workbook) -> None:
    sections = [section.sheet for section in FORM.sections]
    assert book.sheetnames == [GUIDE, BASICS, *sections, LAST_YEAR, RESULTS]


def test_the_first_figure_of_table_three_is_where_the_interface_says() -> None:
    assert LAYOUT.address("applications.new.natural_person") == ("三、依申请公开", "D7")


def test_no_two_figures_share_a_cell_and_none_lies_on_a_check() -> None:
    figures = [LAYOUT.address(key) for key in LAYOUT.cells]
    checks = [(check.place.sheet, check.place.corner) for check in LAYOUT.checks]
    assert len(figures) == 2 * len(FORM.cells) == 400
    assert len({*figures, *checks}) == len(figures) + len(checks)
    assert len(checks) == len(FORM.balances)


def test_every_label_of_the_form_stands_beside_its_figures(book: Workbook) -> None:
    for place in (*LAYOUT.tables, *LAYOUT.previous):
        for cell in place.grid.cells:
            block = place.place(cell)
            assert (book[block.sheet][block.corner].value or "") == cell.text
            if block.reference != block.corner:
                assert block.reference in {str(merged) for merged in book[block.sheet].merged_cells.ranges}


def test_names_lead_to_every_block_field_and_text(book: Workbook) -> None:
    tables = [table.key for table in FORM.tables]
    texts = [section.content for section in FORM.text_sections]
    expected = {*tables, *(PREVIOUS + key for key in tables), *texts, *FIELDS, *PREVIOUS_FIELDS, PREAMBLE}
    ours = {name for name in book.defined_names if name.startswith(PREFIX)}
    assert ours == {*map(name_of, expected), name_of("findings"), template_name()}
    assert book.defined_names[template_name()].hidden
    # What else has a name is a constant of the formulas.
    assert all(book.defined_names[name].attr_text.startswith("{") for name in {*book.defined_names} - ours)
    for content in expected:
        ((sheet, reference),) = book.defined_names[name_of(content)].destinations
        assert sheet in book.sheetnames
        if content not in {*tables, *(PREVIOUS + key for key in tables)}:
            assert LAYOUT.address(content) == (sheet, reference.replace("$", ""))


def test_a_tables_name_covers_its_figures_exactly(book: Workbook) -> None:
    for place in (*LAYOUT.tables, *LAYOUT.previous):
        ((_, reference),) = book.defined_names[name_of(place.prefix + place.table.key)].destinations
        left, top, right, bottom = openpyxl.utils.range_boundaries(reference.replace("$", ""))
        blocks = [place.place(cell) for cell in place.grid.figures.values()]
        assert (top, left) == (min(b.row for b in blocks), min(b.column for b in blocks))
        assert (bottom, right) == (max(b.last_row for b in blocks), max(b.last_column for b in blocks))


def test_figures_are_open_and_everything_else_on_a_table_sheet_is_locked(book: Workbook) -> None:
    for place in LAYOUT.tables:
        sheet = book[place.sheet]
        assert sheet.protection.sheet and not sheet.protection.password
        inputs = {place.place(cell).corner for cell in place.grid.figures.values()}
        blocks = [place.place(cell) for cell in place.grid.figures.values()]
        covered = {
            (row, column)
            for b in blocks
            for row in range(b.row, b.last_row + 1)
            for column in range(b.column, b.last_column + 1)
        }
        assert all(not sheet[corner].protection.locked for corner in inputs)
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.protection.locked == ((cell.row, cell.column) not in covered), cell


def test_every_input_is_validated_and_no_hint_covers_the_next_cells(book: Workbook) -> None:
    for place in (*LAYOUT.tables, *LAYOUT.previous):
        rules = book[place.sheet].data_validations.dataValidation
        kinds = {}
        for key, cell in place.grid.figures.items():
            corner = place.place(cell).corner
            (rule,) = [rule for rule in rules if corner in rule.sqref and rule.type in ("whole", "decimal")]
            assert rule.operator == "greaterThanOrEqual" and rule.formula1 == "0"
            assert rule.error and rule.showErrorMessage
            # A hint at the cell would cover the cells that are filled in next.
            assert not rule.prompt and not rule.showInputMessage
            kinds[key] = rule.type
        assert {kinds[cell.key] for cell in place.table.cells if cell.unit.value == "件"} == {"whole"}
        assert all(kinds[cell.key] == "decimal" for cell in place.table.cells if cell.unit.value != "件")


def test_a_text_sheet_says_how_much_it_holds_and_no_hint_covers_the_text(book: Workbook) -> None:
    for section in LAYOUT.form.text_sections:
        block = LAYOUT.texts[section.content]
        assert f"ROWS($B${block.row}:$B${block.row + PREPARED - 1})" in book[section.sheet]["A2"].value
        rules = book[section.sheet].data_validations.dataValidation
        assert rules and not any(rule.prompt or rule.showInputMessage for rule in rules)


def test_what_grew_or_shrank_may_be_typed_with_a_minus() -> None:
    """The 2019 form asks for 本年增/减; a validation that refuses -3 would stop the clerk in Excel."""
    layout = layout_of(form_of("disclosure-2019"))
    book = build(layout.form)
    for place in layout.tables:
        rules = book[place.sheet].data_validations.dataValidation
        for cell in place.table.cells:
            corner = layout.address(cell.key)[1]
            (rule,) = [rule for rule in rules if corner in rule.sqref and rule.type in ("whole", "decimal")]
            assert (int(rule.formula1) < -1_000_000) == (cell.unit is Unit.CHANGE), cell.key
            assert (rule.type == "decimal") == (cell.unit is Unit.MONEY), cell.key


def test_what_is_still_blank_is_tinted_once_most_of_a_table_is_filled(book: Workbook) -> None:
    for place in LAYOUT.tables:
        half = f"${place.filled.corner[0]}${place.filled.row}*2>{len(place.grid.figures)}"
        formats = book[place.sheet].conditional_formatting
        tinted = {rule.formula[0]: areas.sqref for areas in formats for rule in areas.rules}
        for cell in place.grid.figures.values():
            corner = place.place(cell).corner
            (found,) = [formula for formula, areas in tinted.items() if half in formula and corner in areas]
            first = str(tinted[found]).partition(":")[0]
            assert found == f'AND({half},{first}="")'


def test_the_level_is_chosen_from_a_list(book: Workbook) -> None:
    corner = LAYOUT.fields["level"].corner
    (rule,) = [rule for rule in book[BASICS].data_validations.dataValidation if corner in rule.sqref]
    assert rule.formula1 == '"' + ",".join(LEVELS) + '"'


def test_hints_fit_what_spreadsheets_admit(book: Workbook) -> None:
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32 and len(rule.prompt or "") <= 255
            assert len(rule.errorTitle or "") <= 32 and len(rule.error or "") <= 255


def test_pages_are_a4_and_one_page_wide(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert int(sheet.page_setup.paperSize) == 9 and sheet.page_setup.fitToWidth in (1, None)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book[RESULTS].page_setup.orientation == "landscape"


def test_from_the_line_over_a_table_a_link_leads_to_the_list(book: Workbook) -> None:
    for place in LAYOUT.tables:
        assert place.summary is not None
        assert book[place.sheet][place.summary.corner].hyperlink.location == f"'{RESULTS}'!A1"


class LongerResults(Results):
    """The results with one more way to end."""

    withdrawn: Applicants = form_row("（八）申请人撤回")


class LongerApplications(Applications):
    results: LongerResults = form_row("三、本年度办理结果")


def longer_form() -> Form:
    table = APPLICATIONS.with_model(LongerApplications)
    others = tuple(b for b in FORM.balances if b.rule.id not in ("flow", "results", "applicants"))
    balances = (
        *column_sums(
            FLOW,
            table,
            ("applications.new", "applications.carried_in"),
            ("applications.results.total", "applications.carried_out"),
        ),
        *column_sums(RESULT_SUMS, table, ("applications.results.total",), ("applications.results",)),
        *every_row_adds_up(APPLICANTS, table),
        *others,
    )
    tables = (DISCLOSURE, table, FORM.tables[2])
    return replace(FORM, tables=tables, balances=balances)


def test_one_more_row_in_the_form_is_one_more_row_everywhere() -> None:
    form = longer_form()
    assert len(form.tables[1].cells) == len(APPLICATIONS.cells) + 7
    layout, workbook = layout_of(form), build(form)
    sheet, corner = layout.address("applications.results.withdrawn.natural_person")
    first = workbook[sheet][corner]
    assert (sheet, corner) == ("三、依申请公开", "D31")
    assert workbook[sheet].cell(first.row, 2).value == "（八）申请人撤回"
    assert workbook[sheet]["A9"].coordinate in str(workbook[sheet].merged_cells)
    assert not first.protection.locked
    assert workbook.defined_names["xlr_applications"].attr_text == "'三、依申请公开'!$D$7:$J$32"
    check = next(c for c in layout.checks if c.balance.about == "（八）申请人撤回")
    assert check.place.corner == "K31" and "D31:J31" in workbook[sheet]["K31"].value
    column = next(c for c in layout.checks if (c.balance.rule.id, c.balance.about) == ("results", "自然人"))
    assert "D31" in workbook[sheet][column.place.corner].value
    last = layout.address(PREVIOUS + "applications.results.withdrawn.total")
    assert last[0] == LAST_YEAR and last in {layout.address(key) for key in layout.cells}


@pytest.mark.libreoffice
def test_nothing_but_the_instructions_shows_in_an_empty_template(office: Office) -> None:
    with office.opened(TEMPLATE) as document:
        document.recalculate()
        for check in LAYOUT.checks:
            assert document.text(check.place.sheet, check.place.corner) == ""
        assert document.text(BASICS, LAYOUT.summary.corner) == "尚未填写"
        for place in LAYOUT.tables:
            assert place.summary is not None
            assert document.text(place.sheet, place.summary.corner) == "尚未填写"


@pytest.mark.libreoffice
def test_every_table_fits_on_one_page(office: Office, tmp_path: Path) -> None:
    pages = office.pictures(TEMPLATE, tmp_path, 30)
    # 使用说明, 基本信息, six sections, last year's three tables, 校验结果.
    assert len(pages) == 2 + 6 + 3 + 1


@pytest.mark.libreoffice
def test_the_title_is_made_from_name_and_year(office: Office) -> None:
    with office.opened(TEMPLATE) as document:
        document.set(*LAYOUT.address("organisation"), "西集镇人民政府")
        document.set(*LAYOUT.address("year"), 2025)
        document.recalculate()
        assert document.text(*LAYOUT.address("title")) == f"西集镇人民政府2025年{FORM.title}"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("disclosure", "“规章”：无规章制定权的机关填 0"),
        ("disclosure", "依法不公开的决定也计入"),
        ("applications", "“（二）部分公开”：区分处理的只计在这一行"),
        ("cases", "没有发生的填 0，不留空白"),
    ],
)
def test_what_is_to_be_filled_in_is_said_above_the_table(book: Workbook, table: str, said: str) -> None:
    place = next(place for place in LAYOUT.tables if place.table.key == table)
    assert said in book[place.sheet].cell(UNIT_ROW, 1).value


def test_the_whole_width_of_table_three_is_in_view_at_full_size(book: Workbook) -> None:
    """1366 pixels less the row numbers and the scroll bar; a character takes 7 pixels and a column 5 more."""
    sheet = book["三、依申请公开"]
    place = next(place for place in LAYOUT.tables if place.table.key == "applications")
    widths = [sheet.column_dimensions[letters(column)].width for column in range(1, place.last_column + 1)]
    assert sum(width * 7 + 5 for width in widths) < 1366 - 60


def test_table_three_fills_its_page(book: Workbook) -> None:
    """Printed as wide as the page, it is nearly as tall as the page and no taller."""
    sheet, margins = book["三、依申请公开"], book["三、依申请公开"].page_margins
    _, _, right, bottom = openpyxl.utils.range_boundaries(
        sheet.print_area.replace("$", "").rpartition("!")[2]
    )
    width = sum(sheet.column_dimensions[letters(column)].width * 7 + 5 for column in range(1, right + 1))
    height = sum(sheet.row_dimensions[row].height for row in range(1, bottom + 1)) / 0.75
    page = (11.69 - margins.top - margins.bottom) / (8.27 - margins.left - margins.right)
    assert 0.93 < height / width / page <= 1


def test_a_text_has_room_for_two_hundred_paragraphs_of_which_no_more_are_seen_than_are_used() -> None:
    workbook = build(FORM)
    for section in FORM.text_sections:
        block, sheet = LAYOUT.texts[section.content], workbook[section.sheet]
        assert block.last_row - block.row + 1 >= 200
        # What is drawn in advance would be printed; below, whatever is pasted finds the columns open.
        assert sheet.max_row - block.row + 1 <= 40
        cells = [sheet.cell(row, column) for row in range(block.row, sheet.max_row + 1) for column in (1, 2)]
        assert not any(each.protection.locked for each in (*cells, *map(sheet.column_dimensions.get, "AB")))
        line = next(
            row for row in workbook[BASICS].iter_rows() if f"{section.sheet}'!$B" in str(row[1].value)
        )
        assert line[0].hyperlink.location.startswith(f"'{section.sheet}'!")


@pytest.mark.libreoffice
def test_the_length_of_each_text_is_said_and_what_is_missing(office: Office, tmp_path: Path) -> None:
    report = complete().model_copy(update={"overview": "一二三\n四五", "other_matters": ""})
    write(report, tmp_path / "a.xlsx")
    with office.opened(tmp_path / "a.xlsx") as document:
        document.recalculate()
        said = [document.text(BASICS, f"B{row}") for row in range(1, 25)]
    assert "5 字，2 段" in said and "还没有写" in said
