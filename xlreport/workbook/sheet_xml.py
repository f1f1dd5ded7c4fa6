"""How the XML of a sheet is written: nearly always in one way, in which little of it need be looked at to know much of it."""

from __future__ import annotations

import re

from xlreport.ooxml.addresses import column_of
from xlreport.sources.matching import Place

#: The namespace of a sheet's elements: declared once and not for a prefix, all of them are without one.
_NAMESPACE, _DATA = b"spreadsheetml/2006/main", b"<sheetData"
#: Where a sheet's data have begun.
HEAD = 6_000
_ROW = re.compile(rb"<row[^>]*>")
#: A cell with its address first, at most ZZ9999; or a cell.
_CELL = re.compile(rb"""<c r="([A-Z]{1,2}[1-9]\d{0,3})"|<c[\s/>]""")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?:\s[^>]*)?/?>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")


def start_of_data(xml: bytes) -> int:
    """Return where the rows of a sheet begin of which no element has a prefix, as hardly any has; -1 for another one."""
    start = xml.find(_DATA, 0, HEAD)
    return start if xml.count(_NAMESPACE) == 1 else -1


def tags_of_lines(xml: bytes) -> bytes:
    """Return the tags of a sheet's columns and rows; all of it, where it is not written in the usual way."""
    start = start_of_data(xml)
    if start < 0:
        return xml
    return b"".join([xml[max(xml.find(b"<col", 0, start), 0) : start], *_ROW.findall(xml, start)])


def near_addresses(xml: bytes) -> list[bytes] | None:
    """Return the addresses of a sheet's cells; ``None`` where one has none, stands beyond ZZ9999 or is written in another way."""
    if start_of_data(xml) < 0:
        return None
    found = _CELL.findall(xml)
    return None if b"" in found else found


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
