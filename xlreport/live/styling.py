"""The styles of paragraphs for which none was chosen: a text pasted from Word comes without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlreport.document.paragraphs import headings_of
from xlreport.live.places import sheet_and_spot
from xlreport.live.protection import unprotected
from xlreport.report import Report, paragraph_key
from xlreport.workbook.names import BODY_STYLE, HEADING_STYLE, PREAMBLE

if TYPE_CHECKING:
    import xlwings as xw


def choose_styles(book: xw.Book, report: Report) -> None:
    """Write beside each paragraph without a style the one that it is read with, so that headings stand out in the sheet as well."""
    for content in (PREAMBLE, *(section.content for section in report.declaration.text_sections)):
        headings = headings_of(report, content)
        styles: dict[str, str] = {}
        for number, line in enumerate(report.text(content).splitlines()):
            place = report.places.get(paragraph_key(content, number))
            if place and line.strip():
                styles.setdefault(place, HEADING_STYLE if number in headings else BODY_STYLE)
        if styles:
            _fill_in(book, styles)


def _fill_in(book: xw.Book, styles: dict[str, str]) -> None:
    """Fill in the blanks left of these places, which are in one column of one sheet."""
    title = sheet_and_spot(next(iter(styles)))[0]
    spots = {sheet_and_spot(place)[1]: style for place, style in styles.items()}
    (top, column), (bottom, _) = min(spots), max(spots)
    block = book.sheets[title].range((top, column - 1), (bottom, column - 1))
    now = [line[0] for line in block.options(ndim=2).value]
    chosen = [old or spots.get((row, column), old) for row, old in enumerate(now, top)]
    if chosen != now:
        with unprotected([book.sheets[title]]):
            block.value = [[style] for style in chosen]
