"""Folders full of reports for the tests: good ones, faulty ones, and files that are none."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl

import xlreport
from tests.samples import CURRENT_REPORTS, complete
from xlreport.example import faulty, good
from xlreport.report import Report

#: Files that cannot be read as reports, by name.
BROKEN = {
    "坏/damaged.xlsx": b"PK\x03\x04 not a zip",
    "坏/empty.docx": b"",
    "坏/picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "坏/note.txt": "请各单位尽快报送。".encode(),
    "坏/page.html": "<html><body><p>通知</p></body></html>".encode(),
    "坏/list.json": b"[1, 2]",
    "坏/old.xls": b"\xd0\xcf\x11\xe0" + bytes(600),
}
#: Files that are passed over.
PASSING = (
    "~$good.xlsx",
    ".~lock.good.xlsx#",
    "~xlreport-abc.xlsx",
    ".hidden.json",
    "Thumbs.db",
    "inner/~$x.docx",
)


def named(report: Report, organisation: str) -> Report:
    """Return a copy of the report of another organisation."""
    return report.model_copy(update={"organisation": organisation, "title": ""})


def granted(report: Report, more: int) -> Report:
    """Return a copy of the report with that many more applications, all by natural persons and granted; it balances as before."""
    data = report.model_dump()
    for row in (
        data["applications"]["new"],
        data["applications"]["results"]["granted"],
        data["applications"]["results"]["total"],
    ):
        for column in ("natural_person", "total"):
            row[column] += more
    return Report.model_validate(data)


def put(folder: Path, path: str, content: bytes | Report) -> Path:
    """Write a file, as old as one that has not been touched for an hour."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Report):
        xlreport.write(content, target)
    else:
        target.write_bytes(content)
    age(target)
    return target


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    """Return the rows of a list in a summary by heading; none where it is not there."""
    book = openpyxl.load_workbook(path, data_only=True)
    if sheet not in book.sheetnames:
        return []
    heading, *lines = book[sheet].iter_rows(values_only=True)
    return [dict(zip(heading, line, strict=True)) for line in lines]


def age(path: Path, seconds: int = 3600) -> None:
    """Make a file that much older."""
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns - seconds * 10**9))


def mixed(folder: Path) -> Path:
    """Fill a folder with everything: three published reports, a workbook, a document, a faulty one, broken ones, passing ones."""
    for name in CURRENT_REPORTS:
        put(folder, f"市/{name}.json", named(complete(name), f"{name}局"))
    put(folder, "镇/西集镇.xlsx", named(good(), "西集镇人民政府"))
    put(folder, "镇/里/东集镇.docx", named(good(), "东集镇人民政府"))
    put(folder, "镇/错.xlsx", named(faulty(), "错集镇人民政府"))
    for path, content in BROKEN.items():
        put(folder, path, content)
    for path in PASSING:
        put(folder, path, b"passing")
    return folder
