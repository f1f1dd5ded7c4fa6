"""An OpenDocument spreadsheet (.ods): it keeps beside each value the text that is seen, and that text is what counts. [OpenDocument 1.3, part 3]"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from xlreport.errors import InputError
from xlreport.limits import LARGEST_AREA, MOST_SHEET_TAGS
from xlreport.ooxml.addresses import Corners
from xlreport.sources import archive
from xlreport.sources.matching import Place
from xlreport.sources.refusals import SHORTEN, damaged
from xlreport.workbook import shown
from xlreport.workbook.cell_looks import CellLook
from xlreport.workbook.foreign import ForeignSheet, ForeignSheets, refuse_too_large
from xlreport.workbook.formats import stored
from xlreport.workbook.ods_styles import OFFICE, TABLE, TEXT, Element, OdsStyle, OdsStyles, is_unseen

_DAMAGED = "请用 WPS 或 LibreOffice 打开修复并另存，或换成完整的文件"
_LINES = tuple(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
_COLUMNS = tuple(TABLE + name for name in ("table-header-columns", "table-columns", "table-column-group"))
_NUMBERS = ("float", "currency", "percentage")


def ods_sheets(path: Path, content: bytes) -> ForeignSheets:
    """Return the sheets of an OpenDocument spreadsheet; raises ``InputError`` where it cannot be read or is far too large."""
    package = archive.open_document(path, content)
    roots = []
    for name in ("styles.xml", "content.xml"):
        try:
            roots.append(_root(path, archive.part(path, package, name), name))
        except KeyError:
            if name == "content.xml":
                raise InputError(path, f"文件不完整，缺少 {name}", _DAMAGED) from None
    styles = OdsStyles(roots)
    tables = roots[-1].iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    found = [_Sheet(path, table, styles) for table in tables]
    refuse_too_large(path, [(each.title, each.height, each.width) for each in found])
    return ForeignSheets(path, [each.read() for each in found])


def _root(path: Path, xml: bytes, name: str) -> Element:
    if xml.count(b"<") > MOST_SHEET_TAGS:
        raise InputError(path, "内容过多，不像一份年度报告", SHORTEN, name)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged(path, _DAMAGED, name) from None


class _Sheet:
    """One table of the document: laid out once for its size, then read."""

    def __init__(self, path: Path, table: Element, styles: OdsStyles) -> None:
        self._path, self._styles = path, styles
        self.title = table.get(f"{TABLE}name", "")
        self._is_hidden = styles.of("table", table.get(f"{TABLE}style-name", "")).not_shown
        self._hidden_columns: set[int] = set()
        self._hidden_rows: set[int] = set()
        #: The styles that cells take from their columns, and the first column that each no longer counts for.
        self._column_styles: list[str] = []
        self._column_ends: list[int] = []
        self._read_columns(table)
        #: Cells that hold something: row, column, how often down and across, the row's style, the cell.
        self._cells: list[tuple[int, int, int, int, str, Element]] = []
        self.height = self.width = 0
        self._read_rows(table)

    def _read_columns(self, table: Element) -> None:
        at = 0
        for column, hidden in _members(table, f"{TABLE}table-column", _COLUMNS):
            count = _count(column, "number-columns-repeated")
            if hidden or self._unseen(column, "table-column"):
                self._hidden_columns.update(range(at, min(at + count, LARGEST_AREA)))
            at += count
            self._column_styles.append(column.get(f"{TABLE}default-cell-style-name", ""))
            self._column_ends.append(at)

    def _read_rows(self, table: Element) -> None:
        at = 0
        for row, hidden in _members(table, f"{TABLE}table-row", _LINES):
            count = _count(row, "number-rows-repeated")
            if hidden or self._unseen(row, "table-row"):
                self._hidden_rows.update(range(at, min(at + count, LARGEST_AREA)))
            default, column = row.get(f"{TABLE}default-cell-style-name", ""), 0
            for cell in row:
                if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                    continue
                across = _count(cell, "number-columns-repeated")
                if cell.find(f"{TEXT}p") is not None or cell.get(f"{OFFICE}value-type"):
                    self._cells.append((at, column, count, across, default, cell))
                    self.height, self.width = max(self.height, at + count), max(self.width, column + across)
                column += across
            at += count

    def _unseen(self, line: Element, family: str) -> bool:
        if line.get(f"{TABLE}visibility", "visible") != "visible":
            return True
        return self._styles.of(family, line.get(f"{TABLE}style-name", "")).no_size

    def read(self) -> ForeignSheet:
        """Return the sheet; its size has been looked at."""
        rows: shown.Rows = [[""] * self.width for _ in range(self.height)]
        merged: list[Corners] = []
        looks_other: list[tuple[Place, Any, Any]] = []
        for down, across, high, wide, default, cell in self._cells:
            style = cell.get(f"{TABLE}style-name") or default or self._column_style(across)
            value = self._value(cell, style, (down, across), looks_other)
            for row in range(down, down + high):
                rows[row][across : across + wide] = [value] * wide
            tall, broad = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if tall > 1 or broad > 1:
                merged.append((down, across, down + tall - 1, across + broad - 1))
        hidden = shown.Hidden(frozenset(self._hidden_rows), frozenset(self._hidden_columns))
        return ForeignSheet(self.title, rows, hidden, tuple(merged), self._is_hidden, looks_other)

    def _column_style(self, column: int) -> str:
        at = bisect_right(self._column_ends, column)
        return self._column_styles[at] if at < len(self._column_styles) else ""

    def _value(
        self, cell: Element, name: str, place: Place, looks_other: list[tuple[Place, Any, Any]]
    ) -> Any:
        """Return what is seen of a cell: a number where the text shows one, else the text."""
        style = self._styles.of("table-cell", name)
        text = "\n".join(self._paragraph(each, style) for each in cell.iterfind(f"{TEXT}p")).strip("\n")
        kind = cell.get(f"{OFFICE}value-type", "")
        number = stored(cell.get(f"{OFFICE}value", "")) if kind in _NUMBERS else None
        look = CellLook("General", bool(style.struck), bool(style.raised), is_unseen(style))
        if number is None:
            return shown.as_seen(text, None, look)
        if not look.is_plain:
            return shown.as_seen(float(number), number, look)
        value = _plain(number)
        now = shown.as_laid_out(value, number, text)
        if not isinstance(now, str) and now != value:
            looks_other.append((place, now, number))
        return now

    def _paragraph(self, element: Element, cell: OdsStyle) -> str:
        """Return a line of a cell as it is seen; what is raised beside a figure is the mark of a note."""
        runs: list[list[Any]] = []
        for text, name in _pieces(element):
            style = self._styles.of("text", name) if name else OdsStyle()
            unseen = is_unseen(style._replace(ink=style.ink or cell.ink, paper=style.paper or cell.paper))
            runs.append([text, bool(style.struck) or (name != "" and unseen), bool(style.raised)])
        return shown.runs_as_seen(runs)


def _plain(number: Any) -> Any:
    return int(number) if number == number.to_integral_value() else float(number)


def _members(parent: Element, tag: str, groups: tuple[str, ...]) -> Iterator[tuple[Element, bool]]:
    """Yield the rows or columns of a table, in whatever groups, and whether their group is folded."""
    waiting = [(child, False) for child in reversed(parent)]
    while waiting:
        element, folded = waiting.pop()
        if element.tag == tag:
            yield element, folded
        elif element.tag in groups:
            folded = folded or element.get(f"{TABLE}display") == "false"
            waiting += [(child, folded) for child in reversed(element)]


def _count(element: Element, name: str) -> int:
    text = element.get(TABLE + name, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _pieces(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the texts of a paragraph and the styles of the spans they stand in; notes and pictures are no text."""
    waiting: list[tuple[Element | str, str]] = [(element, "")]
    while waiting:
        node, name = waiting.pop()
        if isinstance(node, str):
            yield node, name
            continue
        inner: list[tuple[Element | str, str]] = [(node.text, name)] if node.text else []
        for child in node:
            if child.tag == f"{TEXT}s":
                blanks = child.get(f"{TEXT}c", "1")
                inner.append((" " * min(int(blanks) if blanks.isdigit() else 1, 100), name))
            elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
                inner.append(("\t" if child.tag.endswith("tab") else "\n", name))
            elif child.tag == f"{TEXT}span":
                inner.append((child, child.get(f"{TEXT}style-name", "") or name))
            elif (
                isinstance(child.tag, str)
                and child.tag.startswith(TEXT)
                and not child.tag.endswith(("}note", "ruby-text"))
            ):
                inner.append((child, name))
            if child.tail:
                inner.append((child.tail, name))
        waiting += reversed(inner)
