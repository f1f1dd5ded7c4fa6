"""What the cells of a sheet hold, as text: for small sheets of the program's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from xlreport.ooxml.addresses import Spot, spot_of
from xlreport.ooxml.package import Package
from xlreport.ooxml.workbook import Book

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Value(NamedTuple):
    """A cell: its place, the index of its format, its formula (“” without one), and its value as text, ``None`` for a blank."""

    spot: Spot
    style: int
    formula: str
    text: str | None


def values_of(package: Package, book: Book, part: str) -> Iterator[Value]:
    """Yield the cells of a sheet in order; those without an address are passed over."""
    shared: list[etree._Element] | None = None
    for cell in package.tree(part).iterfind("{*}sheetData/{*}row/{*}c"):
        spot = spot_of(cell.get("r") or "")
        if spot is None:
            continue
        kind, value = cell.get("t"), cell.findtext("{*}v")
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            value = _text(inline) if inline is not None else None
        elif kind == "s" and value is not None:
            if shared is None:
                texts = package.related(book.part, "sharedStrings")
                shared = list(package.tree(texts).iterfind("{*}si")) if texts else []
            value = _text(shared[int(value)]) if int(value) < len(shared) else None
        elif kind == "str" and value is not None:
            value = _unescaped(value)
        yield Value(spot, int(cell.get("s") or 0), cell.findtext("{*}f") or "", value)


def _text(item: etree._Element) -> str:
    pieces = [*item.findall("{*}t"), *item.findall("{*}r/{*}t")]
    return _unescaped("".join(piece.text or "" for piece in pieces))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
