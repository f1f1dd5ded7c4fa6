"""A web page as blocks: the article, as a browser shows it, without the page around it.

Pages saved by Word bring conditional comments and hidden text; sites bring menus, share buttons and lists of other articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import lxml.html
from lxml import etree

from xlreport.errors import InputError
from xlreport.sources.blocks import Block, Cell, Paragraph, Picture, Table

Element: TypeAlias = Any

_CONDITIONAL = re.compile(r"<!\[(?:if[^\]>]*|endif)\]-{0,2}>", re.IGNORECASE)
_HIDDEN_CONDITIONAL = re.compile(r"<!--\[if[^\]]*\]>.*?<!\[endif\]-->", re.IGNORECASE | re.DOTALL)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

#: What is never text.
_DROPPED = {
    *(
        "script",
        "style",
        "head",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "iframe",
        "noscript",
    ),
    *(
        "template",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "input",
        "textarea",
        "link",
        "meta",
        "title",
        "del",
        "s",
    ),
    *("strike", "rt", "rp", "colgroup", "object", "embed", "xml", "label"),
}
#: Elements that begin on a line of their own.
_BLOCKS = {
    *(
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "main",
        "body",
    ),
    *(
        "html",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "center",
        "hr",
        "fieldset",
        "details",
        "summary",
        "caption",
    ),
}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
#: How sites name what surrounds an article.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|crumbs?|breadcrumbs?|bread|location|position|share|bdshare\w*|social|related|recommend|foot(?:er)?|"
    r"copyright|sidebar|aside|toolbar|print|qrcode|ewm|prev|next|pager|pagination|login|search|banner|topbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: More rows or columns than any table of a report has.
LARGEST_SPAN = 200


def blocks_in(source: Path, text: str) -> list[Block]:
    """Return the blocks of a web page; raises ``InputError`` where nothing can be made of it."""
    plain = _CONDITIONAL.sub("", _HIDDEN_CONDITIONAL.sub("", _DECLARATION.sub("", text.replace("\0", ""))))
    try:
        root = lxml.html.document_fromstring(
            plain, parser=lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
        )
        return _Reader().blocks(root)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise InputError(source, "网页里没有内容", "请在浏览器中打开核对，另存为完整的网页后再读") from None
    except RecursionError:
        raise InputError(source, "网页嵌套过深，读不出内容", "请把正文和表格复制到新文档后再读") from None


class _Reader:
    """Collects lines while it walks the tree, and closes them where a browser would begin a new one."""

    def __init__(self) -> None:
        self._found: list[Block] = []
        self._text: list[str] = []
        self._linked = 0
        self._plain = 0

    def blocks(self, element: Element) -> list[Block]:
        self._walk(element, 0, False)
        self._close(0)
        return self._found

    def _close(self, level: int) -> None:
        text = "\n".join(" ".join(line.split()) for line in "".join(self._text).split("\n")).strip()
        if text:
            self._found.append(Paragraph(text, level, self._linked > 0 and self._plain == 0))
        self._text, self._linked, self._plain = [], 0, 0

    def _add(self, text: str | None, in_link: bool, preformatted: bool = False) -> None:
        if not text:
            return
        # Line breaks of the source are blanks; between Chinese characters they are nothing.
        flat = text if preformatted else re.sub(r"(?<=[^\x00-\xff])[ \t\r\f]*\n\s*(?=[^\x00-\xff])", "", text)
        flat = flat if preformatted else flat.replace("\n", " ").replace("\r", " ")
        letters = len(flat.strip())
        if in_link:
            self._linked += letters
        else:
            self._plain += letters
        self._text.append(flat)

    def _walk(self, element: Element, level: int, in_link: bool) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _DROPPED or _is_hidden(element) or _is_furniture(element):
            return
        if tag == "br":
            self._text.append("\n")
            return
        if tag == "table":
            self._close(level)
            self._found.append(_table(element))
            return
        if tag == "img":
            self._close(level)
            self._found.append(Picture())
            return
        block = tag in _BLOCKS
        if block:
            self._close(level)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            level = int(tag[1])
        in_link = in_link or (tag == "a" and bool(element.get("href")))
        if tag == "sup" and (element.text_content() or "").strip():
            self._add(f"（注{element.text_content().strip()}）", in_link)
            return
        self._add(element.text, in_link, tag == "pre")
        for child in element:
            self._walk(child, level, in_link)
            self._add(child.tail, in_link, tag == "pre")
        if block:
            self._close(level)


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDING.search(element.get("style") or ""))


def _is_furniture(element: Element) -> bool:
    """True for what a site's own names say is not the article; never for what holds a table."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not names.strip() or not _FURNITURE.search(names) or element.tag in ("body", "html"):
        return False
    return element.find(".//table") is None


def _table(element: Element) -> Table:
    taken: dict[tuple[int, int], bool] = {}
    cells: list[Cell] = []
    rows = list(_rows(element))
    for down, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th") or _is_hidden(cell):
                continue
            while (down, column) in taken:
                column += 1
            wide = _span(cell, "colspan")
            tall = _span(cell, "rowspan") or len(rows) - down
            tall = min(tall, len(rows) - down)
            for r in range(down, down + tall):
                for c in range(column, column + wide):
                    taken[r, c] = True
            cells.append(Cell(down, column, tall, max(wide, 1), tuple(_cell_blocks(cell))))
            column += max(wide, 1)
    return Table(tuple(cells))


def _cell_blocks(cell: Element) -> list[Block]:
    reader = _Reader()
    reader._add(cell.text, False)
    for child in cell:
        reader._walk(child, 0, False)
        reader._add(child.tail, False)
    reader._close(0)
    return reader._found


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of this table, not those of tables within it; the head first, as shown."""
    for tag in ("thead", "", "tfoot"):
        for child in table:
            if child.tag == "tr" and tag == "" and not _is_hidden(child):
                yield child
            elif child.tag in ("tbody", tag) and child.tag != "tr" and (child.tag == tag or tag == ""):
                yield from (row for row in child if row.tag == "tr" and not _is_hidden(row))


def _span(cell: Element, name: str) -> int:
    digits = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
    value = int(digits[1]) if digits else 1
    return min(value, LARGEST_SPAN) if value or name == "rowspan" else 1
