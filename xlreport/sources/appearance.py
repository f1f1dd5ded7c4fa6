"""How an element of a page looks to a person: not at all, struck out, raised, in another size, or in a way that cannot be told.

Takes what style sheets and attributes declare, as a browser would; see ``style_sheets``. Where only the possibility is known that
something hides or shows an element, or where a browser would do something unusual with it, the look is ``doubtful``.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from xlreport.sources.selectors import ESCAPED, unescaped
from xlreport.sources.style_sheets import Declared, StyleSheets

Element: TypeAlias = Any

#: The attributes that decide how an element looks, and how many looks are remembered.
_ATTRIBUTES = ("hidden", "open", "size", "color", "bgcolor", "background", "dir")
_MOST_KNOWN = 10_000
#: Further off than this, in pixels, is off the screen; less high, wide or dense than this is nothing.
_OFF, _NOTHING = 400, 0.05
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|em|rem|ex|ch|%|cm|mm|in|pc|vw|vh)?")
_PIXELS = {
    "px": 1.0,
    "pt": 4 / 3,
    "rem": 16.0,
    "cm": 37.8,
    "mm": 3.78,
    "in": 96.0,
    "pc": 16.0,
    "vw": 12.8,
    "vh": 7.2,
}
_SIZES = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
_FONT_SIZES = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}
_RAISED, _AT_EDGE = {"super", "sub"}, {"top", "bottom", "text-top", "text-bottom"}
#: Elements with a box whose height and width can be set, unless they are declared to be something else.
_BOXES = re.compile(
    r"div|p|h\d|section|article|main|ul|ol|li|dl|dt|dd|blockquote|pre|center|form|fieldset|table|img"
)
_CELLS = {"td", "th", "tr", "tbody", "thead", "tfoot", "table", "caption", "col", "colgroup"}
_STRUCK, _RAISING = {"s", "strike", "del"}, {"sup", "sub"}
_UNSEEN_CLIP = re.compile(
    r"rect\(\s*(?:0|1px)[a-z]*[\s,]+(?:0|1px)[a-z]*[\s,]+(?:0|1px)[a-z]*[\s,]+(?:0|1px)[a-z]*\s*\)"
)
_UNSEEN_PATH = re.compile(
    r"inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%.*|circle\(\s*0.*|polygon\(\s*0(?:px|%)? 0(?:px|%)?\s*(?:,\s*0(?:px|%)? 0(?:px|%)?\s*)*\)"
)
_UNSEEN_TRANSFORM = re.compile(r".*scale[xy3]?d?\(\s*0*\.?0*\s*[,)].*")
_TURNING = re.compile(r"scale|rotate|matrix|skew|perspective|translate[^)]*\d{3}")
_NO_COLOUR = re.compile(
    r"transparent|(?:rgba|hsla)\(.*,\s*0*\.?0+%?\s*\)|(?:rgb|hsl)\(.*/\s*0*\.?0+%?\s*\)|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)"
)
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_NAMED = {
    "white": "ffffff",
    "black": "000000",
    "red": "ff0000",
    "yellow": "ffff00",
    "silver": "c0c0c0",
    "gray": "808080",
}


class Look(NamedTuple):
    """How an element's text is seen, as its descendants inherit it.

    ``gone`` is “hidden” or “struck” where nothing of it is to be read. ``mark`` is 2 where the text is raised or lowered, 1 where it may be a
    mark beside other text. ``size`` is in pixels; ``display`` and ``floats`` are the element's own.
    """

    gone: str = ""
    visible: bool = True
    size: float = 16.0
    mark: int = 0
    doubtful: bool = False
    turned: bool = False
    display: str = ""
    floats: bool = False
    ink: str = "000000"
    #: The colour behind the text; “” where it is not known.
    paper: str = "ffffff"
    #: Text that is put before and after the element's own.
    before: str = ""
    after: str = ""
    in_cell: bool = False


class Looks:
    """The looks of a page's elements. Elements that are declared alike look alike, so that a look is worked out once."""

    def __init__(self, sheets: StyleSheets) -> None:
        self._sheets, self._boxes = sheets, sheets.boxes
        self._known: dict[object, Look] = {}

    def of(self, element: Element, around: Look) -> Look:
        """Return the look of an element within one that looks like ``around``."""
        certain, perhaps = self._sheets.declared(element)
        key = (element.tag, *map(element.get, _ATTRIBUTES), certain.key, perhaps.key, around)
        found = self._known.get(key)
        if found is None:
            found = _look(element, certain, around)
            if perhaps is not certain and _essence(other := _look(element, perhaps, around)) != _essence(
                found
            ):
                size = max(found.size, other.size)
                found = found._replace(gone="", visible=around.visible, size=size, doubtful=True)
            if len(self._known) < _MOST_KNOWN:
                self._known[key] = found
        if not self._boxes:
            return found
        before, after = (
            _content(declared[1]) if (declared := self._sheets.declared(element, box))[1] else ""
            for box in ("before", "after")
        )
        return found._replace(before=before, after=after) if before or after else found


