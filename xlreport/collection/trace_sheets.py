"""The sheets of a roll-up that say where each figure comes from: the sum and every unit, table by table."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.pagebreak import Break

from xlreport.collection.contribution import Contribution
from xlreport.collection.rollup import Rollup
from xlreport.errors import OutputError
from xlreport.form.declaration import Table
from xlreport.form.figures import Figure
from xlreport.form.grid import Grid, GridCell, Role, grid_of
from xlreport.ooxml.addresses import letters
from xlreport.workbook import look
from xlreport.workbook.layout import Block, cell_at
from xlreport.workbook.pen import draw, merge, set_page, set_widths
from xlreport.workbook.results_sheet import lines_of, put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: What the block of sums is headed with.
SUM = "各单位之和"
#: The row below a sheet's title.
FIRST = 2
_WIDEST = 16_384
#: Width of a column of figures in characters; what an A4 page holds: characters across, points down.
_FIGURE_WIDTH = 12.0
_PAGES = {"portrait": (72.0, 720.0), "landscape": (112.0, 480.0)}
_TITLE_PLACE = Alignment(horizontal="left", vertical="center")


def draw_title(sheet: Worksheet, text: str) -> None:
    """Draw the title of one of the roll-up's own sheets."""
    draw(sheet, cell_at(sheet.title, 1, 1), text, font=look.TITLE, alignment=_TITLE_PLACE)
    sheet.row_dimensions[1].height = look.TITLE_HEIGHT


def draw_trace(sheet: Worksheet, table: Table, rollup: Rollup, target: Path) -> None:
    """Draw one table of the sum and of each unit into the empty ``sheet``; raises ``OutputError`` where the units do not fit on it."""
    draw_title(sheet, f"{rollup.form.section(table.key).sheet}：{SUM}与各单位")
    if table.layout == "line":
        _down(sheet, grid_of(table), rollup)
    else:
        _across(sheet, table, rollup, target)
    sheet.sheet_properties.tabColor = look.READ_TAB


def _blocks(rollup: Rollup) -> list[tuple[str, dict[str, Any]]]:
    """The sum, then each unit: name and figures by key."""
    return [(SUM, dict(rollup.total)), *((_name(unit), dict(unit.figures)) for unit in rollup.units)]


def _name(unit: Contribution) -> str:
    return unit.organisation or unit.path


def _across(sheet: Worksheet, table: Table, rollup: Rollup, target: Path) -> None:
    """One block of columns per unit, right of the labels and the block of sums."""
    grid, blocks = grid_of(table), _blocks(rollup)
    labels, width = grid.label_columns, grid.width - grid.label_columns
    if labels + width * len(blocks) > _WIDEST:
        raise OutputError(target, f"{len(rollup.units)} 个单位在一张工作表里放不下", "请分批汇总")
    top, styles = FIRST + 1, _styles(sheet)
    for cell in grid.cells:
        if cell.column < labels:
            place = _Place(
                top + cell.row, 1 + cell.column, cell.row_span, min(cell.column_span, labels - cell.column)
            )
            _put(sheet, place, cell.text, styles.label)
    heads = [
        (_place(cell, top, 1), cell.text)
        for cell in grid.cells
        if cell.column >= labels and not cell.key and cell.role is not Role.TITLE
    ]
    figure_places = [(_place(cell, top, 1)._replace(rows=1), key) for key, cell in grid.figures.items()]
    for number, (name, figures) in enumerate(blocks):
        right = number * width
        _put(sheet, _Place(FIRST, 1 + labels + right, 1, width), name, styles.name)
        for place, text in heads:
            _put(sheet, place.moved(right), text, styles.label)
        look_of_figure = styles.figure if number % 2 else styles.shaded
        for place, key in figure_places:
            _put(sheet, place.moved(right), figures.get(key), look_of_figure)
    label_widths = {column: 24.0 if column == labels else 8.0 for column in range(1, labels + 1)}
    set_widths(sheet, label_widths)
    set_widths(sheet, {labels + 1 + column: _FIGURE_WIDTH for column in range(width * len(blocks))})
    for row in range(grid.height):
        deepest = [
            cell.text
            for cell in grid.cells
            if cell.row == row and cell.role is Role.LABEL and cell.column_span + cell.column == labels
        ]
        sheet.row_dimensions[top + row].height = look.height_for(
            max([lines_of(text, 24) for text in deepest], default=1)
        )
    sheet.row_dimensions[FIRST].height = look.height_for(2)
    # The labels alone: with the sums beside them, a small screen would have room for one unit.
    sheet.freeze_panes = sheet.cell(top + grid.header_rows, 1 + labels).coordinate
    sheet.print_title_rows = f"{FIRST}:{top + max(0, grid.header_rows - 1)}"
    sheet.print_title_cols = f"{letters(1)}:{letters(labels)}"
    _units_on_pages(sheet, sum(label_widths.values()), width, len(blocks))


