"""The pen for the sheet 校验结果: draws a list of results into an empty openpyxl sheet."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from xlreport.findings import LEVEL_NAMES, Level
from xlreport.printable import holdable
from xlreport.workbook import look
from xlreport.workbook.dressing import dress
from xlreport.workbook.marks import TINTS
from xlreport.workbook.results import (
    ADVICE,
    CELL_KEYS,
    COLUMNS,
    DIFFERENCE,
    EXPLANATION,
    FIGURES,
    LEFT,
    LEVEL,
    NUMBER,
    PASSED,
    PLACE,
    RIGHT,
    RULE,
    RULE_ID,
    SHEET,
    UNCHECKED,
    ResultColumn,
    ResultList,
    ResultRow,
    packed,
)

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

#: Letter colours that go with the tints of the levels; explanations that no longer apply are grey.
LETTERS = {"error": "9C0006", "warning": "7F6000", None: "595959"}
OFF_TINT = "EDEDED"
LAPSED_TITLE = "已失效的审核说明（数据已变化或问题已消失，不再起作用；不需要的可以清空）"
HINT = "点“位置”跳到单元格；“审核说明”一栏由填报单位填写。本页每次审核时重新生成，只保留“审核说明”"

#: Where a text has what a workbook takes for the escape of a character.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_PIECES = re.compile("[!-~]+|.")
_FONT = "宋体"
_TITLE_ROW, _VERDICT_ROW, _HINT_ROW, _HEADING_ROW = 1, 2, 3, 4
_LINE_HEIGHT, _ROW_PADDING, _TALLEST = 15.0, 6.0, 405.0
_THIN = Side(style="thin", color="A6A6A6")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADING_FILL = PatternFill("solid", fgColor="D9E2F3")
_LINK = Font(name=_FONT, size=11, color="0563C1", underline="single")
_CENTRED = (NUMBER, LEVEL, LEFT, RIGHT, DIFFERENCE)
_LAST_SHOWN = sum(not column.hidden for column in COLUMNS)


def draw_results(sheet: Worksheet, results: ResultList = UNCHECKED) -> str:
    """Draw ``results`` into the empty ``sheet`` and return the list's absolute reference, heading row included (“$A$4:$L$9”)."""
    _page(sheet)
    title = f"{results.whose}政府信息公开工作年度报告{SHEET}" if results.whose else SHEET
    _banner(sheet, _TITLE_ROW, title, Font(name="黑体", size=16, bold=True), 28)
    _banner(sheet, _VERDICT_ROW, results.verdict, Font(name=_FONT, size=11, bold=True), 22)
    _banner(sheet, _HINT_ROW, HINT, Font(name=_FONT, size=10, color="595959"), 20)
    for column, declared in enumerate(COLUMNS, 1):
        cell = sheet.cell(_HEADING_ROW, column, declared.heading)
        cell.font, cell.fill, cell.border = Font(name="黑体", size=11), _HEADING_FILL, _GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[_HEADING_ROW].height = 24
    row = _HEADING_ROW
    for number, result in enumerate(results.rows, 1):
        row += 1
        _line(sheet, row, result)
        sheet.cell(row, 1).value = number
    if not results.rows:
        row += 1
        _banner(
            sheet, row, results.verdict if results == UNCHECKED else PASSED, Font(name=_FONT, size=11), 26
        )
    if results.lapsed:
        row += 1
        _banner(sheet, row, LAPSED_TITLE, Font(name="黑体", size=11, color=LETTERS[None]), 28)
    for result in results.lapsed:
        row += 1
        _line(sheet, row, result)
    return f"$A${_HEADING_ROW}:${get_column_letter(len(COLUMNS))}${row}"


def _page(sheet: Worksheet) -> None:
    for column, declared in enumerate(COLUMNS, 1):
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.hidden = declared.width, declared.hidden
    sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, 1).coordinate
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_options.horizontalCentered = True
    # A list that is handed over is signed and dated.
    footer = sheet.oddFooter
    footer.left.text = "填报人：　　　　　　　　审核人："  # type: ignore[union-attr]
    footer.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
    footer.right.text = "打印日期：&D"  # type: ignore[union-attr]
    # Protected without a password; what helps in reading the list stays allowed.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False


