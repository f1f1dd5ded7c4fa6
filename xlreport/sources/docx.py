"""A Word document as blocks: what a reader of the final text sees.

Tracked insertions are taken and deletions dropped, text boxes are read once, hidden text and field codes are not text, footnotes stay out of
the figures, and headings get the numbers that Word counts for them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from xlreport.errors import InputError
from xlreport.limits import LARGEST_INDEX
from xlreport.sources import archive
from xlreport.sources.blocks import Block, Cell, Paragraph, Picture, Table
from xlreport.sources.numbering import Numbering

Element: TypeAlias = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"

_DAMAGED = "请用 Word 或 WPS 打开修复并另存，或换成完整的文件"

#: What is not in the final text: deletions, moved-away text, field codes, and what belongs to the page.
_DROPPED = {
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "rPr",
        "pPr",
        "tblPr",
        "tblGrid",
        "sdtPr",
    )
} | {
    f"{W}{name}"
    for name in ("sdtEndPr", "trPr", "tcPr", "sectPr", "footnoteReference", "endnoteReference", "rt")
}


def blocks_in(source: Path, content: bytes) -> tuple[list[Block], list[str]]:
    """Return the blocks of a Word document, and what is to be said about reading it.

    Raises ``InputError`` where it is damaged or far too large.
    """
    package = _Package(source, content)
    try:
        return _Reader(package).read()
    except RecursionError:
        raise InputError(source, "表格嵌套过深，读不出内容", "请把正文和表格复制到新文档后再读") from None


class _Package:
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


class _Styles:
    """What is known of styles: heading levels, contents, and hidden text."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, int] = {}
        self.hidden: set[str] = set()
        self.contents: set[str] = set()
        self.numbered: dict[str, Element] = {}
        if root is None:
            return
        based: dict[str, str] = {}
        for style in root.iter(f"{W}style"):
            key = style.get(f"{W}styleId", "")
            name = _value(style.find(f"{W}name")).lower()
            if name.startswith("heading ") and name[8:9].isdigit():
                self.levels[key] = int(name[8:9])
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None and key not in self.levels and _number(outline) < 9:
                self.levels[key] = _number(outline) + 1
            if name.startswith("toc "):
                self.contents.add(key)
            if _is_on(style.find(f"{W}rPr/{W}vanish")):
                self.hidden.add(key)
            numbering = style.find(f"{W}pPr/{W}numPr")
            if numbering is not None:
                self.numbered[key] = numbering
            based[key] = _value(style.find(f"{W}basedOn"))
        for key in based:
            parent, seen = based[key], {key}
            while parent and parent not in seen:
                seen.add(parent)
                if key not in self.levels and parent in self.levels:
                    self.levels[key] = self.levels[parent]
                if key not in self.numbered and parent in self.numbered:
                    self.numbered[key] = self.numbered[parent]
                parent = based.get(parent, "")


