"""The document by GB/T 9704-2012 as text: it differs from others by its body and its properties only, so nothing of it need be parsed."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape

from xlreport.document import base, styles
from xlreport.document.markup import legal
from xlreport.document.page_setup import CORE_PROPERTIES, PROPERTIES, text_width
from xlreport.ooxml.package import Package, zipped
from xlreport.output import date_of_writing

_MAIN = "word/document.xml"
_BODY, _SECTION = b"<w:body>", b"<w:sectPr>"
#: Longer properties are refused by other programs.
LONGEST_PROPERTY = 255


class Frame(NamedTuple):
    """The document around its body: its parts, what stands before and behind the body's blocks, style ids by name, and the width of a line."""

    parts: Mapping[str, bytes]
    before: bytes
    behind: bytes
    ids: Mapping[str, str]
    width: int


@cache
def frame() -> Frame:
    """Return the document without blocks."""
    made, content = base.empty(), BytesIO()
    made.save(content)
    with zipfile.ZipFile(content) as source:
        package = Package(source)
    before, body, behind = package.content(_MAIN).partition(_BODY)
    assert behind.startswith(_SECTION)
    parts = {name: package.content(name) for name in package.names}
    return Frame(parts, before + body, behind, styles.ids_by_name(made), text_width(made))


def with_blocks(blocks: str, title: str, subject: str, author: str) -> bytes:
    """Return the document with these blocks, as the bytes of a file."""
    known = frame()
    changed = {
        _MAIN: known.before + blocks.encode() + known.behind,
        PROPERTIES: _properties(title, subject, author).encode(),
    }
    return zipped({**known.parts, **changed})


def _properties(title: str, subject: str, author: str) -> str:
    now = f'xsi:type="dcterms:W3CDTF">{date_of_writing():%Y-%m-%dT%H:%M:%SZ}'
    by = _property(author)
    return CORE_PROPERTIES.format(
        f"<dc:title>{_property(title)}</dc:title><dc:subject>{_property(subject)}</dc:subject>"
        f"<dc:creator>{by}</dc:creator><cp:lastModifiedBy>{by}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"<dcterms:created {now}</dcterms:created><dcterms:modified {now}</dcterms:modified>"
        "<dc:language>zh-CN</dc:language>"
    )


def _property(text: str) -> str:
    return escape(legal(" ".join(text.split()))[:LONGEST_PROPERTY])
