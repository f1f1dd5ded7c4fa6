"""The formats of a workbook, added to behind those that are there, and cut back to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from xlreport.ooxml.package import Package, Said, insert, said_by
from xlreport.ooxml.workbook import MAIN, Book

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LEAST = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
#: The lists in the order of the schema; those that are added to.
_ORDER = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]
_GROWING = ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs")
#: Numbers of formats from which on they are a workbook's own.
_OWN_FORMATS = 164
#: By this extension the lists' lengths are known that they had before; a program that saves the workbook anew drops it.
_URI = "{6E3C1F52-58B7-4D0C-9E43-2F1D7A90C5E8}"
_REFERENCE = re.compile(rb"""\s(?:s|style)\s*=\s*["'](\d{1,6})["']""")
_OURS = "urn:xlreport:styles"


class Styles:
    """The formats of a workbook; one without any gets the least there can be."""

    def __init__(self, package: Package, book: Book) -> None:
        self.part = package.related(book.part, "styles")
        if not self.part:
            self.part = package.free("xl/styles{}.xml") if "xl/styles.xml" in package else "xl/styles.xml"
            package.add(self.part, book.native(_LEAST.encode()), _STYLES_TYPE)
            package.relate(book.part, "styles", self.part)
        self._package = package
        self.root = package.edited(self.part)
        self._space = etree.QName(self.root).namespace
        self._complete(book)
        self._known: dict[str, dict[Said, int]] = {}

    def _complete(self, book: Book) -> None:
        """What cells without a format show must be there before anything is added behind it."""
        least = etree.fromstring(book.native(_LEAST.encode()))
        for name in ("fonts", "fills", "borders", "cellXfs"):
            listed = self._list(name, make=True)
            if not len(listed):
                listed.extend(least.findall(f"{{*}}{name}/*"))
                listed.set("count", str(len(listed)))

    def remember_lengths(self) -> None:
        """Note how long the lists are, so that what is added from now on can be taken away again."""
        extensions = self._list("extLst", make=True)
        extension = etree.SubElement(extensions, self._tag("ext"), {"uri": _URI}, nsmap={"xlr": _OURS})
        lengths = {name: str(-1 if (found := self._list(name)) is None else len(found)) for name in _GROWING}
        etree.SubElement(extension, f"{{{_OURS}}}lengths", lengths)

    def cut_back(self, used: Iterable[int]) -> None:
        """Take away what was added since the lengths were noted, unless one of the formats ``used`` is among it."""
        extensions = self._list("extLst")
        found = self.root.find(f"{{*}}extLst/{{*}}ext[@uri='{_URI}']/{{{_OURS}}}lengths")
        if found is None or extensions is None:
            return
        lengths = {name: int(found.get(name) or -1) for name in _GROWING}
        if max(used, default=0) >= lengths["cellXfs"]:
            return
        for name, length in lengths.items():
            listed = self._list(name)
            if listed is None:
                continue
            if length < 0:
                self.root.remove(listed)
                continue
            if len(listed) > length:
                del listed[length:]
                listed.set("count", str(length))
        extension = found.getparent()
        assert extension is not None
        extensions.remove(extension)
        if not len(extensions):
            self.root.remove(extensions)
        self._known.clear()

    def fill(self, style: int) -> etree._Element:
        """Return the fill of the format with that index."""
        fills = self._list("fills", make=True)
        number = int(self._format(style).get("fillId") or 0)
        return fills[number] if number < len(fills) else etree.Element(self._tag("fill"))

    def with_fill(self, style: int, fill: etree._Element) -> int:
        """Return the index of the format that is like another one but for its fill."""
        changed = deepcopy(self._format(style))
        changed.set("fillId", str(self._index("fills", fill)))
        changed.set("applyFill", "1")
        return self._index("cellXfs", changed)

    def differ_in_fill_only(self, one: int, other: int) -> bool:
        """True for two formats that are the same but for their fills."""
        pair = [deepcopy(self._format(style)) for style in (one, other)]
        for each in pair:
            for attribute in ("fillId", "applyFill"):
                each.attrib.pop(attribute, "")
        return said_by(pair[0]) == said_by(pair[1])

    def solid(self, rgb: str) -> etree._Element:
        """Return the fill of one colour."""
        fill = etree.Element(self._tag("fill"))
        pattern = etree.SubElement(fill, self._tag("patternFill"), {"patternType": "solid"})
        etree.SubElement(pattern, self._tag("fgColor"), {"rgb": f"FF{rgb}"})
        etree.SubElement(pattern, self._tag("bgColor"), {"indexed": "64"})
        return fill

    def taken_over(self, root: etree._Element) -> tuple[dict[int, int], dict[int, int]]:
        """Add the formats of another workbook (in the namespace of this one); return their indices here: of cells, and of conditions."""
        formats = {int(e.get("numFmtId") or 0): e for e in root.iterfind("{*}numFmts/{*}numFmt")}
        others = {name: root.find(f"{{*}}{name}") for name in _GROWING}
        cells, conditions = {}, {}
        for number, each in enumerate(others["cellXfs"] if others["cellXfs"] is not None else ()):
            copy = deepcopy(each)
            for attribute, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
                listed = others[name]
                if listed is not None and copy.get(attribute) is not None:
                    copy.set(attribute, str(self._index(name, listed[int(copy.get(attribute) or 0)])))
            own = formats.get(int(copy.get("numFmtId") or 0))
            if own is not None:
                copy.set("numFmtId", str(self._number_format(own.get("formatCode") or "General")))
            copy.set("xfId", "0")
            cells[number] = self._index("cellXfs", copy)
        for number, each in enumerate(others["dxfs"] if others["dxfs"] is not None else ()):
            conditions[number] = self._index("dxfs", each)
        return cells, conditions

    def _number_format(self, code: str) -> int:
        listed = self._list("numFmts", make=True)
        known = {e.get("formatCode"): int(e.get("numFmtId") or 0) for e in listed}
        if code not in known:
            known[code] = max([_OWN_FORMATS - 1, *known.values()]) + 1
            attributes = {"numFmtId": str(known[code]), "formatCode": code}
            etree.SubElement(listed, self._tag("numFmt"), attributes)
            listed.set("count", str(len(listed)))
        return known[code]

    def _format(self, style: int) -> etree._Element:
        formats = self._list("cellXfs", make=True)
        if style < len(formats):
            return formats[style]
        return etree.Element(
            self._tag("xf"), {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
        )

    def _index(self, name: str, element: etree._Element) -> int:
        """Return where an element stands in a list, added behind the others where it is not there yet."""
        listed = self._list(name, make=True)
        if name not in self._known:
            self._known[name] = {}
            for number, each in enumerate(listed):
                self._known[name].setdefault(said_by(each), number)
        known, wanted = self._known[name], said_by(element)
        if wanted not in known:
            known[wanted] = len(listed)
            listed.append(deepcopy(element))
            listed.set("count", str(len(listed)))
        return known[wanted]

    def _list(self, name: str, make: bool = False) -> etree._Element:
        found = self.root.find(self._tag(name))
        if found is None and make:
            found = etree.Element(self._tag(name))
            insert(self.root, found, _ORDER[_ORDER.index(name) + 1 :])
        return found  # type: ignore[return-value]  # None only where it is asked whether there is one

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"


def formats_in(sheet: bytes) -> set[int]:
    """Return the indices of the formats to which the XML of a sheet refers."""
    return {int(number) for number in _REFERENCE.findall(sheet)}
