"""A workbook file as what it is, a zip of XML parts: what openpyxl drops is looked up here, and put back or named."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_LENIENT = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|px)", re.IGNORECASE)
_PIXELS = {"pt": 4 / 3, "px": 1.0}


class Cached(NamedTuple):
    """The value that a spreadsheet program stored for a formula: its type as in the file (“” for a number) and its text."""

    kind: str
    text: str


class NoteShape(NamedTuple):
    """How a note is shown: size in pixels, and whether it is always visible."""

    width: float
    height: float
    visible: bool


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; “” for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def parsed(package: zipfile.ZipFile, part: str) -> etree._Element:
    """Return the root element of a part; raises ``KeyError`` if it is not there."""
    return etree.fromstring(package.read(part), _PARSER)


def related(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to inside the package: relation id → (kind, part)."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in package.namelist():
        return {}
    found = {}
    for relation in parsed(package, listing):
        if relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
    return found


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of every sheet by its title, in order; {} where the package is no workbook."""
    book = next((part for kind, part in related(package, "").values() if kind == "officeDocument"), "")
    if book not in package.namelist():
        return {}
    parts = related(package, book)
    found = {}
    for element in parsed(package, book).iter():
        if local(element) == "sheet":
            relation = next(
                (value for name, value in element.attrib.items() if str(name).endswith("}id")), ""
            )
            found[element.get("name", "")] = parts.get(str(relation), ("", ""))[1]
    return {title: part for title, part in found.items() if part in package.namelist()}


def cached_values(package: zipfile.ZipFile) -> dict[str, dict[str, Cached]]:
    """Return the stored value of every formula, by sheet title and address."""
    return {title: dict(_cached(package, part)) for title, part in sheet_parts(package).items()}


def _cached(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Cached]]:
    for cell in parsed(package, part).iter("{*}c"):
        value = cell.find("{*}v")
        if cell.find("{*}f") is not None and value is not None and value.text is not None:
            yield cell.get("r", ""), Cached(cell.get("t", ""), value.text)


def with_cached_values(sheet: bytes, values: dict[str, Cached]) -> bytes:
    """Return the XML of a sheet in which formulas have these stored values again."""
    root = etree.fromstring(sheet, _PARSER)
    for cell in root.iter("{*}c"):
        formula, known = cell.find("{*}f"), values.get(cell.get("r", ""))
        if formula is None or known is None:
            continue
        value = cell.find("{*}v")
        if value is None:
            value = etree.SubElement(cell, etree.QName(etree.QName(cell).namespace, "v"))
        value.text = known.text
        if known.kind:
            cell.set("t", known.kind)
        elif "t" in cell.attrib:
            del cell.attrib["t"]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def note_shapes(package: zipfile.ZipFile, part: str) -> dict[tuple[int, int], NoteShape]:
    """Return how the notes of a sheet are shown, by row and column from 1."""
    found = {}
    for kind, drawing in related(package, part).values():
        if kind != "vmlDrawing" or drawing not in package.namelist():
            continue
        # VML is written by hand of many programs, not always well-formed.
        root = etree.fromstring(package.read(drawing), _LENIENT)
        for shape in root.iter("{*}shape") if root is not None else ():
            row, column = shape.findtext(".//{*}Row"), shape.findtext(".//{*}Column")
            sizes = {
                n.lower(): float(v) * _PIXELS[u.lower()]
                for n, v, u in _LENGTH.findall(shape.get("style", ""))
            }
            if row and column and {"width", "height"} <= sizes.keys():
                visible = shape.find(".//{*}Visible") is not None
                found[int(row) + 1, int(column) + 1] = NoteShape(sizes["width"], sizes["height"], visible)
    return found
