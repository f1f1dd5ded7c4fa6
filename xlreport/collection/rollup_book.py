"""The workbook of a roll-up: the superior's standard workbook filled with the sum, and behind it where each figure comes from."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from openpyxl.styles import Alignment
from openpyxl.worksheet.pagebreak import Break

from xlreport.collection.rollup import Difference, Rollup, Unit
from xlreport.errors import OutputError
from xlreport.form.balance import plain
from xlreport.form.declaration import Table
from xlreport.form.figures import Figure
from xlreport.form.grid import Grid, Role, grid_of
from xlreport.output import write_bytes
from xlreport.workbook import look
from xlreport.workbook.layout import Block, cell_at, letters
from xlreport.workbook.pen import draw, set_page, set_widths
from xlreport.workbook.reproducible import bytes_of
from xlreport.workbook.results_sheet import lines_of, put_text
from xlreport.workbook.writer import fill

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from xlreport.report import Report

MEMBERS, COMPARISON, TRACE = "汇总名单", "上下级核对", "分单位"
#: What the block of sums is headed with.
SUM = "各单位之和"
#: Units named beside a difference.
NAMED = 8
_WIDEST = 16_384
#: Width of a column of figures in characters; what an A4 page holds: characters across, points down.
_FIGURE_WIDTH = 12.0
_PAGES = {"portrait": (72.0, 720.0), "landscape": (112.0, 480.0)}
_FIRST = 2  # the row below a sheet's title
_TITLE_PLACE = Alignment(horizontal="left", vertical="center")


def write(rollup: Rollup, target: Path, own: Report | None, found: Sequence[Difference]) -> None:
    """Write the workbook; raises ``OutputError`` where it cannot be written or the units do not fit on a sheet."""
    workbook = fill(rollup.report(own.organisation if own is not None else ""))
    _members(workbook.create_sheet(MEMBERS), rollup)
    if own is not None:
        _comparison(workbook.create_sheet(COMPARISON), rollup, found)
    for table in rollup.form.tables:
        sheet = workbook.create_sheet(f"{TRACE} {rollup.form.section(table.key).sheet}")
        title = f"{rollup.form.section(table.key).sheet}：{SUM}与各单位"
        _title(sheet, title)
        if table.layout == "line":
            _down(sheet, grid_of(table), rollup)
        else:
            _across(sheet, table, rollup, target)
        sheet.sheet_properties.tabColor = look.READ_TAB
    write_bytes(target, bytes_of(workbook))


def _title(sheet: Worksheet, text: str) -> None:
    draw(sheet, cell_at(sheet.title, 1, 1), text, font=look.TITLE, alignment=_TITLE_PLACE)
    sheet.row_dimensions[1].height = look.TITLE_HEIGHT


def _blocks(rollup: Rollup) -> list[tuple[str, dict[str, Any]]]:
    """The sum, then each unit: name and figures by key."""
    return [(SUM, dict(rollup.total)), *((_name(unit), dict(unit.figures)) for unit in rollup.units)]


def _name(unit: Unit) -> str:
    return unit.organisation or unit.path


def _across(sheet: Worksheet, table: Table, rollup: Rollup, target: Path) -> None:
    """One block of columns per unit, right of the labels and the block of sums."""
    grid, blocks = grid_of(table), _blocks(rollup)
    labels, width = grid.label_columns, grid.width - grid.label_columns
    if labels + width * len(blocks) > _WIDEST:
        raise OutputError(target, f"{len(rollup.units)} 个单位在一张工作表里放不下", "请分批汇总")
    top = _FIRST + 1
    for cell in grid.cells:
        if cell.column < labels:
            span = min(cell.column_span, labels - cell.column)
            block = cell_at(sheet.title, top + cell.row, 1 + cell.column)._replace(
                last_row=top + cell.row + cell.row_span - 1, last_column=cell.column + span
            )
            draw(sheet, block, cell.text, font=look.LABEL, border=look.GRID, fill=look.HEADER_TINT)
    heads = [
        cell for cell in grid.cells if cell.column >= labels and not cell.key and cell.role is not Role.TITLE
    ]
    styles = [_figure_style(sheet, shaded) for shaded in (False, True)]
    for number, (name, figures) in enumerate(blocks):
        left = 1 + labels + number * width
        header = cell_at(sheet.title, _FIRST, left)._replace(last_column=left + width - 1)
        _text(sheet, header, name)
        for cell in heads:
            place = cell_at(sheet.title, top + cell.row, left + cell.column - labels)._replace(
                last_row=top + cell.row + cell.row_span - 1,
                last_column=left + cell.column - labels + cell.column_span - 1,
            )
            draw(sheet, place, cell.text, font=look.LABEL, border=look.GRID, fill=look.HEADER_TINT)
        for key, cell in grid.figures.items():
            place = cell_at(sheet.title, top + cell.row, left + cell.column - labels)._replace(
                last_column=left + cell.column - labels + cell.column_span - 1
            )
            _figure(sheet, place, figures.get(key), styles[number % 2 == 0])
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
    sheet.row_dimensions[_FIRST].height = look.height_for(2)
    sheet.freeze_panes = sheet.cell(top + grid.header_rows, 1 + labels + width).coordinate
    sheet.print_title_rows = f"{_FIRST}:{top + max(0, grid.header_rows - 1)}"
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
    for cell in grid.cells:
        if not cell.key:
            place = cell_at(sheet.title, _FIRST + cell.row, 2 + cell.column)._replace(
                last_row=_FIRST + cell.row + cell.row_span - 1, last_column=1 + cell.column + cell.column_span
            )
            draw(sheet, place, cell.text, font=look.LABEL, border=look.GRID, fill=look.HEADER_TINT)
    last = _FIRST + grid.header_rows - 1
    corner = cell_at(sheet.title, _FIRST, 1)._replace(last_row=last)
    draw(sheet, corner, "单位", font=look.LABEL, border=look.GRID, fill=look.HEADER_TINT)
    styles = [_figure_style(sheet, shaded) for shaded in (False, True)]
    for number, (name, figures) in enumerate(_blocks(rollup)):
        row = last + 1 + number
        _text(sheet, cell_at(sheet.title, row, 1), name)
        for key, cell in grid.figures.items():
            place = cell_at(sheet.title, row, 2 + cell.column)
            _figure(sheet, place, figures.get(key), styles[number == 0])
        sheet.row_dimensions[row].height = look.height_for(lines_of(name, 30))
    for row in range(_FIRST, last + 1):
        sheet.row_dimensions[row].height = look.height_for(2)
    set_widths(sheet, {1: 30.0} | {2 + column: 10.0 for column in range(grid.width)})
    sheet.freeze_panes = sheet.cell(last + 2, 2).coordinate
    set_page(sheet, "landscape")
    sheet.print_title_rows = f"{_FIRST}:{last}"


def _figure_style(sheet: Worksheet, shaded: bool) -> Any:
    """A style to be copied, which is much faster than to be set anew."""
    model: Any = sheet.cell(1, 1)
    kept = copy(model._style)
    model.font, model.alignment, model.border = look.FIGURE, look.SHRUNK, look.GRID
    if shaded:
        model.fill = look.CHECK_TINT
    made, model._style = copy(model._style), kept
    return made


def _figure(sheet: Worksheet, place: Block, value: Figure, style: Any) -> None:
    for column in range(place.column, place.last_column + 1):
        covered: Any = sheet.cell(place.row, column)
        covered._style = copy(style)
    if place.column != place.last_column:
        # As in ``draw``: all cells have their borders, merge_cells would only work them out anew.
        sheet.merged_cells.add(place.reference)
    cell: Any = sheet.cell(place.row, place.column)
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value


def _text(sheet: Worksheet, block: Block, text: str) -> None:
    put_text(draw(sheet, block, font=look.HEADING, border=look.GRID, fill=look.HEADER_TINT), text)


def _list(
    sheet: Worksheet, row: int, widths: Sequence[float], values: Sequence[object], heading: bool = False
) -> None:
    tallest = 1
    for column, (value, width) in enumerate(zip(values, widths, strict=True), 1):
        look_of = {"font": look.HEADING, "fill": look.HEADER_TINT} if heading else {"font": look.LABEL}
        alignment = look.LEFT if isinstance(value, str) and not heading else look.CENTRE
        cell = draw(
            sheet, cell_at(sheet.title, row, column), alignment=alignment, border=look.GRID, **look_of
        )
        if isinstance(value, str):
            put_text(cell, value)
            tallest = max(tallest, lines_of(value, width * 7 / 8))
        else:
            cell.value = value  # type: ignore[assignment]
    sheet.row_dimensions[row].height = look.height_for(tallest)


def _members(sheet: Worksheet, rollup: Rollup) -> None:
    widths = (8, 12, 36, 44, 70)
    _title(sheet, f"汇总名单：汇入 {len(rollup.units)} 个单位，未汇入 {len(rollup.left_out)} 个")
    _list(sheet, _FIRST, widths, ("序号", "是否汇入", "单位", "文件", "说明"), heading=True)
    notes: dict[str, list[str]] = {}
    for note in rollup.notes:
        notes.setdefault(note.path, []).append(note.reason)
    lines: list[tuple[str, str, str, str]] = [
        *(("未汇入", left.organisation, left.path, left.reason) for left in rollup.left_out),
        *(
            (
                "汇入",
                unit.organisation,
                unit.path,
                "；".join((*filter(None, [unit.problem]), *notes.get(unit.path, ()))),
            )
            for unit in rollup.units
        ),
    ]
    for number, line in enumerate(lines, 1):
        _list(sheet, _FIRST + number, widths, (number, *line))
    _finish_list(sheet, widths, len(lines))


def _comparison(sheet: Worksheet, rollup: Rollup, found: Sequence[Difference]) -> None:
    widths = (8, 50, 14, 14, 14, 80)
    state = f"有 {len(found)} 格不符" if found else "全部相符"
    _title(sheet, f"上级数与{SUM}核对：{state}")
    _list(sheet, _FIRST, widths, ("序号", "项目", "上级数", SUM, "差额", "有数的单位"), heading=True)
    for number, difference in enumerate(found, 1):
        table = rollup.form.table(rollup.form.cells[difference.key].table)
        label = f"{table.name}：{rollup.form.label(difference.key)}"
        sides = (difference.own, difference.total, difference.difference)
        _list(sheet, _FIRST + number, widths, (number, label, *sides, contributors(difference)))
    _finish_list(sheet, widths, len(found))


def contributors(difference: Difference) -> str:
    """Return the units that contribute to a cell, the largest first: “甲局 12、乙局 3 等 9 个单位”."""
    if not difference.units:
        return "各单位都为 0 或空白"
    named = "、".join(
        f"{name or '（未填机关名称）'} {plain(value)}" for name, value in difference.units[:NAMED]
    )
    return named + (f" 等 {len(difference.units)} 个单位" if len(difference.units) > NAMED else "")


def _finish_list(sheet: Worksheet, widths: Sequence[float], rows: int) -> None:
    set_widths(sheet, dict(enumerate(widths, 1)))
    set_page(sheet, "landscape")
    sheet.freeze_panes = sheet.cell(_FIRST + 1, 1).coordinate
    sheet.print_title_rows = f"{_FIRST}:{_FIRST}"
    last = sheet.cell(_FIRST + max(1, rows), len(widths)).coordinate
    sheet.auto_filter.ref = f"{sheet.cell(_FIRST, 1).coordinate}:{last}"
    sheet.sheet_properties.tabColor = look.READ_TAB
