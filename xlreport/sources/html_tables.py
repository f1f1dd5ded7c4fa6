"""Tables of web pages: put in order as a browser does, and their cells on a grid with their spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from xlreport.errors import InputError
from xlreport.limits import MOST_TABLE_CELLS, MOST_TABLE_PLACES
from xlreport.sources.appearance import Look
from xlreport.sources.blocks import Block, Cell, Table
from xlreport.sources.pictured import with_pictures_named
from xlreport.sources.refusals import COPY_OUT

Element: TypeAlias = Any
#: What tells the look of an element in one of that look.
LookOf: TypeAlias = Callable[[Element, Look], Look]
#: What reads a cell of that look.
BlocksOf: TypeAlias = Callable[[Element, Look], list[Block]]

#: More rows or columns than any table of a report has.
LARGEST_SPAN = 200
_GROUPS = ("thead", "tbody", "tfoot")
_DIGITS = re.compile(r"[ \t\r\n\f]*\+?([0-9]{1,6})")


def put_in_order(root: Element) -> None:
    """Give every table its bodies and rows, as a browser does: what stands in none of its cells goes before it."""
    for table in list(root.iter("table")):
        _Ordering(table).done()


class _Ordering:
    """The children of a table, taken out and put in again: rows in bodies, cells in rows, the rest before the table."""

    def __init__(self, table: Element) -> None:
        self._table = table
        self._outside = etree.Element("div")
        self._body: Element = None
        self._row: Element = None

    def done(self) -> None:
        table, text = self._table, self._table.text
        children = list(table)
        for child in children:
            table.remove(child)
        table.text = None
        self._aside(text)
        self._children(children)
        if len(self._outside) or (self._outside.text or "").strip():
            table.addprevious(self._outside)

    def _children(self, children: list[Element]) -> None:
        for child in children:
            tail, child.tail = child.tail, None
            if child.tag in _GROUPS:
                self._body = self._row = None
                self._table.append(child)
                self._rows_of(child)
            elif child.tag in ("caption", "col", "colgroup"):
                self._table.append(child)
            elif child.tag == "tr":
                self._row = None
                self._bodied().append(child)
                self._cells_of(child)
            elif child.tag in ("td", "th"):
                self._rowed().append(child)
            elif isinstance(child.tag, str):
                self._other(child)
            self._aside(tail)

    def _other(self, child: Element) -> None:
        """What has no place in a table: its rows and cells have, the rest of it has not."""
        if child.tag == "table" or not any(inner.tag in ("tr", "td", "th", *_GROUPS) for inner in child):
            self._outside.append(child)
            return
        inner = list(child)
        for element in inner:
            child.remove(element)
        self._aside(child.text)
        self._children(inner)

    def _rows_of(self, group: Element) -> None:
        """Rows and cells may stand in a form or the like within their body."""
        children = list(group)
        if _holds_only(group, ("tr",)):
            for row in children:
                self._cells_of(row)
            return
        for child in children:
            group.remove(child)
        self._aside(group.text)
        group.text = None
        outer, self._body = self._body, group
        for child in children:
            tail, child.tail = child.tail, None
            if child.tag in _GROUPS:
                self._children([child])
                self._body = group
            else:
                self._children([child])
            self._aside(tail)
        self._body, self._row = outer, None

    def _cells_of(self, row: Element) -> None:
        """Cells may stand in a form or the like within their row; what is no cell goes before the table."""
        if _holds_only(row, ("td", "th")):
            return
        children = list(row)
        for child in children:
            row.remove(child)
        self._aside(row.text)
        row.text = None
        outer, self._row = self._row, row
        for child in children:
            tail, child.tail = child.tail, None
            if child.tag in ("tr", *_GROUPS):
                self._children([child])
                self._row = row
            else:
                self._children([child])
            self._aside(tail)
        self._row = outer

    def _bodied(self) -> Element:
        if self._body is None:
            self._body = etree.SubElement(self._table, "tbody")
        return self._body

    def _rowed(self) -> Element:
        if self._row is None:
            self._row = etree.SubElement(self._bodied(), "tr")
        return self._row

    def _aside(self, text: str | None) -> None:
        if text and text.strip():
            etree.SubElement(self._outside, "p").text = text


def _holds_only(element: Element, tags: tuple[str, ...]) -> bool:
    """True where there is nothing but such elements, and no text between them."""
    texts = (element.text, *(child.tail for child in element))
    return all(child.tag in tags for child in element) and not any(text and text.strip() for text in texts)


class HtmlGrid:
    """Makes tables of a page's; the cells and places of all of them together are limited."""

    def __init__(
        self, source: Path, look_of: LookOf, blocks_of: BlocksOf, dropped: Callable[[Element, Look], None]
    ) -> None:
        self._source = source
        self._look_of, self._blocks_of, self._dropped = look_of, blocks_of, dropped
        self._cells = self._places = 0

    def table(self, element: Element, look: Look) -> Table:
        """Return a table whose element has that look. Raises ``InputError`` where there are far too many cells."""
        found: list[Cell] = []
        down = 0
        unseen = self._collapsed(element, look)
        for group in _in_order(element):
            own = self._seen(group, look)
            if own is None:
                continue
            rows = [(row, seen) for row in group if (seen := self._seen(row, own)) is not None]
            found += self._group(rows, down, unseen)
            down += len(rows)
        return Table(tuple(found))

    def _seen(self, element: Element, around: Look) -> Look | None:
        look = self._look_of(element, around)
        if look.gone:
            self._dropped(element, look)
            return None
        return look

    def _collapsed(self, table: Element, look: Look) -> set[int]:
        """The columns that are not shown."""
        found: set[int] = set()
        at = 0
        for element in table:
            if element.tag not in ("col", "colgroup") or at > LARGEST_SPAN:
                continue
            around = self._look_of(element, look)
            for column in [child for child in element if child.tag == "col"] or [element]:
                wide = _span(column, "span")
                if look.visible and not self._look_of(column, around).visible:
                    found.update(range(at, at + wide))
                at += wide
        return found

    def _group(self, rows: list[tuple[Element, Look]], top: int, unseen: set[int]) -> Iterator[Cell]:
        #: Of each column that cells above reach into: the row before which they end.
        reaching: dict[int, int] = {}
        for down, (row, look) in enumerate(rows):
            line: list[Cell] = []
            column = 0
            for cell in row:
                seen = self._seen(cell, look)
                if seen is None:
                    continue
                while reaching.get(column, 0) > down:
                    column += 1
                wide = max(_span(cell, "colspan"), 1)
                left = len(rows) - down
                tall = min(_span(cell, "rowspan") or left, left)
                self._count(wide * tall + column)
                if column in unseen:
                    seen = seen._replace(visible=False)
                if tall > 1:
                    reaching.update((across, down + tall) for across in range(column, column + wide))
                line.append(Cell(top + down, column, tall, wide, tuple(self._blocks_of(cell, seen))))
                column += wide
            yield from with_pictures_named(line)

    def _count(self, places: int) -> None:
        self._cells += 1
        self._places += places
        if self._cells > MOST_TABLE_CELLS or self._places > MOST_TABLE_PLACES:
            raise InputError(self._source, "网页里表格的单元格过多，不像一份年度报告", COPY_OUT)


def _in_order(table: Element) -> Iterator[Element]:
    """Yield the parts of a table with the head first and the foot last, as they are shown."""
    heads = [group for group in table if group.tag == "thead"][:1]
    feet = [group for group in table if group.tag == "tfoot"][:1]
    yield from heads
    yield from (group for group in table if group.tag in _GROUPS and group not in heads and group not in feet)
    yield from feet


def captions_of(table: Element) -> Iterator[Element]:
    """Yield what is printed above a table as its own line."""
    yield from (child for child in table if child.tag == "caption")


def _span(cell: Element, name: str) -> int:
    written = cell.get(name)
    digits = _DIGITS.match(written) if written else None
    return min(int(digits[1]), LARGEST_SPAN) if digits else 1
