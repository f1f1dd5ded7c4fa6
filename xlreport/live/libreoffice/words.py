"""The few words of Excel's own object model that the buttons use beside xlwings, said of LibreOffice's objects."""

from __future__ import annotations

from typing import Any

from xlreport.live.libreoffice.connection import struct
from xlreport.live.libreoffice.notes import Note

_NO_PATTERN, _SOLID = -4142, 1
_THIN = 26  # hundredths of a millimetre


class KeptOptions:
    """``Protection``: the office keeps the options itself while protection is lifted, and shows them to no one."""

    def __getattr__(self, name: str) -> bool:
        return False


class SheetWords:
    """``Worksheet`` and its ``PageSetup``."""

    #: Protection holds off programs too, mostly without a word.
    ProtectionMode = False
    EnableSelection = 0
    #: What is written reaches rows that a filter hides like any other.
    FilterMode = False

    def __init__(self, sheet: Any, model: Any) -> None:
        self._sheet, self._model = sheet, model

    @property
    def ProtectContents(self) -> bool:
        return bool(self._sheet.isProtected())

    ProtectDrawingObjects = ProtectScenarios = ProtectContents

    @property
    def Protection(self) -> KeptOptions:
        return KeptOptions()

    def Unprotect(self, password: str) -> None:
        """Lift the protection; without effect where the password is another."""
        self._sheet.unprotect(password)

    def Protect(self, **options: Any) -> None:
        """Protect without a password, allowing what was allowed before."""
        self._sheet.protect("")

    @property
    def api(self) -> SheetWords:
        """The page is set through the same object."""
        return self

    def _show(self, value: int) -> None:
        self._sheet.IsVisible = value == -1

    Visible = property(None, _show)

    def _turn(self, value: int) -> None:
        self._page().IsLandscape = value == 2

    def _fit(self, value: Any) -> None:
        page = self._page()
        page.ScaleToPagesX, page.ScaleToPagesY = 1, 0

    Orientation = property(None, _turn)
    FitToPagesWide = property(None, _fit)
    Zoom = FitToPagesTall = property(None, lambda self, value: None)

    def _page(self) -> Any:
        return self._model.StyleFamilies.getByName("PageStyles").getByName(self._sheet.PageStyle)

    @property
    def Comments(self) -> Collection:
        return Collection(self._sheet.Annotations.Count)

    @property
    def CommentsThreaded(self) -> Collection:
        """The office knows no threaded comments."""
        return Collection(0)

    @property
    def Hyperlinks(self) -> Collection:
        """Links are text of their cells here, and go when these are cleared."""
        return Collection(0)


class Collection:
    """A collection of which only the size counts."""

    def __init__(self, count: int) -> None:
        self.Count = int(count)

    def Delete(self) -> None:
        """Nothing is left to delete."""


class RangeWords:
    """``Range``."""

    def __init__(self, block: Any, corner: Any, sheet: Any) -> None:
        self._block, self._corner, self._sheet = block, corner, sheet

    @property
    def Interior(self) -> Interior:
        return Interior(self._block)

    @property
    def Borders(self) -> Borders:
        return Borders(self._block)

    @property
    def Font(self) -> RangeWords:
        """Underlining is set on the cells themselves."""
        return self

    @property
    def EntireColumn(self) -> RangeWords:
        """Columns are hidden through the cells' own columns."""
        return self

    def AddComment(self, text: str) -> Note:
        self._sheet.Annotations.insertNew(self._corner.CellAddress, text)
        return Note(self._corner)

    def _underline(self, value: int) -> None:
        self._block.CharUnderline = 1 if value == 2 else 0

    def _hide(self, value: bool) -> None:
        self._block.Columns.IsVisible = not value

    def _lock(self, value: bool) -> None:
        protection = self._corner.CellProtection
        protection.IsLocked = value
        self._block.CellProtection = protection

    Underline = property(None, _underline)
    Hidden = property(None, _hide)
    Locked = property(lambda self: bool(self._corner.CellProtection.IsLocked), _lock)


class Interior:
    """``Interior``: the office has colours only, no patterns and (in this version) no theme colours."""

    ThemeColor = None

    def __init__(self, block: Any) -> None:
        self._block = block

    @property
    def _common(self) -> Any:
        """The colour of all cells, -1 for none; ``None`` where they differ."""
        differ = self._block.getPropertyState("CellBackColor").value == "AMBIGUOUS_VALUE"
        return None if differ else self._block.CellBackColor

    @property
    def Pattern(self) -> int | None:
        """1 for a colour, -4142 for none, nothing where cells differ."""
        colour = self._common
        return None if colour is None else _NO_PATTERN if colour == -1 else _SOLID

    @Pattern.setter
    def Pattern(self, value: int) -> None:
        """Every colour is all over here."""

    @property
    def Color(self) -> int:
        """The colour as a blue-green-red number, 0 where cells differ."""
        colour = self._common
        return 0 if colour in (None, -1) else _swapped(colour)

    @Color.setter
    def Color(self, value: int) -> None:
        self._block.CellBackColor = _swapped(value)


class Borders:
    """``Borders``: thin lines of one colour."""

    def __init__(self, block: Any) -> None:
        self._block = block

    def _draw(self, value: int) -> None:
        line = struct("table.BorderLine2", Color=_swapped(value), OuterLineWidth=_THIN, LineWidth=_THIN)
        for edge in ("TopBorder", "BottomBorder", "LeftBorder", "RightBorder"):
            setattr(self._block, edge, line)

    LineStyle = Weight = property(None, lambda self, value: None)
    Color = property(None, _draw)


def _swapped(colour: int) -> int:
    """Red-green-blue as blue-green-red, and the other way round."""
    return (colour & 255) << 16 | colour & 0xFF00 | colour >> 16 & 255
