"""``python -m training.sentences``: learn from all annotated sets, write the weights that the program reads with.

The same sets give the same bytes again: nothing is drawn by chance, and the date is that of the newest set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import xlreport.rules.text.weights
from training.aligning import Aligned, align
from training.annotated import FORM, load, names
from training.examples import examples, seen_labels
from training.fitting import Example, fit
from xlreport.rules.text.claim_labels import ALL, NONE, Label, inventory
from xlreport.rules.text.scorer import Scorer
from xlreport.rules.text.weights import NAME, Learnt, Weights, written

TARGET = Path(xlreport.rules.text.weights.__file__).with_name(NAME)
#: Rounds of fitting for the scorers that only read what is learnt behind.
ROUGHLY = 20


@cache
def aligned(name: str) -> tuple[Aligned, ...]:
    """Return the sentences of a set with their figures at their places."""
    return tuple(align(sentence) for sentence in load(name))


def learn(sets: Sequence[str]) -> Learnt:
    """Return what the sets teach.

    A first scorer of each half of the sets, roughly fitted, reads the other half, so that the last ones learn what to make of readings as they will be.
    """
    halves = sets[::2], sets[1::2]
    with ProcessPoolExecutor(2) as workers:
        fitted = [workers.submit(_rough, half) for half in halves]
        scorers = [Scorer(one.result(), one.result().labels) for one in fitted]
        each = [
            examples(aligned(name), scorer)
            for half, scorer in zip(halves, reversed(scorers), strict=True)
            for name in half
        ]
        numbers, runs = ([one for both in each for one in both[place]] for place in (0, 1))
        said = (label._replace(said=how) for label in inventory(FORM) if label.kind for how in (NONE, ALL))
        run_labels = list(dict.fromkeys((*said, *seen_labels(runs))))
        both = (
            workers.submit(fit, numbers, _labels(numbers), False),
            workers.submit(fit, runs, run_labels, True),
        )
        return Learnt(_origin(sets), both[0].result(), both[1].result())


def _rough(sets: Sequence[str]) -> Weights:
    """The scorer of numbers that some sets teach, with what stood before as it is annotated."""
    numbers = [one for name in sets for one in examples(aligned(name))[0]]
    return fit(numbers, _labels(numbers), False, ROUGHLY)


def _labels(numbers: Sequence[Example]) -> list[Label]:
    return list(dict.fromkeys((*inventory(FORM), *seen_labels(numbers))))


def _origin(sets: Iterable[str]) -> str:
    return "sets: " + " ".join(sets)


def main() -> None:
    """Learn from everything and write the file."""
    found = learn(names())
    TARGET.write_text(written(*found), "utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size / 1024:.0f} KB from {found.origin}")


if __name__ == "__main__":
    main()
