"""Writing a report as the standard workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from xlreport.checking import gather
from xlreport.document.paragraphs import headings_of
from xlreport.errors import OutputError
from xlreport.form.declaration import PREVIOUS
from xlreport.form.figures import Figure
from xlreport.form.rule import Rule
from xlreport.limits import MOST_PARAGRAPHS
from xlreport.ooxml.cells import LONGEST_TEXT
from xlreport.output import write_bytes
from xlreport.report import Report
from xlreport.wording import TAKEN_OVER, lapsed_rows
from xlreport.workbook import look
from xlreport.workbook.cell_texts import escaped, put_text
from xlreport.workbook.layout import Block, Layout, layout_of
from xlreport.workbook.marks import PROPOSED_TINT
from xlreport.workbook.names import BODY_STYLE, HEADING_STYLE, PREAMBLE, PREVIOUS_FIELDS
from xlreport.workbook.office_sheet import add_relations, relation_values
from xlreport.workbook.pen import lines_in
from xlreport.workbook.reproducible import bytes_of
from xlreport.workbook.results import UNCHECKED
from xlreport.workbook.stored import held, stored_values
from xlreport.workbook.template import draw_workbook
from xlreport.workbook.text_sheets import TEXT_WIDTH

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: Who a note on a proposed figure is from.
NOTE_AUTHOR = "年报"


def write(
    report: Report,
    path: Path | str,
    proposed: Mapping[str, Figure] = MappingProxyType({}),
    rules: Sequence[Rule] = (),
) -> None:
    """Write ``report`` as a standard workbook; raises ``OutputError`` where ``path`` cannot be written (then nothing is changed).

    ``proposed`` are figures by key that the office has to confirm: they are written tinted, with a note. Relations among an office's own
    ``rules`` are weighed by formulas on a sheet of their own.
    """
    target, layout = Path(path), layout_of(report.declaration)
    refuse_too_long(report, target)
    workbook, evidence = fill(report), gather(report)
    _propose(workbook, layout, proposed)
    evidence.figures.update(proposed)
    add_relations(workbook, layout, rules)
    stored = stored_values(layout, evidence) | relation_values(rules, evidence)
    write_bytes(target, bytes_of(workbook, stored))


def refuse_too_long(report: Report, target: Path) -> None:
    """Raise ``OutputError`` for a text that no cell can hold, which openpyxl would cut."""
    headings = {PREAMBLE: "导语", **{part.content: part.heading for part in report.declaration.text_sections}}
    for content, heading in headings.items():
        lines = _lines(report, content)
        if len(lines) > MOST_PARAGRAPHS:
            problem = f"“{heading}”有 {len(lines)} 段，超过 {MOST_PARAGRAPHS} 段，一张工作表放不下"
            raise OutputError(target, problem, "请合并或删去空段")
        for number, text in enumerate(lines, 1):
            _refuse_text(target, f"“{heading}”第 {number} 段", text, "请分成几段")
    for year in filter(None, (report, report.previous)):
        for what, text in {
            "机关名称": year.organisation,
            "报告标题": year.title,
            "机关层级": year.level,
        }.items():
            _refuse_text(target, what, text, "请改短")
        for key, figure in year.figures().items():
            _refuse_text(target, f"“{year.declaration.label(key)}”一格", str(figure), "请改填数字")
    for explanation in report.explanations:
        _refuse_text(target, "一条审核说明", explanation.text, "请改短")


def _refuse_text(target: Path, what: str, text: str, advice: str) -> None:
    # Excel counts a character beyond the first plane as two; openpyxl cuts what it is given.
    held = escaped(text) if len(text) > LONGEST_TEXT // 8 else ""
    if len(held) > LONGEST_TEXT // 2 and len(held.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise OutputError(target, f"{what}超过 {LONGEST_TEXT} 字，一个单元格放不下", advice)


def fill(report: Report) -> Workbook:
    """Return the standard workbook filled with a report: figures of both years, fields, texts, explanations."""
    form = report.declaration
    texts = [content for content in layout_of(form).texts if getattr(report, content) is not None]
    layout = layout_of(form, {content: len(_lines(report, content)) for content in texts})
    answers = lapsed_rows(report.explanations, form)
    workbook = draw_workbook(layout, UNCHECKED._replace(lapsed=answers))
    figures = report.figures()
    if report.previous is not None:
        figures.update({PREVIOUS + key: value for key, value in report.previous.figures().items()})
    for key, value in figures.items():
        # Last year's report may be of another form, with cells that this one has not.
        if key in layout.cells:
            _put(workbook, layout.cells[key], value)
    _fill_fields(workbook, layout, report)
    for content in texts:
        _fill_text(workbook[layout.texts[content].sheet], layout.texts[content], report, content)
    return workbook


def _propose(workbook: Workbook, layout: Layout, proposed: Mapping[str, Figure]) -> None:
    for key, value in proposed.items():
        block = layout.cells[key]
        _put(workbook, block, value)
        cell = workbook[block.sheet].cell(block.row, block.column)
        cell.fill = PatternFill("solid", fgColor=PROPOSED_TINT)
        cell.comment = Comment(TAKEN_OVER, NOTE_AUTHOR, height=60, width=240)


def _fill_fields(workbook: Workbook, layout: Layout, report: Report) -> None:
    for field in ("organisation", "year", "level"):
        _put(workbook, layout.fields[field], getattr(report, field) or None)
    made = report.model_copy(update={"title": ""}).full_title
    if report.title and report.title != made:
        _put(workbook, layout.fields["title"], report.title)
    if report.previous is not None:
        for field in PREVIOUS_FIELDS:
            value = getattr(report.previous, field.removeprefix(PREVIOUS))
            _put(workbook, layout.fields[field], value or None)


def _fill_text(sheet: Worksheet, block: Block, report: Report, content: str) -> None:
    headings = headings_of(report, content)
    for number, text in enumerate(_lines(report, content)):
        row = block.row + number
        put_text(sheet.cell(row, block.last_column), text)
        if text.strip():
            sheet.cell(row, block.column).value = HEADING_STYLE if number in headings else BODY_STYLE
        # The list of sentences beside the text has its heights already.
        drawn = sheet.row_dimensions[row].height or 0.0
        height = max(drawn, look.height_for(lines_in(text, TEXT_WIDTH)))
        sheet.row_dimensions[row] = look.GrowingRow(sheet, index=row, ht=height)


def _lines(report: Report, content: str) -> list[str]:
    return (getattr(report, content) or "").splitlines()


def _put(workbook: Workbook, block: Block, value: Figure) -> None:
    cell = workbook[block.sheet].cell(block.row, block.column)
    entered = held(value)
    if isinstance(entered, str):
        put_text(cell, entered)
        return
    cell.value = entered
    if isinstance(entered, float) and not entered.is_integer():
        # A format for whole numbers would not show it.
        cell.number_format = "General"
