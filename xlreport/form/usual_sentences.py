"""The usual sentences of a report: templates with the figures in braces, “新收{applications.new.total}件”. Pure.

In braces stands the key of a figure, several joined by “ + ” for their sum, or one of ``FIELDS``; what nobody has entered yet is ``BLANK``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from xlreport.form.figures import Figure, Number, number, plain

#: What a sentence may ask of a report beside its figures.
FIELDS = ("organisation", "year")
#: What a sentence says for a figure or field that is not there.
BLANK = "＿＿"

_BRACES = re.compile(r"\{([^{}]*)\}")


class Asked(NamedTuple):
    """What stands in braces: a field, or the figures whose sum is meant."""

    keys: tuple[str, ...]

    @property
    def is_field(self) -> bool:
        """True for a field of the report."""
        return self.keys[0] in FIELDS


def pieces_of(template: str) -> list[str | Asked]:
    """Return a sentence's words and what is asked between them, in order."""
    found: list[str | Asked] = []
    for position, text in enumerate(_BRACES.split(template)):
        if position % 2:
            found.append(Asked(tuple(key.strip() for key in text.split("+"))))
        elif text:
            found.append(text)
    return found


def keys_of(template: str) -> set[str]:
    """Return the keys of all figures and fields that a sentence asks for."""
    return {key for piece in pieces_of(template) if isinstance(piece, Asked) for key in piece.keys}


def words_of(template: str, figures: Mapping[str, Figure], fields: Mapping[str, str]) -> str:
    """Return the sentence in words."""
    said = []
    for piece in pieces_of(template):
        if isinstance(piece, str):
            said.append(piece)
        elif piece.is_field:
            said.append(fields[piece.keys[0]] or BLANK)
        else:
            said.append(total_in_words(figures[key] for key in piece.keys))
    return "".join(said)


def total_in_words(figures: Iterable[Figure]) -> str:
    """Return the sum of figures as a sentence gives it; what is no number adds nothing, and without any number there is no sum."""
    numbers = [value for value in map(number, figures) if value is not None]
    total: Number = sum(numbers, 0)
    return plain(total) if numbers else BLANK
