"""Whatever way a sheet is written in, its cells stand where a plain reading says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.workbook.sheet_xml import SheetXml, places_of_cells

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def sheet(rows: str) -> bytes:
    return f"{HEAD}{rows}</sheetData></worksheet>".encode()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=4))
def test_a_cell_without_an_address_stands_behind_the_one_before(rows: list[tuple[bool, int]]):
    written, expected, number = "", [], 0
    for numbered, count in rows:
        number = number + 3 if numbered else number + 1
        written += f'<row r="{number}">' if numbered else "<row>"
        written += "<c><v>1</v></c>" * count + "</row>"
        expected += [(number - 1, column) for column in range(count)]
    assert list(places_of_cells(sheet(written)).values()) == expected


def test_an_address_moves_what_follows_it():
    xml = sheet('<row r="2"><c r="C2"/><c/><c r=\'AA2\' s="1"><v>1</v></c></row>')
    assert list(places_of_cells(xml).values()) == [(1, 2), (1, 3), (1, 26)]


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        ('<row r="1"><c r="A1"/><c r="B1"><v>1</v></c></row>', [b"A1", b"B1"]),
        ('<row r="1"><c r="A1"/><c><v>1</v></c></row>', None),
        ('<row r="1"><c s="1" r="A1"/></row>', None),
        ('<row r="10000"><c r="A10000"/></row>', None),
        ('<row r="1"><c r="AAA1"/></row>', None),
        ('<row r="1"><c r="A1"/></row><row>', None),
    ],
)
def test_addresses_are_near_or_not_told(rows: str, known: list[bytes] | None):
    cells = SheetXml(sheet(rows)).cells
    assert (cells and cells.addresses) == known


def test_the_tags_of_lines_are_all_that_is_left_of_the_usual_way():
    xml = sheet('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>').replace(
        b"<sheetData", b'<cols><col min="1" max="2" hidden="1"/></cols><sheetData'
    )
    assert (
        SheetXml(xml).lines == b'<cols><col min="1" max="2" hidden="1"/></cols><row r="1" hidden="1"></row>'
    )


def test_a_sheet_with_prefixes_is_looked_through_element_by_element():
    xml = sheet('<row r="1"><c r="A1"/></row>').replace(b"<c ", b"<x:c ").replace(b"xmlns=", b"xmlns:x=")
    assert SheetXml(xml).cells is None
    assert list(places_of_cells(xml).values()) == [(0, 0)]
