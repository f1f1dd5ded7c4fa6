"""Texts as paragraphs and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xlreport.rules.text.numerals import normalised

_ENDS = re.compile(r"[^。]*。?[”’）]?")
_BLANKS = re.compile(r"\s+")
#: How much of a long sentence is quoted around a figure.
_AROUND = 45


class Sentence(NamedTuple):
    """One sentence: where it stands, and its text in normalised signs without blanks.

    ``part`` is the name of the text (``overview``), ``line`` its paragraph, ``start`` the place of the sentence in the
    paragraph once its blanks are taken out.
    """

    part: str
    line: int
    start: int
    text: str

    @property
    def place(self) -> tuple[str, int]:
        """The name of the text and the line in it."""
        return self.part, self.line

    def quote(self, start: int = 0, end: int = 0) -> str:
        """Return the sentence, shortened around a place in it if it is long."""
        if len(self.text) <= 2 * _AROUND:
            return self.text
        first, last = max(0, start - _AROUND), min(len(self.text), end + _AROUND)
        return ("…" if first else "") + self.text[first:last] + ("…" if last < len(self.text) else "")


def sentences(part: str, text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text whose lines are paragraphs."""
    for line, paragraph in enumerate(text.splitlines()):
        squeezed = _BLANKS.sub("", normalised(paragraph))
        for match in _ENDS.finditer(squeezed):
            if match.group():
                yield Sentence(part, line, match.start(), match.group())
