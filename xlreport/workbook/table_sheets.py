"""The pen for tables: this year's on their sheets with check cells, last year's on one sheet without."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from xlreport.form.declaration import Table, short
from xlreport.form.figures import Unit
from xlreport.form.grid import Role
from xlreport.ooxml.addresses import letters
from xlreport.rules.completeness import LARGEST
from xlreport.workbook import look, pen
from xlreport.workbook.check_lines import CheckLines, lines_of
from xlreport.workbook.formulas import (
    check_formula,
    filled_formula,
    line_formula,
    problems_formula,
    summary_formula,
    unread_formula,
)
from xlreport.workbook.layout import (
    LAST_YEAR,
    SUMMARY_ROW,
    UNIT_ROW,
    Block,
    Layout,
    TablePlace,
    cell_at,
    last_year_width,
)
from xlreport.workbook.names import PREVIOUS_FIELDS
from xlreport.workbook.results import SHEET as RESULTS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: Columns of row labels: the outermost (set upright), those between, the innermost; and one that stands alone.
_OUTERMOST, _BETWEEN, _INNERMOST, _ALONE = 5.0, 10.0, 32.0, 26.0
_FIGURE_WIDTHS = {"rows": 9.0, "blocks": 21.0, "line": 10.5}
_CHECK_WIDTH = 14.0
_ORIENTATIONS: dict[str, Literal["portrait", "landscape"]] = {
    "rows": "portrait",
    "blocks": "landscape",
    "line": "landscape",
}
_ROLE_STYLES = {
    Role.TITLE: (look.HEADING, look.CENTRE, look.HEADER_TINT),
    Role.NOTE: (look.LABEL, look.CENTRE, look.HEADER_TINT),
    Role.HEADER: (look.HEADING, look.CENTRE, look.HEADER_TINT),
    Role.LABEL: (look.LABEL, look.LEFT, None),
    Role.FIGURE: (look.FIGURE, look.SHRUNK, None),
}
_ADVICE = "没有发生的填 0，不留空白"
#: What may be filled in, by unit.
_ADMITTED = {
    Unit.COUNT: "大于或等于 0 的整数",
    Unit.MONEY: "大于或等于 0 的数，可以有小数",
    Unit.CHANGE: "整数，减少的填负数",
}


def draw_table(sheet: Worksheet, place: TablePlace, layout: Layout) -> None:
    """Draw a table of this year with its check cells and summary into its empty sheet."""
    section, lines = layout.form.section(place.table.key), lines_of(place, layout)
    widths = _widths(place)
    pen.set_widths(sheet, widths)
    last = place.last_column
    pen.draw_title(sheet, section.heading, last)
    banner = Block(place.sheet, SUMMARY_ROW, 1, SUMMARY_ROW, last)
    cell = pen.draw(sheet, banner, summary_formula(place, lines), font=look.SUMMARY, alignment=look.LEFT)
    # From what is wrong to the list that explains it.
    pen.lead(cell, cell_at(RESULTS, 1, 1))
    pen.colour_marks(sheet, cell_at(place.sheet, SUMMARY_ROW, 1))
    room = sum(widths[column] for column in range(1, place.filled.column)) or widths[1]
    lines_above = pen.lines_in(unit_line(place.table), room)
    heights = {SUMMARY_ROW: look.height_for(2), UNIT_ROW: look.height_for(lines_above)}
    unit = Block(place.sheet, UNIT_ROW, 1, UNIT_ROW, max(1, place.filled.column - 1))
    pen.draw_remark(sheet, unit, unit_line(place.table))
    _draw_filled(sheet, place)
    _draw_grid(sheet, place)
    _draw_checks(sheet, place, layout)
    _draw_words(sheet, place, lines)
    _tint_blanks(sheet, place)
    pen.set_heights(sheet, heights | _heights(place, widths))
    header = place.grid.header_rows
    frozen = 1 + place.grid.label_columns if header else 1
    sheet.freeze_panes = cell_at(place.sheet, place.top + header, frozen).corner
    if header:
        sheet.print_title_rows = f"{place.top}:{place.top + header - 1}"
    pen.set_page(sheet, _ORIENTATIONS[place.table.layout], pages_high=1)
    sheet.print_area = Block(place.sheet, 1, 1, place.last_row, last).reference
    pen.protect(sheet)
    sheet.sheet_properties.tabColor = look.INPUT_TAB


def draw_last_year(sheet: Worksheet, layout: Layout) -> None:
    """Draw last year's tables, one below the other, into the empty sheet 上年数."""
    widest = max(place.last_column for place in layout.previous)
    deepest = max(layout.previous, key=lambda place: place.grid.label_columns)
    widths = dict.fromkeys(range(1, widest + 1), _FIGURE_WIDTHS["rows"]) | _label_widths(deepest)
    pen.set_widths(sheet, widths)
    right = last_year_width(layout.previous)
    pen.draw_title(sheet, LAST_YEAR, right)
    advice = "填上一年度报告中已公布的数，用于与本年数核对；没有上年报告的整页留空"
    pen.draw_remark(sheet, Block(LAST_YEAR, SUMMARY_ROW, 1, SUMMARY_ROW, right), advice)
    heights = {SUMMARY_ROW: look.SUMMARY_HEIGHT}
    for field, label in PREVIOUS_FIELDS.items():
        block = layout.fields[field]
        heights[block.row] = look.ROW_HEIGHT
        pen.draw_heading(sheet, Block(LAST_YEAR, block.row, 1, block.row, block.column - 1), label)
        pen.draw(sheet, block, alignment=look.LEFT, border=look.GRID)
        pen.open_for_input(sheet, block)
    for place in layout.previous:
        title = layout.form.section(place.table.key).heading
        block = Block(LAST_YEAR, place.top - 1, 1, place.top - 1, place.filled.column - 1)
        pen.draw(sheet, block, f"上年：{title}", font=look.SUMMARY, alignment=look.LEFT)
        heights[block.row] = look.SUMMARY_HEIGHT
        if place is not layout.previous[0]:
            sheet.row_breaks.append(Break(place.top - 2))
        _draw_filled(sheet, place)
        _draw_grid(sheet, place)
        heights |= _heights(place, widths)
    pen.set_heights(sheet, heights)
    sheet.freeze_panes = cell_at(LAST_YEAR, SUMMARY_ROW, 1).corner
    pen.set_page(sheet, "landscape")
    pen.protect(sheet)
    sheet.sheet_properties.tabColor = look.INPUT_TAB


