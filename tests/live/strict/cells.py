"""Ranges: values, formulas and looks of cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from openpyxl.cell import MergedCell
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from xlwings import utils

from tests.live.strict.notes import Note
from tests.live.strict.trips import failed, reads, writes

if TYPE_CHECKING:
    from tests.live.strict.book import Sheet

LONGEST_FORMULA, LONGEST_TEXT = 8192, 32767
_LIKE_A_NUMBER = re.compile(r"\s*[+-]?[\d.,]+%?\s*")
_LIKE_A_DATE = re.compile(r"\s*\d{1,4}[-/年]\d{1,2}([-/月]\d{1,4}日?)?\s*")
_XL = {"center": -4108, "left": -4131, "right": -4152, "general": 1, "top": -4160, "bottom": -4107}


class Range:
    """A rectangle of cells. Nothing is asked of Excel before an attribute is."""

    def __init__(self, sheet: Sheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        self.sheet, self.first, self.last = sheet, first, last
        self.trips = sheet.trips

    def each(self) -> list[list[Any]]:
        """The cells row by row."""
        (top, left), (bottom, right) = self.first, self.last
        return [
            [self.sheet.ws.cell(row, column) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]

    def flat(self) -> list[Any]:
        """The cells in one list."""
        return [cell for row in self.each() for cell in row]

    def guard(self, change: str, *, look: bool = False) -> None:
        """Raise as Excel does where protection forbids the change, and where it would leave rows out without a word."""
        missed = self.sheet.filtered_rows & set(range(self.first[0], self.last[0] + 1))
        assert not missed, f"Excel would leave out the rows {missed}, which a filter hides ({change})"
        protection = self.sheet.ws.protection
        if not protection.sheet or self.sheet.interface_only:
            return
        if (look and protection.formatCells) or any(
            self.origin(cell).protection.locked for cell in self.flat()
        ):
            raise failed(f"您试图更改的单元格或图表位于受保护的工作表中（{self.sheet.ws.title}：{change}）")

    def origin(self, cell: Any) -> Any:
        """The cell that holds a merged cell's value."""
        if not isinstance(cell, MergedCell):
            return cell
        area = next(area for area in self.sheet.ws.merged_cells.ranges if cell.coordinate in area)
        return self.sheet.ws.cell(area.min_row, area.min_col)

    @property
    def api(self) -> Any:
        return RangeApi(self)

    @property
    def shape(self) -> tuple[int, int]:
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    row = property(lambda self: self.first[0])
    column = property(lambda self: self.first[1])
    coords = property(lambda self: (self.sheet.ws.title, *self.first, *self.shape))
    max_cells_per_read = max_cells_per_write = None
    has_array = None

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    @property
    @reads
    def address(self) -> str:
        ends = [f"${get_column_letter(column)}${row}" for row, column in (self.first, self.last)]
        return ends[0] if self.first == self.last else ":".join(ends)

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        spot = self.first[0] + row - 1, self.first[1] + column - 1
        return Range(self.sheet, spot, spot)

    @property
    @reads
    def raw_value(self) -> Any:
        return [[self._seen(cell) for cell in row] for row in self.each()]

    def _seen(self, cell: Any) -> Any:
        value = None if isinstance(cell, MergedCell) else cell.value
        if isinstance(value, str) and value.startswith("=") and cell.data_type == "f":
            return self.sheet.book.calculated.get((self.sheet.ws.title, cell.coordinate))
        return value

    @raw_value.setter
    @writes
    def raw_value(self, value: Any) -> None:
        self.guard("写入数值")
        rows, columns = self.shape
        block = value if isinstance(value, (list, tuple)) else [[value] * columns] * rows
        if len(block) != rows or any(len(line) != columns for line in block):
            raise failed("区域大小与数值不符")
        for cells, line in zip(self.each(), block, strict=True):
            for cell, one in zip(cells, line, strict=True):
                if isinstance(cell, MergedCell):
                    continue
                _type_in(cell, one)

    @property
    @reads
    def formula(self) -> Any:
        lines = tuple(tuple("" if c.value is None else str(c.value) for c in row) for row in self.each())
        return lines[0][0] if self.shape == (1, 1) else lines

    @formula.setter
    @writes
    def formula(self, value: Any) -> None:
        self.guard("写入公式")
        block = value if isinstance(value, (list, tuple)) else [[value] * self.shape[1]] * self.shape[0]
        for cells, line in zip(self.each(), block, strict=True):
            for cell, one in zip(cells, line, strict=True):
                if len(one) > LONGEST_FORMULA:
                    raise failed("公式超过 8192 个字符")
                cell.value = one

    @property
    @reads
    def number_format(self) -> Any:
        shapes = {cell.number_format for cell in self.flat()}
        return shapes.pop() if len(shapes) == 1 else None

    @number_format.setter
    @writes
    def number_format(self, value: str) -> None:
        self.guard("设置数字格式", look=True)
        for cell in self.flat():
            cell.number_format = value

    @property
    def color(self) -> Any:
        interior = self.api.Interior
        if interior.Pattern == -4142:
            return None
        return utils.int_to_rgb(interior.Color)

    @color.setter
    def color(self, value: Any) -> None:
        interior = self.api.Interior
        if value is None:
            interior.ColorIndex = -4142
        else:
            interior.Color = utils.rgb_to_int(utils.hex_to_rgb(value) if isinstance(value, str) else value)

    @property
    def font(self) -> Font:
        return Font(self)

    def _restyle(self, change: str, attribute: str, make: Any) -> None:
        self.guard(change, look=True)
        for cell in self.flat():
            setattr(cell, attribute, make(getattr(cell, attribute)))

    def _align(self, **change: Any) -> None:
        self._restyle("对齐", "alignment", lambda old: _with(old, **change))

    @writes
    def _set_horizontal(self, value: str) -> None:
        self._align(horizontal=value)

    @writes
    def _set_vertical(self, value: str) -> None:
        self._align(vertical=value)

    @writes
    def _set_wrap(self, value: bool) -> None:
        self._align(wrap_text=value)

    horizontal_alignment = property(lambda self: self.each()[0][0].alignment.horizontal, _set_horizontal)
    vertical_alignment = property(lambda self: self.each()[0][0].alignment.vertical, _set_vertical)
    wrap_text = property(lambda self: self.each()[0][0].alignment.wrap_text, _set_wrap)

    @writes
    def adjust_indent(self, amount: int) -> None:
        self._align(indent=amount)

    @writes
    def merge(self, across: bool) -> None:
        self.guard("合并")
        (top, left), (bottom, right) = self.first, self.last
        self.sheet.ws.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    @property
    @reads
    def merge_area(self) -> Range:
        cell = self.each()[0][0]
        for area in self.sheet.ws.merged_cells.ranges:
            if cell.coordinate in area:
                return Range(self.sheet, (area.min_row, area.min_col), (area.max_row, area.max_col))
        return self

    @property
    @reads
    def row_height(self) -> Any:
        return self.sheet.ws.row_dimensions[self.first[0]].height

    @row_height.setter
    @writes
    def row_height(self, value: float) -> None:
        if self.sheet.ws.protection.sheet and self.sheet.ws.protection.formatRows:
            raise failed("工作表受保护，不能改行高")
        if value > 409.5:
            raise failed("行高不能超过 409.5 磅")
        for row in range(self.first[0], self.last[0] + 1):
            self.sheet.ws.row_dimensions[row].height = value

    @property
    @reads
    def column_width(self) -> Any:
        return self.sheet.ws.column_dimensions[get_column_letter(self.first[1])].width

    @column_width.setter
    @writes
    def column_width(self, value: float) -> None:
        for column in range(self.first[1], self.last[1] + 1):
            self.sheet.ws.column_dimensions[get_column_letter(column)].width = value

    @writes
    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        self.guard("超链接")
        cell = self.each()[0][0]
        if cell.value != text_to_display:
            cell.value = text_to_display
        location = address.removeprefix("#")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=text_to_display)

    @property
    @reads
    def note(self) -> Note | None:
        cell = self.each()[0][0]
        return Note(self.sheet, cell) if cell.comment is not None else None

    def add_note(self, text: str) -> Note:
        return self.api.AddComment(text)

    @writes
    def select(self) -> None:
        if self.sheet.book.wb.active is not self.sheet.ws:
            raise failed("Range 类的 Select 方法无效（工作表不在最前）")
        self.sheet.book.selected[self.sheet.ws.title] = (self.first, self.last)


