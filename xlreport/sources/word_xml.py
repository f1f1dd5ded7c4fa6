"""The XML of Word documents: names, and what single elements say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

Element: TypeAlias = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: What is not in the final text: deletions, moved-away text, field codes, and what belongs to the page.
DROPPED = {
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "rPr",
        "pPr",
        "tblPr",
        "tblGrid",
        "sdtPr",
    )
} | {
    f"{W}{name}"
    for name in ("sdtEndPr", "trPr", "tcPr", "sectPr", "footnoteReference", "endnoteReference", "rt")
}


def chosen(alternatives: Element) -> Element:
    """Return the first choice of an alternative, else its fallback; one of them, never both."""
    choice = alternatives.find(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def outermost(element: Element, tag: str) -> Iterator[Element]:
    """Yield the elements of that kind which are in no other of it."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from outermost(chosen(child), tag)
        elif isinstance(child.tag, str):
            yield from outermost(child, tag)


def value(element: Element | None) -> str:
    """Return what an element says (“” where it is missing)."""
    return "" if element is None else str(element.get(f"{W}val") or "")


def number(element: Element) -> int:
    """Return the number that an element says; 0 for anything else."""
    text = value(element)
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def is_on(element: Element | None) -> bool:
    """True where a switch is there and not off."""
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off", "none")
