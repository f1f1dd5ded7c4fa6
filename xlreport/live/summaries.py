"""The summary lines above the tables, entered again so that Excel binds them to the add-in's function.

Excel keeps a name it did not know when the workbook was opened unknown for good, until the formula is entered again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlreport.form.declaration import Form
from xlreport.live.reading import area_of
from xlreport.workbook.formulas import LIVE_CHECK, is_summary, live_summary
from xlreport.workbook.layout import Block
from xlreport.workbook.names import name_of

if TYPE_CHECKING:
    import xlwings as xw

#: What Excel puts before the name of a function it does not know, or of one in a workbook.
_UNBOUND = re.compile(rf"(?:_xludf\.|'[^']*'!|[\w.\[\]:\\]+!)?{LIVE_CHECK}\(", re.IGNORECASE)


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
        block = Block(area.sheet, area.top + 1, area.left + 1, area.bottom + 1, area.right + 1)
        for row, line in enumerate(formulas, 1):
            formula = str(line[0] if isinstance(line, (list, tuple)) else line or "")
            if is_summary(formula):
                entered = _UNBOUND.sub(f"{LIVE_CHECK}(", formula)
                if f"{LIVE_CHECK}(" not in entered:
                    entered = live_summary(entered, block)
                found.append((titles[area.sheet].range((row, 1)), entered))
    return found
