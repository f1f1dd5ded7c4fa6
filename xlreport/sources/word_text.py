"""The text of paragraphs: runs that are seen, as they are seen.

What the page does not show is left out, and said where it holds digits; what is raised, lowered, or a note's is a mark; what a font draws instead
of writing is what it shows, or unreadable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from xlreport.sources.blocks import Block, Picture
from xlreport.sources.left_out import DELETIONS, PLACEHOLDER, LeftOut
from xlreport.sources.printed import has_digit
from xlreport.sources.word_fields import Fields, kind_of_link
from xlreport.sources.word_looks import NOTHING, WordLook, look_of, shade
from xlreport.sources.word_pieces import Piece, joined
from xlreport.sources.word_styles import WordStyles
from xlreport.sources.word_symbols import CIRCLED, UNREADABLE, drawn, shown_in
from xlreport.sources.word_xml import (
    DELETED,
    DROPPED,
    MATH,
    MC,
    Element,
    W,
    boxes_in,
    child,
    chosen,
    is_known,
    is_placeholder,
    value,
    written_in,
)

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"

HIDDEN, STRUCK, UNSEEN = "隐藏的文字", "划了删除线的文字", "看不见的文字（与底色相同或极小）"
_ON_THE_WEB = "网页视图中隐藏，分不清是不是数字的一部分"
_TWO_STYLES = "样式重复定义，分不清是否显示"
_TURNED_BACK = "两层样式都设为隐藏，各软件显示不同"
#: What stands before the prompt of a cell that nobody has filled in.
_PROMPT = "〔提示文字〕"

_NOTES = {f"{W}footnoteReference", f"{W}endnoteReference"}
_DRAWINGS = {f"{W}drawing", f"{W}pict", f"{W}object"}
#: What stands for single characters, or shows what is not stored in the document.
_CHARACTERS = {
    **dict.fromkeys((f"{W}tab", f"{W}ptab"), "\t"),
    **dict.fromkeys((f"{W}br", f"{W}cr"), "\n"),
    f"{W}noBreakHyphen": "-",
    **{
        f"{W}{name}": UNREADABLE
        for name in ("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong")
    },
}
#: A character of a symbol font, by its code.
_SYMBOLS = {f"{W}sym", "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx"}
_CIRCLED = frozenset(CIRCLED)
#: The colour behind the text of a shape, which may be any.
_A_SHAPE = "?"
#: In mathematics: what only holds other things, and what stands raised or lowered beside them.
_HOLDING = {f"{MATH}{name}" for name in ("oMath", "oMathPara", "e", "box", "sSup", "sSub", "sSubSup", "sPre")}
_BESIDE = {f"{MATH}sup", f"{MATH}sub"}


class Around(NamedTuple):
    """What is around a paragraph: the look that a table's style gives, the colour behind, and whether it stands in a cell."""

    look: WordLook = NOTHING
    ground: str = ""
    in_cell: bool = False


