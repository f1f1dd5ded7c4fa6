"""The fields of a Word document: what of them is code, what is shown, and what kind of mark or link they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xlreport.sources.word_symbols import UNREADABLE
from xlreport.sources.word_xml import Element, W, number, value

#: What a link leads to: another place of the document, where notes stand, or anything else.
NOTE, INSIDE, OUTSIDE = "note", "inside", "outside"

_CIRCLED = re.compile(r"EQ\b.*\\O.*[（(].*[,，;；].*[）)]", re.DOTALL)
#: Fields that show something although they hold no result.
_SHOWING = (
    "EQ",
    "SYMBOL",
    "QUOTE",
    "=",
    "NUM",
    "SEQ",
    "AUTONUM",
    "DOCPROPERTY",
    "REF",
    "MACROBUTTON",
    "PAGE",
    "DATE",
)
_NOTES = ("_ftn", "_edn", "_ednref", "_ftnref", "note", "footnote", "endnote")


@dataclass
class _Field:
    link: str
    code: list[str] = field(default_factory=list)
    shown: bool = False
    choice: str = ""
    text_in_code: bool = False


class Fields:
    """The fields that are open at a place of the text, the innermost last."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._in_code = 0
        self._links = 0

    @property
    def in_code(self) -> bool:
        """True where text belongs to the code of a field, and is not shown."""
        return self._in_code > 0

    @property
    def link(self) -> str:
        """The kind of link that the text is in, and its number; “” for none."""
        return self._open[-1].link if self._open else ""

    def new_link(self, kind: str) -> str:
        """Return a link of that kind, told apart from every other."""
        self._links += 1
        return f"{kind} {self._links}"

    def say(self, text: str) -> None:
        """Take a piece of the innermost field's code."""
        if self._open and not self._open[-1].shown:
            self._open[-1].code.append(text)

    def swallow(self, text: str) -> None:
        """Take a text that stands where only code should stand."""
        if text.strip() and self._open:
            self._open[-1].text_in_code = True

    def turn(self, element: Element) -> str:
        """Open, show or close a field; return what a field without a result shows when it closes."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append(_Field(self.link, choice=_choice(element)))
            self._in_code += 1
        elif not self._open:
            return ""
        elif kind == "separate" and not self._open[-1].shown:
            self._in_code -= 1
            last = self._open[-1]
            last.shown = True
            last.link = self.link_of("".join(last.code)) or last.link
        elif kind == "end":
            last = self._open.pop()
            if not last.shown:
                self._in_code -= 1
                return "" if self.in_code else last.choice or _without_result("".join(last.code))
        return ""

    def link_of(self, code: str) -> str:
        """Return the link that a field's code makes, “” for a field that makes none."""
        words = code.split()
        name = words[0].upper() if words else ""
        if name == "NOTEREF":
            return self.new_link(NOTE)
        if name == "HYPERLINK":
            inside = len(words) > 1 and words[1].lower() == "\\l"
            return self.new_link(kind_of_link(words[2].strip('"“”') if inside and len(words) > 2 else ""))
        return ""

    def depth(self) -> int:
        """Return how many fields are open: a cell is left with as many as it was entered with."""
        return len(self._open)

    def close(self, depth: int) -> bool:
        """Close the fields that were opened since; True where one of them kept text from being shown."""
        kept = False
        while len(self._open) > depth:
            last = self._open.pop()
            if not last.shown:
                self._in_code -= 1
                kept = kept or last.text_in_code
        return kept


def kind_of_link(anchor: str) -> str:
    """Return what kind of link leads to a bookmark (“” for another document)."""
    return OUTSIDE if not anchor else NOTE if anchor.lower().startswith(_NOTES) else INSIDE


def _choice(element: Element) -> str:
    """The entry that a drop-down field shows."""
    entries = element.findall(f"{W}ffData/{W}ddList/{W}listEntry")
    if not entries:
        return ""
    at = element.find(f"{W}ffData/{W}ddList/{W}result")
    if at is None:
        at = element.find(f"{W}ffData/{W}ddList/{W}default")
    return value(entries[number(at)]) if number(at) < len(entries) else UNREADABLE


def _without_result(code: str) -> str:
    """What Word draws for a field of which only the code is stored."""
    code = code.strip()
    if _CIRCLED.match(code.upper()):
        inner = re.sub(r"\\[a-zA-Z]+|[○□△◇●◯,，;；（）()\s]|^eq", "", code, flags=re.IGNORECASE)
        return f"（注{inner}）" if inner else ""
    return UNREADABLE if code.upper().startswith(_SHOWING) else ""