class Font:
    """The letters of a range."""

    def __init__(self, block: Range) -> None:
        self.block, self.trips = block, block.trips

    @writes
    def change(self, **change: Any) -> None:
        """Change one property of the font."""
        self.block._restyle("字体", "font", lambda old: _with(old, **change))

    def _get(self, name: str) -> Any:
        self.trips.count("read", f"Font.{name}")
        return getattr(self.block.each()[0][0].font, name)

    name = property(lambda self: self._get("name"), lambda self, v: self.change(name=v))
    size = property(lambda self: self._get("size"), lambda self, v: self.change(size=v))
    bold = property(lambda self: self._get("bold"), lambda self, v: self.change(bold=v))
    color = property(lambda self: self._get("color"), lambda self, v: self.change(color=v.removeprefix("#")))


class RangeApi:
    """What xlwings has no word for, in Excel's own words."""

    def __init__(self, block: Range) -> None:
        self.block, self.trips = block, block.trips

    @writes
    def AddComment(self, text: str) -> Note:
        cell = self.block.each()[0][0]
        self.block.sheet.guard_objects("批注")
        if (
            cell.comment is not None
            or (self.block.sheet.ws.title, cell.coordinate) in self.block.sheet.book.threads
        ):
            raise failed("应用程序定义或对象定义错误（单元格已有批注）")
        if isinstance(cell, MergedCell):
            raise failed("合并单元格的一部分不能有批注")
        return Note.made(self.block.sheet, cell, text)

    @property
    def Interior(self) -> Interior:
        return Interior(self.block)

    @property
    def Font(self) -> FontApi:
        return FontApi(self.block)

    @property
    def Borders(self) -> BordersApi:
        return BordersApi(self.block)

    @property
    def EntireColumn(self) -> Any:
        return Columns(self.block)

    def _lock(self, value: bool) -> None:
        self.trips.count("write", "RangeApi.Locked")
        self.block._restyle("锁定", "protection", lambda old: _with(old, locked=value))

    Locked = property(lambda self: self.block.each()[0][0].protection.locked, _lock)


