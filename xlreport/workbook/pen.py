"""Strokes that every sheet of the standard workbook shares: texts in blocks, page setup, protection, colours of the check cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from typing import TYPE_CHECKING, Literal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from xlreport.ooxml.addresses import letters, quoted
from xlreport.workbook import look
from xlreport.workbook.cell_texts import lines_of
from xlreport.workbook.dressing import dress
from xlreport.workbook.formulas import HOLDS
from xlreport.workbook.layout import TITLE_ROW, Block

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


def draw(
    sheet: Worksheet,
    block: Block,
    value: object = None,
    *,
    font: Font = look.BODY,
    alignment: Alignment = look.CENTRE,
    border: Border | None = None,
    fill: PatternFill | None = None,
) -> Cell:
    """Draw one cell, merged over ``block``, and return it."""
    cell: Cell = sheet.cell(block.row, block.column)  # type: ignore[assignment]
    cell.value = value  # type: ignore[assignment]
    dress(cell, font=font, alignment=alignment, border=border, fill=fill)
    if block.reference != block.corner:
        for covered in _cells(sheet, block):
            covered._style = copy(cell._style)  # type: ignore[attr-defined]
        merge(sheet, block)
    return cell


def draw_title(sheet: Worksheet, text: str, last_column: int) -> None:
    """Draw the title of a sheet over its first row, up to a column."""
    draw(sheet, Block(sheet.title, TITLE_ROW, 1, TITLE_ROW, last_column), text, font=look.TITLE)
    sheet.row_dimensions[TITLE_ROW].height = look.TITLE_HEIGHT


def draw_heading(sheet: Worksheet, block: Block, text: str, alignment: Alignment = look.CENTRE) -> None:
    """Draw a heading over or beside what is filled in or listed."""
    draw(sheet, block, text, font=look.HEADING, alignment=alignment, border=look.GRID, fill=look.HEADER_TINT)


def draw_remark(sheet: Worksheet, block: Block, text: str) -> None:
    """Draw a line of small letters, which says something about a sheet."""
    draw(sheet, block, text, font=look.SMALL, alignment=look.LEFT)


def admit(rule: DataValidation, block: Block) -> None:
    """Let a validation hold for ``block``, too, which is under no other of its blocks: openpyxl would look through all of them."""
    rule.sqref.ranges.add(CellRange(block.reference))


def merge(sheet: Worksheet, block: Block) -> None:
    """Merge the cells of ``block``, which have their borders and lie under no other merged cell."""
    # Not merge_cells, which works the borders out anew at ten times the cost; and not merged_cells.add, which looks through all merged
    # cells there are: with a block of cells for each of 2,000 units that took most of a minute.
    sheet.merged_cells.ranges.add(CellRange(block.reference))


def open_for_input(sheet: Worksheet, block: Block) -> None:
    """Unlock and tint every cell of ``block``."""
    for cell in _cells(sheet, block):
        dress(cell, protection=look.OPEN, fill=look.INPUT_TINT)


def _cells(sheet: Worksheet, block: Block) -> Iterator[Cell]:
    for row in range(block.row, block.last_row + 1):
        for column in range(block.column, block.last_column + 1):
            yield sheet.cell(row, column)  # type: ignore[misc]


def colour_marks(sheet: Worksheet, block: Block) -> None:
    """Let ✗, △ and ✓ at the beginning of a cell colour it."""
    for mark, style in look.MARK_STYLES.items():
        formula = f'LEFT({block.corner},{len(HOLDS)})="{mark}"'
        sheet.conditional_formatting.add(
            block.reference, Rule(type="expression", dxf=style, formula=[formula], stopIfTrue=True)
        )


def colour_where(sheet: Worksheet, block: Block, formula: str, style: DifferentialStyle) -> None:
    """Let the cells of ``block`` look so while a formula, which is that of the first, comes to true."""
    sheet.conditional_formatting.add(block.reference, Rule(type="expression", dxf=style, formula=[formula]))


def hint(title: str, text: str) -> DataValidation:
    """Return a validation that allows everything and shows a hint where the cell is selected."""
    return DataValidation(showInputMessage=True, promptTitle=title, prompt=text, allow_blank=True)


def link(cell: Cell, target: Block) -> None:
    """Make a click on ``cell`` jump to ``target``, and look like it."""
    lead(cell, target)
    cell.font = look.LINK


def lead(cell: Cell, target: Block) -> None:
    """Make a click on ``cell`` jump to ``target``, whatever it looks like."""
    location = f"{quoted(target.sheet)}!{target.corner}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, tooltip=f"点这里转到“{target.sheet}”")


def lines_in(text: str, width: float) -> int:
    """Return how many lines ``text`` takes in a column ``width`` characters wide, in the fonts of this workbook.

    A character of ``BODY`` is a seventh wider than two of the digits in which column widths are counted.
    """
    return lines_of(text, width * 7 / 8)


def set_widths(sheet: Worksheet, widths: dict[int, float]) -> None:
    """Set the width of columns, in characters."""
    for column, width in widths.items():
        sheet.column_dimensions[letters(column)].width = width


def set_heights(sheet: Worksheet, heights: Mapping[int, float]) -> None:
    """Set the height of rows, in points."""
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height


def set_page(sheet: Worksheet, orientation: Literal["portrait", "landscape"], *, pages_high: int = 0) -> None:
    """Set A4, fitted to one page wide and ``pages_high`` pages high (0: as many as it takes)."""
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = orientation, "9"
    setup.fitToWidth, setup.fitToHeight = 1, pages_high
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.6
    margins.header = margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
    sheet.sheet_view.showGridLines = False


def protect(sheet: Worksheet, *, rows: bool = False) -> None:
    """Protect the sheet without a password; widths, heights and looks stay free, and with ``rows`` rows may be added and removed."""
    protection = sheet.protection
    protection.sheet = True
    # In the file format these say what is locked, so False is what gives freedom.
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.insertRows = protection.deleteRows = not rows
