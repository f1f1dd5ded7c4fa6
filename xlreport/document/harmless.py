"""What may come over from an office's own document: styles, page, and headers and footers that neither fetch nor run anything.

Only what is listed here comes over. A template elsewhere, mail merge, embedded objects, pictures elsewhere and fields that fetch or
run would make a report that is sent on reach out from the reader's computer; each is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Any, TypeAlias

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from lxml import etree

Element: TypeAlias = Any

#: Parts that are about all of a document. Everything else belongs to its text.
_LASTING = {RT.STYLES, RT.SETTINGS, RT.THEME, RT.FONT_TABLE, RT.NUMBERING}
_SURROUNDING = {qn("w:headerReference"): RT.HEADER, qn("w:footerReference"): RT.FOOTER}
#: What a section may say of its page.
_PAGE = {
    qn(f"w:{name}")
    for name in (
        *("headerReference", "footerReference", "type", "pgSz", "pgMar", "pgBorders", "pgNumType"),
        *("cols", "vAlign", "titlePg", "textDirection", "rtlGutter", "docGrid"),
    )
}
#: Settings that are about the look of the page; the others belong to the text, its editing, or files elsewhere.
_SETTINGS = {
    qn(f"w:{name}")
    for name in (
        *(
            "mirrorMargins",
            "alignBordersAndEdges",
            "bordersDoNotSurroundHeader",
            "bordersDoNotSurroundFooter",
        ),
        *("gutterAtTop", "autoHyphenation", "defaultTabStop", "evenAndOddHeaders", "characterSpacingControl"),
        *(
            "drawingGridHorizontalSpacing",
            "drawingGridVerticalSpacing",
            "noLineBreaksAfter",
            "noLineBreaksBefore",
        ),
        *("displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery", "strictFirstAndLastChars"),
        *("compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
    )
}
#: Settings that reach out of the document, and what they are to a user.
_REACHING = {
    qn("w:attachedTemplate"): "附加的模板",
    qn("w:linkStyles"): "附加的模板",
    qn("w:mailMerge"): "邮件合并",
    qn("w:attachedSchema"): "附加的 XML 架构",
    qn("w:saveThroughXslt"): "保存时的 XSLT 转换",
}
#: Kinds of relations, by the end of their names, and what they are to a user; those that are not here are a matter of the text.
_NAMES = {
    "attachedTemplate": "附加的模板",
    "mailMergeSource": "邮件合并",
    "mailMergeHeaderSource": "邮件合并",
    "oleObject": "嵌入的对象",
    "package": "嵌入的对象",
    "control": "ActiveX 控件",
    "vbaProject": "宏",
    "wordVbaData": "宏",
    "keyMapCustomizations": "自定义的快捷键",
    "attachedToolbars": "自定义的工具栏",
    "aFChunk": "嵌入的文件",
    "subDocument": "子文档",
    "frame": "网页框架",
    "font": "嵌入的字体",
    "hyperlink": "超链接",
    "chart": "图表",
}
_ELSEWHERE = "外部图片等外部内容"
_FIELD = "会取外部内容或运行程序的域"
#: Fields that read nothing but this document and the clock.
_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TITLE", "SUBJECT", "DATE", "TIME"}
_PICTURES = re.compile(r"image/(?:png|jpe?g|gif|bmp|tiff|x-emf|x-wmf)", re.IGNORECASE)
_RELATION = re.compile(
    r"\{http://(?:schemas\.openxmlformats\.org/officeDocument/2006|purl\.oclc\.org/ooxml/officeDocument)/relationships\}"
)
#: Attributes of drawings that name a file or an address by themselves.
_ADDRESSES = {"href", "althref", "src"}
#: Elements that are nothing without what they refer to, down from which nothing is kept.
_WHOLE = {
    *map(qn, ("w:drawing", "w:pict", "w:object", "w:numPicBullet")),
}
#: Elements of which nothing but the reference goes.
_LINKS = {"hlinkClick", "hlinkHover", "hlinkMouseOver", "svgBlip"}
#: Always left out of headers and footers, whatever they refer to, and what they are to a user.
_NEVER = {
    qn("w:object"): "嵌入的对象",
    qn("w:control"): "ActiveX 控件",
    qn("w:altChunk"): "嵌入的文件",
    qn("w:subDoc"): "子文档",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "嵌入的对象",
}
_MARK, _CODE, _SIMPLE, _BINDING = map(qn, ("w:fldChar", "w:instrText", "w:fldSimple", "w:dataBinding"))
_DELETED_CODE = qn("w:delInstrText")
_WORD = qn("w:")


def keep_harmless(document: Document) -> list[str]:
    """Take everything out of ``document`` but what is listed here, its text included; return what else was left out, in words."""
    section = document.element.body.sectPr
    relations = document.part.rels
    used = {
        reference.get(qn("r:id"))
        for reference in section
        if (relation := relations.get(reference.get(qn("r:id"), "")))
        and relation.reltype == _SURROUNDING.get(reference.tag)
    }
    found: list[str] = []
    for key, relation in list(relations.items()):
        if relation.is_external or not (relation.reltype in _LASTING or key in used):
            found += _name(relation)
            del relations[key]
            used.discard(key)
        elif relation.reltype == RT.SETTINGS:
            found += _of_settings(document.settings.element)
            settings = relation.target_part.rels
            found += [name for each in settings.values() for name in _name(each)]
            settings.clear()
        else:
            found += _of_part(document.part, key)
    found += _outside_text(document.element)
    for child in list(section):
        if child.tag not in _PAGE:
            section.remove(child)
    found += _without_references(section, used)
    package = document.part.package.rels
    for key, relation in list(package.items()):
        # The title, the page counts, the thumbnail and the like are of the text that went.
        if relation.reltype != RT.OFFICE_DOCUMENT:
            del package[key]
    return list(dict.fromkeys(found))


def _outside_text(root: Element) -> Iterator[str]:
    """Only the body is kept of what a document holds: its background may be a picture elsewhere."""
    for child in list(root):
        if child.tag != qn("w:body"):
            root.remove(child)
            yield "页面背景"


def _of_settings(settings: Element) -> Iterator[str]:
    for child in list(settings):
        if child.tag not in _SETTINGS:
            settings.remove(child)
            if child.tag in _REACHING:
                yield _REACHING[child.tag]


def _of_part(whole: Part, related: str) -> Iterator[str]:
    """Clean the part that ``whole`` is ``related`` to, and yield what was left out of it."""
    part: Part = whole.rels[related].target_part
    relations: Relationships = part.rels
    for key, relation in list(relations.items()):
        if relation.is_external or not _is_picture(relation):
            yield from _name(relation)
            del relations[key]
        else:
            # A picture refers to nothing.
            relation.target_part.rels.clear()
    root = part.element if isinstance(part, XmlPart) else etree.fromstring(part.blob)
    yield from _without_fields(root)
    yield from _without_references(root, set(relations))
    if not isinstance(part, XmlPart):
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        cleaned = Part(part.partname, part.content_type, content, part.package)
        for picture in relations.values():
            cleaned.load_rel(picture.reltype, picture.target_part, picture.rId)
        whole.load_rel(whole.rels.pop(related).reltype, cleaned, related)


def _is_picture(relation: Any) -> bool:
    return relation.reltype == RT.IMAGE and bool(_PICTURES.fullmatch(relation.target_part.content_type))


def _name(relation: Any) -> Iterator[str]:
    kind = relation.reltype.rpartition("/")[2]
    if kind in _NAMES:
        yield _NAMES[kind]
    elif relation.is_external:
        yield _ELSEWHERE


def _without_references(root: Element, kept: Set[str]) -> Iterator[str]:
    """Take out what refers to something that is not ``kept``: the drawing, or the link alone where there is more than the link."""
    for element in [found for found in root.iter() if isinstance(found.tag, str)]:
        if element.tag in _NEVER:
            yield _NEVER[element.tag]
            _remove(_whole(element, root))
            continue
        if element.tag == _BINDING:
            # What a content control last showed stays; what it would be taken from is not there.
            _remove(element)
        for name, value in list(element.items()):
            bare = etree.QName(name).localname
            if bare in _ADDRESSES and not name.startswith(_WORD):
                yield _ELSEWHERE
                del element.attrib[name]
            elif (_RELATION.match(name) or bare == "relid") and value not in kept:
                if element.tag == qn("w:hyperlink"):
                    yield "超链接"
                    del element.attrib[name]
                elif etree.QName(element).localname in _LINKS:
                    _remove(element)
                else:
                    _remove(_whole(element, root))
    _remove_bullets(root)


def _whole(element: Element, root: Element) -> Element:
    """The outermost element that is nothing without ``element``, but never all of it."""
    found = element
    for above in element.iterancestors():
        if above is root:
            break
        if above.tag in _WHOLE:
            found = above
    return found


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _remove_bullets(root: Element) -> None:
    """A list goes without the picture of its bullet where that is gone."""
    there = {bullet.get(qn("w:numPicBulletId")) for bullet in root.iter(qn("w:numPicBullet"))}
    for reference in list(root.iter(qn("w:lvlPicBulletId"))):
        if reference.get(qn("w:val")) not in there:
            _remove(reference)


# Fields


def _without_fields(root: Element) -> Iterator[str]:
    """Take out the fields that are not harmless; what they last came to stays as plain text."""
    for field in list(root.iter(_SIMPLE)):
        if not _is_harmless(field.get(qn("w:instr"), "")):
            yield _FIELD
            for child in list(field):
                field.addprevious(child)
            _remove(field)
    for deleted in list(root.iter(_DELETED_CODE)):
        # It is there as long as nobody accepts the change, and back where somebody rejects it.
        if not _is_harmless(deleted.text or ""):
            yield _FIELD
        _remove(deleted)
    opened: list[tuple[list[Element], list[str], list[bool]]] = []
    for element in list(root.iter(_MARK, _CODE)):
        kind = element.get(qn("w:fldCharType")) if element.tag == _MARK else ""
        if kind == "begin":
            opened.append(([element], [], [True]))
            continue
        if not opened:
            # Neither a code without a field nor an end without a beginning is anything.
            _remove(element)
            continue
        marks, code, in_code = opened[-1]
        marks.append(element)
        if element.tag == _CODE and in_code[0]:
            code.append(element.text or "")
        elif kind == "separate":
            in_code[0] = False
        elif kind == "end":
            opened.pop()
            within = bool(opened and opened[-1][2][0])
            if within or not _is_harmless("".join(code)):
                yield _FIELD
                _drop(marks)
                if within:
                    # The code around it has a hole now.
                    opened[-1][1].append(" ?")
    for marks, code, _ in opened:
        if not _is_harmless("".join(code)):
            yield _FIELD
        _drop(marks)


def _is_harmless(code: str) -> bool:
    words = code.split()
    return bool(words) and words[0].upper() in _FIELDS and "?" not in words and "\\" not in words[0]


def _drop(marks: Iterable[Element]) -> None:
    for mark in marks:
        _remove(mark)
