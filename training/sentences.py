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
from xlreport.rules.text.claim_labels import ALL, NONE, inventory
from xlreport.rules.text.weights import NAME, Learnt, written

TARGET = Path(xlreport.rules.text.weights.__file__).with_name(NAME)


@cache
def aligned(name: str) -> tuple[Aligned, ...]:
    """Return the sentences of a set with their figures at their places."""
    return tuple(align(sentence) for sentence in load(name))


@cache
def _examples(name: str) -> tuple[list[Example], list[Example]]:
    return examples(aligned(name))


def learn(sets: Sequence[str]) -> Learnt:
    """Return what the sets teach."""
    each = [_examples(name) for name in sets]
    numbers, runs = ([one for both in each for one in both[place]] for place in (0, 1))
    declared = inventory(FORM)
    labels = list(dict.fromkeys((*declared, *seen_labels(numbers))))
    said = (label._replace(said=how) for label in declared if label.kind for how in (NONE, ALL))
    run_labels = list(dict.fromkeys((*said, *seen_labels(runs))))
    with ProcessPoolExecutor(2) as workers:
        both = workers.submit(fit, numbers, labels, False), workers.submit(fit, runs, run_labels, True)
        return Learnt(_origin(sets), both[0].result(), both[1].result())


def _origin(sets: Iterable[str]) -> str:
    return "sets: " + " ".join(sets)


def main() -> None:
    """Learn from everything and write the file."""
    found = learn(names())
    TARGET.write_text(written(*found), "utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size / 1024:.0f} KB from {found.origin}")


if __name__ == "__main__":
    main()
