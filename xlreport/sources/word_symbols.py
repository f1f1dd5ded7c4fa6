"""Characters that are drawn from symbol fonts: what they show, as far as it is known."""

from __future__ import annotations

#: What stands for a character that shows nobody knows what: never a digit, so that a figure with it stays text.
UNREADABLE = "〓"

#: Numbers of notes, never digits: in a ring, and on a dark ground.
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"
_WINGDINGS = {
    **{0x80 + n: char for n, char in enumerate(CIRCLED)},
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x74: "⧫",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xE0: "→",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x69 + n: char for n, char in enumerate(CIRCLED)}
#: The digits and signs of Symbol stand where ASCII has them.
_SYMBOL = {ord(char): char for char in " 0123456789()+,./%:;=<>[]{|}!?&"} | {0x2D: "-", 0xB7: "•", 0xB4: "×"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_DRAWING = ("wingdings", "webdings", "symbol", "zapfdingbats", "zapf dingbats", "marlett", "bookshelf symbol")
_PRIVATE = range(0xF000, 0xF100)


def draws_symbols(font: str) -> bool:
    """True for a font that draws something else than its characters."""
    return font.strip().lower().startswith(_DRAWING)


def drawn(font: str, code: str) -> str:
    """Return what a symbol element shows, given its font and its hexadecimal code; ``UNREADABLE`` where that is not known."""
    try:
        point = int(code, 16)
    except ValueError:
        return UNREADABLE
    if not 0x20 <= point < 0xD800 and point not in _PRIVATE:
        return UNREADABLE
    if draws_symbols(font):
        return shown_in(font, chr(point))
    # Private characters of a font that is not known may be anything.
    return chr(point) if font and point not in _PRIVATE else UNREADABLE


def shown_in(font: str, text: str) -> str:
    """Return what a text shows that is drawn from a symbol font."""
    known = _FONTS.get(font.strip().lower(), {})
    return "".join(_shown(known, char) for char in text)


def _shown(known: dict[int, str], char: str) -> str:
    point = ord(char)
    if point in _PRIVATE:
        point -= 0xF000
    # Only these are in such a font; anything else is written with another one.
    if char.isspace() or point > 0xFF:
        return char
    return known.get(point, UNREADABLE)
