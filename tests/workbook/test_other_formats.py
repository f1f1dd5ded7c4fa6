"""Workbooks that LibreOffice saved as .xls and .ods, and .xlsb: what is seen in them is read as in .xlsx, and damage is one line."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

import xlreport
from tests.office import Office
from tests.samples import complete
from tests.workbook.binary_book import PERCENT, STRUCK, binary_book
from xlreport.cli import main
from xlreport.errors import InputError
from xlreport.report import Report
from xlreport.sources.compound import Compound
from xlreport.sources.compound_writer import compound_file
from xlreport.workbook import binary
from xlreport.workbook.opening import sheets_in

EXPORTS = {"xls": "MS Excel 97", "ods": "calc8", "xlsx": "Calc MS Excel 2007 XML"}


def _shown_book(path: Path) -> None:
    """Save a workbook in which not everything that is stored is seen."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "数"
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = "行", "数", "藏", "末"
    rows = (("看得见", 437, 1), ("藏着", 999, 2), ("划去", 438, 3), ("百分", 0.437, 4), ("不显示", 5, 5))
    for row, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
    sheet["B4"].font = Font(strike=True)
    sheet["B5"].number_format = "0.0%"
    sheet["B6"].number_format = ";;;"
    sheet["A7"] = "注"
    sheet["B7"] = CellRichText("437", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    sheet["B8"], sheet["B9"], sheet["B10"] = 25.14, "167", "#REF!"
    sheet["B8"].number_format = "0.0"
    sheet["B11"], sheet["B12"] = 12, 13
    sheet["B11"].font = Font(color="FFFFFF")
    sheet.merge_cells("A13:B14")
    sheet["A13"] = "合并"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("藏起来的")["A1"] = 7
    book["藏起来的"].sheet_state = "hidden"
    book.save(path)


@pytest.fixture(scope="module")
def saved(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """What LibreOffice saved, by name and ending."""
    folder = tmp_path_factory.mktemp("formats")
    standard = complete().model_copy(update={"previous": complete("suqian-2023")})
    xlreport.write(standard, folder / "standard.xlsx")
    _shown_book(folder / "shown.xlsx")
    found = {}
    for name in ("standard", "shown"):
        with office.opened(folder / f"{name}.xlsx") as document:
            document.recalculate()
            for ending, export in EXPORTS.items():
                found[f"{name}.{ending}"] = document.save(folder / f"{name}-saved.{ending}", export)
            if name == "standard":
                document.set("三、依申请公开", "D7", 437.4)
                for ending in EXPORTS:
                    found[f"broken.{ending}"] = document.save(folder / f"b.{ending}", EXPORTS[ending])
    return found


def values(report: Report) -> dict[str, Any]:
    return report.model_dump(mode="json")


def as_text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, (int, float, Decimal)) else value


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xls", "ods"])
class TestSavedByLibreOffice:
    def test_the_standard_workbook_comes_back_whole_with_its_places(
        self, saved: Mapping[str, Path], ending: str
    ):
        kept, found = (xlreport.read(saved[f"standard.{each}"]) for each in ("xlsx", ending))
        assert values(found) == values(kept)
        assert found.places == kept.places and found.places["applications.new.total"].endswith("J7")
        assert found.previous is not None and not found.remarks

    def test_a_fraction_shown_as_a_whole_number_is_no_figure(
        self, saved: Mapping[str, Path], ending: str, tmp_path: Path
    ):
        report = xlreport.read(saved[f"broken.{ending}"])
        assert report.figures()["applications.new.natural_person"] == "（显示为 437，存的是 437.4）"
        assert "kind" in {finding.rule for finding in xlreport.check(report).errors}
        # Nothing can be marked in such a file: the figures are put into a workbook in which it can.
        assert main(["check", str(saved[f"broken.{ending}"]), "--mark", str(tmp_path / "m.xlsx")]) == 1
        assert "校验结果" in openpyxl.load_workbook(tmp_path / "m.xlsx").sheetnames

    def test_the_ending_does_not_matter(self, saved: Mapping[str, Path], ending: str, tmp_path: Path):
        path = tmp_path / "年报.et"
        path.write_bytes(saved[f"standard.{ending}"].read_bytes())
        assert xlreport.read(path).figures() == xlreport.read(saved["standard.xlsx"]).figures()

    def test_a_sheet_shows_what_it_shows_in_an_xlsx_workbook(self, saved: Mapping[str, Path], ending: str):
        books = [sheets_in(Path("年报"), saved[f"shown.{each}"].read_bytes()) for each in ("xlsx", ending)]
        kept, found = (
            [[as_text(value) for value in row[:4]] for row in book.rows("数")[:14]] for book in books
        )
        assert found[0] == ["行", "数", "藏", "末"]
        assert [row[1] for row in found[1:4]] == ["437", "999", "（已划去：438）"]
        assert found[6][1] == "437（注1）" and found[7][1] in ("25.1",) and "看不见" in found[10][1]
        assert [row[1] for row in found if "43.7" in row[1] or "0.437" in row[1]]
        assert found[5][1].startswith("（不显示：5")
        # A percentage is a text here and there, an error stands beside the values of an .xlsx workbook.
        assert [row for at, row in enumerate(found) if at not in (4, 9)] == [
            row for at, row in enumerate(kept) if at not in (4, 9)
        ]
        assert all(book.value("数", (9, 1)) == "#REF!" for book in books)
        assert all(book.hidden("数") == books[0].hidden("数") for book in books)
        assert books[1].hidden("数").rows == {2} and 2 in books[1].hidden("数").columns
        assert books[1].is_hidden("藏起来的") and not books[1].is_hidden("数")
        assert books[1].merged("数") == ((12, 0, 13, 1),)
        assert {book.merged_to("数", (12, 0)) for book in books} == {(12, 1)}, (
            "no further than anything stands"
        )
        assert isinstance(books[1].value("数", (8, 1)), str) and books[1].value("数", (11, 1)) == 13

    def test_damage_is_one_line(self, saved: Mapping[str, Path], ending: str):
        content = saved[f"standard.{ending}"].read_bytes()
        drawn = random.Random(7)
        refused = 0
        for attempt in range(40):
            broken = bytearray(content[: drawn.randrange(len(content))] if attempt % 4 == 0 else content)
            for _ in range(drawn.choice((1, 20, 300))):
                broken[drawn.randrange(len(broken))] = drawn.randrange(256)
            try:
                sheets_in(Path("年报"), bytes(broken))
            except InputError as error:
                assert "\n" not in str(error) and error.advice
                refused += 1
        assert refused > 5


def test_a_panic_of_the_library_is_one_line_and_nothing_else_is_said(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    class PanicException(BaseException):
        """As pyo3 raises it."""

    def panic(_: object) -> None:
        os.write(2, b"thread panicked")
        raise PanicException

    monkeypatch.setattr(binary, "CalamineWorkbook", SimpleNamespace(from_filelike=panic))
    with pytest.raises(InputError, match="损坏"):
        binary.sheets_of(Path("年报"), b"", [binary.Facts("一")], [], [])
    os.write(2, b"alive")
    assert capfd.readouterr().err == "alive"


@pytest.mark.libreoffice
def test_an_xls_workbook_that_promises_more_than_it_holds_is_damaged_and_ends_no_process(
    saved: Mapping[str, Path],
):
    content = saved["standard.xls"].read_bytes()
    stream = Compound(Path("年报"), content).stream("Workbook")

    def refused(stream: bytes) -> bool:
        with pytest.raises(InputError, match="损坏"):
            sheets_in(Path("年报"), compound_file({"Workbook": stream}))
        return True

    dimensions = stream.index(struct.pack("<HH", 0x200, 14)) + 4
    many = struct.pack("<I", 0xFFFFFF00)
    assert refused(stream[: dimensions + 4] + many + stream[dimensions + 8 :])
    # From the last row to the first.
    backwards = struct.pack("<IIHH", 9, 1, 0, 5)
    assert refused(stream[:dimensions] + backwards + stream[dimensions + 12 :])
    # A sheet that begins where none does: in the middle of a record that holds the dimensions of a huge one.
    bound = stream.index(struct.pack("<H", 0x85)) + 4
    huge = struct.pack("<HHIIHHH", 0x200, 14, 0, 0xFFFFFFFF, 0, 256, 0)
    assert refused(stream[:bound] + struct.pack("<I", len(stream)) + stream[bound + 4 :] + huge)
    # A second list of shared texts, and one within a part of its own.
    texts = struct.pack("<HHII", 0xFC, 8, 1, 0x7FFFFFFF)
    end = stream.index(struct.pack("<HH", 0x0A, 0))
    assert refused(stream[:end] + texts + stream[end:])
    chart = struct.pack("<HH4s", 0x809, 4, struct.pack("<HH", 0x600, 0x20))
    assert refused(stream[:end] + chart + texts + stream[end:])

    # What the container promises is asked of nobody: the sheets are as before.
    plain = sheets_in(Path("年报"), content)
    size_of_root = content.index("Root Entry".encode("utf-16-le")) + 120
    for place in (40, 44, 64, size_of_root):
        promised = content[:place] + many + content[place + 4 :]
        assert sheets_in(Path("年报"), promised).titles == plain.titles


@pytest.mark.libreoffice
def test_a_workbook_embedded_in_an_xls_workbook_is_not_taken_for_it(saved: Mapping[str, Path]):
    shown, standard = (
        Compound(Path("年报"), saved[name].read_bytes()).stream("Workbook")
        for name in ("shown.xls", "standard.xls")
    )
    content = compound_file({"MBD00A1B2C3/Workbook": standard, "Workbook": shown})
    assert (
        sheets_in(Path("年报"), content).titles
        == sheets_in(Path("年报"), saved["shown.xls"].read_bytes()).titles
    )


@pytest.mark.libreoffice
def test_a_cell_in_the_last_corner_of_an_xls_workbook_takes_no_memory(saved: Mapping[str, Path]):
    content = saved["shown.xls"].read_bytes()
    stream = Compound(Path("年报"), content).stream("Workbook")
    at = stream.index(struct.pack("<HH", 0x203, 14)) if struct.pack("<HH", 0x203, 14) in stream else -1
    assert at > 0
    record = stream[at : at + 10]
    broken = content.replace(record, record[:4] + struct.pack("<HH", 65535, 255) + record[8:])
    with pytest.raises(InputError, match="过大"):
        sheets_in(Path("年报"), broken)


def _open_document(rows: str) -> bytes:
    names = {"office": "office", "table": "table", "text": "text", "style": "style"}
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items()
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return made.getvalue()


def test_repeated_cells_of_an_open_document_take_no_memory():
    cell = '<table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    with pytest.raises(InputError, match="过大"):
        sheets_in(Path("年报"), _open_document(row))


def test_comments_and_what_lies_under_merged_cells_are_no_figures_of_an_open_document():
    note = "<office:annotation><text:p>9</text:p></office:annotation>"
    row = (
        f'<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="float" office:value="437">{note}'
        '<text:p>437</text:p></table:table-cell><table:covered-table-cell office:value-type="float" office:value="8">'
        "<text:p>8</text:p></table:covered-table-cell></table:table-row>"
    )
    sheets = sheets_in(Path("年报"), _open_document(row))
    assert sheets.rows("表") == [[437, ""]]
    assert sheets.figures("表", {"a": (0, 0), "b": (0, 1)}) == {"a": 437, "b": "（被合并单元格遮住：8）"}


def test_a_binary_workbook_shows_what_it_shows():
    styles = {(1, 1): STRUCK, (2, 1): PERCENT}
    content = binary_book([["甲", 437], ["乙", 438], ["丙", 0.5], ["丁", 9]], hidden=[3], styles=styles)
    sheets = sheets_in(Path("年报"), content)
    assert [row[1] for row in sheets.rows("表")] == [437, "（已划去：438）", "50%", 9]
    assert sheets.hidden("表").rows == {3}


def test_a_cell_in_the_last_corner_of_a_binary_workbook_takes_no_memory():
    with pytest.raises(InputError, match="过大"):
        sheets_in(Path("年报"), binary_book([["甲", 1], ["乙", 2]], shift=(1_000_000, 16_000)))
