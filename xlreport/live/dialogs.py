"""Questions to the user, asked by the spreadsheet program itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.live.menu import TITLE

if TYPE_CHECKING:
    import xlwings as xw

_FILE_PICKER, _FOLDER_PICKER = 3, 4
_REPORTS = "*.xlsx; *.docx; *.html; *.htm; *.txt; *.json"


def ask_for_report(app: xw.App, title: str, folder: Path | None) -> Path | None:
    """Let the user choose a report, from ``folder`` on if there is one; ``None`` if they think better of it."""
    picker = app.api.FileDialog(_FILE_PICKER)
    picker.Title, picker.AllowMultiSelect = title, False
    picker.Filters.Clear()
    picker.Filters.Add("年度报告", _REPORTS)
    if folder is not None:
        # The separator at the end makes it a folder, and not a file of that name.
        picker.InitialFileName = f"{folder}{os.sep}"
    return Path(picker.SelectedItems(1)) if picker.Show() else None


def ask_for_folder(app: xw.App, title: str) -> Path | None:
    """Let the user choose a folder; ``None`` if they think better of it."""
    picker = app.api.FileDialog(_FOLDER_PICKER)
    picker.Title = title
    return Path(picker.SelectedItems(1)) if picker.Show() else None


def chosen(app: xw.App, question: str) -> str:
    """Return “yes”, “no”, or “cancel” where the user thinks better of it."""
    return str(app.alert(question, title=TITLE, buttons="yes_no_cancel"))


def agrees(app: xw.App, question: str) -> bool:
    """Return whether the user says yes."""
    return app.alert(question, title=TITLE, buttons="yes_no") == "yes"
