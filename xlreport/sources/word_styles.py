"""The styles of a Word document: heading levels, lists of contents, numbering, and how text looks.

Every style is worked out once, from what it is based on upwards, and every combination of styles once; so long chains and many runs cost
no more than their number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from xlreport.sources.word_looks import NOTHING, WordLook, levels_of, look_of, shading
from xlreport.sources.word_xml import Element, W, child, is_on, number, value

PARAGRAPH, CHARACTER, TABLE = "paragraph", "character", "table"
_BODY_TEXT = 9

T = TypeVar("T")


class StylePart(NamedTuple):
    """What a table's style says about some of its cells; ``ground`` is the colour of the cell itself."""

    look: WordLook = NOTHING
    ground: str | None = None
    hidden: bool | None = None

    def over(self, under: StylePart) -> StylePart:
        """Return this part where it says something, and the one ``under`` it elsewhere."""
        return StylePart(
            self.look.over(under.look),
            under.ground if self.ground is None else self.ground,
            under.hidden if self.hidden is None else self.hidden,
        )


class TableStyle(NamedTuple):
    """A table's style: its parts by name (“” for the whole table), and how many rows and columns a band has."""

    parts: dict[str, StylePart]
    row_band: int = 1
    column_band: int = 1


_PLAIN_TABLE = TableStyle({})


class ParagraphStyle(NamedTuple):
    """What a paragraph style says: heading level (0 for body text), the list that it is numbered by, look, colour behind the text."""

    level: int = 0
    numbering: Element | None = None
    look: WordLook = NOTHING
    ground: str | None = None


class WordStyles:
    """What is known of the styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self.contents: set[str] = set()
        self._elements: dict[tuple[str, str], Element] = {}
        self._twice: set[Element] = set()
        self._default: dict[str, str] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._asked: dict[str, ParagraphStyle] = {}
        self._characters: dict[str, WordLook] = {}
        self._tables: dict[str, TableStyle] = {}
        self._looks: dict[tuple[WordLook, str, str], WordLook] = {}
        self._defaults = NOTHING
        if root is None:
            return
        self._defaults = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterfind(f"{W}style"):
            self._index(style)

    def _index(self, style: Element) -> None:
        kind, key = style.get(f"{W}type") or PARAGRAPH, style.get(f"{W}styleId") or ""
        first: Element = self._elements.setdefault((kind, key), style)
        if first is not style and look_of(child(first, "rPr")) != look_of(child(style, "rPr")):
            self._twice.add(first)
        if style.get(f"{W}default") in ("1", "true", "on"):
            self._default.setdefault(kind, key)
        if kind == PARAGRAPH and value(child(style, "name")).lower().startswith("toc "):
            self.contents.add(key)

    # Paragraphs and text

    def paragraph(self, key: str) -> ParagraphStyle:
        """Return a paragraph style, with what it is based on."""
        found = self._asked.get(key)
        if found is None:
            over = self._paragraph_over
            found = self._resolved(PARAGRAPH, key, self._paragraphs, over, ParagraphStyle())
            self._asked[key] = found
        return found

    def look(self, table: WordLook, paragraph: str, character: str) -> WordLook:
        """Return how text looks in these styles, ``table`` being what the table around it says."""
        key = table, paragraph, character
        found = self._looks.get(key)
        if found is None:
            levels = (table, self.paragraph(paragraph).look, self._character(character))
            found = self._looks[key] = levels_of(self._defaults, *levels)
        return found

    def _paragraph_over(self, style: Element, below: ParagraphStyle) -> ParagraphStyle:
        properties = child(style, "pPr")
        outline, numbering = child(properties, "outlineLvl"), child(properties, "numPr")
        level = below.level if outline is None else _level(outline)
        name = value(child(style, "name")).lower()
        if name.startswith("heading ") and name[8:9].isdecimal():
            level = int(name[8:9])
        return ParagraphStyle(
            level,
            below.numbering if numbering is None else numbering,
            self._own(style).over(below.look),
            _first(shading(properties), below.ground),
        )

    def _character(self, key: str) -> WordLook:
        return self._resolved(
            CHARACTER, key, self._characters, lambda style, below: self._own(style).over(below), NOTHING
        )

    def _own(self, style: Element) -> WordLook:
        look = look_of(child(style, "rPr"))
        return look._replace(twice=True) if style in self._twice else look

    # Tables

    def table(self, key: str) -> TableStyle:
        """Return a table's style, with what it is based on."""
        return self._resolved(TABLE, key, self._tables, _table_over, _PLAIN_TABLE)

    def _resolved(
        self, kind: str, key: str, known: dict[str, T], over: Callable[[Element, T], T], nothing: T
    ) -> T:
        """Return what a style says over what it is based on; ``known`` keeps it. A style that is not there is the default one."""
        if (kind, key) not in self._elements:
            key = self._default.get(kind, "")
        if key in known:
            return known[key]
        chain: list[str] = []
        seen: set[str] = set()
        while key not in known and key not in seen and (kind, key) in self._elements:
            chain.append(key)
            seen.add(key)
            key = value(child(self._elements[kind, key], "basedOn"))
        found = known.get(key, nothing)
        for key in reversed(chain):
            found = known[key] = over(self._elements[kind, key], found)
        return found


def _table_over(style: Element, below: TableStyle) -> TableStyle:
    parts = dict(below.parts)
    own = [(element.get(f"{W}type") or "", element) for element in style.iterfind(f"{W}tblStylePr")]
    for name, element in (("", style), *own):
        name = "" if name == "wholeTable" else name
        hidden = child(child(element, "trPr"), "hidden")
        part = StylePart(
            look_of(child(element, "rPr")),
            _first(shading(child(element, "tcPr")), shading(child(element, "tblPr"))),
            None if hidden is None else is_on(hidden),
        )
        if part != StylePart():
            parts[name] = part.over(parts.get(name, StylePart()))
    if not parts:
        return _PLAIN_TABLE
    properties = child(style, "tblPr")
    return TableStyle(
        parts,
        _band(properties, "tblStyleRowBandSize", below.row_band),
        _band(properties, "tblStyleColBandSize", below.column_band),
    )


def _band(properties: Element | None, name: str, below: int) -> int:
    own = child(properties, name)
    return below if own is None else max(1, number(own))


def _level(outline: Element) -> int:
    return number(outline) + 1 if number(outline) < _BODY_TEXT else 0


def _first(one: str | None, other: str | None) -> str | None:
    return other if one is None else one
