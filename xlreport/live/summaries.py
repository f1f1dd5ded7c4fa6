"""The summary lines above the tables, entered again so that Excel binds them to the add-in's function.

Excel keeps a name it did not know when the workbook was opened unknown for good, until the formula is entered again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlreport.form.declaration import PREVIOUS, Form, Table
from xlreport.live.reading import area_of
from xlreport.workbook.container import Area
from xlreport.workbook.formulas import LIVE_CHECK, is_summary, live_summary, native_summary
from xlreport.workbook.layout import Block, weighs_last_year
from xlreport.workbook.names import name_of

if TYPE_CHECKING:
    import xlwings as xw


def stale_summaries(book: xw.Book, form: Form) -> list[tuple[xw.Range, str]]:
    """Return the cells that sum up a table, with the formula that is to be entered there."""
    titles = {sheet.name: sheet for sheet in book.sheets}
    found: list[tuple[xw.Range, str]] = []
    for table in form.tables:
        area = area_of(book, name_of(table.key))
        if area is None or area.sheet not in titles or not area.top:
            continue
        above = titles[area.sheet].range((1, 1), (area.top, 1))
        formulas = above.formula if area.top > 1 else [[above.formula]]
        figures, previous = _block(area), _last_years_block(book, form, table)
        for row, line in enumerate(formulas, 1):
            formula = str(line[0] if isinstance(line, (list, tuple)) else line or "")
            if is_summary(formula):
                native = native_summary(formula)
                # One that someone has reworked is entered as it is.
                reworked = LIVE_CHECK in native.upper()
                entered = formula if reworked else live_summary(native, figures, previous)
                found.append((titles[area.sheet].range((row, 1)), entered))
    return found


def _last_years_block(book: xw.Book, form: Form, table: Table) -> Block | None:
    area = area_of(book, name_of(PREVIOUS + table.key)) if weighs_last_year(form, table) else None
    return _block(area) if area is not None else None


def _block(area: Area) -> Block:
    return Block(area.sheet, area.top + 1, area.left + 1, area.bottom + 1, area.right + 1)
