"""Selectors of style sheets, parsed and matched: tags, classes, ids, attributes, positions among siblings, and what joins them.

What a state of the mouse or the keyboard must hold for never matches a page at rest. What is not known here is taken to match, and the
selector is not ``certain`` then: whoever asks must not build on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

Element: TypeAlias = Any

_NAME = r"(?:[\w-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}\s?|\\.)+"
#: An escape in a style sheet.
ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_TOKEN = re.compile(
    rf"\s*(?P<join>[>+~])\s*|(?P<gap>\s+)|(?P<any>\*)|\.(?P<class>{_NAME})|#(?P<id>{_NAME})"
    rf"|\[\s*(?P<attribute>{_NAME})\s*(?:(?P<how>[~|^$*]?=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*(?P<case>[iIsS]?)\s*)?\]"
    rf"|::?(?P<pseudo>[\w-]+)(?P<open>\()?|(?P<tag>{_NAME})"
)
_NTH = re.compile(r"(?:(?P<step>[+-]?\d*)n\s*(?P<shift>[+-]\s*\d+)?|(?P<only>[+-]?\d+))\s*")
#: States that nothing on a page has before somebody touches it, and boxes that are not in the text.
_NEVER = {
    *("hover", "focus", "active", "visited", "target", "focus-within", "focus-visible", "selection"),
    *("placeholder", "backdrop", "marker", "fullscreen", "placeholder-shown", "invalid", "autofill"),
}
_POSITIONS = {
    "first-child": (0, 1, False, False),
    "last-child": (0, 1, True, False),
    "first-of-type": (0, 1, False, True),
    "last-of-type": (0, 1, True, True),
}
_NTHS = {
    "nth-child": (False, False),
    "nth-last-child": (True, False),
    "nth-of-type": (False, True),
    "nth-last-of-type": (True, True),
}
#: More parts, and more brackets within brackets, than anybody writes.
_MOST_PARTS, _MOST_BRACKETS = 12, 4

#: Whether an element passes; the positions of its kind are at hand.
Test: TypeAlias = Callable[[Element, "Siblings"], bool]


class CompoundSelector(NamedTuple):
    """What one element must be: its tag (“” for any), id, classes, and more."""

    tag: str
    id: str
    classes: frozenset[str]
    tests: tuple[Test, ...]


class Selector(NamedTuple):
    """The elements on the way down to the one that is meant, what joins them, and how much the selector weighs.

    ``box`` is ``before`` or ``after`` where it is not the element that is meant, but what is put into it.
    """

    parts: tuple[CompoundSelector, ...]
    joins: tuple[str, ...]
    weight: tuple[int, int, int]
    box: str
    certain: bool

    @property
    def looks_around(self) -> bool:
        """True where it depends on more of an element than its tag, id and classes."""
        return bool(self.joins or self.parts[-1].tests)


class Siblings:
    """The place of elements among their siblings, counted once for each parent."""

    def __init__(self) -> None:
        self._places: dict[Element, tuple[int, int, int, int]] = {}

    def place(self, element: Element, from_end: bool, of_type: bool) -> int:
        """Return the place of an element from 1."""
        if element not in self._places:
            parent = element.getparent()
            self._count([element] if parent is None else [c for c in parent if isinstance(c.tag, str)])
        return self._places[element][2 * of_type + from_end]

    def _count(self, children: list[Element]) -> None:
        of_tag: dict[str, list[Element]] = {}
        for child in children:
            of_tag.setdefault(child.tag, []).append(child)
        for group in of_tag.values():
            for at, child in enumerate(group, 1):
                self._places[child] = (0, 0, at, len(group) + 1 - at)
        for at, child in enumerate(children, 1):
            self._places[child] = (at, len(children) + 1 - at, *self._places[child][2:])


def selectors_in(text: str) -> Iterator[Selector]:
    """Yield the selectors of a list that may match a page at rest."""
    for part in parted(text, ","):
        found = _selector(part.strip())
        if found is not None:
            yield found


def parted(text: str, mark: str) -> list[str]:
    """Return the parts of a text between marks that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(rf"[(\[)\]{mark}]", text):
        if found[0] in "([":
            depth += 1
        elif found[0] in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _selector(text: str) -> Selector | None:
    parts: list[CompoundSelector] = []
    joins: list[str] = []
    weight = [0, 0, 0]
    box, certain, at = "", True, 0
    tag, name, classes, tests = "", "", set[str](), list[Test]()
    empty = True
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return None
        at = found.end()
        if found["join"] or found["gap"]:
            if not empty and (found["join"] or at < len(text)):
                parts.append(CompoundSelector(tag, name, frozenset(classes), tuple(tests)))
                joins.append(found["join"] or " ")
                tag, name, classes, tests, empty = "", "", set(), [], True
            elif found["join"] and joins and joins[-1] == " ":
                joins[-1] = found["join"]
            continue
        empty = False
        if found["class"]:
            classes.add(_plain(found["class"]))
            weight[1] += 1
        elif found["id"]:
            name = _plain(found["id"])
            weight[0] += 1
        elif found["attribute"]:
            tests.append(_attribute(found))
            weight[1] += 1
        elif found["tag"]:
            tag = _plain(found["tag"]).lower()
            weight[2] += 1
        elif found["pseudo"]:
            pseudo, inside = found["pseudo"].lower(), ""
            if found["open"]:
                end = _closing(text, at)
                inside, at = text[at:end], end + 1
            if pseudo in _NEVER:
                return None
            if pseudo in ("before", "after"):
                box = pseudo
                continue
            test = _pseudo(pseudo, inside)
            weight[1] += pseudo != "where"
            if test is None:
                certain = False
            else:
                tests.append(test)
    if empty or len(parts) >= _MOST_PARTS:
        return None
    parts.append(CompoundSelector(tag, name, frozenset(classes), tuple(tests)))
    return Selector(tuple(parts), tuple(joins), (weight[0], weight[1], weight[2]), box, certain)


