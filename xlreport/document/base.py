"""The document to write into: an empty one, or an office's own with its styles and page but without its text."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document

from xlreport.document.fonts import name_fonts
from xlreport.document.harmless import keep_harmless
from xlreport.document.markup import parse
from xlreport.document.page_setup import SECTION, empty_document, lay_out_as_today, number_pages, text_width
from xlreport.document.styles import add_missing
from xlreport.errors import InputError
from xlreport.sources import archive
from xlreport.sources.files import content_of


def empty() -> Document:
    """Return a new document with the page, the styles and the page numbers of GB/T 9704-2012."""
    return docx.Document(BytesIO(_prepared()))


@cache
def _prepared() -> bytes:
    made = docx.Document(BytesIO(empty_document()))
    complete(made)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def complete(document: Document) -> None:
    """Add the styles, page numbers and stand-ins of fonts that the document does not have, and have it laid out as current Word does."""
    add_missing(document)
    number_pages(document)
    name_fonts(document)
    lay_out_as_today(document)


def put_into(document: Document, blocks: str) -> None:
    """Put ``blocks`` into the place of the document's text; its page stays."""
    body, content = document.element.body, parse(blocks)
    # Moved as a whole: moving what is in it, one by one, takes as long as parsing it.
    content.append(body.sectPr)
    document.element.replace(body, content)


class Base(NamedTuple):
    """An office's own document without its text, and what else of it was left out, in words."""

    path: Path
    document: Document
    left_out: list[str]


def emptied(path: Path) -> Base:
    """Return the document at ``path`` without its text, completed; raises ``InputError`` where it is no Word document."""
    if not path.is_file():
        raise InputError(path, "找不到这份样式文档", "请核对文件名和所在的文件夹")
    try:
        content = content_of(path)
        archive.checked(path, content)
        document = docx.Document(BytesIO(content))
        body = document.element.body
        body.clear_content()
        if body.sectPr is None:
            body.extend(parse(SECTION))
        left_out = keep_harmless(document)
        complete(document)
        text_width(document)  # a page without measures would fail only when the tables are set
    except Exception as error:  # python-docx raises whatever a foreign file makes it trip over
        raise InputError(
            path, "不是可以套用样式的 Word 文档", "请用 Word 或 WPS 打开它，不加密另存为 .docx"
        ) from error
    return Base(path, document, left_out)
