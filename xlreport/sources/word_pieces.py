"""The pieces of a paragraph put together: marks beside the text are told from it, and so is what cannot be told for sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from xlreport.sources.printed import has_digit, note
from xlreport.sources.word_fields import NOTE, OUTSIDE
from xlreport.sources.word_looks import ON_THE_LINE_POINTS

_LINKED = "是链接，分不清是不是数字的一部分"
_NUMBER_OF_A_NOTE = re.compile(r"\d{1,2}|[a-z*†‡]|[\[〔【（(]\S{1,4}[\]〕】）)]")


class Piece(NamedTuple):
    """A text that is not plain.

    ``mark`` is True where it is raised, lowered or a note's; ``shift`` its distance from the line in points; ``link`` the link it is in;
    ``doubt`` why it may not be a part of a figure.
    """

    text: str
    mark: bool = False
    shift: float = 0.0
    link: str = ""
    doubt: str = ""


#: Most pieces are plain text.
Pieces: TypeAlias = Sequence[str | Piece]


def joined(pieces: Pieces, in_cell: bool) -> str:
    """Return the text of a paragraph; links and doubts count only in a cell, where a figure may stand."""
    if all(type(piece) is str for piece in pieces):
        return "".join(pieces)  # type: ignore[arg-type]
    before, link = "", ""
    parts: list[str] = []
    for piece in _gathered(pieces):
        text, mark, doubt = piece.text, piece.mark, piece.doubt
        if in_cell and not mark:
            if piece.link and before[-1:].isdigit():
                mark, doubt = _of_link(piece.link, text.strip())
            elif link and before[-1:].isdigit() and text[:1].isdigit():
                doubt = _LINKED
            if doubt and has_digit(text):
                text = f"／{text.strip()}（{doubt}）"
        if mark and text.strip():
            text = note(text)
        parts.append(text)
        if text.strip():
            before, link = text.rstrip(), piece.link
    if in_cell and len(parts) > 1 and parts[0].startswith("（注") and parts[1].lstrip()[:1].isdigit():
        # What explains a figure is told behind it.
        parts.append(parts.pop(0))
    return "".join(parts)


def _gathered(pieces: Pieces) -> Iterator[Piece]:
    """Yield the pieces with like ones put together, and the shift of all of them taken for none."""
    known = [Piece(piece) if isinstance(piece, str) else piece for piece in pieces]
    seen = [piece for piece in known if piece.text.strip()]
    same = {(piece.mark, piece.shift) for piece in seen}
    digits = any(has_digit(piece.text) for piece in seen)
    # A line that stands higher or lower as a whole is still the line.
    level = len(same) == 1 and (not digits or not next(iter(same))[0])
    if level:
        known = [piece._replace(mark=False, shift=0.0) for piece in known]
    marked = (
        piece._replace(mark=piece.mark or abs(piece.shift) > ON_THE_LINE_POINTS, shift=0.0) for piece in known
    )
    for about, like in groupby(marked, key=lambda piece: piece[1:]):
        yield Piece("".join(piece.text for piece in like), *about)


def _of_link(link: str, text: str) -> tuple[bool, str]:
    """Whether a linked text behind digits is a mark, and else why it cannot be told."""
    kind = link.partition(" ")[0]
    short = _NUMBER_OF_A_NOTE.fullmatch(text)
    if kind == NOTE or (short and (kind != OUTSIDE or not text.isdigit())):
        return True, ""
    return False, _LINKED
