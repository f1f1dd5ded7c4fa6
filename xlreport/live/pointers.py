"""Pointers: formulas on a hidden sheet that refer to a cell, and so follow it when rows are inserted or its sheet is renamed."""

from __future__ import annotations

import re

from xlreport.live.rectangles import Spot
from xlreport.ooxml.addresses import address_of
from xlreport.workbook.layout import quoted

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def spot_of(address: str) -> Spot:
    """Return row and column of “D7” (or “$D$7”); raises ``ValueError`` for anything else."""
    found = _CELL.fullmatch(address)
    if found is None:
        raise ValueError(f"no cell: {address}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def pointer(sheet: str, spot: Spot) -> str:
    """Return the formula that points to a cell."""
    return f"={quoted(sheet)}!{address_of(spot)}"


def pointed(formula: object) -> tuple[str, Spot] | None:
    """Return the sheet and the cell that a pointer has come to point to; ``None`` where the cell is gone (“#REF!”)."""
    title, _, address = str(formula or "").removeprefix("=").rpartition("!")
    if not _CELL.fullmatch(address):
        return None
    return title[1:-1].replace("''", "'") if title.startswith("'") else title, spot_of(address)
