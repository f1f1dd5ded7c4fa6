"""A Word document as blocks: what a reader of the final text sees.

Tracked insertions are taken and deletions dropped, text boxes are read once, what is hidden and field codes are not text, footnotes and marks stay
out of the figures, and headings get the numbers that Word counts for them.
"""

from __future__ import annotations

from pathlib import Path

from xlreport.errors import InputError
from xlreport.limits import MOST_EMBEDDED
from xlreport.sources import letters
from xlreport.sources.blocks import Block, Paragraph, Picture
from xlreport.sources.converted import kind_of
from xlreport.sources.embedded_book import table_in
from xlreport.sources.encoding import decoded
from xlreport.sources.left_out import LeftOut
from xlreport.sources.numbering import Numbering
from xlreport.sources.refusals import COPY_OUT
from xlreport.sources.word_package import WordPackage
from xlreport.sources.word_styles import WordStyles
from xlreport.sources.word_symbols import UNREADABLE
from xlreport.sources.word_tables import table_in as word_table
from xlreport.sources.word_text import Around, Texts
from xlreport.sources.word_xml import DELETED, Element, W, child, children, is_on, number, unwrapped, value

#: The namespace of relation ids.
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLOCKS = {f"{W}p", f"{W}tbl", f"{W}altChunk"}
#: What stands before a number in an otherwise empty cell.
_NUMBER = "〔自动编号〕"


def blocks_in(source: Path, content: bytes, inside: bool = False) -> tuple[list[Block], list[str]]:
    """Return the blocks of a Word document, and what is to be said about reading it; one that is ``inside`` another holds no third.

    Raises ``InputError`` where it is damaged or far too large.
    """
    package = WordPackage(source, content)
    try:
        return _Reader(source, package, inside).read()
    except RecursionError:
        raise InputError(source, "表格嵌套过深，读不出内容", COPY_OUT) from None


class _Reader:
    def __init__(self, source: Path, package: WordPackage, inside: bool) -> None:
        self._source, self._package, self._inside = source, package, inside
        self._body = package.document()
        self._styles = WordStyles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._left_out = LeftOut()
        self._texts = Texts(self._styles, self._left_out, self._blocks, self._object)
        self._books = 0
        self._remarks: list[str] = []

    def read(self) -> tuple[list[Block], list[str]]:
        found = self._blocks(self._body, Around())
        if self._texts.fields.close(0):
            self._remarks.append("文档里有没有结束的域代码，其后的文字没有读入；请用 Word 打开核对")
        return found, [*dict.fromkeys(self._remarks), *self._left_out.remarks()]

    def _blocks(self, parent: Element, around: Around) -> list[Block]:
        found: list[Block] = []
        open_text = ""
        for element in unwrapped(parent, _BLOCKS, self._left_out):
            if element.tag == f"{W}altChunk":
                found += self._chunk(element)
                continue
            if element.tag == f"{W}tbl":
                table = word_table(element, around, self._styles, self._left_out, self._cell)
                # Where every row is hidden, there is no table.
                found += [table] if table.cells else []
                continue
            properties = children(child(element, "pPr"))
            style = value(properties.get(f"{W}pStyle"))
            level = self._level(properties, style)
            text, boxes = self._texts.text(element, properties, style, around)
            if not level and _runs_on(properties):
                open_text += text
                found += boxes
                continue
            if style not in self._styles.contents:
                text = open_text + text
                if text.strip() or (around.in_cell and not boxes):
                    found.append(Paragraph(self._numbered(text, properties, style, around), level))
                else:
                    found.append(Paragraph(""))
            open_text = ""
            found += boxes
        if open_text.strip():
            found.append(Paragraph(open_text))
        return found

    def _chunk(self, element: Element) -> list[Block]:
        """Return the blocks of a file that the document shows as a part of itself."""
        content = None if self._inside else self._package.chunk(element.get(f"{R}id") or "")
        found = embedded(self._source, content) if content else None
        if found is None:
            self._remarks.append("文档里嵌入了另一份文件，没有读；请在 Word 中另存后再读")
            return []
        blocks, remarks = found
        self._remarks += remarks
        return blocks

    def _object(self, element: Element) -> Block:
        """Return the table that an embedded workbook shows; a picture for any other object, and for one that is only an icon."""
        self._books += 1
        content = None
        if element.get("DrawAspect") != "Icon" and self._books <= MOST_EMBEDDED:
            content = self._package.chunk(element.get(f"{R}id") or "")
        found = table_in(self._source, content) if content else None
        if found is None:
            return Picture()
        table, remarks = found
        self._remarks += remarks
        return table

    def _cell(self, cell: Element, around: Around) -> list[Block]:
        """A field does not reach beyond the cell that it begins in."""
        fields = self._texts.fields
        depth = fields.depth()
        found = self._blocks(cell, around)
        if fields.close(depth):
            found.append(Paragraph(UNREADABLE))
        return found

    def _level(self, properties: dict[str, Element], style: str) -> int:
        outline = properties.get(f"{W}outlineLvl")
        if outline is not None and number(outline) < 9:
            return number(outline) + 1
        return self._styles.paragraph(style).level

    def _numbered(self, text: str, properties: dict[str, Element], style: str, around: Around) -> str:
        """The text with the number that Word counts for it; in a cell only words are numbered, never a figure.

        A number that stands alone in a cell is seen there, and nobody typed it.
        """
        numbering = properties.get(f"{W}numPr")
        numbering = numbering if numbering is not None else self._styles.paragraph(style).numbering
        if numbering is None:
            return text
        counted = self._numbering.next(value(child(numbering, "numId")), number(child(numbering, "ilvl")))
        if around.in_cell and counted and not text.strip():
            return f"{_NUMBER}{counted}"
        if around.in_cell and not text.lstrip()[:1].isalpha():
            self._left_out.add("数字前的自动编号", counted)
            return text
        return counted + text


def _runs_on(properties: dict[str, Element]) -> bool:
    """True for a paragraph whose end is deleted or hidden, so that it goes on in the next one."""
    mark = properties.get(f"{W}rPr")
    return mark is not None and (any(each.tag in DELETED for each in mark) or is_on(child(mark, "vanish")))


def embedded(source: Path, content: bytes) -> tuple[list[Block], list[str]] | None:
    """Return the blocks of a document, a page or a text that stands inside another; ``None`` for any other file."""
    if content.startswith(b"PK"):
        return blocks_in(source, content, inside=True)
    text = decoded(content)
    return None if text is None or kind_of(text) else letters.blocks_in(source, content, text)
