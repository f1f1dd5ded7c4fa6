"""The pen for the sheets that hold text: 使用说明, 基本信息 and the report's text sections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from xlreport.form.declaration import Form, Section
from xlreport.ooxml.addresses import quoted
from xlreport.report import LEVELS
from xlreport.workbook import look, pen
from xlreport.workbook.dressing import dress
from xlreport.workbook.formulas import NOT_WRITTEN, overall_formula
from xlreport.workbook.guide import guide_lines
from xlreport.workbook.layout import (
    BASICS,
    COUNTED,
    GUIDE,
    LAST_ROW,
    SEEN,
    SUMMARY_ROW,
    TEXT_HEADING_ROW,
    Block,
    Layout,
    cell_at,
    panel,
    panel_row,
    preamble_heading_row,
)
from xlreport.workbook.names import BODY_STYLE, FIELDS, HEADING_STYLE, PREAMBLE
from xlreport.workbook.room import formula_over, line_over
from xlreport.workbook.sentence_list import draw_sentences

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: The two columns of every text block.
_COLUMNS = ("样式", "正文（一行一段）")
_STYLE_WIDTH, TEXT_WIDTH, _GUIDE_WIDTH = 14.0, 88.0, 108.0
_FIELD_HINTS = {
    "organisation": "填机关全称，标题和正文里写法要一致",
    "year": "填四位年份，如 2025",
    "level": "从下拉列表中选择",
    "title": "由机关名称和年度自动生成，可以改写",
}
_YEARS = (1000, 9999)


def draw_guide(sheet: Worksheet, layout: Layout) -> None:
    """Draw the instructions into the empty sheet 使用说明."""
    pen.set_widths(sheet, {1: 6.0, 2: _GUIDE_WIDTH})
    pen.draw_title(sheet, f"{layout.form.title}填报工作簿", 2)
    pen.draw(sheet, Block(GUIDE, 2, 1, 2, 2), f"格式依据：{layout.form.notice}", font=look.SMALL)
    heights = {2: look.SUMMARY_HEIGHT}
    for number, line in enumerate(guide_lines(layout.form), 1):
        row = 2 + number
        pen.draw(sheet, cell_at(GUIDE, row, 1), number, font=look.HEADING)
        pen.draw(sheet, cell_at(GUIDE, row, 2), line, alignment=look.LEFT)
        heights[row] = look.height_for(pen.lines_in(line, _GUIDE_WIDTH)) + 6
    pen.set_heights(sheet, heights)
    pen.set_page(sheet, "portrait")
    pen.protect(sheet)
    sheet.sheet_properties.tabColor = look.READ_TAB


def draw_basics(sheet: Worksheet, layout: Layout) -> None:
    """Draw the fields, the overview of all checks and the preamble into the empty sheet 基本信息."""
    form = layout.form
    pen.set_widths(sheet, {1: _STYLE_WIDTH, 2: TEXT_WIDTH})
    pen.draw_title(sheet, BASICS, 2)
    summary = Block(BASICS, SUMMARY_ROW, 1, SUMMARY_ROW, 2)
    names, summaries = (panel(form, column) for column in (1, 2))
    pen.draw(sheet, summary, overall_formula(names, summaries), font=look.SUMMARY, alignment=look.LEFT)
    pen.colour_marks(sheet, layout.summary)
    heights = {SUMMARY_ROW: look.SUMMARY_HEIGHT}
    for field, label in FIELDS.items():
        place = layout.fields[field]
        pen.draw_heading(sheet, cell_at(BASICS, place.row, 1), label)
        pen.draw(sheet, place, alignment=look.LEFT, border=look.GRID)
        # The title is made by a formula, to whose length no program fits the row.
        heights[place.row] = look.height_for(2) if field == "title" else look.ROW_HEIGHT
        if field != "form":
            pen.open_for_input(sheet, place)
    sheet[layout.fields["form"].corner] = form.notice
    sheet[layout.fields["title"].corner] = title_formula(layout)
    _restrict_fields(sheet, layout)
    heights |= _draw_panel(sheet, layout)
    heading = preamble_heading_row(form)
    pen.set_heights(sheet, heights | dict.fromkeys((heading - 1, heading), look.SUMMARY_HEIGHT))
    # The cells of these columns are open unless they are drawn.
    for row in (panel_row(form) - 1, heading - 2):
        pen.draw(sheet, Block(BASICS, row, 1, row, 2))
    draw_text_block(sheet, form, PREAMBLE, layout.texts[PREAMBLE])
    sheet.freeze_panes = cell_at(BASICS, TEXT_HEADING_ROW, 1).corner
    pen.set_page(sheet, "portrait")
    pen.protect(sheet, rows=True)
    sheet.sheet_properties.tabColor = look.INPUT_TAB


def title_formula(layout: Layout) -> str:
    """Return the formula that makes the report's title from name and year."""
    name, year = layout.fields["organisation"].corner, layout.fields["year"].corner
    return f'=IF(OR({name}="",{year}=""),"",{name}&{year}&"年{layout.form.title}")'


def draw_section(sheet: Worksheet, section: Section, layout: Layout) -> None:
    """Draw a text section into its empty sheet."""
    pen.set_widths(sheet, {1: _STYLE_WIDTH, 2: TEXT_WIDTH})
    pen.draw_title(sheet, section.heading, 2)
    pen.set_heights(sheet, dict.fromkeys((SUMMARY_ROW, TEXT_HEADING_ROW), look.SUMMARY_HEIGHT))
    draw_text_block(sheet, layout.form, section.content, layout.texts[section.content])
    draw_sentences(sheet, layout)
    sheet.print_area = Block(section.sheet, 1, 1, LAST_ROW, 2).reference
    sheet.freeze_panes = cell_at(section.sheet, TEXT_HEADING_ROW + 1, 1).corner
    sheet.print_title_rows = f"{TEXT_HEADING_ROW}:{TEXT_HEADING_ROW}"
    pen.set_page(sheet, "portrait")
    pen.protect(sheet, rows=True)
    sheet.sheet_properties.tabColor = look.INPUT_TAB


