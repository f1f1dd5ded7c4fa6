"""The numbers that Word counts for paragraphs in lists: “一、” before a heading that was typed without it."""

from __future__ import annotations

import re

from xlreport.sources.word_xml import Element, W, child, number, value

_PLACE = re.compile(r"%([1-9])")
#: Word has nine levels; a longer text of one is no number.
_LEVELS, _LONGEST = 9, 60
_CHINESE = "零一二三四五六七八九"
_CHINESE_FORMATS = {
    *(
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
    ),
    *("ideographTraditional", "chineseLegalSimplified", "japaneseDigitalTenThousand", "ideographDigital"),
}


class _Level:
    def __init__(self, element: Element) -> None:
        start = child(element, "start")
        self.start = 1 if start is None else number(start)
        self.format = value(child(element, "numFmt"))
        text = value(child(element, "lvlText"))
        self.text = text if len(text) <= _LONGEST else ""


class Numbering:
    """The lists of a document, and how far each has been counted. A definition is read when the first paragraph needs it."""

    def __init__(self, root: Element | None) -> None:
        self._definitions: dict[str, Element] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        #: Where a list says itself that its levels start.
        self._starts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for definition in root.iterfind(f"{W}abstractNum"):
            self._definitions[definition.get(f"{W}abstractNumId") or ""] = definition
        for one in root.iterfind(f"{W}num"):
            list_id = one.get(f"{W}numId") or ""
            self._lists[list_id] = value(child(one, "abstractNumId"))
            for override in one.iterfind(f"{W}lvlOverride"):
                start = child(override, "startOverride")
                if start is not None:
                    self._starts.setdefault(list_id, {})[_level(override)] = number(start)

    def next(self, list_id: str, level: int) -> str:
        """Return the number of the next paragraph of that list and level, as printed; “” where it has none."""
        definition = self._lists.get(list_id, "")
        levels = self._levels_of(definition)
        if level not in levels:
            return ""
        # Lists made from the same definition go on counting, unless one says where it starts.
        starts = self._starts.get(list_id, {})
        counts = self._counts.setdefault(f"list {list_id}" if starts else f"definition {definition}", {})
        counts[level] = counts.get(level, starts.get(level, levels[level].start) - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        kind = levels[level]
        if kind.format in ("bullet", "none"):
            return ""

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at, kind)
            return _written(counts.get(at, of.start), of.format)

        return _PLACE.sub(shown, kind.text)

    def _levels_of(self, definition: str) -> dict[int, _Level]:
        if definition not in self._levels:
            element = self._definitions.get(definition)
            found = () if element is None else element.findall(f"{W}lvl")
            self._levels[definition] = {_level(level): _Level(level) for level in found}
        return self._levels[definition]


def _level(element: Element) -> int:
    text = element.get(f"{W}ilvl") or "0"
    return int(text) if re.fullmatch("[0-8]", text) else _LEVELS


def _written(count: int, form: str) -> str:
    if form in _CHINESE_FORMATS and 0 < count < 100:
        tens, units = divmod(count, 10)
        head = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十"
        return head + (_CHINESE[units] if units else "")
    return str(count)
