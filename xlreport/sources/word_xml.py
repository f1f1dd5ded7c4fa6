"""The XML of Word documents: names, and what single elements say."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

from xlreport.sources.left_out import DELETIONS, PLACEHOLDER, LeftOut

Element: TypeAlias = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML = "{urn:schemas-microsoft-com:vml}"

#: What is not in the final text: field codes, and what belongs to the page.
DROPPED = {
    f"{W}{name}"
    for name in (
        *("delText", "instrText", "delInstrText", "rPr", "pPr", "tblPr", "tblGrid", "sdtPr", "sdtEndPr"),
        *("trPr", "tcPr", "sectPr", "rt"),
    )
}
#: What was deleted, or moved to another place.
DELETED = {f"{W}del", f"{W}moveFrom"}
_WRITTEN = (f"{W}t", f"{W}delText", f"{MATH}t")
#: Namespaces of which Word knows what is in them; an alternative that needs another one is passed over.
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
#: No program writes more choices of one thing.
_MOST_CHOICES = 16
_CONTENTS = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery[@{W}val='Table of Contents']"
_OFF = ("0", "false", "off", "none")
_MEASURE = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)(pt|in|cm|mm|pc|pi)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}


def chosen(alternatives: Element) -> Element:
    """Return the first choice that Word understands, else the fallback; one of them, never both."""
    for choice in islice(alternatives.iterfind(f"{MC}Choice"), _MOST_CHOICES):
        needs = (choice.get("Requires") or "").split()
        if all((choice.nsmap.get(prefix) or "").startswith(_KNOWN) for prefix in needs):
            return choice
    fallback = alternatives.find(f"{MC}Fallback")
    return fallback if fallback is not None else ()


def is_known(element: Element) -> bool:
    """True for an element of Word's own; what is wrapped in another program's is not shown."""
    tag = element.tag
    return isinstance(tag, str) and tag.startswith((W, MC, MATH))


def boxes_in(element: Iterable[Element], shown: bool = True) -> Iterator[tuple[Element, bool]]:
    """Yield the text boxes which are in no other one, and whether the page shows them."""
    for each in element:
        if each.tag == f"{W}txbxContent":
            yield each, shown
        elif each.tag == f"{MC}AlternateContent":
            yield from boxes_in(chosen(each), shown)
        elif isinstance(each.tag, str):
            yield from boxes_in(each, shown and not _is_hidden_shape(each))


def _is_hidden_shape(element: Element) -> bool:
    if element.tag.startswith(VML):
        return "visibility:hidden" in "".join((element.get("style") or "").split()).lower()
    return any(
        isinstance(each.tag, str) and each.tag.endswith("}docPr") and each.get("hidden") in ("1", "true")
        for each in element
    )


def unwrapped(parent: Iterable[Element], tags: Container[str], left_out: LeftOut) -> Iterator[Element]:
    """Yield the elements with these tags, whatever they are wrapped in; ``left_out`` hears what was deleted, and what is a prompt."""
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag == f"{W}sdt":
            if is_placeholder(element):
                left_out.add(PLACEHOLDER, written_in(element))
            elif element.find(_CONTENTS) is None:
                for inner in element.findall(f"{W}sdtContent"):
                    yield from unwrapped(inner, tags, left_out)
        elif element.tag == f"{MC}AlternateContent":
            yield from unwrapped(chosen(element), tags, left_out)
        elif element.tag in DELETED:
            left_out.add(DELETIONS, written_in(element))
        elif element.tag not in DROPPED and is_known(element):
            yield from unwrapped(element, tags, left_out)


def is_placeholder(control: Element) -> bool:
    """True for a content control that shows what to fill in, which is nobody's data."""
    return is_on(child(child(control, "sdtPr"), "showingPlcHdr"))


def written_in(element: Element) -> str:
    """Return all text in an element, shown or not."""
    return "".join(part.text or "" for part in element.iter(*_WRITTEN))


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of Word's own of that name; ``None`` where there is none, or no element."""
    # To have lxml look a path up takes longer than to go through the few children; properties come first.
    tag = f"{W}{name}"
    for each in element if element is not None else ():
        if each.tag == tag:
            return each
    return None


def children(element: Element | None) -> dict[str, Element]:
    """Return what stands in properties by its name, the first of each: looked through once, however much is asked of it."""
    found: dict[str, Element] = {}
    if element is not None:
        for each in element:
            found.setdefault(each.tag, each)
    return found


def value(element: Element | None) -> str:
    """Return what an element says (“” where it is missing)."""
    return "" if element is None else str(element.get(f"{W}val") or "")


def number(element: Element | None, most: int = 99_999) -> int:
    """Return the number that an element says, ``most`` where it is larger; 0 for anything else."""
    text = value(element)
    if not (text.isascii() and text.isdecimal()):
        return 0
    return most if len(text) > len(str(most)) else min(int(text), most)


@lru_cache(maxsize=1024)
def points(text: str | None, units_a_point: int) -> float | None:
    """Return a measure in points, given in so many units a point or with a unit of its own; ``None`` where it is none."""
    measure = _MEASURE.fullmatch(text or "")
    if measure is None:
        return None
    return float(measure[1]) * (_POINTS[measure[2]] if measure[2] else 1 / units_a_point)


def is_on(element: Element | None) -> bool:
    """True where a switch is there and not off."""
    return element is not None and element.get(f"{W}val", "true") not in _OFF
