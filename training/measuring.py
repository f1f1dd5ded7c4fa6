"""How well sentences are read that were not learnt from: every set is read by what others teach, never by what the same hand wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from training.annotated import FORM, Annotated, Figure, load, report_named
from training.sentences import learn
from xlreport.checking import gather
from xlreport.rules.prose.rules import CONTRADICTION, PERCENT
from xlreport.rules.text import report_claims
from xlreport.rules.text.claim_labels import Label, family
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.meanings import meanings
from xlreport.rules.text.reader import Scorers
from xlreport.rules.text.weights import Learnt

PAGE = Path(__file__).parent.parent / "docs" / "narrative.md"
#: The rows of the table, by the family of a label.
GROUPS = {
    "act": "received, answered, carried",
    "result": "results and their grounds",
    "ground": "results and their grounds",
    "case": "review and litigation",
    "outcome": "review and litigation",
    "document": "documents, decisions, fees",
    "decision": "documents, decisions, fees",
    "fee": "documents, decisions, fees",
}


class Outcome(NamedTuple):
    """What was made of one sentence: the claims, and the level of what was found."""

    sentence: Annotated
    claims: tuple[Claim, ...]
    verdict: str

    def misread(self) -> Iterator[str]:
        """Yield a line on what was misread, if anything was."""
        there, read = figures(self)
        if there != read or self.verdict != self.sentence.verdict:
            missed = [_said(figure) for figure in there - read]
            extra = [_said(figure) for figure in read - there]
            yield f"{self.sentence.verdict} → {self.verdict} missed {missed} extra {extra} | {self.sentence.text}"


def _said(figure: Figure) -> str:
    column = f":{figure.column}" if figure.column else ""
    return f"{figure.kind}={figure.value:g}{column}"


#: Sets of one hand, which are left out together.
TOGETHER = (
    ("development", "held_out", "second_pass"),
    ("blind", "last", "recombined"),
    ("fresh", "kept_back"),
)
#: As many times is learnt to measure: two minutes each.
FOLDS = 10


def folds(sets: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the sets in groups of which each is read by what all others teach: no more than ``FOLDS``, small sets together."""
    together = [group for group in TOGETHER if set(group) <= set(sets)]
    grouped = {name for group in together for name in group}
    found = [*together, *((name,) for name in sets if name not in grouped)]
    while len(found) > FOLDS:
        found.sort(key=lambda group: (-sum(len(load(name)) for name in group), group))
        found.append(found.pop() + found.pop())
    return found


def read_by_others(group: Sequence[str], sets: Sequence[str]) -> dict[str, list[Outcome]]:
    """Read the sets of a group by what the other sets teach."""
    known = learn([name for name in sets if name not in group])
    return {name: read_by(known, name) for name in group}


def read_by(known: Learnt, name: str) -> list[Outcome]:
    """Return what is made of a set by what was learnt."""
    by = Scorers(FORM, known)
    with patch.object(report_claims, "scorers", lambda form: by):
        report_claims.forget()
        found = [_read(sentence) for sentence in load(name)]
    report_claims.forget()
    return found


def _read(sentence: Annotated) -> Outcome:
    report = report_named(sentence.report, sentence.text, sentence.organisation, sentence.year)
    evidence = gather(report)
    levels = {f.level for rule in (CONTRADICTION, PERCENT) for f in rule.judge(rule, evidence) if f}
    verdict = "error" if "error" in levels else "warning" if levels else "silent"
    return Outcome(sentence, tuple(report_claims.claims_of(report)), verdict)


