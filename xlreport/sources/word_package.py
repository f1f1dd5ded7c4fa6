"""The parts of a Word document: the body and what it refers to, out of the zip."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from lxml import etree

from xlreport.errors import InputError
from xlreport.limits import (
    LARGEST_INDEX,
    LARGEST_PART,
    MOST_PREFIXES,
    MOST_WORD_CELLS,
    MOST_WORD_PARAGRAPHS,
    MOST_WORD_TAGS,
)
from xlreport.ooxml.relationships import Relation, relation_of, relations_of
from xlreport.sources import archive
from xlreport.sources.refusals import SHORTEN_OR_CHANGE
from xlreport.sources.word_xml import Element, W

#: Namespaces of Strict documents, and what the same elements are called in all others.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
_PREFIX = re.compile(rb"xmlns:([^\s=]+)")
_USUAL = "word/document.xml"

_DAMAGED = "请用 Word 或 WPS 打开修复并另存，或换成完整的文件"


class WordPackage:
    """The parts of the zip around a document."""

    def __init__(self, source: Path, content: bytes) -> None:
        self._source = source
        self._zip = archive.opened(source, content)
        self._names = set(self._zip.namelist())
        self.main = self._named("officeDocument", self._relations(""), _USUAL)
        self._related = self._relations(self.main)

    def related(self, kind: str) -> Element | None:
        """Return the root of the part that the document names for its “styles” or “numbering”; ``None`` where there is none.

        Raises ``InputError`` where it is unreadable.
        """
        usual = f"{posixpath.dirname(self.main)}/{kind}.xml".lstrip("/")
        return self._root(self._named(kind, self._related, usual))

    def chunk(self, relation: str) -> bytes | None:
        """Return the file that a document holds under this relation; ``None`` where it lies elsewhere or is not there.

        Raises ``InputError`` where it is damaged or far too large.
        """
        part = next((each.part for each in self._related if each.id == relation), "")
        return archive.content(self._source, self._zip, part, LARGEST_PART) if part in self._names else None

    def document(self) -> Element:
        """Return the body of the document. Raises ``InputError`` where it has none, or far too much."""
        root = self._root(self.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise InputError(self._source, "文件不完整，缺少正文", _DAMAGED)
        for tag, most, what in (("p", MOST_WORD_PARAGRAPHS, "段落"), ("tc", MOST_WORD_CELLS, "表格单元格")):
            count = int(body.xpath(f"count(.//w:{tag})", namespaces={"w": W[1:-1]}))
            if count > most:
                raise InputError(
                    self._source, f"文档里有 {count} 个{what}，不像一份年度报告", SHORTEN_OR_CHANGE
                )
        return body

    def _relations(self, part: str) -> list[Relation]:
        """Return what a part (“” for the package) refers to."""
        root = self._root(relations_of(part), LARGEST_INDEX)
        return [relation_of(part, each.attrib) for each in root] if root is not None else []

    def _named(self, kind: str, among: list[Relation], usual: str) -> str:
        """Return the first part of that kind that is there, else the one that it is called as a rule."""
        return next((each.part for each in among if each.kind == kind and each.part in self._names), usual)

    def _root(self, path: str, limit: int = LARGEST_PART) -> Element | None:
        try:
            xml = archive.part(self._source, self._zip, path, limit=limit)
        except KeyError:
            return None
        # Each element and attribute takes some hundred bytes of memory, however little it says.
        # What an alternative requires is looked up among all prefixes that are known where it stands.
        prefixes = {found[1] for found in _PREFIX.finditer(xml)}
        if xml.count(b"<") + xml.count(b"=") > MOST_WORD_TAGS or len(prefixes) > MOST_PREFIXES:
            raise InputError(self._source, "内容过多，不像一份年度报告", SHORTEN_OR_CHANGE, path)
        for strict, usual in _STRICT.items():
            xml = xml.replace(strict, usual)
        try:
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
            )
            return etree.fromstring(xml, parser)
        except (etree.XMLSyntaxError, LookupError, ValueError) as problem:
            deep = "depth" in str(problem).lower()
            wrong = "表格嵌套过深，读不出内容" if deep else "文件已损坏，读不出内容"
            raise InputError(self._source, wrong, _DAMAGED, path) from None
