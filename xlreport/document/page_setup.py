"""The page: A4 with the margins and the grid of GB/T 9704-2012, page numbers outside, and the empty document that has them.

A base document keeps its own page, and its own headers and footers where it has any; page numbers are added where it has none.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

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

#: Closer to the edge than this no printer prints.
_LEAST_FOOTER = Mm(10)
_MODE, _MICROSOFT, _CURRENT = "compatibilityMode", "http://schemas.microsoft.com/office/word", 15
#: What stands behind the compatibility among the settings, in the order of the schema.
_BEHIND_COMPAT = {
    qn(f"w:{name}")
    for name in (
        *("docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "captions"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "readModeInkLockDown"),
        *("smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
} | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}

_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: The part that holds the properties, and what stands around them.
PROPERTIES = "docProps/core.xml"
CORE_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</cp:coreProperties>'
)
_FACE = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_OFFICE}.settings+xml"/>'
        f'<Override PartName="/{PROPERTIES}" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_KINDS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/metadata/core-properties" Target="{PROPERTIES}"/></Relationships>'
    ),
    PROPERTIES: CORE_PROPERTIES.format(""),
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
        "<w:useFELayout/></w:compat>"
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
    """Put “— 1 —” right on odd and left on even pages, unless the document has footers or page numbers of its own.

    One that has a header keeps it on all its pages: where these are not told apart, all have their number on the right.
    """
    section = document.sections[-1]
    headers = [section.header, section.even_page_header, section.first_page_header]
    footers = [section.footer, section.even_page_footer, section.first_page_footer]
    if any(_is_own(part) for part in footers) or any(_has_number(part) for part in headers if _is_own(part)):
        return
    settings = document.settings
    if not any(map(_is_own, headers)):
        settings.odd_and_even_pages_header_footer = True
    wanted = {0: ODD_PAGE}
    if settings.odd_and_even_pages_header_footer:
        wanted[1] = EVEN_PAGE
    if section.different_first_page_header_footer:
        wanted[2] = ODD_PAGE
    if int(section.footer_distance or 0) < _LEAST_FOOTER:
        section.footer_distance = _LEAST_FOOTER
    ids = ids_by_name(document)
    number = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    for which, style in wanted.items():
        footer = footers[which]
        footer.is_linked_to_previous = False
        footer.part.element[:] = list(parse(paragraph(ids[style], number)))


def _is_own(part: Any) -> bool:
    return not part.is_linked_to_previous


def _has_number(part: Any) -> bool:
    codes = [field.get(qn("w:instr"), "") for field in part.part.element.iter(qn("w:fldSimple"))]
    codes.append("".join(code.text or "" for code in part.part.element.iter(qn("w:instrText"))))
    return any("PAGE" in code.upper().split() for code in codes)


def lay_out_as_today(document: Document) -> None:
    """Have the document laid out as Word has done since 2013; one that asks for less is opened in 兼容模式."""
    settings: Any = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = next(iter(parse("<w:compat/>")))
        behind = next((each for each in settings if each.tag in _BEHIND_COMPAT), None)
        if behind is None:
            settings.append(compat)
        else:
            behind.addprevious(compat)
    for each in list(compat.iterchildren(qn("w:compatSetting"))):
        if each.get(qn("w:name")) == _MODE:
            compat.remove(each)
    compat.append(
        next(iter(parse(f'<w:compatSetting w:name="{_MODE}" w:uri="{_MICROSOFT}" w:val="{_CURRENT}"/>')))
    )
