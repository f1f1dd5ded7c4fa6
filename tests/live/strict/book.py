"""Workbooks, their sheets and names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl.utils import range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from xlwings import utils

from tests.live.strict.cells import Range
from tests.live.strict.trips import failed, reads, writes

if TYPE_CHECKING:
    from tests.live.strict.app import App

_LONGEST_SHEET_NAME = 31
_ALLOWANCES = {
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}


class Book:
    """An open workbook. ``calculated`` holds results of formulas, ``threads`` the cells with threaded comments."""

    def __init__(self, app: App, wb: Any, fullname: str, *, read_only: bool = False) -> None:
        self.app, self.wb, self._fullname, self.trips = app, wb, fullname, app.trips
        self.read_only, self.structure_locked = read_only, False
        self.calculated: dict[tuple[str, str], Any] = {}
        self.threads: set[tuple[str, str]] = set()
        self.selected: dict[str, Any] = {}

    @property
    def api(self) -> Any:
        return BookApi(self)

    @property
    @reads
    def fullname(self) -> str:
        return self._fullname

    @property
    @reads
    def name(self) -> str:
        return self._fullname.replace("\\", "/").rpartition("/")[2]

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @writes
    def save(self, path: str | None = None, password: str | None = None) -> None:
        target = str(path or self._fullname)
        if self.read_only and target == self._fullname:
            raise failed("文件是只读的，不能保存")
        if not Path(target).is_absolute():
            raise failed("没有保存过的工作簿没有路径")
        self.wb.save(target)
        self._fullname = target

    def close(self) -> None:
        self.app.books.opened.remove(self)

    @writes
    def activate(self) -> None:
        self.app.books.opened.remove(self)
        self.app.books.opened.append(self)


class BookApi:
    """What is read-only and what is locked."""

    def __init__(self, book: Book) -> None:
        self.book, self.trips = book, book.trips

    @writes
    def FollowHyperlink(self, address: str) -> None:
        self.book.app.followed.append(address)

    @property
    @reads
    def ReadOnly(self) -> bool:
        return self.book.read_only

    @property
    @reads
    def ProtectStructure(self) -> bool:
        return self.book.structure_locked


class Sheets:
    """The sheets of a workbook, hidden ones included."""

    def __init__(self, book: Book) -> None:
        self.book, self.trips = book, book.trips

    api = None

    @property
    @reads
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.wb.active)

    @reads
    def __call__(self, key: int | str) -> Sheet:
        if isinstance(key, int):
            return Sheet(self.book, self.book.wb.worksheets[key - 1])
        return Sheet(self.book, self.book.wb[key])

    @reads
    def __len__(self) -> int:
        return len(self.book.wb.worksheets)

    def __iter__(self) -> Any:
        for ws in list(self.book.wb.worksheets):
            self.trips.count("read", "Sheets.__iter__")
            yield Sheet(self.book, ws)

    def __contains__(self, key: str) -> bool:
        return key in self.book.wb.sheetnames

    @writes
    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> Sheet:
        if self.book.structure_locked:
            raise failed("工作簿有保护，不能更改结构")
        if name and (len(name) > _LONGEST_SHEET_NAME or set(name) & set("[]:*?/\\")):
            raise failed("工作表名称无效（最多 31 个字符）")
        place = before.index - 1 if before else after.index if after else None
        ws = self.book.wb.create_sheet(name, place)
        self.book.wb.active = ws
        return Sheet(self.book, ws)


class Sheet:
    """One sheet."""

    def __init__(self, book: Book, ws: Any) -> None:
        self.book, self.ws, self.trips = book, ws, book.trips

    @property
    def interface_only(self) -> bool:
        """True where only the user, and no macro, is held off."""
        return (id(self.book), self.ws.title) in self.book.app.interface_only

    @property
    def filtered_rows(self) -> set[int]:
        """The rows that a filter hides; those hidden by hand are none of them."""
        if not self.ws.auto_filter.ref:
            return set()
        _, top, _, bottom = range_boundaries(self.ws.auto_filter.ref)
        return {row for row in range(top + 1, bottom + 1) if self.ws.row_dimensions[row].hidden}

    def guard_objects(self, change: str) -> None:
        """Raise as Excel does where protection forbids to change notes."""
        protection = self.ws.protection
        if protection.sheet and protection.objects and not self.interface_only:
            raise failed(f"工作表受保护（{self.ws.title}：{change}）")

    @property
    def api(self) -> Any:
        return SheetApi(self)

    @property
    @reads
    def name(self) -> str:
        return str(self.ws.title)

    @property
    def index(self) -> int:
        return int(self.book.wb.worksheets.index(self.ws)) + 1

    @property
    def names(self) -> Names:
        return Names(self.book)

    @property
    def cells(self) -> Range:
        return Range(self, (1, 1), (1048576, 16384))

    @property
    @reads
    def used_range(self) -> Range:
        ws = self.ws
        return Range(self, (ws.min_row, ws.min_column), (ws.max_row, ws.max_column))

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, Range):
            return Range(self, arg1.first, (arg2 or arg1).last)
        if isinstance(arg1, str):
            first, last = utils.a1_to_tuples(arg1.replace("$", ""))
            return Range(self, first, last or first)
        if len(arg1) == 4:
            row, column, height, width = arg1
            return Range(self, (row, column), (row + height - 1, column + width - 1))
        return Range(self, arg1, arg2 or arg1)

    @writes
    def activate(self) -> None:
        if self.ws.sheet_state != "visible":
            raise failed("隐藏的工作表不能激活")
        self.book.wb.active = self.ws

    @writes
    def clear(self) -> None:
        if self.ws.protection.sheet and not self.interface_only:
            raise failed("工作表受保护，不能清除")
        for area in list(self.ws.merged_cells.ranges):
            self.ws.unmerge_cells(str(area))
        self.ws._cells.clear()

    @writes
    def delete(self) -> None:
        if self.book.structure_locked:
            raise failed("工作簿有保护，不能删除工作表")
        if self.ws.sheet_state == "veryHidden":
            raise failed("Worksheet 类的 Delete 方法无效（深度隐藏）")
        if self.book.app.display_alerts:
            raise AssertionError("Excel would ask whether the sheet may be deleted")
        self.book.wb.remove(self.ws)

    show_gridlines = property(
        lambda self: self.ws.sheet_view.showGridLines,
        lambda self, value: setattr(self.ws.sheet_view, "showGridLines", value),
    )

    @property
    def page_setup(self) -> Any:
        return PageSetup()


class PageSetup:
    """Takes what is set; printing is not tried here."""

    @property
    def api(self) -> PageSetup:
        return self


class SheetApi:
    """Protection, visibility and collections, in Excel's own words."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.trips = sheet, sheet.trips

    @reads
    def _get(self, name: str) -> Any:
        protection = self.sheet.ws.protection
        return bool(protection.sheet and (name == "sheet" or getattr(protection, name)))

    ProtectContents = property(lambda self: self._get("sheet"))
    ProtectDrawingObjects = property(lambda self: self._get("objects"))
    ProtectScenarios = property(lambda self: self._get("scenarios"))

    @property
    @reads
    def FilterMode(self) -> bool:
        return bool(self.sheet.filtered_rows)

    @property
    @reads
    def ProtectionMode(self) -> bool:
        return self.sheet.interface_only

    @property
    def Protection(self) -> Allowances:
        return Allowances(self.sheet)

    @writes
    def Unprotect(self, password: str) -> None:
        protection = self.sheet.ws.protection
        if protection.password and password == "":
            raise failed("密码不正确")
        protection.sheet = False

    @writes
    def Protect(self, **options: bool) -> None:
        protection = self.sheet.ws.protection
        assert not protection.sheet
        # What is not named gets Excel's default: contents, objects and scenarios protected, nothing allowed.
        protection.sheet = options.get("Contents", True)
        protection.objects = options.get("DrawingObjects", True)
        protection.scenarios = options.get("Scenarios", True)
        for word, name in _ALLOWANCES.items():
            setattr(protection, name, not options.get(word, False))
        if options.get("UserInterfaceOnly"):
            self.sheet.book.app.interface_only.add((id(self.sheet.book), self.sheet.ws.title))

    @reads
    def _selectable(self) -> int:
        protection = self.sheet.ws.protection
        return -4142 if protection.selectUnlockedCells else 1 if protection.selectLockedCells else 0

    @writes
    def _set_selectable(self, value: int) -> None:
        protection = self.sheet.ws.protection
        protection.selectLockedCells, protection.selectUnlockedCells = value != 0, value == -4142

    EnableSelection = property(_selectable, _set_selectable)

    @writes
    def _show(self, value: int) -> None:
        state = {-1: "visible", 0: "hidden", 2: "veryHidden"}[value]
        if state != "visible" and self.sheet.book.wb.active is self.sheet.ws:
            # The sheet before it comes to the front.
            self.sheet.book.wb.active = self.sheet.book.wb.worksheets[0]
        self.sheet.ws.sheet_state = state

    Visible = property(None, _show)

    @property
    def Comments(self) -> Any:
        return Counted(
            self.sheet, sum(c.comment is not None for row in self.sheet.ws.iter_rows() for c in row)
        )

    @property
    def CommentsThreaded(self) -> Any:
        title = self.sheet.ws.title
        places = [self.sheet.ws[address] for home, address in self.sheet.book.threads if home == title]
        return Counted(self.sheet, len(places), [Thread(cell) for cell in places])

    @property
    def Hyperlinks(self) -> Any:
        return Hyperlinks(self.sheet)


