"""Sentences in, claims out: every number, and every clause without one, is asked what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from xlreport.form.balance import Number
from xlreport.form.declaration import Form
from xlreport.rules.text.certainty import (
    OTHER_MATTERS,
    completes,
    denies,
    finishes,
    fits,
    is_countable,
    is_plain,
    leaves_some,
    names_another_suit,
    of_applications,
    of_disclosure,
    published,
    supported,
)
from xlreport.rules.text.claim_labels import NONE, NOTHING, Label, family, inventory, pieces
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.features import Past, of_number, of_run
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.passage import BOUNDS, Passage, items_of
from xlreport.rules.text.placing import elsewhere, passage_of
from xlreport.rules.text.scope import Owner
from xlreport.rules.text.scorer import Scorer
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.weights import Learnt, Weights, learnt

#: Readings that are less likely are not claims; and not even such as a figure may be meant by.
LEAST, POSSIBLE = 0.4, 0.03
#: So likely is what the words name, where the model does not say so: examples of each denial are few.
NAMED = 0.75
#: How likely a reading must be, beside what ``certainty`` asks for, to be called an error where the tables say otherwise by one slip: on sentences never
#: seen, such readings were right 981 times in 1,000, and 11 of 8,107 true sentences were called an error.
SURE = 0.95
_NONE_LEFT = Label("carried_out", said=NONE)
_PART, _WHOLES = frozenset({Kind.PART}), frozenset({Kind.ACT, Kind.TRANSFER, Kind.ROW})


#: What a sentence has that says any figure, with a number or without one; and what one has that tells what is meant further on.
_SAYS = re.compile(
    r"\d(?:[余多来]?[件宗起项例条次份部个家名人期场篇万亿元，。、；）占]|申请)"
    r"|[一二两三四五六七八九十百千万][余多来]?[件宗起项例条次份部个人万亿元]|[未无没零均都皆]|全部|悉数"
)
_TELLS = re.compile("年|同期|申请|复议|诉讼|规章|文件|许可|处罚|强制|收费|" + OTHER_MATTERS)


def _telling(paragraph: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that may say a figure, and those before them that may tell which."""
    says = [bool(_SAYS.search(sentence.text)) for sentence in paragraph]
    while says and not says[-1]:
        says.pop()
    return [
        sentence
        for sentence, now, then in zip(paragraph, says, [*says[1:], False], strict=False)
        if now or then or _TELLS.search(sentence.text)
    ]


class Scorers:
    """The two scorers with the labels of one form."""

    def __init__(self, form: Form, known: Learnt) -> None:
        declared = inventory(form)
        self.words = lexicon(form)
        self.numbers = Scorer(known.numbers, _labels(declared, known.numbers))
        self.runs = Scorer(known.runs, _labels((), known.runs))
        self._by_piece: dict[str, list[Label]] = {}
        for label in self.runs.labels:
            for piece in {pieces(label)[0], pieces(label)[-1]}:
                self._by_piece.setdefault(piece, []).append(label)

    def named(self, passage: Passage, run: tuple[int, int]) -> Iterable[Label]:
        """Return the labels of which the words of a run name a piece that is theirs alone."""
        found = sorted(passage.naming(*run))
        if Kind.OBJECT in passage.kinds[slice(*run)]:
            found.append("a.received")
        if "o.settled" in found:
            found.append("o.pending")
        return dict.fromkeys(label for piece in found for label in self._by_piece.get(piece, ()))


def _labels(declared: Sequence[Label], weights: Weights) -> list[Label]:
    return list(dict.fromkeys((*declared, *weights.labels)))


@cache
def scorers(form: Form) -> Scorers:
    """Return the scorers for the reports of one form."""
    return Scorers(form, learnt())


def _outside(passage: Passage, place: int, past: Sequence[Past]) -> Sequence[Past]:
    """What was read before a place, but for what stands last in brackets that it is not in: 24件（含上年结转1件），申请人均为公民."""
    end = len(past)
    while end and passage.depth[past[end - 1].place] > passage.depth[place]:
        end -= 1
    return past[:end]


def _counted(label: Label, past: Sequence[Past]) -> Number:
    """What was counted last, or of what the label is an outcome: 行政复议5件、行政诉讼1件，均维持."""
    case = label.kind.partition(".")[0]
    return next((one.value for one in reversed(past[-4:]) if one.label.kind == case), past[-1].value)


