"""``python -m training.witnesses``: whether the text helps to name the cell that was mistyped, and a wrong sentence does no harm; the tables of ``docs/narrative.md``.

Figures of tables that balance are mistyped, and located by the equations alone and with a text that gives them: the form's own sentences, and true
sentences of sets that were not learnt from. Then a figure of the sentence is mistyped instead, beside one of the table.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.mistakes import WITHIN, mistype
from training.annotated import FORM, Annotated, load, names, report_named
from training.measuring import publish
from training.sentences import learn
from xlreport.checking import gather
from xlreport.form.balance import Balance
from xlreport.form.declaration import Form
from xlreport.form.usual_sentences import words_of
from xlreport.locate.locating import Cluster, locate
from xlreport.rules.text import report_claims
from xlreport.rules.text.meanings import meanings
from xlreport.rules.text.reader import Scorers
from xlreport.rules.text.witnesses import witnesses

#: Sets of writers who had not seen the reader, which are read by what all others teach.
SETS = ("both", "natural", "plain", "stranger", "writer_b")
#: The reports of the sets that are published ones, and balance.
PUBLISHED = ("suqian-2023", "suqian-2024", "xiji-2025")
TRIALS = 1000
SEED = 2025

Figures = dict[str, int]


class Narrative(NamedTuple):
    """A true text on the figures of a report, and the cells of which it gives the figure."""

    report: str
    organisation: str
    year: int
    text: str
    cells: tuple[str, ...]

    @property
    def about(self) -> tuple[str, str, int]:
        """What texts have in common that may stand in one report."""
        return self.report, self.organisation, self.year


class Trial(NamedTuple):
    """What came of one mistake: whether the true figures are listed, and come first, by the equations alone and with the text."""

    equations: int
    listed: bool
    alone: bool
    with_text: bool


@cache
def balanced(report: str) -> Figures:
    """Return the figures of a report that equations bind; nothing if they do not balance."""
    found = report_named(report, "")
    form, figures = found.declaration, found.figures()
    bound = {key for balance in _within(form) for key in balance.keys}
    table = {key: int(str(figures[key] or 0)) for key in sorted(bound)}
    return table if not any(balance.weigh(table).difference for balance in _within(form)) else {}


def _within(form: Form) -> list[Balance]:
    return [balance for balance in form.balances if balance.rule.id in WITHIN]


def own_sentences() -> list[Narrative]:
    """Return the published reports in the form's own sentences."""
    found = []
    for report in PUBLISHED:
        there = report_named(report, "")
        fields = {"organisation": there.organisation, "year": str(there.year)}
        said = FORM.sentences["overview"]
        text = "\n".join(words_of(template, there.figures(), fields) for template in said)
        cells = tuple(key for key in balanced(report) if any(f"{{{key}}}" in template for template in said))
        assert there.year is not None
        found.append(Narrative(report, there.organisation, there.year, text, cells))
    return found


def paraphrases() -> list[Narrative]:
    """Return the true sentences of the sets that give figures which equations bind."""
    found = []
    for sentence in (sentence for name in SETS for sentence in load(name)):
        cells = tuple(_cells(sentence)) if sentence.verdict == "silent" else ()
        if cells:
            found.append(
                Narrative(sentence.report, sentence.organisation, sentence.year, sentence.text, cells)
            )
    return found


def _cells(sentence: Annotated) -> Iterator[str]:
    """The cells whose figures a sentence gives, in digits."""
    table = balanced(sentence.report)
    form = report_named(sentence.report, "").declaration
    for figure in sentence.figures:
        if figure.own and figure.year == sentence.year and not figure.approximate:
            for meaning in meanings(form, figure.kind, figure.column)[:1]:
                if len(meaning.terms) == 1 and table.get(meaning.cells[0]) == figure.value:
                    yield meaning.cells[0]


def mistaken(narratives: Sequence[Narrative], count: int, draw: random.Random) -> Iterator[Trial]:
    """Yield what comes of ``count`` mistyped figures, all of which the text gives; mistakes that no equation shows are left out."""
    by_report = [list(group) for _, group in groupby(sorted(narratives), key=lambda one: one.about)]
    for _ in range(TRIALS):
        chosen = draw.choice(narratives)
        fellows = next(group for group in by_report if group[0].about == chosen.about)
        text, cells = chosen.text, set(chosen.cells)
        if count > 1 and len(fellows) > 1:
            other = draw.choice(fellows)
            text, cells = f"{text}\n{other.text}", cells | set(other.cells)
        if len(cells) >= count:
            yield from _tried(chosen, text, draw.sample(sorted(cells), count), draw)


