"""What a killed job left in an open workbook, put right by the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlreport.live.jobs import Unfinished
from xlreport.live.pen.marking import hide, take_off
from xlreport.live.protection import protect
from xlreport.live.session import put_back_settings
from xlreport.workbook.mark_records import HIDDEN

if TYPE_CHECKING:
    import xlwings as xw


def mend(book: xw.Book, left: Unfinished) -> None:
    """Give the program its settings and the sheets their protection, and take off marks, which may be half drawn."""
    put_back_settings(book.app, left.settings)
    titles = {sheet.name: sheet for sheet in book.sheets}
    for title in HIDDEN:
        if title in titles:
            hide(titles[title])
    take_off(book)
    for title, protection in left.protections.items():
        if title in titles:
            protect(titles[title], protection)