class Thread:
    """A threaded comment, known by its cell."""

    def __init__(self, cell: Any) -> None:
        self.Parent = self
        self.Row, self.Column = cell.row, cell.column


class Counted:
    """A collection of Excel's: its size is one trip, each item another."""

    def __init__(self, sheet: Sheet, count: int, items: list[Any] | None = None) -> None:
        self.trips, self._count, self._items = sheet.trips, count, items or []

    @property
    @reads
    def Count(self) -> int:
        return self._count

    def __iter__(self) -> Any:
        for item in self._items:
            self.trips.count("read", "item")
            yield item


class Hyperlinks:
    """All links of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.trips = sheet, sheet.trips

    @writes
    def Delete(self) -> None:
        if self.sheet.ws.protection.sheet and not self.sheet.interface_only:
            raise failed("工作表受保护")
        for row in self.sheet.ws.iter_rows():
            for cell in row:
                if cell.hyperlink is not None:
                    cell.hyperlink = None
        self.sheet.ws._hyperlinks.clear()


class Allowances:
    """What a protected sheet still allows."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._trips = sheet, sheet.trips

    def __getattr__(self, name: str) -> bool:
        self._trips.count("read", f"Protection.{name}")
        return not getattr(self._sheet.ws.protection, _ALLOWANCES[name])


class Names:
    """The defined names of a workbook."""

    def __init__(self, book: Book) -> None:
        self.book, self.trips = book, book.trips

    api = None

    @reads
    def __call__(self, key: int | str) -> Name:
        names = self.book.wb.defined_names
        return Name(self.book, names[key] if isinstance(key, str) else list(names.values())[key - 1])

    @reads
    def contains(self, key: str) -> bool:
        return key in self.book.wb.defined_names

    @reads
    def __len__(self) -> int:
        return len(self.book.wb.defined_names)

    @writes
    def add(self, name: str, refers_to: str) -> Name:
        self.book.wb.defined_names[name] = DefinedName(name, attr_text=refers_to.removeprefix("="))
        return Name(self.book, self.book.wb.defined_names[name])


class Name:
    """One defined name."""

    def __init__(self, book: Book, defined: Any) -> None:
        self.book, self.defined, self.trips = book, defined, book.trips

    api = None

    @property
    @reads
    def name(self) -> str:
        return str(self.defined.name)

    @property
    @reads
    def refers_to(self) -> str:
        return f"={self.defined.attr_text}"

    @refers_to.setter
    @writes
    def refers_to(self, value: str) -> None:
        self.defined.attr_text = value.removeprefix("=")
