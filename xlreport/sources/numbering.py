"""The numbers that Word counts for paragraphs in lists: “一、” before a heading that was typed without it."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

Element: TypeAlias = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
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
        self.start = _int(element.find(f"{W}start"), 1)
        self.format = _value(element.find(f"{W}numFmt"))
        self.text = _value(element.find(f"{W}lvlText"))


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        for abstract in root.findall(f"{W}abstractNum"):
            key = str(abstract.get(f"{W}abstractNumId"))
            self._levels[key] = {
                int(level.get(f"{W}ilvl") or 0): _Level(level) for level in abstract.findall(f"{W}lvl")
            }
        for number in root.findall(f"{W}num"):
            list_id = str(number.get(f"{W}numId"))
            self._lists[list_id] = _value(number.find(f"{W}abstractNumId"))
            for override in number.findall(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._starts[list_id, int(override.get(f"{W}ilvl") or 0)] = _int(start, 1)

    def next(self, list_id: str, level: int) -> str:
        """Return the number of the next paragraph of that list and level, as printed; “” where it has none."""
        abstract = self._lists.get(list_id, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        # Lists made from the same definition go on counting, unless one says where it starts.
        counted = list_id if any(key[0] == list_id for key in self._starts) else f"abstract {abstract}"
        counts = self._counts.setdefault(counted, {})
        start = self._starts.get((list_id, level), levels[level].start)
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        kind = levels[level]
        if kind.format in ("bullet", "none"):
            return ""

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at, kind)
            return _written(counts.get(at, of.start), of.format)

        return _PLACE.sub(shown, kind.text)


def _written(number: int, form: str) -> str:
    if form in _CHINESE_FORMATS and 0 < number < 100:
        tens, units = divmod(number, 10)
        head = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十"
        return head + (_CHINESE[units] if units else "")
    return str(number)


def _value(element: Element | None) -> str:
    return "" if element is None else str(element.get(f"{W}val") or "")


def _int(element: Element | None, default: int) -> int:
    text = _value(element)
    return int(text) if text.isdecimal() and len(text) < 6 else default
