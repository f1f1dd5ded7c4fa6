"""What is kept of a cell that a mark covers, and how its note is put together and taken apart. Shared by the pens.

A record is a row on a sheet that no menu shows: a formula that points to the cell (so it follows the cell when rows are inserted or a
sheet is renamed), a sample of the cell's own fill, the tint, our note, and of the user's own note text, author and size in pixels.
The pen on files keeps one thing more, how cell and note were written, so that a file nobody has saved since is as it was.
"""

from __future__ import annotations

from xlreport.ooxml.notes import Size as Size
from xlreport.workbook.cell_texts import lines_of

#: The sheet of records, and the columns they take (from 1); the sample of the fill stands in the second.
RECORDS = "xlr_marks"
SAMPLE_COLUMN, LAST_COLUMN = 2, 8
WRITTEN_COLUMN = 9
#: The sheet that keeps what stood in cells before a suggestion was accepted; and all sheets of ours that no menu shows.
ACCEPTED = "xlr_accepted"
HIDDEN = (RECORDS, ACCEPTED)
#: Who signs a note that is all ours.
AUTHOR = "xlreport"
#: Between the user's own note and ours.
SEPARATOR = "\n\n"
_WIDTH, _CHARACTERS, _LINE, _PADDING = 340, 50, 17, 16


def joined(own: str | None, ours: str) -> str:
    """Return the note of a marked cell: the user's own, if there is one, and ours below it."""
    return ours if own is None else own + SEPARATOR + ours


def size_of(text: str, own_width: float = 0) -> Size:
    """Return the size that shows all of a note; it does not get narrower than the user's own was."""
    return Size(max(_WIDTH, own_width), lines_of(text, _CHARACTERS) * _LINE + _PADDING)


def remaining(now: str, ours: str, own: str | None) -> str | None:
    """Return what a note says without our part of it, ``None`` if nothing; ``own`` is the user's part when it was marked."""
    text, ours = plain_lines(now), plain_lines(ours)
    if text == joined(own if own is None else plain_lines(own), ours):
        return own
    return text.replace(ours, "").strip("\n") or None


def plain_lines(text: str) -> str:
    """Return the text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
