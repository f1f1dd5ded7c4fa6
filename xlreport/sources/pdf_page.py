"""What a person sees on one page of a PDF: the cells between ruling lines, and the lines of text beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from xlreport.sources.left_out import LeftOut
from xlreport.sources.pdf_rules import tables_on
from xlreport.sources.pdf_tables import Box, Ruled
from xlreport.sources.pdf_text import text_of

if TYPE_CHECKING:
    from pdfplumber.page import Page as Source
    from pdfplumber.table import Table as Found

Char: TypeAlias = dict[str, Any]
#: Fewer cells are a frame around something.
_FEWEST_CELLS = 4
#: A picture over so much of a page without a ruling line is a scan of it.
_SCAN = 0.6
#: A line through the middle of a character strikes it; the middle begins and ends at these shares of its height.
_MIDDLE = (0.3, 0.75)
_THIN = 2.5
#: A character stands in a line with so much of its height.
_SHARED = 0.5
_FULL_WIDTH = re.compile("[０-９．，]+")


@dataclass(frozen=True)
class PdfLine:
    """A line of text and where it stands."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


class PdfPage:
    """A page: its tables and lines in ``items`` from top to bottom; ``is_picture`` where nothing of it can be read.

    ``before`` is the page before it, the last table of which may go on here.
    """

    def __init__(self, source: Source, left_out: LeftOut, before: PdfPage | None = None) -> None:
        self.number: int = source.page_number
        # The ground of a page is drawn as an area of its own, whose rim rules nothing.
        source = source.filter(lambda item: not _is_ground(item))
        self.height = float(source.height)
        area = float(source.width) * self.height
        covered = max((image["width"] * image["height"] for image in source.images), default=0)
        self.is_picture = covered > _SCAN * area and not source.edges
        self.items: list[PdfLine | Ruled] = []
        if self.is_picture:
            return
        chars = _seen(source, left_out)
        placed: list[tuple[float, PdfLine | Ruled]] = []
        for found in tables_on(source):
            if len(found.cells) < _FEWEST_CELLS and not _goes_on(found, before):
                continue
            inside = [char for char in chars if _is_within(char, found.bbox)]
            placed.append((found.bbox[1], _ruled(found, inside, left_out)))
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
    return (
        all(value <= 0.02 for value in values) if len(values) == 4 else all(value >= 0.98 for value in values)
    )


def _is_ground(item: Char) -> bool:
    """True for an area that is filled with white and has no rim."""
    if item["object_type"] != "rect" or item.get("stroke") or min(item["width"], item["height"]) <= _THIN:
        return False
    return _is_white(item.get("non_stroking_color"))


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
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _ruled(found: Found, chars: list[Char], left_out: LeftOut) -> Ruled:
    """Return the cells between the lines; what stands in none of them is said."""
    boxes = []
    rest = chars
    for cell in found.cells:
        inside = [char for char in rest if _is_within(char, cell)]
        taken = set(map(id, inside))
        rest = [char for char in rest if id(char) not in taken]
        boxes.append(Box(*cell, cell_text(_lines(inside), cell[2] - cell[0])))
    left_out.add("表格线不全、分不清是哪一格的文字", "".join(char["text"] for char in rest))
    return Ruled(boxes)


def _goes_on(found: Found, before: PdfPage | None) -> bool:
    """True where these few cells are the last row of the table with which the page before ends."""
    tables = [item for item in before.items if isinstance(item, Ruled)] if before else []
    return (
        len(found.cells) > 1
        and bool(tables)
        and tables[-1].goes_on_in(Ruled([Box(*cell, "") for cell in found.cells]))
    )


def cell_text(lines: Sequence[PdfLine], width: float) -> str:
    """Return the text of a cell; a full-width figure that has no room in one line may be broken anywhere, and is one."""
    texts = [line.text for line in lines]
    broken = sum(line.right - line.left for line in lines) > width
    return ("" if broken and all(map(_FULL_WIDTH.fullmatch, texts)) else "\n").join(texts)


def _lines(chars: Sequence[Char]) -> list[PdfLine]:
    """Return the lines that these characters make: those whose middles are near one another stand in one."""
    rows: list[list[Char]] = []
    # The largest come first, so that a mark that is raised or lowered finds its line.
    for char in sorted(chars, key=lambda each: (-each["size"], each["top"])):
        home = max(rows, key=lambda row: _overlap(row[0], char), default=None)
        if home and _overlap(home[0], char) > _SHARED * (char["bottom"] - char["top"]):
            home.append(char)
        else:
            rows.append([char])
    rows.sort(key=lambda row: float(row[0]["top"]))
    found = []
    for row in rows:
        row.sort(key=lambda each: each["x0"])
        text = text_of(row)
        if text:
            ends = row[0]["x0"], max(char["x1"] for char in row)
            heights = min(char["top"] for char in row), max(char["bottom"] for char in row)
            found.append(PdfLine(text, *ends, *heights, max(char["size"] for char in row)))
    return found


def _overlap(one: Char, other: Char) -> float:
    """Return how far two characters stand beside one another, from top to bottom."""
    return float(min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]))
