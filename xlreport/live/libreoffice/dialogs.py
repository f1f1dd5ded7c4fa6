"""Message boxes and file dialogs of the office, in the words of Excel's object model."""

from __future__ import annotations

from typing import Any

from xlreport.live.libreoffice.connection import enum, service, to_path, to_url

#: com.sun.star.awt.MessageBoxButtons, and what its results are called by xlwings.
#: The Enter key means Yes, as in Excel.
_YES = 0x40000
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3 | _YES, "yes_no_cancel": 4 | _YES}
_RESULTS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_CHOSEN = 1
#: msoFileDialogFilePicker
_FILES = 3


def show_message(window: Any, prompt: str, title: str, buttons: str, mode: str | None) -> str:
    """Show a message box over ``window`` and return the button that was pressed, as xlwings calls it."""
    kind = "QUERYBOX" if buttons != "ok" else "ERRORBOX" if mode == "critical" else "INFOBOX"
    box = window.Toolkit.createMessageBox(
        window, enum("awt.MessageBoxType", kind), _BUTTONS[buttons], title, prompt
    )
    try:
        return _RESULTS[box.execute()]
    finally:
        box.dispose()


class Dialogs:
    """``Application.FileDialog``."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def FileDialog(self, kind: int) -> FileDialog:
        """Return the dialog that lets the user choose a file (3) or a folder (4)."""
        name = "FilePicker" if kind == _FILES else "FolderPicker"
        return FileDialog(service(self._context, f"com.sun.star.ui.dialogs.{name}"), kind)


class FileDialog:
    """``FileDialog`` and its ``Filters``."""

    def __init__(self, picker: Any, kind: int) -> None:
        self._picker, self._files = picker, kind == _FILES
        self.Title = self.InitialFileName = ""
        self.AllowMultiSelect = False

    @property
    def Filters(self) -> FileDialog:
        """The kinds of files to choose from, kept by the dialog itself."""
        return self

    def Clear(self) -> None:
        """A new dialog of the office has no kinds yet."""

    def Add(self, name: str, patterns: str) -> None:
        """Offer files of one more kind, “*.xlsx; *.docx”."""
        self._picker.appendFilter(name, patterns.replace(" ", ""))

    def Show(self) -> int:
        """Show the dialog; returns -1 if the user chose, else 0."""
        self._picker.setTitle(self.Title)
        if self.InitialFileName:
            self._picker.setDisplayDirectory(to_url(self.InitialFileName))
        return -1 if self._picker.execute() == _CHOSEN else 0

    def SelectedItems(self, number: int) -> str:
        """Return the path of what was chosen."""
        return to_path(self._picker.getSelectedFiles()[0] if self._files else self._picker.getDirectory())
