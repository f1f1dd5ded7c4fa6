"""How the workbooks of the attempts are made: the standard workbook, edited in its XML, and workbooks of another layout."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.strangers.bases import EXAMPLE, FEE_HEADER, example_parts, packed, replaced

Make = Callable[[Path], object]

TWO, THREE, FOUR = "xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml", "xl/worksheets/sheet6.xml"
TITLES = {TWO: "二、主动公开", THREE: "三、依申请公开", FOUR: "四、行政复议和行政诉讼"}
#: Address of 行政处罚 and of the fee in the standard workbook.
AT, FEE_AT = "B13", "B17"


def cell_xml(sheet: str, at: str) -> str:
    match = re.search(rf'<c r="{at}"[^>]*?(?:/>|>.*?</c>)', sheet, re.S)
    assert match is not None, at
    return match[0]


def style_of(cell: str) -> str:
    match = re.search(r' s="(\d+)"', cell)
    return match[0] if match else ""


def edited(
    *,
    at: str = AT,
    part: str = TWO,
    new: Callable[[str], str] | None = None,
    sheet: Callable[[str], str] | None = None,
    parts: Callable[[dict[str, bytes]], object] | None = None,
) -> Make:
    """The standard workbook, one cell's XML, one sheet's XML, or its parts changed."""

    def make(path: Path) -> None:
        held = example_parts()
        text = held[part].decode()
        if new is not None:
            old = cell_xml(text, at)
            text = replaced(text, old, new(old))
        if sheet is not None:
            text = sheet(text)
        held[part] = text.encode()
        if parts is not None:
            parts(held)
        packed(held, path)

    return make


def inline(at: str, text: str, style: str = "") -> str:
    return f'<c r="{at}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def number(at: str, value: str, style: str = "") -> str:
    return f'<c r="{at}"{style}><v>{value}</v></c>'


def standard(text: str) -> Make:
    """The standard workbook with a text in the place of 437."""
    return edited(new=lambda old: inline(AT, text, style_of(old)))


def saved(change: Callable[[Workbook], object]) -> Make:
    """The standard workbook, changed by openpyxl as another program would."""

    def make(path: Path) -> None:
        book = openpyxl.load_workbook(EXAMPLE)
        change(book)
        book.save(path)

    return make


def sheet_of(book: Workbook) -> Worksheet:
    return book[TITLES[TWO]]


def layout(
    change: Callable[[Workbook], object] | None = None,
    *,
    cell: object = 437,
    fee: object = 0,
    fee_header: str = FEE_HEADER,
    unit: str = "",
) -> Make:
    """A workbook of no known layout: the report as it is printed, on one sheet."""

    def make(path: Path) -> None:
        from tests.strangers.texts import lines

        book = openpyxl.Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = "年报"
        at = 0
        first = True
        for block in lines():
            if isinstance(block, str):
                at += 1
                sheet.cell(at, 1, block)
                continue
            if unit and first:
                at += 1
                sheet.cell(at, 1, unit)
            first = False
            for row in block:
                at += 1
                for column, text in enumerate(row, 1):
                    value: object = int(text) if text.isdigit() else text or None
                    if column == 2 and row[0] == "行政处罚":
                        value = cell
                    if column == 2 and row[0] == "行政事业性收费":
                        value = fee
                    if text == FEE_HEADER:
                        value = fee_header
                    put = sheet.cell(at, column)
                    put.value = value  # type: ignore[assignment]
                    if isinstance(value, str):
                        put.data_type = "s"
        if change is not None:
            change(book)
        try:
            book.save(path)
        except ValueError:
            raise AssertionError("not to be written") from None

    return make


def printed(cell: str = "437", *, fee: str = "0", fee_header: str = FEE_HEADER, unit: str = "") -> Make:
    """A workbook of another layout, its figures written as the texts given."""
    return layout(cell=cell, fee=fee, fee_header=fee_header, unit=unit)


def place(book: Workbook, label: str = "行政处罚") -> tuple[Worksheet, int]:
    """Sheet and row of a label in a workbook of another layout."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_col=3):
            for cell in row:
                if cell.value == label:
                    return sheet, cell.row
    raise AssertionError(label)


def resaved(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {name: package.read(name) for name in package.namelist()}
