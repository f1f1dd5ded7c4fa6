"""The pen for the sheet 校验结果: draws a list of results into an empty openpyxl sheet."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from xlreport.findings import LEVEL_NAMES, Level
from xlreport.ooxml.addresses import letters, quoted
from xlreport.workbook import look, pen
from xlreport.workbook.cell_texts import lines_of, put_text
from xlreport.workbook.dressing import dress
from xlreport.workbook.layout import Block, cell_at
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
    from openpyxl.worksheet.worksheet import Worksheet

#: Letter colours that go with the tints of the levels; explanations that no longer apply are grey.
LETTERS = {"error": "9C0006", "warning": "7F6000", None: "595959"}
OFF_TINT = "EDEDED"
LAPSED_TITLE = "已失效的审核说明（数据已变化或问题已消失，不再起作用；不需要的可以清空）"
HINT = "点“位置”跳到单元格；“审核说明”一栏由填报单位填写。本页每次审核时重新生成，只保留“审核说明”"

_TITLE_ROW, _VERDICT_ROW, _HINT_ROW, _HEADING_ROW = 1, 2, 3, 4
_TITLE, _BOLD = (
    Font(name=look.HEADING_FONT, size=16, bold=True),
    Font(name=look.LIST_FONT, size=11, bold=True),
)
_SMALL = Font(name=look.LIST_FONT, size=10, color=LETTERS[None])
_LAPSED = Font(name=look.HEADING_FONT, size=11, color=LETTERS[None])
_LINK = Font(name=look.LIST_FONT, size=11, color=look.LINK.color, underline="single")
_CENTRED = (NUMBER, LEVEL, LEFT, RIGHT, DIFFERENCE)
_LAST_SHOWN = sum(not column.hidden for column in COLUMNS)


def draw_results(sheet: Worksheet, results: ResultList = UNCHECKED) -> str:
    """Draw ``results`` into the empty ``sheet`` and return the list's absolute reference, heading row included (“$A$4:$L$9”)."""
    _set_up(sheet)
    title = f"{results.whose}政府信息公开工作年度报告{SHEET}" if results.whose else SHEET
    _banner(sheet, _TITLE_ROW, title, _TITLE, 28)
    _banner(sheet, _VERDICT_ROW, results.verdict, _BOLD)
    _banner(sheet, _HINT_ROW, HINT, _SMALL)
    for column, declared in enumerate(COLUMNS, 1):
        place = cell_at(sheet.title, _HEADING_ROW, column)
        pen.draw(
            sheet,
            place,
            declared.heading,
            font=look.HEADING,
            border=look.LIST_GRID,
            fill=look.LIST_HEADER_TINT,
        )
    row = _HEADING_ROW
    for number, result in enumerate(results.rows, 1):
        row += 1
        _line(sheet, row, result)
        sheet.cell(row, 1).value = number
    if not results.rows:
        row += 1
        _banner(sheet, row, results.verdict if results == UNCHECKED else PASSED, look.LISTED)
    if results.lapsed:
        row += 1
        _banner(sheet, row, LAPSED_TITLE, _LAPSED)
    for result in results.lapsed:
        row += 1
        _line(sheet, row, result)
    return f"$A${_HEADING_ROW}:${letters(len(COLUMNS))}${row}"


def _set_up(sheet: Worksheet) -> None:
    pen.set_widths(sheet, {column: declared.width for column, declared in enumerate(COLUMNS, 1)})
    for column, declared in enumerate(COLUMNS, 1):
        sheet.column_dimensions[letters(column)].hidden = declared.hidden
    sheet.row_dimensions[_HEADING_ROW].height = look.ROW_HEIGHT
    sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, 1).coordinate
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    pen.set_page(sheet, "landscape")
    # A list that is handed over is signed and dated.
    sheet.oddFooter.left.text = "填报人：　　　　　　　　审核人："  # type: ignore[union-attr]
    sheet.oddFooter.right.text = "打印日期：&D"  # type: ignore[union-attr]
    pen.protect(sheet)


def _banner(sheet: Worksheet, row: int, text: str, font: Font, height: float = 0) -> None:
    """One text over the whole width of the list."""
    cell = pen.draw(sheet, Block(sheet.title, row, 1, row, _LAST_SHOWN), font=font, alignment=look.LEFT)
    put_text(cell, text)
    width = sum(column.width for column in COLUMNS if not column.hidden)
    sheet.row_dimensions[row].height = max(height, look.height_for(lines_of(text, width)))


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
        name, _, address = result.target.rpartition("!")
        cell = sheet.cell(row, COLUMNS.index(PLACE) + 1)
        # Without quotes a name with “、” or a blank is not followed.
        location = f"{quoted(name)}!{address}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=result.place)
        dress(cell, font=_LINK)
    tallest = max(lines_of(text, column.width) for column, text in texts.items() if not column.hidden)
    sheet.row_dimensions[row].height = look.height_for(tallest)


def _number(value: int | Decimal | None) -> int | float | None:
    # A number beyond a double's digits would be shown rounded; as in the cells of the report itself.
    return None if value is None else int(value) if value == int(value) else float(value)


@cache
def _look(declared: ResultColumn, level: Level | None, open: bool) -> dict[str, object]:
    """How a cell of a line looks: one for all lines of a kind."""
    tint, colour = TINTS[level] if level else OFF_TINT, LETTERS[level]
    place = look.CENTRE if declared in _CENTRED else look.UNWRAPPED if declared.hidden else look.LEFT
    found: dict[str, object] = {
        "border": look.LIST_GRID,
        "alignment": place,
        "font": look.LISTED if level else Font(name=look.LIST_FONT, size=11, color=colour),
    }
    if declared is LEVEL:
        font = Font(name=look.LIST_FONT, size=11, bold=True, color=colour)
        return {**found, "font": font, "fill": PatternFill("solid", fgColor=tint)}
    if declared is EXPLANATION and open:
        return {**found, "fill": look.INPUT_TINT, "protection": look.OPEN}
    if declared is EXPLANATION:
        # Grey says that nothing can be typed: this error has to be mended.
        return {**found, "fill": PatternFill("solid", fgColor=OFF_TINT)}
    return found
