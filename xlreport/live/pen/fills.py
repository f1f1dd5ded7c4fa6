"""The fills of cells in an open workbook, read and written back exactly: colour, pattern, theme colour.

xlwings knows only the colour; the rest is asked of the program's own ``Interior``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from xlreport.live.pen.rectangles import Rectangle, around, rectangles
from xlreport.ooxml.addresses import Spot

if TYPE_CHECKING:
    import xlwings as xw

#: Excel's numbers for “no fill” and “one colour all over”.
NO_PATTERN, SOLID = -4142, 1


class Fill(NamedTuple):
    """A fill in Excel's terms: the pattern's number, its colours as blue-green-red numbers, the theme's colour if it is one."""

    pattern: int = NO_PATTERN
    colour: int | None = None
    theme: int | None = None
    shade: float | None = None
    pattern_colour: int | None = None


def tint(rgb: str) -> Fill:
    """Return one colour all over, from “FFC7CE”."""
    red, green, blue = (int(rgb[at : at + 2], 16) for at in (0, 2, 4))
    return Fill(SOLID, red | green << 8 | blue << 16)


def read_fills(sheet: xw.Sheet, spots: Sequence[Spot]) -> dict[Spot, Fill]:
    """Return the fill of each cell. Cells that share one are read at once; only what differs costs further calls."""
    if not spots:
        return {}
    wanted = list(spots)
    fill = _read(sheet, around(wanted))
    if fill is not None:
        return dict.fromkeys(wanted, fill)
    middle = len(wanted) // 2
    return read_fills(sheet, wanted[:middle]) | read_fills(sheet, wanted[middle:])


def write_fills(sheet: xw.Sheet, fills: Mapping[Spot, Fill]) -> None:
    """Give each cell its fill, neighbours with the same one at once."""
    for place, fill in rectangles(fills):
        block = sheet.range(*place.corners)
        if fill.pattern == NO_PATTERN:
            block.color = None
            continue
        # The pattern first: a colour alone leaves a pattern of the user's in place.
        interior = block.api.Interior
        interior.Pattern = fill.pattern
        if fill.theme is not None:
            interior.ThemeColor, interior.TintAndShade = fill.theme, fill.shade or 0
        elif fill.colour is not None:
            interior.Color = fill.colour
        if fill.pattern != SOLID and fill.pattern_colour is not None:
            interior.PatternColor = fill.pattern_colour


def _read(sheet: xw.Sheet, place: Rectangle) -> Fill | None:
    """The fill that all cells of a block share; ``None`` where they differ."""
    single = place.top == place.bottom and place.left == place.right
    interior = sheet.range(*place.corners).api.Interior
    pattern = interior.Pattern
    if pattern is None:
        return None
    if pattern == NO_PATTERN:
        return Fill()
    colour = interior.Color
    # Excel says 0, which is also black, where the colours of several cells differ.
    if not colour and not single:
        return None
    theme = _theme(interior)
    shade = interior.TintAndShade if theme is not None else None
    pattern_colour = None if pattern == SOLID else interior.PatternColor
    return Fill(
        int(pattern), int(colour or 0), theme, shade, None if pattern_colour is None else int(pattern_colour)
    )


def _theme(interior: Any) -> int | None:
    try:
        number = interior.ThemeColor
    except Exception:  # not every program, and not every fill, has one
        return None
    return int(number) if isinstance(number, (int, float)) and number > 0 else None