class Texts:
    """Reads paragraphs; ``blocks_of`` reads what stands in a text box, ``object_of`` a file of another program that is shown as a picture."""

    def __init__(
        self,
        styles: WordStyles,
        left_out: LeftOut,
        blocks_of: Callable[[Element, Around], list[Block]],
        object_of: Callable[[Element], Block],
    ) -> None:
        self._styles, self._left_out = styles, left_out
        self._blocks_of, self._object_of = blocks_of, object_of
        self.fields = Fields()
        self._around = Around()
        self._style = ""
        self._base = NOTHING
        self._parts: list[str | Piece] = []
        self._boxes: list[Block] = []
        #: What content controls ask for.
        self._prompts: list[str] = []
        #: A note's own mark is to come.
        self._mark_follows = False

    def text(
        self, paragraph: Element, properties: dict[str, Element], style: str, around: Around
    ) -> tuple[str, list[Block]]:
        """Return the text of a paragraph with these properties in a style, and the text boxes and pictures that hang on it."""
        outer = self._around, self._style, self._base, self._parts, self._boxes, self._mark_follows
        ground = shade(properties.get(f"{W}shd")) or self._styles.paragraph(style).ground
        self._around, self._style = around._replace(ground=ground) if ground else around, style
        self._base = self._styles.look(around.look, style, "")
        self._parts, self._boxes, self._mark_follows = [], [], False
        self._inline(paragraph, self.fields.link)
        found, boxes = joined(self._parts, around.in_cell), self._boxes
        self._around, self._style, self._base, self._parts, self._boxes, self._mark_follows = outer
        return self._with_prompts(found, around), boxes

    def _inline(self, parent: Element, link: str) -> None:
        for element in parent:
            tag = element.tag
            if tag == f"{W}r":
                self._run(element, link)
            elif tag in DROPPED or not is_known(element):
                continue
            elif tag in DELETED:
                self._left_out.add(DELETIONS, written_in(element))
            elif tag == f"{W}sdt":
                if is_placeholder(element):
                    self._prompts.append(written_in(element))
                    continue
                for inner in element.findall(f"{W}sdtContent"):
                    self._inline(inner, link)
            elif tag == f"{MC}AlternateContent":
                self._inline(chosen(element), link)
            elif tag == f"{W}ruby":
                self._ruby(element, link)
            elif tag == f"{W}hyperlink":
                kind = kind_of_link(element.get(f"{W}anchor") or "")
                self._inline(element, self.fields.new_link(kind))
            elif tag == f"{W}fldSimple":
                self._inline(element, self.fields.link_of(element.get(f"{W}instr") or "") or link)
            elif tag == f"{W}bdo" and value(element) == "rtl":
                # The page shows these characters backwards; no reader of figures takes them for one.
                self._parts.append("\u202e")
                self._inline(element, link)
                self._parts.append("\u202c")
            elif tag.startswith(MATH):
                self._mathematics([element], link)
            else:
                self._inline(element, link)

    def _with_prompts(self, text: str, around: Around) -> str:
        """A cell that shows only what to fill in is no blank; beside other text the prompt is nobody's."""
        prompts, self._prompts = self._prompts, []
        asked = "".join(prompts).strip()
        if around.in_cell and asked and not text.strip():
            return f"{_PROMPT}{asked}"
        for prompt in prompts:
            self._left_out.add(PLACEHOLDER, prompt)
        return text

    def _ruby(self, element: Element, link: str) -> None:
        for base in element.findall(f"{W}rubyBase"):
            self._inline(base, link)
        above = "".join(map(written_in, element.findall(f"{W}rt")))
        if has_digit(above):
            self._parts.append(Piece(above, mark=True))

    def _mathematics(self, parent: Element, link: str, mark: bool = False) -> None:
        for element in parent:
            tag = element.tag
            if tag == f"{MATH}r":
                self._letters(element, link, mark)
            elif tag == f"{W}r":
                self._run(element, link)
            elif tag in _BESIDE:
                self._mathematics(element, link, mark=True)
            elif is_known(element) and not tag.endswith("Pr") and tag not in DELETED:
                # Fractions, roots, and the like are more than one figure.
                if tag.startswith(MATH) and tag not in _HOLDING and self._parts[-1:] != ["／"]:
                    self._parts.append("／")
                self._mathematics(element, link, mark)

    def _letters(self, run: Element, link: str, mark: bool) -> None:
        look, text = self._look(child(run, "rPr")), written_in(run)
        lost = self._lost(look)
        if lost:
            self._left_out.add(lost, text)
        elif not self.fields.in_code:
            self._say(text, look, link, mark)

    # Runs

    def _run(self, run: Element, link: str) -> None:
        look = self._look(child(run, "rPr"))
        lost = self._lost(look)
        not_shown: list[str] = []
        self._contents(run, look, lost, link, not_shown)
        if not_shown:
            self._left_out.add(lost or DELETIONS, "".join(not_shown))

    def _contents(self, parent: Element, look: WordLook, lost: str, link: str, not_shown: list[str]) -> None:
        for element in parent:
            tag = element.tag
            if tag == f"{W}t":
                text = element.text or ""
                if lost:
                    not_shown.append(text)
                elif self.fields.in_code:
                    self.fields.swallow(text)
                else:
                    self._say(text, look, link)
            elif tag == f"{W}fldChar":
                shown = self.fields.turn(element)
                if shown and not lost:
                    self._say(shown, NOTHING, link)
            elif tag == f"{W}instrText":
                self.fields.say(element.text or "")
            elif tag == f"{W}delText":
                not_shown.append(element.text or "")
            elif tag == f"{MC}AlternateContent":
                self._contents(chosen(element), look, lost, link, not_shown)
            elif lost or self.fields.in_code or tag in DROPPED:
                continue
            elif tag in _CHARACTERS:
                self._say(_CHARACTERS[tag], look, link)
            elif tag in _SYMBOLS:
                space = tag[: tag.index("}") + 1]
                font, code = element.get(f"{space}font") or "", element.get(f"{space}char") or ""
                self._say(drawn(font, code), look._replace(font=""), link)
            elif tag in _NOTES:
                self._mark_follows = element.get(f"{W}customMarkFollows", "0") in ("1", "true", "on")
            elif tag in _DRAWINGS:
                self._drawn(element)
            elif tag == f"{W}ruby":
                self._ruby(element, link)

    def _look(self, properties: Element | None) -> WordLook:
        if properties is None:
            return self._base
        style = child(properties, "rStyle")
        if style is None:
            return look_of(properties).over(self._base)
        return look_of(properties).over(self._styles.look(self._around.look, self._style, value(style)))

    def _lost(self, look: WordLook) -> str:
        """Why text of this look is not seen, “” where it is."""
        if look.twice:
            # Which of the two looks holds is not known: read, and said to be doubtful.
            return ""
        if look.hidden:
            return HIDDEN
        if look.struck or look.struck_twice:
            return STRUCK
        if look.deleted:
            return DELETIONS
        # White text outside of tables stands on a picture as a rule.
        if look.is_tiny or (self._around.in_cell and look.is_lost_on(self._around.ground)):
            return UNSEEN
        return ""

    def _say(self, text: str, look: WordLook, link: str, mark: bool = False) -> None:
        link = self.fields.link or link
        if look.font:
            text = shown_in(look.font, text)
        if self._around.in_cell and text[:1] in _CIRCLED and all(char in _CIRCLED for char in text):
            mark = bool(self._parts)
        if self._mark_follows and text.strip():
            mark, self._mark_follows = True, False
        doubt = (
            _ON_THE_WEB
            if look.web_hidden
            else _TWO_STYLES
            if look.twice
            else _TURNED_BACK
            if look.turned_back
            else ""
        )
        if mark or look.raised or look.shift or link or doubt:
            self._parts.append(Piece(text, mark or bool(look.raised), look.shift or 0.0, link, doubt))
        else:
            self._parts.append(text)

    def _drawn(self, element: Element) -> None:
        """Text boxes are blocks of their own behind the paragraph they hang on; pictures are pictures."""
        boxes = list(boxes_in([element]))
        for box, shown in boxes:
            if shown:
                self._boxes += self._blocks_of(box, Around(ground=_A_SHAPE, in_cell=self._around.in_cell))
            else:
                self._left_out.add(HIDDEN, written_in(box))
        made = next(element.iter(_OLE), None)
        if not boxes and made is not None:
            self._boxes.append(self._object_of(made))
        elif not boxes and _shows_picture(element):
            self._boxes.append(Picture())


def _shows_picture(drawing: Element) -> bool:
    """True for anything that is drawn but lines and frames."""
    if any(next(drawing.iter(tag), None) is not None for tag in (_PICTURE, _IMAGE)):
        return True
    return bool(drawing.tag == f"{W}drawing") and next(drawing.iter(_SHAPE), None) is None
