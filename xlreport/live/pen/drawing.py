"""A sheet drawn by the pen for files, drawn again in an open workbook: values in one call, looks in as few as they allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from openpyxl.utils import range_boundaries

from xlreport.live.literal import as_text
from xlreport.live.pen.fills import tint
from xlreport.live.pen.rectangles import rectangles
from xlreport.live.places import last_row
from xlreport.ooxml.addresses import Spot

if TYPE_CHECKING:
    import xlwings as xw
    from openpyxl.worksheet.worksheet import Worksheet

#: Excel's numbers for a line under letters, and around cells.
_UNDERLINED, _CONTINUOUS, _THIN = 2, 1, 2


def draw(drawn: Worksheet, sheet: xw.Sheet) -> None:
    """Make ``sheet`` look and read as ``drawn`` does; what stood there before is cleared away."""
    last = last_row(sheet)
    sheet.api.Hyperlinks.Delete()
    sheet.clear()
    if last > drawn.max_row:
        sheet.range((drawn.max_row + 1, 1), (last, 1)).row_height = drawn.sheet_format.defaultRowHeight or 15
    cells: dict[Spot, Any] = {
        (down, across): cell
        for down, row in enumerate(drawn.iter_rows(), 1)
        for across, cell in enumerate(row, 1)
    }
    for area in drawn.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        sheet.range((top, left), (bottom, right)).merge()
    sheet.range((1, 1), (drawn.max_row, drawn.max_column)).value = [
        [as_text(value) if isinstance(value, str) else value for value in row]
        for row in drawn.iter_rows(values_only=True)
    ]
    for spot, cell in cells.items():
        if cell.hyperlink is not None:
            # Before the looks, since linking gives a cell the program's own link style.
            location = cell.hyperlink.location
            sheet.range(spot).add_hyperlink(f"#{location}", str(cell.value), location)
    for read, write, plain in _LOOKS:
        wanted = {spot: value for spot, cell in cells.items() if (value := read(cell)) not in (plain, None)}
        for place, value in rectangles(wanted):
            write(sheet.range(*place.corners), value)
    heights = {
        (row, 1): dimension.height for row, dimension in drawn.row_dimensions.items() if dimension.height
    }
    for place, height in rectangles(heights):
        sheet.range(*place.corners).row_height = height


def lay_out(drawn: Worksheet, sheet: xw.Sheet) -> None:
    """Give a sheet that has just been added the columns and the page of ``drawn``."""
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


def _colour(colour: Any) -> str:
    """A colour as a cell has it, in xlwings' words."""
    return f"#{str(colour.rgb)[-6:]}"


def _letters(cell: Any) -> str:
    colour = cell.font.color
    return _colour(colour) if colour is not None and isinstance(colour.rgb, str) else "#000000"


def _lines(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What reads something of the lines around a cell; ``None`` for a cell without lines."""
    return lambda cell: value(cell.border.bottom) if cell.border.bottom and cell.border.bottom.style else None


def _set(path: str) -> Callable[[xw.Range, Any], None]:
    """What gives cells a property, by its name in xlwings' words, or (behind ``api``) in the program's own."""
    home, _, name = path.rpartition(".")
    return lambda block, value: setattr(attrgetter(home)(block) if home else block, name, value)


#: How each look is read from a drawn cell, how it is written, and what a cleared cell has already.
_LOOKS: Iterable[tuple[Callable[[Any], Any], Callable[[xw.Range, Any], None], Any]] = (
    (lambda cell: cell.font.name, _set("font.name"), None),
    (lambda cell: float(cell.font.size), _set("font.size"), None),
    (lambda cell: bool(cell.font.bold), _set("font.bold"), False),
    (_letters, _set("font.color"), None),
    (lambda cell: _UNDERLINED if cell.font.underline else None, _set("api.Font.Underline"), None),
    (
        lambda cell: _colour(cell.fill.fgColor) if cell.fill.fill_type == "solid" else None,
        _set("color"),
        None,
    ),
    (_lines(lambda _: _CONTINUOUS), _set("api.Borders.LineStyle"), None),
    (_lines(lambda _: _THIN), _set("api.Borders.Weight"), None),
    (_lines(lambda line: tint(_colour(line.color)[1:]).colour), _set("api.Borders.Color"), None),
    (lambda cell: cell.alignment.horizontal, _set("horizontal_alignment"), None),
    (lambda cell: cell.alignment.vertical, _set("vertical_alignment"), "bottom"),
    (lambda cell: bool(cell.alignment.wrap_text), _set("wrap_text"), False),
    (lambda cell: cell.alignment.indent, lambda block, amount: block.adjust_indent(int(amount)), 0),
    (lambda cell: cell.protection.locked, _set("api.Locked"), True),
)