class _Reader:
    def __init__(self, package: _Package) -> None:
        self._body = package.document()
        self._styles = _Styles(package.part("styles.xml"))
        self._numbering = Numbering(package.part("numbering.xml"))
        self._remarks: list[str] = []
        #: The fields that are open here: in their code, or in what it came to.
        self._fields: list[str] = []

    def read(self) -> tuple[list[Block], list[str]]:
        return self._blocks(self._body), list(dict.fromkeys(self._remarks))

    # Blocks

    def _blocks(self, parent: Element) -> list[Block]:
        found: list[Block] = []
        open_text = ""
        for element in self._block_elements(parent):
            if element.tag == f"{W}tbl":
                found.append(self._table(element))
                continue
            text, boxes = self._paragraph_text(element)
            properties = element.find(f"{W}pPr")
            if properties is not None and self._mark_is_deleted(properties):
                # The paragraph goes on in the next one.
                open_text += text
                found += boxes
                continue
            style = _value(properties.find(f"{W}pStyle")) if properties is not None else ""
            if style not in self._styles.contents:
                level = self._level(properties, style)
                if (open_text + text).strip():
                    text = self._list_number(properties, style) + open_text + text
                    found.append(Paragraph(text, level))
                else:
                    found.append(Paragraph(""))
            open_text = ""
            found += boxes
        if open_text.strip():
            found.append(Paragraph(open_text))
        return found

    def _block_elements(self, parent: Element) -> Iterator[Element]:
        """Yield paragraphs and tables, whatever they are wrapped in."""
        for element in parent:
            if element.tag in (f"{W}p", f"{W}tbl"):
                yield element
            elif element.tag == f"{W}sdt":
                if (
                    element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery[@{W}val='Table of Contents']")
                    is None
                ):
                    for inner in element.findall(f"{W}sdtContent"):
                        yield from self._block_elements(inner)
            elif element.tag == f"{_MC}AlternateContent":
                yield from self._block_elements(_chosen(element))
            elif element.tag == f"{W}altChunk":
                self._remarks.append("文档里嵌入了另一份文件，没有读；请在 Word 中另存后再读")
            elif element.tag not in _DROPPED and isinstance(element.tag, str):
                yield from self._block_elements(element)

    def _mark_is_deleted(self, properties: Element) -> bool:
        mark = properties.find(f"{W}rPr")
        return mark is not None and (
            mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None
        )

    def _level(self, properties: Element | None, style: str) -> int:
        outline = properties.find(f"{W}outlineLvl") if properties is not None else None
        if outline is not None and _number(outline) < 9:
            return _number(outline) + 1
        return self._styles.levels.get(style, 0)

    def _list_number(self, properties: Element | None, style: str) -> str:
        numbering = properties.find(f"{W}numPr") if properties is not None else None
        numbering = numbering if numbering is not None else self._styles.numbered.get(style)
        if numbering is None:
            return ""
        list_id, level = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
        return self._numbering.next(_value(list_id), _number(level) if level is not None else 0)

    # Text

    def _paragraph_text(self, paragraph: Element) -> tuple[str, list[Block]]:
        boxes: list[Block] = []
        parts: list[str] = []
        self._inline(paragraph, parts, boxes)
        return "".join(parts), boxes

    def _inline(self, parent: Element, parts: list[str], boxes: list[Block]) -> None:
        for element in parent:
            tag = element.tag
            if tag in _DROPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                self._run(element, parts, boxes)
            elif tag == f"{W}sdt":
                for inner in element.findall(f"{W}sdtContent"):
                    self._inline(inner, parts, boxes)
            elif tag == f"{_MC}AlternateContent":
                self._inline(_chosen(element), parts, boxes)
            elif tag == f"{W}ruby":
                for base in element.findall(f"{W}rubyBase"):
                    self._inline(base, parts, boxes)
            elif tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
                parts += [text.text or "" for text in element.iter(f"{_MATH}t")]
            else:
                self._inline(element, parts, boxes)

    def _run(self, run: Element, parts: list[str], boxes: list[Block]) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            if self._is_hidden(properties):
                return
            if _is_on(properties.find(f"{W}strike")) or _is_on(properties.find(f"{W}dstrike")):
                if "".join(run.itertext()).strip():
                    self._remarks.append("划了删除线的文字没有读入")
                return
        raised = properties is not None and _value(properties.find(f"{W}vertAlign")) == "superscript"
        for element in run:
            tag = element.tag
            if tag == f"{W}fldChar":
                self._field(element.get(f"{W}fldCharType"))
            elif "code" in self._fields or tag in _DROPPED:
                continue
            elif tag == f"{W}t":
                text = element.text or ""
                # A note's number is not a part of the figure that it stands at.
                parts.append(f"（注{text.strip()}）" if raised and text.strip() else text)
            elif tag in (f"{W}tab", f"{W}ptab"):
                parts.append("\t")
            elif tag in (f"{W}br", f"{W}cr"):
                parts.append("\n")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{_MC}AlternateContent":
                chosen = _chosen(element)
                self._drawn(chosen, boxes)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawn(element, boxes)
            elif tag == f"{W}ruby":
                self._inline([element], parts, boxes)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append("code")
        elif self._fields and kind == "separate":
            self._fields[-1] = "result"
        elif self._fields and kind == "end":
            self._fields.pop()

    def _is_hidden(self, properties: Element) -> bool:
        own = properties.find(f"{W}vanish")
        if own is not None:
            return _is_on(own)
        return _value(properties.find(f"{W}rStyle")) in self._styles.hidden

    def _drawn(self, element: Element, boxes: list[Block]) -> None:
        """Text boxes are blocks of their own behind the paragraph they hang on; pictures are pictures."""
        contents = list(_outermost(element, f"{W}txbxContent"))
        for content in contents:
            boxes += self._blocks(content)
        if not contents and any(
            next(element.iter(tag), None) is not None for tag in (_PICTURE, _IMAGE, _OLE, _CHART)
        ):
            boxes.append(Picture())

    # Tables

    def _table(self, element: Element) -> Table:
        rows: list[list[tuple[int, int, Element, str]]] = []
        for row in self._rows(element):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            before = properties.find(f"{W}gridBefore") if properties is not None else None
            column = _number(before) if before is not None else 0
            line: list[tuple[int, int, Element, str]] = []
            for cell in self._wrapped(row, f"{W}tc"):
                about = cell.find(f"{W}tcPr")
                if about is not None and about.find(f"{W}cellDel") is not None:
                    continue
                span = about.find(f"{W}gridSpan") if about is not None else None
                width = max(1, _number(span)) if span is not None else 1
                merge = _merge(about, "vMerge")
                if _merge(about, "hMerge") == "continue" and line:
                    start, wide, first, down = line[-1]
                    line[-1] = (start, wide + width, first, down)
                else:
                    line.append((column, width, cell, merge))
                column += width
            rows.append(line)
        return Table(tuple(self._cells(rows)))

    def _rows(self, table: Element) -> Iterator[Element]:
        return self._wrapped(table, f"{W}tr")

    def _wrapped(self, parent: Element, tag: str) -> Iterator[Element]:
        """Yield the children of that kind, also out of content controls and the like."""
        for element in parent:
            if element.tag == tag:
                yield element
            elif element.tag == f"{W}sdt":
                for inner in element.findall(f"{W}sdtContent"):
                    yield from self._wrapped(inner, tag)
            elif element.tag == f"{_MC}AlternateContent":
                yield from self._wrapped(_chosen(element), tag)
            elif element.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                yield from self._wrapped(element, tag)

    def _cells(self, rows: Sequence[Sequence[tuple[int, int, Element, str]]]) -> Iterator[Cell]:
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
                yield Cell(down, column, height, width, tuple(self._blocks(element)))


def _chosen(alternatives: Element) -> Element:
    """The first choice of an alternative, else its fallback; one of them, never both."""
    choice = alternatives.find(f"{_MC}Choice")
    fallback = alternatives.find(f"{_MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def _outermost(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from _outermost(_chosen(child), tag)
        elif isinstance(child.tag, str):
            yield from _outermost(child, tag)


def _merge(properties: Element | None, kind: str) -> str:
    element = properties.find(f"{W}{kind}") if properties is not None else None
    return "" if element is None else element.get(f"{W}val") or "continue"


def _value(element: Element | None) -> str:
    return "" if element is None else str(element.get(f"{W}val") or "")


def _number(element: Element) -> int:
    text = _value(element)
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off", "none")
