"""Workbooks of the office, their sheets and defined names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.live.libreoffice.connection import struct, to_path
from xlreport.live.libreoffice.formulas import Formulas
from xlreport.live.libreoffice.ranges import Range
from xlreport.live.libreoffice.references import to_calc, to_excel
from xlreport.live.libreoffice.words import SheetWords

if TYPE_CHECKING:
    from xlreport.live.libreoffice.engine import App


class Book:
    """A workbook; ``model`` is the document."""

    def __init__(self, app: App, model: Any) -> None:
        self.app, self.model = app, model
        self.formulas = Formulas(model)

    @property
    def api(self) -> BookWords:
        """What xlwings has no word for, in Excel's words."""
        return BookWords(self.app, self.model)

    @property
    def fullname(self) -> str:
        """The path; of a workbook on the web its address; of one that was never saved its title."""
        return to_path(self.model.URL) if self.model.URL else str(self.model.Title)

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """The sheets, hidden ones included."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def selection(self) -> Range | None:
        """The selected cells; ``None`` if something else is selected."""
        chosen = self.model.CurrentSelection
        address = getattr(chosen, "RangeAddress", None)
        return Range.at(self.sheets(address.Sheet + 1), address) if address is not None else None

    def activate(self) -> None:
        self.model.CurrentController.Frame.activate()


class BookWords:
    """A workbook's state, as ``Workbook`` calls it."""

    def __init__(self, app: App, model: Any) -> None:
        self._app, self._model = app, model

    def FollowHyperlink(self, address: str) -> None:
        self._app.opened(address)

    @property
    def ReadOnly(self) -> bool:
        """True if it cannot be saved under its name."""
        return bool(self._model.isReadonly())

    @property
    def ProtectStructure(self) -> bool:
        """True if no sheet may be added."""
        return bool(self._model.isProtected())


class Sheets:
    """The sheets of a workbook."""

    api = None

    def __init__(self, book: Book) -> None:
        self.book = book
        self._sheets = book.model.Sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.model.CurrentController.ActiveSheet)

    def __call__(self, key: int | str) -> Sheet:
        found = self._sheets.getByIndex(key - 1) if isinstance(key, int) else self._sheets.getByName(key)
        return Sheet(self.book, found)

    def __len__(self) -> int:
        return int(self._sheets.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (self(index + 1) for index in range(len(self)))

    def __contains__(self, key: str) -> bool:
        return bool(self._sheets.hasByName(key))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add a sheet and show it, as Excel does."""
        place = before.index - 1 if before else after.index if after else len(self)
        title = name or f"Sheet{len(self) + 1}"
        self._sheets.insertNewByName(title, place)
        return self(title)


class Sheet:
    """One sheet; ``sheet`` is the office's object."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.sheet = book, sheet

    @property
    def api(self) -> SheetWords:
        """What xlwings has no word for, in Excel's words."""
        return SheetWords(self.sheet, self.book.model)

    @property
    def name(self) -> str:
        return str(self.sheet.Name)

    @property
    def index(self) -> int:
        """The position from 1."""
        return int(self.sheet.RangeAddress.Sheet) + 1

    @property
    def names(self) -> Names:
        """The workbook's names."""
        return Names(self.book)

    @property
    def cells(self) -> Range:
        return Range.at(self, self.sheet.RangeAddress)

    @property
    def used_range(self) -> Range:
        """The cells from the first to the last that holds anything."""
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        address = cursor.RangeAddress
        return Range(self, (1, 1), (address.EndRow + 1, address.EndColumn + 1))

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Return cells by addresses or by pairs of row and column."""
        if isinstance(arg1, Range):
            return Range(self, arg1.first, (arg2 or arg1).last)
        if isinstance(arg1, str):
            return Range.at(self, self.sheet.getCellRangeByName(arg1).RangeAddress)
        if len(arg1) == 4:
            row, column, height, width = arg1
            return Range(self, (row, column), (row + height - 1, column + width - 1))
        return Range(self, arg1, arg2 or arg1)

    def activate(self) -> None:
        self.book.model.CurrentController.setActiveSheet(self.sheet)

    def clear(self) -> None:
        """Remove contents, notes, looks and merges of all cells."""
        self.used_range.clear()

    def delete(self) -> None:
        self.book.model.Sheets.removeByName(self.name)

    def _show_gridlines(self, value: bool) -> None:
        self.activate()
        self.book.model.CurrentController.ShowGrid = value

    show_gridlines = property(None, _show_gridlines)

    @property
    def page_setup(self) -> SheetWords:
        """The page, in Excel's words behind ``api``."""
        return self.api


class Names:
    """The defined names of a workbook."""

    api = None

    def __init__(self, book: Book) -> None:
        self.book = book
        self._names = book.model.NamedRanges

    def __call__(self, key: int | str) -> Name:
        found = self._names.getByIndex(key - 1) if isinstance(key, int) else self._names.getByName(key)
        return Name(self.book, found)

    def contains(self, key: str) -> bool:
        return bool(self._names.hasByName(key))

    def __len__(self) -> int:
        return int(self._names.Count)

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name for cells, in Excel's syntax."""
        self._names.addNewByName(name, to_calc(refers_to), struct("table.CellAddress"), 0)
        return self(name)


class Name:
    """A defined name."""

    api = None

    def __init__(self, book: Book, defined: Any) -> None:
        self.book, self._defined = book, defined

    @property
    def name(self) -> str:
        return str(self._defined.Name)

    @property
    def refers_to(self) -> str:
        """The cells it stands for, in Excel's syntax."""
        return f"={to_excel(self._defined.Content) or self._defined.Content}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._defined.setContent(to_calc(value))