class Columns:
    """Whole columns."""

    def __init__(self, block: Range) -> None:
        self.block, self.trips = block, block.trips

    @writes
    def _hide(self, value: bool) -> None:
        self.block.sheet.ws.column_dimensions[get_column_letter(self.block.first[1])].hidden = value

    Hidden = property(None, _hide)


class FontApi:
    """Underlining."""

    def __init__(self, block: Range) -> None:
        self.block, self.trips = block, block.trips

    @writes
    def _underline(self, value: int) -> None:
        self.block._restyle(
            "字体", "font", lambda old: _with(old, underline="single" if value == 2 else None)
        )

    Underline = property(None, _underline)


class BordersApi:
    """The four edges of every cell."""

    def __init__(self, block: Range) -> None:
        self.block, self.trips = block, block.trips

    def _edges(self, **change: Any) -> None:
        self.trips.count("write", "Borders")

        def make(old: Border) -> Border:
            edges = {
                name: _with(getattr(old, name) or Side(), **change)
                for name in ("left", "right", "top", "bottom")
            }
            return Border(**edges)

        self.block._restyle("边框", "border", make)

    LineStyle = property(None, lambda self, v: self._edges(style="thin"))
    Weight = property(None, lambda self, v: self._edges(style={2: "thin"}[v]))
    Color = property(None, lambda self, v: self._edges(color=_hex(v)))


