"""The zip around a workbook: what must be known before its values are read.

python-calamine reads values, and nothing else: it knows no defined names, gives a formula error as a blank, and allocates a sheet
densely, so one stray cell in the last corner would end the process. All of that is looked up here, cheaply.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from xlreport.errors import InputError
from xlreport.sources.matching import Place

#: Limits of what is handed on. A filled report has sheets of some dozen KB and some thousand cells.
LARGEST_PART = 32 * 1024 * 1024
LARGEST_AREA = 500_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 工作簿"
_DAMAGED = "请用 Excel 或 WPS 打开修复并另存，或换成完整的文件"
_MAIN = "xl/workbook.xml"
_OTHER_FORMATS = {
    "word/document.xml": ("这是 Word 文档，不是工作簿", "请指定 .xlsx 工作簿"),
    "ppt/presentation.xml": ("这是演示文稿，不是工作簿", "请指定 .xlsx 工作簿"),
    "xl/workbook.bin": ("这是二进制工作簿（.xlsb）", _SAVE_AS),
    "content.xml": ("这是 OpenDocument 文件（.ods 等）", _SAVE_AS),
}

# It begins with plain letters, which the search engine is fast to find; every sheet is searched.
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[A-Z]{0,2}\d{5})')
_FILLED = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]+)(\d+)["'](?:[^>]*[^/>])?>""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v[^>]*>([^<]+)<""",
    re.DOTALL,
)
_UNCALCULATED = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*[^/>])>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_ADDRESS = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")
_TEXT_TYPE = re.compile(rb"""\bt=["']str["']""")
_AREA = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?"
)


class Area(NamedTuple):
    """A rectangle on a sheet; rows and columns count from 0, the last ones are inside."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class Container:
    """An .xlsx file opened as a zip: its worksheets, its defined names, and what its cells hide.

    Raises ``InputError`` where the content is no such file.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        self._zip = _opened(path, content)
        book = _book(self)
        self._parts = dict(_worksheets(self, book))
        if not self._parts:
            raise InputError(path, "工作簿里没有工作表", "请换成填好的工作簿")
        self.names = dict(_areas(book))

    @property
    def sheets(self) -> list[str]:
        """The names of the worksheets, in order."""
        return list(self._parts)

    def part(self, name: str) -> bytes:
        """Return the content of one part; raises ``InputError`` if it is missing, damaged or far too large."""
        try:
            if self._zip.getinfo(name).file_size > LARGEST_PART:
                raise InputError(
                    self.path, "内容过大，不像一份年度报告", "请删去与年度报告无关的内容", self._title(name)
                )
            return self._zip.read(name)
        except KeyError:
            raise InputError(self.path, f"文件不完整，缺少 {name}", _DAMAGED) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
            raise InputError(self.path, "文件已损坏，读不出内容", _DAMAGED, self._title(name)) from None

    def sheet(self, name: str) -> bytes:
        """Return the XML of a sheet that is safe to hand to calamine; raises ``InputError`` for one that is too wide and tall."""
        xml = self.part(self._parts[name])
        if _FAR.search(xml) or b" r='" in xml:
            rows, columns, far = _extent(xml)
            if rows * columns > LARGEST_AREA:
                advice = "请删去数据区以外的行和列（选中后右键删除），保存后再读"
                raise InputError(
                    self.path,
                    f"工作表用到了第 {rows} 行、第 {columns} 列，不像年度报告",
                    advice,
                    f"{name}!{far}",
                )
        return xml

    def _title(self, part: str) -> str:
        return next((name for name, found in getattr(self, "_parts", {}).items() if found == part), "")


def errors_in(xml: bytes) -> dict[Place, str]:
    """Return the formula errors (“#REF!”) of a sheet by place."""
    if b't="e"' not in xml and b"t='e'" not in xml:
        return {}
    found = {}
    for attributes, text in _ERROR.findall(xml):
        if place := _place(attributes):
            found[place] = text.decode("utf-8", "replace")
    return found


def uncalculated_in(xml: bytes) -> set[Place]:
    """Return the places of formulas for which no result is stored (written by a program, never opened in Excel or WPS)."""
    if b"<f" not in xml and b":f" not in xml:
        return set()
    return {
        place
        for attributes in _UNCALCULATED.findall(xml)
        if not _TEXT_TYPE.search(attributes) and (place := _place(attributes))
    }


