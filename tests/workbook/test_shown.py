"""What a person sees in a workbook is what is read: marks, number formats, hidden and covered cells, copies of sheets."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

import xlreport
from tests.examples import examples
from tests.workbook.edited import edited, part_of, repacked, sample, with_sheet_xml
from xlreport.report import Report
from xlreport.workbook.formats import as_figure, shown

TABLE, PENALTIES = "二、主动公开", "B13"
KEY = "disclosure.penalties.decisions"
FILLED = sample()
FILLED.previous = None


def _read(path: Path, edit: Any) -> Report:
    return xlreport.read(edited(path / "r.xlsx", edit, FILLED))


def _figure(report: Report, key: str = KEY) -> Any:
    return report.figures()[key]


def _is_reported(report: Report, key: str = KEY) -> bool:
    findings = xlreport.check(report)
    return not findings.passed and any(f.rule == "kind" and key in f.cells for f in findings)


class TestMarks:
    @pytest.mark.parametrize(
        "text", ["29351①", "29351¹", "29351ⁿ", "29351₁", "29351⑴", "29351（注1）", "29351*", "29351❶"]
    )
    def test_a_mark_is_no_digit_of_the_figure_that_is_advised(self, tmp_path: Path, text: str) -> None:
        report = _read(tmp_path, lambda book: book[TABLE].__setitem__(PENALTIES, text))
        messages = [f.message for f in xlreport.check(report) if KEY in f.cells and f.rule == "kind"]
        assert _is_reported(report)
        assert any("请改为 29351" in message for message in messages)
        assert not any("293511" in message for message in messages)

    @pytest.mark.parametrize("align", ["superscript", "subscript"])
    def test_a_raised_run_is_the_mark_of_a_note(self, tmp_path: Path, align: str) -> None:
        text = CellRichText("437", TextBlock(InlineFont(vertAlign=align), "1"))
        report = _read(tmp_path, lambda book: book[TABLE].__setitem__(PENALTIES, text))
        assert _figure(report) == "437（注1）"
        assert _is_reported(report)

    def test_so_it_is_in_shared_texts(self, tmp_path: Path) -> None:
        import xlsxwriter

        path = tmp_path / "shared.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet, raised, struck = (
                book.add_worksheet(),
                book.add_format({"font_script": 1}),
                book.add_format({"font_strikeout": True}),
            )
            sheet.write_rich_string(0, 0, "437", raised, "1", " ")
            sheet.write_rich_string(1, 0, struck, "9", "437", " ")
            sheet.write_string(2, 0, "5")
        from xlreport.workbook.file_sheets import FileSheets

        rows = FileSheets(path, path.read_bytes()).rows("Sheet1")
        assert [row[0].strip() for row in rows] == ["437（注1）", "437", "5"]

    def test_a_struck_run_is_gone(self, tmp_path: Path) -> None:
        text = CellRichText(TextBlock(InlineFont(strike=True), "9"), TextBlock(InlineFont(), "437"))
        report = _read(tmp_path, lambda book: book[TABLE].__setitem__(PENALTIES, text))
        assert _figure(report) == "437"

    @pytest.mark.parametrize("font", [Font(strike=True), Font(vertAlign="superscript"), Font(color="FFFFFF")])
    def test_a_figure_that_is_struck_raised_or_white_as_a_whole_is_none(
        self, tmp_path: Path, font: Font
    ) -> None:
        def edit(book: Workbook) -> None:
            book[TABLE][PENALTIES] = 437
            book[TABLE][PENALTIES].font = font

        assert _is_reported(_read(tmp_path, edit))


class TestNumberFormats:
    @pytest.mark.parametrize(
        ("value", "code", "text"),
        [
            (437, "0,", "0"),
            (437, '0"1"', "4371"),
            (437, "\\10", "1437"),
            (437, ";;;", ""),
            ("437.4", "0", "437"),
            ("437.5", "0", "438"),
            (437, "0%", "43700%"),
            (1234567, "#,##0", "1,234,567"),
            (1234567, "#,##0,", "1,235"),
            (-5, "[Red]-0", "--5"),
            (-5, "0;[Red]0", "5"),
            (0, '0;-0;"—"', "—"),
            (437, '[>100]"多";0', "多"),
            (437, "000000", "000437"),
            (437, "General", "437"),
            (437, "0_ ", "437"),
            ("0.5", "#.0#", ".5"),
            (437, "yyyy", None),
            (437, "[DBNum1]0", None),
            ("437.5", "# ?/?", None),
        ],
    )
    def test_what_a_format_shows(self, value: Any, code: str, text: str | None) -> None:
        assert shown(Decimal(value), code) == text

    @given(
        st.integers(0, 10**9),
        st.sampled_from(["0", "General", "#,##0", "0.00", "0;-0", "0_ ", "@", '0"件"', "[Red]0"]),
    )
    def test_usual_formats_show_a_whole_number_as_it_is(self, value: int, code: str) -> None:
        text = shown(Decimal(value), code)
        assert text is not None and as_figure(text) == value

    @pytest.mark.parametrize(
        ("code", "figure"),
        [("0,", 0), ('0"1"', 4371), ('0"件"', 437), ("#,##0.00", 437), ("000000", 437), ("0;-0;;@", 437)],
    )
    def test_a_cell_is_read_as_it_is_shown(self, tmp_path: Path, code: str, figure: int) -> None:
        report = _read(tmp_path, lambda book: _formatted(book, 437, code))
        assert _figure(report) == figure
        assert bool(report.remarks) is (figure != 437)

    @pytest.mark.parametrize(
        "code",
        [";;;", "0%", "yyyy-mm-dd", "yyyy", "[DBNum1]0", '"约"0', "0.00E+00", '[>100]"多";0', "[White]0"],
    )
    def test_what_shows_no_plain_number_does_not_pass(self, tmp_path: Path, code: str) -> None:
        assert _is_reported(_read(tmp_path, lambda book: _formatted(book, 437, code)))

    def test_a_rounded_count_does_not_pass(self, tmp_path: Path) -> None:
        assert _is_reported(_read(tmp_path, lambda book: _formatted(book, 437.4, "0")))

    def test_a_sum_with_the_noise_of_floats_is_the_number_shown(self, tmp_path: Path) -> None:
        report = _read(tmp_path, lambda book: _formatted(book, 29351.000000000004, "General"))
        assert _figure(report) == 29351

    @pytest.mark.parametrize("code", ["yyyy", 'yyyy"年"'])
    def test_a_year_that_is_a_date_is_a_year(self, tmp_path: Path, code: str) -> None:
        import datetime

        def edit(book: Workbook) -> None:
            book["基本信息"]["B5"] = datetime.date(2024, 12, 31)
            book["基本信息"]["B5"].number_format = code

        assert _read(tmp_path, edit).year == 2024


def _formatted(book: Workbook, value: Any, code: str) -> None:
    book[TABLE][PENALTIES] = value
    book[TABLE][PENALTIES].number_format = code


class TestHidden:
    def test_a_hidden_row_without_a_twin_is_read_and_said(self, tmp_path: Path) -> None:
        report = _read(tmp_path, lambda book: _hidden_row(book, 13, 437))
        assert _figure(report) == 437
        assert any("隐藏" in remark for remark in report.remarks)

    def test_a_hidden_row_of_zeros_is_read_without_a_word(self, tmp_path: Path) -> None:
        report = _read(tmp_path, lambda book: _hidden_row(book, 13, 0))
        assert _figure(report) == 0
        assert report.remarks == []

    def test_of_a_hidden_and_a_visible_row_the_visible_one_counts(self, tmp_path: Path) -> None:
        report = _read(tmp_path, lambda book: _twin(book, 9, 437, hidden=True))
        assert _figure(report) == 437

    def test_of_two_visible_rows_that_differ_none_is_read(self, tmp_path: Path) -> None:
        report = _read(tmp_path, lambda book: _twin(book, 9, 437, hidden=False))
        assert _figure(report) == "9／437（两处不一致）"
        assert _is_reported(report)

    @pytest.mark.parametrize("state", ["hidden", "veryHidden"])
    def test_of_a_hidden_sheet_and_its_visible_copy_the_copy_counts(self, tmp_path: Path, state: str) -> None:
        def edit(book: Workbook) -> None:
            copy = book.copy_worksheet(book[TABLE])
            copy[PENALTIES] = 500
            book[TABLE].sheet_state = state

        report = _read(tmp_path, edit)
        assert _figure(report) == 500
        assert report.places[KEY].startswith(f"{TABLE} Copy!")

    def test_of_two_visible_copies_that_differ_none_is_read(self, tmp_path: Path) -> None:
        report = _read(tmp_path, lambda book: book.copy_worksheet(book[TABLE]).__setitem__(PENALTIES, 500))
        assert _is_reported(report)

    def test_an_equal_copy_changes_nothing(self, tmp_path: Path) -> None:
        report = _read(tmp_path, lambda book: book.copy_worksheet(book[TABLE]))
        assert report.figures() == FILLED.figures()

    def test_what_lies_under_a_merged_cell_is_not_read(self, tmp_path: Path) -> None:
        report = _read(tmp_path, lambda _: None)
        path = with_sheet_xml(
            tmp_path / "r.xlsx",
            TABLE,
            lambda xml: xml.replace(
                b'<mergeCell ref="B13:D13"', b'<mergeCell ref="B7:C7"/><mergeCell ref="B13:D13"'
            ),
        )
        covered = xlreport.read(path)
        assert _figure(report, "disclosure.normative_documents.repealed") is not None
        assert _is_reported(covered, "disclosure.normative_documents.repealed")

    def test_names_of_a_deleted_sheet_send_nobody_astray(self, tmp_path: Path) -> None:
        def edit(book: Workbook) -> None:
            book.defined_names["xlr_disclosure"] = DefinedName("xlr_disclosure", attr_text="#REF!$B$6:$D$17")

        assert _read(tmp_path, edit).figures() == FILLED.figures()

    def test_another_layout_has_neither_hidden_rows_nor_hidden_sheets(self, tmp_path: Path) -> None:
        from tests.workbook.plain_books import save

        save(FILLED, tmp_path / "plain.xlsx")
        book = openpyxl.load_workbook(tmp_path / "plain.xlsx")
        sheet = book.create_sheet("草稿", 0)
        sheet["A1"], sheet.sheet_state = 9, "hidden"
        book.save(tmp_path / "plain.xlsx")
        from xlreport.sources.sheets import blocks_in
        from xlreport.workbook.opening import sheets_in

        _, remarks = blocks_in(sheets_in(tmp_path, (tmp_path / "plain.xlsx").read_bytes()))
        assert any("草稿" in remark for remark in remarks)


def _hidden_row(book: Workbook, row: int, value: int) -> None:
    book[TABLE].cell(row, 2).value = value
    book[TABLE].row_dimensions[row].hidden = True


def _twin(book: Workbook, first: int, second: int, hidden: bool) -> None:
    """Put a second row 行政处罚 below the first."""
    sheet = book[TABLE]
    for area in [str(area) for area in sheet.merged_cells.ranges if area.min_row > 5]:
        sheet.unmerge_cells(area)
    sheet.insert_rows(14)
    sheet["A14"], sheet["B13"], sheet["B14"] = sheet["A13"].value, first, second
    sheet.row_dimensions[13].hidden = hidden


class TestOthersInTheTable:
    def test_a_row_too_many_is_said_with_its_figures(self, tmp_path: Path) -> None:
        def edit(book: Workbook) -> None:
            sheet = book[TABLE]
            for area in [str(area) for area in sheet.merged_cells.ranges if area.min_row > 5]:
                sheet.unmerge_cells(area)
            sheet.insert_rows(14)
            sheet["A14"], sheet["B14"] = "其中：罚款", 77

        report = _read(tmp_path, edit)
        assert report.figures() == FILLED.figures()
        assert any("第14行" in remark for remark in report.remarks)
        assert any("其中：罚款" in remark and "77" in remark for remark in report.remarks)

    def test_a_column_too_many_is_said(self, tmp_path: Path) -> None:
        def edit(book: Workbook) -> None:
            sheet = book["三、依申请公开"]
            for area in [str(area) for area in sheet.merged_cells.ranges]:
                sheet.unmerge_cells(area)
            sheet.insert_cols(5)
            sheet["E6"], sheet["E7"] = "个体工商户", 5

        report = _read(tmp_path, edit)
        assert report.figures() == FILLED.figures()
        assert any("E列" in remark for remark in report.remarks)
        assert any("E7（个体工商户）的 5" in remark for remark in report.remarks)


class TestNoNumbers:
    @pytest.mark.parametrize("value", [True, "#REF!", "#N/A", '=DISPIMG("ID_1",1)'])
    def test_what_is_no_number_is_reported_at_its_cell(self, tmp_path: Path, value: Any) -> None:
        def edit(book: Workbook) -> None:
            book[TABLE][PENALTIES] = value
            if str(value).startswith("="):
                book[TABLE][PENALTIES].data_type = "s"

        assert _is_reported(_read(tmp_path, edit))

    @pytest.mark.parametrize(
        "value", ['=DISPIMG("ID_5BA4F81A0D674C7AA8849A79AC5645C8",1)', '=_xlfn.IMAGE("x")', "#NAME?"]
    )
    def test_a_picture_or_an_error_is_no_text(self, tmp_path: Path, value: str) -> None:
        def edit(book: Workbook) -> None:
            cell = book["五、问题及改进情况"]["B4"]
            cell.value = value
            cell.data_type = "e" if value.startswith("#") else "s"

        findings = xlreport.check(_read(tmp_path, edit))
        assert any(f.rule == "sections" and "不是文字" in f.message for f in findings)


@settings(max_examples=examples(12), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_figure_is_what_is_seen_or_does_not_pass(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever stands there besides, the figure is the one on the page, or the report does not pass."""
    value, decoy = data.draw(st.integers(0, 99_999)), data.draw(st.integers(1, 9))

    def raised(book: Workbook) -> None:
        book[TABLE][PENALTIES] = CellRichText(
            str(value), TextBlock(InlineFont(vertAlign="superscript"), str(decoy))
        )

    def struck(book: Workbook) -> None:
        book[TABLE][PENALTIES] = CellRichText(TextBlock(InlineFont(strike=True), str(decoy)), str(value))

    ways = {
        "plain": lambda book: _formatted(book, value, "0"),
        "raised": raised,
        "struck": struck,
        "scaled": lambda book: _formatted(book, value * 1000, "0,"),
        "units": lambda book: _formatted(book, value, '#,##0"件"'),
        "decimals": lambda book: _formatted(book, value, "0.00"),
        "hidden twin": lambda book: _twin(book, decoy, value, hidden=True),
        "two": lambda book: _twin(book, value + decoy, value, hidden=False),
        "percent": lambda book: _formatted(book, value / 100, "0%"),
        "circled": lambda book: book[TABLE].__setitem__(PENALTIES, f"{value}{chr(0x245F + decoy)}"),
    }
    edit = ways[data.draw(st.sampled_from(sorted(ways)))]
    report = _read(tmp_path_factory.mktemp("seen"), edit)
    assert _figure(report) == value or _is_reported(report)


