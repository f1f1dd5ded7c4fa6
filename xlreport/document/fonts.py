"""The fonts of official documents, and what a computer that has not got one shows instead."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from xlreport.document.markup import NAMESPACES, attribute, parse
from xlreport.document.styles import FANGSONG, HEITI, KAITI, TITLE_FONT

#: Fonts that come with WPS or are bought, and those of Windows that are nearest to them.
INSTEAD = {TITLE_FONT: "宋体", FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei"}
_PART = "/word/fontTable.xml"
_FONT, _NAME, _ALTERNATIVE = map(qn, ("w:font", "w:name", "w:altName"))


def name_fonts(document: Document) -> None:
    """Say in the document's list of fonts what stands in for each of these fonts, unless it says so already."""
    whole = document.part
    relation = next((r for r in whole.rels.values() if r.reltype == RELATIONSHIP_TYPE.FONT_TABLE), None)
    if relation is None:
        root = etree.fromstring(f"<w:fonts {NAMESPACES}/>")
    else:
        root = etree.fromstring(relation.target_part.blob)
    known = {font.get(_NAME): font for font in root.iterchildren(_FONT)}
    for name, instead in INSTEAD.items():
        if name not in known:
            root.append(_font(name, instead))
        elif known[name].find(_ALTERNATIVE) is None:
            # The first of all that is said of a font.
            known[name].insert(0, _font(name, instead)[0])
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if relation is None:
        part = Part(PackURI(_PART), CONTENT_TYPE.WML_FONT_TABLE, content, whole.package)
        whole.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
    else:
        old = relation.target_part
        part = Part(old.partname, old.content_type, content, whole.package)
        whole.load_rel(whole.rels.pop(relation.rId).reltype, part, relation.rId)


def _font(name: str, instead: str) -> etree._Element:
    (font,) = parse(
        f'<w:font w:name={attribute(name)}><w:altName w:val={attribute(instead)}/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
    )
    return etree.fromstring(etree.tostring(font))
