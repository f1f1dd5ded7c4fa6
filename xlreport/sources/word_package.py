"""The parts of a Word document: the body and what it refers to, out of the zip."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from lxml import etree

from xlreport.errors import InputError
from xlreport.limits import LARGEST_INDEX
from xlreport.sources import archive
from xlreport.sources.word_xml import Element, W

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_DAMAGED = "请用 Word 或 WPS 打开修复并另存，或换成完整的文件"


class Package:
    """The parts of the zip around a document."""

    def __init__(self, source: Path, content: bytes) -> None:
        self._source = source
        self._zip = archive.opened(source, content)
        self.main = self._named_main() or "word/document.xml"
        self._folder = posixpath.dirname(self.main)

    def _named_main(self) -> str:
        try:
            relations = archive.part(self._source, self._zip, "_rels/.rels", limit=LARGEST_INDEX).decode(
                "utf-8", "replace"
            )
        except KeyError:
            return ""
        for relation in re.findall(r"<Relationship\b[^>]*>", relations):
            target = re.search(r"""Target=["']/?([^"']+)["']""", relation)
            if target and re.search(r"""Type=["'][^"']*/officeDocument["']""", relation):
                return target[1]
        return ""

    def part(self, name: str) -> Element | None:
        """Return a part's root; ``None`` where the document has no such part. Raises ``InputError`` where it is unreadable."""
        path = self.main if name == "document.xml" else f"{self._folder}/{name}"
        try:
            xml = archive.part(self._source, self._zip, path).replace(_STRICT, _TRANSITIONAL)
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
            )
            return etree.fromstring(xml, parser)
        except KeyError:
            return None
        except etree.XMLSyntaxError as problem:
            deep = "depth" in str(problem).lower()
            wrong = "表格嵌套过深，读不出内容" if deep else "文件已损坏，读不出内容"
            raise InputError(self._source, wrong, _DAMAGED) from None

    def document(self) -> Element:
        """Return the body of the document."""
        root = self.part("document.xml")
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise InputError(self._source, "文件不完整，缺少正文", _DAMAGED)
        return body
