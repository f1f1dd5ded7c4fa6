"""What was written is read again, and an edited workbook is read where its labels are."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from tests.office import Office
from tests.samples import published, report_of
from tests.workbook.edited import edited, read_workbook, sample, unmerged, with_sheet_xml, written
from xlreport.checking import check
from xlreport.document.paragraphs import paragraphs_of
from xlreport.errors import FormError, InputError
from xlreport.findings import Findings
from xlreport.form.catalogue import CURRENT, MODULES, form_of
from xlreport.form.grid import grid_of
from xlreport.report import Explanation, Report, paragraph_key
from xlreport.workbook.layout import BASICS, LAST_YEAR, layout_of
from xlreport.workbook.names import TEMPLATE_VERSION, name_of, template_name
from xlreport.workbook.writer import write

FORM = form_of(CURRENT)
TABLE = FORM.table("applications")
SHEET_OF = {part.content: part.sheet for part in FORM.sections}
THREE = SHEET_OF["applications"]


def place_of(key: str) -> tuple[str, str]:
    """The sheet and the address of a figure in the standard workbook."""
    block = layout_of(FORM).cells[key]
    return block.sheet, block.corner


def content(report: Report) -> dict[str, Any]:
    """Everything but the places, which differ from workbook to workbook."""
    return report.model_dump()


def put(book: Workbook, key: str, value: Any) -> None:
    sheet, address = place_of(key)
    book[sheet][address] = value


class TestRoundTrip:
    def test_it_reads_what_was_written(self, tmp_path: Path) -> None:
        report = sample()
        write(report, tmp_path / "r.xlsx")
        assert content(read_workbook(tmp_path / "r.xlsx")) == content(report)

    @pytest.mark.parametrize("form_id", MODULES)
    def test_it_reads_every_form(self, tmp_path: Path, form_id: str) -> None:
        form = form_of(form_id)
        report = report_of(
            {key: number for number, key in enumerate(form.cells)}, form=form_id, organisation="某局"
        )
        write(report, tmp_path / "r.xlsx")
        again = read_workbook(tmp_path / "r.xlsx")
        assert again.form == form_id
        assert again.figures() == report.figures()
        assert again.remarks == []

    @settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_it_reads_any_figures(self, tmp_path: Path, data: st.DataObject) -> None:
        typed = (
            st.none()
            | st.integers(-(10**12), 10**12)
            | st.decimals(0, 10**8, allow_nan=False, allow_infinity=False, places=4)
            | st.sampled_from(["１６７", "167 件", "167", "/", "无", "=1", "12万元"])
        )
        figures = {
            key: data.draw(typed)
            for key in data.draw(st.sets(st.sampled_from(sorted(FORM.cells)), max_size=30))
        }
        last = {
            key: data.draw(typed)
            for key in data.draw(st.sets(st.sampled_from(sorted(FORM.cells)), max_size=10))
        }
        report = report_of(figures, organisation="某局", year=2025)
        report.previous = report_of(last, organisation="某局", year=2024)
        write(report, tmp_path / "r.xlsx")
        again = read_workbook(tmp_path / "r.xlsx")
        assert again.figures() == report.figures()
        assert again.previous is not None and again.previous.figures() == report.previous.figures()

    def test_a_paragraph_that_looks_like_something_else_is_that_text(self, tmp_path: Path) -> None:
        numbers = ("+0.0", "-0", "0.0", "007", "1e5", "1,234", "50%", "１", "2025-01-01", "12:30", "2025")
        others = ("TRUE", "#N/A", "#REF!", "=1+1", "'x", "+", "@", "NaN", "_x0041_")
        report = sample()
        report.overview, report.problems = "\n".join(numbers), "\n".join(others)
        write(report, tmp_path / "r.xlsx")
        again = read_workbook(tmp_path / "r.xlsx")
        assert (again.overview, again.problems) == (report.overview, report.problems)

    def test_it_keeps_headings_blank_lines_and_the_preamble(self, tmp_path: Path) -> None:
        report = sample()
        report.overview, report.headings = (
            "（一）主动公开\n\n正文。\n（二）依申请公开\n正文。",
            {"overview": (0, 3)},
        )
        report.preamble = "第一段。\n第二段。"
        write(report, tmp_path / "r.xlsx")
        again = read_workbook(tmp_path / "r.xlsx")
        assert (again.overview, again.headings, again.preamble) == (
            report.overview,
            report.headings,
            report.preamble,
        )

    def test_it_reads_paragraphs_below_the_prepared_rows(self, tmp_path: Path) -> None:
        block = layout_of(FORM).texts["problems"]
        below = block.last_row + 25

        def edit(book: Workbook) -> None:
            book[block.sheet].cell(below, block.last_column, "最后一段。")

        text = read_workbook(edited(tmp_path / "r.xlsx", edit)).problems
        assert text is not None and text.splitlines()[-1] == "最后一段。"

    def test_it_tells_an_empty_text_from_a_missing_one(self, tmp_path: Path) -> None:
        report = sample()
        report.problems = ""

        def drop(book: Workbook) -> None:
            del book[SHEET_OF["other_matters"]]

        again = read_workbook(edited(tmp_path / "r.xlsx", drop, report))
        assert (again.problems, again.other_matters) == ("", None)

    def test_texts_that_nobody_calculated_are_neither_a_title_nor_figures(self, tmp_path: Path) -> None:
        # What LibreOffice writes into an .xls for every formula that it did not calculate itself and that makes a text.
        report = published("suqian-2024")
        write(report, tmp_path / "r.xlsx")
        book = openpyxl.load_workbook(tmp_path / "r.xlsx")
        stored = openpyxl.load_workbook(tmp_path / "r.xlsx", data_only=True)
        made = [
            cell
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and isinstance(stored[sheet.title][cell.coordinate].value, str)
        ]
        assert len(made) > 50
        for cell in made:
            cell.value = 0
        book.save(tmp_path / "r.xlsx")
        found = read_workbook(tmp_path / "r.xlsx")
        assert (found.title, found.figures(), found.remarks) == (report.full_title, report.figures(), [])

    def test_it_has_the_title_the_sheet_offers_unless_the_office_writes_its_own(self, tmp_path: Path) -> None:
        report = sample()
        write(report, tmp_path / "r.xlsx")
        assert read_workbook(tmp_path / "r.xlsx").title == report.full_title
        report.title = "某市2024年政府信息公开工作年度报告"
        write(report, tmp_path / "s.xlsx")
        assert read_workbook(tmp_path / "s.xlsx").title == report.title

    def test_it_has_no_last_year_where_nothing_was_entered(self, tmp_path: Path) -> None:
        report = sample()
        report.previous = None
        write(report, tmp_path / "r.xlsx")
        assert read_workbook(tmp_path / "r.xlsx").previous is None

    def test_it_reads_explanations(self, tmp_path: Path) -> None:
        report = sample()
        report.explanations = (Explanation(rule="swing", cells=("a.b",), figures=("1",), text="属实"),)
        write(report, tmp_path / "r.xlsx")
        assert read_workbook(tmp_path / "r.xlsx").explanations == report.explanations


class TestPlaces:
    def test_it_knows_the_cell_of_every_figure_and_field(self, tmp_path: Path) -> None:
        written(tmp_path / "r.xlsx")
        places = read_workbook(tmp_path / "r.xlsx").places
        layout = layout_of(FORM)
        wanted = {**layout.cells, **{name: block for name, block in layout.fields.items() if name != "form"}}
        texts = {name: f"{block.sheet}!B{block.row}" for name, block in layout.texts.items()}
        first = {paragraph_key(name, 0): place for name, place in texts.items()}
        known = texts | first | {key: f"{block.sheet}!{block.corner}" for key, block in wanted.items()}
        assert {key: place for key, place in places.items() if key in known} == known

    def test_it_knows_the_cell_of_every_paragraph(self, tmp_path: Path) -> None:
        report = sample()
        report.overview = "第一段。\n\n第三段。"
        write(report, tmp_path / "r.xlsx")
        places = read_workbook(tmp_path / "r.xlsx").places
        rows = [int(places[paragraph_key("overview", line)].rpartition("!B")[2]) for line in range(3)]
        assert rows == list(range(rows[0], rows[0] + 3))
        assert paragraph_key("overview", 3) not in places

    def test_it_names_the_cell_in_findings(self, tmp_path: Path) -> None:
        key = "applications.results.granted.natural_person"
        path = edited(tmp_path / "r.xlsx", lambda book: put(book, key, "七十九"))
        finding = next(f for f in check(read_workbook(path)) if f.rule == "kind")
        assert finding.where == ("!".join(place_of(key)),)

    def test_it_follows_the_cells_when_rows_are_inserted(self, tmp_path: Path) -> None:
        path = edited(tmp_path / "r.xlsx", lambda book: unmerged(book[THREE]).insert_rows(1, 3))
        sheet, address = place_of("applications.new.total")
        moved = re.sub(r"\d+", lambda digits: str(int(digits[0]) + 3), address)
        assert read_workbook(path).places["applications.new.total"] == f"{sheet}!{moved}"


def insert_row_above(book: Workbook) -> None:
    for sheet in SHEET_OF.values():
        unmerged(book[sheet]).insert_rows(2)


def insert_row_within(book: Workbook) -> None:
    first = layout_of(FORM).names()[name_of("applications")].row
    unmerged(book[THREE]).insert_rows(first + 7)


def insert_column_before(book: Workbook) -> None:
    for table in FORM.tables:
        unmerged(book[SHEET_OF[table.key]]).insert_cols(1)


def insert_column_within(book: Workbook) -> None:
    unmerged(book[THREE]).insert_cols(layout_of(FORM).names()[name_of("applications")].column + 2)


def insert_rows_last_year(book: Workbook) -> None:
    last = layout_of(FORM).names()[name_of("previous.applications")]
    unmerged(book[LAST_YEAR]).insert_rows(last.row + 4)
    unmerged(book[LAST_YEAR]).insert_rows(1, 2)


def insert_sheet(book: Workbook) -> None:
    book.create_sheet("我的草稿", 0)["A1"] = "随便写写"


def rename_sheets(book: Workbook) -> None:
    """As openpyxl does it: names go on pointing to the old titles."""
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"工作表{number}"


def rename_sheets_and_names(book: Workbook) -> None:
    """As a spreadsheet program does it: names follow."""
    for defined in book.defined_names.values():
        sheet, _, block = defined.attr_text.rpartition("!")
        title = sheet.strip("'")
        defined.attr_text = f"'it''s {title}'!{block}"
    for sheet in book.worksheets:
        sheet.title = f"it's {sheet.title}"


def sort_sheets(book: Workbook) -> None:
    book._sheets.sort(key=lambda sheet: sheet.title, reverse=True)


def delete_names(book: Workbook) -> None:
    book.defined_names.clear()


def delete_names_and_shift(book: Workbook) -> None:
    book.defined_names.clear()
    for sheet in book.worksheets:
        unmerged(sheet).insert_rows(1, 2)


def swap_rows(book: Workbook) -> None:
    """Sort two rows, with their labels, the other way round."""
    grid, layout = grid_of(TABLE), layout_of(FORM)
    top = layout.names()[name_of("applications")].row - grid.box[0]
    sheet = book[THREE]
    upper, lower = top + grid.box[0] + 7, top + grid.box[0] + 9
    for column in range(grid.label_columns, grid.width + 1):
        a, b = sheet.cell(upper, column), sheet.cell(lower, column)
        if type(a).__name__ == type(b).__name__ == "Cell":
            a.value, b.value = b.value, a.value


def add_local_names(book: Workbook) -> None:
    """A sheet copied within the workbook brings names of its own, which hide nothing."""
    copy = book.copy_worksheet(book[THREE])
    copy.sheet_state = "hidden"  # of two that can be seen, neither would be read
    copy.defined_names[name_of("applications")] = DefinedName(
        name_of("applications"), attr_text=f"'{copy.title}'!$D$7:$J$31"
    )
    for row in copy.iter_rows():
        for cell in row:
            if isinstance(cell.value, int):
                cell.value = 99


EDITS: list[Callable[[Workbook], None]] = [
    insert_row_above,
    insert_row_within,
    insert_column_before,
    insert_column_within,
    insert_rows_last_year,
    insert_sheet,
    rename_sheets,
    rename_sheets_and_names,
    sort_sheets,
    delete_names,
    delete_names_and_shift,
    swap_rows,
    add_local_names,
]


class TestEditedWorkbook:
    @pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
    def test_it_reads_the_same_report(self, tmp_path: Path, edit: Callable[[Workbook], None]) -> None:
        report = sample()
        again = read_workbook(edited(tmp_path / "r.xlsx", edit))
        assert again.remarks == []
        assert again.figures() == report.figures()
        assert again.previous is not None and report.previous is not None
        assert again.previous.figures() == report.previous.figures()
        assert content(again) == content(report)

    def test_it_reads_sheets_copied_to_another_workbook(self, tmp_path: Path) -> None:
        written(tmp_path / "r.xlsx")
        source, target = openpyxl.load_workbook(tmp_path / "r.xlsx"), Workbook()
        for sheet in source.worksheets:
            copy = target.create_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        copy.cell(cell.row, cell.column, cell.value)
            for merged in sheet.merged_cells.ranges:
                copy.merge_cells(str(merged))
        target.save(tmp_path / "copy.xlsx")
        assert content(read_workbook(tmp_path / "copy.xlsx")) == content(sample())

    @pytest.mark.libreoffice
    def test_it_reads_what_a_spreadsheet_program_has_rearranged(self, tmp_path: Path, office: Office) -> None:
        written(tmp_path / "r.xlsx")
        with office.opened(tmp_path / "r.xlsx") as document:
            document.unprotect()
            document.sheet(THREE).Rows.insertByIndex(9, 1)
            document.sheet(THREE).Columns.insertByIndex(5, 1)
            document.sheet(BASICS).Rows.insertByIndex(0, 2)
            document.sheet(LAST_YEAR).Rows.insertByIndex(20, 1)
            document.sheet(SHEET_OF["disclosure"]).Name = "表 二"
            document.save(tmp_path / "s.xlsx", "Calc MS Excel 2007 XML")
        again = read_workbook(tmp_path / "s.xlsx")
        assert content(again) == content(sample())
        assert again.remarks == []

    def test_it_says_which_labels_it_did_not_find(self, tmp_path: Path) -> None:
        row = layout_of(FORM).cells["applications.results.granted.total"].row
        again = read_workbook(
            edited(tmp_path / "r.xlsx", lambda book: unmerged(book[THREE]).delete_rows(row))
        )
        wanted = sample().figures()
        lost = {key for key, value in again.figures().items() if value != wanted[key]}
        assert lost and all(key.startswith("applications.results.granted.") for key in lost)
        assert (
            len(again.remarks) == 1 and "“（一）予以公开”" in again.remarks[0] and THREE in again.remarks[0]
        )

    @pytest.mark.parametrize("table", [table.key for table in FORM.tables])
    def test_it_leaves_a_table_blank_whose_sheet_is_missing(self, tmp_path: Path, table: str) -> None:
        def drop(book: Workbook) -> None:
            del book[SHEET_OF[table]]

        again = read_workbook(edited(tmp_path / "r.xlsx", drop))
        assert all(value is None for key, value in again.figures().items() if key.startswith(table))
        assert len(again.remarks) == 1 and SHEET_OF[table] in again.remarks[0]
        assert any(f.rule == "sections" and f.level == "error" for f in check(again))


class TestOddValues:
    KEY = "applications.results.granted.natural_person"

    def judged(self, path: Path) -> tuple[Any, Findings]:
        report = read_workbook(path)
        return report.figures()[self.KEY], check(report)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("１６７", "１６７"),
            ("167 件", "167 件"),
            ("167", "167"),
            (True, "TRUE"),
            (datetime.date(2025, 1, 2), "2025-01-02"),
            (datetime.time(3, 4), "03:04:00"),
            (1.5, "（显示为 2，存的是 1.5）"),
            (-1, -1),
            (" ", "（只有空格）"),
            ("　", "（只有空格）"),
            (" / ", "（“/”前后有空格）"),
        ],
    )
    def test_it_keeps_what_was_typed_and_reports_it(self, tmp_path: Path, typed: Any, kept: Any) -> None:
        value, findings = self.judged(edited(tmp_path / "r.xlsx", lambda book: put(book, self.KEY, typed)))
        assert (value, type(value)) == (kept, type(kept))
        where = "!".join(place_of(self.KEY))
        assert [f.where for f in findings if f.rule == "kind"] == [(where,)]

    @pytest.mark.parametrize("typed", ["/", "——", "无", None])
    def test_it_takes_a_mark_for_nothing_as_blank(self, tmp_path: Path, typed: Any) -> None:
        _, findings = self.judged(edited(tmp_path / "r.xlsx", lambda book: put(book, self.KEY, typed)))
        assert [f.rule for f in findings if self.KEY in f.cells and f.rule in ("kind", "blank")] == ["blank"]

    @pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
    def test_it_does_not_take_a_formula_error_for_a_blank(self, tmp_path: Path, error: str) -> None:
        value, findings = self.judged(self.raw(tmp_path / "r.xlsx", f' t="e"><f>1/0</f><v>{error}</v></c>'))
        assert value == error
        assert [f.where for f in findings if f.rule == "kind"] == [("!".join(place_of(self.KEY)),)]

    def test_it_takes_a_formula_by_its_stored_result(self, tmp_path: Path) -> None:
        assert self.judged(self.raw(tmp_path / "r.xlsx", "><f>40+39</f><v>79</v></c>"))[0] == 79

    def test_it_takes_an_empty_text_result_for_a_blank(self, tmp_path: Path) -> None:
        assert self.judged(self.raw(tmp_path / "r.xlsx", ' t="str"><f>""</f><v></v></c>'))[0] is None

    @pytest.mark.parametrize("stored", ["", "<v></v>", "<v/>"])
    def test_it_refuses_a_formula_that_was_never_calculated(self, tmp_path: Path, stored: str) -> None:
        with pytest.raises(InputError) as caught:
            self.judged(self.raw(tmp_path / "r.xlsx", f"><f>40+39</f>{stored}</c>"))
        assert caught.value.place == "!".join(place_of(self.KEY))
        assert "保存" in caught.value.advice

    @pytest.mark.parametrize("number", ["1e400", "NaN"])
    def test_it_reports_a_number_beyond_all_bounds(self, tmp_path: Path, number: str) -> None:
        value, findings = self.judged(self.raw(tmp_path / "r.xlsx", f"><v>{number}</v></c>"))
        assert isinstance(value, str)
        assert [f.rule for f in findings if f.cells == (self.KEY,)] == ["kind"]

    def raw(self, path: Path, body: str) -> Path:
        """Write the sample with the XML of one cell replaced, behind its address and style."""
        written(path)
        sheet, address = place_of(self.KEY)
        pattern = rf'(<c r="{address}"(?: s="\d+")?)[^>]*>.*?</c>'
        return with_sheet_xml(
            path, sheet, lambda xml: re.sub(pattern, lambda m: m[1] + body, xml.decode(), count=1).encode()
        )

    @pytest.mark.parametrize("typed", [2025, "2025", "２０２５年", " 2025 年度 "])
    def test_it_understands_a_year_however_it_is_typed(self, tmp_path: Path, typed: Any) -> None:
        block = layout_of(FORM).fields["year"]
        path = edited(tmp_path / "r.xlsx", lambda book: book[BASICS].__setitem__(block.corner, typed))
        assert read_workbook(path).year == 2025

    @pytest.mark.parametrize("typed", ["二〇二五", 25, datetime.date(2025, 1, 1), 20255])
    def test_it_says_what_is_no_year(self, tmp_path: Path, typed: Any) -> None:
        block = layout_of(FORM).fields["year"]
        path = edited(tmp_path / "r.xlsx", lambda book: book[BASICS].__setitem__(block.corner, typed))
        report = read_workbook(path)
        assert report.year is None
        assert len(report.remarks) == 1 and f"{BASICS}!{block.corner}" in report.remarks[0]


class TestForms:
    def test_it_refuses_a_form_it_does_not_know(self, tmp_path: Path) -> None:
        block = layout_of(FORM).fields["form"]
        path = edited(
            tmp_path / "r.xlsx", lambda book: book[BASICS].__setitem__(block.corner, "国办〔2008〕1号")
        )
        with pytest.raises(FormError) as caught:
            read_workbook(path)
        assert caught.value.place == f"{BASICS}!{block.corner}" and FORM.notice in str(caught.value)

    def test_it_knows_the_form_by_its_labels_where_none_is_named(self, tmp_path: Path) -> None:
        for form in map(form_of, MODULES):
            block = layout_of(form).fields["form"]
            report = report_of(dict.fromkeys(form.cells, 3), form=form.id, organisation="某局", year=2020)
            path = edited(
                tmp_path / "r.xlsx", lambda b, at=block: b[at.sheet].__setitem__(at.corner, None), report
            )
            assert read_workbook(path).form == form.id

    def test_it_refuses_the_tables_of_one_form_under_the_name_of_another(self, tmp_path: Path) -> None:
        first, second = map(form_of, list(MODULES)[:2])
        block = layout_of(second).fields["form"]
        report = report_of(dict.fromkeys(second.cells, 3), form=second.id)
        path = edited(
            tmp_path / "r.xlsx",
            lambda book: book[block.sheet].__setitem__(block.corner, first.notice),
            report,
        )
        with pytest.raises(FormError, match=re.escape(first.notice)):
            read_workbook(path)


def test_a_decimal_typed_as_text_is_text_like_in_the_check_beside_it(tmp_path: Path):
    path = tmp_path / "text.xlsx"
    write(published("xiji-2025"), path)
    book = openpyxl.load_workbook(path)
    sheet, cell = layout_of(form_of(CURRENT)).address("applications.results.granted.natural_person")
    book[sheet][cell].value, book[sheet][cell].data_type = "79.0", "s"
    book.save(path)
    assert read_workbook(path).applications.results.granted.natural_person == "79.0"


def test_a_workbook_of_an_older_template_is_read_and_said_to_be_one(tmp_path: Path) -> None:
    def older(book: Workbook) -> None:
        del book.defined_names[template_name()]
        name = template_name(TEMPLATE_VERSION - 1)
        book.defined_names[name] = DefinedName(name, attr_text=f"'{BASICS}'!$B$4", hidden=True)

    report = sample()
    again = read_workbook(edited(tmp_path / "r.xlsx", older, report))
    assert content(again) == content(report)
    assert [
        remark for remark in again.remarks if "旧版模板" in remark and "新建年报" in remark
    ] == again.remarks
    # A workbook that never was a standard one is of no version.
    again = read_workbook(edited(tmp_path / "r.xlsx", lambda book: book.defined_names.clear(), report))
    assert not any("旧版" in remark for remark in again.remarks)


@pytest.mark.libreoffice
def test_another_program_keeps_the_version(office: Office, tmp_path: Path) -> None:
    written(tmp_path / "r.xlsx")
    with office.opened(tmp_path / "r.xlsx") as document:
        document.save(tmp_path / "saved.xlsx", "Calc MS Excel 2007 XML")
    assert not any("旧版" in remark for remark in read_workbook(tmp_path / "saved.xlsx").remarks)


def test_a_narrative_pasted_in_one_go_gets_its_headings_and_what_was_chosen_stays(tmp_path: Path) -> None:
    lines = ["（一）主动公开", "1.受理情况", "全年受理 3 件。", "平台建设", "2.不是标题"]
    report = published("xiji-2025").model_copy(update={"overview": "\n".join(lines), "headings": {}})
    write(report, tmp_path / "a.xlsx")
    assert read_workbook(tmp_path / "a.xlsx").headings["overview"] == (0, 1, 4)
    block = layout_of(FORM).texts["overview"]

    def styled(*styles: str | None) -> Report:
        book = openpyxl.load_workbook(tmp_path / "a.xlsx")
        for row, style in enumerate(styles, block.row):
            book[block.sheet].cell(row, 1).value = style
        book.save(tmp_path / "b.xlsx")
        return read_workbook(tmp_path / "b.xlsx")

    pasted = styled(None, None, None, None, None)
    assert "overview" not in pasted.headings
    assert [part.level for part in paragraphs_of(pasted, "overview")] == [2, 3, 0, 0, 3]
    mixed = styled(None, None, None, "标题", "正文")
    assert mixed.headings["overview"] == (0, 1, 3)
    assert [part.level for part in paragraphs_of(mixed, "overview")] == [2, 3, 0, 2, 0]
    assert styled("正文", "正文", "正文", "正文", "正文").headings["overview"] == ()
