"""The one linear scorer: features in, probabilities of labels out.

A score is a sum of weights, and all labels are scored at once: the scores of a feature are packed into one large whole number, a lane of bits for
each label, so that adding up features is adding numbers, which Python does in one step.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from functools import partial

from xlreport.rules.text.claim_labels import Label, family, parts, slots
from xlreport.rules.text.features import Seen
from xlreport.rules.text.weights import SCALE, Weights

_BITS = 16
_MIDDLE = 1 << (_BITS - 1)
#: So many words of a place are remembered of which nothing was learnt.
_REMEMBERED = 2000
#: Labels that are so much less likely than the best are left out of the sum.
_FAR = 8 * SCALE


class _Vectors(dict[str, int]):
    """Vectors by word, made when they are first asked for."""

    def __init__(self, make: Callable[[str], int]) -> None:
        self._make = make

    def __missing__(self, word: str) -> int:
        made = self._make(word)
        if made or len(self) < _REMEMBERED:
            self[word] = made
        return made


class _Places(dict[str, Callable[[str], int]]):
    """By place, what gives the vector of a word there."""

    def __init__(self, make: Callable[[str, str], int]) -> None:
        self._make = make

    def __missing__(self, place: str) -> Callable[[str], int]:
        self[place] = made = _Vectors(partial(self._make, place)).__getitem__
        return made


class Scorer:
    """Scores ``labels`` by ``weights``."""

    def __init__(self, weights: Weights, labels: Sequence[Label]) -> None:
        self.labels = tuple(labels)
        self._weights = weights
        self._ones = sum(1 << (_BITS * lane) for lane in range(len(self.labels)))
        self._zero = _MIDDLE * self._ones
        self._bytes = len(self.labels) * _BITS // 8
        self._lanes: dict[str, int] = {}
        self._holders: dict[str, list[tuple[int, str, str]]] = {}
        for lane, label in enumerate(self.labels):
            for part in parts(label):
                self._lanes[part] = self._lanes.get(part, 0) + (1 << (_BITS * lane))
            for piece, slot in slots(label):
                self._holders.setdefault(piece, []).append((lane, slot, family(label)))
        self._words = _Places(self._of)
        self._named = _Places(self._of_named)
        self._read: dict[tuple[str, Label], int] = {}

    def _of(self, where: str, word: str) -> int:
        lanes = self._lanes
        return sum(weight * lanes[part] for part, weight in self._weights.of(where + word) if part in lanes)

    def _of_read(self, group: tuple[str, Label]) -> int:
        where, label = group
        self._read[group] = made = sum(map(self._words[where], parts(label)))
        return made

    def _of_named(self, where: str, piece: str) -> int:
        get = self._weights.named.get
        total = 0
        for lane, slot, kind in self._holders.get(piece, ()):
            total += (get((where, slot, ""), 0) + get((where, slot, kind), 0)) << (_BITS * lane)
        return total

    def _sum(self, seen: Seen) -> int:
        """The vector of all that is seen, above a common bottom."""
        total = self._zero
        vectors, named, read = self._words, self._named, self._read
        for place, words in seen.words:
            total = sum(map(vectors[place], words), total)
        for place, words in seen.named:
            total = sum(map(named[place], words), total)
        for group in seen.read:
            total += read[group] if group in read else self._of_read(group)
        return total

    def _above(self, total: int, least: int) -> list[int]:
        """The lanes, the last one first, whose score is at least so much: those in which adding what lacks to the middle gives the highest bit."""
        highest = (total + (_MIDDLE - least) * self._ones) & self._zero
        lanes = []
        while highest:
            lanes.append((highest.bit_length() - 1) // _BITS)
            highest &= ~(-1 << (lanes[-1] * _BITS))
        return lanes

    def _scores(self, total: int) -> array[int]:
        """The score of every label, in units of 1 / ``SCALE`` above a common bottom."""
        return array("H", total.to_bytes(self._bytes, "little"))

    def best(self, seen: Seen) -> list[tuple[float, Label]]:
        """Return the likely labels of a number with their probabilities, the likeliest first."""
        total = self._sum(seen)
        scores = self._scores(total)
        top = max(scores)
        lanes = self._above(total, top - _FAR + 1)
        if len(lanes) == 1:
            return [(1.0, self.labels[lanes[0]])]
        odds = sorted(((math.exp((scores[lane] - top) / SCALE), lane) for lane in lanes), reverse=True)
        sum_of_all = sum(odd for odd, _ in odds)
        return [(odd / sum_of_all, self.labels[lane]) for odd, lane in odds]

    def each(self, seen: Seen, least: float) -> list[tuple[float, Label]]:
        """Return the labels of a run of words that are at least so likely, each by itself."""
        total = self._sum(seen)
        bound = math.ceil(_MIDDLE + SCALE * math.log(least / (1 - least)))
        lanes = self._above(total, bound)
        if not lanes:
            return []
        scores = self._scores(total)
        return [
            (1 / (1 + math.exp((_MIDDLE - scores[lane]) / SCALE)), self.labels[lane])
            for lane in reversed(lanes)
        ]
