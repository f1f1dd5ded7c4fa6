"""Annotated sentences as examples to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from training.aligning import Aligned, behind
from training.fitting import Example
from xlreport.rules.text.certainty import is_countable
from xlreport.rules.text.claim_labels import NOTHING, Label, pieces
from xlreport.rules.text.features import Past, of_number, of_run
from xlreport.rules.text.passage import Passage, items_of
from xlreport.rules.text.placing import elsewhere
from xlreport.rules.text.scorer import Scorer


def examples(
    sentences: Iterable[Aligned], scorer: Scorer | None = None
) -> tuple[list[Example], list[Example]]:
    """Return what is to be learnt of numbers and of runs, with what stood before as it is annotated.

    Every second sentence is learnt as it stands alone, the others behind the one before, as in a paragraph. Where a ``scorer`` is given, which should not
    have learnt from these sentences, every second pair of them has before it what that one reads: readings that are wrong now and then, as they will be.
    """
    numbers: list[Example] = []
    runs: list[Example] = []
    before: Aligned | None = None
    for count, one in enumerate(sentences):
        alone = before is None or count % 2 == 0 or before.sentence.report != one.sentence.report
        _learn(
            one if alone or before is None else behind(before, one),
            0 if alone or before is None else len(before.passage.tokens),
            scorer if count % 4 > 1 else None,
            numbers,
            runs,
        )
        before = one
    return numbers, runs


def _learn(
    one: Aligned, start: int, scorer: Scorer | None, numbers: list[Example], runs: list[Example]
) -> None:
    passage, past = one.passage, list[Past]()
    ends = {end: (start, end) for start, end in passage.runs()}
    for place in range(len(passage.tokens) + 1):
        if place in ends and place > start and not elsewhere(passage, place - 1):
            run = ends[place]
            runs.append(Example(of_run(passage, run, past), one.runs.get(run, ())))
        if place < len(passage.tokens) and passage.signs[place] == "#":
            labels = one.numbers.get(place, (NOTHING,))
            last = labels[-1]
            is_learnt = place >= start and not elsewhere(passage, place)
            if is_countable(passage.tokens[place]) and (is_learnt or scorer is not None):
                found = _of_number(one, place, labels, past)
                if is_learnt:
                    numbers += found
                if scorer is not None:
                    last = scorer.best(found[-1].seen)[0][1]
            past.append(Past(place, last, passage.tokens[place].number))


def _of_number(one: Aligned, place: int, labels: tuple[Label, ...], past: Sequence[Past]) -> list[Example]:
    """Return what is to be learnt of a number: one example, or one for each item that it is shared by."""
    mine = (NOTHING,) if place in one.others else labels
    items = items_of(one.passage, place)
    if not items:
        return [Example(of_number(one.passage, place, past), mine)]
    return [
        Example(of_number(one.passage, place, past, item), of_item)
        for item, of_item in zip(items, _each(one.passage, items, mine), strict=True)
    ]


def _each(
    passage: Passage, items: Sequence[tuple[int, int]], labels: tuple[Label, ...]
) -> Iterator[tuple[Label, ...]]:
    """Yield for each item that a number is shared by the labels that it has: in their order, or those of which it names a piece."""
    for count, item in enumerate(items):
        if len(items) == len(labels):
            yield labels[count : count + 1]
        else:
            named = passage.naming(*item)
            yield tuple(label for label in labels if not named.isdisjoint(pieces(label))) or labels


def seen_labels(found: Iterable[Example]) -> list[Label]:
    """Return the labels of examples, each once, in order."""
    return sorted({label for example in found for label in example.labels})
