"""A package in memory: its parts by name, their relations and content types, written back with every part that nobody changed as it was."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Collection, Mapping

from lxml import etree

from xlreport.ooxml.relationships import Relation, relation_of, relations_of

#: The date that a written package bears, the earliest that a zip holds: equal parts give equal bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
# Without huge_tree, lxml refuses depths and lengths that no Office program writes.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class Package:
    """The parts of a package; raises ``KeyError`` for one that is not there, ``etree.XMLSyntaxError`` for one that is no XML."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._parts = {name: zipped.read(name) for name in zipped.namelist() if not name.endswith("/")}
        self._names = {name.lower(): name for name in self._parts}
        self._trees: dict[str, etree._Element] = {}
        self._dirty: dict[str, None] = {}

    @property
    def names(self) -> list[str]:
        """The names of all parts, in order."""
        return list(self._parts)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def content(self, name: str) -> bytes:
        """Return a part as it stands."""
        name = self._names[name.lower()]
        if name in self._dirty:
            root = self._trees[name]
            self._parts[name] = etree.tostring(
                root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
            )
            del self._dirty[name]
        return self._parts[name]

    def tree(self, name: str) -> etree._Element:
        """Return the root element of a part, to be read."""
        name = self._names[name.lower()]
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self._parts[name], _PARSER)
        return self._trees[name]

    def edited(self, name: str) -> etree._Element:
        """Return the root element of a part that is going to be changed."""
        root = self.tree(name)
        self._dirty[self._names[name.lower()]] = None
        return root

    def replace(self, name: str, content: bytes) -> None:
        """Put ``content`` in the place of a part, or behind all others."""
        name = self._names.setdefault(name.lower(), name)
        self._parts[name] = content
        self._trees.pop(name, None)
        self._dirty.pop(name, None)

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """Add a part of a type that only its name tells."""
        self.replace(name, content)
        types = self.edited(_TYPES)
        etree.SubElement(
            types, f"{{{_TYPES_SPACE}}}Override", {"PartName": f"/{name}", "ContentType": content_type}
        )

    def drop(self, name: str) -> None:
        """Take a part out, its relations and its content type with it; one that is not there does no harm."""
        for each in (name, relations_of(name)):
            found = self._names.pop(each.lower(), None)
            if found is not None:
                self._parts.pop(found)
                self._trees.pop(found, None)
                self._dirty.pop(found, None)
        for each_type in self.tree(_TYPES):
            if (each_type.get("PartName") or "").lower() == f"/{name}".lower():
                self.edited(_TYPES).remove(each_type)

    def content_type(self, name: str) -> str:
        """Return the content type of a part; “” where none is declared."""
        wanted, ending = f"/{name}".lower(), name.rpartition(".")[2].lower()
        default = ""
        for each in self.tree(_TYPES):
            if (each.get("PartName") or "").lower() == wanted:
                return each.get("ContentType") or ""
            if (each.get("Extension") or "").lower() == ending:
                default = each.get("ContentType") or ""
        return default

    def set_content_type(self, name: str, content_type: str) -> None:
        """Declare another type for a part that has one by its name."""
        for each in self.tree(_TYPES):
            if (each.get("PartName") or "").lower() == f"/{name}".lower():
                self.edited(_TYPES)
                each.set("ContentType", content_type)

    def know_ending(self, ending: str, content_type: str) -> None:
        """Declare the type of all parts with an ending, where it is not yet."""
        if not any((each.get("Extension") or "").lower() == ending for each in self.tree(_TYPES)):
            default = etree.Element(
                f"{{{_TYPES_SPACE}}}Default", {"Extension": ending, "ContentType": content_type}
            )
            self.edited(_TYPES).insert(0, default)

    def relations(self, name: str) -> list[Relation]:
        """Return what a part (“” for the package itself) refers to."""
        listing = relations_of(name)
        return (
            [relation_of(name, dict(each.attrib)) for each in self.tree(listing)] if listing in self else []
        )

    def related(self, name: str, kind: str) -> str:
        """Return the first part of a kind that a part refers to and that is there; “” if there is none."""
        return next(
            (each.part for each in self.relations(name) if each.kind == kind and each.part in self), ""
        )

    def relate(self, name: str, kind: str, part: str) -> str:
        """Let a part refer to another one, and return the id of the relation."""
        listing = relations_of(name)
        if listing not in self or not len(self.tree(listing)):
            # A list of nothing is as good as none, and goes when it becomes one again.
            self.drop(listing)
            self.replace(listing, f'<Relationships xmlns="{_RELATIONS_SPACE}"/>'.encode())
        root = self.edited(listing)
        used = {each.get("Id") for each in root}
        number = next(n for n in range(1, len(used) + 2) if f"rId{n}" not in used)
        office = _OFFICE_STRICT if self.is_strict else _OFFICE
        target = posixpath.relpath(f"/{part}", f"/{posixpath.dirname(name)}")
        etree.SubElement(
            root,
            f"{{{_RELATIONS_SPACE}}}Relationship",
            {"Id": f"rId{number}", "Type": f"{office}/{kind}", "Target": target},
        )
        return f"rId{number}"

    def unrelate(self, name: str, id: str) -> None:
        """Take a relation away; a part that then refers to nothing has no list of relations."""
        listing = relations_of(name)
        root = self.edited(listing)
        for each in list(root):
            if each.get("Id") == id:
                root.remove(each)
        if not len(root):
            self.drop(listing)

    def free(self, pattern: str) -> str:
        """Return the first name of a part that is not taken; ``pattern`` has “{}” for a number."""
        return next(name for n in range(1, len(self._parts) + 2) if (name := pattern.format(n)) not in self)

    @property
    def is_strict(self) -> bool:
        """True for a package in the namespaces of ISO 29500 Strict."""
        roots = self.tree("_rels/.rels")
        return any((each.get("Type") or "").startswith(_OFFICE_STRICT) for each in roots)

    def zipped(self) -> bytes:
        """Return the package as the bytes of a file."""
        return zipped({name: self.content(name) for name in self._parts})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as the bytes of a file, in their order: the same bytes whenever and on whatever system it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, content)
    return buffer.getvalue()


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; “” for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def insert(parent: etree._Element, element: etree._Element, followers: Collection[str]) -> None:
    """Put an element into another one where the schema wants it: in front of the first that is named as one of its ``followers``, else last."""
    following = next((each for each in parent if local(each) in followers), None)
    if following is None:
        parent.append(element)
    else:
        following.addprevious(element)


def relation_id(element: etree._Element) -> str:
    """Return the id of the relation that an element names, “” for none."""
    return next((str(v) for n, v in element.attrib.items() if str(n).endswith("}id")), "")


#: What an element says, whatever prefixes it is written with.
Said = tuple[str, tuple[tuple[str, str], ...], str, tuple["Said", ...]]


def said_by(element: etree._Element) -> Said:
    """Return what an element says: equal for two that any reader takes for the same."""
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.attrib.items()))
    children = tuple(said_by(child) for child in element if isinstance(child.tag, str))
    return str(element.tag), attributes, "" if children else element.text or "", children
