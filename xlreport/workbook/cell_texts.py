"""Texts in cells: written so that they stay what they are, and measured by the lines that they take."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from xlreport.printable import holdable

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell

#: Where a text has what a workbook takes for the escape of a character.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_PIECES = re.compile("[!-~]+|.")


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write ``text`` as text, also where it begins like a formula or holds characters that a workbook cannot."""
    held = escaped(holdable(text))
    cell.value = held or None
    if held[:1] in ("=", "+", "-", "@"):
        cell.data_type = "s"
        cell.quotePrefix = True  # else the program makes it a formula when the cell is next edited


def escaped(text: str) -> str:
    """Return the text as openpyxl has to write it: what looks like the escape of a character (“_x0041_”) is itself escaped."""
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def lines_of(text: str, width: float) -> int:
    """Return how many lines ``text`` takes in a column of ``width`` characters; a Chinese character is as wide as two."""
    room = max(2.0, width - 2)
    return sum(_wrapped(paragraph, room) for paragraph in text.splitlines() or [""])


def _wrapped(paragraph: str, room: float) -> int:
    """The lines of a paragraph; a sum (“1+4+16=21”) is not broken while it fits a line, as no program breaks it."""
    lines, used = 1, 0.0
    for piece in _PIECES.findall(paragraph):
        breadth = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in piece)
        if used + breadth > room and used:
            lines, used = lines + 1, 0.0
        more = max(0, math.ceil(breadth / room) - 1)
        lines, used = lines + more, used + breadth - more * room
    return lines