def unit_line(table: Table) -> str:
    """Return what is said above a table: its unit, what is filled in, and what is special about a row or column.

    It stands here, since the hint that a spreadsheet shows at a cell covers the cells that are filled in next.
    """
    units = list(dict.fromkeys(cell.unit for cell in table.cells))
    noted = "（另有注明的除外）" if len(units) > 1 else ""
    admitted = "；".join(f"{_word(unit, table)}填{_ADMITTED[unit]}" for unit in units)
    special: dict[str, dict[str, None]] = {}
    for cell in table.cells:
        if cell.hint:
            label = cell.row_labels[-1] if cell.row_labels else cell.column_labels[-1]
            special.setdefault(cell.hint, {})[f"“{short(label)}”"] = None
    notes = "".join(f"；{'、'.join(labels)}：{said}" for said, labels in special.items())
    return f"单位：{table.counted}{noted}。{admitted}；{_ADVICE}{notes}"


def _word(unit: Unit, table: Table) -> str:
    return table.counted if unit is Unit.COUNT else unit.value


def _draw_filled(sheet: Worksheet, place: TablePlace) -> None:
    cell = pen.draw(sheet, place.filled, filled_formula(place), font=look.SMALL, alignment=look.SHRUNK)
    cell.number_format = f'"已填 "0" / {len(place.grid.figures)} 格"'


def _draw_grid(sheet: Worksheet, place: TablePlace) -> None:
    inputs: dict[Unit, list[Block]] = {}
    declared = {cell.key: cell for cell in place.table.cells}
    for cell in place.grid.cells:
        block = place.place(cell)
        font, alignment, fill = _ROLE_STYLES[cell.role]
        if cell.role is Role.LABEL and cell.row_span > 1:
            alignment = look.UPRIGHT if cell.column == 0 and place.grid.label_columns > 1 else look.CENTRE
        drawn = pen.draw(
            sheet, block, cell.text or None, font=font, alignment=alignment, border=look.GRID, fill=fill
        )
        if cell.key:
            unit = declared[cell.key].unit
            inputs.setdefault(unit, []).append(block)
            pen.open_for_input(sheet, block)
            drawn.number_format = "General" if unit is Unit.MONEY else "0"
    for unit, blocks in inputs.items():
        _restrict(sheet, unit, _word(unit, place.table), blocks)


