"""Tables of Word documents: merged cells, content controls around rows and cells; rows that are deleted or hidden are not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from xlreport.sources.blocks import Block, Cell, Paragraph, Table
from xlreport.sources.left_out import DELETIONS, LeftOut
from xlreport.sources.pictured import with_pictures_named
from xlreport.sources.word_looks import shade
from xlreport.sources.word_styles import WordStyles
from xlreport.sources.word_table_looks import Place, TableLook
from xlreport.sources.word_text import Around
from xlreport.sources.word_xml import (
    DELETED,
    Element,
    W,
    child,
    children,
    is_on,
    number,
    points,
    unwrapped,
    value,
    written_in,
)

#: What reads the paragraphs and tables of a cell.
BlocksOf: TypeAlias = Callable[[Element, Around], list[Block]]

#: Word has no table of more columns.
MOST_COLUMNS = 63
#: Rows up to this height in points, where it is exact, show nothing.
LOWEST_POINTS = 4

HIDDEN_ROWS, UNDER_MERGED = "隐藏的行", "合并单元格下面的文字"
_A_FIGURE = re.compile(r"[\d\s.,，．]*\d[\d\s.,，．]*")
_IN_A_HIDDEN_ROW = "／（与隐藏的行合并，分不清是否显示）"


@dataclass
class _Open:
    """A cell as it grows: downwards by merged ones, and to the right. ``row`` is −1 while it stands in hidden rows only."""

    row: int
    column: int
    width: int
    element: Element
    around: Around
    starts_hidden: bool
    height: int = 1


class _Standing(NamedTuple):
    element: Element
    properties: dict[str, Element]
    column: int
    width: int
    merge: str
    #: What is merged to the left into it.
    covered: list[Element]


def table_in(
    element: Element, around: Around, styles: WordStyles, left_out: LeftOut, blocks_of: BlocksOf
) -> Table:
    """Return a table as the page shows it. ``around`` is what is around it, ``blocks_of`` reads a cell; ``left_out`` hears what is not shown."""
    return Table(tuple(with_pictures_named(_Rows(element, around, styles, left_out).cells(blocks_of))))


class _Rows:
    def __init__(self, table: Element, around: Around, styles: WordStyles, left_out: LeftOut) -> None:
        self._around, self._left_out = around, left_out
        self._look = TableLook(table, styles)
        self._rows = list(unwrapped(table, {f"{W}tr"}, left_out))
        #: The merged cells that reach down to the row before, by their column.
        self._above: dict[int, _Open] = {}
        self._found: list[_Open] = []

    def cells(self, blocks_of: BlocksOf) -> Iterator[Cell]:
        down = 0
        for at, row in enumerate(self._rows):
            properties = children(child(row, "trPr"))
            line = list(_standing(row, properties, self._left_out))
            if not DELETED.isdisjoint(properties):
                self._left_out.add(DELETIONS, written_in(row))
                self._above = {c.column: self._above[c.column] for c in line if self._is_merged(c)}
            elif self._is_hidden(properties, at, line):
                self._left_out.add(HIDDEN_ROWS, written_in(row))
                self._place(line, at, -1)
            else:
                self._place(line, at, down)
                down += 1
        for cell in self._found:
            blocks = blocks_of(cell.element, cell.around)
            if cell.starts_hidden and _A_FIGURE.fullmatch(Cell(0, 0, 1, 1, tuple(blocks)).text):
                blocks.append(Paragraph(_IN_A_HIDDEN_ROW))
            yield Cell(cell.row, cell.column, cell.height, cell.width, tuple(blocks))

    def _is_hidden(self, properties: dict[str, Element], at: int, line: list[_Standing]) -> bool:
        own = properties.get(f"{W}hidden")
        if own is not None:
            return is_on(own)
        height = properties.get(f"{W}trHeight")
        if height is not None and height.get(f"{W}hRule") == "exact":
            high = points(value(height) or "0", 20)
            if high is not None and high <= LOWEST_POINTS:
                return True
        return bool(line) and bool(self._look.part(Place(at, len(self._rows), 0, len(line))).hidden)

    def _is_merged(self, standing: _Standing) -> bool:
        return standing.merge == "continue" and standing.column in self._above

    def _place(self, line: list[_Standing], at: int, row: int) -> None:
        """Put a row's cells where they stand; a hidden row has −1 for its place."""
        reaching: dict[int, _Open] = {}
        for number_in_line, standing in enumerate(line):
            for element in standing.covered:
                self._left_out.add(UNDER_MERGED, written_in(element))
            if self._is_merged(standing):
                cell = self._above[standing.column]
                self._left_out.add(UNDER_MERGED, written_in(standing.element))
                if cell.row >= 0:
                    cell.height += row >= 0
                elif row >= 0:
                    cell.row = row
                    self._found.append(cell)
            else:
                part = self._look.part(Place(at, len(self._rows), number_in_line, len(line)))
                ground = shade(standing.properties.get(f"{W}shd")) or part.ground or self._around.ground
                around = Around(part.look, ground, in_cell=True)
                cell = _Open(row, standing.column, standing.width, standing.element, around, row < 0)
                if row >= 0:
                    self._found.append(cell)
            if standing.merge:
                reaching[standing.column] = cell
        self._above = reaching


def _standing(row: Element, properties: dict[str, Element], left_out: LeftOut) -> Iterator[_Standing]:
    column = number(properties.get(f"{W}gridBefore"), MOST_COLUMNS)
    last: _Standing | None = None
    for cell in unwrapped(row, {f"{W}tc"}, left_out):
        about = children(child(cell, "tcPr"))
        if f"{W}cellDel" in about:
            left_out.add(DELETIONS, written_in(cell))
            continue
        width = max(1, number(about.get(f"{W}gridSpan"), MOST_COLUMNS))
        if last is not None and _merge(about, "hMerge") == "continue":
            last.covered.append(cell)
            last = last._replace(width=last.width + width)
        else:
            if last is not None:
                yield last
            last = _Standing(cell, about, column, width, _merge(about, "vMerge"), [])
        column += width
    if last is not None:
        yield last


def _merge(properties: dict[str, Element], kind: str) -> str:
    element = properties.get(f"{W}{kind}")
    return "" if element is None else element.get(f"{W}val") or "continue"
