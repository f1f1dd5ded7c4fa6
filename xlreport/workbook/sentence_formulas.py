"""Sentences whose figures stand in the tables, as formulas: made from the form's templates, and read where no program has calculated them.

Any spreadsheet program calculates them: texts, ``SUM`` of cells (for which a blank is 0) and ``&``, nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xlreport.form.figures import parse_figure, shown
from xlreport.form.usual_sentences import Asked, pieces_of, total_in_words
from xlreport.ooxml.addresses import parts_of, quoted

#: Excel takes no longer text within a formula.
LONGEST_LITERAL = 255

_LITERAL = r'"(?:[^"]|"")*"'
_CELL = r"(?:'(?:[^']|'')+'|[^\s'\"!&(),=]+)!\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_PART = re.compile(rf"\s*(?:({_LITERAL})|SUM\(({_CELL}(?:\s*,\s*{_CELL})*)\)|({_CELL}))\s*(&|$)")


def formula_of(template: str, places: Mapping[str, str]) -> str:
    """Return the sentence as a formula over the cells at ``places`` (“三、依申请公开!J7”, by key)."""
    return "=" + "&".join(part for piece in pieces_of(template) for part in _parts(piece, places))


def _parts(piece: str | Asked, places: Mapping[str, str]) -> Iterator[str]:
    if isinstance(piece, str):
        for start in range(0, len(piece), LONGEST_LITERAL):
            text = piece[start : start + LONGEST_LITERAL].replace('"', '""')
            yield f'"{text}"'
        return
    cells = []
    for key in piece.keys:
        title, _, address = places[key].rpartition("!")
        cells.append(f"{quoted(title)}!{address}")
    yield cells[0] if piece.is_field else f"SUM({','.join(cells)})"


def words_in(formula: str, value_at: Callable[[str, str], Any]) -> str | None:
    """Return what such a formula comes to, ``None`` for any other; ``value_at`` gives the value of a sheet's cell, and ``None`` for a blank."""
    text, said, position = formula.removeprefix("="), [], 0
    while True:
        part = _PART.match(text, position)
        if part is None:
            return None
        literal, summed, cell, joint = part.groups()
        if literal:
            said.append(literal[1:-1].replace('""', '"'))
        elif summed:
            said.append(total_in_words(_figure(spot, value_at) for spot in re.findall(_CELL, summed)))
        else:
            said.append(shown(_figure(cell, value_at)))
        if not joint:
            return "".join(said)
        position = part.end()


def _figure(reference: str, value_at: Callable[[str, str], Any]) -> Any:
    sheet, cell = parts_of(reference)
    value = value_at(sheet, cell.replace("$", ""))
    # Text stays text for a sum, also where it reads as a number.
    return value if isinstance(value, str) else parse_figure(value)