def misled(narratives: Sequence[Narrative], draw: random.Random) -> Iterator[Trial]:
    """Yield what comes of a mistyped figure where the text gives a wrong one, for the same cell or for one that stands in an equation with it."""
    for _ in range(TRIALS):
        chosen = draw.choice(narratives)
        told = draw.choice(chosen.cells)
        value = balanced(chosen.report)[told]
        text, times = re.subn(rf"(?<!\d){value}(?!\d)", str(mistype(value, draw)), chosen.text)
        form = report_named(chosen.report, "").declaration
        near = sorted({key for b in _within(form) if told in b.keys for key in b.keys})
        if times == 1:
            yield from _tried(chosen, text, [told if draw.random() < 0.5 else draw.choice(near)], draw)


def _tried(about: Narrative, text: str, cells: Sequence[str], draw: random.Random) -> Iterator[Trial]:
    table = balanced(about.report)
    truth = {key: table[key] for key in cells}
    evidence = gather(report_named(about.report, text, about.organisation, about.year))
    evidence.figures.update({key: mistype(value, draw) for key, value in truth.items()})
    balances = _within(evidence.form)
    broken = sum(bool(balance.weigh(evidence.figures).difference) for balance in balances)
    if broken:
        alone = locate(evidence.form, balances, evidence.figures)
        helped = locate(evidence.form, balances, evidence.figures, said=witnesses(evidence))
        listed, first = _answer(truth, alone.parts)
        yield Trial(broken, listed, first, _answer(truth, helped.parts)[1])


def _answer(truth: Mapping[str, int], parts: Sequence[Cluster]) -> tuple[bool, bool]:
    """Return whether the true figures are among the answers, and whether they come first."""
    whole: set[str] = set()
    listed = first = True
    for part in parts:
        right = {key: truth[key] for key in truth if any(key in balance.keys for balance in part.balances)}
        answers = [{change.key: change.to for change in one.changes} for one in part.corrections]
        whole |= right.keys()
        listed, first = listed and right in answers, first and answers[:1] == [right]
    found = len(whole) == len(truth)
    return listed and found, first and found


def table() -> str:
    """Return the measurements as Markdown."""
    draw = random.Random(SEED)
    lines = [
        "| mistyped in the table | told by | visible | listed | first by the equations alone | first with the text |",
        "|---|---|---|---|---|---|",
    ]
    said = paraphrases()
    groups = {
        "published tables, the form's sentences": own_sentences(),
        "published tables, sentences of the sets": [one for one in said if one.report in PUBLISHED],
        "invented tables, sentences of the sets": [one for one in said if one.report not in PUBLISHED],
    }
    for count, named in ((1, "1 figure"), (2, "2 figures")):
        for name, narratives in groups.items():
            found = list(mistaken(narratives, count, draw))
            shares = (
                _share([getattr(one, what) for one in found]) for what in ("listed", "alone", "with_text")
            )
            lines.append(f"| {named} | {name} | {len(found)} | {' | '.join(shares)} |")
    lines += [
        "",
        "| 1 figure is mistyped in the table, and another or the same is wrong in the text | trials | named first by the equations alone | of these, with the text too |",
        "|---|---|---|---|",
    ]
    wrong = list(misled(said, draw))
    for name, least in (("it breaks one equation", (1, 1)), ("it breaks two or more", (2, 99))):
        of_these = [one for one in wrong if least[0] <= one.equations <= least[1]]
        alone = [one for one in of_these if one.alone]
        lines.append(
            f"| {name} | {len(of_these)} | {len(alone)} | {_share([one.with_text for one in alone])} |"
        )
    return "\n".join(lines)


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.1%}" if right else "–"


def main() -> None:
    """Learn without the sets, measure, write the tables."""
    by = Scorers(FORM, learn([name for name in names() if name not in SETS]))
    with patch.object(report_claims, "scorers", lambda form: by):
        report_claims.forget()
        found = table()
    print(found)
    publish("witnesses", found)


if __name__ == "__main__":
    main()
