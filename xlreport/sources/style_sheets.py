"""What the style sheets in a page and the styles on its elements declare, in the order in which a browser lets them win.

Only properties that decide whether and how a figure is seen are kept. Sheets for print do not count; conditions that cannot be
told here make a rule one of which only the possibility is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from xlreport.errors import InputError
from xlreport.limits import MOST_STYLE_MATCHES, MOST_STYLE_RULES
from xlreport.sources.selectors import Selector, Siblings, parted, passes, selectors_in

Element: TypeAlias = Any
#: What is declared of an element: values by property.
Declared: TypeAlias = Mapping[str, str]

#: What may hide, raise, lower, strike, reverse or add something.
PROPERTIES = frozenset(
    (
        *(
            "display",
            "visibility",
            "opacity",
            "font-size",
            "font",
            "height",
            "max-height",
            "width",
            "max-width",
        ),
        *(
            "overflow",
            "overflow-x",
            "overflow-y",
            "position",
            "left",
            "right",
            "top",
            "bottom",
            "text-indent",
        ),
        *(
            "margin-left",
            "margin-top",
            "margin",
            "clip",
            "clip-path",
            "transform",
            "filter",
            "content-visibility",
        ),
        *(
            "vertical-align",
            "text-decoration",
            "text-decoration-line",
            "mso-hide",
            "mso-text-raise",
            "content",
        ),
        *(
            "direction",
            "unicode-bidi",
            "float",
            "color",
            "background",
            "background-color",
            "background-image",
        ),
        *("font-variant-position", "flex-direction", "all", "scale", "rotate", "translate", "zoom", "inset"),
        *("-webkit-text-security", "-webkit-text-fill-color", "text-orientation", "order"),
    )
)
#: How wide a window is thought to be, in pixels.
WINDOW = 1280
#: Longer conditions, lists of selectors and values are nobody's.
LONGEST_CONDITION, LONGEST_SELECTORS, LONGEST_VALUE = 300, 20_000, 300
_TOKEN = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|[{}]|[^{}\"']+", re.DOTALL)
_DECLARATION = re.compile(r"\s*(-?[\w-]+)\s*:(.*)", re.DOTALL)
_IMPORTANT = re.compile(r"!\s*important$", re.IGNORECASE)
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)\s*(px|em|rem)\s*\)")
_PARTS_OF_PAGE = re.compile(r"\.|#|\[|:|[\w*]")
_DISPLAYS = re.compile(
    r"none|contents|block|inline|flow-root|list-item|(?:inline-)?(?:block|flex|grid|table)|table-[a-z-]+|-webkit-\w+|-ms-\w+|ruby[a-z-]*"
    r"|inherit|initial|unset|revert"
)
#: Values that other values of a property are mistakes beside.
_KNOWN = {
    "display": _DISPLAYS,
    "visibility": re.compile(r"visible|hidden|collapse|inherit|initial|unset|revert"),
    "position": re.compile(
        r"static|relative|absolute|fixed|(?:-webkit-)?sticky|inherit|initial|unset|revert"
    ),
    "vertical-align": re.compile(
        r"baseline|sub|super|top|text-top|middle|bottom|text-bottom|-?[\d.]+(?:[a-z]+|%)?|inherit|initial|unset|calc.*"
    ),
}


NOTHING: Declared = {}


class Declaration(NamedTuple):
    """A property, its value in small letters (as written where it is content), and whether it is ``!important``."""

    name: str
    value: str
    important: bool


class Rule(NamedTuple):
    """What is declared of the elements that a selector means; ``certain`` where it is known to apply."""

    selector: Selector
    declarations: tuple[Declaration, ...]
    certain: bool


class StyleSheets:
    """All sheets of a page. ``declared`` says what holds for an element."""

    def __init__(self, texts: Iterable[str], source: Path, folds: bool) -> None:
        """``folds``: names of classes are the same in small letters and capitals, as in pages without a document type."""
        self._source = source
        self._fold = str.lower if folds else str
        self._siblings = Siblings()
        self._work = 0
        self._boxes: set[str] = {""}
        #: Rules by what the element that is meant must have.
        self._rules: dict[str, list[tuple[int, Rule]]] = {}
        for order, rule in enumerate(found for text in texts for found in rules_in(text)):
            if order >= MOST_STYLE_RULES:
                raise self._too_much()
            self._boxes.add(rule.selector.box)
            self._rules.setdefault(self._key(rule.selector), []).append((order, rule))

    def _too_much(self) -> InputError:
        return InputError(self._source, "网页的样式表过于复杂", "请把正文和表格复制到新文档后再读")

    def _key(self, selector: Selector) -> str:
        last = selector.parts[-1]
        if last.id:
            return f"#{self._fold(last.id)}"
        if last.classes:
            return f".{self._fold(min(last.classes))}"
        return last.tag or "*"

    def declared(self, element: Element, box: str = "") -> tuple[Declared, Declared]:
        """Return what certainly is declared of an element (or of what is put ``before`` or ``after`` its text), and what perhaps is.

        Both are the same mapping where nothing is uncertain. Raises ``InputError`` where it takes far too much work.
        """
        if box not in self._boxes:
            return NOTHING, NOTHING
        rules = [found for found in self._candidates(element) if found[1].selector.box == box]
        matching = [found for found in rules if self._matches(element, found[1].selector)]
        own = [] if box else list(declarations_in(element.get("style") or ""))
        if not matching and not own:
            return NOTHING, NOTHING
        matching.sort(key=lambda found: (found[1].selector.weight, found[0]))
        certain = _winning([rule.declarations for _, rule in matching if rule.certain], own)
        if all(rule.certain for _, rule in matching):
            return certain, certain
        return certain, _winning([rule.declarations for _, rule in matching], own)

    def _candidates(self, element: Element) -> Iterator[tuple[int, Rule]]:
        if not self._rules:
            return
        yield from self._rules.get("*", ())
        yield from self._rules.get(element.tag, ())
        if name := element.get("id"):
            yield from self._rules.get(f"#{self._fold(name)}", ())
        for name in set(self._fold(element.get("class") or "").split()):
            yield from self._rules.get(f".{name}", ())

    def _matches(self, element: Element, selector: Selector) -> bool:
        return self._from(element, selector, len(selector.parts) - 1)

    def _from(self, element: Element, selector: Selector, at: int) -> bool:
        self._work += 1
        if self._work > MOST_STYLE_MATCHES:
            raise self._too_much()
        if not passes(element, selector.parts[at], self._siblings, self._fold):
            return False
        if not at:
            return True
        join = selector.joins[at - 1]
        others = _others(element, join)
        return any(self._from(other, selector, at - 1) for other in others)


def _others(element: Element, join: str) -> Iterator[Element]:
    """Yield the elements that may stand before such a join."""
    if join == ">":
        parent = element.getparent()
        return iter(() if parent is None else (parent,))
    if join == " ":
        return iter(element.iterancestors())
    before = (other for other in element.itersiblings(preceding=True) if isinstance(other.tag, str))
    return (other for at, other in enumerate(before) if join == "~" or at == 0)


def _winning(rules: Iterable[Iterable[Declaration]], own: Iterable[Declaration]) -> dict[str, str]:
    """The value that wins of every property: what is important, the element's own, the weightiest, the last."""
    found: dict[str, str] = {}
    important: dict[str, str] = {}
    for declarations in (*rules, own):
        for name, value, is_important in declarations:
            (important if is_important else found)[name] = value
    return found | important