class Interior:
    """The fill, with Excel's answers for cells that differ: nothing for the pattern, 0 for the colour."""

    def __init__(self, block: Range) -> None:
        self.block, self.trips = block, block.trips

    def _common(self, name: str, read: Any, differing: Any) -> Any:
        self.trips.count("read", f"Interior.{name}")
        values = {read(self.block.origin(cell).fill) for cell in self.block.flat()}
        return values.pop() if len(values) == 1 else differing

    def _paint(self, name: str, make: Any) -> None:
        self.trips.count("write", f"Interior.{name}")
        self.block._restyle("底色", "fill", make)

    Pattern = property(
        lambda self: self._common("Pattern", _pattern, None),
        lambda self, v: self._paint("Pattern", lambda old: _filled(_PATTERNS[v], old)),
    )
    Color = property(
        lambda self: self._common("Color", _colour, 0),
        lambda self, v: self._paint("Color", lambda old: _coloured(old, v)),
    )
    ColorIndex = property(None, lambda self, v: self._paint("ColorIndex", lambda old: PatternFill()))
    ThemeColor = property(
        lambda self: self._common("ThemeColor", _theme, None),
        lambda self, v: self._paint("ThemeColor", lambda old: _themed(old, v - 1, 0.0)),
    )
    TintAndShade = property(
        lambda self: self._common("TintAndShade", _shade, None),
        lambda self, v: self._paint("TintAndShade", lambda old: _themed(old, old.fgColor.theme, v)),
    )
    PatternColor = property(
        lambda self: self._common("PatternColor", lambda fill: _number(fill.fgColor), 0),
        lambda self, v: self._paint("PatternColor", lambda old: _pattern_coloured(old, v)),
    )


_PATTERNS = {1: "solid", -4142: None, 15: "lightGrid", 17: "gray125"}
_NUMBERS = {name: number for number, name in _PATTERNS.items()}


def _pattern(fill: Any) -> int:
    return _NUMBERS[fill.fill_type]


def _colour(fill: Any) -> int:
    # The cell's colour is the foreground of a solid fill, and the background of a pattern.
    return _number(fill.fgColor if fill.fill_type == "solid" else fill.bgColor)


def _number(colour: Any) -> int:
    if colour is None or not isinstance(colour.rgb, str):
        return 0x00C07000 if colour is not None and colour.type == "theme" else 0
    rgb = colour.rgb[-6:]
    return int(rgb[4:6] + rgb[2:4] + rgb[:2], 16)


def _hex(number: int) -> str:
    return f"{number & 255:02X}{number >> 8 & 255:02X}{number >> 16 & 255:02X}"


def _theme(fill: Any) -> int | None:
    return fill.fgColor.theme + 1 if fill.fill_type == "solid" and fill.fgColor.type == "theme" else None


def _shade(fill: Any) -> float:
    return fill.fgColor.tint if fill.fill_type == "solid" else 0.0


def _filled(kind: str | None, old: Any) -> PatternFill:
    return PatternFill(kind)


def _coloured(old: Any, number: int) -> PatternFill:
    if old.fill_type in (None, "solid"):
        return PatternFill("solid", fgColor=_hex(number))
    return PatternFill(old.fill_type, fgColor=old.fgColor, bgColor=_hex(number))


def _pattern_coloured(old: Any, number: int) -> PatternFill:
    return PatternFill(old.fill_type, fgColor=_hex(number), bgColor=old.bgColor)


def _themed(old: Any, theme: int, shade: float) -> PatternFill:
    from openpyxl.styles.colors import Color

    return PatternFill("solid", fgColor=Color(theme=theme, tint=shade))


def _with(old: Any, /, **change: Any) -> Any:
    """A copy of an openpyxl style with some of its parts changed."""
    from copy import copy

    made = copy(old)
    kept = {name: getattr(made, name) for name in (*made.__elements__, *made.__attrs__)}
    aliases = {"name": "name", "size": "sz", "bold": "b", "underline": "u", "wrap_text": "wrapText"}
    for name, value in change.items():
        kept[aliases.get(name, name)] = value
    return type(made)(**kept)


def _type_in(cell: Any, value: Any) -> None:
    """Put in a value as Excel does: what looks like a number, a date or a formula becomes one, unless an apostrophe is in front."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise failed("文本超过 32767 个字符")
    if value == "" or value is None:
        cell.value = None
    elif isinstance(value, str) and value.startswith("'"):
        cell.value = value[1:]
        cell.data_type, cell.quotePrefix = "s", True
    elif isinstance(value, str) and _LIKE_A_NUMBER.fullmatch(value):
        cell.value = float(value.strip().rstrip("%").replace(",", ""))
    elif isinstance(value, str) and (_LIKE_A_DATE.fullmatch(value) or value.upper() in ("TRUE", "FALSE")):
        raise AssertionError(f"Excel would read “{value}” as a date or a truth value")
    elif isinstance(value, str) and len(value) > LONGEST_FORMULA and value.startswith("="):
        raise failed("公式超过 8192 个字符")
    else:
        cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
