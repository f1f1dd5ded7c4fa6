"""Reading a Word document back, independently of the code that wrote it."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table


def cells(table: Table) -> dict[tuple[int, int], tuple[int, int, str]]:
    """Return every cell of a Word table: (row, column) → (row span, column span, text)."""
    found: dict[tuple[int, int], tuple[int, int, str]] = {}
    above: dict[int, tuple[int, int]] = {}
    for row, line in enumerate(table._tbl.tr_lst):
        column = 0
        for cell in line.tc_lst:
            if cell.vMerge == "continue":
                start = above[column]
                rows, columns, text = found[start]
                found[start] = (rows + 1, columns, text)
                assert columns == cell.grid_span
            else:
                found[row, column] = (1, cell.grid_span, "".join(t.text for t in cell.iter(qn("w:t"))))
                above[column] = (row, column)
            column += cell.grid_span
        assert column == len(table.columns)
    return found


def style_property(document: Document, name: str, path: str) -> Any:
    """Return an element of a style, looked for in the styles it is based on as well; ``path`` like “pPr/keepNext”."""
    style = document.styles[name]
    while style is not None:
        found = style.element.find("/".join(qn(f"w:{step}") for step in path.split("/")))
        if found is not None:
            return found
        style = style.base_style
    return None


def value(element: Any, attribute: str = "val") -> str | None:
    """Return an attribute in Word's namespace."""
    return None if element is None else element.get(qn(f"w:{attribute}"))