# Parsing


def rules_in(text: str) -> Iterator[Rule]:
    """Yield the rules of a style sheet that declare anything of ``PROPERTIES``, in their order."""
    #: The blocks that are open: whether they apply (``None``: perhaps), and the selector of a rule.
    blocks: list[tuple[bool | None, str]] = []
    written: list[str] = []
    for found in _TOKEN.finditer(_without_comments(text)):
        token = found[0]
        if token == "{":
            before, prelude = _last_statement("".join(written))
            if blocks and blocks[-1][1]:
                yield from _rules(blocks, before)
            blocks.append(_block(prelude, blocks))
            written = []
        elif token == "}":
            if blocks:
                if blocks[-1][1]:
                    yield from _rules(blocks, "".join(written))
                blocks.pop()
            written = []
        else:
            written.append(token)
    if blocks and blocks[-1][1]:
        yield from _rules(blocks, "".join(written))


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("/*", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("*/", start + 2)
        at = len(text) if end < 0 else end + 2
    return "".join([*parts, text[at:]]).replace("<!--", " ").replace("-->", " ")


def _last_statement(text: str) -> tuple[str, str]:
    before, _, prelude = text.rpartition(";")
    return before, prelude.strip()


def _block(prelude: str, blocks: list[tuple[bool | None, str]]) -> tuple[bool | None, str]:
    if len(blocks) > 20:
        return False, ""
    outer, around = blocks[-1] if blocks else (True, "")
    if not prelude.startswith("@"):
        inner = prelude
        if around:
            inner = prelude.replace("&", around) if "&" in prelude else f"{around} {prelude}"
        return outer, inner if len(inner) <= LONGEST_SELECTORS and _PARTS_OF_PAGE.search(inner) else ""
    name, _, condition = prelude[1:LONGEST_CONDITION].partition(" ")
    name, _, glued = name.partition("(")
    condition = f"({glued} {condition}" if glued else condition
    if name == "media":
        applies: bool | None = media_applies(condition)
    elif name == "layer" or (name == "supports" and "not" not in condition):
        applies = True
    elif name in ("supports", "container", "scope", "document", "starting-style"):
        applies = None
    else:
        applies = False
    return (False if outer is False or applies is False else (outer and applies)), around


def media_applies(condition: str) -> bool | None:
    """Return whether a media condition holds for a wide window; ``None`` where that cannot be told."""
    answers = [_medium(part.strip().lower()) for part in condition.split(",")]
    return True if True in answers or not condition.strip() else None if None in answers else False


def _medium(query: str) -> bool | None:
    words = re.sub(r"\(.*?\)", " ", query).replace(" and ", " ").split()
    turned = "not" in words
    kinds = [word for word in words if word not in ("only", "not", "and")]
    answer: bool | None = all(kind in ("screen", "all") for kind in kinds)
    rest = query
    for found in _WIDTH.finditer(query):
        size = (
            float(found[2].strip(".") or 0) * (1 if found[3] == "px" else 16)
            if found[2].count(".") < 2
            else 0
        )
        answer = answer and (size <= WINDOW if found[1] == "min" else size >= WINDOW)
        rest = rest.replace(found[0], "")
    if "(" in rest and answer:
        return None
    return (not answer) if turned and answer is not None else answer


def _rules(blocks: list[tuple[bool | None, str]], body: str) -> Iterator[Rule]:
    applies, prelude = blocks[-1]
    if applies is False:
        return
    declarations = tuple(declarations_in(body))
    if declarations:
        for selector in selectors_in(prelude):
            yield Rule(selector, declarations, selector.certain and applies is True)


def declarations_in(text: str) -> Iterator[Declaration]:
    """Yield what a rule's body or an element's own style declares of ``PROPERTIES``, without values that are mistakes."""
    if ":" not in text:
        return
    for part in _statements(text):
        found = _DECLARATION.match(part)
        name = found[1].lower() if found else ""
        if found is None or name not in PROPERTIES:
            continue
        written = found[2].strip()
        value = _IMPORTANT.sub("", written).strip()
        plain = value if name == "content" else " ".join(value.lower().split())
        known = _KNOWN.get(name)
        if (
            plain
            and len(plain) <= LONGEST_VALUE
            and (known is None or "var(" in plain or known.fullmatch(plain))
        ):
            yield Declaration(name, plain, value != written)


def _statements(text: str) -> Iterable[str]:
    """The statements of a body; a semicolon in quotes or brackets parts nothing."""
    text = _without_comments(text)
    if "(" not in text and '"' not in text and "'" not in text:
        return text.split(";")
    quoted: list[str] = []

    def kept(found: re.Match[str]) -> str:
        quoted.append(found[0])
        return f"\0{len(quoted) - 1}\0"

    bare = re.sub(
        r"\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?", kept, text.replace("\0", ""), flags=re.DOTALL
    )
    parts = parted(bare, ";")
    return [re.sub(r"\0(\d+)\0", lambda found: quoted[int(found[1])], part) for part in parts]
