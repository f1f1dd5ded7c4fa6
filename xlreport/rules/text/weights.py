"""The weights that were learnt, as the file beside this module holds them; ``training`` writes it.

A file has the date and the names of the sets that it was learnt from, then for each of the two scorers the parts, the labels that were met beyond those
a form declares, and a line a feature: its name, and its weights, each behind the sign of its part (the n-th of ``SIGNS``). Weights are whole numbers,
``SCALE`` times what was learnt.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from xlreport.rules.text.claim_labels import Label
from xlreport.rules.text.data import text_of

#: A weight of 1.0 in the file.
SCALE = 32
#: What parts are called in a line: one sign each, which is no digit.
SIGNS = string.ascii_letters + string.punctuation.replace("-", "")
_PLACES = {sign: place for place, sign in enumerate(SIGNS)}
_PAIR = re.compile(r"([^\d-])(-?\d+)")
NAME = "weights.txt"


class Weights(NamedTuple):
    """What one scorer has learnt: the parts, the labels met, by feature its weights (a text, read when it is needed), and those of being named in a place."""

    parts: Sequence[str]
    labels: Sequence[Label]
    plain: Mapping[str, str]
    named: Mapping[tuple[str, str, str], int]

    def of(self, feature: str) -> list[tuple[str, int]]:
        """Return the weights of a feature by part; none for a feature that was not learnt."""
        pairs = _PAIR.findall(self.plain.get(feature, ""))
        return [(self.parts[_PLACES[sign]], int(weight)) for sign, weight in pairs]


class Learnt(NamedTuple):
    """What the file holds: where the weights come from, and those for numbers and for runs of words."""

    origin: str
    numbers: Weights
    runs: Weights


@cache
def learnt() -> Learnt:
    """Return the weights that come with the program."""
    return parsed(text_of(NAME))


def parsed(text: str) -> Learnt:
    """Return the weights that a file holds."""
    origin, numbers, runs = text.split("\n\n")
    return Learnt(origin, _section(numbers), _section(runs))


def _section(text: str) -> Weights:
    _, parts, labels, named, *plain = text.strip("\n").split("\n")
    return Weights(
        parts.split(" "),
        [_label(said) for said in labels.split(" ") if said],
        dict(line.split("\t", 1) for line in plain),
        {
            _key(said): int(weight)
            for said, weight in (pair.rsplit("=", 1) for pair in named.split(" ") if pair)
        },
    )


def _label(said: str) -> Label:
    kind, column, how = said.split(",")
    return Label(kind, column, how)


def _key(said: str) -> tuple[str, str, str]:
    where, slot, family = said.split(",")
    return where, slot, family


def written(origin: str, numbers: Weights, runs: Weights) -> str:
    """Return the text of a file that holds these weights."""
    return "\n\n".join([origin, _said("numbers", numbers), _said("runs", runs)]) + "\n"


def _said(name: str, weights: Weights) -> str:
    labels = (f"{kind},{column},{how}" for kind, column, how in weights.labels)
    named = (f"{','.join(key)}={weight}" for key, weight in sorted(weights.named.items()))
    plain = (f"{feature}\t{said}" for feature, said in sorted(weights.plain.items()))
    return "\n".join([name, " ".join(weights.parts), " ".join(labels), " ".join(named), *plain])
