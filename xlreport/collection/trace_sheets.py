"""The sheets of a roll-up that say where each figure comes from: a row per unit, and over them the sum, as a formula over the column."""

from __future__ import annotations

from copy import copy
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.styles import PatternFill
from openpyxl.worksheet.pagebreak import Break

from xlreport.collection.contribution import Contribution
from xlreport.collection.rollup import Rollup
from xlreport.form.declaration import Cell, Table
from xlreport.form.figures import Figure
from xlreport.ooxml.addresses import letters
from xlreport.workbook import look, pen
from xlreport.workbook.cell_texts import lines_of, put_text
from xlreport.workbook.layout import Block, cell_at

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: What the row of sums is headed with.
SUM = "各单位之和"
#: The row below a sheet's title.
FIRST = 2
#: Rows of a trace: what a row of the form is, what a column of it is, the sum; the units come below.
_ROW_LABELS, _COLUMN_LABELS, _SUMS = FIRST, FIRST + 1, FIRST + 2
#: Widths in characters: of a unit's name, of a figure, and what an A4 page across holds at this scale, in percent.
_NAME_WIDTH, _FIGURE_WIDTH, _ACROSS, _SCALE = 30.0, 10.0, 170.0, 58


def draw_title(sheet: Worksheet, text: str) -> None:
    """Draw the title, in as many lines as ``text`` has, of one of the roll-up's own sheets."""
    lines = text.count("\n") + 1
    place = look.LEFT if lines > 1 else look.UNWRAPPED
    pen.draw(sheet, cell_at(sheet.title, 1, 1), text, font=look.TITLE, alignment=place)
    sheet.row_dimensions[1].height = lines * look.TITLE_HEIGHT


def draw_trace(sheet: Worksheet, table: Table, rollup: Rollup) -> dict[str, Block]:
    """Draw one table of the sum and of each unit into the empty ``sheet``; return the cells of the sums that are formulas, by key."""
    # Within the column of names: on paper that one is repeated on every page, and what reaches beyond it would be cut off.
    draw_title(sheet, f"{rollup.form.section(table.key).sheet}\n{SUM}与各单位")
    styles = _styles(sheet)
    _draw_labels(sheet, table, styles)
    first, last = _SUMS + 1, _SUMS + len(rollup.units)
    _draw_name(sheet, _SUMS, SUM, styles)
    sums: dict[str, Block] = {}
    for column, cell in enumerate(table.cells, 2):
        total = rollup.total[cell.key]
        _put(sheet, _SUMS, column, total, styles.shaded)
        if total is not None:
            letter = letters(column)
            sheet.cell(_SUMS, column).value = f"=SUM({letter}{first}:{letter}{last})"
            sums[cell.key] = cell_at(sheet.title, _SUMS, column)
    for row, unit in enumerate(rollup.units, first):
        _draw_name(sheet, row, _name(unit), styles)
        for column, cell in enumerate(table.cells, 2):
            _put(sheet, row, column, unit.figures.get(cell.key), styles.figure)
    _set_up(sheet, table)
    return sums


def _name(unit: Contribution) -> str:
    return unit.organisation or unit.path


def _labels(cell: Cell) -> tuple[str, str]:
    """What the row and the column of a figure are, in the words of the form; a form of one row has groups of columns instead."""
    row, column = (
        (cell.row_labels, cell.column_labels)
        if cell.row_labels
        else (cell.column_labels[:-1], cell.column_labels[-1:])
    )
    return "\n".join(row), "\n".join(column)


def _draw_labels(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    _put(sheet, _ROW_LABELS, 1, "单位", styles.label)
    _put(sheet, _COLUMN_LABELS, 1, "", styles.label)
    pen.merge(sheet, Block(sheet.title, _ROW_LABELS, 1, _COLUMN_LABELS, 1))
    column, deepest = 2, 2
    for text, cells in groupby(table.cells, lambda cell: _labels(cell)[0]):
        group = list(cells)
        for place, cell in enumerate(group, column):
            _put(sheet, _ROW_LABELS, place, text if place == column else "", styles.label)
            _put(sheet, _COLUMN_LABELS, place, _labels(cell)[1], styles.label)
        if len(group) > 1:
            pen.merge(sheet, Block(sheet.title, _ROW_LABELS, column, _ROW_LABELS, column + len(group) - 1))
        deepest = max(deepest, lines_of(text, _FIGURE_WIDTH * len(group)))
        column += len(group)
    sheet.row_dimensions[_ROW_LABELS].height = look.height_for(deepest)
    sheet.row_dimensions[_COLUMN_LABELS].height = look.height_for(
        max(lines_of(_labels(cell)[1], _FIGURE_WIDTH) for cell in table.cells)
    )


def _draw_name(sheet: Worksheet, row: int, name: str, styles: _Styles) -> None:
    _put(sheet, row, 1, name, styles.name)
    sheet.row_dimensions[row].height = look.height_for(lines_of(name, _NAME_WIDTH))


def _set_up(sheet: Worksheet, table: Table) -> None:
    """Keep labels and sums in sight, and set the paper so that every page holds whole groups of columns, which made to fit one page could not be read."""
    pen.set_widths(sheet, {1: _NAME_WIDTH} | dict.fromkeys(range(2, 2 + len(table.cells)), _FIGURE_WIDTH))
    sheet.freeze_panes = sheet.cell(_SUMS + 1, 2).coordinate
    pen.set_page(sheet, "landscape")
    sheet.sheet_properties.pageSetUpPr = None
    sheet.page_setup.scale = _SCALE
    sheet.print_title_rows = f"1:{_SUMS}"
    sheet.print_title_cols = f"{letters(1)}:{letters(1)}"
    sheet.sheet_properties.tabColor = look.READ_TAB
    room, column = int((_ACROSS - _NAME_WIDTH) / _FIGURE_WIDTH), 1
    left = room
    for _, cells in groupby(table.cells, lambda cell: _labels(cell)[0]):
        width = len(list(cells))
        if width > left and left < room:
            sheet.col_breaks.append(Break(column))
            left = room
        left -= width
        column += width


class _Styles(NamedTuple):
    """The styles of a table's cells, made once, which is much faster than to be set anew for every unit."""

    label: Any
    name: Any
    figure: Any
    shaded: Any


def _styles(sheet: Worksheet) -> _Styles:
    model: Any = sheet.cell(1, 1)
    kept = copy(model._style)
    model.border = look.GRID
    made = []
    for font, alignment, fill in (
        (look.LABEL, look.CENTRE, look.HEADER_TINT),
        (look.HEADING, look.CENTRE, look.HEADER_TINT),
        (look.FIGURE, look.SHRUNK, PatternFill()),
        (look.FIGURE, look.SHRUNK, look.CHECK_TINT),
    ):
        model.font, model.alignment, model.fill = font, alignment, fill
        made.append(copy(model._style))
    model._style = kept
    return _Styles(*made)


def _put(sheet: Worksheet, row: int, column: int, value: Figure, style: Any) -> None:
    # The style is shared and not copied: nothing changes it in these cells but a text that needs a sign of its own.
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell._style = copy(style)
        put_text(cell, value)
    else:
        cell._style = style
        cell.value = value
