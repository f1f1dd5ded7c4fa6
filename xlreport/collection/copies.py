"""Copied text between units: each text becomes a sketch of a few hundred bytes, and sketches tell how much two texts share.

A text is cut into shingles (runs of characters). Their hashes are dealt into bins, and the smallest of each bin is kept: the share of
bins that agree estimates the share of shingles that two texts have in common (minhash with one permutation). Figures, blanks and the
organisation's own name are left out first, since only they are changed in a copy.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

#: Characters in a shingle, bins in a sketch, and how many bins together make candidates for a comparison.
SHINGLE, BINS, BAND = 5, 64, 4
#: From this share of equal text on, two texts count as copied; shorter texts say the same everywhere without being copied.
LIMIT, SHORTEST = 0.8, 200
_LEFT_OUT = re.compile(r"[\W\d_]+")
_EMPTY = 2**32 - 1


def sketch(text: str, organisation: str = "") -> bytes:
    """Return the sketch of a text; ``b""`` for one too short to be judged."""
    plain = unicodedata.normalize("NFKC", text)
    if organisation:
        plain = plain.replace(unicodedata.normalize("NFKC", organisation), "")
    encoded = _LEFT_OUT.sub("", plain).encode("utf-16-le")
    if len(encoded) < 2 * SHORTEST:
        return b""
    smallest = array("I", [_EMPTY]) * BINS
    hashed = zlib.crc32
    for code in {
        hashed(encoded[start : start + 2 * SHINGLE]) for start in range(0, len(encoded) - 2 * SHINGLE, 2)
    }:
        place = code % BINS
        if code < smallest[place]:
            smallest[place] = code
    return smallest.tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """Return how much of two texts is the same, from 0 to 1, by their sketches."""
    pairs = [(a, b) for a, b in zip(_bins(one), _bins(other), strict=True) if not a == b == _EMPTY]
    common = sum(a == b for a, b in pairs) / len(pairs)
    # The share of shingles in common, as the share of either text that is in both.
    return 2 * common / (1 + common)


class Copied(NamedTuple):
    """Units (by number) whose texts of one section are nearly the same, and the least likeness to the first of them."""

    section: str
    units: tuple[int, ...]
    likeness: float


class Sketches:
    """The sketches of all units, a few hundred bytes each, and the groups among them."""

    def __init__(self) -> None:
        self._by_section: dict[str, tuple[array[int], bytearray]] = {}

    def add(self, unit: int, prints: tuple[tuple[str, bytes], ...]) -> None:
        """Keep the sketches of one unit's texts by section."""
        for section, made in prints:
            units, sketches = self._by_section.setdefault(section, (array("I"), bytearray()))
            units.append(unit)
            sketches += made

    def groups(self) -> Iterator[Copied]:
        """Yield the groups of copied texts, by section and first unit."""
        for section, (units, sketches) in self._by_section.items():
            for first, others in _groups(sketches, len(units)):
                shares = [likeness(_at(sketches, first), _at(sketches, other)) for other in others]
                yield Copied(section, tuple(units[place] for place in (first, *others)), min(shares))


def _groups(sketches: bytearray, count: int) -> Iterator[tuple[int, list[int]]]:
    """Yield each group as its first member and the others."""
    leader = list(range(count))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    width = 4 * BAND
    for start in range(0, 4 * BINS, width):
        keys = sorted(
            (bytes(sketches[4 * BINS * place + start : 4 * BINS * place + start + width]), place)
            for place in range(count)
        )
        for key, members in groupby(keys, key=lambda found: found[0]):
            if key == b"\xff" * width:
                continue
            first, *others = [place for _, place in members]
            for other in others:
                one, two = sorted((lead(first), lead(other)))
                if one != two and likeness(_at(sketches, one), _at(sketches, two)) >= LIMIT:
                    leader[two] = one
    members_of: dict[int, list[int]] = {}
    for place in range(count):
        if lead(place) != place:
            members_of.setdefault(lead(place), []).append(place)
    yield from sorted(members_of.items())


def _at(sketches: bytearray, place: int) -> bytes:
    return bytes(sketches[4 * BINS * place : 4 * BINS * (place + 1)])


def _bins(made: bytes) -> array[int]:
    found = array("I")
    found.frombytes(made)
    return found
