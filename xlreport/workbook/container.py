"""The zip around a workbook: what must be known before its values are read.

python-calamine reads values, and nothing else: it knows no defined names, gives a formula error as a blank, and allocates a sheet
densely, so one stray cell in the last corner would end the process. All of that is looked up here, cheaply.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from xlreport.errors import InputError
from xlreport.limits import (
    LARGEST_AREA,
    LARGEST_INDEX,
    LARGEST_PACKAGE,
    LARGEST_PART,
    LARGEST_TEXT,
    MOST_SHEETS,
)
from xlreport.ooxml.addresses import Area, address, area_of, column_of
from xlreport.ooxml.relationships import relation_of, relations_of
from xlreport.sources import archive
from xlreport.sources.matching import Place
from xlreport.sources.refusals import REPAIR_WORKBOOK, SAVE_AS_WORKBOOK, SHORTEN, damaged
from xlreport.sources.zip_folder import holds_files
from xlreport.workbook.sheet_xml import SheetXml, place_at, places_of_cells

#: Up to this size (in bytes), all parts of a workbook are unpacked once, for calamine too.
UNPACKED = 8 * 2**20

#: The part that is the workbook.
MAIN = "xl/workbook.xml"
#: A sheet from its first cell to its last.
_WHOLE = "A1:XFD1048576"
_UNSHOWN = ("hidden", "veryHidden")
#: By this part calamine tells a workbook.
_ROOT = "_rels/.rels"
_OTHER_FORMATS = {
    "word/document.xml": ("这是 Word 文档，不是工作簿", "请指定 .xlsx 工作簿"),
    "ppt/presentation.xml": ("这是演示文稿，不是工作簿", "请指定 .xlsx 工作簿"),
    "OFD.xml": ("这是 OFD 文件，不能读取", "请用阅读器另存为 PDF 或 Word 文档后再读"),
    "content.xml": ("这是 OpenDocument 文件，不是表格", "请指定 .xlsx 工作簿"),
}

# A place so far out that the area must be reckoned, however it is written; every sheet is searched.
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{3}|[A-Za-z]{0,2}\d{5})""")
# A place that no sheet has. calamine reckons with it nevertheless and asks for memory that is not there, which ends the process.
_NO_PLACE = re.compile(
    rb"""<(?:\w+:)?(?:row|c)\s(?:[^<>]*\s)?r\s*=\s*["'](?:[A-Za-z]{4}|[A-Za-z]{0,3}\d{8})"""
)
# Few workbooks need these two, so they are compiled when they are used.
_ERROR = rb"""(?s)<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v[^>]*>([^<]+)<"""
_UNCALCULATED = (
    rb"""<(?:\w+:)?c\s([^>]*[^/>])>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_FORMULA = rb"""<(?:\w+:)?c\s([^>]*[^/>])>\s*<(?:\w+:)?f\b[^>]*>([^<]*)<"""
# The same where names have no prefix, from the formula on: there are far fewer formulas than cells.
_UNFINISHED = re.compile(rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_CELL = re.compile(rb"<c\s([^>]*[^/>])>\s*")
_DIGITS = re.compile(r"[0-9]{1,9}")
_WRITTEN = re.compile(r"([A-Za-z]{1,6})([0-9]{1,9})")
_SHARED = re.compile(rb"</(?:\w+:)?si\s*>")
_ADDRESS = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")
_TEXT_TYPE = re.compile(rb"""\bt=["']str["']""")


class Container:
    """An .xlsx file opened as a zip: its worksheets, its defined names, and what its cells hide.

    ``hidden`` are the titles of the sheets that are not shown, ``on_show`` is what a document shows in which the workbook is embedded. Raises ``InputError`` where the content is no such file.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        self._content = content
        self._zip = _opened(path, content)
        self._keeps = sum(entry.file_size for entry in self._zip.infolist()) <= UNPACKED
        self._kept: dict[str, bytes] = {}
        self._taken = 0
        self._titles: dict[str, str] = {}
        book = _book(self)
        if len(book.sheets) > MOST_SHEETS:
            raise InputError(path, f"有 {len(book.sheets)} 张工作表，不像一份年度报告", SHORTEN)
        self._parts = {title: book.relations[at] for title, at in book.sheets if at in book.relations}
        if not self._parts:
            raise InputError(path, "工作簿里没有工作表", "请换成填好的工作簿")
        self._titles = {part: title for title, part in self._parts.items()}
        self.names = dict(_areas(book))
        self.hidden = frozenset(title for title, state in book.states.items() if state in _UNSHOWN)
        self.on_show = book.on_show
        #: The parts that tell how cells look, and the texts that cells share; b"" where a workbook has none.
        self.styles = self.shared_texts = b""
        self._shared = self._lengths_of_shared_texts()

    @property
    def sheets(self) -> list[str]:
        """The names of the worksheets, in order."""
        return list(self._parts)

    def part(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """Return the content of one part; raises ``InputError`` if it is missing, damaged or far too large."""
        content = self._kept.get(name)
        if content is None:
            try:
                content = archive.part(self.path, self._zip, name, self._titles.get(name, ""), limit)
            except KeyError:
                raise InputError(self.path, f"文件不完整，缺少 {name}", REPAIR_WORKBOOK) from None
            if self._keeps:
                self._kept[name] = content
        # Many sheets may stand for the same part, each read anew.
        self._taken += len(content)
        if self._taken > LARGEST_PACKAGE:
            raise InputError(self.path, "内容过大，不像一份年度报告", SHORTEN)
        return content

    def unpacked(self) -> bytes:
        """Return the workbook for calamine: the parts that were looked through, unpacked once for both; a large one as it is."""
        if not self._keeps:
            return self._content
        for part in (_ROOT, *self._parts.values()):
            # A part that cannot be read is a matter of its sheet, which may not be asked for.
            with suppress(InputError):
                self.part(part)
        return archive.stored(self._kept)

    def sheet(self, name: str) -> SheetXml:
        """Return the XML of a sheet that is safe to hand to calamine; raises ``InputError`` for one that is too wide and tall."""
        sheet = SheetXml(self.part(self._parts[name]))
        xml = sheet.xml
        if sheet.cells is None:
            # “operator=” is no place. White space before an attribute is not asked for: calamine does not ask for it either.
            if any(not xml[far.start() - 1 : far.start()].isalpha() for far in _FAR.finditer(xml)):
                self._refuse_places(name, xml)
            self._refuse_cells_twice(name, xml)
        elif len(set(sheet.cells.addresses)) < len(sheet.cells.addresses):
            self._refuse_cells_twice(name, xml)
        if self._shared and max(self._shared) * xml.count(b"<") > LARGEST_TEXT:
            self._refuse_wordy(name, xml)
        return sheet

    def _refuse_cells_twice(self, name: str, xml: bytes) -> None:
        """No program writes a cell twice, and none can tell which of two figures is seen."""
        seen: set[Place] = set()
        for place in places_of_cells(xml).values():
            if place in seen:
                problem = f"工作表已损坏（{address(place)} 一格写了两次，不知哪一个作数）"
                raise InputError(self.path, problem, REPAIR_WORKBOOK, f"{name}!{address(place)}")
            seen.add(place)

    def _refuse_places(self, name: str, xml: bytes) -> None:
        """Refuse a sheet with places that there are not, or with cells too wide and tall apart."""
        if _NO_PLACE.search(xml):
            raise InputError(self.path, "工作表已损坏，有的行号、列号没有这样的位置", REPAIR_WORKBOOK, name)
        with self._damage_told(name):
            rows, columns, far = extent(xml)
        if rows * columns > LARGEST_AREA:
            problem = f"工作表用到了第 {rows} 行、第 {columns} 列，不像年度报告"
            advice = "请删去数据区以外的行和列（选中后右键删除），保存后再读"
            raise InputError(self.path, problem, advice, f"{name}!{far}")

    @contextmanager
    def _damage_told(self, name: str) -> Iterator[None]:
        try:
            yield
        except expat.ExpatError:
            raise InputError(self.path, "工作表已损坏，读不出内容", REPAIR_WORKBOOK, name) from None

    def _refuse_wordy(self, name: str, xml: bytes) -> None:
        """A shared text is copied into every cell that shows it."""
        length = 0
        shows, number = False, ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal shows, number
            if tag.rpartition(":")[2] == "c":
                shows = attributes.get("t") == "s"
            number = ""

        def text(data: str) -> None:
            nonlocal number
            number += data if shows else ""

        def end(tag: str) -> None:
            nonlocal length, number
            if shows and number.isascii() and number.isdigit() and int(number[-9:]) < len(self._shared):
                length += self._shared[int(number[-9:])]
            number = ""

        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
        with self._damage_told(name):
            parser.Parse(xml, True)
        if length > LARGEST_TEXT:
            raise InputError(self.path, "文字过多，不像一份年度报告", SHORTEN, name)

    def _lengths_of_shared_texts(self) -> list[int]:
        """The lengths of the texts that cells share. calamine reads them, and the formats, whatever sheet it is asked for."""
        lengths: list[int] = []
        for name in self._zip.namelist():
            if name.lower() in ("xl/sharedstrings.xml", "xl/styles.xml"):
                content = self.part(name)
                if name.lower() == "xl/sharedstrings.xml":
                    self.shared_texts = content
                    lengths = [len(text) for text in _SHARED.split(content)]
                else:
                    self.styles = content
        return lengths


def errors_in(xml: bytes) -> dict[Place, str]:
    """Return the formula errors (“#REF!”) of a sheet by place."""
    if b't="e"' not in xml and b"t='e'" not in xml:
        return {}
    found = {}
    for attributes, text in re.findall(_ERROR, xml):
        if place := _place(attributes):
            found[place] = text.decode("utf-8", "replace")
    return found


def uncalculated_in(xml: bytes) -> set[Place]:
    """Return the places of formulas for which no result is stored (written by a program, never opened in Excel or WPS)."""
    if b"<f" not in xml and b":f" not in xml:
        return set()
    cells = _unfinished(xml) if b"<sheetData" in xml else re.findall(_UNCALCULATED, xml)
    return {
        place for attributes in cells if not _TEXT_TYPE.search(attributes) and (place := _place(attributes))
    }


def formulas_without_results(xml: bytes) -> dict[Place, str]:
    """Return the formulas of a sheet for which no result is stored, by place."""
    waiting = uncalculated_in(xml)
    if not waiting:
        return {}
    from html import unescape  # the names of all characters that HTML has

    found = ((_place(attributes), text) for attributes, text in re.findall(_FORMULA, xml))
    return {place: unescape(text.decode("utf-8", "replace")) for place, text in found if place in waiting}


def _unfinished(xml: bytes) -> Iterator[bytes]:
    """Yield the attributes of the cells whose formulas have no result."""
    for formula in _UNFINISHED.finditer(xml):
        cell = _CELL.match(xml, max(xml.rfind(b"<c", 0, formula.start()), 0))
        if cell and cell.end() == formula.start():
            yield cell[1]


def _opened(path: Path, content: bytes) -> zipfile.ZipFile:
    if not content.startswith(b"PK"):
        raise InputError(path, "不是 Excel 工作簿", "请指定 .xlsx 工作簿")
    package = archive.opened(path, content)
    for part, (problem, advice) in _OTHER_FORMATS.items():
        if part in package.NameToInfo:
            raise InputError(path, problem, advice)
    if holds_files(package.namelist()):
        count = sum(not entry.is_dir() for entry in package.infolist())
        advice = "请先解压；要一起审核的，请放进一个文件夹，用 xlreport audit 指定这个文件夹"
        raise InputError(path, f"这是压缩包，里面有 {count} 份文件", advice)
    if MAIN not in package.NameToInfo:
        raise InputError(path, "不是 Excel 工作簿，或者结构不常见", SAVE_AS_WORKBOOK)
    return package


class _Book(NamedTuple):
    """What workbook.xml says: (title, relation id) of each sheet, (name, local, reference) of each name, and relation id → part.

    ``states`` has the sheets that are not just visible; ``on_show`` is the sheet that is open, and of it what is seen where the workbook is embedded.
    """

    sheets: list[tuple[str, str]]
    names: list[tuple[str, bool, str]]
    relations: dict[str, str]
    states: dict[str, str]
    on_show: Area | None


def _book(container: Container) -> _Book:
    """Read workbook.xml, at the place that every program gives it; calamine knows no other."""
    sheets: list[tuple[str, str]] = []
    names: list[tuple[str, bool, str]] = []
    states: dict[str, str] = {}
    active, seen = "0", _WHOLE
    for tag, attributes, text in _elements(container, MAIN):
        if tag == "sheet":
            plain = {name.rpartition(":")[2]: value for name, value in attributes.items()}
            sheets.append((plain.get("name", ""), plain.get("id", "")))
            if "state" in plain:
                states[plain.get("name", "")] = plain["state"]
        elif tag == "workbookView":
            active = attributes.get("activeTab", "0")
        elif tag == "oleSize":
            seen = attributes.get("ref", _WHOLE)
        elif tag == "definedName":
            names.append((attributes.get("name", ""), "localSheetId" in attributes, text))
    listed = (
        relation_of(MAIN, attributes)
        for tag, attributes, _ in _elements(container, relations_of(MAIN))
        if tag == "Relationship"
    )
    relations = {each.id: each.part for each in listed if each.kind == "worksheet" and each.part}
    on_show = area_of(f"sheet!{seen}")
    at = int(active) if active.isascii() and active.isdigit() and len(active) < 5 else len(sheets)
    on_show = on_show._replace(sheet=sheets[at][0]) if on_show and at < len(sheets) else None
    return _Book(sheets, names, relations, states, on_show)


def _areas(book: _Book) -> Iterator[tuple[str, Area]]:
    """Yield defined names that mean one rectangle. A copied sheet brings names of its own; the workbook's go before them."""
    for name, _, reference in sorted(book.names, key=lambda found: not found[1]):
        if area := area_of(reference):
            yield name, area


def _elements(container: Container, part: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the elements of a small XML part, tags without their namespaces: tag, attributes, the text behind the start tag."""
    found: list[tuple[str, dict[str, str], str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((tag.rpartition(":")[2], attributes, ""))

    def text(data: str) -> None:
        if found:
            tag, attributes, before = found[-1]
            found[-1] = (tag, attributes, before + data)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    try:
        parser.Parse(container.part(part, LARGEST_INDEX), True)
    except expat.ExpatError:
        raise damaged(container.path, REPAIR_WORKBOOK, part) from None
    return found


def extent(xml: bytes) -> tuple[int, int, str]:
    """Return how many rows and columns the cells that hold something take, and the address of the outermost one.

    A cell without an address stands right of the one before it. Raises ``ExpatError`` for what is no XML.
    """
    place = [-1, -1]
    outermost = [0, 0]
    far = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal far
        kind, written = tag.rpartition(":")[2], attributes.get("r", "")
        if kind == "row":
            place[:] = [int(written) - 1 if _DIGITS.fullmatch(written) else place[0] + 1, -1]
        elif kind == "c":
            found = _WRITTEN.fullmatch(written)
            place[:] = [int(found[2]) - 1, column_of(found[1]) - 1] if found else [place[0], place[1] + 1]
        elif kind in ("v", "is"):
            if place[0] >= outermost[0] or place[1] >= outermost[1]:
                far = address((max(place[0], 0), max(place[1], 0)))
            outermost[:] = [max(outermost[0], place[0] + 1), max(outermost[1], place[1] + 1)]

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return outermost[0], outermost[1], far


def _place(attributes: bytes) -> Place | None:
    found = _ADDRESS.search(attributes)
    return place_at(found[1], found[2]) if found else None
