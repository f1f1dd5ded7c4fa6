"""Where everything lies in the standard workbook: the address book. Pure data, derived from the form.

Rows and columns count from 1, as in a spreadsheet. A table sheet has its title in row 1, the line that sums up the checks in row 2,
the unit in row 3 and the table's grid from row 4; check cells lie right of the grid and below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from xlreport.form.balance import Balance
from xlreport.form.declaration import PREVIOUS, Form, Table
from xlreport.form.grid import Grid, GridCell, grid_of
from xlreport.form.rule import Rule
from xlreport.ooxml.addresses import letters, quoted
from xlreport.workbook.names import FIELDS, PREAMBLE, PREVIOUS_FIELDS, name_of
from xlreport.workbook.results import SHEET as RESULTS

GUIDE, BASICS, LAST_YEAR = "使用说明", "基本信息", "上年数"

#: Rows of every table sheet.
TITLE_ROW, SUMMARY_ROW, UNIT_ROW, GRID_ROW = 1, 2, 3, 4
#: Rows of the sheets that hold text: the paragraphs begin below the heading row.
TEXT_HEADING_ROW = 3
#: Where the fields on 基本信息 are filled in, whatever the form.
FIELD_COLUMN = 2
#: How far the titles on 上年数 reach where every table is one long line.
LINES_WIDTH = 8
#: Paragraphs that a fresh workbook has room for; so many of them are seen before anything is written.
PREPARED, PREPARED_PREAMBLE, SEEN = 200, 20, 40
#: Rows of a text whose characters are counted on 基本信息, also beyond the prepared ones.
COUNTED = 1000
#: The last row of any sheet.
LAST_ROW = 1_048_576
#: Where the usual sentences are listed, right of a text.
SENTENCES_COLUMN = 4
#: Empty rows kept below a text that fills the prepared ones.
SPARE = 10


class Block(NamedTuple):
    """A rectangle of cells on a sheet; a single cell where both corners are the same."""

    sheet: str
    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def corner(self) -> str:
        """The reference of the top left cell, “D7”."""
        return f"{letters(self.column)}{self.row}"

    @property
    def reference(self) -> str:
        """The reference of the block, “D7:J31” (or “D7”)."""
        end = f"{letters(self.last_column)}{self.last_row}"
        return self.corner if end == self.corner else f"{self.corner}:{end}"

    @property
    def absolute(self) -> str:
        """The reference with its sheet, as in a defined name: “'三、依申请公开'!$D$7:$J$31”."""
        first = f"${letters(self.column)}${self.row}"
        last = f"${letters(self.last_column)}${self.last_row}"
        return f"{quoted(self.sheet)}!{first}" + ("" if first == last else f":{last}")


def cell_at(sheet: str, row: int, column: int) -> Block:
    """Return a block of one cell."""
    return Block(sheet, row, column, row, column)


def _two_cells(sheet: str, row: int, last_column: int) -> Block:
    return Block(sheet, row, max(1, last_column - 1), row, last_column)


class Check(NamedTuple):
    """The cell that says whether a balance holds."""

    balance: Balance
    place: Block


class Caption(NamedTuple):
    """A heading of check cells."""

    text: str
    place: Block


class TablePlace(NamedTuple):
    """A table on a sheet. ``prefix`` is “previous.” for last year's; ``filled`` counts the cells in which anything was entered.

    The grid's first row is ``top``; its columns lie ``shift`` columns to the right, its first label column being stretched to the left
    edge, so that tables which share a sheet have their figures in line.
    """

    table: Table
    grid: Grid
    sheet: str
    top: int
    shift: int
    prefix: str
    filled: Block
    summary: Block | None = None
    checks: tuple[Check, ...] = ()
    captions: tuple[Caption, ...] = ()

    def place(self, cell: GridCell) -> Block:
        """Return where a cell of the grid lies."""
        row, column = self.top + cell.row, 1 + self.shift + cell.column
        end = column + cell.column_span - 1
        if cell.column == 0 and self.grid.label_columns:
            column = 1
        return Block(self.sheet, row, column, row + cell.row_span - 1, end)

    @property
    def figures(self) -> Block:
        """The block that holds all figures."""
        row, column, last_row, last_column = self.grid.box
        left = 1 + self.shift
        return Block(self.sheet, self.top + row, left + column, self.top + last_row, left + last_column)

    @property
    def last_row(self) -> int:
        """The last row in use, check cells included."""
        return max([self.top + self.grid.height - 1, *(check.place.last_row for check in self.checks)])

    @property
    def last_column(self) -> int:
        """The last column in use, check cells included."""
        return max([self.shift + self.grid.width, *(check.place.last_column for check in self.checks)])


class Layout(NamedTuple):
    """The plan of a workbook. ``tables`` are this year's, ``previous`` last year's, ``texts`` the text blocks by content.

    ``sentences`` are the usual sentences listed beside the texts, as the form has them, by their cells.
    """

    form: Form
    tables: tuple[TablePlace, ...]
    previous: tuple[TablePlace, ...]
    texts: dict[str, Block]
    fields: dict[str, Block]
    cells: dict[str, Block]
    sentences: dict[Block, str]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets' names, in order."""
        return (GUIDE, BASICS, *(section.sheet for section in self.form.sections), LAST_YEAR, RESULTS)

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check cell."""
        return tuple(check for table in self.tables for check in table.checks)

    @property
    def summary(self) -> Block:
        """The cell that sums up the checks of all tables."""
        return cell_at(BASICS, SUMMARY_ROW, 1)

    def address(self, key: str) -> tuple[str, str]:
        """Return the sheet and the reference of a figure, a field or (its block) a text; raises ``KeyError`` for another key."""
        if key in self.texts:
            return self.texts[key].sheet, self.texts[key].reference
        block = self.cells.get(key) or self.fields[key]
        return block.sheet, block.corner

    def filled(self, table: str) -> Block:
        """Return the cell that counts the entries of a table (of last year's behind “previous.”)."""
        return next(p.filled for p in (*self.tables, *self.previous) if p.prefix + p.table.key == table)

    def names(self) -> dict[str, Block]:
        """Return what every defined name refers to, but for the list of findings, which grows."""
        figures = {p.prefix + p.table.key: p.figures for p in (*self.tables, *self.previous)}
        # Of a merged field, the cell that holds the value.
        fields = {
            field: cell_at(block.sheet, block.row, block.column) for field, block in self.fields.items()
        }
        return {name_of(content): block for content, block in (figures | fields | self.texts).items()}


def layout_of(form: Form, paragraphs: Mapping[str, int] | None = None) -> Layout:
    """Return the plan of the form's workbook, with room for that many paragraphs per text (or the prepared rows, if more)."""
    tables = tuple(_table(form, table) for table in form.tables)
    previous = tuple(_last_year(form))
    fields = {
        field: cell_at(BASICS, TEXT_HEADING_ROW + number, FIELD_COLUMN) for number, field in enumerate(FIELDS)
    }
    widest = last_year_width(previous)
    left = max(1, *(place.shift + place.grid.label_columns for place in previous)) + 1
    for number, field in enumerate(PREVIOUS_FIELDS):
        fields[field] = Block(LAST_YEAR, 3 + number, left, 3 + number, widest)
    rooms = {PREAMBLE: PREPARED_PREAMBLE, **{section.content: PREPARED for section in form.text_sections}}
    starts = {PREAMBLE: (BASICS, preamble_heading_row(form) + 1)}
    starts |= {section.content: (section.sheet, TEXT_HEADING_ROW + 1) for section in form.text_sections}
    texts = {}
    for content, (sheet, top) in starts.items():
        needed = (paragraphs or {}).get(content, 0)
        rows = rooms[content] if needed <= rooms[content] else needed + SPARE
        texts[content] = Block(sheet, top, 1, top + rows - 1, 2)
    cells = {
        place.prefix + key: place.place(cell)
        for place in (*tables, *previous)
        for key, cell in place.grid.figures.items()
    }
    sentences = {
        cell_at(texts[content].sheet, texts[content].row + line, SENTENCES_COLUMN): template
        for content, templates in form.sentences.items()
        for line, template in enumerate(templates)
    }
    return Layout(form, tables, previous, texts, fields, cells, sentences)


def last_year_width(previous: Sequence[TablePlace]) -> int:
    """The last column of what stands over last year's tables; a table that is one long line does not stretch it."""
    return max((place.last_column for place in previous if place.table.layout != "line"), default=LINES_WIDTH)


def panel_row(form: Form) -> int:
    """The row on 基本信息 below which every table's summary line is repeated, and how long each text is, one row each."""
    return TEXT_HEADING_ROW + len(FIELDS) + 1


def panel(form: Form, column: int) -> Block:
    """Return the tables' names (column 1) or their summaries (column 2) there."""
    top = panel_row(form) + 1
    return Block(BASICS, top, column, top + len(form.tables) - 1, column)


def preamble_heading_row(form: Form) -> int:
    """The row on 基本信息 that heads the preamble's paragraphs; its title is in the row above."""
    return panel_row(form) + len(form.tables) + len(form.text_sections) + 3


def _table(form: Form, table: Table) -> TablePlace:
    section = form.section(table.key)
    grid = grid_of(table)
    bare = TablePlace(
        table, grid, section.sheet, GRID_ROW, 0, "", _two_cells(section.sheet, UNIT_ROW, grid.width)
    )
    checks, captions = _checks(form, bare)
    summary = cell_at(section.sheet, SUMMARY_ROW, 1)
    return bare._replace(summary=summary, checks=tuple(checks), captions=tuple(captions))


def _last_year(form: Form) -> Iterator[TablePlace]:
    """Last year's tables, one below the other, each below a row for its title."""
    grids = [(table, grid_of(table)) for table in form.tables]
    labels = max(grid.label_columns for _, grid in grids)
    top = 3 + len(PREVIOUS_FIELDS) + 2
    for table, grid in grids:
        shift = labels - grid.label_columns
        filled = _two_cells(LAST_YEAR, top - 1, shift + grid.width)
        yield TablePlace(table, grid, LAST_YEAR, top, shift, PREVIOUS, filled)
        top += grid.height + 2


def _checks(form: Form, place: TablePlace) -> tuple[list[Check], list[Caption]]:
    """Lay out the check cells of one table.

    A balance within one row has its cell right of the row; on a “line” below its cells; any other below its column, one line per rule.
    """
    figures, grid = place.grid.figures, place.grid
    checks: list[Check] = []
    captions: list[Caption] = []
    beside: dict[int, list[str]] = {}
    lines: dict[Rule, int] = {}
    columns: dict[int, list[tuple[int, str]]] = {}
    below = place.top + grid.height
    for balance in form.balances:
        own = [key for key in balance.keys if not key.startswith(PREVIOUS)]
        if own[0] not in figures:
            continue
        blocks = [place.place(figures[key]) for key in own if key in figures]
        one_row = len({block.row for block in blocks}) == 1
        heading = balance.rule.heading or balance.rule.title
        if place.table.layout == "line":
            row = lines.setdefault(balance.rule, below + 2 * len(lines))
            left, right = min(b.column for b in blocks), max(b.last_column for b in blocks)
            captions.append(Caption(heading, Block(place.sheet, row, left, row, right)))
            checks.append(Check(balance, Block(place.sheet, row + 1, left, row + 1, right)))
        elif one_row and len(blocks) > 1:
            used = beside.setdefault(blocks[0].row, [])
            used.append(heading)
            column = place.shift + grid.width + len(used)
            columns.setdefault(column, []).append((blocks[0].row, heading))
            checks.append(Check(balance, cell_at(place.sheet, blocks[0].row, column)))
        else:
            row = lines.setdefault(balance.rule, below + len(lines))
            if row == below + len(lines) - 1 and not any(c.place.row == row for c in captions):
                captions.append(
                    Caption(
                        heading, Block(place.sheet, row, 1, row, place.shift + max(grid.label_columns, 1))
                    )
                )
            checks.append(
                Check(balance, Block(place.sheet, row, blocks[0].column, row, blocks[0].last_column))
            )
    return checks, captions + _column_captions(place, columns)


def _column_captions(place: TablePlace, columns: dict[int, list[tuple[int, str]]]) -> list[Caption]:
    """Head the check cells right of the grid, level with its header; neighbours with the same heading share one."""
    found: list[Caption] = []
    for column, entries in sorted(columns.items()):
        first = min(row for row, _ in entries)
        heading = dict(entries)[first]
        top = place.top if place.grid.header_rows else first - 1
        last = found[-1] if found else None
        if last and last.text == heading and last.place.last_column == column - 1 and last.place.row == top:
            found[-1] = last._replace(place=last.place._replace(last_column=column))
        else:
            found.append(Caption(heading, Block(place.sheet, top, column, first - 1, column)))
    return found
