"""What a workbook's package says of its sheets and names, and changes to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from xlreport.ooxml.package import Package, insert, local, relation_id

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: What the namespaces of ISO 29500 Strict are in the other files.
_SPACES = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
#: What stands behind the names in workbook.xml, in the order of the schema.
_BEHIND_NAMES = [
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]


_VIEW = re.compile(rb"<(?:\w+:)?sheetView\s[^>]*>")
_SELECTED = re.compile(rb"""\stabSelected\s*=\s*["'](?:1|true)["']""")


class Sheet(NamedTuple):
    """A sheet of the list: its title, its kind (“worksheet”, “chartsheet” …), its part, and its element."""

    title: str
    kind: str
    part: str
    element: etree._Element


class Book:
    """The workbook in a package; raises ``KeyError`` where there is none."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.related("", "officeDocument")
        self.root = package.tree(self.part)
        self.space = etree.QName(self.root).namespace or ""

    @property
    def sheets(self) -> list[Sheet]:
        """All sheets, in order."""
        known = {each.id: each for each in self.package.relations(self.part)}
        found = []
        for element in self._list("sheets"):
            relation = known.get(relation_id(element))
            part = relation.part if relation is not None and relation.part in self.package else ""
            found.append(Sheet(element.get("name") or "", relation.kind if relation else "", part, element))
        return found

    def worksheets(self) -> dict[str, str]:
        """Return the part of every worksheet by its title."""
        return {each.title: each.part for each in self.sheets if each.kind == "worksheet" and each.part}

    def tag(self, name: str) -> str:
        """Return an element's name in the namespace of this workbook."""
        return f"{{{self.space}}}{name}"

    def native(self, xml: bytes) -> bytes:
        """Return XML that was made for other files in the namespaces of this workbook."""
        if self.space in _SPACES.values():
            for usual, strict in _SPACES.items():
                xml = xml.replace(f'"{usual}"'.encode(), f'"{strict}"'.encode())
        return xml

    def edited(self) -> None:
        """Say that the list of sheets or names is going to be changed."""
        self.package.edited(self.part)

    def add_sheet(self, title: str, xml: bytes, pattern: str, state: str = "visible") -> str:
        """Add a worksheet behind all others and return its part; ``pattern`` names it, with “{}” for a number."""
        part = self.package.free(pattern)
        self.package.add(part, self.native(xml), SHEET_TYPE)
        relation = self.package.relate(self.part, "worksheet", part)
        self.edited()
        sheets = self._list("sheets")
        number = max((int(each.get("sheetId") or 0) for each in sheets), default=0) + 1
        attributes = {"name": title, "sheetId": str(number)}
        element = etree.SubElement(sheets, self.tag("sheet"), attributes, nsmap={"r": self.relation_space})
        if state != "visible":
            element.set("state", state)
        element.set(f"{{{self.relation_space}}}id", relation)
        return part

    def remove_sheet(self, title: str) -> None:
        """Take a sheet out, the names that belong to it with it; names of other sheets stay with theirs."""
        sheets = self.sheets
        index = next(i for i, each in enumerate(sheets) if each.title == title)
        gone = sheets[index]
        relation = next(
            each for each in self.package.relations(self.part) if each.part == gone.part and gone.part
        )
        self.edited()
        self._list("sheets").remove(gone.element)
        self.package.drop(gone.part)
        self.package.unrelate(self.part, relation.id)
        for name in self.names():
            home = name.get("localSheetId")
            if home is not None and int(home) == index:
                self.remove_name(name)
            elif home is not None and int(home) > index:
                name.set("localSheetId", str(int(home) - 1))
        for view in self._list("bookViews"):
            for attribute in ("activeTab", "firstSheet"):
                if int(view.get(attribute) or 0) > index:
                    view.set(attribute, str(int(view.get(attribute) or 0) - 1))

    def names(self) -> list[etree._Element]:
        """Return the elements of the defined names."""
        return [each for each in self._list("definedNames") if local(each) == "definedName"]

    def name(self, name: str) -> str:
        """Return what a name of the whole workbook refers to; “” without it."""
        found = (e for e in self.names() if e.get("name") == name and e.get("localSheetId") is None)
        element = next(found, None)
        return (element.text or "") if element is not None else ""

    def set_name(self, name: str, text: str, sheet: int | None = None) -> None:
        """Let a name, of the whole workbook or of the sheet with that index, refer to ``text``."""
        self.edited()
        home = None if sheet is None else str(sheet)
        for each in self.names():
            if each.get("name") == name and each.get("localSheetId") == home:
                each.text = text
                return
        listed = self.root.find(self.tag("definedNames"))
        if listed is None:
            listed = etree.Element(self.tag("definedNames"))
            insert(self.root, listed, _BEHIND_NAMES)
        element = etree.SubElement(listed, self.tag("definedName"), {"name": name})
        if home is not None:
            element.set("localSheetId", home)
        element.text = text

    def remove_name(self, name: etree._Element) -> None:
        """Take a name out, the list with the last one."""
        self.edited()
        listed = name.getparent()
        assert listed is not None
        listed.remove(name)
        if not len(listed):
            self.root.remove(listed)

    def show(self, index: int) -> None:
        """Open the workbook at the sheet with that index, which becomes the only one that is selected."""
        self.edited()
        views = self.root.find(self.tag("bookViews"))
        if views is None:
            views = etree.Element(self.tag("bookViews"))
            self._element("sheets").addprevious(views)
        if not len(views):
            etree.SubElement(views, self.tag("workbookView"))
        for view in views:
            view.set("activeTab", str(index))

    def calculate_on_load(self) -> None:
        """Have every formula calculated when the workbook is opened."""
        self.edited()
        settings = self.root.find(self.tag("calcPr"))
        if settings is None:
            settings = etree.Element(self.tag("calcPr"))
            insert(self.root, settings, _BEHIND_NAMES[1:])
        settings.set("fullCalcOnLoad", "1")

    def _list(self, name: str) -> etree._Element:
        found = self.root.find(self.tag(name))
        return found if found is not None else etree.Element(self.tag(name))

    def _element(self, name: str) -> etree._Element:
        found = self.root.find(self.tag(name))
        if found is None:
            raise KeyError(name)
        return found

    @property
    def relation_space(self) -> str:
        """The namespace of references to relations."""
        usual = next(space for space in _SPACES if space.endswith("relationships"))
        return _SPACES[usual] if self.space in _SPACES.values() else usual


def unselected(sheet: bytes) -> bytes:
    """Return the XML of a sheet that is not selected; everything else in it stays byte for byte."""
    return _VIEW.sub(lambda view: _SELECTED.sub(b"", view[0]), sheet)
