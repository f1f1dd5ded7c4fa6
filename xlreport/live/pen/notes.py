"""Notes of cells in an open workbook: ours put below the user's own, and taken away again without touching theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from xlreport.ooxml.addresses import Spot
from xlreport.workbook.mark_records import SEPARATOR, Size, joined, plain_lines, remaining, size_of

if TYPE_CHECKING:
    import xlwings as xw

#: A note's shape is measured in points, the files' pens and records in pixels.
POINTS = 0.75


class OwnNote(NamedTuple):
    """A note of the user's, as it was before we wrote into it."""

    text: str
    author: str
    size: Size


def own_notes(sheet: xw.Sheet, spots: Sequence[Spot]) -> dict[Spot, OwnNote]:
    """Return the notes that stand in these cells; a sheet without notes costs one call."""
    if not sheet.api.Comments.Count:
        return {}
    found = {}
    for spot in spots:
        note = sheet.range(spot).note
        if note is not None:
            shape = note.api.Shape
            size = Size(shape.Width / POINTS, shape.Height / POINTS)
            found[spot] = OwnNote(note.text, str(note.api.Author or ""), size)
    return found


def discussed(sheet: xw.Sheet) -> set[Spot]:
    """Return the cells with a threaded comment, which can have no note; older programs know none."""
    try:
        threads = sheet.api.CommentsThreaded
        return {(thread.Parent.Row, thread.Parent.Column) for thread in threads} if threads.Count else set()
    except Exception:  # the program is older than threaded comments
        return set()


def add(sheet: xw.Sheet, spot: Spot, own: OwnNote | None, text: str) -> None:
    """Write our text into the cell's note, below the user's own."""
    cell = sheet.range(spot)
    if own is None:
        # xlwings would first ask whether there is a note already.
        _resize(cell.api.AddComment(text), size_of(text))
        return
    note = cell.note.api  # type: ignore[union-attr]  # it was read before
    # Added at the end, and not written anew, so that the user's own letters keep their looks.
    note.Text(SEPARATOR + text, len(own.text) + 1, False)
    _resize(note, size_of(joined(own.text, text), own.size.width))


def remove(sheet: xw.Sheet, spot: Spot, ours: str, own: str | None, size: Size | None) -> None:
    """Take our text out of the cell's note, and the note away where nothing else stands in it."""
    note = sheet.range(spot).note
    if note is None:
        return
    now = plain_lines(note.text)
    left = remaining(now, ours, own)
    if left is None:
        note.delete()
        return
    mine = SEPARATOR + plain_lines(ours)
    start = now.find(mine)
    if now.replace(mine, "", 1) == left and start >= 0:
        note.api.Shape.TextFrame.Characters(start + 1, len(mine)).Delete()
    elif now != left:
        note.text = left
    if size is not None and own is not None and left == plain_lines(own):
        _resize(note.api, size)


def _resize(note: Any, size: Size) -> None:
    shape = note.Shape
    shape.Width, shape.Height = size.width * POINTS, size.height * POINTS
