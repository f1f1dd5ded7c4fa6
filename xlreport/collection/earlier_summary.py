"""The verdicts in a summary workbook that a supervisor has worked in, read row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from lxml import etree

from xlreport.collection.lists import DETAILS, LAPSED, MARK, REASON, VERDICT
from xlreport.collection.verdicts import Verdict
from xlreport.errors import InputError
from xlreport.limits import LARGEST_SUMMARY, LARGEST_SUMMARY_TEXTS
from xlreport.sources.compound import SIGNATURE

#: What a workbook that is damaged makes its reader trip over.
_TRIPS = (
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError, NotImplementedError),
    *(zipfile.BadZipFile, zipfile.zlib.error, ParseError, etree.XMLSyntaxError),  # type: ignore[attr-defined]
)
_ABOUT = ("单位", "年度", "规则", "位置")


def is_workbook(path: Path) -> bool:
    """True for a file that may be a summary, whole or damaged, with a password or without."""
    try:
        with path.open("rb") as file:
            return file.read(len(SIGNATURE)).startswith((b"PK", SIGNATURE))
    except OSError:
        return False


def verdicts_in(path: Path) -> list[Verdict]:
    """Return what a person has said of findings in a summary; raises ``InputError`` where it cannot be read."""
    advice = "里面的处理意见没法沿用，请用 Excel 或 WPS 打开，另存为不加密的 .xlsx，或换一个文件"
    if not path.exists():
        raise InputError(path, "找不到文件", "请核对文件名和所在文件夹")
    try:
        _refuse_too_large(path)
        # Given as a file, since of a name only some endings are taken.
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            listed = [book[each.name] for each in (DETAILS, LAPSED) if each.name in book.sheetnames]
            found = [list(_verdicts(sheet.iter_rows(values_only=True))) for sheet in listed]
    except _TRIPS:
        raise InputError(path, "上次的汇总表读不出来", advice) from None
    except _Unmarked:
        problem = f"“{VERDICT}”“{REASON}”里有意见，隐藏的“{MARK}”一栏却没有了，不知道是哪个问题的"
        raise InputError(path, problem, "请恢复这一栏，或换一个文件") from None
    if not found:
        raise InputError(path, f"里面没有“{DETAILS.name}”工作表，不是审核汇总表", "请换一个文件")
    return [verdict for verdicts in found for verdict in verdicts]


def _refuse_too_large(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        # No part can be unpacked to more than it says here.
        parts = package.infolist()
        texts = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
        if sum(part.file_size for part in parts) > LARGEST_SUMMARY or texts > LARGEST_SUMMARY_TEXTS:
            raise InputError(path, "上次的汇总表太大", "请核对它是不是审核汇总表")


class _Unmarked(Exception):
    """There are verdicts, and nothing tells what they are about."""


def _verdicts(rows: Iterator[tuple[Any, ...]]) -> Iterator[Verdict]:
    headings = [_text(value) for value in next(rows, ())]
    places = {
        heading: headings.index(heading)
        for heading in (VERDICT, REASON, MARK, *_ABOUT)
        if heading in headings
    }
    for row in rows:
        said = {heading: row[place] if place < len(row) else None for heading, place in places.items()}
        word, reason = _text(said.get(VERDICT)), _text(said.get(REASON))
        if word or reason:
            if MARK not in places:
                raise _Unmarked
            organisation, year, title, where = (said.get(heading) for heading in _ABOUT)
            yield Verdict(
                _text(said[MARK]), word, reason, _text(organisation), year, _text(title), _text(where)
            )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
