"""The readers that are fuzzed: for each, inputs to begin with, made by code, and what is done with an input.

The property is one for all: a report comes back or an ``XlreportError`` whose text is one line. For a zip, the fuzzer would spend its time on
checksums; so its inputs are the parts, joined by ``SEPARATOR``, and the zip is made around them.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from xlreport.errors import XlreportError
from xlreport.example import faulty, good
from xlreport.sources.reading import read
from xlreport.workbook.marking import mark
from xlreport.writing import writer_for

_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT[\d:]{8}Z")
_WIDE = dict.fromkeys(
    map(ord, "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
)
SEPARATOR = b"\n%%%%\n"
_FOLDER = Path(tempfile.mkdtemp(prefix="xlreport-fuzz-"))


class Reader(NamedTuple):
    """A reader: its inputs to begin with, and what is done with an input."""

    seeds: Callable[[], list[bytes]]
    run: Callable[[bytes], None]


def one_line(step: Callable[[], object]) -> None:
    """Do it; an error of ours is fine if it says one clean line, any other ends the run."""
    try:
        step()
    except XlreportError as error:
        text = str(error)
        # Spaces of other widths are no trouble to a terminal, but Python does not call them printable.
        assert text.translate(_WIDE).isprintable() and text.endswith("。"), repr(text)


def _read(content: bytes, ending: str) -> None:
    path = _FOLDER / f"input{ending}"
    path.write_bytes(content)
    one_line(lambda: read(path))


def _written(ending: str) -> list[bytes]:
    found = []
    for report in (good(), faulty()):
        target = _FOLDER / f"seed{ending}"
        if ending == ".docx":
            from xlreport.document.docx import write_docx

            write_docx(report, target)
        elif ending == ".html":
            from xlreport.document.html import write_page

            write_page(report, target)
        else:
            writer_for(target)(report, target)
        found.append(target.read_bytes())
    return found


def _texts() -> list[bytes]:
    """The example as people copy it out of a page: tables by tabs and by pipes."""
    import lxml.html

    found = []
    for page in _written(".html"):
        root = lxml.html.document_fromstring(page)
        for join in ("\t", " | "):
            lines = []
            for element in root.iter("h1", "h2", "p", "tr"):
                cells = (
                    [cell.text_content().strip() for cell in element]
                    if element.tag == "tr"
                    else [element.text_content()]
                )
                lines.append(join.join(cells))
            found.append("\n".join(lines).encode())
    return found


#: The parts of a package that readers look into; the others come from the first seed.
_WORKBOOK = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet5.xml", "xl/styles.xml")
_DOCUMENT = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


def _parts(package: bytes, names: tuple[str, ...]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        there = set(opened.namelist())
        return SEPARATOR.join(opened.read(name) if name in there else b"" for name in names)


def _without_time(package: bytes) -> bytes:
    """Return the package as if it had been written at one fixed moment, so that a run can be repeated."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as opened,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in opened.namelist():
            fixed.writestr(zipfile.ZipInfo(name), _MOMENT.sub(b"2025-01-01T00:00:00Z", opened.read(name)))
    return result.getvalue()


class _Package:
    """The zip around the parts that change."""

    def __init__(self, ending: str, names: tuple[str, ...]) -> None:
        self._ending, self._names = ending, names
        self._others: dict[str, bytes] = {}

    def seeds(self) -> list[bytes]:
        packages = [_without_time(package) for package in _written(self._ending)]
        return [_parts(package, self._names) for package in packages] + packages

    def around(self, content: bytes) -> bytes:
        if content.startswith(b"PK"):
            return content
        if not self._others:
            with zipfile.ZipFile(io.BytesIO(_written(self._ending)[0])) as opened:
                self._others = {name: opened.read(name) for name in opened.namelist()}
        parts = self._others | dict(zip(self._names, content.split(SEPARATOR), strict=False))
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)
        return result.getvalue()


_BOOK, _DOCX = _Package(".xlsx", _WORKBOOK), _Package(".docx", _DOCUMENT)


def _mark(content: bytes) -> None:
    from xlreport.checking import check

    path = _FOLDER / "mark.xlsx"
    path.write_bytes(_BOOK.around(content))
    one_line(lambda: mark(path, check(read(path)), _FOLDER / "marked.xlsx"))


def _style(content: bytes) -> None:
    from xlreport.document.base import emptied
    from xlreport.document.docx import write_docx

    path = _FOLDER / "base.docx"
    path.write_bytes(_DOCX.around(content))
    one_line(lambda: write_docx(good(), _FOLDER / "styled.docx", emptied(path)))


READERS: dict[str, Reader] = {
    "workbook": Reader(_BOOK.seeds, lambda c: _read(_BOOK.around(c), ".xlsx")),
    "marking": Reader(_BOOK.seeds, _mark),
    "document": Reader(_DOCX.seeds, lambda c: _read(_DOCX.around(c), ".docx")),
    "style": Reader(_DOCX.seeds, _style),
    "page": Reader(lambda: _written(".html"), lambda c: _read(c, ".html")),
    "text": Reader(_texts, lambda c: _read(c, ".txt")),
    "data": Reader(lambda: _written(".json"), lambda c: _read(c, ".json")),
}
