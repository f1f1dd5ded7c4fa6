"""Cells a line of a table without merged cells, each of which has left its line, blank or not: the rows are all of one length.

Which length is told by the figures and labels: figures stand behind the labels of their rows and below headers, in columns in which no row
has its label, or in blocks of their own right below as many headers. Where no length makes such a table of the cells, or they did not all
leave a line, there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from xlreport.sources.blocks import NOTHING
from xlreport.sources.printed import holds_a_number, looks_like_a_figure

#: The fewest rows, the most columns, and the most of these with labels of rows.
_ROWS, _COLUMNS, _LABELS = 3, 16, 3
#: No table of a report has more cells: nothing is tried with longer lists.
_CELLS = 1_000
#: So many lines above the table may be none of its cells.
_ABOVE = 2


def rows_of(texts: Sequence[str], is_row: Callable[[str], bool]) -> list[list[str]]:
    """Return the rows of a table of which every cell is one of these lines, the lines above it first; nothing where they make none.

    ``is_row`` tells the label of a row.
    """
    cells = _cells(texts)
    if len(cells) > _CELLS or "" not in cells or not any(map(_is_number, cells)):
        return []
    for above in range(_ABOVE + 1):
        below = cells[above:]
        for width in range(2, min(_COLUMNS, len(below) // _ROWS) + 1):
            rows = [below[at : at + width] for at in range(0, len(below), width)]
            if len(rows[-1]) == width and (_is_table(rows, is_row) or _are_blocks(rows)):
                return [*([text] for text in cells[:above]), *rows]
    return []


def _cells(texts: Sequence[str]) -> list[str]:
    """Return the cells: those that are marked, or else the lines that stand as far from one another as no two are nearer."""
    if NOTHING in texts:
        return ["" if text == NOTHING else text for text in texts if text]
    filled = [at for at, text in enumerate(texts) if text]
    step = min((after - before for before, after in pairwise(filled)), default=1)
    if not filled or any((at - filled[0]) % step for at in filled):
        return []
    behind = len(texts) - filled[-1] - 1
    return [*texts[filled[0] : filled[-1] + 1 : step], *[""] * ((behind - step + 1) // step)]


def _is_table(rows: Sequence[Sequence[str]], is_row: Callable[[str], bool]) -> bool:
    """True where the figures of all rows stand in columns behind those of labels, and a header above them."""
    filled = [number for number, row in enumerate(rows) if any(map(_is_number, row))]
    labels = [[at for at, text in enumerate(rows[number]) if _is_text(text)] for number in filled]
    if not all(labels) or not all(any(row) for row in rows):
        return False
    first = 1 + max(map(max, labels))
    figures = min(at for number in filled for at, text in enumerate(rows[number]) if _is_number(text))
    return (
        first <= min(figures, _LABELS)
        and any(any(row[first:]) for row in rows[: filled[0]])
        and not any(is_row(text) for row in rows for text in row[first:])
    )


def _are_blocks(rows: Sequence[Sequence[str]]) -> bool:
    """True where each row is a heading, a full row of headers, or the figures right below one."""
    headed = False
    for row in rows:
        if all(map(_is_text, row)):
            headed = True
        elif headed and not any(map(_is_text, row)):
            headed = False
        elif headed or not _is_text(row[0]) or any(row[1:]):
            return False
    return not headed


def _is_text(text: str) -> bool:
    return bool(text) and not looks_like_a_figure(text)


def _is_number(text: str) -> bool:
    return holds_a_number(text) and looks_like_a_figure(text)
