"""Notes of cells, for xlwings and (as ``api``) in Excel's own words."""

from __future__ import annotations

from typing import Any

from xlreport.live.libreoffice.connection import struct

#: com.sun.star.sheet.CellFlags.ANNOTATION, and a point in hundredths of a millimetre.
_NOTE, _POINT = 8, 2540 / 72


class Note:
    """The note of one cell."""

    def __init__(self, cell: Any) -> None:
        self._cell = cell

    @property
    def api(self) -> Note:
        """The same object, in Excel's words."""
        return self

    @property
    def text(self) -> str:
        return str(self._cell.Annotation.String)

    @text.setter
    def text(self, value: str) -> None:
        self._cell.Annotation.setString(value)

    def delete(self) -> None:
        self._cell.clearContents(_NOTE)

    @property
    def Author(self) -> str:
        return str(self._cell.Annotation.Author)

    def Text(self, text: str, start: int, overwrite: bool) -> None:
        """Insert ``text`` before the character with that number, counted from 1."""
        now = self.text
        self.text = now[: start - 1] + text + now[start - 1 :]

    @property
    def Shape(self) -> Shape:
        """The box, measured in points."""
        return Shape(self, self._cell.Annotation.AnnotationShape)


class Shape:
    """The box of a note, and its text as characters."""

    def __init__(self, note: Note, shape: Any) -> None:
        self._note, self._shape = note, shape
        self._start, self._length = 1, 0

    def _resize(self, **change: float) -> None:
        size = self._shape.Size
        width, height = change.get("width"), change.get("height")
        self._shape.setSize(
            struct(
                "awt.Size",
                Width=size.Width if width is None else round(width * _POINT),
                Height=size.Height if height is None else round(height * _POINT),
            )
        )

    Width = property(lambda self: self._shape.Size.Width / _POINT, lambda self, v: self._resize(width=v))
    Height = property(lambda self: self._shape.Size.Height / _POINT, lambda self, v: self._resize(height=v))

    @property
    def TextFrame(self) -> Shape:
        """The text is reached through the same object."""
        return self

    def Characters(self, start: int, length: int) -> Shape:
        """Return some of the characters, counted from 1."""
        self._start, self._length = start, length
        return self

    def Delete(self) -> None:
        now = self._note.text
        self._note.text = now[: self._start - 1] + now[self._start - 1 + self._length :]
