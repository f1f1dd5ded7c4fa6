"""What a marked copy does not take over from the user's workbook, since opening or a click would run it or call another computer."""

from __future__ import annotations

import re

from lxml import etree

from xlreport.ooxml.package import Package, local
from xlreport.ooxml.relationships import relations_of
from xlreport.ooxml.workbook import MAIN_TYPE, Book

_EMBEDDED = "嵌入的文件（OLE 对象）"
#: Parts by the beginning of their names, and what they are to a user.
_PARTS = {
    "xl/vbaproject": "宏（VBA 代码）",
    "xl/vbadata": "宏（VBA 代码）",
    "xl/macrosheets/": "宏表",
    "xl/attachedtoolbars": "自定义工具栏",
    "customui": "自定义功能区按钮",
    "xl/activex/": "ActiveX 控件",
    "xl/embeddings/oleobject": _EMBEDDED,
    "xl/webextensions/": "Office 加载项窗格",
    "_xmlsignatures/": "数字签名",
}
#: The same by the kind of relation that leads to them, wherever they lie.
_KINDS = {
    "vbaProject": "宏（VBA 代码）",
    "xlMacrosheet": "宏表",
    "xlIntlMacrosheet": "宏表",
    "attachedToolbars": "自定义工具栏",
    "extensibility": "自定义功能区按钮",
    "control": "ActiveX 控件",
    "activeXControlBinary": "ActiveX 控件",
    "oleObject": _EMBEDDED,
    "webextensiontaskpanes": "Office 加载项窗格",
    "origin": "数字签名",
}
_LINK = "指向其他电脑或本机文件的链接"
#: Places on another computer or on this one's disk: a click sends the user's name and password there, or opens what lies there.
_TARGET = re.compile(r"\s*(?:file:|smb:|\\\\|//|[a-z]:[\\/])", re.IGNORECASE)
_FORMULA = re.compile(r"""HYPERLINK\(\s*"\s*(?:file:|smb:|\\\\|//|[a-z]:[\\/])""", re.IGNORECASE)
#: Names that run something by themselves.
_AUTOMATIC = re.compile(r"(?:_xlnm[._])?auto_(?:open|close|activate|deactivate)", re.IGNORECASE)


def drop_unsafe(package: Package, book: Book) -> list[str]:
    """Take programs, such links and such names out of the package; return a Chinese sentence for each."""
    dropped = [*_programs(package, book), *_links(package, book), *_formulas(package, book)]
    for name in book.names():
        if _AUTOMATIC.match(name.get("name") or ""):
            book.remove_name(name)
            dropped.append(f"自动运行的名称“{name.get('name')}”")
    return [f"{kind}没有保留，请到原文件查看" for kind in dict.fromkeys(dropped)]


def _programs(package: Package, book: Book) -> list[str]:
    found: dict[str, str] = {}
    for name in package.names:
        kind = next((kind for head, kind in _PARTS.items() if name.lower().startswith(head)), "")
        if kind and not name.endswith(".rels"):
            found[name] = kind
        for relation in package.relations(name):
            if relation.part in package and relation.kind in _KINDS:
                found[relation.part] = _KINDS[relation.kind]
            elif relation.part in package and relation.kind == "package" and _is_sheet(book, name):
                found[relation.part] = _EMBEDDED
    for relation in package.relations(""):
        if relation.part in package and relation.kind in _KINDS:
            found[relation.part] = _KINDS[relation.kind]
    for sheet in book.sheets:
        if sheet.part in found:
            book.remove_sheet(sheet.title)
    for name in found:
        package.drop(name)
    gone = {name.lower() for name in found}
    for name in ["", *package.names]:
        for relation in package.relations(name):
            if relation.part.lower() in gone:
                package.unrelate(name, relation.id)
                if _is_sheet(book, name):
                    _drop_object(package.edited(name), relation.id)
    if package.content_type(book.part) != MAIN_TYPE:
        package.set_content_type(book.part, MAIN_TYPE)
    return [*found.values(), *_other_programs(package)]


def _is_sheet(book: Book, part: str) -> bool:
    return any(sheet.part == part for sheet in book.sheets)


def _drop_object(sheet: etree._Element, relation: str) -> None:
    """Take an object or a control out of a sheet, with the alternatives around it and the list when nothing is left in it."""
    for element in [e for e in sheet.iter("{*}oleObject", "{*}control") if _points_to(e, relation)]:
        _drop_upwards(element, sheet)


def _drop_upwards(element: etree._Element, top: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    blank = not len(parent) or (local(parent) == "AlternateContent" and local(parent[0]) == "Fallback")
    if parent is not top and blank and local(parent) != "Fallback":
        _drop_upwards(parent, top)


def _points_to(element: etree._Element, relation: str) -> bool:
    return any(str(name).endswith("}id") and value == relation for name, value in element.attrib.items())


def _other_programs(package: Package) -> list[str]:
    """Links that start a program to ask it for values are emptied, since formulas count them by their order."""
    dropped = []
    for name in package.names:
        if name.startswith("xl/externalLinks/") and name.endswith(".xml"):
            started = [e for e in package.tree(name) if local(e) in ("ddeLink", "oleLink")]
            for element in started:
                package.edited(name).remove(element)
                dropped.append("向其他程序取数的链接（DDE）")
    return dropped


def _links(package: Package, book: Book) -> list[str]:
    titles = {sheet.part: sheet.title for sheet in book.sheets}
    dropped = []
    for name in package.names:
        if relations_of(name) not in package:
            continue
        for relation in package.relations(name):
            if relation.kind != "hyperlink" or not _TARGET.match(relation.target) or relation.part:
                continue
            package.unrelate(name, relation.id)
            root = package.edited(name)
            for element in [e for e in root.iter("{*}*") if _points_to(e, relation.id)]:
                where = f"工作表“{titles[name]}”{element.get('ref')} " if name in titles else "图形上"
                dropped.append(f"{where}{_LINK}")
                _drop_upwards(element, root)
    return dropped


def _formulas(package: Package, book: Book) -> list[str]:
    dropped = []
    for title, part in book.worksheets().items():
        if b"HYPERLINK" not in package.content(part).upper():
            continue
        for cell in [e for e in package.tree(part).iter("{*}c") if _FORMULA.search(e.findtext("{*}f") or "")]:
            package.edited(part)
            drop_formula(package, book, part, cell)
            for value in cell.findall("{*}v"):
                cell.remove(value)
            cell.attrib.pop("t", "")
            dropped.append(f"工作表“{title}”{cell.get('r')} {_LINK}公式")
    return dropped


def drop_formula(package: Package, book: Book, part: str, cell: etree._Element) -> None:
    """Take the formula out of a cell; cells that share it keep their values."""
    formula = cell.find("{*}f")
    if formula is None:
        return
    shared = formula.get("si") if formula.get("t") == "shared" and formula.text else None
    cell.remove(formula)
    if shared is not None:
        for each in [e for e in package.tree(part).iter("{*}f") if e.get("si") == shared]:
            each.getparent().remove(each)  # type: ignore[union-attr]
    forget_order(package, book)


def forget_order(package: Package, book: Book) -> None:
    """Drop the order in which formulas were calculated, which every program finds anew: a cell in it that has no formula is damage."""
    for relation in package.relations(book.part):
        if relation.kind == "calcChain":
            package.unrelate(book.part, relation.id)
            package.drop(relation.part)
