"""The document to write into: an empty one, or an office's own with its styles and page but without its text."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from xlreport.document.markup import parse
from xlreport.document.page import SECTION, empty_document, number_pages, text_width
from xlreport.document.styles import add_missing
from xlreport.errors import InputError
from xlreport.sources import archive
from xlreport.sources.files import content_of

#: Parts of a document that are about all of it. Everything else belongs to its text, which is dropped.
_LASTING = {
    *(RT.STYLES, RT.SETTINGS, RT.THEME, RT.FONT_TABLE, RT.NUMBERING, RT.WEB_SETTINGS),
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}


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
    """Add the styles and page numbers that the document does not have."""
    add_missing(document)
    number_pages(document)


def emptied(path: Path) -> Document:
    """Return the document at ``path`` without its text, completed; raises ``InputError`` where it is no Word document."""
    if not path.is_file():
        raise InputError(path, "找不到这份样式文档", "请核对文件名和所在的文件夹")
    try:
        content = content_of(path)
        archive.checked(path, content)
        document = docx.Document(BytesIO(content))
        _drop_text(document)
        complete(document)
        text_width(document)  # a page without measures would fail only when the tables are set
    except Exception as error:  # python-docx raises whatever a foreign file makes it trip over
        raise InputError(
            path, "不是可以套用样式的 Word 文档", "请用 Word 或 WPS 打开它，不加密另存为 .docx"
        ) from error
    return document


def _drop_text(document: Document) -> None:
    body = document.element.body
    body.clear_content()
    if body.sectPr is None:
        body.extend(parse(SECTION))
    used = {reference.get(qn("r:id")) for reference in body.sectPr}
    relations = document.part.rels
    for key, relation in list(relations.items()):
        if relation.reltype not in _LASTING and key not in used:
            del relations[key]
    package = document.part.package.rels
    for key, relation in list(package.items()):
        # The title, the page counts, the thumbnail and the like are of the text that went.
        if relation.reltype != RT.OFFICE_DOCUMENT:
            del package[key]
    # The settings name the separators of footnotes, which went with the text.
    settings = document.settings.element
    for tag in ("w:footnotePr", "w:endnotePr"):
        for element in settings.findall(qn(tag)):
            settings.remove(element)
