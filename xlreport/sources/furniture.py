"""What on a page is not the article: menus, where one is, what else there is to read, who keeps the site.

A name never decides alone, since sites name wrappers after anything. What is named like furniture is left out where it is made like it as
well: mostly links, or lines that only pages have. What is in doubt is text.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from xlreport.sources.html_lines import may_be_figure
from xlreport.sources.titles import is_furniture

Element: TypeAlias = Any

_TAGS = {"nav", "footer", "aside", "header"}
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|crumbs?|breadcrumbs?|bread|location|position|share|bdshare\w*|social|related|recommend|foot(?:er)?|"
    r"copyright|sidebar|aside|toolbar|print|qrcode|ewm|prev|next|pager|pagination|login|search|banner|topbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: Where the foot of a page says who keeps it.
_FOOT = re.compile(r"(?:^|[\s_-])(?:foot(?:er)?|copyright)(?:$|[\s_-])", re.IGNORECASE)
#: More text than this that is no link is an article's.
_LONGEST = 300
#: What only an article has.
_ARTICLE = re.compile(
    r"。|报告$|^\s*[（(]?[一二三四五六七八九十][)）]?[、.．\s]|^\s*[（(][一二三四五六七八九十][)）]"
)
#: A shorter text in a cell that holds a digit and nothing Chinese may be a figure, or a part of one.
_LONGEST_FIGURE = 40
#: Names that are looked at.
_LONGEST_NAME = 500


class _Content(NamedTuple):
    """What is in an element: characters in links, the other text up to a length, whether there is a table."""

    linked: int
    plain: str
    special: bool


def furniture_in(root: Element) -> set[Element]:
    """Return the elements of a page that are not the article's."""
    named = [element for element in root.iter() if isinstance(element.tag, str) and _is_named(element)]
    if not named:
        return set()
    contents = _contents(root)
    return {element for element in named if _is_furniture(element, contents[element])}


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAME]


def _is_named(element: Element) -> bool:
    if element.tag in ("body", "html", "table", "tbody", "tr", "td", "th"):
        return False
    return element.tag in _TAGS or bool(_NAMES.search(_names(element)))


def _is_furniture(element: Element, content: _Content) -> bool:
    lines = [line.strip() for line in content.plain.split("\n") if line.strip()]
    if content.special or _may_be_figure(element, content):
        return False
    if len(content.plain) > _LONGEST or any(_ARTICLE.search(line) for line in lines):
        return False
    if content.linked and content.linked > sum(map(len, lines)):
        return True
    if element.tag == "footer" or _FOOT.search(_names(element)):
        return True
    return all(is_furniture(line) for line in lines)


def _may_be_figure(element: Element, content: _Content) -> bool:
    """True for a number in a table's cell, whatever it is named."""
    if content.linked + len(content.plain.strip()) > _LONGEST_FIGURE:
        return False
    if next(element.iterancestors("td", "th"), None) is None:
        return False
    return may_be_figure("".join(element.itertext()))


def _contents(root: Element) -> dict[Element, _Content]:
    """Return what is in each element; children come after their parents in a document, so they are done before them here."""
    linked: dict[Element, int] = {}
    plain: dict[Element, list[str]] = {}
    special: set[Element] = set()
    found: dict[Element, _Content] = {}
    for element in reversed(list(root.iter())):
        inner = "\n".join(reversed(plain.pop(element, [])))
        text = (
            element.text or ""
            if isinstance(element.tag, str) and element.tag not in ("script", "style")
            else ""
        )
        whole = f"{text}\n{inner}"[: _LONGEST + 1] if text or inner else ""
        length = linked.pop(element, 0)
        if element.tag == "a" and element.get("href"):
            length, whole = length + len("".join(whole.split())), ""
        is_special = element in special or element.tag == "table"
        found[element] = _Content(length, whole, is_special)
        parent = element.getparent()
        if parent is not None:
            tail = (element.tail or "")[: _LONGEST + 1]
            more = plain.setdefault(parent, [])
            if (tail.strip() or whole.strip()) and len(more) <= _LONGEST:
                more.append(f"{whole}\n{tail}")
            linked[parent] = linked.get(parent, 0) + length
            if is_special:
                special.add(parent)
    return found
