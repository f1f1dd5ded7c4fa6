"""A web page as blocks: the article, as a browser shows it, without the page around it.

What a browser hides is not there; what is struck out is not read; what is raised or leads to a note is a mark and no digit. Where it cannot be
told whether or how a figure is shown, its cell keeps a text that is no number.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from xlreport.errors import InputError
from xlreport.limits import DEEPEST_TAG, LARGEST_PAGE, MOST_ATTRIBUTES, MOST_PAGE_ATTRIBUTES, MOST_TAGS
from xlreport.sources.appearance import Look, Looks, is_unseen
from xlreport.sources.blocks import Block, Paragraph, Picture
from xlreport.sources.furniture import furniture_in
from xlreport.sources.html_lines import Piece, flat, mark_of, may_be_figure, shown
from xlreport.sources.html_source import Markup, without_comments
from xlreport.sources.html_tables import HtmlGrid, captions_of, put_in_order
from xlreport.sources.printed import has_digit
from xlreport.sources.refusals import COPY_OUT
from xlreport.sources.style_rules import media_applies
from xlreport.sources.style_sheets import StyleSheets

Element: TypeAlias = Any

#: What is never text.
_DROPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "button",
        "iframe",
        "frame",
        "noscript",
        "noframes",
        "noembed",
        "template",
        "canvas",
        "audio",
        "video",
        "map",
        "link",
        "meta",
        "title",
        "rp",
        "colgroup",
        "col",
        "object",
        "embed",
        "xml",
        "datalist",
        "progress",
        "meter",
        "caption",
        "area",
        "param",
        "base",
    ]
)
#: What shows something that is not in the page.
_DRAWN = frozenset(["canvas", "object", "embed", "iframe", "video", "meter", "progress"])
#: Elements that begin on a line of their own.
_BLOCKS = frozenset(
    [
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
        "menu",
        "dir",
        "section",
        "article",
        "main",
        "body",
        "html",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "center",
        "hr",
        "fieldset",
        "legend",
        "details",
        "summary",
        "form",
        "header",
        "footer",
        "nav",
        "aside",
        "hgroup",
        "search",
        "dialog",
        "listing",
        "xmp",
        "plaintext",
        "optgroup",
        "option",
        "marquee",
    ]
)
_PREFORMATTED = {"pre", "xmp", "plaintext", "listing"}
#: What is written above, below or over one another in formulas.
_STACKED = frozenset(
    ["msup", "msub", "msubsup", "mfrac", "mroot", "msqrt", "munder", "mover", "munderover", "mmultiscripts"]
)
#: Fields whose value is seen, as a text or as the name of a button.
_TYPED, _BUTTONS = {"", "text", "number", "tel", "search", "url"}, {"submit", "button", "reset"}
#: Where a link to a note leads.
_NOTE = re.compile(r"#.*(?:ftn|fn|foot|note|cite|ref|edn|注)", re.IGNORECASE)
#: So much of what is not read is quoted.
_QUOTED = 12

_HIDDEN_SAID = "网页里有不显示的数字，没有读；请核对"
_STRUCK_SAID = "划了删除线的文字没有读入"
_FIELD_SAID = "网页里有数字写在输入框里，按框里的数读取；请核对"


def blocks_in(source: Path, text: str) -> tuple[list[Block], list[str]]:
    """Return the blocks of a web page, and what is to be said about reading it.

    Raises ``InputError`` where nothing can be made of it, or it is far too large.
    """
    if len(text) > LARGEST_PAGE or text.count("<") > MOST_TAGS:
        raise InputError(source, "网页过大，不像一份年度报告", COPY_OUT)
    markup = without_comments(text.replace("\0", ""))
    if markup.widest > MOST_ATTRIBUTES or markup.attributes > MOST_PAGE_ATTRIBUTES:
        raise InputError(source, "网页标签的属性过多，不像一份年度报告", COPY_OUT)
    root = _parsed(source, markup.text)
    _refuse_depth(source, root)
    return _Page(source, root, markup).read()


def _parsed(source: Path, text: str) -> Element:
    # As bytes, so that nothing a page says of its encoding matters any more.
    content = text.encode("utf-8", "replace")
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(content, parser)
        if root is not None:
            return root
    raise InputError(source, "网页里没有内容", "请在浏览器中打开核对，另存为完整的网页后再读")


def _refuse_depth(source: Path, root: Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST_TAG:
            raise InputError(source, "网页嵌套过深，读不出内容", COPY_OUT)


class _Page:
    """What is the same for all of a page: its style sheets, what is not the article, what is to be said."""

    def __init__(self, source: Path, root: Element, markup: Markup) -> None:
        self.root, self._loose = root, markup.loose
        self.furniture = furniture_in(root)
        put_in_order(root)
        sheets = StyleSheets(_style_sheets(root), source, folds=not markup.has_type)
        self.look = Looks(sheets).of
        self.grid = HtmlGrid(source, self.look, self.cell, self.dropped)
        self._said: dict[str, None] = {}

    def read(self) -> tuple[list[Block], list[str]]:
        flow = _Flow(self)
        flow.walk(self.root, 0, False, Look())
        return flow.done(), list(self._said)

    def cell(self, element: Element, look: Look) -> list[Block]:
        """Return what stands in a cell; one in which all is struck out says so, and is no blank."""
        flow = _Flow(self, in_cell=True)
        if self._loose and next(element.iter("s", "strike"), None) is not None:
            look = look._replace(doubtful=True)
        flow.inside(element, 0, False, look)
        found = flow.done()
        if flow.struck and not any(not isinstance(block, Paragraph) or block.text for block in found):
            return [Paragraph(f"〔已划去〕{' '.join(flow.struck)}")]
        return found

    def dropped(self, element: Element, look: Look) -> None:
        if _holds_digit(element):
            self.say(_STRUCK_SAID if look.gone == "struck" else _HIDDEN_SAID)

    def say(self, sentence: str) -> None:
        self._said[sentence] = None


def _style_sheets(root: Element) -> list[str]:
    return [
        style.text or ""
        for style in root.iter("style")
        if media_applies((style.get("media") or "")[:300]) is not False
        and not any(True for _ in style.iterancestors("noscript", "template", "svg"))
    ]


def _holds_digit(element: Element) -> bool:
    return any(
        has_digit(text or "")
        for inner in element.iter()
        if isinstance(inner.tag, str) and inner.tag not in _DROPPED
        for text in (inner.text, inner.tail if inner is not element else None)
    )


class _Flow:
    """Collects lines while it walks the tree, and closes them where a browser would begin a new one."""

    def __init__(self, page: _Page, in_cell: bool = False) -> None:
        self._page, self._in_cell = page, in_cell
        self._found: list[Block] = []
        self._pieces: list[Piece] = []
        self._linked = self._plain = 0
        self._marking = False
        #: Figures that are struck out here.
        self.struck: list[str] = []

    def done(self) -> list[Block]:
        self._close(0)
        return self._found

    def walk(self, element: Element, level: int, in_link: bool, around: Look) -> None:
        """Take in an element that stands in text of the look ``around``."""
        tag = element.tag
        if tag in _DRAWN and self._in_cell:
            self._drawn(element, level, around)
            return
        if not isinstance(tag, str) or tag in _DROPPED or element in self._page.furniture:
            return
        look = self._page.look(element, around)
        if look.gone:
            self._drop(element, look)
        elif tag == "br":
            self._pieces.append(Piece("\n"))
        elif tag == "table":
            self._close(level)
            for caption in captions_of(element):
                self._caption(caption, level, look)
            table = self._page.grid.table(element, look)
            if table.cells:
                self._found.append(table)
        elif tag in ("img", "svg"):
            self._picture(element, level)
        elif tag in ("input", "textarea", "select"):
            self._field(element, look)
        else:
            self._element(element, level, in_link, look)

    def inside(self, element: Element, level: int, in_link: bool, look: Look) -> None:
        """Take in what stands in an element of that look."""
        preformatted = element.tag in _PREFORMATTED
        self._generated(look.before)
        self._add(element.text, in_link, look, preformatted)
        for child in element:
            self.walk(child, level, in_link, look)
            self._add(child.tail, in_link, look, preformatted)
        self._generated(look.after)

    def _element(self, element: Element, level: int, in_link: bool, look: Look) -> None:
        tag = element.tag
        mark = 0 if self._marking else self._mark_in(element, look)
        if mark:
            outer, self._pieces, self._marking = self._pieces, [], True
        block = _begins_line(tag, look)
        if block:
            self._close(level)
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            level = int(tag[1])
        in_link = in_link or (tag == "a" and bool(element.get("href")))
        self.inside(element, level, in_link, look._replace(doubtful=True) if tag in _STACKED else look)
        if block:
            self._close(level)
        if mark:
            inner, self._pieces, self._marking = self._pieces, outer, False
            self._pieces += mark_of(inner, mark == 2)

    def _caption(self, caption: Element, level: int, look: Look) -> None:
        own = self._page.look(caption, look)
        if own.gone:
            self._drop(caption, own)
            return
        self.inside(caption, level, False, own)
        self._close(level)

    def _close(self, level: int) -> None:
        if self._marking:
            self._pieces.append(Piece("\n"))
            return
        text = shown(self._pieces, self._in_cell)
        if text:
            self._found.append(Paragraph(text, level, self._linked > 0 and self._plain == 0))
        self._pieces, self._linked, self._plain = [], 0, 0

    def _add(self, text: str | None, in_link: bool, look: Look, preformatted: bool = False) -> None:
        if not text:
            return
        if is_unseen(look):
            if has_digit(text):
                self._page.say(_HIDDEN_SAID)
            return
        plain = flat(text, preformatted)
        letters = len(plain.strip())
        if in_link:
            self._linked += letters
        else:
            self._plain += letters
        if look.turned and has_digit(plain):
            self._pieces.append(Piece(plain, apart="反向显示"))
        else:
            self._pieces.append(Piece(plain, look.size, doubtful=look.doubtful))

    def _drop(self, element: Element, look: Look) -> None:
        """Leave out what is hidden or struck out, and say so where it may have been taken for a part of the report."""
        if self._in_cell or not _begins_line(element.tag, look) or next(element.iter("td"), None) is not None:
            self._page.dropped(element, look)
        text = " ".join("".join(element.itertext()).split())[:_QUOTED] if look.gone == "struck" else ""
        if self._in_cell and has_digit(text):
            self.struck.append(text)

    # Marks

    def _mark_in(self, element: Element, look: Look) -> int:
        """2 for a text that is a mark, 1 for one that is if it stands beside other text."""
        href = element.get("href") or "" if element.tag == "a" else ""
        if _NOTE.search(href[-100:]):
            return 2
        return look.mark or (1 if href.startswith("#") and len(href) > 1 else 0)

    # What is not text

    def _picture(self, element: Element, level: int) -> None:
        if element.tag == "svg":
            text = " ".join("".join(element.itertext()).split())[:_QUOTED]
            if self._in_cell and has_digit(text):
                self._pieces.append(Piece(text, apart="图形"))
        elif not any((element.get(side) or "").strip() in ("0", "1") for side in ("width", "height")):
            self._close(level)
            self._found.append(Picture())

    def _drawn(self, element: Element, level: int, around: Look) -> None:
        if not self._page.look(element, around).gone:
            self._picture(element, level)

    def _field(self, element: Element, look: Look) -> None:
        """A number in a field of a table is seen like any other."""
        if not self._in_cell or is_unseen(look):
            return
        kind = (element.get("type") or "").lower() if element.tag == "input" else ""
        if element.tag == "input":
            text = element.get("value") or "" if kind in _TYPED | _BUTTONS else ""
        elif element.tag == "textarea":
            text = element.text or ""
        else:
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None]
            text = "".join((chosen or options)[-1 if chosen else 0].itertext()) if options else ""
        prompt = element.get("placeholder") or ""
        if may_be_figure(text):
            self._page.say(_FIELD_SAID)
            doubtful = look.doubtful or kind in _BUTTONS
            # A field has a frame of its own, so that nothing beside it belongs to its number.
            self._pieces += (Piece(" "), Piece(text, look.size, doubtful=doubtful), Piece(" "))
        elif prompt.strip() and not text.strip() and element.tag != "select":
            self._pieces.append(Piece(prompt, apart="提示文字"))

    def _generated(self, text: str) -> None:
        """Text that a style sheet puts into a cell is seen; a number among it is nothing that anybody wrote there."""
        if not self._in_cell or not text:
            return
        if "？" in text or has_digit(text):
            self._pieces.append(Piece(text, apart="样式添加"))
        else:
            self._pieces.append(Piece(text, kept=True))


def _begins_line(tag: str, look: Look) -> bool:
    if look.floats:
        return True
    if not look.display or look.display == "none":
        return tag in _BLOCKS
    return not look.display.startswith(("inline", "contents", "ruby"))
