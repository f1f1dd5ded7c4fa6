"""The pen for the list beside a text: the form's usual sentences with the figures of the tables, to be copied into the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from xlreport.form.usual_sentences import FIELDS, keys_of, words_of
from xlreport.workbook import look, pen
from xlreport.workbook.layout import SENTENCES_COLUMN, Layout, cell_at
from xlreport.workbook.sentence_formulas import formula_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADING = "可用句子（复制到左边，数字随表变）"
_GAP, _WIDTH = 2.0, 78.0


def draw_sentences(sheet: Worksheet, layout: Layout) -> None:
    """Draw the list into a text's sheet, right of the text, if there are sentences for it.

    A cell that is copied takes its look, its protection and its validation along: each is a paragraph's, and what sets the list apart
    holds in its own column only.
    """
    places = [place for place in layout.sentences if place.sheet == sheet.title]
    if not places:
        return
    pen.set_widths(sheet, {SENTENCES_COLUMN - 1: _GAP, SENTENCES_COLUMN: _WIDTH})
    head = cell_at(sheet.title, places[0].row - 1, SENTENCES_COLUMN)
    # From the left, so that it is seen where the window ends in the midst of it.
    pen.draw_heading(sheet, head, HEADING, look.LEFT)
    for place in places:
        template = layout.sentences[place]
        asked = {key: "!".join(layout.address(key)) for key in keys_of(template)}
        pen.draw(sheet, place, formula_of(template, asked), alignment=look.TOP_LEFT, border=look.FAINT_GRID)
        pen.open_for_input(sheet, place)
        height = look.height_for(_lines(template))
        sheet.row_dimensions[place.row] = look.GrowingRow(sheet, index=place.row, ht=height)
    block = places[0]._replace(last_row=places[-1].last_row)
    # True in the list, and no more in a cell that was copied out of it. LibreOffice asks each cell only where the reference is relative.
    in_the_list = f"COLUMN({block.corner})={SENTENCES_COLUMN}"
    grey = DifferentialStyle(fill=PatternFill(bgColor=look.CHECK_TINT.fgColor))
    pen.colour_where(sheet, block, in_the_list, grey)
    sheet.add_data_validation(_not_written(block.reference, f"NOT({in_the_list})"))


def _lines(template: str) -> int:
    """Return how many lines a sentence takes in the list, whose figures are usually no longer than this."""
    return pen.lines_in(
        words_of(template, dict.fromkeys(keys_of(template), 1000), dict.fromkeys(FIELDS, "2025")), _WIDTH
    )


def _not_written(block: str, unless: str) -> DataValidation:
    """Return a validation that lets nothing be typed into the list, where it would be read by nobody."""
    rule = DataValidation(
        type="custom",
        formula1=unless,
        showErrorMessage=True,
        errorTitle="可用句子",
        error="这里的句子用来复制，不能改写。文字请写在左边“正文”一栏。",
    )
    rule.add(block)
    return rule