@lru_cache(maxsize=4096)
def address(place: Place) -> str:
    """Return a place as spreadsheets write it: (6, 3) → “D7”."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _opened(path: Path, content: bytes) -> zipfile.ZipFile:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputError(
                path, "工作簿设有打开密码，无法读取", "请在 Excel 或 WPS 中取消打开密码，保存后再读"
            )
        raise InputError(path, "这是旧版 Office 文件（.xls、.doc 等）", _SAVE_AS)
    if not content.startswith(b"PK"):
        raise InputError(path, "不是 Excel 工作簿", "请指定 .xlsx 工作簿")
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise InputError(path, "文件已损坏或不完整，无法打开", _DAMAGED) from None
    for part, (problem, advice) in _OTHER_FORMATS.items():
        if part in package.NameToInfo:
            raise InputError(path, problem, advice)
    if _MAIN not in package.NameToInfo:
        raise InputError(path, "不是 Excel 工作簿，或者结构不常见", _SAVE_AS)
    return package


class _Book(NamedTuple):
    """What workbook.xml says: (title, relation id) of each sheet, (name, local, reference) of each name, and relation id → part."""

    sheets: list[tuple[str, str]]
    names: list[tuple[str, bool, str]]
    relations: dict[str, str]


def _book(container: Container) -> _Book:
    """Read workbook.xml, at the place that every program gives it; calamine knows no other."""
    sheets: list[tuple[str, str]] = []
    names: list[tuple[str, bool, str]] = []
    for tag, attributes, text in _elements(container, _MAIN):
        if tag == "sheet":
            sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif tag == "definedName":
            names.append((attributes.get("name", ""), "localSheetId" in attributes, text))
    relations = {key: target for kind, key, target in _related(container, _MAIN) if kind == "worksheet"}
    return _Book(sheets, names, relations)


def _worksheets(container: Container, book: _Book) -> Iterator[tuple[str, str]]:
    for title, relation in book.sheets:
        if relation in book.relations:
            yield title, book.relations[relation]


def _areas(book: _Book) -> Iterator[tuple[str, Area]]:
    """Yield defined names that mean one rectangle. A copied sheet brings names of its own; the workbook's go before them."""
    for name, _, reference in sorted(book.names, key=lambda found: not found[1]):
        if match := _AREA.fullmatch(reference.strip()):
            quoted, bare, left, top, right, bottom = match.groups()
            first = (int(top) - 1, _column(left))
            last = (int(bottom) - 1, _column(right)) if bottom else first
            yield name, Area(quoted.replace("''", "'") if quoted else bare, *first, *last)


def _related(container: Container, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a part refers to inside the package: kind, relation id, part."""
    folder, name = posixpath.split(part)
    for tag, attributes, _ in _elements(container, posixpath.join(folder, "_rels", f"{name}.rels")):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            yield attributes.get("Type", "").rpartition("/")[2], attributes.get("Id", ""), target.lstrip("/")


def _elements(container: Container, part: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the elements of a small XML part without their namespaces: tag, attributes, the text behind the start tag."""
    found: list[tuple[str, dict[str, str], str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        plain = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        found.append((tag.rpartition(":")[2], plain, ""))

    def text(data: str) -> None:
        if found:
            tag, attributes, before = found[-1]
            found[-1] = (tag, attributes, before + data)

    def refuse(*_: object) -> None:
        raise InputError(container.path, "文件结构异常（含文档类型声明）", _DAMAGED, part)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(container.part(part), True)
    except expat.ExpatError:
        raise InputError(container.path, "文件已损坏，读不出内容", _DAMAGED, part) from None
    return found


def _extent(xml: bytes) -> tuple[int, int, str]:
    """Return how many rows and columns the cells that hold something take, and the address of the outermost one."""
    rows = columns = 0
    far = ""
    for letters, digits in _FILLED.findall(xml):
        row, column = int(digits), _column(letters.decode()) + 1
        if row > rows or column > columns:
            far = f"{letters.decode()}{row}"
        rows, columns = max(rows, row), max(columns, column)
    return rows, columns, far


def _place(attributes: bytes) -> Place | None:
    found = _ADDRESS.search(attributes)
    return (int(found[2]) - 1, _column(found[1].decode())) if found else None


def _column(letters: str) -> int:
    """Return the index of a column: “A” → 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
