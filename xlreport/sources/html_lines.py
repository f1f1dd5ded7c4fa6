"""The texts in a line of a page: which are marks, which cannot be told to be seen, and what is left of the blanks between them."""

from __future__ import annotations

import re
from typing import NamedTuple

from xlreport.sources.printed import has_digit, note

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MARK_WORDS = re.compile(r"[注附见脚释]")
_LONGEST_MARK = 12
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: What takes no room in a line; marks that turn the direction are left, since they change what is seen.
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff"))
#: A joiner is seen between pictures only, which it makes one.
_JOINER = re.compile(
    "(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
#: Digits that are so much smaller than others beside them are not of the same number.
_SMALLER = 0.75


class Piece(NamedTuple):
    """A text as it stands in a line. ``mark`` is True where it is a mark if other text stands beside it; ``kept`` is not looked at again.

    ``apart`` is why it is no part of a figure, “” where it may be one.
    """

    text: str
    size: float = 0
    mark: bool = False
    doubtful: bool = False
    kept: bool = False
    apart: str = ""


def flat(text: str, preformatted: bool) -> str:
    """Return a text of the source with its blanks as they are shown."""
    return text.replace("\r", "\n") if preformatted else _SPACE.sub(_blank, text)


def shown(pieces: list[Piece], in_cell: bool) -> str:
    """Return the text that pieces make, without blanks that are not shown, a line a line."""
    texts = _in_cell(pieces) if in_cell else [piece.text for piece in pieces]
    lines = _seen("".join(texts)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def mark_of(pieces: list[Piece], certain: bool) -> list[Piece]:
    """Return what raised or linked pieces stand for: a mark, unless they are too long, or Chinese, and text like any other."""
    bare = "".join(_seen("".join(piece.text for piece in pieces)).split())
    if not bare or len(bare) > _LONGEST_MARK or _CHINESE.search(_MARK_WORDS.sub("", bare)):
        return pieces
    if certain:
        return [Piece(note(bare), kept=True)]
    return [pieces[0]._replace(text=bare, mark=True)]


def _seen(text: str) -> str:
    return text if text.isascii() else _JOINER.sub("", text.translate(_INVISIBLE))


def _blank(found: re.Match[str]) -> str:
    """Line breaks of the source are blanks; between Chinese characters they are nothing."""
    text, start, end = found.string, found.start(), found.end()
    wide = start > 0 and end < len(text) and text[start - 1] > "\xff" and text[end] > "\xff"
    return "" if wide and "\n" in found[0] else " "


def may_be_figure(text: str) -> bool:
    """True for a text that may be a figure or a part of one."""
    return not _CHINESE.search(text) and has_digit(text)


def _in_cell(pieces: list[Piece]) -> list[str]:
    """Return the texts of a line in a cell: marks beside others as marks, what is doubtful or of another size as no number."""
    if len(pieces) == 1 and not (pieces[0].doubtful or pieces[0].apart):
        return [pieces[0].text]
    own = "".join(piece.text for piece in pieces if not piece.mark).strip()
    sizes = [
        piece.size
        for piece in pieces
        if not (piece.kept or piece.apart or piece.mark) and may_be_figure(piece.text)
    ]
    largest = max(sizes, default=0.0)
    found: list[str] = []
    beside = False
    for piece in pieces:
        text = piece.text
        if reason := _apart(piece, largest, bool(own)):
            # Behind a number a bracket alone would be a remark on it.
            text = f"{'／' if beside else ''}〔{reason}：{text.strip()}〕"
        elif piece.mark and own and not piece.kept:
            text = note(text)
        found.append(text)
        beside = beside or bool(text.strip())
    return found


def _apart(piece: Piece, largest: float, beside_own: bool) -> str:
    """Why a piece is no part of a figure, “” where it may be one."""
    if piece.apart or piece.kept or (piece.mark and beside_own) or not may_be_figure(piece.text):
        return piece.apart
    if piece.doubtful:
        return "显示不明"
    return "小字" if piece.size < _SMALLER * largest else ""
