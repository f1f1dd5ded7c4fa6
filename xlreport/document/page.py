"""The page: A4 with the margins and the grid of GB/T 9704-2012, page numbers outside, and the empty document that has them.

A base document keeps its own page, and its own headers and footers where it has any.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache

from docx.document import Document
from docx.section import Section

from xlreport.document.markup import NAMESPACES, paragraph, parse
from xlreport.document.styles import EVEN_PAGE, LINE_PITCH, ODD_PAGE, ids_by_name

_MM = 1440 / 25.4


def _twips(millimetres: float) -> int:
    return round(millimetres * _MM)


#: 28 characters of 16 points in 156 mm are set a little closer: by this many 4096ths of a point.
_CHARACTER_SPACE = round((156 / 25.4 * 72 / 28 - 16) * 4096)
#: The page number stands 7 mm below the text, which ends 35 mm above the edge.
_FOOTER = 35 - 7 - 320 / _MM

SECTION = (
    f'<w:sectPr><w:pgSz w:w="{_twips(210)}" w:h="{_twips(297)}"/>'
    f'<w:pgMar w:top="{_twips(37)}" w:right="{_twips(26)}" w:bottom="{_twips(35)}" w:left="{_twips(28)}"'
    f' w:header="{_twips(15)}" w:footer="{_twips(_FOOTER)}" w:gutter="0"/>'
    f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE_PITCH}" w:charSpace="{_CHARACTER_SPACE}"/></w:sectPr>'
)

_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FACE = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_OFFICE}.settings+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_KINDS}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_KINDS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_KINDS}/settings" Target="settings.xml"/></Relationships>'
    ),
    "word/document.xml": f"<w:document {NAMESPACES}><w:body>{SECTION}</w:body></w:document>",
    # The character grid counts from the size of the style Normal; LibreOffice wants it there, not in the defaults.
    "word/styles.xml": (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_FACE}"
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:rPr><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style></w:styles>'
    ),
    "word/settings.xml": (
        f'<w:settings {NAMESPACES}><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:useFELayout/><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    ),
}


@cache
def empty_document() -> bytes:
    """Return a .docx without content that has the page and the defaults of an official document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in _PARTS.items():
            package.writestr(
                zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'
            )
    return stream.getvalue()


def text_width(document: Document) -> int:
    """Return the width between the margins in twentieths of a point."""
    section = document.sections[-1]
    margins = sum(int(side or 0) for side in (section.left_margin, section.right_margin, section.gutter))
    return round((int(section.page_width or 0) - margins) / 635)


def number_pages(document: Document) -> None:
    """Put “— 1 —” right on odd and left on even pages, unless the document has headers or footers of its own."""
    section = document.sections[-1]
    if _has_own(section):
        return
    document.settings.odd_and_even_pages_header_footer = True
    ids = ids_by_name(document)
    number = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    for footer, style in ((section.footer, ODD_PAGE), (section.even_page_footer, EVEN_PAGE)):
        footer.is_linked_to_previous = False
        footer.part.element[:] = list(parse(paragraph(ids[style], number)))


def _has_own(section: Section) -> bool:
    parts = (
        *(section.header, section.even_page_header, section.first_page_header),
        *(section.footer, section.even_page_footer, section.first_page_footer),
    )
    return not all(part.is_linked_to_previous for part in parts)
