"""Characters at places made into text: marks beside figures, blanks, paragraphs, and what stands at the edge of every page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.sources import text as plain
from xlreport.sources.blocks import Block, Paragraph
from xlreport.sources.pdf_tables import Ruled

if TYPE_CHECKING:
    from xlreport.sources.pdf_page import PdfLine, PdfPage

#: Characters so much smaller than those of their line, and off its ground, are marks of notes.
_SMALL = 0.75
#: Gaps in parts of a character's size: from here on a blank, from here on another column.
_BLANK, _COLUMN = 0.3, 1.5
#: Radicals that fonts name in the place of characters (those of Kangxi have a fold in Unicode), and joined letters.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_JOINED = "ﬀﬁﬂﬃﬄ"
#: A character for which the font names none.
_NAMELESS = re.compile(r"\(cid:\d+\)")
_UNKNOWN = "〔认不出的字〕"
#: Blanks that layout puts beside a Chinese character are no part of the text.
_LAYOUT = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef“”‘’]) (?! )|(?<! ) (?=[\u2e80-\u9fff\uff00-\uffef“”‘’])"
)
#: A line that is indented by more sizes than this begins a paragraph; one that ends so many before the edge ends it.
_INDENTED, _SHORT = 1.2, 5.0
#: Shares of the page's height in which headers, footers and page numbers stand.
_HEAD, _FOOT = 0.1, 0.88
_PAGE_NUMBER = re.compile(r"[\s\-–—―－·.第/共页]*\d{1,3}[\s\-–—―－·.第/共页\d]*")


def text_of(chars: Sequence[dict[str, Any]]) -> str:
    """Return the text of a line from left to right; what is raised or lowered beside a figure is the mark of a note."""
    size = max(char["size"] for char in chars)
    ground = max((char["bottom"] for char in chars if char["size"] > _SMALL * size), default=0.0)
    found, mark = "", ""
    last = None
    for char in chars:
        text = _NAMELESS.sub(_UNKNOWN, _written(char["text"]))
        gap = char["x0"] - last["x1"] if last else 0.0
        is_mark = char["size"] <= _SMALL * size and abs(char["bottom"] - ground) > 0.1 * size and text.strip()
        if is_mark:
            mark += text
        else:
            found += f"（注{mark}）" if mark else ""
            mark = ""
            if last and gap > _COLUMN * size:
                found = found.rstrip() + "  "
            elif last and gap > _BLANK * size and not found.endswith(" "):
                found += " "
            found += text
        last = char
    found += f"（注{mark}）" if mark else ""
    return _LAYOUT.sub("", found.strip())


def _written(text: str) -> str:
    """Return a character as it is written elsewhere: radicals and ligatures stand for the characters that look like them."""
    if text in _RADICALS:
        return _RADICALS[text]
    return (
        unicodedata.normalize("NFKC", text)
        if "\u2f00" <= text[:1] <= "\u2fd5" or text[:1] in _JOINED
        else text
    )


def without_furniture(pages: Sequence[PdfPage]) -> Sequence[PdfPage]:
    """Take page numbers, and lines that stand at the edge of several pages, off the pages."""
    counts = Counter(text for page in pages for text in {_counted(line) for line in _edges(page)})
    for page in pages:
        gone = {
            id(line)
            for line in _edges(page)
            if counts[_counted(line)] > max(1, len(pages) // 3) or _PAGE_NUMBER.fullmatch(line.text)
        }
        page.items = [item for item in page.items if id(item) not in gone]
    return pages


def _counted(line: PdfLine) -> str:
    """Return a line without what differs from page to page."""
    return re.sub(r"\d+", "#", line.text)


def _edges(page: PdfPage) -> list[PdfLine]:
    lines = [item for item in page.items if not isinstance(item, Ruled)]
    return [line for line in lines if line.bottom < _HEAD * page.height or line.top > _FOOT * page.height]


def paragraphs(
    source: Path, lines: Sequence[PdfLine], bounds: tuple[float, float], ruled: bool
) -> Iterator[Block]:
    """Yield the paragraphs that lines make; without any ruled table, also the tables whose columns are parted by blanks."""
    left, right = bounds
    found: list[str] = []
    above: PdfLine | None = None
    for line in lines:
        begins = (
            above is None
            or line.left > left + _INDENTED * line.size
            or above.right < right - _SHORT * above.size
            or "  " in line.text
            or "  " in above.text
            or abs(line.size - above.size) > 1
        )
        if begins:
            found.append(line.text)
        else:
            found[-1] = _LAYOUT.sub("", f"{found[-1]} {line.text}")
        above = line
    if not ruled:
        yield from plain.blocks_in(source, "\n".join(found))
    else:
        for text in found:
            yield Paragraph(text)