@pytest.mark.parametrize("encoding", ["GBK", "utf-16", "windows-1252", "x-none"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml"])
def test_a_part_in_another_encoding_is_one_line(tmp_path: Path, encoding: str, part: str) -> None:
    path = edited(tmp_path / "r.xlsx", lambda _: None)
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    repacked(
        path,
        lambda name, xml: (
            name,
            head + xml[xml.find(b"?>") + 2 if xml.startswith(b"<?") else 0 :] if name == part else xml,
        ),
    )
    with pytest.raises(xlreport.XlreportError, match="UTF-8"):
        xlreport.read(path)


@pytest.mark.parametrize(
    "change", [(b'r="B13"', b'r="XFE13"'), (b'r="B13"', b'r="B1048577"'), (b'r="B13"', b'r="B99999999"')]
)
def test_addresses_beyond_a_sheet_raise_nothing_foreign(tmp_path: Path, change: tuple[bytes, bytes]) -> None:
    path = edited(tmp_path / "r.xlsx", lambda _: None)
    with_sheet_xml(path, TABLE, lambda xml: xml.replace(*change))
    with contextlib.suppress(xlreport.XlreportError):
        assert not _figure(xlreport.read(path))


def test_a_shared_text_that_is_not_there_raises_nothing_foreign(tmp_path: Path) -> None:
    path = edited(tmp_path / "r.xlsx", lambda book: book[TABLE].__setitem__(PENALTIES, "437"))
    assert part_of(path, TABLE)
    with_sheet_xml(path, TABLE, lambda xml: xml.replace(b't="s"><v>', b't="s"><v>99999'))
    with contextlib.suppress(xlreport.XlreportError):
        assert not isinstance(_figure(xlreport.read(path)), int)
