"""How the XML of a sheet is written: nearly always in one way, which one pass tells all of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from xlreport.ooxml.addresses import column_of
from xlreport.sources.matching import Place

#: The namespace of a sheet's elements: declared once and not for a prefix, all of them are without one.
_NAMESPACE = b"spreadsheetml/2006/main"
_DATA, _DATA_END, _END = b"<sheetData>", b"</sheetData>", b"</worksheet>"
#: Where a sheet's data have begun.
_HEAD = 6_000
#: So much of the end is looked at for the last tag.
_TAIL = 64
#: A sheet with more bytes than this is left to others: there would be a million small pieces.
_MOST = 8 * 2**20
#: A text, whole or in runs.
_TEXT = rb"""<t(?: xml:space="preserve")?>[^<]*+</t>"""
TEXTS = rb"(?:%b|(?:<r>(?:<rPr>(?:<[^<>/]*+/>)*+</rPr>)?+%b</r>)*+)" % (_TEXT, _TEXT)
#: A cell with its address first, at most ZZ9999, its other attributes, and the value or the text that is in it.
#: Nothing that was matched is given back (``+``): that takes half the time.
_CELL = re.compile(
    rb"""<c r="([A-Z]{1,2}+[1-9]\d{0,3}+)"([^<>/]*+)(?:/>|>"""
    rb"""(?:<f(?:\s[^<>/]*+)?(?:/>|>[^<]*+</f>))?+"""
    rb"""(?:<v>([^<]*+)</v>|<is>(%b)</is>)?+</c>)""" % TEXTS
)
_GROUPS = 5
_ROWS = re.compile(rb"""\s*+(?:<row r="[1-9]\d{0,3}+"(?:\s[^<>/]*+)?(?:/>|>\s*+</row>)\s*+)*+""")
_MERGED = re.compile(
    rb"""mergeCells(?:\s[^<>]*)?>\s*"""
    rb"""(?:<mergeCell ref="[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}"\s*(?:/>|></mergeCell>)\s*)*</mergeCells>"""
)
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?:\s[^>]*)?/?>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")


class Cells(NamedTuple):
    """The cells of a sheet in the order of its XML: their addresses, other attributes, values (of ``v``) and texts (of ``is``), ``None`` for none."""

    addresses: list[bytes]
    attributes: list[bytes]
    values: list[bytes | None]
    texts: list[bytes | None]


class SheetXml:
    """The XML of a sheet. ``cells`` are all of its cells, and ``lines`` the tags of its columns and rows, where it is written in the usual way.

    For a sheet with anything else among its rows ``cells`` is ``None``, and ``lines`` all of it.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = self.lines = xml
        self.cells: Cells | None = None
        start = xml.find(_DATA, 0, _HEAD)
        end = xml.find(_DATA_END, start)
        if (
            len(xml) > _MOST
            or start < 0
            or end < 0
            or xml.count(_NAMESPACE) != 1
            or not _ends_usually(xml, end)
        ):
            return
        pieces = _CELL.split(xml[start + len(_DATA) : end])
        rows = b"".join(pieces[::_GROUPS])
        if _ROWS.fullmatch(rows):
            self.cells = Cells(*(pieces[group::_GROUPS] for group in range(1, _GROUPS)))
            self.lines = xml[max(xml.find(b"<col", 0, start), 0) : start] + rows


def _ends_usually(xml: bytes, end: int) -> bool:
    """True if nothing is wrong with what a reader takes from behind the rows."""
    merged = xml.find(b"mergeCells", end)
    return xml[-_TAIL:].rstrip().endswith(_END) and (merged < 0 or _MERGED.match(xml, merged) is not None)


def places_of_cells(xml: bytes) -> dict[int, Place]:
    """Return the places of a sheet's cells by where these begin; one without an address stands right of the one before it."""
    found: dict[int, Place] = {}
    row, column = -1, 0
    for tag in _ROW_OR_CELL.finditer(xml):
        if tag[1] == b"row":
            number = _NUMBER.search(tag[0])
            row, column = int(number[1]) - 1 if number else row + 1, 0
        else:
            known = ADDRESS.search(tag[0])
            here = place_at(known[1], known[2]) if known else (row, column)
            found[tag.start()] = here
            column = here[1] + 1
    return found


def place_at(column: bytes, row: bytes) -> Place:
    """Return the place at a column's letters and a row's number."""
    return int(row) - 1, column_of(column.decode()) - 1


# The same addresses come in every sheet.
@lru_cache(maxsize=4096)
def place_of(address: bytes) -> Place:
    """Return the place at an address of at most two letters (“D7”)."""
    letters = address.rstrip(b"0123456789")
    return place_at(letters, address[len(letters) :])
