"""Places on a sheet as programs write them: (7, 4) is “D7”."""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")

#: A row and a column, both from 1.
Spot = tuple[int, int]


def spot_of(address: str) -> Spot | None:
    """Return the place that an address (“D7”, “$D$7”) means; ``None`` for anything else."""
    found = _ADDRESS.fullmatch(address)
    return (int(found[2]), column_of(found[1])) if found else None


def address_of(spot: Spot) -> str:
    """Return a place as an address: (7, 4) → “D7”."""
    row, column = spot
    return f"{letters(column)}{row}"


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """Return a column's letters: 1 → “A”, 27 → “AA”."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(letters: str) -> int:
    """Return a column's number: “A” → 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
