"""How a table's style makes its cells look: which of its parts hold for a cell, by where the cell stands."""

from __future__ import annotations

from typing import NamedTuple

from xlreport.sources.word_looks import shading
from xlreport.sources.word_styles import StylePart, TableStyle, WordStyles
from xlreport.sources.word_xml import Element, W, child, value

_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}


class Place(NamedTuple):
    """Where a cell stands: its row of so many, and its place among so many cells of the row."""

    row: int
    rows: int
    column: int
    columns: int


class TableLook:
    """The style of one table, and which of its parts are switched on."""

    def __init__(self, table: Element, styles: WordStyles) -> None:
        properties = child(table, "tblPr")
        self._style: TableStyle = styles.table(value(child(properties, "tblStyle")))
        self._on = _switched_on(child(properties, "tblLook"))
        whole = self._style.parts.get("", StylePart())
        own = shading(properties)
        self._whole = whole if own is None else whole._replace(ground=own)
        self._is_plain = not (self._style.parts.keys() - {""})
        self._known: dict[tuple[str, ...], StylePart] = {}

    def part(self, place: Place) -> StylePart:
        """Return what the style says about a cell."""
        if self._is_plain:
            return self._whole
        names = tuple(self._names(place))
        found = self._known.get(names)
        if found is None:
            found = self._whole
            for name in names:
                found = self._style.parts.get(name, StylePart()).over(found)
            self._known[names] = found
        return found

    def _names(self, place: Place) -> list[str]:
        """The parts that hold for a cell, the lowest first (ECMA-376, 17.7.6)."""
        first_row = "firstRow" in self._on and place.row == 0
        last_row = "lastRow" in self._on and place.row == place.rows - 1
        first_column = "firstColumn" in self._on and place.column == 0
        last_column = "lastColumn" in self._on and place.column == place.columns - 1
        found = []
        if "noVBand" not in self._on and not first_column and not last_column:
            band = (place.column - ("firstColumn" in self._on)) // self._style.column_band
            found.append("band2Vert" if band % 2 else "band1Vert")
        if "noHBand" not in self._on and not first_row and not last_row:
            band = (place.row - ("firstRow" in self._on)) // self._style.row_band
            found.append("band2Horz" if band % 2 else "band1Horz")
        found += ["firstRow"] * first_row + ["lastRow"] * last_row
        found += ["firstCol"] * first_column + ["lastCol"] * last_column
        for row, vertical in ((first_row, "n"), (last_row, "s")):
            for column, horizontal in ((first_column, "w"), (last_column, "e")):
                if row and column:
                    found.append(f"{vertical}{horizontal}Cell")
        return found


def _switched_on(element: Element | None) -> set[str]:
    if element is None:
        return set()
    try:
        bits = int(value(element) or "0", 16)
    except ValueError:
        bits = 0
    return {
        name
        for name, bit in _BITS.items()
        if (element.get(f"{W}{name}") or str(int(bool(bits & bit)))) in ("1", "true", "on")
    }
