"""How text looks, as far as it decides whether it is seen, and whether it is a mark."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlreport.sources.word_symbols import draws_symbols
from xlreport.sources.word_xml import DELETED, Element, W, child, is_on, number, points, value

#: Text up to this height in points, or this share of its width in percent, cannot be seen.
SMALLEST_POINTS, NARROWEST_PERCENT = 2, 10
#: Text that stands so few points off the line is still on it.
ON_THE_LINE_POINTS = 1
#: Each part of a colour from here on: white to the eye.
_WHITE = 0xF0
#: So many looks are remembered: those of a document are few.
_MOST_KNOWN = 1024
#: The colours of highlighters.
_HIGHLIGHTS = {
    "white": "FFFFFF",
    "black": "000000",
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "red": "FF0000",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}


class WordLook(NamedTuple):
    """What one level of formatting says about text; ``None`` where it says nothing.

    ``raised`` is where it stands to the line (“” for on it), ``shift`` the same in points; ``ground`` the colour behind it; ``font`` the name of
    a font that draws pictures (“” for one that writes). ``twice`` is True where the document gives one style two looks, ``turned_back`` where
    two styles hide: Word shows such text, other programs do not.
    """

    hidden: bool | None = None
    struck: bool | None = None
    struck_twice: bool | None = None
    web_hidden: bool | None = None
    deleted: bool | None = None
    raised: str | None = None
    shift: float | None = None
    size: float | None = None
    width: int | None = None
    colour: str | None = None
    ground: str | None = None
    font: str | None = None
    twice: bool | None = None
    turned_back: bool | None = None

    @lru_cache(maxsize=_MOST_KNOWN)  # noqa: B019
    def over(self, under: WordLook) -> WordLook:
        """Return this look where it says something, and the one ``under`` it elsewhere."""
        if self is NOTHING or self == NOTHING:
            return under
        if under is NOTHING:
            return self
        return WordLook._make(
            mine if mine is not None else below for mine, below in zip(self, under, strict=True)
        )

    @property
    def is_tiny(self) -> bool:
        """True for text too small to be seen."""
        return (self.size is not None and self.size <= SMALLEST_POINTS) or (
            self.width is not None and 0 < self.width <= NARROWEST_PERCENT
        )

    def is_lost_on(self, ground: str) -> bool:
        """True for text of the colour that it stands on (“” for the page itself)."""
        if not self.colour:
            return False
        ground = self.ground or ground or "FFFFFF"
        return self.colour == ground or (_is_white(self.colour) and _is_white(ground))


NOTHING = WordLook()


def look_of(properties: Element | None) -> WordLook:
    """Return what run properties say."""
    if properties is None or not len(properties):
        return NOTHING
    said: dict[str, object] = {}
    for element in properties:
        reads = _READERS.get(element.tag)
        if reads is not None:
            name, read = reads
            said[name] = read(element)
        elif element.tag in DELETED:
            said["deleted"] = True
    if "hidden" in said:
        # What the text says of itself all programs take alike.
        said["turned_back"] = False
    return _said(tuple(said.items())) if said else NOTHING


@lru_cache(maxsize=_MOST_KNOWN)
def _said(about: tuple[tuple[str, object], ...]) -> WordLook:
    return WordLook(**dict(about))  # type: ignore[arg-type]


def levels_of(default: WordLook, *levels: WordLook) -> WordLook:
    """Return the look of styles over each other, the lowest first.

    A style that hides or strikes turns over what the levels below say (ECMA-376, 17.7.3, toggle properties); what the document's defaults
    say stands.
    """
    found = default
    for level in levels:
        found = level.over(found)
    hiding = sum(bool(level.hidden) for level in levels)
    return found._replace(
        hidden=default.hidden or hiding % 2 == 1,
        turned_back=hiding > 0 and hiding % 2 == 0,
        struck=default.struck or sum(bool(level.struck) for level in levels) % 2 == 1,
    )


def shading(properties: Element | None) -> str | None:
    """Return the colour that properties put behind their text; ``None`` where they say nothing."""
    return shade(child(properties, "shd"))


def shade(element: Element | None) -> str | None:
    """Return the colour of a shade, “” where it has none, “?” for a pattern or one of the theme; ``None`` where there is no shade."""
    if element is None:
        return None
    pattern, fill = value(element), (element.get(f"{W}fill") or "").upper()
    if pattern == "solid":
        return _plain(element.get(f"{W}color"))
    if element.get(f"{W}themeFill") and fill in ("", "AUTO"):
        return "" if element.get(f"{W}themeFill") in ("background1", "light1") else "?"
    if pattern not in ("", "clear", "nil"):
        return "?"
    return _plain(fill)


def _colour(element: Element) -> str:
    theme = element.get(f"{W}themeColor")
    if theme in ("background1", "light1") and element.get(f"{W}themeShade") is None:
        return "FFFFFF"
    return _plain(value(element)) if theme is None or value(element) != "auto" else ""


def _plain(colour: str | None) -> str:
    return "" if not colour or colour.lower() == "auto" else colour.upper().lstrip("#")


@lru_cache(maxsize=256)
def _is_white(colour: str) -> bool:
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return len(parts) == 3 and min(parts) >= _WHITE


def _shift(element: Element) -> float | None:
    return points(value(element), 2)


def _raised(element: Element) -> str:
    return "" if value(element) == "baseline" else value(element)


def _highlight(element: Element) -> str | None:
    return None if value(element) in ("none", "") else _HIGHLIGHTS.get(value(element), "?")


def _font(element: Element) -> str | None:
    name = element.get(f"{W}ascii") or element.get(f"{W}hAnsi")
    return None if name is None else name if draws_symbols(name) else ""


_READERS = {
    f"{W}vanish": ("hidden", is_on),
    f"{W}strike": ("struck", is_on),
    f"{W}dstrike": ("struck_twice", is_on),
    f"{W}webHidden": ("web_hidden", is_on),
    f"{W}vertAlign": ("raised", _raised),
    f"{W}position": ("shift", _shift),
    f"{W}sz": ("size", lambda element: points(value(element), 2)),
    f"{W}w": ("width", lambda element: number(element) if value(element).isdecimal() else None),
    f"{W}color": ("colour", _colour),
    f"{W}shd": ("ground", shade),
    f"{W}highlight": ("ground", _highlight),
    f"{W}rFonts": ("font", _font),
}
