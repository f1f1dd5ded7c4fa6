"""How the formats of a workbook's cells change what is seen of their values: struck, raised, in the colour of the paper, another number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from xlreport.workbook.formats import BUILT_IN, DATES, is_plain, is_white

_NAMED = re.compile(rb"""\ss\s*=\s*["'](\d{1,6})["']""")
#: Indexes of the palette and of the theme that are white.
_WHITE_INDEXES, _WHITE_THEME = ("1", "9", "65"), "0"
#: The colour of the paper, as ``colour_of`` gives it.
PAPER = ("rgb", "FFFFFF")


class CellLook(NamedTuple):
    """How one cell format shows a value: the number format, and whether it strikes, raises or hides it, and whether on white."""

    code: str
    struck: bool = False
    raised: bool = False
    unseen: bool = False
    on_white: bool = True

    @property
    def is_plain(self) -> bool:
        """True where whole numbers and texts are seen as they are stored."""
        return not (self.struck or self.raised or self.unseen) and is_plain(self.code)


class CellFont(NamedTuple):
    """What of a font changes what is seen: whether it strikes or raises, and its colour as ``colour_of`` gives it."""

    struck: bool = False
    raised: bool = False
    colour: tuple[str, str] = ("", "")


@lru_cache(maxsize=64)
def looks_of(styles: bytes) -> tuple[CellLook, ...]:
    """Return the cell formats of a styles part by their index; () for one that cannot be read."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    try:
        parser.Parse(styles, True)
    except (expat.ExpatError, ValueError):
        return ()
    return tuple(reader.looks())


def look_named(tag: bytes, looks: Sequence[CellLook]) -> CellLook | None:
    """Return the format that a cell's tag names, the first where it names none; ``None`` where there are no formats."""
    named = _NAMED.search(tag)
    if named and int(named[1]) < len(looks):
        return looks[int(named[1])]
    return looks[0] if looks else None


def _is_on(attributes: dict[str, str]) -> bool:
    return attributes.get("val", "1") not in ("0", "false")


def colour_of(attributes: dict[str, str]) -> tuple[str, str]:
    """Return a colour as it can be compared: white is the colour of the paper, however it is written."""
    if "rgb" in attributes:
        return "rgb", attributes["rgb"][-6:].upper()
    tint = attributes.get("tint", "0")
    if attributes.get("theme") == _WHITE_THEME and tint in ("0", "0.0"):
        return PAPER
    if attributes.get("indexed") in _WHITE_INDEXES:
        return PAPER
    kind = next((kind for kind in ("theme", "indexed") if kind in attributes), "")
    return kind, f"{attributes.get(kind, '')}/{tint}"


def is_like(ink: tuple[str, str], paper: tuple[str, str]) -> bool:
    """True for ink of the colour of the paper, and for white ink on a pale tint."""
    if ink == paper:
        return True
    pale = paper[0] == "rgb" and re.fullmatch("(?:[EF][0-9A-F]|D[8-9A-F]|[C][C-F]){3}", paper[1]) is not None
    return ink == PAPER and pale


class _Reader:
    """A styles part being read."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._codes: dict[int, str] = {}
        self._fonts: list[CellFont] = []
        self._fills: list[tuple[str, str]] = []
        self._formats: list[tuple[int, int, int]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if name == "numFmt" and parent == "numFmts":
            self._codes[_index(attributes.get("numFmtId"))] = attributes.get("formatCode", "General")
        elif parent == "fonts" and name == "font":
            self._fonts.append(CellFont())
        elif parent == "font" and self._path[-3:-2] == ["fonts"]:
            self._font(name, attributes)
        elif parent == "fills" and name == "fill":
            self._fills.append(PAPER)
        elif (
            name == "patternFill"
            and self._path[-3:-2] == ["fills"]
            and attributes.get("patternType") not in (None, "none")
        ):
            self._fills[-1] = ("pattern", "")
        elif parent == "patternFill" and name == "fgColor" and self._path[-4:-3] == ["fills"]:
            if self._fills[-1] == ("pattern", ""):
                self._fills[-1] = colour_of(attributes)
        elif name == "gradientFill" and self._path[-3:-2] == ["fills"]:
            self._fills[-1] = ("gradient", "")
        elif parent == "cellXfs" and name == "xf":
            ids = ("numFmtId", "fontId", "fillId")
            number, font, fill = (_index(attributes.get(each)) for each in ids)
            self._formats.append((number, font, fill))

    def _font(self, name: str, attributes: dict[str, str]) -> None:
        font = self._fonts[-1]
        if name == "strike" and _is_on(attributes):
            self._fonts[-1] = font._replace(struck=True)
        elif name == "vertAlign" and attributes.get("val") in ("superscript", "subscript"):
            self._fonts[-1] = font._replace(raised=True)
        elif name == "color":
            self._fonts[-1] = font._replace(colour=colour_of(attributes))

    def end(self, tag: str) -> None:
        self._path.pop()

    def looks(self) -> list[CellLook]:
        return [
            look_of(self._codes, number, font_of(self._fonts, font), paper_of(self._fills, fill))
            for number, font, fill in self._formats
        ]


def font_of(fonts: Sequence[CellFont], index: int) -> CellFont:
    """Return the font of a file with that index, a plain one where there is none."""
    return fonts[index] if index < len(fonts) else CellFont()


def paper_of(fills: Sequence[tuple[str, str]], index: int) -> tuple[str, str]:
    """Return the ground of a file with that index, the paper where there is none."""
    return fills[index] if index < len(fills) else PAPER


def look_of(codes: Mapping[int, str], number: int, font: CellFont, paper: tuple[str, str]) -> CellLook:
    """Return how a cell looks with the number format of that ``number`` (the file's own, else the built-in one), font and ground."""
    code = codes.get(number) or ("yyyy/m/d" if number in DATES else BUILT_IN.get(number, "General"))
    on_white = is_like(PAPER, paper)
    unseen = (is_white(code) and on_white) or (font.colour[1] != "" and is_like(font.colour, paper))
    return CellLook(code, font.struck, font.raised, unseen, on_white)


def _index(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else 0
