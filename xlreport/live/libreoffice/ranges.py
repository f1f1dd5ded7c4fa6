"""Cells of the office: values, formulas and looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlreport.live.libreoffice.connection import enum
from xlreport.live.libreoffice.notes import Note
from xlreport.live.libreoffice.references import to_calc
from xlreport.live.libreoffice.words import RangeWords
from xlreport.ooxml.addresses import letters

if TYPE_CHECKING:
    from xlreport.live.libreoffice.book import Sheet

_HORIZONTAL = {
    "center": "CENTER",
    "left": "LEFT",
    "right": "RIGHT",
    "general": "STANDARD",
    "justify": "BLOCK",
}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3}
#: com.sun.star.sheet.CellFlags: value, date, text, note, formula, hard attributes, styles, edit attributes.
_EVERYTHING = 1 | 2 | 4 | 8 | 16 | 32 | 64 | 256
#: In hundredths of a millimetre: a point, one step of indentation, a character of a column's width.
_POINT, _INDENT, _CHARACTER = 2540 / 72, 353, 196
_BOLD, _NORMAL = 150.0, 100.0


class Range:
    """A rectangle of cells."""

    max_cells_per_read = max_cells_per_write = None
    has_array = None

    def __init__(self, sheet: Sheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        self.sheet, self.first, self.last = sheet, first, last
        self.options: Any = None

    @classmethod
    def at(cls, sheet: Sheet, address: Any) -> Range:
        """Return the cells at an address of the office, which counts from 0."""
        first = address.StartRow + 1, address.StartColumn + 1
        return cls(sheet, first, (address.EndRow + 1, address.EndColumn + 1))

    @property
    def block(self) -> Any:
        """The office's object."""
        (top, left), (bottom, right) = self.first, self.last
        return self.sheet.sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @property
    def corner(self) -> Any:
        """The office's object for the first cell."""
        return self.sheet.sheet.getCellByPosition(self.first[1] - 1, self.first[0] - 1)

    @property
    def api(self) -> RangeWords:
        """What xlwings has no word for, in Excel's words."""
        return RangeWords(self.block, self.corner, self.sheet.sheet)

    @property
    def row(self) -> int:
        """The first row from 1."""
        return self.first[0]

    @property
    def column(self) -> int:
        """The first column from 1."""
        return self.first[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    @property
    def coords(self) -> tuple[Any, ...]:
        """What tells the range from others."""
        return (self.sheet.name, *self.first, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        spot = self.first[0] + row - 1, self.first[1] + column - 1
        return Range(self.sheet, spot, spot)

    @property
    def address(self) -> str:
        """The absolute address, “$D$7:$J$31”."""
        ends = [f"${letters(column)}${row}" for row, column in (self.first, self.last)]
        return ends[0] if self.first == self.last else ":".join(ends)

    @property
    def raw_value(self) -> list[list[Any]]:
        """All values in one call; a cell with an error, of which the office gives no value, by its text."""
        block = self.block
        rows = [list(row) for row in block.getDataArray()]
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                if not isinstance(value, (str, float)):
                    row[across] = block.getCellByPosition(across, down).String
        return rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows, columns = self.shape
        lines = value if isinstance(value, (list, tuple)) else [[value] * columns] * rows
        stored = tuple(tuple(map(_stored, line)) for line in lines)
        if self._has_notes():
            # A block that is written at once loses its notes.
            for down, line in enumerate(stored):
                for across, one in enumerate(line):
                    _write(self.block.getCellByPosition(across, down), one)
        else:
            self.block.setDataArray(stored)

    def _has_notes(self) -> bool:
        notes = self.sheet.sheet.Annotations
        (top, left), (bottom, right) = self.first, self.last
        places = (notes.getByIndex(index).Position for index in range(notes.Count))
        return any(top <= p.Row + 1 <= bottom and left <= p.Column + 1 <= right for p in places)

    @property
    def formula(self) -> Any:
        """Formulas in Excel's syntax, of a single cell or row by row; what is no formula as it was typed."""
        block, read = self.block, self.sheet.book.formulas.read
        lines = tuple(
            tuple(read(block.getCellByPosition(across, down), text) for across, text in enumerate(line))
            for down, line in enumerate(block.getFormulaArray())
        )
        return lines[0][0] if self.shape == (1, 1) else lines

    @formula.setter
    def formula(self, value: Any) -> None:
        rows, columns = self.shape
        lines = value if isinstance(value, (list, tuple)) else [[value] * columns] * rows
        plain = [[to_calc(text) if text.startswith("=") else None for text in line] for line in lines]
        block = self.block
        if all(all(line) for line in plain):
            block.setFormulaArray(tuple(tuple(f"={text}" for text in line) for line in plain))
            return
        for down, line in enumerate(lines):
            for across, text in enumerate(line):
                self.sheet.book.formulas.write(block.getCellByPosition(across, down), text)

    @property
    def font(self) -> Font:
        return Font(self.block)

    def _fill(self, colour: str | None) -> None:
        self.block.CellBackColor = -1 if colour is None else _colour(colour)

    @property
    def number_format(self) -> str | None:
        """The cells' format, as Excel writes it; ``None`` where they differ."""
        if self.block.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
            return None
        return str(self.sheet.book.model.NumberFormats.getByKey(self.corner.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: str) -> None:
        # The buttons know one: “General”, the office's first.
        self.block.NumberFormat = 0

    def _align_across(self, value: str) -> None:
        self.block.HoriJustify = enum("table.CellHoriJustify", _HORIZONTAL[value])

    def _align_down(self, value: str) -> None:
        self.block.VertJustify = _VERTICAL[value]

    def _wrap(self, value: bool) -> None:
        self.block.IsTextWrapped = value

    def _set_height(self, points: float) -> None:
        rows = self.block.Rows
        rows.Height = round(points * _POINT)
        # As in Excel, a row that is given a height is seen.
        rows.IsVisible = True

    def _set_width(self, characters: float) -> None:
        self.block.Columns.Width = round(characters * _CHARACTER)

    # The buttons give looks, and ask for none.
    color = property(None, _fill)
    horizontal_alignment = property(None, _align_across)
    vertical_alignment = property(None, _align_down)
    wrap_text = property(None, _wrap)
    row_height = property(None, _set_height)
    column_width = property(None, _set_width)

    def adjust_indent(self, amount: int) -> None:
        """Move the text inwards."""
        self.block.ParaIndent = amount * _INDENT

    def merge(self, across: bool = False) -> None:
        self.block.merge(True)

    @property
    def merge_area(self) -> Range:
        """The merged cell that this one belongs to."""
        cursor = self.sheet.sheet.createCursorByRange(self.corner)
        cursor.collapseToMergedArea()
        return Range.at(self.sheet, cursor.RangeAddress)

    def clear(self) -> None:
        """Remove contents, notes, looks and merges."""
        block = self.block
        block.merge(False)
        block.clearContents(_EVERYTHING)

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        """Make the cell a link; “#'表'!D7” jumps within the workbook."""
        place = to_calc(address.removeprefix("#")) if address.startswith("#") else None
        field = self.sheet.book.model.createInstance("com.sun.star.text.TextField.URL")
        field.URL = f"#{place.removeprefix('$')}" if place else address
        field.Representation = text_to_display
        cell = self.corner
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    @property
    def note(self) -> Note | None:
        return Note(self.corner) if self.corner.Annotation.String else None

    def select(self) -> None:
        """Select the cells; their sheet must be shown."""
        model = self.sheet.book.model
        model.CurrentController.select(self.block)
        if self.first == self.last:
            # In a block that is selected, Tab and Enter go round; at a cell where only the cursor is, they go on.
            model.CurrentController.select(model.createInstance("com.sun.star.sheet.SheetCellRanges"))


class Font:
    """The letters of cells: the office keeps those of Chinese apart from those of Latin text, Excel does not."""

    def __init__(self, block: Any) -> None:
        self._block = block

    def _set(self, prefix: str, value: Any) -> None:
        for script in ("", "Asian"):
            setattr(self._block, prefix + script, value)

    def _paint(self, colour: str) -> None:
        self._block.CharColor = _colour(colour)

    name = property(None, lambda self, value: self._set("CharFontName", value))
    size = property(None, lambda self, value: self._set("CharHeight", value))
    bold = property(None, lambda self, value: self._set("CharWeight", _BOLD if value else _NORMAL))
    color = property(None, _paint)


def _colour(value: str) -> int:
    """The office's number for “#ffc7ce”."""
    return int(value.removeprefix("#"), 16)


def _write(cell: Any, value: Any) -> None:
    if isinstance(value, float):
        cell.setValue(value)
    else:
        cell.setString(value)


def _stored(value: Any) -> Any:
    """A value as the office stores it: numbers as doubles, texts without the apostrophe that keeps them texts in Excel."""
    if value is None:
        return ""
    if isinstance(value, (bool, int, float)):
        return float(value)
    return str(value).removeprefix("'")
