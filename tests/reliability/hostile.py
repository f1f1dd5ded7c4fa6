"""Files that were made to do harm, and a program that opens them with little memory.

``python -m tests.reliability.hostile FOLDER`` makes each of ``FILES`` in the folder, reads it, marks it or takes its styles, and prints as
JSON what came of it: "" or the one line. Anything but an ``XlreportError`` ends the program.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import xlreport
from tests.workbook.edited import repacked, sample, with_sheet_xml
from xlreport.document import docx
from xlreport.errors import XlreportError
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.limits import MOST_PARTS, MOST_SHEETS
from xlreport.workbook.marking import mark
from xlreport.workbook.results import SHEET as RESULTS

#: Memory that the program may take; Python with all libraries takes a quarter of it.
MEMORY = 1024 * 1024 * 1024

THREE = form_of(CURRENT).section("applications").sheet
OWN = form_of(CURRENT).section("overview").sheet
END = b"</sheetData>"
SHARED, STYLES, BOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

Change = Callable[[Path], object]


def rows(xml: bytes, title: str = THREE) -> Change:
    return lambda path: with_sheet_xml(path, title, lambda sheet: sheet.replace(END, xml + END))


def area(tag: bytes) -> Change:
    """Cover a whole sheet, ahead of what is merged already."""
    return lambda path: with_sheet_xml(
        path, THREE, lambda xml: xml.replace(b"<mergeCell ", tag + b"<mergeCell ", 1)
    )


def with_part(name: str, content: bytes) -> Change:
    def change(path: Path) -> None:
        repacked(path, lambda n, c: None if n == name else (n, c))
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(name, content)

    return change


def inserted(name: str, before: bytes, xml: bytes) -> Change:
    return lambda path: repacked(
        path, lambda n, c: (n, c.replace(before, xml + before, 1) if n == name else c)
    )


def expanding(name: str, megabytes: int, head: bytes = b"") -> Change:
    """Add a part of so many MB that takes almost no room in the file."""

    def change(path: Path) -> None:
        repacked(path, lambda n, c: None if n == name else (n, c))
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package, package.open(name, "w") as stream:
            stream.write(head)
            for _ in range(megabytes):
                stream.write(b"A" * 2**20)

    return change


def lying(name: str, megabytes: int) -> Change:
    """The same, but the list of parts says 1000 bytes, with the sum that the first 1000 bytes have."""
    head = b"<sst %s><si><t>" % MAIN

    def change(path: Path) -> None:
        expanding(name, megabytes, head)(path)
        content = bytearray(path.read_bytes())
        entry = content.rfind(name.encode()) - 46
        struct.pack_into("<I", content, entry + 16, zlib.crc32((head + b"A" * 1000)[:1000]))
        struct.pack_into("<I", content, entry + 24, 1000)
        path.write_bytes(content)

    return change


def laughs(root: bytes) -> bytes:
    names = b"abcdefghij"
    entities = b"".join(
        b'<!ENTITY %c "%s">' % (name, b"&%c;" % before * 10) for before, name in pairwise(names)
    )
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "laughing">%s]><%s %s>&j;</%s>' % (
        entities,
        root,
        MAIN,
        root,
    )


def many_sheets(path: Path) -> None:
    def change(name: str, content: bytes) -> tuple[str, bytes]:
        start = content.find(b"<sheet ")
        first = content[start : content.find(b"/>", start) + 2]
        copies = b"".join(first.replace(b'name="', b'name="%d' % number) for number in range(MOST_SHEETS))
        return name, content.replace(first, first + copies) if name == BOOK else content

    repacked(path, change)


def many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as package:
        for number in range(MOST_PARTS):
            package.writestr(f"xl/{number}.bin", b"")


def long_text_in_many_cells(path: Path) -> None:
    with_part(SHARED, b"<sst %s><si><t>%s</t></si></sst>" % (MAIN, b"A" * 1_000_000))(path)
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(200, 9000)
    )
    rows(cells)(path)


def renamed(old: str, new: str) -> Change:
    return lambda path: repacked(path, lambda n, c: (new if n == old else n, c))


def twice(path: Path) -> None:
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr(BOOK, package.read(BOOK))


#: name → (what is done to a good workbook, what reading it says, what marking it says); "" where all goes well.
FILES: dict[str, tuple[Change, str, str]] = {
    "last corner without addresses": (
        rows(b'<row r="200"><c r="XFD200"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'),
        "不像年度报告",
        "",
    ),
    "last corner, blanks in the attribute": (
        rows(b'<row r="9"><c r = "XFD1048576"><v>1</v></c></row>'),
        "不像年度报告",
        "",
    ),
    "last corner, no blank before the attribute": (
        rows(b'<row r="9"><c s="1"r="XFD1048576"><v>1</v></c></row>'),
        "损坏",
        "不能处理",
    ),
    "last corner in small letters": (
        rows(b'<row r="9"><c r="xfd1048576"><v>1</v></c></row>'),
        "不像年度报告",
        "",
    ),
    "blank last corner of the results": (
        rows(b'<row r="1048576"><c r="XFD1048576" s="1"/></row>', RESULTS),
        "",
        "",
    ),
    "whole sheet merged": (area(b'<mergeCell ref="A1:XFD1048576"/>'), "", ""),
    "whole columns merged": (area(b'<mergeCell ref="A:XFD"/>'), "损坏", ""),
    "whole sheet linked": (
        lambda path: with_sheet_xml(
            path,
            THREE,
            lambda xml: xml.replace(
                b"<pageMargins",
                b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks><pageMargins',
                1,
            ),
        ),
        "",
        "",
    ),
    "500,000 blank rows": (
        rows(
            b"".join(b'<row r="%d"><c r="B%d" s="1"/></row>' % (row, row) for row in range(500, 500_500)), OWN
        ),
        "",
        "太大",
    ),
    "a long text in many cells": (long_text_in_many_cells, "文字过多", ""),
    "shared texts of 300 MB": (expanding(SHARED, 300), "过大", "过大"),
    "shared texts of 40 MB": (expanding(SHARED, 40), "过大", "过大"),
    "shared texts larger than they say": (lying(SHARED, 300), "损坏", "损坏"),
    "formats larger than they say": (lying(STYLES, 300), "损坏", "损坏"),
    "a part nobody reads, larger than it says": (lying("xl/calcChain.xml", 300), "", "损坏"),
    "a picture of 1 GB": (expanding("xl/media/image1.png", 1000), "过大", "过大"),
    "laughing formats": (with_part(STYLES, laughs(b"styleSheet")), "文档类型", "文档类型"),
    "laughing shared texts": (with_part(SHARED, laughs(b"sst")), "文档类型", "文档类型"),
    "laughing theme": (with_part("xl/theme/theme1.xml", laughs(b"theme")), "", "文档类型"),
    "laughing properties": (with_part("docProps/core.xml", laughs(b"coreProperties")), "", "文档类型"),
    "laughing drawing": (with_part("xl/drawings/vmlDrawing1.vml", laughs(b"xml")), "", "文档类型"),
    "UTF-16": (
        lambda path: repacked(
            path,
            lambda n, c: (n, c.decode().replace("UTF-8", "UTF-16").encode("utf-16") if n == STYLES else c),
        ),
        "UTF-8",
        "UTF-8",
    ),
    "too many sheets": (many_sheets, "张工作表", "张工作表"),
    "too many parts": (many_parts, "个部件", "个部件"),
    "a part outside": (with_part("../../outside.xml", b"<x/>"), "部件名称", "部件名称"),
    "a part on drive C": (with_part("..\\outside.xml", b"<x/>"), "部件名称", "部件名称"),
    "an absolute part": (with_part("/etc/cron.d/x", b"<x/>"), "部件名称", "部件名称"),
    "a part twice": (twice, "部件名称", "部件名称"),
    "a part in two cases": (with_part("XL/Workbook.xml", b"<workbook/>"), "部件名称", "部件名称"),
    "deep XML": (inserted(STYLES, b"</styleSheet>", b"<a>" * 100_000 + b"</a>" * 100_000), "", "不能处理"),
    "deep workbook": (inserted(BOOK, b"</workbook>", b"<a>" * 100_000 + b"</a>" * 100_000), "", "不能处理"),
    "endless list of sheets": (inserted(BOOK, b"</workbook>", b"<a/>" * 2_000_000), "过大", ""),
}


def outcome(step: Callable[[], object]) -> str:
    try:
        step()
    except XlreportError as error:
        return str(error)
    return ""


def main(folder: Path) -> dict[str, tuple[str, str]]:
    """Make and open every file; return what reading and marking said."""
    good = folder / "good.xlsx"
    report = sample()
    xlreport.write(report, good)
    findings = xlreport.check(xlreport.read(good))
    docx.write_docx(report, folder / "good.docx")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    said = {}
    for name, (change, _, _) in FILES.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(good.read_bytes())
        change(path)
        said[name] = (
            outcome(lambda path=path: xlreport.read(path)),  # type: ignore[misc]
            outcome(lambda path=path: mark(path, findings, folder / "marked.xlsx")),  # type: ignore[misc]
        )
        path.unlink()
    return said


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
