"""Questions to the user, asked by the spreadsheet program itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.live.menu import TITLE

if TYPE_CHECKING:
    import xlwings as xw

_FOLDER_PICKER = 4


def ask_for_report(app: xw.App, title: str) -> Path | None:
    """Let the user choose a report; ``None`` if they think better of it."""
    kinds = "年度报告,*.xlsx;*.docx;*.html;*.htm;*.txt;*.json"
    chosen = app.api.GetOpenFilename(kinds, 1, title)
    return Path(chosen) if isinstance(chosen, str) and chosen else None


def ask_for_folder(app: xw.App, title: str) -> Path | None:
    """Let the user choose a folder; ``None`` if they think better of it."""
    picker = app.api.FileDialog(_FOLDER_PICKER)
    picker.Title = title
    return Path(picker.SelectedItems(1)) if picker.Show() else None


def agrees(app: xw.App, question: str) -> bool:
    """Return whether the user says yes."""
    return app.alert(question, title=TITLE, buttons="yes_no") == "yes"
