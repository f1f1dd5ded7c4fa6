"""An .xlsb workbook (BIFF12): its records looked through before python-calamine gets them. [MS-XLSB]"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from xlreport.limits import LARGEST_INDEX
from xlreport.sources import archive
from xlreport.sources.refusals import REPAIR_WORKBOOK, damaged
from xlreport.workbook.binary import Facts, SharedText, runs_of, sheets_of
from xlreport.workbook.cell_looks import PAPER, CellFont, CellLook, font_of, look_of, paper_of
from xlreport.workbook.foreign import ForeignSheets

#: The part by which such a workbook is told.
PART = "xl/workbook.bin"
_RELATIONS, _STYLES, _SHARED = "xl/_rels/workbook.bin.rels", "xl/styles.bin", "xl/sharedStrings.bin"
_ROW, _ERROR, _SHARED_CELL, _FORMULA_ERROR, _SHARED_TEXT = 0, 3, 7, 11, 19
#: Cells that hold something: 1 is a blank with a format, 62 a text of runs.
_CELLS = frozenset((*range(2, 12), 62))
_FONT, _FORMAT, _FILL, _XF, _COLUMN, _BUNDLE, _MERGED = 43, 44, 45, 47, 60, 156, 176
_BEGIN_XFS, _END_XFS = 617, 618
_WORKSHEET = "/worksheet"
_COLUMNS = 16_384


def xlsb_sheets(path: Path, content: bytes) -> ForeignSheets:
    """Return the sheets of an .xlsb workbook; raises ``InputError`` where it cannot be read or is far too large."""
    package = archive.checked(path, content)
    names = set(package.namelist())
    try:
        looks, fonts = _formats(package.read(_STYLES) if _STYLES in names else b"")
        shared = list(_shared_texts(package.read(_SHARED), fonts)) if _SHARED in names else []
        parts = _parts(archive.part(path, package, _RELATIONS, limit=LARGEST_INDEX))
        facts = [
            _facts(title, is_hidden, package.read(parts[relation]))
            for title, is_hidden, relation in _bundled(package.read(PART))
            if relation in parts
        ]
    except (KeyError, struct.error, IndexError, ValueError, ElementTree.ParseError):
        raise damaged(path, REPAIR_WORKBOOK) from None
    return sheets_of(path, content, facts, looks, shared)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of the records; kind and length are kept in seven bits a byte."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        length = 0
        for shift in range(0, 28, 7):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if at + length > end:
            raise ValueError
        yield kind, data[at : at + length]
        at += length


def _text(data: bytes, at: int) -> tuple[str, int]:
    """Return the text at a place, and where it ends."""
    (length,) = struct.unpack_from("<I", data, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(data):
        raise ValueError
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _parts(relations: bytes) -> dict[str, str]:
    """Return the parts of the worksheets by relation id."""
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/")
        for each in ElementTree.fromstring(relations)
        if each.get("Type", "").endswith(_WORKSHEET)
    }


def _bundled(workbook: bytes) -> Iterator[tuple[str, bool, str]]:
    for kind, data in _records(workbook):
        if kind == _BUNDLE:
            relation, end = _text(data, 8)
            yield _text(data, end)[0], bool(struct.unpack_from("<I", data)[0] & 3), relation


def _formats(styles: bytes) -> tuple[list[CellLook], list[CellFont]]:
    codes: dict[int, str] = {}
    fonts: list[CellFont] = []
    papers: list[tuple[str, str]] = []
    looks: list[CellLook] = []
    in_cells = False
    for kind, data in _records(styles):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _text(data, 2)[0]
        elif kind == _FONT:
            _, bits, _, script = struct.unpack_from("<4H", data)
            fonts.append(CellFont(bool(bits & 8), script in (1, 2), _colour(data[12:20])))
        elif kind == _FILL:
            (pattern,) = struct.unpack_from("<I", data)
            papers.append(PAPER if pattern == 0 else _colour(data[4:12]) if pattern == 1 else ("pattern", ""))
        elif kind in (_BEGIN_XFS, _END_XFS):
            in_cells = kind == _BEGIN_XFS
        elif kind == _XF and in_cells:
            _, code, font, fill = struct.unpack_from("<4H", data)
            looks.append(look_of(codes, code, font_of(fonts, font), paper_of(papers, fill)))
    return looks, fonts


def _colour(data: bytes) -> tuple[str, str]:
    """Return a colour as it can be compared: white is the colour of the paper."""
    kind, index, tint = data[0] >> 1, data[1], data[2:4]
    if kind == 2:
        return "rgb", data[4:7].hex().upper()
    if tint == b"\0\0" and (kind, index) in ((1, 1), (1, 9), (1, 65), (3, 0)):
        return PAPER
    return ("", "") if kind == 0 else (str(kind), f"{index}/{tint.hex()}")


def _shared_texts(data: bytes, fonts: list[CellFont]) -> Iterator[SharedText]:
    for kind, item in _records(data):
        if kind == _SHARED_TEXT:
            text, end = _text(item, 1)
            starts: list[tuple[int, int]] = []
            if item[0] & 1:
                (count,) = struct.unpack_from("<I", item, end)
                starts = list(struct.iter_unpack("<HH", item[end + 4 : end + 4 + 4 * count]))
            yield SharedText(len(text), runs_of(text, starts, fonts))


def _facts(title: str, is_hidden: bool, sheet: bytes) -> Facts:
    facts = Facts(title, is_hidden)
    row = 0
    for kind, data in _records(sheet):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data)
            if data[11] & 0x10 or data[8:10] == b"\0\0":
                facts.hidden_rows.add(row)
        elif kind in _CELLS:
            column, style = struct.unpack_from("<II", data)
            facts.cell(row, column, style & 0xFFFFFF)
            if kind == _SHARED_CELL:
                (facts.texts[row, column],) = struct.unpack_from("<I", data, 8)
            elif kind in (_ERROR, _FORMULA_ERROR):
                facts.error(row, column, data[8])
        elif kind == _COLUMN:
            first, last, width, _, bits = struct.unpack_from("<4IH", data)
            if bits & 1 or not width:
                facts.hidden_columns.update(range(first, min(last, _COLUMNS - 1) + 1))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            facts.merged.append((top, left, bottom, right))
    return facts
