"""What a marked copy does not take over from the user's workbook, since opening or a click would run it or call another computer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from openpyxl.worksheet.worksheet import Worksheet

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

#: Places on another computer or on this one's disk: a click sends the user's name and password there, or opens what lies there.
_TARGET = re.compile(r"\s*(?:file:|smb:|\\\\|//|[a-z]:[\\/])", re.IGNORECASE)
_FORMULA = re.compile(r"""HYPERLINK\(\s*"\s*(?:file:|smb:|\\\\|//|[a-z]:[\\/])""", re.IGNORECASE)
#: Names that run something by themselves.
_AUTOMATIC = re.compile(r"(?:_xlnm[._])?auto_(?:open|close|activate|deactivate)", re.IGNORECASE)


def drop_unsafe(book: Workbook) -> list[str]:
    """Take such links and names out of the workbook; return a Chinese sentence for each."""
    dropped = []
    sheets: list[Any] = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]
    for sheet in sheets:
        links = [link for link in sheet._hyperlinks if _TARGET.match(link.target or "")]
        if links:
            sheet._hyperlinks = [link for link in sheet._hyperlinks if link not in links]
        # iter_rows would make all cells up to the last one, which may stand in the last corner of the sheet.
        for _, cell in sorted(sheet._cells.items()):
            if cell.hyperlink is not None and _TARGET.match(cell.hyperlink.target or ""):
                cell._hyperlink = None
                dropped.append(f"工作表“{sheet.title}”{cell.coordinate} 指向其他电脑或本机文件的链接")
            elif cell.data_type == "f" and isinstance(cell.value, str) and _FORMULA.search(cell.value):
                cell.value = None
                dropped.append(f"工作表“{sheet.title}”{cell.coordinate} 指向其他电脑或本机文件的链接公式")
    holders: tuple[Any, ...] = (book, *sheets)
    for holder in holders:
        for name in [name for name in holder.defined_names if _AUTOMATIC.match(name)]:
            del holder.defined_names[name]
            dropped.append(f"自动运行的名称“{name}”")
    return [f"{kind}没有保留，请到原文件查看" for kind in dropped]
