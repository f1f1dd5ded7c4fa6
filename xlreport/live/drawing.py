"""A sheet drawn by the pen for files, drawn again in an open workbook: values in one call, looks in as few as they allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from openpyxl.utils import range_boundaries

from xlreport.live.literal import as_text
from xlreport.live.rectangles import Rectangle, rectangles
from xlreport.ooxml.addresses import Spot

if TYPE_CHECKING:
    import xlwings as xw
    from openpyxl.worksheet.worksheet import Worksheet

Block = Any
_NO_UNDERLINE = -4142
#: Vertical alignment in xlwings' words, by openpyxl's.
_VERTICAL = {"center": "center", "top": "top", "bottom": "bottom", None: "bottom"}


def draw(drawn: Worksheet, sheet: xw.Sheet) -> None:
    """Make ``sheet`` look and read as ``drawn`` does; what stood there before is cleared away."""
    used = sheet.used_range
    last = used.row + used.shape[0] - 1
    sheet.api.Hyperlinks.Delete()
    sheet.clear()
    if last > drawn.max_row:
        sheet.range((drawn.max_row + 1, 1), (last, 1)).row_height = _plain_height(drawn)
    cells: dict[Spot, Any] = {
        (down, across): cell
        for down, row in enumerate(drawn.iter_rows(), 1)
        for across, cell in enumerate(row, 1)
    }
    for area in drawn.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        sheet.range((top, left), (bottom, right)).merge()
    sheet.range((1, 1), (drawn.max_row, drawn.max_column)).value = [
        [_value(value) for value in row] for row in drawn.iter_rows(values_only=True)
    ]
    for spot, cell in cells.items():
        if cell.hyperlink is not None:
            # Before the looks, since linking gives a cell the program's own link style.
            location = cell.hyperlink.location
            sheet.range(spot).add_hyperlink(f"#{location}", str(cell.value), location)
    for read, write, plain in _LOOKS:
        wanted = {spot: value for spot, cell in cells.items() if (value := read(cell)) not in (plain, None)}
        for place, value in rectangles(wanted):
            write(_range(sheet, place), value)
    heights = {
        (row, 1): dimension.height for row, dimension in drawn.row_dimensions.items() if dimension.height
    }
    for place, height in rectangles(heights):
        _range(sheet, place).row_height = height


def lay_out(drawn: Worksheet, sheet: xw.Sheet) -> None:
    """Give a sheet that has just been added the columns, the page and the frozen rows of ``drawn``."""
    for letters, dimension in drawn.column_dimensions.items():
        left, _, _, _ = range_boundaries(f"{letters}1")
        column = sheet.range((1, left or 1)).columns[0]
        column.column_width = dimension.width
        if dimension.hidden:
            sheet.range((1, left or 1)).api.EntireColumn.Hidden = True
    sheet.show_gridlines = bool(drawn.sheet_view.showGridLines)
    setup = sheet.page_setup.api
    setup.Orientation = 2 if drawn.page_setup.orientation == "landscape" else 1
    setup.Zoom, setup.FitToPagesWide, setup.FitToPagesTall = False, 1, False


def _range(sheet: xw.Sheet, place: Rectangle) -> xw.Range:
    return sheet.range(*place.corners)


def _value(value: object) -> Any:
    return as_text(value) if isinstance(value, str) else value


def _plain_height(drawn: Worksheet) -> float:
    return float(drawn.sheet_format.defaultRowHeight or 15)


def _colour(cell: Any) -> str:
    colour = cell.font.color
    return colour.rgb[-6:] if colour is not None and isinstance(colour.rgb, str) else "000000"


def _set_font_name(block: xw.Range, value: str) -> None:
    block.font.name = value


def _set_font_size(block: xw.Range, value: float) -> None:
    block.font.size = value


def _set_bold(block: xw.Range, value: bool) -> None:
    block.font.bold = value


def _set_colour(block: xw.Range, value: str) -> None:
    block.font.color = f"#{value}"


def _set_underline(block: xw.Range, value: bool) -> None:
    block.api.Font.Underline = 2 if value else _NO_UNDERLINE


def _fill(cell: Any) -> str | None:
    return str(cell.fill.fgColor.rgb)[-6:] if cell.fill.fill_type == "solid" else None


def _set_fill(block: xw.Range, colour: str) -> None:
    block.color = f"#{colour}"


def _border(cell: Any) -> str | None:
    edge = cell.border.bottom
    return str(edge.color.rgb)[-6:] if edge is not None and edge.style else None


def _set_border(block: xw.Range, colour: str) -> None:
    borders = block.api.Borders
    borders.LineStyle, borders.Weight, borders.Color = 1, 2, _number(colour)


def _number(colour: str) -> int:
    return int(colour[4:6] + colour[2:4] + colour[:2], 16)


def _set_horizontal(block: xw.Range, value: Any) -> None:
    block.horizontal_alignment = value


def _set_vertical(block: xw.Range, value: Any) -> None:
    block.vertical_alignment = _VERTICAL[value]  # type: ignore[assignment]


def _set_wrap(block: xw.Range, value: bool) -> None:
    block.wrap_text = value


def _set_indent(block: xw.Range, value: float) -> None:
    block.adjust_indent(int(value))


def _set_locked(block: xw.Range, value: bool) -> None:
    block.api.Locked = value


#: How each look is read from a drawn cell, how it is written, and what a cleared cell has already.
_LOOKS: Iterable[tuple[Callable[[Any], Any], Callable[[xw.Range, Any], None], Any]] = (
    (lambda cell: cell.font.name, _set_font_name, None),
    (lambda cell: float(cell.font.size), _set_font_size, None),
    (lambda cell: bool(cell.font.bold), _set_bold, False),
    (_colour, _set_colour, None),
    (lambda cell: bool(cell.font.underline), _set_underline, False),
    (_fill, _set_fill, None),
    (_border, _set_border, None),
    (lambda cell: cell.alignment.horizontal, _set_horizontal, None),
    (lambda cell: cell.alignment.vertical, _set_vertical, "bottom"),
    (lambda cell: bool(cell.alignment.wrap_text), _set_wrap, False),
    (lambda cell: cell.alignment.indent, _set_indent, 0),
    (lambda cell: cell.protection.locked, _set_locked, True),
)