def _plain(name: str) -> str:
    """A name as it is meant: “\\31 x” is “1x”."""
    return ESCAPED.sub(unescaped, name)


def unescaped(found: re.Match[str]) -> str:
    """Return the character that an escape of a style sheet stands for, by its code or as it is; “” for none."""
    if found[2]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _closing(text: str, start: int) -> int:
    depth = 1
    for found in re.compile(r"[()]").finditer(text, start):
        depth += 1 if found[0] == "(" else -1
        if not depth:
            return found.start()
    return len(text)


def _attribute(found: re.Match[str]) -> Test:
    name, how = found["attribute"].lower(), found["how"]
    wanted = (found["value"] or "").strip("\"'")
    fold = (found["case"] or "").lower() == "i" or name in ("type", "align", "valign", "dir", "lang")
    wanted = wanted.lower() if fold else wanted

    def passes(element: Element, _: Siblings) -> bool:
        value = element.get(name)
        if value is None or how is None:
            return value is not None
        value = value.lower() if fold else value
        if how == "=":
            return bool(value == wanted)
        if how == "~=":
            return wanted in value.split()
        if how == "|=":
            return bool(value == wanted or value.startswith(f"{wanted}-"))
        if not wanted:
            return False
        if how == "^=":
            return bool(value.startswith(wanted))
        return bool(value.endswith(wanted) if how == "$=" else wanted in value)

    return passes


def _pseudo(name: str, inside: str) -> Test | None:
    """Return the test that a pseudo-class stands for; ``None`` where it is not known."""
    if name in _POSITIONS:
        return _nth(*_POSITIONS[name])
    if name in ("only-child", "only-of-type"):
        of_type = name == "only-of-type"
        return lambda element, siblings: all(
            siblings.place(element, end, of_type) == 1 for end in (False, True)
        )
    if name in _NTHS:
        words = {"odd": "2n+1", "even": "2n"}.get(inside.strip().lower(), inside.strip().lower())
        found = _NTH.fullmatch(words)
        if found is None:
            return None
        if found["only"]:
            return _nth(0, int(found["only"]), *_NTHS[name])
        step = found["step"]
        size = int(f"{step}1") if step in ("", "+", "-") else int(step)
        return _nth(size, int("".join((found["shift"] or "0").split())), *_NTHS[name])
    if name == "root":
        return lambda element, _: element.getparent() is None
    if name in ("link", "any-link"):
        return lambda element, _: element.tag == "a" and element.get("href") is not None
    if name == "empty":
        return lambda element, _: not len(element) and not element.text
    if name in ("not", "is", "where", "matches"):
        meant = list(selectors_in(inside)) if inside.count("(") <= _MOST_BRACKETS else []
        if len(meant) != len(parted(inside, ",")) or any(
            not one.certain or one.joins or one.box for one in meant
        ):
            return None
        wanted = name != "not"
        return lambda element, siblings: (
            wanted is any(passes(element, one.parts[0], siblings, lambda text: text) for one in meant)
        )
    return None


def _nth(step: int, shift: int, from_end: bool, of_type: bool) -> Test:
    def passes(element: Element, siblings: Siblings) -> bool:
        over = siblings.place(element, from_end, of_type) - shift
        return over == 0 if not step else over % step == 0 and over // step >= 0

    return passes


def passes(element: Element, part: CompoundSelector, siblings: Siblings, fold: Callable[[str], str]) -> bool:
    """True if the element is what the part of a selector says; ``fold`` makes small letters of names where case is nothing."""
    if part.tag and element.tag != part.tag:
        return False
    if part.id and fold(element.get("id") or "") != fold(part.id):
        return False
    if part.classes and not {fold(name) for name in part.classes} <= set(
        fold(element.get("class") or "").split()
    ):
        return False
    return all(test(element, siblings) for test in part.tests)
