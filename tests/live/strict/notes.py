"""Notes (not threaded comments) of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.comments import Comment

from tests.live.strict.trips import reads, writes

if TYPE_CHECKING:
    from tests.live.strict.book import Sheet

PIXEL = 0.75


class Note:
    """A note, for xlwings and (as ``api``) in Excel's own words."""

    def __init__(self, sheet: Sheet, cell: Any) -> None:
        self.sheet, self.cell, self.trips = sheet, cell, sheet.trips

    @classmethod
    def made(cls, sheet: Sheet, cell: Any, text: str) -> Note:
        """Give the cell a note signed by the program's user, of the size Excel gives to a new one."""
        cell.comment = Comment(text, sheet.book.app.user_name, width=144, height=79)
        return cls(sheet, cell)

    @property
    def api(self) -> Note:
        return self

    @property
    @reads
    def text(self) -> str:
        return str(self.cell.comment.text)

    @text.setter
    @writes
    def text(self, value: str) -> None:
        self._write(value)

    @writes
    def delete(self) -> None:
        self.sheet.guard_objects("删除批注")
        self.cell.comment = None

    @writes
    def Text(self, text: str, start: int, overwrite: bool) -> None:
        """Insert ``text`` before the character with that number, counted from 1."""
        assert overwrite is False
        now = self.cell.comment.text
        assert 1 <= start <= len(now) + 1
        self._write(now[: start - 1] + text + now[start - 1 :])

    @property
    @reads
    def Author(self) -> str:
        return str(self.cell.comment.author)

    @property
    def Shape(self) -> Shape:
        return Shape(self)

    def _write(self, text: str) -> None:
        self.sheet.guard_objects("批注")
        old = self.cell.comment
        self.cell.comment = Comment(text, old.author, width=old.width, height=old.height)


class Shape:
    """The box of a note, measured in points; its text as characters."""

    def __init__(self, note: Note) -> None:
        self.note, self.trips = note, note.trips

    @reads
    def _get(self, name: str) -> float:
        return float(getattr(self.note.cell.comment, name)) * PIXEL

    @writes
    def _set(self, name: str, value: float) -> None:
        self.note.sheet.guard_objects("批注大小")
        setattr(self.note.cell.comment, name, round(value / PIXEL, 6))

    Width = property(lambda self: self._get("width"), lambda self, v: self._set("width", v))
    Height = property(lambda self: self._get("height"), lambda self, v: self._set("height", v))

    @property
    def TextFrame(self) -> Shape:
        return self

    def Characters(self, start: int, length: int) -> Characters:
        return Characters(self.note, start, length)


class Characters:
    """Some characters of a note."""

    def __init__(self, note: Note, start: int, length: int) -> None:
        self.note, self.start, self.length, self.trips = note, start, length, note.trips

    @writes
    def Delete(self) -> None:
        text = self.note.cell.comment.text
        self.note._write(text[: self.start - 1] + text[self.start - 1 + self.length :])
