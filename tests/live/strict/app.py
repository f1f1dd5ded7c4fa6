"""The program: its settings, its dialogs, its workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.live.strict.book import Book, Sheet
from tests.live.strict.files import loaded
from tests.live.strict.trips import Trips, reads, writes


class Engine:
    """What xlwings asks of an engine; it must be called “excel”, since functions in cells ask for that one."""

    name, type = "excel", "desktop"

    def __init__(self) -> None:
        self.app = App(self)

    @property
    def apps(self) -> Apps:
        return Apps(self.app)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(
        data: Any, make_date: Any, empty: Any, make_number: Any, errors_as_text: bool
    ) -> Any:
        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty
            if isinstance(value, str) and value in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!"):
                return value if errors_as_text else None
            if isinstance(value, (dt.date, dt.datetime)):
                return make_date(
                    year=value.year,
                    month=value.month,
                    day=value.day,
                    hour=0,
                    minute=0,
                    second=0,
                    microsecond=0,
                    tzinfo=None,
                )
            # COM hands over every number as a double.
            return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

        return [[clean(value) for value in row] for row in data]


class Apps:
    """The one program there is."""

    def __init__(self, app: App) -> None:
        self._app = app

    def keys(self) -> list[int]:
        return [self._app.pid]

    def __iter__(self) -> Iterator[App]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self._app


class App:
    """The program. ``alerts`` are the message boxes it showed; ``answers`` what the user says in the next dialogs."""

    pid, version, hwnd = 4711, "16.0", None

    def __init__(self, engine: Engine) -> None:
        self._engine, self.trips = engine, Trips()
        self.books = Books(self)
        self.user_name = "张三"
        self.alerts: list[str] = []
        self.answers: list[Any] = []
        #: The folders in which dialogs for files began, “” where the program chose, and the files it was told to open.
        self.begun_in: list[str] = []
        self.followed: list[str] = []
        self.history: list[tuple[str, Any]] = []
        self.interface_only: set[tuple[int, str]] = set()
        self.display_alerts = True
        #: The window in front, where it shows a file in the Protected View.
        self.protected_view: object = None
        self._settings: dict[str, Any] = {
            "screen_updating": True,
            "enable_events": True,
            "calculation": "automatic",
            "status_bar": False,
        }

    engine = property(lambda self: self._engine)
    api = property(lambda self: Dialogs(self))

    def open(self, path: Path | str, **state: Any) -> xw.Book:
        """Open a file, as the user does, with the workbook in front and called by the button."""
        return self.show(loaded(Path(path)), str(path), **state)

    def show(self, wb: Any, fullname: str, **state: Any) -> xw.Book:
        """Put an openpyxl workbook in front as one that is open under that name."""
        self.books.opened.append(Book(self, wb, fullname, **state))
        return xw.Book(impl=self.books.opened[-1])

    @property
    @reads
    def selection(self) -> Any:
        """The selected cells of the sheet in front; ``None`` if something else (a chart, say) is selected."""
        book = self.books.opened[-1]
        if book.wb.active.title not in book.selected:
            return None
        return Sheet(book, book.wb.active).range(*book.selected[book.wb.active.title])

    @property
    def settings(self) -> dict[str, Any]:
        """Everything a button must leave as it was."""
        return dict(self._settings)

    @reads
    def _get(self, name: str) -> Any:
        return self._settings[name]

    @writes
    def _set(self, name: str, value: Any) -> None:
        self._settings[name] = value
        self.history.append((name, value))

    screen_updating = property(lambda s: s._get("screen_updating"), lambda s, v: s._set("screen_updating", v))
    enable_events = property(lambda s: s._get("enable_events"), lambda s, v: s._set("enable_events", v))
    calculation = property(lambda s: s._get("calculation"), lambda s, v: s._set("calculation", v))
    status_bar = property(lambda s: s._get("status_bar"), lambda s, v: s._set("status_bar", v))

    @writes
    def calculate(self) -> None:
        """Nothing calculates here; results are given."""

    def activate(self, steal_focus: bool = False) -> None:
        """The one program is always in front."""

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        if self.trips.editing:
            # A message box cannot be shown through a program that rejects every call.
            self.trips.count("read", "alert")
        self.alerts.append(prompt)
        return str(self.answers.pop(0)) if buttons != "ok" else "ok"


class Dialogs:
    """Dialogs of Excel that xlwings has no word for."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.Title = self.InitialFileName = ""
        self.AllowMultiSelect = True

    @property
    def ActiveProtectedViewWindow(self) -> object:
        return self._app.protected_view

    def FileDialog(self, kind: int) -> Dialogs:
        assert kind in (3, 4)
        return self

    @property
    def Filters(self) -> Dialogs:
        return self

    def Clear(self) -> None:
        """No kinds of files yet."""

    def Add(self, name: str, patterns: str) -> None:
        assert all(pattern.startswith("*.") for pattern in patterns.split("; "))

    def Show(self) -> int:
        self._app.begun_in.append(self.InitialFileName)
        self.chosen = self._app.answers.pop(0)
        return -1 if self.chosen else 0

    def SelectedItems(self, number: int) -> str:
        return str(self.chosen)


class Books:
    """The open workbooks, the one in front last."""

    def __init__(self, app: App) -> None:
        self.app, self.trips = app, app.trips
        self.opened: list[Book] = []

    api = None

    @property
    @reads
    def active(self) -> Book:
        return self.opened[-1]

    @reads
    def __len__(self) -> int:
        return len(self.opened)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.opened)

    def open(self, fullname: str, *_: Any) -> Book:
        self.app.open(fullname)
        return self.opened[-1]

    def __call__(self, key: Any) -> Book:
        if isinstance(key, int):
            return self.opened[key - 1]
        return {name: book for book in self.opened for name in (book.name, book.fullname)}[key]
