"""Pointers: formulas on a hidden sheet that refer to a cell, and so follow it when rows are inserted or its sheet is renamed."""

from __future__ import annotations

from xlreport.ooxml import addresses
from xlreport.ooxml.addresses import Spot, address_of, parts_of, quoted


def spot_of(address: str) -> Spot:
    """Return row and column of “D7” (or “$D$7”); raises ``ValueError`` for anything else."""
    found = addresses.spot_of(address)
    if found is None:
        raise ValueError(f"no cell: {address}")
    return found


def pointer(sheet: str, spot: Spot) -> str:
    """Return the formula that points to a cell."""
    return f"={quoted(sheet)}!{address_of(spot)}"


def pointed(formula: object) -> tuple[str, Spot] | None:
    """Return the sheet and the cell that a pointer has come to point to; ``None`` where the cell is gone (“#REF!”)."""
    title, address = parts_of(str(formula or ""))
    spot = addresses.spot_of(address)
    return (title, spot) if spot else None