def _units_on_pages(sheet: Worksheet, labels: float, width: int, blocks: int) -> None:
    """Set the paper so that each page holds all rows of whole units: hundreds of them made to fit one page could not be read."""
    tall = sum(dimension.height or 0 for dimension in sheet.row_dimensions.values())
    orientation: Literal["portrait", "landscape"] = (
        "portrait" if tall > _PAGES["landscape"][1] else "landscape"
    )
    across, down = _PAGES[orientation]
    set_page(sheet, orientation)
    sheet.sheet_properties.pageSetUpPr = None
    scale = min(1.0, across / (labels + _FIGURE_WIDTH * width), down / tall)
    sheet.page_setup.scale = int(scale * 100)
    together = max(1, int((across / scale - labels) / (_FIGURE_WIDTH * width)))
    columns_before = sheet.max_column - width * blocks
    for number in range(together, blocks, together):
        sheet.col_breaks.append(Break(columns_before + width * number))


def _down(sheet: Worksheet, grid: Grid, rollup: Rollup) -> None:
    """A table of a single row of figures: one row per unit, the sum on top."""
    styles = _styles(sheet)
    for cell in grid.cells:
        if not cell.key:
            _put(sheet, _place(cell, FIRST, 2), cell.text, styles.label)
    last = FIRST + grid.header_rows - 1
    _put(sheet, _Place(FIRST, 1, grid.header_rows, 1), "单位", styles.label)
    for number, (name, figures) in enumerate(_blocks(rollup)):
        row = last + 1 + number
        _put(sheet, _Place(row, 1), name, styles.name)
        for key, cell in grid.figures.items():
            _put(
                sheet,
                _Place(row, 2 + cell.column),
                figures.get(key),
                styles.figure if number else styles.shaded,
            )
        sheet.row_dimensions[row].height = look.height_for(lines_of(name, 30))
    for row in range(FIRST, last + 1):
        sheet.row_dimensions[row].height = look.height_for(2)
    set_widths(sheet, {1: 30.0} | {2 + column: 10.0 for column in range(grid.width)})
    sheet.freeze_panes = sheet.cell(last + 2, 2).coordinate
    set_page(sheet, "landscape")
    sheet.print_title_rows = f"{FIRST}:{last}"


class _Place(NamedTuple):
    """Where a cell lies, and over how many rows and columns."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    def moved(self, right: int) -> _Place:
        """Return the place that many columns to the right."""
        return _Place(self.row, self.column + right, self.rows, self.columns)


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


def _place(cell: GridCell, top: int, left: int) -> _Place:
    """Return where a cell of the grid lies on a sheet that has the grid's first row and column there."""
    return _Place(top + cell.row, left + cell.column, cell.row_span, cell.column_span)


def _put(sheet: Worksheet, place: _Place, value: Figure, style: Any) -> None:
    # The style is shared and not copied: nothing changes it in these cells but a text that needs a sign of its own.
    covered: Any = None
    for row in range(place.row, place.row + place.rows):
        for column in range(place.column, place.column + place.columns):
            covered = sheet.cell(row, column)
            covered._style = style
    if covered.row != place.row or covered.column != place.column:
        merge(sheet, Block(sheet.title, place.row, place.column, covered.row, covered.column))
    cell: Any = sheet.cell(place.row, place.column)
    if isinstance(value, str):
        cell._style = copy(style)
        put_text(cell, value)
    else:
        cell.value = value