def draw_text_block(sheet: Worksheet, form: Form, content: str, block: Block) -> None:
    """Draw what stands over a text and its prepared paragraphs; below, its columns stay open for whatever is pasted."""
    over = line_over(block)
    pen.draw_remark(sheet, over, formula_over(form, content, block))
    pen.colour_marks(sheet, over)
    dress(sheet.column_dimensions["A"], font=look.BODY, alignment=look.CENTRE, protection=look.OPEN)
    dress(sheet.column_dimensions["B"], font=look.BODY, alignment=look.TOP_LEFT, protection=look.OPEN)
    for column, text in enumerate(_COLUMNS, 1):
        pen.draw_heading(sheet, cell_at(block.sheet, block.row - 1, column), text)
    seen = block._replace(last_row=min(block.last_row, block.row + SEEN - 1))
    for row in range(block.row, seen.last_row + 1):
        pen.draw(sheet, cell_at(block.sheet, row, 1), border=look.FAINT_GRID)
        pen.draw(sheet, cell_at(block.sheet, row, 2), alignment=look.TOP_LEFT, border=look.FAINT_GRID)
    pen.open_for_input(sheet, seen)
    _draw_unseen(sheet, block, seen.last_row + 1)
    styles = block._replace(last_column=block.column)
    # A hint would cover the text beside it.
    choice = _choice((HEADING_STYLE, BODY_STYLE), "样式")
    choice.add(styles.reference)
    sheet.add_data_validation(choice)
    bold = DifferentialStyle(font=Font(bold=True))
    pen.colour_where(sheet, block, f'${styles.corner}="{HEADING_STYLE}"', bold)


def _draw_unseen(sheet: Worksheet, block: Block, first: int) -> None:
    """Let each row beyond those that are seen be seen, and printed, once the row above it is in use."""
    if first > block.last_row:
        return
    rest = block._replace(row=first)
    shape = DifferentialStyle(fill=PatternFill(bgColor=look.INPUT_TINT.fgColor), border=look.FAINT_GRID)
    above = f"$A{first - 1}&$B{first - 1}&$A{first}&$B{first}"
    pen.colour_where(sheet, rest, f'{above}<>""', shape)


def _restrict_fields(sheet: Worksheet, layout: Layout) -> None:
    year = DataValidation(
        type="whole",
        operator="between",
        formula1=str(_YEARS[0]),
        formula2=str(_YEARS[1]),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="年度不对",
        error="报告年度填四位年份，如 2025，不带“年”字。",
        showInputMessage=True,
        promptTitle=FIELDS["year"],
        prompt=_FIELD_HINTS["year"],
    )
    rules = {"year": year, "level": _choice(LEVELS, FIELDS["level"], _FIELD_HINTS["level"])}
    for field, text in _FIELD_HINTS.items():
        rule = rules.get(field) or pen.hint(FIELDS[field], text)
        rule.add(layout.fields[field].corner)
        sheet.add_data_validation(rule)


def _choice(options: Iterable[str], title: str, text: str | None = None) -> DataValidation:
    return DataValidation(
        type="list",
        formula1=f'"{",".join(options)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=title,
        error=f"请从下拉列表中选择：{'、'.join(options)}。",
        showInputMessage=text is not None,
        promptTitle=title if text else None,
        prompt=text,
    )


def _draw_panel(sheet: Worksheet, layout: Layout) -> dict[int, float]:
    """One line per table: its name, which jumps there, and its summary. Returns the rows' heights."""
    top = panel_row(layout.form)
    pen.draw_remark(sheet, Block(BASICS, top, 1, top, 2), "各表审核情况和各部分字数（点名称跳转）")
    heights = {top: look.SUMMARY_HEIGHT}
    for row, place in enumerate(layout.tables, top + 1):
        cell = pen.draw(
            sheet, cell_at(BASICS, row, 1), place.table.name, border=look.FAINT_GRID, fill=look.CHECK_TINT
        )
        if place.summary is not None:
            pen.link(cell, place.summary)
            shown = cell_at(BASICS, row, 2)
            pen.draw(sheet, shown, f"={place.summary.absolute}", alignment=look.LEFT, border=look.FAINT_GRID)
            pen.colour_marks(sheet, shown)
        heights[row] = look.height_for(2)
    for row, section in enumerate(layout.form.text_sections, top + len(layout.tables) + 1):
        cell = pen.draw(
            sheet, cell_at(BASICS, row, 1), _short(section), border=look.FAINT_GRID, fill=look.CHECK_TINT
        )
        block = layout.texts[section.content]
        pen.link(cell, block)
        shown = cell_at(BASICS, row, 2)
        pen.draw(sheet, shown, length_formula(block), alignment=look.LEFT, border=look.FAINT_GRID)
        heights[row] = look.ROW_HEIGHT
    return heights


def _short(section: Section) -> str:
    """“第一部分” of “一、总体情况”, which the column holds."""
    number, mark, _ = section.sheet.partition("、")
    return f"第{number}部分" if mark else section.sheet


def length_formula(block: Block) -> str:
    """Return the formula that says how many characters and paragraphs a text has, or that it is missing."""
    last = max(block.last_row, block.row + COUNTED - 1)
    texts = f"{quoted(block.sheet)}!$B${block.row}:$B${last}"
    return f'=IF(COUNTA({texts})=0,"{NOT_WRITTEN}",SUMPRODUCT(LEN({texts}))&" 字，"&COUNTA({texts})&" 段")'
