"""The headings of a form's sections: known by their number and their wording together, since both vary in print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from xlreport.form.declaration import Section
from xlreport.sources.labels import PLAIN, likeness

#: A longer line is no heading.
LONGEST_HEADING = 45
#: How like a section's title a heading must be: with the section's own number in Chinese, in digits, without it, and without it in a line that
#: is formatted as a heading.
NUMBERED, WITH_DIGITS, ALONE, FORMATTED = 0.6, 0.72, 0.85, 0.7
#: This share of the letters of the shorter one stands in both of two texts that are that like one another.
IN_COMMON = 0.4
#: How sections are numbered, the most usual way first.
BRACKETED = ("brackets", "digits in brackets")
STYLES = ("chinese", "digits", "none", *BRACKETED)

_NUMBER = re.compile(
    r"^第?(?P<bracket>[(]?)(?P<number>[一二三四五六]|[1-6])(?:部分|[)])?(?P<point>[、.,:\s]*)(?!\d)"
)
#: A heading may say once more whose and which year's it is.
_OWNER = re.compile(r"^[^，。；：、]{2,30}?(?:19|20)\d\d年度?(?=\S{4})")
_BRACKETED_NUMBER = re.compile(r"^\s*[（(]([一二三四五六1-6１-６])[)）]")
_DIGITS = dict(zip("123456", "一二三四五六", strict=True))


class Heading(NamedTuple):
    """A line that is the heading of a section: how like it is, and the text that goes on behind it in the same line."""

    section: Section
    score: float
    rest: str = ""


class _Title(NamedTuple):
    """A title that a section may have, with half-width characters as well; the letters of these, and how many of them make a line like it."""

    section: Section
    text: str
    plain: str
    letters: frozenset[str]
    enough: float


class SectionHeadings:
    """Tells the headings of a form's sections; see ``headings_of``."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self.sections = sections
        self._titles: list[_Title] = []
        for section in sections:
            for text in (section.title, *section.aliases):
                plain = unicodedata.normalize("NFKC", text)
                letters = frozenset(plain)
                self._titles.append(_Title(section, text, plain, letters, IN_COMMON * len(letters)))
        self._letters = frozenset().union(*(title.letters for title in self._titles))
        self._beginnings = tuple(title.text[:2] for title in self._titles)
        numbered = (f"{title.section.number}、{re.escape(title.text)}" for title in self._titles)
        #: A section's number and title, word for word and between blanks, behind other text.
        self._within = re.compile(rf"(?<=[\s。；])(?:{'|'.join(numbered)})(?=\s|$)")

    @lru_cache(maxsize=4096)  # noqa: B019
    def of(self, text: str, level: int) -> Heading | None:
        """Return the section that ``text`` heads, a line of this heading level; ``None`` for any other text."""
        line = unicodedata.normalize("NFKC", text).strip()
        if self._letters.isdisjoint(line):
            return None
        numbered = _NUMBER.match(line)
        if numbered and numbered["bracket"]:
            # （一） numbers the parts of a section, not the sections.
            return None
        if numbered and not numbered["point"] and not line[numbered.end() :].startswith(self._beginnings):
            numbered = None
        number = numbered["number"] if numbered else ""
        whole = line[numbered.end() :] if numbered else line
        words = _OWNER.sub("", whole)
        own = NUMBERED if number not in _DIGITS else WITH_DIGITS
        other = FORMATTED if level and not number else ALONE
        best: Heading | None = None
        for title, is_like in self._candidates(words, number):
            same = bool(number) and _DIGITS.get(number, number) == title.section.number
            score = likeness(words.rstrip("。.:；;"), title.text) if is_like else 0.0
            if words.endswith("。") and score < PLAIN:
                score = 0.0
            if score >= (own if same else other) and (same or not number or score >= PLAIN):
                found = Heading(title.section, score + 0.02 * same)
                best = found if best is None or found.score > best.score else best
            elif same and best is None and (rest := _behind(whole, title.plain)) is not None:
                best = Heading(title.section, ALONE, _as_printed(text, rest))
        return best

    def in_brackets(self, text: str, level: int) -> Heading | None:
        """Return the section that ``text`` heads, in a document that numbers its sections （一） or （1）."""
        return self.of(_BRACKETED_NUMBER.sub(r"\1、", text), level)

    def parted(self, line: str) -> Iterator[str]:
        """Yield a line in parts, each section's heading at the beginning of one: pages lose the ends of their lines."""
        start = 0
        for found in self._within.finditer(line):
            yield line[start : found.start()]
            start = found.start()
        yield line[start:]

    def _candidates(self, words: str, number: str) -> Iterator[tuple[_Title, bool]]:
        """Yield the titles that so many letters of a line are of that it is worth comparing both, and for a number all others."""
        letters = frozenset(words) if len(words) <= LONGEST_HEADING else frozenset()
        enough = IN_COMMON * len(letters)
        for title in self._titles:
            common = len(letters & title.letters)
            is_like = common > 0 and (common >= enough or common >= title.enough)
            if is_like or number:
                yield title, is_like


@cache
def headings_of(sections: tuple[Section, ...]) -> SectionHeadings:
    """Return what tells the headings of these sections."""
    return SectionHeadings(sections)


def style_of(text: str) -> str:
    """Return how a heading is numbered, one of ``STYLES``."""
    found = _NUMBER.match(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return "none"
    if found["bracket"]:
        return BRACKETED[found["number"] in _DIGITS]
    return "digits" if found["number"] in _DIGITS else "chinese"


def _behind(words: str, title: str) -> str | None:
    """The text that follows a title in the same line; ``None`` if the line does not begin with the title."""
    rest = words[len(title) :]
    return rest.lstrip("。.:： ") if words.startswith(title) and rest[:1] in ("。", ".", ":", " ") else None


def _as_printed(text: str, rest: str) -> str:
    """The end of a line with its own punctuation, which is full-width."""
    end = text.rstrip()[-len(rest) :] if rest else ""
    return end if unicodedata.normalize("NFKC", end) == rest else rest
