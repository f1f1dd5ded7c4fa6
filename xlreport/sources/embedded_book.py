"""A workbook that stands in a document as a picture of itself: what it shows there is read from the workbook, and said."""

from __future__ import annotations

from pathlib import Path

from xlreport.errors import InputError
from xlreport.sources.blocks import Table
from xlreport.sources.compound import SIGNATURE, Compound

#: Where older programs keep a newer file within a compound one.
_PACKAGE = "Package"


def table_in(source: Path, content: bytes) -> tuple[Table, list[str]] | None:
    """Return what an embedded workbook shows, and what is to be said; ``None`` for a file of another kind, and where it cannot be told or read.

    The picture beside it was drawn when the workbook was last open in the document, from the open sheet and the frame that are kept in it.
    """
    from xlreport.sources.sheets import table_on_show
    from xlreport.workbook.opening import sheets_in

    try:
        if content.startswith(SIGNATURE) and _PACKAGE in (parts := Compound(source, content)):
            content = parts.stream(_PACKAGE)
        sheets = sheets_in(source, content)
        table = table_on_show(sheets)
    except InputError:
        return None
    if table is None:
        return None
    said = "文档里有嵌入的工作簿，按其中打开的工作表读取；请与文档上显示的图核对"
    return table, [said, *(f"嵌入的工作簿：{remark}" for remark in sheets.remarks)]