def _essence(look: Look) -> tuple[object, ...]:
    """What decides whether and how a figure is seen."""
    return look.gone, look.mark, look.doubtful, look.turned, is_unseen(look), look.in_cell and look.size


def _look(element: Element, declared: Declared, around: Look) -> Look:
    tag = element.tag
    size = _size(element, declared, around.size)
    visible = {"visible": True, "hidden": False, "collapse": False, "initial": True}.get(
        declared.get("visibility", ""), around.visible
    )
    ink, paper = _colours(element, declared, around)
    inline = not _is_box(element, declared)
    in_cell = around.in_cell or tag in ("td", "th")
    hidden, doubtful = _hides(element, declared, size, inline)
    # A page that hides all of itself is shown by its script.
    hidden = hidden and tag not in ("html", "body")
    doubtful |= in_cell and not hidden and _is_unusual(declared)
    struck = "line-through" in declared.get("text-decoration-line", declared.get("text-decoration", ""))
    if tag in _STRUCK and not struck:
        struck = not {"text-decoration", "text-decoration-line"} & declared.keys()
    return Look(
        "hidden" if hidden else "struck" if struck else "",
        visible,
        size,
        max(around.mark, _mark(element, declared, inline)),
        around.doubtful or doubtful,
        _is_turned(element, declared, around),
        declared.get("display", ""),
        declared.get("float", "none") in ("left", "right")
        or declared.get("position") in ("absolute", "fixed"),
        ink,
        paper,
        in_cell=in_cell,
    )


def is_unseen(look: Look) -> bool:
    """True where there is room for a text that nobody sees."""
    return (
        not look.visible
        or look.size < 1
        or (bool(look.paper) and look.ink == look.paper)
        or look.ink == "none"
    )


def _is_box(element: Element, declared: Declared) -> bool:
    display = declared.get("display", "")
    if declared.get("position") in ("absolute", "fixed") or declared.get("float", "none") in (
        "left",
        "right",
    ):
        return True
    if display:
        return not display.startswith("inline") or display.startswith("inline-")
    return _BOXES.fullmatch(element.tag) is not None


def pixels(value: str | None, size: float) -> float | None:
    """Return a length in pixels, ``em`` and ``%`` of ``size``; ``None`` where it is none."""
    found = _LENGTH.fullmatch((value or "").strip())
    if found is None:
        return None
    factor = {"em": size, "%": size / 100, "ex": size / 2, "ch": size / 2}
    return float(found[1]) * (factor.get(found[2]) or _PIXELS.get(found[2] or "px", 1.0))


def _size(element: Element, declared: Declared, around: float) -> float:
    value = declared.get("font-size")
    if value is None and "font" in declared:
        parts = [part.partition("/")[0] for part in declared["font"].split()]
        value = next(
            (part for part in parts if part in _SIZES or (_LENGTH.fullmatch(part) and not part.isdigit())),
            None,
        )
    if value is None:
        if element.tag == "font":
            return _FONT_SIZES.get((element.get("size") or "").strip(), around)
        return around * {"small": 0.83, "big": 1.2, "sup": 0.83, "sub": 0.83, "rt": 0.5}.get(element.tag, 1)
    if value in ("smaller", "larger"):
        return around * (0.83 if value == "smaller" else 1.2)
    size = _SIZES.get(value, pixels(value, around))
    return around if size is None or size < 0 else size


def _hides(element: Element, declared: Declared, size: float, inline: bool) -> tuple[bool, bool]:
    """Return whether an element hides what is in it, and whether that cannot be told."""
    display = declared.get("display", "")
    if display == "none" or (not display and element.get("hidden") is not None):
        return True, False
    if declared.get("mso-hide") == "all" or declared.get("content-visibility") == "hidden":
        return True, False
    if element.tag == "dialog" and element.get("open") is None and not display:
        return True, False
    if element.tag in ("tr", "tbody", "thead", "tfoot") and declared.get("visibility") == "collapse":
        return True, False
    opacity = pixels(declared.get("opacity"), 1)
    if (opacity is not None and opacity < _NOTHING) or re.search(
        r"opacity\(\s*0*\.?0*%?\s*\)", declared.get("filter", "")
    ):
        return True, False
    transform = declared.get("transform", "")
    unseen = [
        _is_flat(declared, size),
        _is_off(declared, size),
        bool(_UNSEEN_CLIP.fullmatch(declared.get("clip", ""))),
        bool(_UNSEEN_TRANSFORM.fullmatch(transform))
        or declared.get("scale", "").startswith("0 ")
        or declared.get("scale") == "0",
        declared.get("zoom") in ("0", "0%"),
        bool(_UNSEEN_PATH.fullmatch(declared.get("clip-path", ""))),
    ]
    positioned = declared.get("position") in ("absolute", "fixed")
    if any(unseen):
        # A height says nothing to a cell, a clip nothing to what stands in the text, a place nothing to what is not placed.
        flat, off, clipped, shrunk, zoomed, _ = unseen
        tells = [
            flat and not inline and element.tag not in _CELLS,
            off
            and (
                declared.get("position", "static") != "static"
                or (not inline and _is_indented_off(declared, size))
            ),
            clipped and positioned,
            shrunk and not inline,
            unseen[5] or zoomed,
        ]
        return any(tells), True
    return False, False


