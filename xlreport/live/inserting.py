"""The button 插入文字: the form's usual sentences as formulas over the tables, so that text and tables cannot differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from xlreport.form.usual_sentences import keys_of, words_of
from xlreport.live.dialogs import agrees
from xlreport.live.failing import button
from xlreport.live.open_report import read_live
from xlreport.live.pen.marked import mark_again
from xlreport.live.places import last_row, sheet_and_spot
from xlreport.live.protection import refuse_unwritable, unprotected
from xlreport.live.session import working
from xlreport.ooxml.addresses import Spot
from xlreport.report import Report
from xlreport.workbook.names import BODY_STYLE
from xlreport.workbook.sentence_formulas import formula_of

if TYPE_CHECKING:
    import xlwings as xw


class _Offer(NamedTuple):
    """Sentences for one text: the sheet and the cell where its first paragraph stands, and formula → words."""

    sheet: str
    first: Spot
    sentences: dict[str, str]


@button
def insert_sentences(book: xw.Book) -> str | None:
    """Add the usual sentences that a text does not have yet, text by text, if the user agrees; on a text's own sheet only to that one."""
    refuse_unwritable(book)
    with working(book, "正在整理…"):
        report = read_live(book)
        offers = list(_offers(report))
    here = [offer for offer in offers if offer.sheet == book.sheets.active.name]
    if not offers:
        return "没有可以加的常用文字，或者都已经有了。"
    agreed = [offer for offer in here or offers if agrees(book.app, _question(offer))]
    if not agreed:
        return None
    with working(book, "正在填写…"):
        for offer in agreed:
            _write(book, offer)
        mark_again(book)
    count = sum(len(offer.sentences) for offer in agreed)
    return f"已加 {count} 段，句中的数随表格变化。要改写的，直接改那一段。"


def _offers(report: Report) -> Iterator[_Offer]:
    form, figures = report.declaration, report.figures()
    fields = {"organisation": report.organisation, "year": str(report.year or "")}
    for content, templates in form.sentences.items():
        if content not in report.places:
            continue
        sentences = {
            formula_of(template, report.places): words_of(template, figures, fields)
            for template in templates
            if keys_of(template) <= report.places.keys()
        }
        there = report.text(content)
        missing = {formula: words for formula, words in sentences.items() if words not in there}
        if missing:
            yield _Offer(*sheet_and_spot(report.places[content]), missing)


def _question(offer: _Offer) -> str:
    lines = [f"· {words}" for words in offer.sentences.values()]
    return "\n".join([f"要在“{offer.sheet}”的文字后面加这 {len(lines)} 段吗？句中的数随表格变化。", *lines])


def _write(book: xw.Book, offer: _Offer) -> None:
    sheet, (top, column) = book.sheets[offer.sheet], offer.first
    row = _free_row(sheet, top, column)
    block = sheet.range((row, column - 1), (row + len(offer.sentences) - 1, column))
    with unprotected([sheet]):
        # As text, a formula would be shown itself.
        block.number_format = "General"
        block.formula = tuple((BODY_STYLE, formula) for formula in offer.sentences)


def _free_row(sheet: xw.Sheet, top: int, column: int) -> int:
    """The first row from ``top`` on below which nothing is written any more, seen or not."""
    written = sheet.range((top, column - 1), (max(last_row(sheet), top), column)).formula
    below = [row for row, line in enumerate(written, top + 1) if any(line)]
    return max(below, default=top)
