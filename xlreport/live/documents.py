"""Where the submission document of an open workbook goes, and what it is called."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.live.dialogs import ask_for_folder
from xlreport.report import Report

if TYPE_CHECKING:
    import xlwings as xw

#: What Windows allows in no file name, and how long ours may get (a title in Chinese is three times as many bytes).
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 80


def folder_of(book: xw.Book) -> Path | None:
    """Return the folder in which the workbook lies; ``None`` for one that was never saved, or lies on the web."""
    place = book.fullname
    # A workbook that was never saved is called “工作簿1”, without a folder.
    if "://" in place or not Path(place).is_absolute():
        return None
    folder = Path(place).parent
    return folder if folder.is_dir() else None


def home_of(book: xw.Book) -> Path | None:
    """Return the folder in which the workbook lies; asks where it lies in none or on the web. ``None`` if the user gives up."""
    folder = folder_of(book)
    if folder is not None:
        return folder
    if "://" in book.fullname:
        return ask_for_folder(book.app, "工作簿在网盘（OneDrive 等）上，请选择存放文档的本地文件夹")
    return ask_for_folder(book.app, "工作簿还没有保存过，请选择存放文档的文件夹")


def document_name(report: Report) -> str:
    """Return the file name of a report's document: its title, without what no file name may hold."""
    title = _FORBIDDEN.sub("", report.full_title).strip(" .")[:_LONGEST]
    return f"{title}.docx"
