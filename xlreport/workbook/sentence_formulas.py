"""Sentences whose figures stand in the tables, as formulas: made from the form's templates, and read where no program has calculated them.

Any spreadsheet program calculates them: texts, ``SUM`` of cells and ``&``, and ``IF`` for what is not there yet. Every reference is
absolute, so that a cell that is copied says the same wherever it is pasted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xlreport.form.figures import parse_figure, shown
from xlreport.form.usual_sentences import BLANK, Asked, pieces_of, total_in_words
from xlreport.ooxml.addresses import parts_of, quoted

#: Excel takes no longer text within a formula.
LONGEST_LITERAL = 255

_LITERAL = r'"(?:[^"]|"")*"'
_CELL = r"(?:'(?:[^']|'')+'|[^\s'\"!&(),=]+)!\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_CELLS = rf"{_CELL}(?:\s*,\s*{_CELL})*"
_SUM, _FIELD = rf"SUM\(({_CELLS})\)", rf"({_CELL})"
#: A text, a sum or a cell; the latter two also behind the question whether anything is there.
_PART = re.compile(
    rf"\s*(?:({_LITERAL})|IF\(COUNT\({_CELLS}\)\s*,\s*{_SUM}\s*,\s*{_LITERAL}\)|{_SUM}"
    rf'|IF\({_CELL}\s*=\s*""\s*,\s*{_LITERAL}\s*,\s*{_FIELD}\)|{_FIELD})\s*(&|$)'
)
_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")


def formula_of(template: str, places: Mapping[str, str]) -> str:
    """Return the sentence as a formula over the cells at ``places`` (“三、依申请公开!J7”, by key)."""
    return "=" + "&".join(part for piece in pieces_of(template) for part in _parts(piece, places))


def _parts(piece: str | Asked, places: Mapping[str, str]) -> Iterator[str]:
    if isinstance(piece, str):
        for start in range(0, len(piece), LONGEST_LITERAL):
            text = piece[start : start + LONGEST_LITERAL].replace('"', '""')
            yield f'"{text}"'
        return
    cells = ",".join(_absolute(places[key]) for key in piece.keys)
    yield (
        f'IF({cells}="","{BLANK}",{cells})'
        if piece.is_field
        else f'IF(COUNT({cells}),SUM({cells}),"{BLANK}")'
    )


def _absolute(place: str) -> str:
    title, _, address = place.rpartition("!")
    return quoted(title) + "!" + _ADDRESS.sub(r"$\1$\2", address)


def words_in(formula: str, value_at: Callable[[str, str], Any]) -> str | None:
    """Return what such a formula comes to, ``None`` for any other; ``value_at`` gives the value of a sheet's cell, and ``None`` for a blank."""
    text, said, position = formula.removeprefix("="), [], 0
    while True:
        part = _PART.match(text, position)
        if part is None:
            return None
        literal, guarded, bare, asked, field, joint = part.groups()
        if literal:
            said.append(literal[1:-1].replace('""', '"'))
        elif summed := guarded or bare:
            figures = [_figure(spot, value_at) for spot in re.findall(_CELL, summed)]
            # A sum that does not ask first is 0 where there is nothing.
            said.append(total_in_words([*figures, 0] if bare else figures))
        else:
            said.append(shown(_figure(asked or field, value_at)) or (BLANK if asked else ""))
        if not joint:
            return "".join(said)
        position = part.end()


def _figure(reference: str, value_at: Callable[[str, str], Any]) -> Any:
    sheet, cell = parts_of(reference)
    value = value_at(sheet, cell.replace("$", ""))
    # Text stays text for a sum, also where it reads as a number.
    return value if isinstance(value, str) else parse_figure(value)
