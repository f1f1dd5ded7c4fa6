"""What a sheet shows: its hidden rows and columns, what lies under merged cells, and values that look otherwise than they are stored.

Hardly any sheet has any of this, so its XML is first asked for the bytes without which it cannot; only what they point to is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from xml.parsers import expat

from xlreport.report import PICTURE
from xlreport.sources.matching import Place
from xlreport.workbook.formats import as_figure, is_date, is_year, shown, stored
from xlreport.workbook.styles import Look

Rows: TypeAlias = list[list[Any]]
#: First row, first column, last row, last column.
Corners: TypeAlias = tuple[int, int, int, int]

_HIDES = re.compile(
    rb"""\s(?:hidden\s*=\s*["'](?:1|true|on)|(?:ht|width)\s*=\s*["']0*(?:\.0*)?["'])""", re.IGNORECASE
)
_HINTS = (b"hidden", b' ht="0', b" ht='0", b' width="0', b" width='0")
_ROW = re.compile(rb"<(?:\w+:)?row(?:\s[^>]*)?>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_NUMBER_OF = re.compile(rb"""\s(r|min|max)\s*=\s*["'](\d{1,7})["']""")
_MERGED = re.compile(rb"""["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?:\s[^>]*)?>")
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*)?>")
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d{1,6})["']""")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
# The usual way to write them is looked for first: a pattern that begins with plain bytes is found many times faster.
_BROKEN, _BROKEN_ANYHOW = re.compile(rb"<v>-?\d*[.eE]"), re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>-?\d*[.eE]")
_INLINE, _INLINE_END = re.compile(rb"<(?:\w+:)?is\s*>"), re.compile(rb"</(?:\w+:)?is\s*>")
_ITEM, _ITEM_END = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?>"), re.compile(rb"</(?:\w+:)?si\s*>")
_PICTURE = re.compile(r"\s*=?(?:_xlfn\.)*(?:DISPIMG|IMAGE)\(.*", re.DOTALL)
_FIGURE = re.compile(r"[\s+-]*[\d０-９][\d０-９.,，．\s]*")
_MARKS = (b"vertAlign", b"strike")
_COLUMNS = 16_384
#: So few formats are looked for one by one.
_FEW = 8
#: Where a sheet's data have begun.
_HEAD = 6_000
_ANY_USE = re.compile(rb"""\ss\s*=\s*["'](\d{1,6})["']""")
#: So many tags may stand between the beginning of a cell and its value.
_NEAR = 16
#: A raised number behind so long a text is a unit or a power and not the mark of a note to a label.
LONGEST_LABEL = 40


class Hidden(NamedTuple):
    """Rows and columns that are not shown, counted from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()

    def holds(self, place: Place) -> bool:
        """True for a place in a hidden row or column."""
        return place[0] in self.rows or place[1] in self.columns


NOTHING_HIDDEN = Hidden()


def hidden_in(xml: bytes) -> Hidden:
    """Return the rows and columns of a sheet that are hidden, also by a filter, by an outline or by having no size."""
    if not any(hint in xml for hint in _HINTS) or not _HIDES.search(xml):
        return NOTHING_HIDDEN
    rows: set[int] = set()
    columns: set[int] = set()
    at = -1
    for row in _ROW.finditer(xml):
        numbers = dict(_NUMBER_OF.findall(row[0]))
        at = int(numbers[b"r"]) - 1 if b"r" in numbers else at + 1
        if _HIDES.search(row[0]):
            rows.add(at)
    for column in _COLUMN.finditer(xml):
        bounds: dict[bytes, bytes] = dict(_NUMBER_OF.findall(column[0]))
        if _HIDES.search(column[0]) and b"min" in bounds:
            last = int(bounds[b"max"] if b"max" in bounds else bounds[b"min"])
            columns.update(range(int(bounds[b"min"]) - 1, min(last, _COLUMNS)))
    return Hidden(frozenset(rows), frozenset(columns))


def merged_in(xml: bytes) -> tuple[Corners, ...]:
    """Return the merged cells of a sheet: first row, first column, last row, last column."""
    # They stand behind the cells, one list.
    start = xml.find(b"mergeCells")
    return _areas(xml[start : xml.find(b"mergeCells", start + 10)]) if start >= 0 else ()


# The sheets of the standard workbook have the same ones in every file.
@lru_cache(maxsize=64)
def _areas(block: bytes) -> tuple[Corners, ...]:
    return tuple(
        (int(top) - 1, column_of(left), int(bottom) - 1, column_of(right))
        for left, top, right, bottom in _MERGED.findall(block)
    )


@lru_cache(maxsize=1024)
def column_of(letters: bytes) -> int:
    """Return the index of a column: “A” → 0."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + letter - 64
    return index - 1


def take_covered(rows: Rows, merged: Iterable[Corners]) -> dict[Place, Any]:
    """Take from ``rows`` what lies under merged cells, and return it by place."""
    taken: dict[Place, Any] = {}
    height = len(rows)
    for top, left, bottom, right in merged:
        for row in range(top, min(bottom + 1, height)):
            line = rows[row]
            first = left + 1 if row == top else left
            under = line[first : right + 1]
            if under.count("") == len(under):
                continue
            for column in range(first, first + len(under)):
                if line[column] != "":
                    taken[row, column] = line[column]
                    line[column] = ""
    return taken


class Seen(NamedTuple):
    """A value as it is shown: the figure or text, and whether it is another than the stored one."""

    value: Any
    stored: Any = None


def seen_in(xml: bytes, rows: Rows, looks: tuple[Look, ...], odd: frozenset[int]) -> dict[Place, Seen]:
    """Return the values of a sheet that are seen otherwise than ``rows`` have them, by place."""
    found: dict[Place, Seen] = {}
    places = _Places(xml)
    for start, opening in _suspects(xml, odd):
        style = _STYLE.search(opening)
        look = looks[int(style[1])] if style and int(style[1]) < len(looks) else looks[0] if looks else None
        place = places.of(start, opening)
        value = _at(rows, place)
        if look is None or value == "":
            continue
        kind = _TYPE.search(opening)
        raw = _VALUE.match(xml, start + len(opening)) or _VALUE.search(xml, start, _end_of(xml, start))
        number = stored(raw[1].decode("utf-8", "replace")) if raw and (not kind or kind[1] == b"n") else None
        now = as_seen(value, number, look)
        if now != value or type(now) is not type(value):
            found[place] = Seen(now, value)
    return found


def as_seen(value: Any, number: Decimal | None, look: Look) -> Any:
    """Return what a cell shows of its value: a figure, a text, or a text in brackets that says why there is no figure to be seen."""
    is_text = isinstance(value, str) and not _FIGURE.fullmatch(value)
    plain = value if number is None else format(number, "f")
    if look.struck:
        return "" if is_text else f"（已划去：{plain}）"
    if is_text or isinstance(value, bool):
        return value
    if look.raised:
        return f"（注{plain}）"
    if look.unseen:
        return f"（看不见：{plain}）"
    if isinstance(value, (date, time, timedelta)):
        # A year is shown, a day that is kept for it is not.
        return f"{value.year}年" if isinstance(value, date) and is_year(look.code) else value
    return value if number is None else _formatted(value, number, look.code)


def _formatted(value: Any, number: Decimal, code: str) -> Any:
    if is_date(code):
        return f"（日期格式：{number:f}）"
    text = shown(number, code)
    if text is None:
        return f"（格式“{code[:30]}”：{number:f}）"
    if not text.strip():
        return "" if number == 0 else f"（不显示：{number:f}）"
    figure = as_figure(text)
    if figure is None:
        return text.strip()
    if figure == number:
        return value
    return int(figure) if figure == figure.to_integral_value() else figure


def pictures_in(xml: bytes, rows: Rows) -> dict[Place, Seen]:
    """Return the cells that hold a picture and no text, as WPS and Excel store them."""
    if b"DISPIMG" not in xml and b"IMAGE(" not in xml:
        return {}
    found = {}
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if isinstance(value, str) and "(" in value and _PICTURE.fullmatch(value):
                found[down, across] = Seen(PICTURE, value)
    return found


def marked_texts(xml: bytes) -> dict[int, str]:
    """Return the shared texts of which a part is raised, lowered or struck, by index, as they are seen."""
    if not any(mark in xml for mark in _MARKS):
        return {}
    found = {}
    number = 0
    for piece in _ITEM_END.split(xml)[:-1]:
        openings = list(_ITEM.finditer(piece))
        # An item without content closes itself.
        number += max(len(openings) - 1, 0)
        inner = piece[openings[-1].end() :] if openings else b""
        if any(mark in inner for mark in _MARKS):
            found[number] = _text_of(inner)
        number += 1
    return found


def marked_in(xml: bytes, rows: Rows, texts: dict[int, str]) -> dict[Place, Seen]:
    """Return the texts of a sheet of which a part is raised, lowered or struck, as they are seen."""
    found = {}
    places = _Places(xml)
    if any(mark in xml for mark in _MARKS):
        at = 0
        for end in _INLINE_END.finditer(xml):
            inline = _INLINE.search(xml, at, end.start())
            if inline and any(mark in xml[inline.end() : end.start()] for mark in _MARKS):
                start = _start_of_cell(xml, inline.start())
                place = places.of(start, _opening(xml, start))
                found[place] = Seen(_text_of(xml[inline.end() : end.start()]), _at(rows, place))
            at = end.end()
    if texts:
        for cell in _CELL.finditer(xml):
            kind = _TYPE.search(cell[0])
            value = _VALUE.match(xml, cell.end()) if kind and kind[1] == b"s" else None
            if value and value[1].strip().isdigit() and int(value[1][:9]) in texts:
                place = places.of(cell.start(), cell[0])
                found[place] = Seen(texts[int(value[1][:9])], _at(rows, place))
    return found


def _text_of(fragment: bytes) -> str:
    """Return a text of runs as it is seen: what is struck is gone, what is raised or lowered beside a figure is the mark of a note."""
    runs: list[list[Any]] = []  # text, struck, raised
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        inside.append(name)
        if name == "r" or (name == "t" and "r" not in inside):
            runs.append(["", False, False])
        elif name == "strike" and attributes.get("val", "1") not in ("0", "false") and runs:
            runs[-1][1] = True
        elif name == "vertAlign" and attributes.get("val") in ("superscript", "subscript") and runs:
            runs[-1][2] = True

    def text(data: str) -> None:
        if inside[-1:] == ["t"] and "rPh" not in inside and runs:
            runs[-1][0] += data

    def end(_: str) -> None:
        inside.pop()

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    parser.Parse(b"<all>" + fragment + b"</all>", True)
    kept = [(words, raised) for words, struck, raised in runs if words and not struck]
    length = sum(len(words) for words, _ in kept)
    made = ""
    for words, raised in kept:
        if not raised or not words.strip():
            made += words
        elif not made.strip() or made.rstrip()[-1:].isdigit():
            made += f"（注{words.strip()}）"
        elif length > LONGEST_LABEL:
            made += words
    return made


def _suspects(xml: bytes, odd: frozenset[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the start and the opening tag of cells with one of these formats, and of those with a broken number."""
    if 0 in odd:  # also the format of a cell that names none
        for cell in _CELL.finditer(xml):
            yield cell.start(), cell[0]
        return
    if odd:
        for use in _uses(xml, odd):
            start = xml.rfind(b"<", 0, use)
            if opening := _opening(xml, start):
                yield start, opening
    for number in (_BROKEN if b"<sheetData" in xml[:_HEAD] else _BROKEN_ANYHOW).finditer(xml):
        start = _start_of_cell(xml, number.start())
        yield start, _opening(xml, start)


def _uses(xml: bytes, odd: frozenset[int]) -> Iterator[int]:
    """Yield where one of these formats is named."""
    # A program writes all its attributes in one way.
    if len(odd) > _FEW or b"='" in xml[:_HEAD]:
        for use in _ANY_USE.finditer(xml):
            if int(use[1]) in odd:
                yield use.start()
        return
    for index in sorted(odd):
        wanted = b' s="%d"' % index
        at = xml.find(wanted)
        while at >= 0:
            yield at
            at = xml.find(wanted, at + 1)


def _start_of_cell(xml: bytes, at: int) -> int:
    """Return where the cell begins in which ``at`` lies."""
    start = at
    for _ in range(_NEAR):
        start = max(xml.rfind(b"<", 0, start), 0)
        if _CELL.match(xml, start):
            break
    return start


def _opening(xml: bytes, start: int) -> bytes:
    cell = _CELL.match(xml, start)
    return cell[0] if cell else b""


def _end_of(xml: bytes, start: int) -> int:
    """Return where the next cell begins."""
    following = _CELL.search(xml, start + 2)
    return following.start() if following else len(xml)


class _Places:
    """Where the cells of a sheet stand; one without an address stands right of the one before it."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._counted: dict[int, Place] = {}

    def of(self, start: int, opening: bytes) -> Place:
        """Return the place of the cell that begins at ``start`` with this tag."""
        address = _ADDRESS.search(opening)
        if address:
            return int(address[2]) - 1, column_of(address[1])
        if not self._counted:
            self._count()
        return self._counted.get(start, (-1, -1))

    def _count(self) -> None:
        row, column = -1, 0
        for tag in _ROW_OR_CELL.finditer(self._xml):
            if tag[1] == b"row":
                numbers = dict(_NUMBER_OF.findall(tag[0]))
                row, column = int(numbers[b"r"]) - 1 if b"r" in numbers else row + 1, 0
            else:
                known = _ADDRESS.search(tag[0])
                column = column_of(known[1]) if known else column
                self._counted[tag.start()] = (row, column)
                column += 1


def _at(rows: Rows, place: Place) -> Any:
    row, column = place
    return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[row]) else ""
