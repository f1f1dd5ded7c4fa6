"""A Word document as blocks: what a reader of the final text sees.

Tracked insertions are taken and deletions dropped, text boxes are read once, hidden text and field codes are not text, footnotes stay out of
the figures, and headings get the numbers that Word counts for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlreport.errors import InputError
from xlreport.sources.blocks import Block, Paragraph, Picture
from xlreport.sources.numbering import Numbering
from xlreport.sources.word_package import Package
from xlreport.sources.word_styles import Styles
from xlreport.sources.word_tables import table_in
from xlreport.sources.word_xml import DROPPED, MC, Element, W, chosen, is_on, number, outermost, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"


def blocks_in(source: Path, content: bytes) -> tuple[list[Block], list[str]]:
    """Return the blocks of a Word document, and what is to be said about reading it.

    Raises ``InputError`` where it is damaged or far too large.
    """
    package = Package(source, content)
    try:
        return _Reader(package).read()
    except RecursionError:
        raise InputError(source, "表格嵌套过深，读不出内容", "请把正文和表格复制到新文档后再读") from None


class _Reader:
    def __init__(self, package: Package) -> None:
        self._body = package.document()
        self._styles = Styles(package.part("styles.xml"))
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
                found.append(table_in(element, self._blocks))
                continue
            text, boxes = self._paragraph_text(element)
            properties = element.find(f"{W}pPr")
            if properties is not None and self._mark_is_deleted(properties):
                # The paragraph goes on in the next one.
                open_text += text
                found += boxes
                continue
            style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
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
            elif element.tag == f"{MC}AlternateContent":
                yield from self._block_elements(chosen(element))
            elif element.tag == f"{W}altChunk":
                self._remarks.append("文档里嵌入了另一份文件，没有读；请在 Word 中另存后再读")
            elif element.tag not in DROPPED and isinstance(element.tag, str):
                yield from self._block_elements(element)

    def _mark_is_deleted(self, properties: Element) -> bool:
        mark = properties.find(f"{W}rPr")
        return mark is not None and (
            mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None
        )

    def _level(self, properties: Element | None, style: str) -> int:
        outline = properties.find(f"{W}outlineLvl") if properties is not None else None
        if outline is not None and number(outline) < 9:
            return number(outline) + 1
        return self._styles.levels.get(style, 0)

    def _list_number(self, properties: Element | None, style: str) -> str:
        numbering = properties.find(f"{W}numPr") if properties is not None else None
        numbering = numbering if numbering is not None else self._styles.numbered.get(style)
        if numbering is None:
            return ""
        list_id, level = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
        return self._numbering.next(value(list_id), number(level) if level is not None else 0)

    # Text

    def _paragraph_text(self, paragraph: Element) -> tuple[str, list[Block]]:
        boxes: list[Block] = []
        parts: list[str] = []
        self._inline(paragraph, parts, boxes)
        return "".join(parts), boxes

    def _inline(self, parent: Element, parts: list[str], boxes: list[Block]) -> None:
        for element in parent:
            tag = element.tag
            if tag in DROPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                self._run(element, parts, boxes)
            elif tag == f"{W}sdt":
                for inner in element.findall(f"{W}sdtContent"):
                    self._inline(inner, parts, boxes)
            elif tag == f"{MC}AlternateContent":
                self._inline(chosen(element), parts, boxes)
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
            if is_on(properties.find(f"{W}strike")) or is_on(properties.find(f"{W}dstrike")):
                if "".join(run.itertext()).strip():
                    self._remarks.append("划了删除线的文字没有读入")
                return
        raised = properties is not None and value(properties.find(f"{W}vertAlign")) == "superscript"
        for element in run:
            tag = element.tag
            if tag == f"{W}fldChar":
                self._field(element.get(f"{W}fldCharType"))
            elif "code" in self._fields or tag in DROPPED:
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
            elif tag == f"{MC}AlternateContent":
                self._drawn(chosen(element), boxes)
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
            return is_on(own)
        return value(properties.find(f"{W}rStyle")) in self._styles.hidden

    def _drawn(self, element: Element, boxes: list[Block]) -> None:
        """Text boxes are blocks of their own behind the paragraph they hang on; pictures are pictures."""
        contents = list(outermost(element, f"{W}txbxContent"))
        for content in contents:
            boxes += self._blocks(content)
        if not contents and any(
            next(element.iter(tag), None) is not None for tag in (_PICTURE, _IMAGE, _OLE, _CHART)
        ):
            boxes.append(Picture())
