"""Tables of Word documents: merged cells, content controls around rows and cells, tracked deletions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from xlreport.sources.blocks import Block, Cell, Table
from xlreport.sources.word_xml import MC, Element, W, chosen, number

#: What reads the paragraphs and tables of a cell.
BlocksOf: TypeAlias = Callable[[Element], list[Block]]


def table_in(element: Element, blocks_of: BlocksOf) -> Table:
    """Return a table with its merged cells; rows and cells that were deleted are not there. ``blocks_of`` reads a cell."""
    rows: list[list[tuple[int, int, Element, str]]] = []
    for row in _wrapped(element, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        before = properties.find(f"{W}gridBefore") if properties is not None else None
        column = number(before) if before is not None else 0
        line: list[tuple[int, int, Element, str]] = []
        for cell in _wrapped(row, f"{W}tc"):
            about = cell.find(f"{W}tcPr")
            if about is not None and about.find(f"{W}cellDel") is not None:
                continue
            span = about.find(f"{W}gridSpan") if about is not None else None
            width = max(1, number(span)) if span is not None else 1
            merge = _merge(about, "vMerge")
            if _merge(about, "hMerge") == "continue" and line:
                start, wide, first, down = line[-1]
                line[-1] = (start, wide + width, first, down)
            else:
                line.append((column, width, cell, merge))
            column += width
        rows.append(line)
    return Table(tuple(_cells(rows, blocks_of)))


def _wrapped(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the children of that kind, also out of content controls and the like."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag == f"{W}sdt":
            for inner in element.findall(f"{W}sdtContent"):
                yield from _wrapped(inner, tag)
        elif element.tag == f"{MC}AlternateContent":
            yield from _wrapped(chosen(element), tag)
        elif element.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from _wrapped(element, tag)


def _cells(rows: Sequence[Sequence[tuple[int, int, Element, str]]], blocks_of: BlocksOf) -> Iterator[Cell]:
    for down, line in enumerate(rows):
        for column, width, element, merge in line:
            if merge == "continue" and down and any(c == column and m for c, _, _, m in rows[down - 1]):
                continue
            height = 1
            while (
                merge
                and down + height < len(rows)
                and any(c == column and m == "continue" for c, _, _, m in rows[down + height])
            ):
                height += 1
            yield Cell(down, column, height, width, tuple(blocks_of(element)))


def _merge(properties: Element | None, kind: str) -> str:
    element = properties.find(f"{W}{kind}") if properties is not None else None
    return "" if element is None else element.get(f"{W}val") or "continue"
