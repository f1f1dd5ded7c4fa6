"""A small .xlsb workbook written record by record, since no program here saves one. [MS-XLSB]"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_DOCUMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, data: bytes = b"") -> bytes:
    """Return a record with its kind and length, seven bits a byte."""
    length, written = len(data), b""
    while length > 0x7F:
        written += bytes([length & 0x7F | 0x80])
        length >>= 7
    first = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return first + written + bytes([length]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{name}" Type="{_DOCUMENTS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
        f'"http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'
    )


def _styles() -> bytes:
    fonts = [struct.pack("<6H", 220, bits, 400, 0, 0, 0) + bytes(8) for bits in (0, 8)]
    formats = [struct.pack("<8H", 0, code, font, 0, 0, 0, 0, 0) for code, font in ((0, 0), (0, 1), (9, 0))]
    inner = record(611) + b"".join(record(43, font + wide("宋体")) for font in fonts) + record(612)
    inner += record(603) + record(45, struct.pack("<I", 0) + bytes(16)) + record(604)
    inner += record(617, struct.pack("<I", len(formats))) + b"".join(record(47, each) for each in formats)
    return record(278) + inner + record(618) + record(279)


#: Indexes of the formats: plain, struck, percent.
PLAIN, STRUCK, PERCENT = 0, 1, 2


def binary_book(
    rows: Sequence[Sequence[Any]],
    hidden: Sequence[int] = (),
    styles: Mapping[tuple[int, int], int] | None = None,
    title: str = "表",
    shift: tuple[int, int] = (0, 0),
) -> bytes:
    """Return a workbook of one sheet with these values, “” for blanks; ``shift`` moves the last cell of the last row out."""
    data = record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(145)
    for down, row in enumerate(rows):
        out = shift[0] if down == len(rows) - 1 else 0
        bits = 0x10 if down in hidden else 0
        data += record(0, struct.pack("<IIHBB", down + out, 0, 300, 0, bits) + bytes(5))
        for across, value in enumerate(row):
            if value == "":
                continue
            far = shift[1] if out and across == len(row) - 1 else 0
            head = struct.pack("<II", across + far, (styles or {}).get((down, across), PLAIN))
            data += (
                record(6, head + wide(value))
                if isinstance(value, str)
                else record(5, head + struct.pack("<d", value))
            )
    data += record(146) + record(130)
    sheets = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(title))
    book = record(131) + record(143) + sheets + record(144) + record(132)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.bin")}))
        package.writestr("xl/workbook.bin", book)
        parts = {"rId1": ("worksheet", "worksheets/sheet1.bin"), "rId2": ("styles", "styles.bin")}
        package.writestr("xl/_rels/workbook.bin.rels", _relations(parts))
        package.writestr("xl/worksheets/sheet1.bin", data)
        package.writestr("xl/styles.bin", _styles())
    return made.getvalue()
