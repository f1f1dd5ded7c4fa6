"""The cells of a worksheet's XML, found and made by address; every other element stays."""

from __future__ import annotations

from lxml import etree

from xlreport.ooxml.addresses import Spot, address_of, corners_of, spot_of
from xlreport.ooxml.package import insert, local, relation_id

#: Characters that a cell holds, formulas included.
LONGEST_TEXT = 32_767
#: What stands behind the reference to notes in a sheet, in the order of the schema. Controls may be wrapped as alternatives.
_BEHIND_NOTES = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
]


class Cells:
    """The cells of a worksheet whose root element is going to be changed."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        space = etree.QName(root).namespace
        self._tag = f"{{{space}}}" if space else ""
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[Spot, etree._Element] = {}
        data = root.find(f"{self._tag}sheetData")
        if data is None:
            raise ValueError("a worksheet without sheetData")
        self._data = data
        self._number()
        merged = (corners_of(each.get("ref") or "") for each in root.iterfind("{*}mergeCells/{*}mergeCell"))
        self._merged = [corners for corners in merged if corners]

    def _number(self) -> None:
        """Find every cell. Where one has no address, it stands right of the one before it, which is written out."""
        number = 0
        for row in self._data:
            if local(row) != "row":
                continue
            written = row.get("r", "")
            number = int(written) if written.isdecimal() else number + 1
            if not written:
                row.set("r", str(number))
            self._rows[number] = row
            column = 0
            for cell in row:
                if local(cell) == "c":
                    spot = spot_of(cell.get("r", "")) or (number, column + 1)
                    if not cell.get("r"):
                        cell.set("r", address_of(spot))
                    self._cells[spot] = cell
                    column = spot[1]

    def home(self, spot: Spot) -> Spot:
        """Return the place of a merged block's first cell for every place in it; other places are their own."""
        row, column = spot[0] - 1, spot[1] - 1
        inside = (a for a in self._merged if a[0] <= row <= a[2] and a[1] <= column <= a[3])
        return next(((top + 1, left + 1) for top, left, _, _ in inside), spot)

    def get(self, spot: Spot) -> etree._Element | None:
        """Return the cell at a place; ``None`` where the sheet has none."""
        return self._cells.get(spot)

    def style(self, spot: Spot) -> int:
        """Return the index of the format that a place shows: the cell's own, else its row's, else its column's."""
        cell, row = self._cells.get(spot), self._rows.get(spot[0])
        if cell is not None:
            return int(cell.get("s") or 0)
        if row is not None and row.get("customFormat") in ("1", "true"):
            return int(row.get("s") or 0)
        for column in self.root.iterfind("{*}cols/{*}col"):
            if int(column.get("min") or 0) <= spot[1] <= int(column.get("max") or 0):
                return int(column.get("style") or 0)
        return 0

    def make(self, spot: Spot) -> etree._Element:
        """Return the cell at a place, made where there is none."""
        if spot not in self._cells:
            row = self._row(spot[0])
            cell = etree.Element(f"{self._tag}c", {"r": address_of(spot)})
            places = [spot_of(each.get("r", "")) for each in row if local(each) == "c"]
            behind = self._cells.get(
                min(
                    (place for place in places if place and place[0] == spot[0] and place > spot),
                    default=spot,
                )
            )
            if behind is None:
                row.append(cell)
            else:
                behind.addprevious(cell)
            self._cells[spot] = cell
        return self._cells[spot]

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            row = etree.Element(f"{self._tag}row", {"r": str(number)})
            behind = min((each for each in self._rows if each > number), default=None)
            if behind is None:
                self._data.append(row)
            else:
                self._rows[behind].addprevious(row)
            self._rows[number] = row
        return self._rows[number]

    def unmake(self, spot: Spot, with_row: bool) -> None:
        """Take a blank cell away, and its row where that is to go and holds nothing else."""
        cell = self._cells.get(spot)
        if cell is None or len(cell):
            return
        row = self._rows[spot[0]]
        row.remove(self._cells.pop(spot))
        if with_row and not len(row):
            self._data.remove(self._rows.pop(spot[0]))

    def has_row(self, number: int) -> bool:
        """True where the sheet says anything of a row."""
        return number in self._rows


def set_style(cell: etree._Element, style: int) -> None:
    """Give a cell the format with that index."""
    if style:
        cell.set("s", str(style))
    elif "s" in cell.attrib:
        # Kept where it was written: “s="0"” says the same.
        cell.set("s", "0")


def set_notes_drawing(root: etree._Element, relation_space: str, relation: str) -> None:
    """Let a sheet refer to the drawing of its notes."""
    space = etree.QName(root).namespace
    attributes = {f"{{{relation_space}}}id": relation}
    element = etree.Element(f"{{{space}}}legacyDrawing", attributes, nsmap={"r": relation_space})
    insert(root, element, _BEHIND_NOTES)


def notes_drawing(root: etree._Element) -> tuple[etree._Element, str] | None:
    """Return the element by which a sheet refers to the drawing of its notes, and the relation; ``None`` without one."""
    element = root.find("{*}legacyDrawing")
    if element is None:
        return None
    return element, relation_id(element)
