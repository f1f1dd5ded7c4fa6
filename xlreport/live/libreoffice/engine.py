"""An xlwings engine over a running LibreOffice: enough of Excel for the buttons to run there unmodified.

>>> book = attach(connect("xlreport-1"), "12")   # doctest: +SKIP
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import xlwings as xw

from xlreport.errors import XlreportError
from xlreport.live.libreoffice.book import Book
from xlreport.live.libreoffice.connection import service, to_url
from xlreport.live.libreoffice.dialogs import Dialogs, show_message
from xlreport.live.menu import NO_WORKBOOK, TITLE

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:")


def attach(context: Any, document: str = "") -> xw.Book:
    """Make LibreOffice the program that xlwings talks to; return the open workbook with that runtime id, else the one in front.

    Raises ``XlreportError`` where no workbook is open.
    """
    app = App(context)
    xw.engines.add(xw.Engine(impl=app.engine))
    xw.engines["excel"].activate()
    books = [book for book in app.books if not document or book.model.RuntimeUID == document]
    if not books:
        raise XlreportError(NO_WORKBOOK)
    front = app.books.active if not document else books[0]
    book = xw.Book(impl=front)
    book.set_mock_caller()
    return book


class Engine:
    """What xlwings asks of an engine. It is called “excel”, since that is the one functions in cells ask for."""

    name, type = "excel", "desktop"

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def apps(self) -> Apps:
        return Apps(self._app)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """Return a value as ``Range.raw_value`` takes it."""
        return "" if value is None else value

    @staticmethod
    def clean_value_data(
        data: Any, make_date: Any, empty: Any, make_number: Any, errors_as_text: bool
    ) -> Any:
        """Return values as xlwings hands them on: ``empty`` for blanks, errors as text or nothing."""

        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty
            if isinstance(value, str) and value.startswith(_ERRORS):
                return value if errors_as_text else None
            return make_number(value) if make_number and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]


class Apps:
    """The offices xlwings may choose from: the one we are connected to."""

    def __init__(self, app: App) -> None:
        self._app = app

    def keys(self) -> list[int]:
        """Return the process ids by which the offices are told apart."""
        return [self._app.pid]

    def __iter__(self) -> Iterator[App]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self._app


class App:
    """The office."""

    version, hwnd = "16.0", None

    def __init__(self, context: Any) -> None:
        self.context = context
        self.desktop = service(context, "com.sun.star.frame.Desktop")
        self.engine = Engine(self)
        self.pid = os.getpid()
        self.display_alerts = True
        self._indicator: Any = None
        self._status: str | bool = False

    @property
    def api(self) -> Dialogs:
        """The office's dialogs, in Excel's words."""
        return Dialogs(self.context)

    @property
    def books(self) -> Books:
        return Books(self)

    def opened(self, path: str) -> Any:
        """Open a file in a window of its own and return the document; raises ``XlreportError`` where it cannot."""
        model = self.desktop.loadComponentFromURL(to_url(path), "_blank", 0, ())
        if model is None:
            raise XlreportError(f"LibreOffice 打不开 {path}。")
        return model

    def activate(self, steal_focus: bool = False) -> None:
        """The document's own window comes to the front with it."""

    @property
    def selection(self) -> Any:
        """The selected cells of the workbook in front; ``None`` if something else is selected."""
        return self.books.active.selection

    @property
    def screen_updating(self) -> bool:
        """False while the workbook's windows are not redrawn."""
        return not self.books.active.model.hasControllersLocked()

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        model = self.books.active.model
        # The office counts; a job that was killed has left one.
        while value and model.hasControllersLocked():
            model.unlockControllers()
        if not value and not model.hasControllersLocked():
            model.lockControllers()

    @property
    def enable_events(self) -> bool:
        """False while what happens is none of the user's steps: undoing goes past it to what the user did before."""
        return bool(self.books.active.model.IsUndoEnabled)

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        model = self.books.active.model
        steps = model.UndoManager
        if not value and model.IsUndoEnabled:
            # What switches the memory off also empties it, but only in the innermost context; left empty, that one leaves no trace.
            steps.enterUndoContext(TITLE)
            model.IsUndoEnabled = False
        elif value and not model.IsUndoEnabled:
            model.IsUndoEnabled = True
            steps.leaveUndoContext()

    @property
    def calculation(self) -> str:
        """“automatic” or “manual”."""
        return "automatic" if self.books.active.model.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        self.books.active.model.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        """Calculate everything: after loading, the office does not know of all formulas that their results are old."""
        self.books.active.model.calculateAll()

    @property
    def status_bar(self) -> str | bool:
        """Our text in the status bar; False where the office has it for itself."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        if self._indicator is not None:
            self._indicator.end()
            self._indicator = None
        if isinstance(value, str):
            self._indicator = self.books.active.model.CurrentController.Frame.createStatusIndicator()
            self._indicator.start(value, 0)
        self._status = value

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        window = self.books.active.model.CurrentController.Frame.ContainerWindow
        return show_message(window, prompt, title or "", buttons, mode)


class Books:
    """The open workbooks, the one in front first."""

    api = None

    def __init__(self, app: App) -> None:
        self.app = app

    def _opened(self) -> list[Any]:
        found = []
        components = self.app.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            model = components.nextElement()
            if hasattr(model, "supportsService") and model.supportsService(_SPREADSHEET):
                found.append(model)
        front = self.app.desktop.getCurrentComponent()
        uid = getattr(front, "RuntimeUID", None)
        return sorted(found, key=lambda model: model.RuntimeUID != uid)

    @property
    def active(self) -> Book:
        """The workbook the button was pressed in, else the one in front."""
        chosen = getattr(xw.Book, "_mock_caller", None)
        if chosen is not None and isinstance(chosen.impl, Book) and chosen.impl.app is self.app:
            return chosen.impl
        return Book(self.app, self._opened()[0])

    def __len__(self) -> int:
        return len(self._opened())

    def __iter__(self) -> Iterator[Book]:
        return (Book(self.app, model) for model in self._opened())

    def __call__(self, key: int | str) -> Book:
        books = list(self)
        if isinstance(key, int):
            return books[key - 1]
        return {name: book for book in reversed(books) for name in (book.name, book.fullname)}[key]

    def open(self, fullname: str, *_: Any) -> Book:
        return Book(self.app, self.app.opened(fullname))
