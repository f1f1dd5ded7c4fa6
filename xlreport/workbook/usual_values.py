"""The values of a sheet that is written in the usual way, as calamine would give them; whatever is not certain here is left to calamine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.parsers import expat

from xlreport.sources.matching import Place
from xlreport.workbook.cell_looks import CellLook, look_named
from xlreport.workbook.formats import is_date
from xlreport.workbook.sheet_xml import TEXTS, Cells, place_of

_TYPE = re.compile(rb"""\st="(\w+)\"""")
#: All that a cell's attributes may be.
_ATTRIBUTES = re.compile(rb"""(?: (?:s|cm|vm)="\d{1,6}"| t="\w+"| ph="[01]")*\s*""")
_NUMBER = re.compile(rb"-?\d{1,40}(?:\.\d{1,40})?(?:[eE][-+]?\d{1,3})?")
#: A whole number with as many digits has one meaning only.
_DIGITS = 15
_ITEM = re.compile(rb"<si>(%b)(?:<phoneticPr\s[^<>/]*+/>)?+</si>" % TEXTS)
_TEXT = re.compile(rb"""<t( xml:space="preserve")?>([^<]*+)""")
#: Stands for a character, or for a line break, in other words than a reader gives it.
_CODED = re.compile(rb"_x[0-9A-Fa-f]{4}_")


class Unusual(Exception):
    """Something that only calamine is to read."""


class Suspect(NamedTuple):
    """A cell that may show something else than is stored: its place, its attributes, and the stored number if it is one."""

    place: Place
    attributes: bytes
    raw: bytes | None


class _Attributes(NamedTuple):
    """What a cell's attributes say: the type of its value, and whether its format may show something else."""

    kind: str
    odd: bool


class UsualValues:
    """The values of a workbook's sheets that are written in the usual way; ``shared`` are the texts that its cells share."""

    def __init__(self, shared: Sequence[str], looks: tuple[CellLook, ...]) -> None:
        self._shared, self._looks = shared, looks
        # Hundreds of cells have the same few attributes.
        self._known: dict[bytes, _Attributes] = {}

    def read(self, cells: Cells) -> tuple[dict[Place, Any], list[Suspect]]:
        """Return the values by place, blanks left out, and the cells that may show something else; raises ``Unusual``."""
        for attributes in set(cells.attributes).difference(self._known):
            self._known[attributes] = self._attributes(attributes)
        found: dict[Place, Any] = {}
        suspects: list[Suspect] = []
        for address, attributes, value, text in zip(*cells, strict=True):
            if value is None and text is None:
                continue
            kind, odd = self._known[attributes]
            place = place_of(address)
            if text is not None:
                if kind != "inlineStr":
                    raise Unusual
                found[place] = _text_of(text)
            elif value is None:
                continue
            elif kind == "n":
                if value.isdigit() and len(value) <= _DIGITS:
                    found[place] = int(value)
                elif _NUMBER.fullmatch(value):
                    found[place] = float(value)
                    odd = True
                elif value:
                    raise Unusual
            elif kind == "s":
                found[place] = self._shared_text(value)
            elif kind == "str":
                found[place] = _text(value)
            else:
                raise Unusual
            if odd:
                suspects.append(Suspect(place, attributes, value))
        return found, suspects

    def _attributes(self, written: bytes) -> _Attributes:
        if not _ATTRIBUTES.fullmatch(written):
            raise Unusual
        named = _TYPE.search(written)
        kind = named[1].decode() if named else "n"
        look = look_named(written, self._looks)
        if kind == "n" and (look is None or is_date(look.code)):
            kind = "date"
        return _Attributes(kind, look is not None and not look.is_plain)

    def _shared_text(self, value: bytes) -> str:
        if not value.isdigit() or len(value) > _DIGITS or int(value) >= len(self._shared):
            raise Unusual
        return self._shared[int(value)]


def shared_in(xml: bytes) -> list[str]:
    """Return the texts that cells share; raises ``Unusual``."""
    pieces = _ITEM.split(xml)
    head, between, tail = pieces[0], pieces[2:-1:2], pieces[-1]
    if b"<si" in head or any(between) or tail.strip() != b"</sst>":
        raise Unusual
    return [_text_of(text) for text in pieces[1::2]]


def _text_of(element: bytes) -> str:
    """Return a text, whole or in runs."""
    whole = ""
    for keeps_blanks, text in _TEXT.findall(element):
        made = _text(text)
        if not keeps_blanks and made != made.strip():
            raise Unusual
        whole += made
    return whole


def _text(text: bytes) -> str:
    if b"_x" in text and _CODED.search(text):
        raise Unusual
    try:
        return _unescaped(text) if b"&" in text or b"\r" in text else text.decode()
    except (UnicodeDecodeError, expat.ExpatError):
        raise Unusual from None


def _unescaped(text: bytes) -> str:
    found: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.CharacterDataHandler = found.append
    parser.Parse(b"<t>%b</t>" % text, True)
    return "".join(found)
