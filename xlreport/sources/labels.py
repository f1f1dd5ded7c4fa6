"""How much a label met in print is like a declared one.

Numbers from 0 to 1. Labels are printed with other blanks, brackets and numberings, shortened, extended, and misprinted; what counts is the
wording that is left, and whether another declared label is nearly as like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from xlreport.sources.matching import normal

Key = TypeVar("Key")

#: From here on a label is the declared one.
ACCEPTED = 0.6
#: Below this the reading is said, since the wording differs.
PLAIN = 0.94
#: How much less like the next declared label must be.
MARGIN = 0.1
#: How many labels a remark names.
NAMED = 3
#: No use is made of a likeness below this.
LEAST = 0.35

_NUMBERING = re.compile(
    r"^(?:\((?P<bracketed>[一二三四五六七八九十\d]+)\)|(?P<pointed>[一二三四五六七八九十\d]+)[.、,:)])"
)
_PUNCTUATION = re.compile(r"[\s\"'、,，.。;；:：·~_|/\\—–-]")
_BRACKETED = re.compile(r"\([^()]{2,}\)")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")


class Wording(NamedTuple):
    """A label taken apart: all of it, its number, its words, and its words without what stands in brackets or is a year."""

    text: str
    number: str
    words: str
    short: str


@lru_cache(maxsize=8192)
def wording(text: str) -> Wording:
    """Return a label taken apart."""
    plain = normal(text)
    found = _NUMBERING.match(plain)
    body = plain[found.end() :] if found else plain
    number = (found["bracketed"] or found["pointed"]) if found else ""
    words, short = _PUNCTUATION.sub("", body), _YEAR.sub("", _BRACKETED.sub("", body))
    return Wording(plain, number, words, words if short == body else _PUNCTUATION.sub("", short) or words)


@lru_cache(maxsize=65536)
def likeness(found: str, wanted: str) -> float:
    """Return how like a printed label is to a declared one: 1 the same, ``PLAIN`` and more the same words."""
    ours, theirs = wording(wanted), wording(found)
    if ours.text == theirs.text:
        return 1.0
    if not theirs.words:
        return 0.0
    same_number = not ours.number or not theirs.number or ours.number == theirs.number
    if ours.words == theirs.words:
        return 0.99 if same_number else 0.95
    if ours.short == theirs.short:
        return 0.98 if same_number else 0.94
    # Most labels have no brackets: each two are compared once.
    parts = {(theirs.short, ours.words), (ours.words, theirs.words), (ours.short, theirs.words)}
    wholes = {(theirs.words, ours.words), (theirs.short, ours.short)}
    return max(*(_part(*each) for each in parts), *(0.95 * _edits(*each) for each in wholes))


def same_numbering(text: str, label: str) -> bool:
    """True if both labels are numbered, and with the same number."""
    return bool(wording(text).number) and wording(text).number == wording(label).number


def behind(text: str, heading: str) -> str:
    """Return what follows a heading at the beginning of a text; “” where the text does not begin with it."""
    words, start = wording(text).words, wording(heading).words
    return words[len(start) :] if start and words.startswith(start) else ""


def _part(part: str, whole: str) -> float:
    """How much a shorter label speaks for a longer one: in one piece, or letter for letter in the same order."""
    if len(part) < 3 or len(part) >= len(whole):
        return 0.0
    share = len(part) / len(whole)
    if part in whole:
        return 0.8 + 0.1 * share
    letters = iter(whole)
    if len(part) >= 4 and all(letter in letters for letter in part):
        return 0.68 + 0.1 * share
    return 0.0


def _edits(first: str, second: str) -> float:
    """1 less the share of letters to change, add or drop; 0 where it could not reach ``LEAST``."""
    longest = max(len(first), len(second))
    letters = _letters(second)
    # No more letters can stay than there are in both.
    staying = min(sum(map(letters.__contains__, first)), len(second))
    if staying < LEAST * longest or abs(len(first) - len(second)) > longest / 2:
        return 0.0
    return 1 - _distance(first, letters, len(second)) / longest


@lru_cache(maxsize=8192)
def _letters(text: str) -> dict[str, int]:
    """Where each letter stands in a text, as bits."""
    places: dict[str, int] = {}
    for at, letter in enumerate(text):
        places[letter] = places.get(letter, 0) | 1 << at
    return places


def _distance(first: str, letters: dict[str, int], length: int) -> int:
    """The edit distance, a column of the table at a time (Myers 1999, as bits of an integer)."""
    every, last = (1 << length) - 1, 1 << (length - 1)
    up, down, distance = every, 0, length
    for letter in first:
        same = letters.get(letter, 0)
        across = (((same & up) + up) ^ up) | same | down
        more, less = down | ~(across | up) & every, up & across
        distance += bool(more & last) - bool(less & last)
        more, less = (more << 1 | 1) & every, less << 1 & every
        same |= down
        up, down = less | ~(same | more) & every, more & same
    return distance


class Likeliest(NamedTuple, Generic[Key]):
    """The declared label a text most likely is, and how like it is."""

    key: Key
    score: float


class LabelSet(Generic[Key]):
    """Declared labels by key: of each all the wordings it may have."""

    def __init__(self, labels: Mapping[Key, tuple[str, ...]]) -> None:
        self._labels = dict(labels)

    def likeliest(self, *texts: str) -> Likeliest[Key] | None:
        """Return which label one of ``texts`` is; ``None`` if none is like, or two are nearly as like.

        Where a wording that several labels share is what was found, they do not rival each other; the first of them is returned.
        """
        found: Likeliest[Key] | None = _likeliest(self, texts)
        return found

    def share(self, first: Key, second: Key) -> bool:
        """Return True if some wording is of both."""
        return bool(set(self._labels[first]) & set(self._labels[second]))

    def scores(self, texts: Sequence[str]) -> Iterator[tuple[Key, float]]:
        """Yield of each label how like it the most alike of ``texts`` is."""
        for key, labels in self._labels.items():
            yield key, max((likeness(text, label) for text in texts for label in labels), default=0.0)


@lru_cache(maxsize=65536)
def _likeliest(declared: LabelSet[Key], texts: tuple[str, ...]) -> Likeliest[Key] | None:
    scores = [Likeliest(key, score) for key, score in declared.scores(texts)]
    best = max(scores, key=lambda each: each.score, default=None)
    if best is None or best.score < ACCEPTED:
        return None
    rival = max((each.score for each in scores if not _is_one(declared, best, each)), default=0.0)
    # Two that are both word for word the same are told apart by their numbers and brackets.
    margin = MARGIN if best.score < PLAIN else 0.005
    return best if best.score - rival >= margin else None


def _is_one(declared: LabelSet[Key], best: Likeliest[Key], other: Likeliest[Key]) -> bool:
    """True if nothing in a text tells this label from the likeliest: both share a wording, and it is as like to one as to the other."""
    return other.key == best.key or (other.score == best.score and declared.share(best.key, other.key))


def short(text: str) -> str:
    """Return a label in one line, as it is quoted in a remark."""
    line = "".join(text.split())
    return line if len(line) <= 24 else line[:24] + "…"


def named(labels: Sequence[str]) -> str:
    """Return some labels for a sentence: “甲”“乙”“丙”等 5 项."""
    quoted = "".join(f"“{label}”" for label in labels[:NAMED])
    return f"{quoted}等 {len(labels)} 项" if len(labels) > NAMED else quoted
