"""The source of a web page before it is parsed: comments taken out as a browser does, and whether its strikes are closed in order.

What is for Internet Explorer or Word alone stands in comments (``<!--[if mso]>…<![endif]-->``), what is for others stands between
two (``<!--[if !mso]><!-->…<!--<![endif]-->``), so plain comments are all there is to know of. Every step is linear.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: What begins a page, or a piece of one.
LOOKS_LIKE_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|meta|table|div|p|span|h\d|\?xml|!--)\b|<!--", re.IGNORECASE
)
_BEGUN = re.compile(r"<(?:!--|[!?]|(?P<end>/?)(?P<name>[a-zA-Z][^\s/><]*))")
_COMMENT_END = re.compile(r"--!?>")
#: The rest of a tag without quotes, or with nothing but attributes in double quotes, and one attribute at a time for any other.
_PLAIN_REST = re.compile(r"[^<>\"']*+>")
_QUOTED_REST = re.compile(r"(?:\s++[^\s/><\"'=]++=\"[^\"]*+\")++\s*+/?>")
_ATTRIBUTE = re.compile(r"[\s/]*(?:=?[^\s/>=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*|(?=>)))?|=)")
_TAG_END = re.compile(r"[\s/]*>")
#: Elements in which no tag counts but their own end.
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_VOID = frozenset(
    [
        "br",
        "img",
        "input",
        "hr",
        "wbr",
        "col",
        "meta",
        "link",
        "area",
        "base",
        "embed",
        "param",
        "source",
        "track",
    ]
)
_STRIKES = {"s", "strike"}


class Markup(NamedTuple):
    """A page's source without comments.

    ``loose``: a strike is not closed where it was opened, so how far it reaches is the browser's secret. ``attributes`` are counted in all tags,
    and in the ``widest``.
    """

    text: str
    loose: bool
    attributes: int
    widest: int

    @property
    def has_type(self) -> bool:
        """True where the page begins with its document type."""
        return self.text.lstrip()[:9].lower() == "<!doctype"


def without_comments(text: str) -> Markup:
    """Return the source of a page as it is to be parsed; what follows a comment or a tag without end is not there."""
    kept: list[str] = []
    strikes = _Strikes()
    at = copied = attributes = widest = 0
    while (found := _BEGUN.search(text, at)) is not None:
        start = found.start()
        if found["name"] is None:
            end = _end_of_comment(text, start)
            if text[start : start + 9].lower() != "<!doctype":
                kept.append(text[copied:start])
                copied = end
            at = end
            continue
        name = found["name"].lower()
        at, count = _end_of_tag(text, found.end())
        attributes, widest = attributes + count, max(widest, count)
        if at < 0:
            kept.append(text[copied:start])
            copied = at = len(text)
            break
        strikes.meet(name, bool(found["end"]), text[at - 2] == "/")
        if name in _RAW and not found["end"]:
            closing = _RAW[name].search(text, at)
            at = closing.start() if closing else len(text)
    return Markup("".join([*kept, text[copied:]]), strikes.loose or strikes.open, attributes, widest)


def _end_of_comment(text: str, start: int) -> int:
    if not text.startswith("<!--", start):
        end = text.find(">", start)
        return end + 1 if end >= 0 else len(text)
    for short in ("<!-->", "<!--->"):
        if text.startswith(short, start):
            return start + len(short)
    found = _COMMENT_END.search(text, start + 4)
    return found.end() if found else len(text)


def _end_of_tag(text: str, at: int) -> tuple[int, int]:
    """Return where the tag ends whose name ends at ``at``, -1 where it does not, and how many attributes it may have."""
    plain = _PLAIN_REST.match(text, at)
    if plain:
        return plain.end(), len(plain[0].replace("/", " ").split())
    quoted = _QUOTED_REST.match(text, at)
    if quoted:
        return quoted.end(), quoted[0].count('"') // 2
    count = 0
    while True:
        end = _TAG_END.match(text, at)
        if end:
            return end.end(), count
        attribute = _ATTRIBUTE.match(text, at)
        if attribute is None or attribute.end() == at:
            return -1, count
        at = attribute.end()
        count += 1


class _Strikes:
    """Follows the tags within a strike: each must end within it, and it must end before its cell."""

    def __init__(self) -> None:
        self.open = self.loose = False
        self._within: list[str] = []

    def meet(self, name: str, ends: bool, is_empty: bool) -> None:
        if not self.open:
            if name in _STRIKES and not ends:
                self.open, self._within = True, []
        elif not ends:
            if name not in _VOID and not is_empty:
                self._within.append(name)
        elif self._within and self._within[-1] == name:
            self._within.pop()
        elif name in _STRIKES and not self._within:
            self.open = False
        else:
            self.loose, self.open = True, False
