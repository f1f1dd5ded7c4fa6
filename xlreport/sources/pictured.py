"""Figures that are pictures: nobody can read them here, and they are no blanks either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from xlreport.sources.blocks import Cell, Paragraph, Picture
from xlreport.sources.streams import LONGEST_LABEL

#: What stands for a picture in the place of a figure.
PICTURE = "〔图片〕"


def with_pictures_named(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield the cells of a table, given row by row; one that holds only a picture, and stands among labels, says so."""
    for _, row in groupby(cells, key=lambda cell: cell.row):
        line = list(row)
        if any(isinstance(block, Picture) for cell in line for block in cell.blocks):
            texts = [cell.text for cell in line]
            among_labels = any(texts) and max(map(len, texts)) <= LONGEST_LABEL
            yield from (_named(cell) if among_labels else cell for cell in line)
        else:
            yield from line


def _named(cell: Cell) -> Cell:
    if cell.text or not any(isinstance(block, Picture) for block in cell.blocks):
        return cell
    return replace(cell, blocks=(*cell.blocks, Paragraph(PICTURE)))
