"""The texts in a line of a page: which are marks, which cannot be told to be seen, and what is left of the blanks between them."""

from __future__ import annotations

import re
from typing import NamedTuple

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MARK_WORDS = re.compile(r"[注附见脚释]")
_LONGEST_MARK = 12
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: What takes no room in a line; marks that turn the direction are left, since they change what is seen.
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
#: Digits that are so much smaller than others beside them are not of the same number.
_SMALLER = 0.75


class Piece(NamedTuple):
    """A text as it stands in a line. ``mark`` is True where it is a mark if other text stands beside it; ``kept`` is not looked at again."""

    text: str
    size: float = 0
    mark: bool = False
    doubtful: bool = False
    kept: bool = False


def flat(text: str, preformatted: bool) -> str:
    """Return a text of the source with its blanks as they are shown."""
    return text.replace("\r", "\n") if preformatted else _SPACE.sub(_blank, text)


def shown(pieces: list[Piece], in_cell: bool) -> str:
    """Return the text that pieces make, without blanks that are not shown, a line a line."""
    texts = _in_cell(pieces) if in_cell else [piece.text for piece in pieces]
    lines = "".join(texts).translate(_INVISIBLE).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def mark_of(pieces: list[Piece], certain: bool) -> list[Piece]:
    """Return what raised or linked pieces stand for: a mark, unless they are too long, or Chinese, and text like any other."""
    bare = "".join("".join(piece.text for piece in pieces).translate(_INVISIBLE).split())
    if not bare or len(bare) > _LONGEST_MARK or _CHINESE.search(_MARK_WORDS.sub("", bare)):
        return pieces
    if certain:
        return [Piece(_note(bare), kept=True)]
    return [pieces[0]._replace(text=bare, mark=True)]


def _blank(found: re.Match[str]) -> str:
    """Line breaks of the source are blanks; between Chinese characters they are nothing."""
    text, start, end = found.string, found.start(), found.end()
    wide = start > 0 and end < len(text) and text[start - 1] > "\xff" and text[end] > "\xff"
    return "" if wide and "\n" in found[0] else " "


def _note(bare: str) -> str:
    return f"（注{bare.strip('[]()（）〔〕【】注') or bare}）"


def has_digit(text: str) -> bool:
    """True for a text with a digit of any kind."""
    return any(letter.isdigit() for letter in text)


def may_be_figure(text: str) -> bool:
    """True for a text that may be a figure or a part of one."""
    return has_digit(text) and not _CHINESE.search(text)


def _in_cell(pieces: list[Piece]) -> list[str]:
    """Return the texts of a line in a cell: marks beside others as marks, what is doubtful or of another size as no number."""
    own = "".join(piece.text for piece in pieces if not piece.mark).strip()
    sizes = [
        piece.size for piece in pieces if not piece.kept and not piece.mark and may_be_figure(piece.text)
    ]
    largest = max(sizes, default=0.0)
    found: list[str] = []
    for piece in pieces:
        text = piece.text
        if piece.kept:
            found.append(text)
        elif piece.mark and own:
            found.append(_note(text))
        elif piece.doubtful and may_be_figure(text):
            found.append(f"〔显示不明：{text.strip()}〕")
        elif piece.size < _SMALLER * largest and may_be_figure(text):
            found.append(f"〔小字：{text.strip()}〕")
        else:
            found.append(text)
    return found
