"""Tables of a PDF: cells between ruling lines, put together where a page ends within one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from xlreport.sources.blocks import Cell, Paragraph, Table
from xlreport.sources.labels import wording
from xlreport.sources.printed import looks_like_a_figure

#: Lines of a table closer than this (in points) are one.
_NEAR = 2.0


class Box(NamedTuple):
    """A cell: where it stands on the page, and its text."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Ruled:
    """The cells of a table as they stand on a page."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.boxes = sorted(boxes, key=lambda box: (box.top, box.left))
        self.top, self.bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)

    def goes_on_in(self, other: Ruled) -> bool:
        """True for the first table of the next page where its columns are those of this last one; a label may be parted further."""
        mine, others = self.stops(), other.stops()
        if abs(mine[0] - others[0]) > _NEAR or abs(mine[-1] - others[-1]) > _NEAR:
            return False
        figures = min((box.left for box in self.boxes if box.text.isdigit()), default=mine[-1])
        return all(stop < figures or min(abs(stop - each) for each in mine) < _NEAR for stop in others)

    def stops(self) -> list[float]:
        """Return where the columns begin and the last one ends."""
        return _stops(edge for box in self.boxes for edge in (box.left, box.right))

    def joined(self, other: Ruled) -> Ruled:
        """Return this table with the rows of the next page, the headers that are printed there again left out."""
        rows = other.without_headers_of(self)
        if not rows:
            return self
        shift = self.bottom - min(box.top for box in rows)
        below = [box._replace(top=box.top + shift, bottom=box.bottom + shift) for box in rows]
        above = list(self.boxes)
        last, first = max(box.top for box in above), min(box.bottom for box in below)
        ending = [box for box in above if abs(box.bottom - self.bottom) < _NEAR]
        beginning = [box for box in below if abs(box.top - self.bottom) < _NEAR]
        over_each = [
            (next((each for each in ending if _are_alike(each, box)), None), box) for box in beginning
        ]
        is_cut_row = _is_blank(ending, last) is not _is_blank(beginning, self.bottom) and not any(
            over and over.top >= last - _NEAR and _begin_anew(over, box) for over, box in over_each
        )
        for over, box in over_each:
            if over and not _may_be_one(over, box):
                continue
            # A cell that is cut by the page's end is one: it is higher than its row, or its row is cut.
            is_high = over is not None and (over.top < last - _NEAR or box.bottom > first + _NEAR)
            if over and (is_cut_row or is_high):
                # A label that is printed again is one label.
                text = over.text if over.text == box.text else over.text + box.text
                above[above.index(over)] = over._replace(bottom=box.bottom, text=text)
                below.remove(box)
        return Ruled([*above, *below])

    def without_headers_of(self, first: Ruled) -> list[Box]:
        """Return the cells below those with which ``first`` begins as well, text for text."""
        # Lines are drawn on whole dots, on each page on others.
        beside = zip(self.boxes, first.boxes, strict=False)
        same = sum(
            1 for _ in takewhile(lambda pair: _are_alike(*pair) and pair[0].text == pair[1].text, beside)
        )
        # Headers end where a row does.
        rows = [box.top for box in self.boxes]
        while same and same < len(rows) and rows[same] - rows[same - 1] < _NEAR:
            same -= 1
        return self.boxes[same:]

    def table(self) -> Table:
        """Return the table with rows and columns counted by its lines."""
        across = self.stops()
        down = _stops(edge for box in self.boxes for edge in (box.top, box.bottom))
        cells = []
        for box in self.boxes:
            row, column = _at(down, box.top), _at(across, box.left)
            spans = max(_at(down, box.bottom) - row, 1), max(_at(across, box.right) - column, 1)
            cells.append(Cell(row, column, *spans, (Paragraph(box.text),)))
        return Table(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _is_blank(boxes: Sequence[Box], top: float) -> bool:
    """True where most cells of the row that begins at ``top`` hold nothing: only its labels stand on this page."""
    row = [box.text for box in boxes if abs(box.top - top) < _NEAR]
    return len(row) > 2 and row.count("") * 2 > len(row)


def _begin_anew(above: Box, below: Box) -> bool:
    """True where each holds a figure, or the lower a label with a number of its own: the rows are two."""
    if not above.text or not below.text:
        return False
    return bool(
        wording(below.text).number or (looks_like_a_figure(above.text) and looks_like_a_figure(below.text))
    )


def _may_be_one(above: Box, below: Box) -> bool:
    """True where the text of one may go on in the other: neither of two is a figure."""
    texts = [box.text for box in (above, below) if box.text]
    return len(texts) < 2 or not any(map(looks_like_a_figure, texts))


def _are_alike(one: Box, other: Box) -> bool:
    return abs(one.left - other.left) < _NEAR and abs(one.right - other.right) < _NEAR


def _stops(edges: Iterable[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _at(stops: Sequence[float], edge: float) -> int:
    return min(range(len(stops)), key=lambda at: abs(stops[at] - edge))