def _is_unusual(declared: Declared) -> bool:
    """True for what turns, shrinks, covers or rearranges text in a way that is not followed here."""
    if _TURNING.search(declared.get("transform", "")) or declared.get("rotate", "none") not in (
        "none",
        "0deg",
    ):
        return True
    if "reverse" in declared.get("flex-direction", "") or declared.get("order", "0") != "0":
        return True
    if any(
        declared.get(name, "none") not in ("none", "auto") for name in ("clip-path", "-webkit-text-security")
    ):
        return True
    return "all" in declared or any(
        "(" in declared.get(name, "")
        for name in ("display", "visibility", "opacity", "font-size", "vertical-align")
    )


def _is_flat(declared: Declared, size: float) -> bool:
    """True for no height or width with nothing shown beyond it."""
    overflow = " ".join(declared.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    if not re.search(r"hidden|clip|scroll|auto", overflow):
        return False
    sides = (pixels(declared.get(name), size) for name in ("height", "max-height", "width", "max-width"))
    return any(side is not None and side <= 1 for side in sides)


def _is_indented_off(declared: Declared, size: float) -> bool:
    return any(
        (length := pixels(declared.get(name), size)) is not None and length <= -_OFF
        for name in ("text-indent", "margin-left", "margin-top")
    )


def _is_off(declared: Declared, size: float) -> bool:
    """True for a place far off the screen."""
    lengths = [pixels(declared.get(name), size) for name in ("left", "top", "right", "bottom")]
    lengths += [pixels(part, size) for part in declared.get("inset", "").split()]
    if any(length is not None and (length <= -_OFF or length >= 10 * _OFF) for length in lengths):
        return True
    margins = [pixels(part, size) for part in declared.get("margin", "").split()]
    return _is_indented_off(declared, size) or any(m is not None and m <= -_OFF for m in margins)


def _mark(element: Element, declared: Declared, inline: bool) -> int:
    align = declared.get("vertical-align", "")
    if element.tag in _CELLS:
        return 0
    if element.tag in _RAISING and align in ("", "super", "sub"):
        return 2
    if element.tag == "rt" or declared.get("font-variant-position") in ("super", "sub"):
        return 2
    if pixels(declared.get("mso-text-raise"), 16):
        return 2
    inside = inline or declared.get("display", "").startswith("inline-")
    if inside and (align in _RAISED or pixels(align, 16)):
        return 2
    if inside and align in _AT_EDGE:
        return 1
    if (
        inside
        and declared.get("position") == "relative"
        and any(pixels(declared.get(n), 16) for n in ("top", "bottom"))
    ):
        return 2
    return 2 if inside and re.search(r"translate(?:y|3d)?\([^)]*[1-9]", declared.get("transform", "")) else 0


def _is_turned(element: Element, declared: Declared, around: Look) -> bool:
    direction = declared.get("direction", (element.get("dir") or "").lower())
    if element.tag == "bdo" or "override" in declared.get("unicode-bidi", ""):
        return direction == "rtl"
    return around.turned


def _colours(element: Element, declared: Declared, around: Look) -> tuple[str, str]:
    """The colours of the text and behind it, six digits each; “none” for a text without any, “” where the ground is not known."""
    ink, paper = around.ink, around.paper
    written = (
        declared.get("-webkit-text-fill-color")
        or declared.get("color")
        or (element.get("color") or "").lower()
    )
    if written:
        ink = "none" if _NO_COLOUR.fullmatch(written) else _colour(written) or "other"
    ground = (
        declared.get("background-color")
        or declared.get("background")
        or (element.get("bgcolor") or "").lower()
    )
    if declared.get("background-image", "none") != "none" or element.get("background"):
        paper = ""
    elif ground and not _NO_COLOUR.fullmatch(ground) and ground not in ("none", "inherit", "initial"):
        paper = _colour(ground.split()[0])
    return ink, paper


def _colour(written: str) -> str:
    found = re.fullmatch(
        r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*1(?:\.0*)?\s*)?\)", written
    )
    if found:
        return "".join(f"{min(255, int(part)):02x}" for part in found.groups())
    digits = _HEX.fullmatch(_NAMED.get(written, written))
    if digits is None:
        return ""
    return digits[1] if len(digits[1]) == 6 else "".join(2 * digit for digit in digits[1])


def _content(declared: Declared) -> str:
    """The text that is put into an element: “？” stands for what is counted or looked up."""
    written = declared.get("content", "")
    if (
        not written
        or written in ("none", "normal", "inherit", "initial")
        or declared.get("display") == "none"
    ):
        return ""
    texts = re.findall(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'", written)
    text = "".join(ESCAPED.sub(unescaped, one or other) for one, other in texts)
    if re.search(r"counter|attr|var\(", written):
        text += "？"
    return "".join(letter for letter in text if letter.isprintable())
