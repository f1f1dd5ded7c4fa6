"""The notes of a sheet: their texts in one part, their boxes in a drawing that is changed as text, since programs write it as they like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from xlreport.ooxml.addresses import Spot, address_of, spot_of
from xlreport.ooxml.cells import notes_drawing, set_notes_drawing
from xlreport.ooxml.package import Package, said_by
from xlreport.ooxml.workbook import MAIN, Book

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENTS, _DRAWING = "xl/xlreportNotes{}.xml", "xl/drawings/xlreportNotes{}.vml"
_OURS = "xlreportNotes"
XML = "http://www.w3.org/XML/1998/namespace"
_SHAPE = re.compile(r"<(\w+:)?shape\s[^>]*>.*?</(?:\w+:)?shape>", re.DOTALL)
_ROW, _COLUMN = (re.compile(rf"<(?:\w+:)?{name}>\s*(\d+)\s*</") for name in ("Row", "Column"))
_ANCHOR = re.compile(r"<(?:\w+:)?Anchor>[^<]*</(?:\w+:)?Anchor>")
_STYLE = re.compile(r"""\sstyle\s*=\s*(["'])(.*?)\1""", re.DOTALL)
_LENGTH = re.compile(r"(^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|px)", re.IGNORECASE)
_PIXELS = {"pt": 4 / 3, "px": 1.0}
_VISIBLE = re.compile(r"<(?:\w+:)?Visible\s*(?:/>|>)")
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_EMPTY = "<xml " + " ".join(f'xmlns:{p}="{s}"' for p, s in _SPACES.items()) + "></xml>"
_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe" class="xlreport">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    '<v:shape id="xlreport_{row}_{column}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
    'width:{width}px;height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"{spaces}>'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


class Size(NamedTuple):
    """How large a note is, in pixels."""

    width: float
    height: float


class Note(NamedTuple):
    """A note as it stands: text, author and size (0 × 0 where nothing says it), and its XML, that of the text and that of the box."""

    text: str
    author: str
    size: Size
    visible: bool
    comment: str
    box: str


class Notes:
    """The notes of one sheet, read; what ``put`` and ``remove`` change is in the package after ``finish``."""

    def __init__(self, package: Package, book: Book, sheet: str) -> None:
        self._package, self._book, self._sheet = package, book, sheet
        self._part = package.related(sheet, "comments")
        drawing = notes_drawing(package.tree(sheet))
        relations = {each.id: each.part for each in package.relations(sheet)}
        self._drawing = relations.get(drawing[1], "") if drawing else ""
        if self._drawing not in package:
            self._drawing = ""
        found = package.tree(self._part).iter("{*}comment") if self._part else ()
        self._elements: dict[Spot, etree._Element] = {}
        for element in found:
            spot = spot_of(element.get("ref") or "")
            if spot is not None:
                self._elements.setdefault(spot, element)
        # Byte by byte, since the encoding may be any; what is added is ASCII.
        self._take(package.content(self._drawing).decode("latin-1") if self._drawing else "")
        self._changed = False

    def _take(self, vml: str) -> None:
        """Cut a drawing into the boxes of notes and what stands between them, so that a box is found and changed without a look at all others."""
        self._boxes: dict[Spot, int] = {}
        self._pieces: list[str] = []
        done = 0
        for spot, found in _boxes(vml):
            self._pieces += [vml[done : found.start()], found[0]]
            self._boxes[spot] = len(self._pieces) - 1
            done = found.end()
        rest, end, behind = vml[done:].rpartition("</xml>")
        self._pieces.append(rest)
        self._end = end + behind
        self._has_kind = 'id="_x0000_t202"' in vml
        missing = [
            prefix for prefix, space in _SPACES.items() if vml and f'xmlns:{prefix}="{space}"' not in vml
        ]
        self._missing = "".join(f' xmlns:{prefix}="{_SPACES[prefix]}"' for prefix in missing)

    def get(self, spot: Spot) -> Note | None:
        """Return the note at a place; ``None`` without one."""
        element = self._elements.get(spot)
        if element is None:
            return None
        box = self._box(spot)
        number = int(element.get("authorId") or 0)
        authors = self._package.tree(self._part).findall("{*}authors/{*}author")
        author = authors[number].text or "" if number < len(authors) else ""
        xml = etree.tostring(element, encoding="unicode", with_tail=False)
        return Note(text_of(element), author, _size(box), bool(_VISIBLE.search(box)), xml, box)

    def all(self) -> dict[Spot, Note]:
        """Return every note by its place."""
        return {spot: note for spot in self._elements if (note := self.get(spot)) is not None}

    def put(self, spot: Spot, text: str, author: str, size: Size) -> None:
        """Add a note to a place that has none."""
        self._changed = True
        root = self._comments()
        element = etree.SubElement(_child(root, "commentList"), self._book.tag("comment"))
        element.set("ref", address_of(spot))
        element.set("authorId", str(self._author(root, author)))
        self._elements[spot] = element
        _run(etree.SubElement(element, self._book.tag("text")), text)
        self._add_box(spot, size)

    def append(self, spot: Spot, text: str, size: Size) -> None:
        """Add text below that of the note at a place, and make its box as large as ``size``."""
        _append(self._edited(spot), text)
        self._enlarge(spot, size)

    def restore(self, spot: Spot, comment: str, box: str, ours: str) -> bool:
        """Put the note with this XML back where only ``ours`` was appended to it since; return whether that was so."""
        element = self._elements.get(spot)
        if element is None:
            return False
        former = etree.fromstring(comment)
        expected = deepcopy(former)
        _append(expected, ours)
        if said_by(expected) != said_by(element):
            return False
        self._changed = True
        self._package.edited(self._part)
        former.tail = element.tail
        parent = element.getparent()
        assert parent is not None
        parent.replace(element, former)
        self._elements[spot] = former
        if box and _without_size(self._box(spot)) == _without_size(box):
            self._pieces[self._boxes[spot]] = box
        return True

    def rewrite(self, spot: Spot, text: str, size: Size | None) -> None:
        """Let the note at a place say ``text``; runs that stay keep their looks."""
        _cut_to(self._edited(spot), text)
        if size is not None:
            self._enlarge(spot, size)

    def remove(self, spot: Spot) -> None:
        """Take the note at a place away."""
        element = self._elements.pop(spot, None)
        if element is None:
            return
        self._changed = True
        parent = element.getparent()
        assert parent is not None
        self._package.edited(self._part)
        parent.remove(element)
        if spot in self._boxes:
            self._pieces[self._boxes.pop(spot)] = ""

    def finish(self, author: str) -> None:
        """Write what was changed into the package; what was made here and holds nothing any more goes, as does ``author``."""
        if not self._changed:
            return
        package = self._package
        root = package.edited(self._part)
        self._forget(root, author)
        if _OURS in self._part and not len(_child(root, "commentList")):
            package.unrelate(self._sheet, self._relation(self._part))
            package.drop(self._part)
            self._part = ""
        vml = "".join(self._pieces) + self._end
        if 'class="xlreport"' in vml and not any("xlreport_" in self._box(spot) for spot in self._boxes):
            vml = vml.replace(_KIND, "", 1)
        if _OURS in self._drawing and not self._boxes:
            drawing = notes_drawing(package.edited(self._sheet))
            package.unrelate(self._sheet, self._relation(self._drawing))
            package.drop(self._drawing)
            if drawing is not None:
                package.tree(self._sheet).remove(drawing[0])
        elif self._drawing:
            package.replace(self._drawing, vml.encode("latin-1"))

    def _relation(self, part: str) -> str:
        return next(each.id for each in self._package.relations(self._sheet) if each.part == part)

    def _edited(self, spot: Spot) -> etree._Element:
        self._changed = True
        self._package.edited(self._part)
        return self._elements[spot]

    def _comments(self) -> etree._Element:
        if not self._part:
            self._part = self._package.free(_COMMENTS)
            empty = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
            self._package.add(self._part, self._book.native(empty.encode()), _COMMENTS_TYPE)
            self._package.relate(self._sheet, "comments", self._part)
        return self._package.edited(self._part)

    def _author(self, root: etree._Element, author: str) -> int:
        authors = _child(root, "authors")
        names = [each.text or "" for each in authors]
        if author not in names:
            etree.SubElement(authors, self._book.tag("author")).text = author
            names.append(author)
        return names.index(author)

    def _forget(self, root: etree._Element, author: str) -> None:
        authors = _child(root, "authors")
        last = len(authors) - 1
        used = {int(each.get("authorId") or 0) for each in root.iter("{*}comment")}
        if last >= 0 and authors[last].text == author and last not in used:
            authors.remove(authors[last])

    def _box(self, spot: Spot) -> str:
        return self._pieces[self._boxes[spot]] if spot in self._boxes else ""

    def _add_box(self, spot: Spot, size: Size) -> None:
        if not self._drawing:
            package = self._package
            self._drawing = package.free(_DRAWING)
            self._take(_EMPTY)
            package.replace(self._drawing, b"")
            package.know_ending("vml", _DRAWING_TYPE)
            relation = package.relate(self._sheet, "vmlDrawing", self._drawing)
            set_notes_drawing(package.edited(self._sheet), self._book.relation_space, relation)
        if not self._has_kind:
            self._pieces.append(_KIND)
            self._has_kind = True
        width, height = (round(length) for length in size)
        place = {"row": spot[0] - 1, "column": spot[1] - 1}
        self._pieces.append(_BOX.format(**place, width=width, height=height, spaces=self._missing))
        self._boxes[spot] = len(self._pieces) - 1

    def _enlarge(self, spot: Spot, size: Size) -> None:
        if spot in self._boxes:
            self._pieces[self._boxes[spot]] = enlarged(self._box(spot), size)


def discussed(package: Package, sheet: str) -> set[Spot]:
    """Return the places of a sheet with a threaded comment, whose note is the program's own."""
    spots: set[Spot] = set()
    for relation in package.relations(sheet):
        if relation.kind == "threadedComment" and relation.part in package:
            refs = (e.get("ref") or "" for e in package.tree(relation.part).iter("{*}threadedComment"))
            spots |= {spot for ref in refs if (spot := spot_of(ref)) is not None}
    return spots


def enlarged(box: str, size: Size) -> str:
    """Return a note's box with another size, which holds only where no anchor says otherwise."""
    lengths = {"width": f"{round(size.width)}px", "height": f"{round(size.height)}px"}

    def style(found: re.Match[str]) -> str:
        text = _LENGTH.sub(lambda m: f"{m[1]}{m[2]}:{lengths[m[2].lower()]}", found[2])
        return f" style={found[1]}{text}{found[1]}"

    return _ANCHOR.sub("", _STYLE.sub(style, box, count=1))


def text_of(comment: etree._Element) -> str:
    """Return the text of a note, without what is only said aloud."""
    text = comment.find("{*}text")
    if text is None:
        return ""
    own = [text.find("{*}t"), *(run.find("{*}t") for run in text.findall("{*}r"))]
    return "".join(each.text or "" for each in own if each is not None)


def _append(comment: etree._Element, text: str) -> None:
    found = comment.find("{*}text")
    space = etree.QName(comment).namespace
    if found is None:
        found = etree.SubElement(comment, f"{{{space}}}text")
    plain = found.find("{*}t")
    if plain is not None:
        # A text beside runs is allowed, but no program writes it.
        run = etree.Element(f"{{{space}}}r")
        found.replace(plain, run)
        run.append(plain)
    _run(found, text)


def _run(text: etree._Element, words: str) -> None:
    space = etree.QName(text).namespace
    run = etree.Element(f"{{{space}}}r")
    inner = etree.SubElement(run, f"{{{space}}}t")
    inner.text = words
    inner.set(f"{{{XML}}}space", "preserve")
    # Behind the last run, before what is said aloud.
    runs = text.findall("{*}r")
    if runs:
        runs[-1].addnext(run)
    else:
        text.insert(0, run)


def _cut_to(comment: etree._Element, wanted: str) -> None:
    """Take out of a note's texts what is not in ``wanted``, or write it anew where that is more than one piece."""
    now = text_of(comment)
    head = next(
        (i for i, (a, b) in enumerate(zip(now, wanted, strict=False)) if a != b), min(len(now), len(wanted))
    )
    tail = len(wanted) - head
    start, end = head, len(now) - tail
    if end < start or now[:start] + now[end:] != wanted:
        for run in comment.findall("{*}text/{*}r")[1:]:
            run.getparent().remove(run)  # type: ignore[union-attr]
        first = comment.find("{*}text//{*}t")
        if first is not None:
            first.text = wanted
        return
    at = 0
    for piece in [*comment.findall("{*}text/{*}t"), *comment.findall("{*}text/{*}r/{*}t")]:
        words = piece.text or ""
        left, right = max(start - at, 0), max(min(end - at, len(words)), 0)
        if left < right:
            piece.text = words[:left] + words[right:]
            piece.set(f"{{{XML}}}space", "preserve")
        at += len(words)
    for run in comment.findall("{*}text/{*}r"):
        if not run.findtext("{*}t") and len(comment.findall("{*}text/{*}r")) > 1:
            run.getparent().remove(run)  # type: ignore[union-attr]


def _boxes(vml: str) -> Iterator[tuple[Spot, re.Match[str]]]:
    for found in _SHAPE.finditer(vml):
        row, column = _ROW.search(found[0]), _COLUMN.search(found[0])
        if row and column and re.search(r"""ObjectType\s*=\s*["']Note["']""", found[0]):
            yield (int(row[1]) + 1, int(column[1]) + 1), found


def _size(box: str) -> Size:
    found = _STYLE.search(box)
    lengths = {
        m[2].lower(): float(m[3]) * _PIXELS[m[4].lower()] for m in _LENGTH.finditer(found[2] if found else "")
    }
    return Size(lengths.get("width", 0), lengths.get("height", 0))


def _without_size(box: str) -> str:
    return enlarged(box, Size(0, 0))


def _child(root: etree._Element, name: str) -> etree._Element:
    found = root.find(f"{{*}}{name}")
    if found is None:
        found = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{name}")
    return found
