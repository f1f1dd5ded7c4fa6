"""The summary lines above the tables that ask the add-in, with the native formula that is to stand there: a saved workbook asks nobody's add-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlreport.form.declaration import Form
from xlreport.live.reading import area_of
from xlreport.workbook.addin_links import calls_addin, without_addin
from xlreport.workbook.names import name_of

if TYPE_CHECKING:
    import xlwings as xw


def stale_summaries(book: xw.Book, form: Form) -> list[tuple[xw.Range, str]]:
    """Return the cells above a table that call the add-in and know what to do without, with the formula that is to be entered there."""
    titles = {sheet.name: sheet for sheet in book.sheets}
    found: list[tuple[xw.Range, str]] = []
    for table in form.tables:
        area = area_of(book, name_of(table.key))
        if area is None or area.sheet not in titles or not area.top:
            continue
        above = titles[area.sheet].range((1, 1), (area.top, 1))
        formulas = above.formula if area.top > 1 else [[above.formula]]
        for row, line in enumerate(formulas, 1):
            formula = str(line[0] if isinstance(line, (list, tuple)) else line or "").removeprefix("=")
            native = without_addin(formula) if calls_addin(formula) else ""
            if native:
                found.append((titles[area.sheet].range((row, 1)), f"={native}"))
    return found
