"""Places on a sheet as programs write them: (7, 4) is “D7”, and with the sheet “'表 1'!$D$7”."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
# LibreOffice may write “$'表'!A1”.
_REFERENCE = re.compile(r"=?\$?(?:'((?:[^']|'')+)'|([^'!]+))!([^!]*)")

#: A row and a column, both from 1.
Spot = tuple[int, int]
#: First row, first column, last row, last column, from 0; the last ones are inside.
Corners = tuple[int, int, int, int]


class Area(NamedTuple):
    """A rectangle on a sheet; rows and columns count from 0, the last ones are inside."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def spot_of(address: str) -> Spot | None:
    """Return the place that an address (“D7”, “$D$7”) means; ``None`` for anything else."""
    found = _ADDRESS.fullmatch(address)
    return (int(found[2]), column_of(found[1])) if found else None


def address_of(spot: Spot) -> str:
    """Return a place as an address: (7, 4) → “D7”."""
    row, column = spot
    return f"{letters(column)}{row}"


def corners_of(cells: str) -> Corners | None:
    """Return the rectangle that an address (“$D$7”) or two of them (“D7:F9”) mean; ``None`` for anything else."""
    first, _, last = cells.partition(":")
    start, end = spot_of(first), spot_of(last or first)
    return (start[0] - 1, start[1] - 1, end[0] - 1, end[1] - 1) if start and end else None


# The names of the standard workbook mean the same areas in every file.
@lru_cache(maxsize=1024)
def area_of(reference: str) -> Area | None:
    """Return the rectangle that a reference with a sheet (“=表!$D$7:$F$9”) means; ``None`` for anything else."""
    sheet, cells = parts_of(reference.strip())
    corners = corners_of(cells)
    return Area(sheet, *corners) if sheet and corners else None


def parts_of(reference: str) -> tuple[str, str]:
    """Return the sheet and the cells of a reference, as formulas write it: “='表 1'!$D$7” → (“表 1”, “$D$7”); “” twice for anything else."""
    found = _REFERENCE.fullmatch(reference)
    return ((found[1] or found[2]).replace("''", "'"), found[3]) if found else ("", "")


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


@lru_cache(maxsize=4096)
def address(place: tuple[int, int]) -> str:
    """Return a place that counts from 0 as an address: (6, 3) → “D7”."""
    row, column = place
    return address_of((row + 1, column + 1))


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """Return a column's letters: 1 → “A”, 27 → “AA”."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@lru_cache(maxsize=1024)
def column_of(letters: str) -> int:
    """Return a column's number: “A” → 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
