"""WordprocessingML as text: paragraphs written as strings, parsed once for a whole document.

Building a table of hundreds of cells through an object model costs more than everything else together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.parser import parse_xml

from xlreport.printable import holdable

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())

LINE_BREAK = "<w:r><w:br/></w:r>"

#: A tab or a line break inside a paragraph is only a blank.
_BLANKS = re.compile("[\t\n\r]+")


def legal(text: str) -> str:
    """Return the text without the characters that no XML document can hold."""
    return _BLANKS.sub(" ", holdable(text))


@lru_cache(maxsize=256)
def attribute(text: str) -> str:
    """Return the text as an attribute's value, quotes included."""
    return quoteattr(legal(text))


# The labels of the tables come again in every document.
@lru_cache(maxsize=512)
def run(text: str) -> str:
    """Return a run that holds the text, “” for no text."""
    return f'<w:r><w:t xml:space="preserve">{escape(legal(text))}</w:t></w:r>' if text else ""


def paragraph(style: str, content: str = "") -> str:
    """Return a paragraph in the style with that id; ``content`` are its runs."""
    return f"<w:p><w:pPr><w:pStyle w:val={attribute(style)}/></w:pPr>{content}</w:p>"


def parse(content: str) -> Any:
    """Return an element whose children are the parsed ``content``."""
    return parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")
