"""Documents that another program turns into one that is read here: .doc, .wps, .rtf, .odt and flat XML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from xlreport.errors import InputError
from xlreport.sources.office_program import office_program, turned


class DocumentKind(NamedTuple):
    """A format: what it is called, the ending by which the program knows it, and the ending of what it becomes."""

    name: str
    ending: str
    target: str = "docx"


OLD_WORD = DocumentKind("旧格式的 Word 文档（.doc、.wps）", "doc")
OPEN_TEXT = DocumentKind("OpenDocument 文档（.odt）", "odt")
_RTF = DocumentKind("RTF 文档（.rtf）", "rtf")
_WORD_XML = DocumentKind("Word 2003 的 XML 文档", "xml")
_SHEET_XML = DocumentKind("Excel 2003 的 XML 表格", "xml", "xlsx")
_FLAT_TEXT = DocumentKind("OpenDocument 文档（.fodt）", "fodt")
_FLAT_SHEET = DocumentKind("OpenDocument 表格（.fods）", "fods", "xlsx")
#: What the beginning of a text says of its format.
_BEGINNINGS = (
    (re.compile(r"\s*\{\\rtf"), _RTF),
    (re.compile(r"(?s).*<w:wordDocument\b"), _WORD_XML),
    (
        re.compile(r'(?s).*<(?:\w+:)?Workbook\b[^>]*"urn:schemas-microsoft-com:office:spreadsheet"'),
        _SHEET_XML,
    ),
    (re.compile(r"(?s).*<office:document\b.*opendocument\.text"), _FLAT_TEXT),
    (re.compile(r"(?s).*<office:document\b.*opendocument\.spreadsheet"), _FLAT_SHEET),
)
_BEGINNING = 4_000


def kind_of(text: str) -> DocumentKind | None:
    """Return the format of a text that is no page and no plain text; ``None`` for any other."""
    return next((kind for pattern, kind in _BEGINNINGS if pattern.match(text[:_BEGINNING])), None)


def converted(source: Path, content: bytes, kind: DocumentKind) -> tuple[bytes, str]:
    """Return the content as a document or workbook that is read here, and what is to be said; raises ``InputError`` where that cannot be."""
    program = office_program()
    if program is None:
        advice = f"请用 Word 或 WPS 打开，另存为 .{kind.target} 后再读；电脑上装有 LibreOffice 的，可以直接读"
        raise InputError(source, f"这是{kind.name}，不能直接读取", advice)
    return (
        turned(program, source, content, kind.ending, kind.target),
        f"这是{kind.name}，由 LibreOffice 转换成 .{kind.target} 后读取；请与原件核对",
    )
