"""Tables of which only the cells are left, each a paragraph: rows are made again where a label is followed by figures.

Pages copied or turned into text often lose their tables like this. A blank cell that left no trace shifts nothing: the row has a figure
too few then, and is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from xlreport.sources import unmerged
from xlreport.sources.blocks import NOTHING, Block, Paragraph, Table, table_of
from xlreport.sources.printed import holds_a_number, looks_like_a_figure

#: A longer text is no label, nor is a sentence.
LONGEST_LABEL = 80
#: So many numbers that stand alone, and such a share of all lines, make a table.
NUMBERS, SHARE = 3, 0.12
#: So many blank lines between two figures may be cells.
MOST_BLANKS = 15
#: So many rows of one length are a table.
ALIKE = 3


def gathered(
    blocks: Sequence[Block], is_heading: Callable[[str], bool], is_row: Callable[[str], bool]
) -> list[Block]:
    """Return the blocks with the cells that stand alone put into tables; nothing above the first heading is touched.

    ``is_heading`` tells the heading of a section, ``is_row`` the label of a row.
    """
    found: list[Block] = []
    run: list[Paragraph] = []
    begun = False
    for block in (part for whole in blocks for part in _lines_apart(whole, is_heading)):
        heads = isinstance(block, Paragraph) and is_heading(block.text)
        if begun and isinstance(block, Paragraph) and not heads and _may_be_cell(block):
            run.append(block)
            continue
        found += _tables(run, is_row)
        run = []
        begun = begun or heads
        found.append(block)
    return [*found, *_tables(run, is_row)]


def _lines_apart(block: Block, is_heading: Callable[[str], bool]) -> Iterator[Block]:
    """Yield the lines of a paragraph up to a heading one by one, and the rest, which is the cell below that has run into it."""
    if not isinstance(block, Paragraph) or "\n" not in block.text:
        yield block
        return
    lines = block.text.split("\n")
    heads = max((number for number, line in enumerate(lines, 1) if is_heading(line)), default=0)
    yield from (replace(block, text=line) for line in lines[:heads])
    if heads < len(lines):
        yield replace(block, text="\n".join(lines[heads:]))


def _may_be_cell(paragraph: Paragraph) -> bool:
    return len(paragraph.text) <= LONGEST_LABEL and "。" not in paragraph.text and not paragraph.linked


def _tables(run: Sequence[Paragraph], is_row: Callable[[str], bool]) -> Iterator[Block]:
    texts = [paragraph.text.strip() for paragraph in run]
    if rows := unmerged.rows_of(texts, is_row):
        yield table_of(rows)
        return
    numbers = [at for at, text in enumerate(texts) if holds_a_number(text)]
    end = end_of_run(texts, numbers[-1] + 1, _is_figure) if numbers else 0
    cells = [text for text in texts[:end] if text]
    # Where blank cells are marked, they are figures as others are.
    is_marked = bool(numbers) and NOTHING in cells
    figures = [text for text in cells if (is_marked or text != NOTHING) and looks_like_a_figure(text)]
    if (len(numbers) < NUMBERS and not is_marked) or len(figures) < SHARE * len(cells):
        yield from run
        return
    yield _table([_Text(text, gap) for text, gap in _gaps(texts[:end])])
    yield from run[end:]


class _Text(NamedTuple):
    """A line, and how many blank ones stand before it."""

    text: str
    gap: int


def _gaps(texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    gap = 0
    for text in texts:
        if text:
            yield text, gap
        gap = 0 if text else gap + 1


def _table(lines: Sequence[_Text]) -> Table:
    """Return a table with a row for every label with its figures; the texts before the label may be headers."""
    ends = _Text("·", 0)
    # A single blank between labels is what merged cells left; between figures it is a figure.
    lines = [
        line
        for before, line, after in zip([ends, *lines], lines, [*lines[1:], ends], strict=False)
        if line.text != NOTHING or looks_like_a_figure(before.text) or looks_like_a_figure(after.text)
    ]
    texts = [line.text for line in lines]
    found: list[tuple[list[str], slice | None]] = []
    at = 0
    while at < len(texts):
        first = end_of_run(texts, at, _is_label)
        end = end_of_run(texts, first, looks_like_a_figure)
        labels = texts[at:first]
        if len(labels) > 1:
            # Which text is the last header and which is the row's own label cannot be told here: it is given as both.
            found += [(labels[:-1], None), (labels[-1:], None)]
        if end > first:
            # A label may be broken over two lines.
            found.append((labels[-2:], slice(first, end)))
        elif len(labels) == 1:
            found.append((labels, None))
        at = end
    figures = iter(_with_blanks(lines, [place for _, place in found if place]))
    rows = [labels + next(figures) if place else labels for labels, place in found]
    return table_of(rows, ragged=True, loose=True)


def _with_blanks(lines: Sequence[_Text], rows: Sequence[slice]) -> list[list[str]]:
    """Return the figures of each row, with a cell without a text for every blank line that may be one.

    Such are the lines between figures beyond those that part any two of them, and those before and behind them where all rows then have one length.
    """
    inside = [[line.gap for line in lines[row][1:]] for row in rows]
    parting = min(chain(*inside), default=0)
    before = _cells_in([lines[row.start].gap for row in rows], parting)
    behind = [*_cells_in([lines[row.stop].gap for row in rows if row.stop < len(lines)], parting), 0]
    found = []
    for row, gaps in zip(rows, inside, strict=True):
        blanks = [[""] * min((gap - parting) // (parting + 1), MOST_BLANKS) for gap in gaps]
        figures = [[*blank, line.text] for blank, line in zip([[], *blanks], lines[row], strict=True)]
        found.append([*chain(*figures)])
    whole = [
        [""] * first + row + [""] * last for first, row, last in zip(before, found, behind, strict=False)
    ]
    return whole if len(whole) >= ALIKE and len({len(row) for row in whole}) == 1 else found


def _cells_in(gaps: Sequence[int], parting: int) -> list[int]:
    """Return how many cells may be in these gaps, beyond what parts rows."""
    least = min(gaps, default=0)
    return [min((gap - least) // (parting + 1), MOST_BLANKS) for gap in gaps]


def _is_label(text: str) -> bool:
    return not looks_like_a_figure(text)


def _is_figure(text: str) -> bool:
    return bool(text) and looks_like_a_figure(text)


def end_of_run(texts: Sequence[str], start: int, holds: Callable[[str], bool]) -> int:
    """Return where the texts from ``start`` on end of which this holds."""
    return next((at for at in range(start, len(texts)) if not holds(texts[at])), len(texts))