class Score(NamedTuple):
    """Counts of one row: right, read without being there, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was read that is there."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was read."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def plus(self, other: Score) -> Score:
        """Return the sum of two rows."""
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def figures(outcome: Outcome) -> tuple[Counter[Figure], Counter[Figure]]:
    """Return the figures of this body and year that are annotated, and those that were read.

    A figure is read as what is annotated if that is among what it is held against the tables as: 本年新收, where 收到 was read. What is said twice is read once.
    """
    sentence = outcome.sentence
    there = Counter(
        Figure(f.kind, f.column, float(f.value), f.year, True)
        for f in sentence.figures
        if f.own and f.year == sentence.year
    )
    left, read = there.copy(), Counter[Figure]()
    for claim in outcome.claims:
        exact = _read_as(claim)
        figure = next((f for f in (exact, *left) if left[f] > 0 and _admits(claim, f)), exact)
        if left[figure] > 0 or not (read[figure] and there[figure]):
            read[figure] += 1
        left[figure] -= 1
    return there, read


def exactly(outcomes: Iterable[Outcome]) -> Score:
    """Return the score of reading a figure as what is annotated and nothing else: 本年新收 as 本年新收."""
    right = wrong = missed = 0
    for outcome in outcomes:
        there, _ = figures(outcome)
        read = Counter(_read_as(claim) for claim in outcome.claims)
        right += (there & read).total()
        wrong += (read - there).total()
        missed += (there - read).total()
    return Score(right, wrong, missed)


def _read_as(claim: Claim) -> Figure:
    return Figure(claim.kind, claim.column, float(claim.value), claim.year, True)


def _admits(claim: Claim, figure: Figure) -> bool:
    """True if a claim of that value is held against everything that the figure may mean."""
    if float(claim.value) != figure.value:
        return False
    tried = {
        meaning for read in ((claim.kind, claim.column), *claim.others) for meaning in meanings(FORM, *read)
    }
    return tried.issuperset(meanings(FORM, figure.kind, figure.column))


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, Score]:
    """Return the scores of reading figures, by kind."""
    counts = {group: [0, 0, 0] for group in dict.fromkeys(GROUPS.values())}
    for outcome in outcomes:
        there, read = figures(outcome)
        for place, found in enumerate((there & read, read - there, there - read)):
            for figure, times in found.items():
                counts[GROUPS[family(Label(figure.kind))]][place] += times
    return {group: Score(*numbers) for group, numbers in counts.items()}


def silent_below(least: float, outcomes: Iterable[Outcome]) -> Score:
    """Return the score of all figures if readings were silent that are less likely."""
    heard = (
        outcome._replace(claims=tuple(claim for claim in outcome.claims if claim.chance >= least))
        for outcome in outcomes
    )
    return total(by_kind(heard).values())


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of rows."""
    return reduce(Score.plus, scores, Score())


def denials(outcomes: Iterable[Outcome]) -> Score:
    """Return the score of figures that are said without a number: those annotated as 0 whose sentence has no 0, and those read so."""
    right = wrong = missed = 0
    for outcome in outcomes:
        there, read = figures(outcome)
        said = Counter(
            f
            for f in there.elements()
            if not f.value and not re.search(r"(?<!\d)0(?!\d)|零", outcome.sentence.text)
        )
        implied = Counter({_read_as(claim) for claim in outcome.claims if claim.implied})
        right += (said & read).total()
        missed += (said - read).total()
        wrong += (implied - there).total()
    return Score(right, wrong, missed)


def findings(outcomes: Iterable[Outcome]) -> Score:
    """Return the score of findings: a sentence that must be spoken of, is, at whatever level."""
    pairs = Counter((o.sentence.verdict != "silent", o.verdict != "silent") for o in outcomes)
    return Score(pairs[True, True], pairs[False, True], pairs[True, False])


def false_errors(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the sentences called an error that are none."""
    return [o for o in outcomes if o.verdict == "error" and o.sentence.verdict != "error"]


def reliability(outcomes: Iterable[Outcome]) -> Iterator[tuple[float, bool, bool]]:
    """Yield for each claim how likely it was said to be, whether it may be called an error, and whether one of its readings is right."""
    for outcome in outcomes:
        there, _ = figures(outcome)
        known = {(figure.kind, figure.column, figure.value) for figure in there}
        for claim in outcome.claims:
            readings = ((claim.kind, claim.column), *claim.others)
            right = any((kind, column, float(claim.value)) in known for kind, column in readings)
            yield claim.chance, claim.sure, right


def publish(name: str, tables: str) -> None:
    """Put tables into the page, in the place of that name."""
    text = PAGE.read_text("utf-8")
    place = rf"(?s)(<!-- {name} -->\n).*?(\n<!-- end -->)"
    PAGE.write_text(re.sub(place, lambda match: match[1] + tables + match[2], text), "utf-8")
