"""A web page as blocks: the article, as a browser shows it, without the page around it.

What a browser hides is not there; what is struck out is not read; what is raised or leads to a note is a mark and no digit. Where it cannot be
told whether or how a figure is shown, its cell keeps a text that is no number.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import lxml.html
from lxml import etree

from xlreport.errors import InputError
from xlreport.limits import DEEPEST_TAG, LARGEST_PAGE, MOST_TAGS
from xlreport.sources.appearance import Look, is_unseen, look_of
from xlreport.sources.blocks import Block, Paragraph, Picture
from xlreport.sources.furniture import furniture_in
from xlreport.sources.html_tables import Grid, captions_of, put_in_order
from xlreport.sources.style_sheets import StyleSheets, media_applies

Element: TypeAlias = Any

#: What is never text.
_DROPPED = frozenset(
    (
        *(
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
        ),
        *(
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
        ),
        *("xml", "datalist", "progress", "meter", "caption", "area", "param", "base"),
    )
)
#: Elements that begin on a line of their own.
_BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "menu", "dir"),
        *(
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
        ),
        *(
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
        ),
        *("hgroup", "search", "dialog", "listing", "xmp", "plaintext", "optgroup", "option", "marquee"),
    )
)
_PREFORMATTED = {"pre", "xmp", "plaintext", "listing"}
#: What is written above, below or over one another in formulas.
_STACKED = {
    "msup",
    "msub",
    "msubsup",
    "mfrac",
    "mroot",
    "msqrt",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
}
#: Fields whose value is seen, as a text or as the name of a button.
_TYPED, _BUTTONS = {"", "text", "number", "tel", "search", "url"}, {"submit", "button", "reset"}
#: Where a link to a note leads.
_NOTE = re.compile(r"#.*(?:ftn|fn|foot|note|cite|ref|edn|注)", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MARK_WORDS = re.compile(r"[注附见脚释]")
_LONGEST_MARK = 12
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: What takes no room in a line; marks that turn the direction are left, since they change what is seen.
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
#: Digits that are so much smaller than others beside them are not of the same number.
_SMALLER = 0.75

_HIDDEN_SAID = "网页里有不显示的数字，没有读；请核对"
_STRUCK_SAID = "划了删除线的文字没有读入"
_FIELD_SAID = "网页里有数字写在输入框里，按框里的数读取；请核对"
_COPY = "请把正文和表格复制到新文档后再读"


def blocks_in(source: Path, text: str) -> tuple[list[Block], list[str]]:
    """Return the blocks of a web page, and what is to be said about reading it.

    Raises ``InputError`` where nothing can be made of it, or it is far too large.
    """
    if len(text) > LARGEST_PAGE or text.count("<") > MOST_TAGS:
        raise InputError(source, "网页过大，不像一份年度报告", _COPY)
    root = _parsed(source, text)
    _refuse_depth(source, root)
    return _Page(source, root).read()


def _parsed(source: Path, text: str) -> Element:
    # As bytes, so that nothing a page says of its encoding matters any more.
    content = text.replace("\0", "").encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    try:
        return lxml.html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise InputError(source, "网页里没有内容", "请在浏览器中打开核对，另存为完整的网页后再读") from None


def _refuse_depth(source: Path, root: Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST_TAG:
            raise InputError(source, "网页嵌套过深，读不出内容", _COPY)


class _Page:
    """What is the same for all of a page: its style sheets, what is not the article, what is to be said."""

    def __init__(self, source: Path, root: Element) -> None:
        self.root = root
        self.furniture = furniture_in(root)
        put_in_order(root)
        self.sheets = StyleSheets(_style_sheets(root), source, folds=not root.getroottree().docinfo.doctype)
        self.grid = Grid(source, self.look, self.cell, self.dropped)
        self._said: dict[str, None] = {}

    def read(self) -> tuple[list[Block], list[str]]:
        flow = _Flow(self)
        flow.walk(self.root, 0, False, Look())
        return flow.done(), list(self._said)

    def look(self, element: Element, around: Look) -> Look:
        return look_of(element, self.sheets, around)

    def cell(self, element: Element, look: Look) -> list[Block]:
        """Return what stands in a cell; one in which all is struck out says so, and is no blank."""
        flow = _Flow(self, in_cell=True)
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
        letter.isdigit()
        for inner in element.iter()
        if isinstance(inner.tag, str) and inner.tag not in _DROPPED
        for text in (inner.text, inner.tail if inner is not element else None)
        for letter in text or ""
    )


class _Piece(NamedTuple):
    """A text as it stands in a line. ``mark`` is 1 where it is a mark if other text stands beside it; ``kept`` is not looked at again."""

    text: str
    size: float = 0
    mark: int = 0
    doubtful: bool = False
    kept: bool = False


class _Flow:
    """Collects lines while it walks the tree, and closes them where a browser would begin a new one."""

    def __init__(self, page: _Page, in_cell: bool = False) -> None:
        self._page, self._in_cell = page, in_cell
        self._found: list[Block] = []
        self._pieces: list[_Piece] = []
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
        if not isinstance(tag, str) or tag in _DROPPED or element in self._page.furniture:
            return
        look = self._page.look(element, around)
        if look.gone:
            self._drop(element, look)
        elif tag == "br":
            self._pieces.append(_Piece("\n"))
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
        elif (mark := self._mark_in(element, look)) and not self._marking:
            self._marked(element, mark, level, in_link, look)
        else:
            self._element(element, level, in_link, look)

    def inside(self, element: Element, level: int, in_link: bool, look: Look) -> None:
        """Take in what stands in an element of that look."""
        tag = element.tag
        self._generated(look.before)
        self._add(element.text, in_link, look, tag in _PREFORMATTED)
        for child in element:
            self.walk(child, level, in_link, look)
            self._add(child.tail, in_link, look, tag in _PREFORMATTED)
        self._generated(look.after)

    def _element(self, element: Element, level: int, in_link: bool, look: Look) -> None:
        tag = element.tag
        block = _begins_line(tag, look)
        if block:
            self._close(level)
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            level = int(tag[1])
        in_link = in_link or (tag == "a" and bool(element.get("href")))
        self.inside(element, level, in_link, look._replace(doubtful=look.doubtful or tag in _STACKED))
        if block:
            self._close(level)

    def _caption(self, caption: Element, level: int, look: Look) -> None:
        own = self._page.look(caption, look)
        if own.gone:
            self._drop(caption, own)
            return
        self.inside(caption, level, False, own)
        self._close(level)

    def _close(self, level: int) -> None:
        if self._marking:
            self._pieces.append(_Piece("\n"))
            return
        pieces = _in_cell(self._pieces) if self._in_cell else [piece.text for piece in self._pieces]
        lines = "".join(pieces).translate(_INVISIBLE).split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        if text:
            self._found.append(Paragraph(text, level, self._linked > 0 and self._plain == 0))
        self._pieces, self._linked, self._plain = [], 0, 0

    def _add(self, text: str | None, in_link: bool, look: Look, preformatted: bool = False) -> None:
        if not text:
            return
        if is_unseen(look):
            if any(letter.isdigit() for letter in text):
                self._page.say(_HIDDEN_SAID)
            return
        flat = text.replace("\r", "\n") if preformatted else _SPACE.sub(_blank, text)
        letters = len(flat.strip())
        if in_link:
            self._linked += letters
        else:
            self._plain += letters
        if look.turned and any(letter.isdigit() for letter in flat):
            self._pieces.append(_Piece(f"〔反向显示：{flat.strip()}〕", kept=True))
        else:
            self._pieces.append(_Piece(flat, look.size, 0, look.doubtful))

    def _drop(self, element: Element, look: Look) -> None:
        """Leave out what is hidden or struck out, and say so where it may have been taken for a part of the report."""
        if self._in_cell or not _begins_line(element.tag, look) or next(element.iter("td"), None) is not None:
            self._page.dropped(element, look)
        text = " ".join("".join(element.itertext()).split())[:_LONGEST_MARK] if look.gone == "struck" else ""
        if self._in_cell and any(letter.isdigit() for letter in text):
            self.struck.append(text)

    # Marks

    def _mark_in(self, element: Element, look: Look) -> int:
        """2 for a text that is a mark, 1 for one that is if it stands beside other text."""
        href = element.get("href") or "" if element.tag == "a" else ""
        if _NOTE.search(href[-100:]):
            return 2
        return look.mark or (1 if href.startswith("#") and len(href) > 1 else 0)

    def _marked(self, element: Element, mark: int, level: int, in_link: bool, look: Look) -> None:
        outer, self._pieces, self._marking = self._pieces, [], True
        self._element(element, level, in_link, look)
        inner, self._pieces, self._marking = self._pieces, outer, False
        bare = "".join("".join(piece.text for piece in inner).translate(_INVISIBLE).split())
        if not bare or len(bare) > _LONGEST_MARK or _CHINESE.search(_MARK_WORDS.sub("", bare)):
            self._pieces += inner
        elif mark == 2:
            self._pieces.append(_Piece(_note(bare), kept=True))
        else:
            self._pieces.append(_Piece(bare, look.size, 1, look.doubtful))

    # What is not text

    def _picture(self, element: Element, level: int) -> None:
        if element.tag == "svg":
            text = " ".join("".join(element.itertext()).split())[:_LONGEST_MARK]
            if self._in_cell and any(letter.isdigit() for letter in text):
                self._pieces.append(_Piece(f"〔图形：{text}〕", kept=True))
        elif not any((element.get(side) or "").strip() in ("0", "1") for side in ("width", "height")):
            self._close(level)
            self._found.append(Picture())

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
        if any(letter.isdigit() for letter in text) and not _CHINESE.search(text):
            self._page.say(_FIELD_SAID)
            self._pieces.append(_Piece(text, look.size, 0, look.doubtful or kind in _BUTTONS))

    def _generated(self, text: str) -> None:
        """Text that a style sheet puts into a cell is seen; a number among it is nothing that anybody wrote there."""
        if not self._in_cell or not text:
            return
        if "？" in text or any(letter.isdigit() for letter in text):
            self._pieces.append(_Piece(f"〔样式添加：{text}〕", kept=True))
        else:
            self._pieces.append(_Piece(text, kept=True))


def _begins_line(tag: str, look: Look) -> bool:
    if look.floats:
        return True
    if not look.display or look.display == "none":
        return tag in _BLOCKS
    return not look.display.startswith(("inline", "contents", "ruby"))


def _blank(found: re.Match[str]) -> str:
    """Line breaks of the source are blanks; between Chinese characters they are nothing."""
    text, start, end = found.string, found.start(), found.end()
    wide = start > 0 and end < len(text) and text[start - 1] > "\xff" and text[end] > "\xff"
    return "" if wide and "\n" in found[0] else " "


def _note(bare: str) -> str:
    return f"（注{bare.strip('[]()（）〔〕【】注') or bare}）"


def _is_figure(text: str) -> bool:
    """True for a text that may be a figure or a part of one."""
    return any(letter.isdigit() for letter in text) and not _CHINESE.search(text)


def _in_cell(pieces: list[_Piece]) -> list[str]:
    """Return the texts of a line in a cell: marks beside others as marks, what is doubtful or of another size as no number."""
    own = "".join(piece.text for piece in pieces if not piece.mark).strip()
    sizes = [piece.size for piece in pieces if not piece.kept and not piece.mark and _is_figure(piece.text)]
    largest = max(sizes, default=0.0)
    found: list[str] = []
    for piece in pieces:
        text = piece.text
        if piece.kept:
            found.append(text)
        elif piece.mark and own:
            found.append(_note(text))
        elif piece.doubtful and _is_figure(text):
            found.append(f"〔显示不明：{text.strip()}〕")
        elif piece.size < _SMALLER * largest and _is_figure(text):
            found.append(f"〔小字：{text.strip()}〕")
        else:
            found.append(text)
    return found
