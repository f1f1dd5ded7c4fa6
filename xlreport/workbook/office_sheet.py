"""The sheet of an office's own relations: each in words, and beside it a formula that weighs it while figures are typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from xlreport.form.finding import LEVEL_NAMES
from xlreport.form.linear import Linear
from xlreport.form.rule import Rule
from xlreport.rules.rule import Evidence
from xlreport.workbook import look, pen
from xlreport.workbook.formulas import check_formula, check_text
from xlreport.workbook.layout import Block, Layout, cell_at
from xlreport.workbook.results import SHEET as RESULTS
from xlreport.workbook.stored import as_entered

if TYPE_CHECKING:
    from openpyxl import Workbook

SHEET = "本单位审核关系"
_HEADINGS = ("名称", "关系", "级别", "结果")
_WIDTHS = {1: 28.0, 2: 70.0, 3: 10.0, 4: 18.0}
#: Excel takes no formula that is longer, and offers to repair the whole workbook.
_LONGEST_FORMULA = 8192
_TOO_LONG = "校验时审核"
_ADVICE = "这一页由本单位的规则生成，结果随填随变；文字、字数等其他规则在校验时审核"


def add_relations(workbook: Workbook, layout: Layout, rules: Sequence[Rule]) -> None:
    """Add the sheet before that of the results, where any of ``rules`` is a relation."""
    weighed = list(_weighed(rules))
    if not weighed:
        return
    sheet = workbook.create_sheet(SHEET, workbook.sheetnames.index(RESULTS))
    pen.set_widths(sheet, _WIDTHS)
    last = len(_HEADINGS)
    pen.draw_title(sheet, SHEET, last)
    pen.draw_remark(sheet, Block(SHEET, 2, 1, 2, last), _ADVICE)
    heights = {2: look.SUMMARY_HEIGHT, 3: look.ROW_HEIGHT}
    for column, heading in enumerate(_HEADINGS, start=1):
        pen.draw_heading(sheet, cell_at(SHEET, 3, column), heading)
    for rule, relation, result in weighed:
        row = result.row
        texts = (rule.title, rule.statement, LEVEL_NAMES[rule.level])
        for column, text in enumerate(texts, start=1):
            place = cell_at(SHEET, row, column)
            pen.draw(sheet, place, text, font=look.LABEL, alignment=look.LEFT, border=look.GRID)
        formula = check_formula(relation, rule, layout, SHEET)
        shown = formula if len(formula) <= _LONGEST_FORMULA else _TOO_LONG
        pen.draw(sheet, result, shown, alignment=look.SHRUNK, border=look.GRID, fill=look.CHECK_TINT)
        heights[row] = look.height_for(
            max(pen.lines_in(text, _WIDTHS[at]) for at, text in enumerate(texts, 1))
        )
    pen.set_heights(sheet, heights)
    pen.colour_marks(sheet, Block(SHEET, 4, last, 3 + len(weighed), last))
    pen.set_page(sheet, "landscape")
    pen.protect(sheet)


def relation_values(rules: Sequence[Rule], evidence: Evidence) -> dict[Block, str]:
    """Return what the formulas of the sheet come to, by their cells, where the figures of ``evidence`` are entered."""
    seen = as_entered(evidence)
    return {place: check_text(relation, rule, seen) for rule, relation, place in _weighed(rules)}


def _weighed(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Linear, Block]]:
    """Yield the rules that are relations, each with the cell for its result."""
    relations = [(rule, rule.relation) for rule in rules if rule.relation is not None]
    for row, (rule, relation) in enumerate(relations, start=4):
        yield rule, relation, cell_at(SHEET, row, len(_HEADINGS))