class Reader:
    """Reads the sentences of one body's report of one year."""

    def __init__(self, by: Scorers, organisation: str, year: int) -> None:
        self._by, self._owner, self._year = by, Owner(organisation), year

    def read(self, sentences: Sequence[Sentence]) -> Iterator[Claim]:
        """Yield what the sentences claim, in their order."""
        for _, group in groupby(sentences, key=lambda sentence: sentence.place):
            telling = _telling(list(group))
            if telling:
                yield from self._claims(passage_of(telling, self._by.words, self._owner, self._year))

    def _claims(self, passage: Passage) -> Iterator[Claim]:
        past: list[Past] = []
        ends = {end: (start, end) for start, end in passage.runs()}
        numbers = set(passage.numbers())
        for place in sorted({*ends, *numbers}):
            if place in ends:
                yield from self._of_run(passage, ends[place], past)
            if place in numbers:
                yield from self._of_number(passage, place, past)

    def _of_number(self, passage: Passage, place: int, past: list[Past]) -> Iterator[Claim]:
        number = passage.tokens[place].number
        if not is_countable(passage.tokens[place]):
            past.append(Past(place, NOTHING, number))
            return
        if elsewhere(passage, place):
            readings = self._by.numbers.best(of_number(passage, place, past))
            past.append(Past(place, readings[0][1], number))
            return
        counted, again = of_applications(passage, place), self._again(passage, place, number, past)
        for item in items_of(passage, place) or (None,):
            readings = self._by.numbers.best(of_number(passage, place, past, item))
            now = Past(place, readings[0][1], number)
            likely = [
                (chance, label)
                for chance, label in readings
                if label.kind
                and (counted or family(label) != "act")
                and fits(passage, place, label)
                and label != again
            ]
            chance = sum(chance for chance, _ in likely)
            if chance >= LEAST:
                label = self._of_whole(passage, place, likely[0][1], past)
                others = tuple((other.kind, other.column) for p, other in likely[1:] if p >= POSSIBLE)
                yield self._claim(passage, place, label, chance, number, others)
        past.append(now)

    def _of_whole(self, passage: Passage, place: int, label: Label, past: Sequence[Past]) -> Label:
        """Return the label with the kind of the whole whose applicants are told apart: 予以公开88件中，自然人81件."""
        start = passage.back(place, BOUNDS)
        if not label.column or family(label) != "act" or passage.last(place, _WHOLES) >= start:
            return label
        near = past[-8:]
        first = max(passage.starts[place], near[0].place if near else start)
        begin = next((i for i in range(start, first, -1) if passage.tokens[i - 1].text == "；"), first)
        depth = passage.depth[place]
        earlier = (one for one in reversed(near) if one.place >= begin and passage.depth[one.place] <= depth)
        whole = next((one.label for one in earlier if one.label.kind and not one.label.column), label)
        inherits = family(whole) in ("result", "ground") or whole.kind.startswith("carried_")
        return label._replace(kind=whole.kind) if inherits else label

    def _again(self, passage: Passage, place: int, number: Number, past: Sequence[Past]) -> Label | None:
        """Return the label of the whole that a number is a part of, which it cannot have too (收到204件，其中受理180件); ``None`` if it is none."""
        is_part = bool(past) and passage.last(place, _PART) >= passage.back(place, BOUNDS)
        return past[-1].label if is_part and past[-1].value > number else None

    def _of_run(self, passage: Passage, run: tuple[int, int], past: Sequence[Past]) -> Iterator[Claim]:
        start, end = run
        if elsewhere(passage, end - 1):
            return
        past = _outside(passage, end - 1, past)
        found = {label: chance for chance, label in self._by.runs.each(of_run(passage, run, past), LEAST)}
        denied = Kind.NOT in passage.kinds[start:end]
        last = past[-1] if past else None
        for label in self._by.named(passage, run):
            if label not in found and (
                denies(passage, run, label)
                if label.said == NONE
                else last and completes(passage, run, label, last.label, last.place)
            ):
                found[label] = NAMED
        if last and _NONE_LEFT not in found and finishes(passage, run, last.label, last.place):
            found[_NONE_LEFT] = NAMED
        for label, chance in found.items():
            other = names_another_suit(passage, run, label) or leaves_some(passage, run, label)
            if other or (family(label) == "act" and not of_applications(passage, end - 1)):
                continue
            none = label.said == NONE
            if none or past:
                words = "".join(token.text for token in passage.tokens[start:end])
                claim = self._claim(passage, start, label, chance, 0 if none else _counted(label, past))
                sure = claim.sure and (denied or not none)  # 全部办结 may be said of those whose time was up
                yield claim._replace(implied=words, end=passage.tokens[end - 1].end, sure=sure)

    def _claim(
        self,
        passage: Passage,
        place: int,
        label: Label,
        chance: float,
        value: Number,
        others: tuple[tuple[str, str], ...] = (),
    ) -> Claim:
        token = passage.tokens[place]
        numeral = token.numeral
        bound = numeral.bound if numeral else ""
        if not bound and family(label) == "decision" and published(passage, place):
            bound = "part"
        sure = (
            chance >= SURE
            and not bound
            and passage.scopes[place] != "p"
            and label.kind != "handled"
            and is_plain(passage, place)
            and of_disclosure(passage, place, label)
            and supported(passage, place, label)
        )
        return Claim(
            kind=label.kind,
            value=value,
            sentence=passage.sentences[place],
            start=token.start,
            end=token.end,
            year=self._year,
            column=label.column,
            step=numeral.step if numeral else 1,
            sure=sure,
            bound=bound,
            chance=chance,
            others=others,
        )
