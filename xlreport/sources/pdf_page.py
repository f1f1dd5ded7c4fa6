"""What a person sees on one page of a PDF: the cells between ruling lines, and the lines of text beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from xlreport.sources.blocks import Cell, Paragraph, Table
from xlreport.sources.left_out import LeftOut
from xlreport.sources.pdf_text import text_of

if TYPE_CHECKING:
    from pdfplumber.page import Page as Source
    from pdfplumber.table import Table as Found

Char: TypeAlias = dict[str, Any]
#: Fewer cells are a frame around something.
_FEWEST_CELLS = 4
#: Lines of a table closer than this (in points) are one.
_NEAR = 2.0
#: A picture over so much of a page without a ruling line is a scan of it.
_SCAN = 0.6
#: A line through the middle of a character strikes it; the middle begins and ends at these shares of its height.
_MIDDLE = (0.3, 0.75)
_THIN = 2.5


@dataclass(frozen=True)
class Line:
    """A line of text and where it stands."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


class Page:
    """A page: its tables and lines in ``items`` from top to bottom; ``is_picture`` where nothing of it can be read."""

    def __init__(self, source: Source, left_out: LeftOut) -> None:
        self.number: int = source.page_number
        self.height = float(source.height)
        area = float(source.width) * self.height
        covered = max((image["width"] * image["height"] for image in source.images), default=0)
        self.is_picture = covered > _SCAN * area and not source.edges
        self.items: list[Line | Table] = []
        if self.is_picture:
            return
        chars = _seen(source, left_out)
        tables = [found for found in source.find_tables() if len(found.cells) >= _FEWEST_CELLS]
        placed: list[tuple[float, Line | Table]] = []
        for found in tables:
            inside = [char for char in chars if _is_within(char, found.bbox)]
            placed.append((found.bbox[1], _table(found, inside, left_out)))
            taken = set(map(id, inside))
            chars = [char for char in chars if id(char) not in taken]
        for line in _lines(chars):
            placed.append((line.top, line))
        self.items = [item for _, item in sorted(placed, key=lambda each: each[0])]


def _seen(source: Source, left_out: LeftOut) -> list[Char]:
    """Return the characters that can be seen: those printed twice for weight once, none in white or struck out."""
    bars = [
        edge
        for edge in source.edges
        if edge["orientation"] == "h" and edge.get("height", 0) < _THIN and edge["width"] > 0
    ]
    bars.sort(key=lambda bar: float(bar["top"]))
    tops = [float(bar["top"]) for bar in bars]
    struck, white, turned = "", "", ""
    found = []
    for char in source.dedupe_chars().chars:
        if not char["upright"]:
            turned += char["text"]
        elif _is_white(char.get("non_stroking_color")) and not _on_ground(char, source):
            white += char["text"]
        elif _is_struck(char, bars, tops):
            struck += char["text"]
        else:
            found.append(char)
    for reason, text in (("划去的文字", struck), ("白色的文字", white), ("转了方向的文字", turned)):
        left_out.add(reason, text)
    return found


def _is_white(colour: Any) -> bool:
    if colour is None:
        return False
    values = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(value, (int, float)) for value in values):
        return False
    return all(value <= 0.02 for value in values) if len(values) == 4 else all(value >= 0.98 for value in values)


def _on_ground(char: Char, source: Source) -> bool:
    """True where a character stands on a filled area that is not white."""
    return any(
        rect.get("fill") and not _is_white(rect.get("non_stroking_color")) and _is_within(char, _box(rect))
        for rect in source.rects
    )


def _box(item: Char) -> tuple[float, float, float, float]:
    return item["x0"], item["top"], item["x1"], item["bottom"]


def _is_struck(char: Char, bars: Sequence[Char], tops: Sequence[float]) -> bool:
    height = char["bottom"] - char["top"]
    first, last = (char["top"] + share * height for share in _MIDDLE)
    middle = (char["x0"] + char["x1"]) / 2
    for bar in bars[bisect_left(tops, first) :]:
        if bar["top"] > last:
            return False
        if bar["x0"] <= middle <= bar["x1"]:
            return True
    return False


def _is_within(char: Char, box: Sequence[float]) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _table(found: Found, chars: list[Char], left_out: LeftOut) -> Table:
    """Return a table of the cells between the lines; what stands in none of them is said."""
    across = _stops(edge for cell in found.cells for edge in (cell[0], cell[2]))
    down = _stops(edge for cell in found.cells for edge in (cell[1], cell[3]))
    cells = []
    rest = chars
    for left, top, right, bottom in sorted(found.cells, key=lambda cell: (cell[1], cell[0])):
        inside = [char for char in rest if _is_within(char, (left, top, right, bottom))]
        taken = set(map(id, inside))
        rest = [char for char in rest if id(char) not in taken]
        row, column = _at(down, top), _at(across, left)
        text = "\n".join(line.text for line in _lines(inside))
        spans = max(_at(down, bottom) - row, 1), max(_at(across, right) - column, 1)
        cells.append(Cell(row, column, *spans, (Paragraph(text),)))
    left_out.add("表格线不全、分不清是哪一格的文字", "".join(char["text"] for char in rest))
    return Table(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _stops(edges: Any) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _at(stops: Sequence[float], edge: float) -> int:
    return min(range(len(stops)), key=lambda at: abs(stops[at] - edge))


def _lines(chars: Sequence[Char]) -> list[Line]:
    """Return the lines that these characters make: those whose middles are near one another stand in one."""
    rows: list[list[Char]] = []
    reach = 0.0
    for char in sorted(chars, key=lambda each: (each["bottom"], each["x0"])):
        # A mark that is raised or lowered has its middle within the line.
        middle = (char["top"] + char["bottom"]) / 2
        if rows and middle < reach:
            rows[-1].append(char)
            reach = max(reach, char["bottom"])
        else:
            rows.append([char])
            reach = char["bottom"]
    found = []
    for row in rows:
        row.sort(key=lambda each: each["x0"])
        text = text_of(row)
        if text:
            ends = row[0]["x0"], max(char["x1"] for char in row)
            heights = min(char["top"] for char in row), max(char["bottom"] for char in row)
            found.append(Line(text, *ends, *heights, max(char["size"] for char in row)))
    return found
