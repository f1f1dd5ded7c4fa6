"""Which number or words of a sentence say what is annotated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from training.annotated import FORM, Annotated, Figure
from xlreport.form.balance import Number
from xlreport.rules.text.claim_labels import ALL, NONE, Label, pieces
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.passage import Passage
from xlreport.rules.text.placing import passage_of
from xlreport.rules.text.scope import Owner
from xlreport.rules.text.sentences import sentences

#: The year that words of what was carried on or over name with it, and the one that they do not.
_THERE = {"carried_in": Kind.LAST_YEAR, "carried_out": Kind.NEXT_YEAR}
_BACK = {"carried_in": Kind.NEXT_YEAR, "carried_out": Kind.LAST_YEAR}
#: Words before a number that several things have each.
_EACH = (Kind.EACH, Kind.ALL)


class Aligned(NamedTuple):
    """A sentence as a passage, the labels of its numbers and of its runs, the numbers that are another body's or year's, and what found no place."""

    sentence: Annotated
    passage: Passage
    numbers: dict[int, tuple[Label, ...]]
    runs: dict[tuple[int, int], tuple[Label, ...]]
    others: frozenset[int]
    lost: tuple[Figure, ...]


def align(sentence: Annotated) -> Aligned:
    """Return the sentence with its figures at the numbers and words that say them."""
    said = list(sentences("overview", sentence.text))
    passage = passage_of(said, lexicon(FORM), Owner(sentence.organisation), sentence.year)
    places, runs = passage.numbers(), passage.runs()
    numbers: dict[int, list[Label]] = {}
    clauses: dict[tuple[int, int], list[Label]] = {}
    lost: list[Figure] = []
    used: set[int] = set()
    others: set[int] = set()
    at = -1
    for figure in sentence.figures:
        label = Label(figure.kind, figure.column)
        own = figure.own and figure.year == sentence.year
        same = [place for place in places if _same(passage.tokens[place].number, figure.value)]
        free = [place for place in same if place not in used]
        if free:
            ahead = [place for place in free if place > at]
            at = _best_number(passage, ahead or free, label) if figure.value else (ahead or free)[0]
            used.add(at)
            others |= set() if own else {at}
            numbers.setdefault(at, []).append(label)
            continue
        if same:
            place = next((place for place in same if place >= at), same[-1])
            if _is_for_each(passage, place) or not figure.value:
                numbers.setdefault(place, []).append(label)
                continue
            run = _best(passage, [run for run in runs if run[0] > place], label._replace(said=ALL))
        else:
            run = None
        if run is not None:
            clauses.setdefault(run, []).append(label._replace(said=ALL))
            continue
        denying = [run for run in runs if not figure.value and _denies(passage, run, label)]
        if figure.kind in _THERE:
            denying.sort(key=lambda run: run in clauses)
        run = _best(passage, denying, label)
        if run is None:
            lost.append(figure)
        else:
            clauses.setdefault(run, []).append(label._replace(said=NONE))
            if figure.kind == "carried_out":
                for other in runs:
                    if other != run and _is_finished(passage, other):
                        clauses.setdefault(other, []).append(label._replace(said=NONE))
    return Aligned(
        sentence,
        passage,
        {place: tuple(dict.fromkeys(labels)) for place, labels in numbers.items()},
        {run: tuple(dict.fromkeys(labels)) for run, labels in clauses.items()},
        frozenset(others),
        tuple(lost),
    )


def behind(first: Aligned, second: Aligned) -> Aligned:
    """Return the second sentence with the first before it in one paragraph."""
    said = [*sentences("overview", first.sentence.text), *sentences("overview", second.sentence.text)]
    owner = Owner(second.sentence.organisation)
    passage = passage_of(said, lexicon(FORM), owner, second.sentence.year)
    by = len(passage.tokens) - len(second.passage.tokens)
    numbers = {**first.numbers, **{place + by: labels for place, labels in second.numbers.items()}}
    runs = {**first.runs, **{(start + by, end + by): labels for (start, end), labels in second.runs.items()}}
    others = first.others | {place + by for place in second.others}
    return Aligned(second.sentence, passage, numbers, runs, others, ())


def _same(one: Number, other: Number) -> bool:
    return abs(float(one) - float(other)) < 1e-6 * max(1, abs(float(one)))


def _is_for_each(passage: Passage, place: int) -> bool:
    start = passage.back(place, frozenset({Kind.STOP, Kind.OPEN, Kind.CLOSE, Kind.QUANTITY}))
    return any(passage.kinds[i] in _EACH for i in range(start, place))


def _best_number(passage: Passage, places: list[int], label: Label) -> int:
    """The first of the places, unless its own words name something else and those of a later one name this."""
    if len(places) == 1:
        return places[0]
    wanted = set(pieces(label))

    def score(place: int) -> int:
        start = passage.back(place, frozenset({Kind.STOP, Kind.OPEN, Kind.CLOSE, Kind.QUANTITY, Kind.LIST}))
        end = passage.ahead(
            place + 1, frozenset({Kind.STOP, Kind.OPEN, Kind.CLOSE, Kind.QUANTITY, Kind.LIST})
        )
        return len(
            wanted & {p for i in (*range(start, place), *range(place + 1, end)) for p in passage.pieces[i]}
        )

    return max(places, key=lambda place: (score(place), -place))


def _denies(passage: Passage, run: tuple[int, int], label: Label) -> bool:
    kinds = {passage.kinds[i] for i in range(*run)}
    closing = label.kind == "carried_out" or label.kind.endswith("pending")
    return (
        Kind.NOT in kinds
        or (closing and bool(kinds & {Kind.ALL, Kind.EACH, Kind.ACT, Kind.OUTCOME}))
        or bool(re.search("[未无没零不]", "".join(passage.tokens[i].text for i in range(*run))))
    )


def _is_finished(passage: Passage, run: tuple[int, int]) -> bool:
    """True for words that all was finished, which say once more that nothing was carried on: 全部办结，无结转."""
    words = "".join(passage.tokens[i].text for i in range(*run))
    return any(passage.kinds[i] in _EACH for i in range(*run)) and bool(
        re.search("(办结|完毕|完结|办毕)(?!率)", words)
    )


def _best(passage: Passage, runs: Iterable[tuple[int, int]], label: Label) -> tuple[int, int] | None:
    """The run whose words, and those of its clause, name most of what the label is made of."""
    wanted = set(pieces(label))
    if label.kind == "carried_out":
        wanted |= {"a.answered", "a.handled"}
    if label.kind.startswith("litigation"):
        wanted |= {"s.litigation"}

    def score(run: tuple[int, int]) -> int:
        start, end = run
        kinds = passage.kinds[start:end]
        directed = (_THERE.get(label.kind) in kinds) - (_BACK.get(label.kind) in kinds)
        inner = {p for i in range(start, end) for p in passage.pieces[i]}
        near = {
            p for i in range(max(0, start - 12), min(len(passage.kinds), end + 6)) for p in passage.pieces[i]
        }
        return 3 * len(wanted & inner) + len(wanted & near) + 4 * directed + (Kind.NOT in kinds)

    best = max(runs, key=score, default=None)
    return best if best is not None and score(best) > 0 else None
