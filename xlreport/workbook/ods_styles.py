"""How the cells, texts, rows and sheets of an OpenDocument spreadsheet look, as far as it changes what is seen. [OpenDocument 1.3, part 3]"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from lxml import etree

from xlreport.workbook.cell_looks import PAPER, is_like

Element: TypeAlias = etree._Element
_BASE = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE, FO = (
    f"{_BASE}{name}:1.0}}" for name in ("office", "table", "text", "style", "xsl-fo-compatible")
)
_NOTHING = re.compile(r"0*\.?0*\D*")
#: Styles rest on one another; so many deep and no deeper.
_DEEPEST = 20


class OdsStyle(NamedTuple):
    """What of a style changes what is seen; ``None`` where it leaves a thing as it is."""

    parent: str = ""
    struck: bool | None = None
    raised: bool | None = None
    ink: str | None = None
    paper: str | None = None
    no_size: bool = False
    not_shown: bool = False


class OdsStyles:
    """The styles of cells, texts, rows, columns and tables by kind and name."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], OdsStyle] = {}
        for root in roots:
            for element in root.iterfind(f".//{STYLE}style"):
                key = (element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", ""))
                self._styles[key] = _style(element)

    def of(self, family: str, name: str) -> OdsStyle:
        """Return a style with all that it rests on."""
        found = self._styles.get((family, name), OdsStyle())
        for _ in range(_DEEPEST):
            if not found.parent:
                break
            below = self._styles.get((family, found.parent), OdsStyle())
            found = OdsStyle(
                below.parent,
                below.struck if found.struck is None else found.struck,
                below.raised if found.raised is None else found.raised,
                found.ink or below.ink,
                found.paper or below.paper,
                found.no_size or below.no_size,
                found.not_shown or below.not_shown,
            )
        return found


def _style(element: Element) -> OdsStyle:
    text = _attributes(element, "text-properties")
    cell = _attributes(element, "table-cell-properties")
    table = _attributes(element, "table-properties")
    sizes = (
        _attributes(element, "table-row-properties").get(f"{STYLE}row-height"),
        _attributes(element, "table-column-properties").get(f"{STYLE}column-width"),
    )
    line, position = text.get(f"{STYLE}text-line-through-style"), text.get(f"{STYLE}text-position")
    return OdsStyle(
        element.get(f"{STYLE}parent-style-name", ""),
        None if line is None else line != "none",
        None if position is None else not position.startswith("0"),
        text.get(f"{FO}color"),
        cell.get(f"{FO}background-color"),
        any(size is not None and _NOTHING.fullmatch(size) for size in sizes),
        table.get(f"{TABLE}display") == "false",
    )


def _attributes(element: Element, kind: str) -> dict[str, str]:
    found = element.find(STYLE + kind)
    return {str(name): str(value) for name, value in found.attrib.items()} if found is not None else {}


def is_unseen(style: OdsStyle) -> bool:
    """True for what is written in the colour of its ground."""
    paper = PAPER if style.paper in (None, "transparent") else _colour(style.paper)
    return bool(style.ink) and is_like(_colour(style.ink), paper)


def _colour(text: str | None) -> tuple[str, str]:
    return "rgb", (text or "").lstrip("#").upper()
