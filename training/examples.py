"""Annotated sentences as examples to learn from."""

from __future__ import annotations

from collections.abc import Iterable

from training.aligning import Aligned
from training.fitting import Example
from xlreport.rules.text.features import Past, of_number, of_run
from xlreport.rules.text.labels import NOTHING, Label


def examples(sentences: Iterable[Aligned]) -> tuple[list[Example], list[Example]]:
    """Return what is to be learnt of numbers and of runs, with what stood before as it is annotated."""
    numbers: list[Example] = []
    runs: list[Example] = []
    for one in sentences:
        past: list[Past] = []
        ends = {end: (start, end) for start, end in one.passage.runs()}
        for place in range(len(one.passage.tokens) + 1):
            if place in ends:
                run = ends[place]
                runs.append(Example(of_run(one.passage, run, past), one.runs.get(run, ())))
            if place < len(one.passage.tokens) and one.passage.sign(place) == "#":
                labels = one.numbers.get(place, (NOTHING,))
                numbers.append(Example(of_number(one.passage, place, past), labels))
                past.append(Past(place, labels[-1], one.passage.tokens[place].number))
    return numbers, runs


def seen_labels(found: Iterable[Example]) -> list[Label]:
    """Return the labels of examples, each once, in order."""
    return sorted({label for example in found for label in example.labels})
