"""Style sheets parsed: of every rule whose elements it means, and what it declares of them that decides how a figure is seen.

Sheets for print and for small screens do not count; conditions that cannot be told here make a rule one of which only the possibility
is known. Values that are mistakes are passed over, as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xlreport.sources.selectors import Selector, parted, selectors_in

#: What may hide, raise, lower, strike, reverse or add something.
PROPERTIES = frozenset(
    [
        "display",
        "visibility",
        "opacity",
        "font-size",
        "font",
        "height",
        "max-height",
        "width",
        "max-width",
        "overflow",
        "overflow-x",
        "overflow-y",
        "position",
        "left",
        "right",
        "top",
        "bottom",
        "text-indent",
        "margin-left",
        "margin-top",
        "margin",
        "clip",
        "clip-path",
        "transform",
        "filter",
        "content-visibility",
        "vertical-align",
        "text-decoration",
        "text-decoration-line",
        "mso-hide",
        "mso-text-raise",
        "content",
        "direction",
        "unicode-bidi",
        "float",
        "color",
        "background",
        "background-color",
        "background-image",
        "font-variant-position",
        "flex-direction",
        "all",
        "scale",
        "rotate",
        "translate",
        "zoom",
        "inset",
        "-webkit-text-security",
        "-webkit-text-fill-color",
        "text-orientation",
        "order",
    ]
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


class Declaration(NamedTuple):
    """A property, its value in small letters (as written where it is content), and whether it is ``!important``."""

    name: str
    value: str
    important: bool


class StyleRule(NamedTuple):
    """What is declared of the elements that a selector means; ``certain`` where it is known to apply."""

    selector: Selector
    declarations: tuple[Declaration, ...]
    certain: bool


def rules_in(text: str) -> Iterator[StyleRule]:
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


def _rules(blocks: list[tuple[bool | None, str]], body: str) -> Iterator[StyleRule]:
    applies, prelude = blocks[-1]
    if applies is False:
        return
    declarations = tuple(declarations_in(body))
    if declarations:
        for selector in selectors_in(prelude):
            yield StyleRule(selector, declarations, selector.certain and applies is True)


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
