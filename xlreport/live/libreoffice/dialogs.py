"""Message boxes and file dialogs of the office, in the words of Excel's object model."""

from __future__ import annotations

from typing import Any

from xlreport.live.libreoffice.office import enum, service, to_path

#: com.sun.star.awt.MessageBoxButtons, and what its results are called by xlwings.
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_RESULTS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_CHOSEN = 1


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
    """``Application.GetOpenFilename`` and ``Application.FileDialog``."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def GetOpenFilename(self, kinds: str, index: int, title: str) -> str | bool:
        """Let the user choose a file; returns its path, or False."""
        picker = service(self._context, "com.sun.star.ui.dialogs.FilePicker")
        name, _, pattern = kinds.partition(",")
        picker.appendFilter(name, pattern)
        picker.setTitle(title)
        return to_path(picker.getSelectedFiles()[0]) if picker.execute() == _CHOSEN else False

    def FileDialog(self, kind: int) -> FolderDialog:
        """Return the dialog that lets the user choose a folder."""
        return FolderDialog(service(self._context, "com.sun.star.ui.dialogs.FolderPicker"))


class FolderDialog:
    """``FileDialog`` for folders."""

    def __init__(self, picker: Any) -> None:
        self._picker = picker
        self.Title = ""

    def Show(self) -> int:
        """Show the dialog; returns -1 if the user chose, else 0."""
        self._picker.setTitle(self.Title)
        return -1 if self._picker.execute() == _CHOSEN else 0

    def SelectedItems(self, number: int) -> str:
        """Return the path of the chosen folder."""
        return to_path(self._picker.getDirectory())
