"""A PDF with a text layer as blocks: the tables by their ruling lines, the text by the places of its lines; a page that is a picture is said.

pdfplumber (an extra, loaded only here) finds characters, lines and cells. Before it gets a file, the streams in it are unpacked once to see
how large they are, since its parser would take all of them.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.errors import InputError
from xlreport.limits import LARGEST_PDF, LARGEST_PDF_DRAWING, MOST_PDF_MARKS, MOST_PDF_PAGES
from xlreport.sources.blocks import Block, Picture
from xlreport.sources.left_out import LeftOut
from xlreport.sources.pdf_page import PdfLine, PdfPage
from xlreport.sources.pdf_tables import Ruled
from xlreport.sources.pdf_text import paragraphs, setting_of, without_furniture
from xlreport.sources.refusals import encrypted

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_WITHOUT = "请在命令行运行 pip install xlreport[pdf] 后再读；或者用 Word、WPS 打开，另存为 .docx"
_SAVE_AS = "请用生成它的 Word 文件或工作簿，或用 Word、WPS 打开后另存为 .docx"
_STREAM = re.compile(rb"stream\r?\n")
#: What stands before a stream: its dictionary, of which so many bytes are looked at.
_DICTIONARY = 600
_NO_DRAWING = re.compile(
    rb"/Image|/Length1|/FontFile|/Type1C|/CIDFontType0C|/OpenType|/ObjStm|/XRef|/Metadata"
)
_OTHER_FILTERS = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL)\b|FlateDecode\s*/FlateDecode")
_CHUNK = 1 << 20


def blocks_in(source: Path, content: bytes) -> tuple[list[Block], list[str]]:
    """Return the blocks of a PDF and what is to be said about reading it.

    Raises ``InputError`` where the extra is missing, or the file is damaged, locked, far too large, or has no text.
    """
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
    except ImportError:
        raise InputError(source, "这是 PDF 文件，读取它的部件没有安装", _WITHOUT) from None
    _refuse_too_large(source, content)
    # What it thinks of fonts is nobody's concern here.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    # What the parser trips over in a damaged file is anything that parsing code raises.
    trips = (
        *(PSException, PdfminerException, MalformedPDFException, struct.error, zlib.error, RecursionError),
        *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, OSError),
    )
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return _read(source, document)
    except InputError:
        raise
    except trips as problem:
        if any(isinstance(each, PDFPasswordIncorrect) for each in (problem, *problem.args)):
            raise encrypted(source) from None
        raise InputError(source, "PDF 文件已损坏，读不出内容", _SAVE_AS) from None


def _refuse_too_large(source: Path, content: bytes) -> None:
    """Unpack every stream and keep nothing, to see what a parser would have to hold and to work through."""
    total = drawing = 0
    for begin in _STREAM.finditer(content):
        about = content[max(begin.start() - _DICTIONARY, 0) : begin.start()].rpartition(b"obj")[2]
        if _OTHER_FILTERS.search(about):
            raise InputError(source, "PDF 的压缩方式不常见，不能直接读取", _SAVE_AS)
        if b"/Image" in about:
            continue  # pictures are not unpacked
        size = _unpacked_size(content, begin.end(), LARGEST_PDF - total)
        total += size
        drawing += 0 if _NO_DRAWING.search(about) else size
        if total > LARGEST_PDF or drawing > LARGEST_PDF_DRAWING:
            raise InputError(source, "PDF 的内容过大，不像一份年度报告", _SAVE_AS)


def _unpacked_size(content: bytes, start: int, most: int) -> int:
    """Return how much a stream holds, or a little more than ``most``; what is not packed counts as it lies."""
    if content[start : start + 1] not in (b"\x78", b"\x48", b"\x58", b"\x68"):
        return max(content.find(b"endstream", start) - start, 0)
    unpacking, size = zlib.decompressobj(), 0
    data = content[start : start + _CHUNK]
    at = start + len(data)
    try:
        while data and not unpacking.eof and size <= most:
            size += len(unpacking.decompress(data, _CHUNK))
            data = unpacking.unconsumed_tail
            if not data:
                data = content[at : at + _CHUNK]
                at += len(data)
    except zlib.error:
        pass  # damaged from here on: that is all there is
    return size


def _read(source: Path, document: PDF) -> tuple[list[Block], list[str]]:
    if len(document.pages) > MOST_PDF_PAGES:
        raise InputError(source, f"PDF 有 {len(document.pages)} 页，不像一份年度报告", _SAVE_AS)
    left_out, marks = LeftOut(), 0
    pages: list[PdfPage] = []
    pictures: list[int] = []
    for number, each in enumerate(document.pages, 1):
        marks += len(each.chars) + len(each.edges)
        if marks > MOST_PDF_MARKS:
            raise InputError(source, "PDF 的内容过多，不像一份年度报告", _SAVE_AS, f"第 {number} 页")
        page = PdfPage(each, left_out, pages[-1] if pages else None)
        pages.append(page)
        if page.is_picture:
            pictures.append(number)
        each.close()
    if len(pictures) == len(pages):
        problem = "PDF 的每一页都是图片（扫描件），没有可读的文字"
        raise InputError(source, problem, _SAVE_AS)
    remarks = ["这是 PDF 文件，按文字和表格线在页面上的位置读取；请与原件核对", *left_out.remarks()]
    if pictures:
        named = "、".join(map(str, pictures))
        remarks.append(f"第 {named} 页是图片（扫描件），其中的文字和表格没有读取")
    return list(_blocks(source, without_furniture(pages))), remarks


def _blocks(source: Path, pages: Sequence[PdfPage]) -> Iterator[Block]:
    """Yield what stands on the pages; paragraphs and tables go on over the end of a page."""
    setting = setting_of([item for page in pages for item in page.items if isinstance(item, PdfLine)])
    is_ruled = any(isinstance(item, Ruled) for page in pages for item in page.items)
    lines: list[PdfLine] = []
    table: Ruled | None = None
    for page in pages:
        for at, item in enumerate(page.items if not page.is_picture else (None,)):
            if isinstance(item, PdfLine):
                if table:
                    yield table.table()
                    table = None
                lines.append(item)
                continue
            yield from paragraphs(source, lines, setting, is_ruled)
            lines = []
            if table and item and at == 0 and table.goes_on_in(item):
                table = table.joined(item)
                continue
            if table:
                yield table.table()
            table = item
            if item is None:
                yield Picture()
    yield from paragraphs(source, lines, setting, is_ruled)
    if table:
        yield table.table()
