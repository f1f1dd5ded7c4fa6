"""Tables of which only the cells are left, each a paragraph: rows are made again where a label is followed by figures.

Pages copied or turned into text often lose their tables like this. A blank cell that left no trace shifts nothing: the row has a figure
too few then, and is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from xlreport.sources.blocks import NOTHING, Block, Paragraph, Table, table_of
from xlreport.sources.printed import holds_a_number, looks_like_a_figure

#: A longer text is no label, nor is a sentence.
LONGEST_LABEL = 80
#: So many numbers that stand alone, and such a share of all lines, make a table.
NUMBERS, SHARE = 3, 0.12


def gathered(blocks: Sequence[Block], is_heading: Callable[[str], bool]) -> list[Block]:
    """Return the blocks with the cells that stand alone put into tables; nothing above the first heading is touched."""
    found: list[Block] = []
    run: list[Paragraph] = []
    begun = False
    for block in (part for whole in blocks for part in _lines_apart(whole, is_heading)):
        heads = isinstance(block, Paragraph) and is_heading(block.text)
        if begun and isinstance(block, Paragraph) and not heads and _may_be_cell(block):
            run.append(block)
            continue
        found += _tables(run)
        run = []
        begun = begun or heads
        found.append(block)
    return [*found, *_tables(run)]


def _lines_apart(block: Block, is_heading: Callable[[str], bool]) -> Iterator[Block]:
    """Yield the lines of a paragraph up to a heading one by one, and the rest, which is the cell below that has run into it."""
    lines = block.text.split("\n") if isinstance(block, Paragraph) else []
    heads = max((number for number, line in enumerate(lines, 1) if is_heading(line)), default=0)
    if isinstance(block, Paragraph) and heads and len(lines) > 1:
        yield from (replace(block, text=line) for line in lines[:heads])
        if heads < len(lines):
            yield replace(block, text="\n".join(lines[heads:]))
    else:
        yield block


def _may_be_cell(paragraph: Paragraph) -> bool:
    return len(paragraph.text) <= LONGEST_LABEL and "。" not in paragraph.text and not paragraph.linked


def _tables(run: Sequence[Paragraph]) -> Iterator[Block]:
    texts = [paragraph.text.strip() for paragraph in run]
    numbers = [at for at, text in enumerate(texts) if holds_a_number(text)]
    end = end_of_run(texts, numbers[-1] + 1, _is_figure) if numbers else 0
    figures = [text for text in texts[:end] if text and text != NOTHING and looks_like_a_figure(text)]
    if len(numbers) < NUMBERS or len(figures) < SHARE * sum(text != NOTHING for text in texts[:end]):
        yield from run
        return
    yield _table([text for text in texts[:end] if text])
    yield from run[end:]


def _table(texts: Sequence[str]) -> Table:
    """Return a table with a row for every label with its figures; the texts before the label may be headers."""
    rows: list[list[str]] = []
    # A single blank between labels is what merged cells left; between figures it is a figure.
    texts = [
        text
        for before, text, after in zip(["·", *texts], texts, [*texts[1:], "·"], strict=False)
        if text != NOTHING or looks_like_a_figure(before) or looks_like_a_figure(after)
    ]
    at = 0
    while at < len(texts):
        first = end_of_run(texts, at, _is_label)
        end = end_of_run(texts, first, looks_like_a_figure)
        labels = list(texts[at:first])
        if len(labels) > 1:
            # Which text is the last header and which is the row's own label cannot be told here: it is given as both.
            rows += [labels[:-1], labels[-1:]]
        if end > first:
            # A label may be broken over two lines.
            rows.append([*labels[-2:], *texts[first:end]])
        elif len(labels) == 1:
            rows.append(labels)
        at = end
    return table_of(rows, ragged=True, loose=True)


def _is_label(text: str) -> bool:
    return not looks_like_a_figure(text)


def _is_figure(text: str) -> bool:
    return bool(text) and looks_like_a_figure(text)


def end_of_run(texts: Sequence[str], start: int, holds: Callable[[str], bool]) -> int:
    """Return where the texts from ``start`` on end of which this holds."""
    return next((at for at in range(start, len(texts)) if not holds(texts[at])), len(texts))
