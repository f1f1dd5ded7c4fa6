"""The one linear scorer: features in, probabilities of labels out.

A score is a sum of weights, and all labels are scored at once: the scores of a feature are packed into one large whole number, a lane of bits for
each label, so that adding up features is adding numbers, which Python does in one step.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from typing import TypeVar

from xlreport.rules.text.claim_labels import Label, family, parts, slots
from xlreport.rules.text.features import Seen
from xlreport.rules.text.weights import SCALE, Weights

_Value = TypeVar("_Value")

_BITS = 16
_MIDDLE = 1 << (_BITS - 1)
#: Labels that are so much less likely than the best are left out of the sum.
_FAR = 8 * SCALE


class _Made(dict[str, _Value]):
    """What is made when it is first asked for."""

    def __init__(self, make: Callable[[str], _Value]) -> None:
        self._make = make

    def __missing__(self, name: str) -> _Value:
        self[name] = made = self._make(name)
        return made


class Scorer:
    """Scores ``labels`` by ``weights``."""

    def __init__(self, weights: Weights, labels: Sequence[Label]) -> None:
        self.labels = tuple(labels)
        self._weights = weights
        self._zero = sum(_MIDDLE << (_BITS * lane) for lane in range(len(self.labels)))
        self._bytes = len(self.labels) * _BITS // 8
        self._lanes: dict[str, int] = {}
        self._holders: dict[str, list[tuple[int, str, str]]] = {}
        for lane, label in enumerate(self.labels):
            for part in parts(label):
                self._lanes[part] = self._lanes.get(part, 0) + (1 << (_BITS * lane))
            for piece, slot in slots(label):
                self._holders.setdefault(piece, []).append((lane, slot, family(label)))
        self._words = _Made(lambda place: _Made(lambda word: self._of(place + word)))
        self._named = _Made(lambda place: _Made(lambda piece: self._of_named(place, piece)))

    def _of(self, name: str) -> int:
        lanes = self._lanes
        return sum(weight * lanes[part] for part, weight in self._weights.of(name) if part in lanes)

    def _of_named(self, where: str, piece: str) -> int:
        get = self._weights.named.get
        total = 0
        for lane, slot, kind in self._holders.get(piece, ()):
            total += (get((where, slot, ""), 0) + get((where, slot, kind), 0)) << (_BITS * lane)
        return total

    def scores(self, seen: Seen) -> array[int]:
        """Return the score of every label, in units of 1 / ``SCALE`` above a common bottom."""
        total = self._zero
        for vectors, groups in ((self._words, seen.words), (self._named, seen.named)):
            for place, words in groups:
                total = sum(map(vectors[place].__getitem__, words), total)
        return array("H", total.to_bytes(self._bytes, "little"))

    def best(self, seen: Seen) -> list[tuple[float, Label]]:
        """Return the likely labels of a number with their probabilities, the likeliest first."""
        scores = self.scores(seen)
        top = max(scores)
        bottom = top - _FAR
        odds = [
            (math.exp((score - top) / SCALE), lane) for lane, score in enumerate(scores) if score > bottom
        ]
        if len(odds) == 1:
            return [(1.0, self.labels[odds[0][1]])]
        odds.sort(reverse=True)
        total = sum(odd for odd, _ in odds)
        return [(odd / total, self.labels[lane]) for odd, lane in odds]

    def each(self, seen: Seen, least: float) -> list[tuple[float, Label]]:
        """Return the labels of a run of words that are at least so likely, each by itself."""
        bound = _MIDDLE + SCALE * math.log(least / (1 - least))
        return [
            (1 / (1 + math.exp((_MIDDLE - score) / SCALE)), self.labels[lane])
            for lane, score in enumerate(self.scores(seen))
            if score >= bound
        ]