def _restrict(sheet: Worksheet, unit: Unit, word: str, blocks: Iterable[Block]) -> None:
    """Admit only figures of that unit, with an explanation on refusal."""
    kind: Literal["whole", "decimal"] = "decimal" if unit is Unit.MONEY else "whole"
    least = str(-LARGEST) if unit is Unit.CHANGE else "0"
    rule = DataValidation(
        type=kind,
        operator="greaterThanOrEqual",
        formula1=least,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="填的不是应填的数",
        error=f"这里只能填{_ADMITTED[unit]}，单位是{word}，不带单位、逗号和空格；{_ADVICE}。",
    )
    for block in blocks:
        pen.admit(rule, block)
    sheet.add_data_validation(rule)


def _draw_checks(sheet: Worksheet, place: TablePlace, layout: Layout) -> None:
    for caption in place.captions:
        pen.draw(
            sheet,
            caption.place,
            caption.text,
            font=look.HEADING,
            border=look.FAINT_GRID,
            fill=look.CHECK_TINT,
        )
    hints: dict[str, DataValidation] = {}
    for check in place.checks:
        formula = check_formula(check.balance, check.balance.rule, layout, place.sheet)
        pen.draw(
            sheet, check.place, formula, alignment=look.SHRUNK, border=look.FAINT_GRID, fill=look.CHECK_TINT
        )
        rule = check.balance.rule
        if rule.id not in hints:
            hints[rule.id] = pen.hint("审核公式", rule.statement)
            sheet.add_data_validation(hints[rule.id])
        pen.admit(hints[rule.id], check.place)
    for block in _joined(check.place for check in place.checks):
        pen.colour_marks(sheet, block)


def _draw_words(sheet: Worksheet, place: TablePlace, lines: CheckLines) -> None:
    """Draw the cells beside the table that say what its check cells found."""
    words = {lines.unread: unread_formula(place)} | {line.place: line_formula(line) for line in lines.lines}
    for block, formula in words.items():
        pen.draw(sheet, block, formula, font=look.SMALL, alignment=look.UNWRAPPED)
    # The banner shows it.
    pen.draw(sheet, lines.problems, problems_formula(lines)).number_format = ";;;"


def _tint_blanks(sheet: Worksheet, place: TablePlace) -> None:
    """Tint what is still blank once most cells of the table are filled."""
    figures = [place.place(cell) for cell in place.grid.figures.values()]
    most = f"${letters(place.filled.column)}${place.filled.row}*2>{len(figures)}"
    for block in _joined(figures):
        pen.colour_where(sheet, block, f'AND({most},{block.corner}="")', look.STILL_BLANK)


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """Join blocks that continue each other downwards or to the right, so that one format covers them."""
    joined: list[Block] = []
    for block in sorted(blocks):
        last = joined[-1] if joined else None
        if last and last.row == block.row == last.last_row and last.last_column == block.column - 1:
            joined[-1] = last._replace(last_column=block.last_column)
        else:
            joined.append(block)
    stacked: list[Block] = []
    for block in sorted(joined, key=lambda block: (block.column, block.row)):
        last = stacked[-1] if stacked else None
        if (
            last
            and last._replace(row=block.row, last_row=block.last_row) == block
            and last.last_row == block.row - 1
        ):
            stacked[-1] = last._replace(last_row=block.last_row)
        else:
            stacked.append(block)
    return stacked


def _label_widths(place: TablePlace) -> dict[int, float]:
    depth = place.grid.label_columns
    if depth < 2:
        return {1: _ALONE} if depth else {}
    return {1: _OUTERMOST} | dict.fromkeys(range(2, depth), _BETWEEN) | {depth: _INNERMOST}


def _widths(place: TablePlace) -> dict[int, float]:
    labels, figure = _label_widths(place), _FIGURE_WIDTHS[place.table.layout]
    columns = range(1, place.shift + place.grid.width + 1)
    checks = range(place.shift + place.grid.width + 1, place.last_column + 1)
    return {column: labels.get(column, figure) for column in columns} | dict.fromkeys(checks, _CHECK_WIDTH)


def _heights(place: TablePlace, widths: dict[int, float]) -> dict[int, float]:
    """Return the height of each row of the grid and of the check lines, so that no text is clipped."""
    heights = dict.fromkeys(range(place.top, place.last_row + 1), look.ROW_HEIGHT)
    for cell in sorted(place.grid.cells, key=lambda cell: cell.row_span):
        block = place.place(cell)
        room = sum(widths[column] for column in range(block.column, block.last_column + 1))
        rows = range(block.row, block.last_row + 1)
        needed = look.height_for(pen.lines_in(cell.text, room)) if cell.text else 0.0
        lacking = needed - sum(heights[row] for row in rows)
        if lacking > 0:
            for row in rows:
                heights[row] += lacking / len(rows)
    return heights