def _banner(sheet: Worksheet, row: int, text: str, font: Font, height: float) -> None:
    """One text over the whole width of the list."""
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=_LAST_SHOWN)
    cell = sheet.cell(row, 1)
    put_text(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    width = sum(column.width for column in COLUMNS if not column.hidden)
    sheet.row_dimensions[row].height = max(height, _ROW_PADDING + _LINE_HEIGHT * lines_of(text, width))


def _line(sheet: Worksheet, row: int, result: ResultRow) -> None:
    texts = {
        NUMBER: "",
        LEVEL: LEVEL_NAMES[result.level] if result.level else "已失效",
        RULE: result.rule,
        PLACE: result.place,
        ADVICE: result.advice,
        EXPLANATION: result.explanation,
        RULE_ID: result.rule_id,
        CELL_KEYS: packed(result.cells),
        FIGURES: packed(result.figures),
    }
    numbers = {LEFT: result.left, RIGHT: result.right, DIFFERENCE: result.difference}
    for column, declared in enumerate(COLUMNS, 1):
        cell = sheet.cell(row, column)
        if declared in texts:
            put_text(cell, texts[declared])
        else:
            cell.value = _number(numbers[declared])
        dress(cell, **_look(declared, result.level, result.open))
    if result.target:
        _link(sheet.cell(row, COLUMNS.index(PLACE) + 1), result)
    tallest = max(lines_of(text, column.width) for column, text in texts.items() if not column.hidden)
    sheet.row_dimensions[row].height = min(_TALLEST, _ROW_PADDING + _LINE_HEIGHT * tallest)


def _number(value: int | Decimal | None) -> int | float | None:
    # A number beyond a double's digits would be shown rounded; as in the cells of the report itself.
    return None if value is None else int(value) if value == int(value) else float(value)


@cache
def _look(declared: ResultColumn, level: Level | None, open: bool) -> dict[str, object]:
    """How a cell of a line looks: one for all lines of a kind."""
    tint, colour = TINTS[level] if level else OFF_TINT, LETTERS[level]
    across = "center" if declared in _CENTRED else "left"
    found: dict[str, object] = {
        "border": _GRID,
        "alignment": Alignment(horizontal=across, vertical="center", wrap_text=not declared.hidden),
        "font": Font(name=_FONT, size=11, color=None if level else colour),
    }
    if declared is LEVEL:
        font = Font(name=_FONT, size=11, bold=True, color=colour)
        return {**found, "font": font, "fill": PatternFill("solid", fgColor=tint)}
    if declared is EXPLANATION and open:
        return {**found, "fill": look.INPUT_TINT, "protection": look.OPEN}
    if declared is EXPLANATION:
        # Grey says that nothing can be typed: this error has to be mended.
        return {**found, "fill": PatternFill("solid", fgColor=OFF_TINT)}
    return found


def _link(cell: Cell | MergedCell, result: ResultRow) -> None:
    name, _, address = result.target.rpartition("!")
    # quote_sheetname doubles quotes; without the quotes a name with “、” or a blank is not followed.
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, location=f"{quote_sheetname(name)}!{address}", display=result.place
    )
    dress(cell, font=_LINK)


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write ``text`` as text, also where it begins like a formula or holds characters that a workbook cannot."""
    held = escaped(holdable(text))
    cell.value = held or None
    if held[:1] in ("=", "+", "-", "@"):
        cell.data_type = "s"
        cell.quotePrefix = True  # else the program makes it a formula when the cell is next edited


def escaped(text: str) -> str:
    """Return the text as openpyxl has to write it: what looks like the escape of a character (“_x0041_”) is itself escaped."""
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def lines_of(text: str, width: float) -> int:
    """Return how many lines ``text`` takes in a column of ``width`` characters; a Chinese character is as wide as two."""
    room = max(2.0, width - 2)
    return sum(_wrapped(paragraph, room) for paragraph in text.splitlines() or [""])


def _wrapped(paragraph: str, room: float) -> int:
    """The lines of a paragraph; a sum (“1+4+16=21”) is not broken while it fits a line, as no program breaks it."""
    lines, used = 1, 0.0
    for piece in _PIECES.findall(paragraph):
        breadth = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in piece)
        if used + breadth > room and used:
            lines, used = lines + 1, 0.0
        more = max(0, math.ceil(breadth / room) - 1)
        lines, used = lines + more, used + breadth - more * room
    return lines
