"""What every reader makes of a file: a stream of paragraphs, tables and pictures, whatever the file's format.

Tables come with their spans resolved. Tables that only lay out the page are dissolved here into what stands in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

#: What stands for a blank cell among paragraphs that were cells.
NOTHING = "/"
#: A nested table with so few cells is a part of the cell's text, not a table of its own.
INLINE_CELLS = 2
#: So much text in one cell is no label and no figure: the table lays out the page.
LAYOUT_CHARACTERS = 400
#: So many lines above a table may say which year's it is and what it is counted in.
LINES_ABOVE = 3


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text (``\\n`` where a line was broken by hand), and its level where it is formatted as a heading (else 0).

    ``linked`` is True where all of it is a link.
    """

    text: str
    level: int = 0
    linked: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture or an embedded object: something that may be read by people only."""


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell: its place from 0, its spans, and what stands in it. ``value`` is the raw value of a workbook's cell."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]
    value: Any = None

    @cached_property
    def text(self) -> str:
        """The text of the cell, a line a paragraph; small nested tables are part of it."""
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Paragraph):
            return self.blocks[0].text.strip()
        return "\n".join(_texts(self.blocks)).strip()


@dataclass(frozen=True, eq=False)
class Table:
    """A table: ``cells`` in reading order, each given once.

    ``ragged`` tables are those of plain text, where spans are not known and columns do not line up; of ``loose`` ones not even the rows
    of headers are known. ``caption`` is the line above it, ``above`` are the last lines before it, also those before tables right above.
    ``place_of`` names a cell for people.
    """

    cells: tuple[Cell, ...]
    ragged: bool = False
    caption: str = ""
    above: tuple[str, ...] = ()
    name: str = ""
    place_of: Callable[[Cell], str] | None = field(default=None, repr=False)
    loose: bool = False

    @cached_property
    def height(self) -> int:
        """The number of rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @cached_property
    def covering(self) -> list[list[Cell]]:
        """The cells that stand in each row or reach into it from above, left to right."""
        rows: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                rows[row].append(cell)
        for line in rows:
            line.sort(key=lambda cell: cell.column)
        return rows

    def place(self, cell: Cell) -> str:
        """Return where a cell stands, in words: “表3第7行第4列”."""
        if self.place_of is not None:
            return self.place_of(cell)
        return f"{self.name}第{cell.row + 1}行第{cell.column + 1}列"


Block: TypeAlias = Paragraph | Table | Picture


def table_of(rows: Sequence[Sequence[str]], ragged: bool = False, loose: bool = False) -> Table:
    """Return a table without spans, of texts."""
    cells = tuple(
        Cell(down, across, 1, 1, (Paragraph(text),))
        for down, row in enumerate(rows)
        for across, text in enumerate(row)
    )
    return Table(cells, ragged, loose=loose)


def turned(table: Table) -> Table:
    """Return the table with its rows as columns."""
    cells = sorted(map(turned_cell, table.cells), key=lambda cell: (cell.row, cell.column))
    return replace(table, cells=tuple(cells), place_of=lambda cell: table.place(turned_cell(cell)))


def turned_cell(cell: Cell) -> Cell:
    """Return the cell where it stands in the turned table."""
    return replace(
        cell,
        row=cell.column,
        column=cell.row,
        row_span=cell.column_span,
        column_span=cell.row_span,
    )


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with their tables numbered and captioned."""
    found: list[Block] = []
    count = 0
    caption = ""
    above: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            count += 1
            # The lines of a sheet stand within it.
            lines = () if block.name else tuple(above)
            block = replace(block, caption=caption, above=lines, name=block.name or f"表{count}")
            caption = ""
        elif isinstance(block, Paragraph) and block.text.strip():
            above = above if caption else []
            caption = block.text.strip()
            above = [*above, *filter(None, map(str.strip, caption.split("\n")))][-LINES_ABOVE:]
        found.append(block)
    return found


def dissolved(blocks: Sequence[Block], is_heading: Callable[[str], bool]) -> Iterator[Block]:
    """Yield the blocks, and instead of a table that lays out the page what stands in it.

    ``is_heading`` tells the heading of a section; a table that holds one is a page layout.
    """
    for block in blocks:
        if isinstance(block, Table) and _is_layout(block, is_heading):
            for cell in block.cells:
                yield from dissolved(cell.blocks, is_heading)
        else:
            yield block


def _is_layout(table: Table, is_heading: Callable[[str], bool]) -> bool:
    for cell in table.cells:
        if len(cell.text) > LAYOUT_CHARACTERS:
            return True
        texts = []
        for block in cell.blocks:
            if isinstance(block, Table) and not _is_inline(block):
                return True
            if isinstance(block, Paragraph) and block.text.strip():
                texts.append(block.text)
        if len(texts) > 1 and any(map(is_heading, texts)):
            return True
    # A single cell around a single line is a frame: a title, a heading, a picture.
    return len(table.cells) == 1


def _is_inline(table: Table) -> bool:
    return len(table.cells) <= INLINE_CELLS and all(
        not isinstance(block, Table) for cell in table.cells for block in cell.blocks
    )


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (cell.text for cell in block.cells)
