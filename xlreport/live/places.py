"""Places in an open workbook: cells by what they are called, and pointers to them.

A pointer is a formula on a hidden sheet that refers to a cell, and so follows it when rows are inserted or its sheet is renamed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlreport.ooxml import addresses
from xlreport.ooxml.addresses import Spot, address_of, parts_of, quoted

if TYPE_CHECKING:
    import xlwings as xw


def spot_of(address: str) -> Spot:
    """Return row and column of “D7” (or “$D$7”); raises ``ValueError`` for anything else."""
    found = addresses.spot_of(address)
    if found is None:
        raise ValueError(f"no cell: {address}")
    return found


def sheet_and_spot(place: str) -> tuple[str, Spot]:
    """Return the sheet and the cell of “三、依申请公开!D7”."""
    title, _, address = place.rpartition("!")
    return title, spot_of(address)


def cell_at(book: xw.Book, place: str) -> xw.Range:
    """Return the cell at “三、依申请公开!D7”."""
    title, spot = sheet_and_spot(place)
    return book.sheets[title].range(spot)


def last_row(sheet: xw.Sheet) -> int:
    """Return the last row of a sheet in which anything is, or was."""
    used = sheet.used_range
    return int(used.row + used.shape[0] - 1)


def pointer(sheet: str, spot: Spot) -> str:
    """Return the formula that points to a cell."""
    return f"={quoted(sheet)}!{address_of(spot)}"


def pointed(formula: object) -> tuple[str, Spot] | None:
    """Return the sheet and the cell that a pointer has come to point to; ``None`` where the cell is gone (“#REF!”)."""
    title, address = parts_of(str(formula or ""))
    spot = addresses.spot_of(address)
    return (title, spot) if spot else None
