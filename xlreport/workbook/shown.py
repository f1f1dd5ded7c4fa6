"""What a sheet shows: its hidden rows and columns, what lies under merged cells, and values that look otherwise than they are stored.

Hardly any sheet has any of this, so its XML is first asked for the bytes without which it cannot; only what they point to is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, TypeAlias
from xml.parsers import expat

from xlreport.form.figures import is_blank
from xlreport.ooxml.addresses import Corners
from xlreport.report import PICTURE
from xlreport.sources.matching import Place
from xlreport.workbook.cell_looks import PAPER, CellLook, colour_of, look_named
from xlreport.workbook.formats import as_figure, is_date, is_year, shown, stored
from xlreport.workbook.sheet_xml import ADDRESS, SheetXml, place_at, places_of_cells
from xlreport.workbook.usual_values import Suspect

Rows: TypeAlias = list[list[Any]]

_HIDES = re.compile(
    rb"""\s(?:hidden\s*=\s*["'](?:1|true|on)|(?:ht|width)\s*=\s*["']0*(?:\.0*)?["'])""", re.IGNORECASE
)
_HINTS = (b"hidden", b'"0', b"'0")
_ROW = re.compile(rb"<(?:\w+:)?row(?:\s[^>]*)?>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_NUMBER_OF = re.compile(rb"""\s(r|min|max)\s*=\s*["'](\d{1,7})["']""")
_MERGED = re.compile(rb"""["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*)?>")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
_BROKEN = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>-?\d*[.eE]")
_INLINE, _INLINE_END = re.compile(rb"<(?:\w+:)?is\s*>"), re.compile(rb"</(?:\w+:)?is\s*>")
_ITEM, _ITEM_END = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?>"), re.compile(rb"</(?:\w+:)?si\s*>")
_MAKES_PICTURES = re.compile(rb"IM(?:AGE|G)\(")
_PICTURE_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>\s*(?:_xlfn\.)*(?:DISPIMG|IMAGE)\(")
_PICTURE = re.compile(r"\s*=?(?:_xlfn\.)*(?:DISPIMG|IMAGE)\(.*", re.DOTALL)
_FIGURE = re.compile(r"[\s+-]*[\d０-９][\d０-９.,，．\s]*")
_MARKED = re.compile(
    rb"""vertAlign|strike|<(?:\w+:)?color\s[^>]*["'](?:0|1|9|65|(?:[0-9A-Fa-f]{2})?[Ff]{6})["']"""
)
_COLUMNS = 16_384
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


def hidden_in(sheet: SheetXml) -> Hidden:
    """Return the rows and columns of a sheet that are hidden, also by a filter, by an outline or by having no size."""
    tags = sheet.lines
    if not any(hint in tags for hint in _HINTS) or not _HIDES.search(tags):
        return NOTHING_HIDDEN
    rows: set[int] = set()
    columns: set[int] = set()
    at = -1
    for row in _ROW.finditer(tags):
        numbers = dict(_NUMBER_OF.findall(row[0]))
        at = int(numbers[b"r"]) - 1 if b"r" in numbers else at + 1
        if _HIDES.search(row[0]):
            rows.add(at)
    for column in _COLUMN.finditer(tags):
        bounds: dict[bytes, bytes] = dict(_NUMBER_OF.findall(column[0]))
        if _HIDES.search(column[0]) and b"min" in bounds:
            last = int(bounds[b"max"] if b"max" in bounds else bounds[b"min"])
            columns.update(range(int(bounds[b"min"]) - 1, min(last, _COLUMNS)))
    return Hidden(frozenset(rows), frozenset(columns))


def merged_in(xml: bytes) -> tuple[Corners, ...]:
    """Return the merged cells of a sheet: first row, first column, last row, last column."""
    # They stand behind the cells, one list.
    start = xml.find(b"mergeCells", max(xml.rfind(b"sheetData"), 0))
    return _areas(xml[start : xml.find(b"mergeCells", start + 10)]) if start >= 0 else ()


# The sheets of the standard workbook have the same ones in every file.
@lru_cache(maxsize=64)
def _areas(block: bytes) -> tuple[Corners, ...]:
    return tuple(
        (*place_at(left, top), *place_at(right, bottom))
        for left, top, right, bottom in _MERGED.findall(block)
    )


def take_covered(rows: Rows, merged: Iterable[Corners]) -> dict[Place, Any]:
    """Take from ``rows`` what lies under merged cells, and return it by place."""
    taken: dict[Place, Any] = {}
    height = len(rows)
    for top, left, bottom, right in merged:
        first = left + 1
        for row in range(top, min(bottom + 1, height)):
            line = rows[row]
            covered = line[first : right + 1]
            # Hardly ever does anything lie there.
            if covered.count("") < len(covered):
                for column in range(first, min(right + 1, len(line))):
                    if line[column] != "":
                        taken[row, column] = line[column]
                        line[column] = ""
            first = left
    return taken


class SeenValue(NamedTuple):
    """A value as it is shown: the figure or text, and whether it is another than the stored one."""

    value: Any
    stored: Any = None


def seen_in(suspects: Iterable[Suspect], rows: Rows, looks: tuple[CellLook, ...]) -> dict[Place, SeenValue]:
    """Return the values among ``suspects`` that are seen otherwise than ``rows`` have them, by place."""
    found: dict[Place, SeenValue] = {}
    for place, tag, raw in suspects:
        value = value_at(rows, place)
        look = look_named(tag, looks)
        if look is None or value == "":
            continue
        kind = _TYPE.search(tag)
        number = stored(raw.decode("utf-8", "replace")) if raw and (not kind or kind[1] == b"n") else None
        now = as_seen(value, number, look)
        if now != value or type(now) is not type(value):
            found[place] = SeenValue(now, value)
    return found


def suspects_in(xml: bytes, looks: tuple[CellLook, ...]) -> Iterator[Suspect]:
    """Yield the cells of a sheet whose format may show something else than is stored, and those with a broken number."""

    def is_odd(tag: bytes) -> bool:
        look = look_named(tag, looks)
        return look is not None and not look.is_plain

    places = _Places(xml)
    openings = ((cell.start(), cell[0]) for cell in _CELL.finditer(xml) if is_odd(cell[0]))
    broken = (_start_of_cell(xml, number.start()) for number in _BROKEN.finditer(xml))
    for start, opening in chain(openings, ((start, _opening(xml, start)) for start in broken)):
        raw = _VALUE.match(xml, start + len(opening)) or _VALUE.search(xml, start, _end_of(xml, start))
        yield Suspect(places.of(start, opening), opening, raw[1] if raw else None)


def as_seen(value: Any, number: Decimal | None, look: CellLook) -> Any:
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
    return as_laid_out(value, number, text)


def as_laid_out(value: Any, number: Decimal, text: str) -> Any:
    """Return what is seen of a number that is laid out as ``text``: ``value`` where it is that number, another figure, or a text."""
    if not text.strip():
        return "" if number == 0 else f"（不显示：{number:f}）"
    figure = as_figure(text)
    if figure is None and number and is_blank(text):
        return f"（显示为“{text.strip()}”，存的是 {number:f}）"
    if figure is None:
        return text.strip()
    if figure == number:
        return value
    return int(figure) if figure == figure.to_integral_value() else figure


def pictures_in(xml: bytes, rows: Rows) -> dict[Place, SeenValue]:
    """Return the cells that hold a picture and no text, as WPS and Excel store them."""
    if not _MAKES_PICTURES.search(xml):
        return {}
    found = {}
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if isinstance(value, str) and "(" in value and _PICTURE.fullmatch(value):
                found[down, across] = SeenValue(PICTURE, value)
    places = _Places(xml)
    for formula in _PICTURE_FORMULA.finditer(xml):
        start = _start_of_cell(xml, formula.start())
        place = places.of(start, _opening(xml, start))
        found[place] = SeenValue(PICTURE, value_at(rows, place))
    return found


def marked_texts(xml: bytes) -> dict[int, bytes]:
    """Return the XML of the shared texts of which a part is raised, lowered, struck or white, by index."""
    if b"rPr" not in xml or not _MARKED.search(xml):
        return {}
    found = {}
    number = 0
    for piece in _ITEM_END.split(xml)[:-1]:
        openings = list(_ITEM.finditer(piece))
        # An item without content closes itself.
        number += max(len(openings) - 1, 0)
        inner = piece[openings[-1].end() :] if openings else b""
        if _MARKED.search(inner):
            found[number] = inner
        number += 1
    return found


def marked_in(
    xml: bytes, rows: Rows, texts: dict[int, bytes], looks: tuple[CellLook, ...]
) -> dict[Place, SeenValue]:
    """Return the texts of a sheet of which a part is raised, lowered, struck or white, as they are seen."""
    found = {}
    places = _Places(xml)
    if b"rPr" in xml and _MARKED.search(xml):
        at = 0
        for end in _INLINE_END.finditer(xml):
            inline = _INLINE.search(xml, at, end.start())
            if inline and _MARKED.search(xml, inline.end(), end.start()):
                start = _start_of_cell(xml, inline.start())
                opening = _opening(xml, start)
                place = places.of(start, opening)
                text = _text_of(xml[inline.end() : end.start()], look_named(opening, looks))
                found[place] = SeenValue(text, value_at(rows, place))
            at = end.end()
    if texts:
        for cell in _CELL.finditer(xml):
            kind = _TYPE.search(cell[0])
            value = _VALUE.match(xml, cell.end()) if kind and kind[1] == b"s" else None
            if value and value[1].strip().isdigit() and int(value[1][:9]) in texts:
                place = places.of(cell.start(), cell[0])
                text = _text_of(texts[int(value[1][:9])], look_named(cell[0], looks))
                found[place] = SeenValue(text, value_at(rows, place))
    return found


def _text_of(fragment: bytes, look: CellLook | None) -> str:
    """Return a text of runs as it is seen: what is struck is gone, what is raised or lowered beside a figure is the mark of a note.

    What is white on white is gone too; where nothing is left of a figure, the text says so.
    """
    on_white = look is None or look.on_white
    runs: list[list[Any]] = []  # text, struck or not seen, raised
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        inside.append(name)
        if name == "r" or (name == "t" and "r" not in inside):
            runs.append(["", False, False])
        elif name == "strike" and runs:
            runs[-1][1] |= attributes.get("val", "1") not in ("0", "false")
        elif name == "color" and runs:
            runs[-1][1] |= on_white and colour_of(attributes) == PAPER
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
    return runs_as_seen(runs)


def runs_as_seen(runs: Iterable[Sequence[Any]]) -> str:
    """Return a text of runs (words, whether they are not seen, whether they are raised) as it is seen, as ``marked_in`` does."""
    runs = list(runs)
    kept = [(words, raised) for words, gone, raised in runs if words and not gone]
    if not kept and any(any(map(str.isdigit, words)) for words, _, _ in runs):
        return f"（看不见：{''.join(words for words, _, _ in runs).strip()}）"
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
        address = ADDRESS.search(opening)
        if address:
            return place_at(address[1], address[2])
        if not self._counted:
            self._counted = places_of_cells(self._xml)
        return self._counted.get(start, (-1, -1))


def value_at(rows: Rows, place: Place) -> Any:
    """Return the value at a place, “” where there is none."""
    row, column = place
    return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[row]) else ""


def put_at(rows: Rows, place: Place, value: Any) -> None:
    """Put a value at a place, if there is one."""
    row, column = place
    if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
        rows[row][column] = value
