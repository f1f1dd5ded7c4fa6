"""How well sentences are read: precision and recall on the annotated sets; ``python -m benchmarks.narrative`` writes the table in the docs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from xlreport.checking import gather
from xlreport.form.balance import Number, plain
from xlreport.form.catalogue import form_of
from xlreport.report import Report, nested
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.reading import claims_of
from xlreport.rules.text.rules import CONTRADICTION, PERCENT

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
SETS = ("development", "held_out", "second_pass", "blind", "last", "fresh", "recombined")
#: Written by strangers; each was measured before anything was changed for it.
STRANGERS = ("kept_back", "natural", "stranger", "plain", "elaborate", "both")
_GROUPS = {
    "received": "received, new, carried in",
    "new": "received, new, carried in",
    "to_handle": "received, new, carried in",
    "carried_in": "received, new, carried in",
    "handled": "answered, carried out",
    "answered": "answered, carried out",
    "carried_out": "answered, carried out",
    "results": "results and their grounds",
    "review": "review and litigation",
    "litigation": "review and litigation",
    "litigation_direct": "review and litigation",
    "litigation_after_review": "review and litigation",
    "cases": "review and litigation",
}
GROUPS = (*dict.fromkeys(_GROUPS.values()), "documents, decisions, fees")


class Figure(NamedTuple):
    """What a figure counts, as annotated or as read."""

    kind: str
    column: str
    value: Number
    year: int
    own: bool
    approximate: bool

    @property
    def group(self) -> str:
        """The row of the table it is counted in."""
        return _GROUPS.get(self.kind.partition(".")[0], GROUPS[-1])


class Annotated(NamedTuple):
    """One annotated sentence."""

    report: str
    verdict: str
    figures: tuple[Figure, ...]
    text: str


class Outcome(NamedTuple):
    """What the program made of one sentence."""

    annotated: Annotated
    figures: tuple[Figure, ...]
    verdict: str


def report_named(name: str, text: str) -> Report:
    """Return the figures of that report with ``text`` as its first section; ``zero`` is a report of zeros."""
    if name == "zero":
        figures = nested(dict.fromkeys(form_of("disclosure-2021").cells, 0))
        data = {**figures, "organisation": "某县档案馆", "year": 2024}
    else:
        data = json.loads((DATA / "reports" / f"{name}.json").read_text("utf-8"))
    return Report.model_validate({**data, "overview": text, "problems": "", "other_matters": ""})


def load(name: str) -> Iterator[Annotated]:
    """Yield the sentences of one set."""
    report = ""
    for line in (DATA / "claims" / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            report = line.strip("[]")
        elif line and not line.startswith("#"):
            verdict, said, text = (part.strip() for part in line.split("|", 2))
            yield Annotated(report, verdict, tuple(_annotated(said, report)), text)


def _annotated(said: str, report: str) -> Iterator[Figure]:
    own_year = report_named(report, "").year
    assert own_year is not None
    for claim in re.split(r",\s*", said):
        if claim == "-":
            continue
        match = re.fullmatch(r"([\w.+|]+)=([\d.]+)(~)?(?::(\w+))?(?:@(\d{4}))?(/\w+)?", claim)
        assert match, claim
        kind, value, approximate, column, year, scope = match.groups()
        kind = "+".join(
            f"results.{part}" if part.split(".")[0] in _RESULTS else part for part in kind.split("+")
        )
        number = Decimal(value)
        yield Figure(
            kind,
            column or "",
            int(number) if number == int(number) else number,
            int(year or own_year),
            not scope,
            bool(approximate),
        )


_RESULTS = {"granted", "partly_granted", "refused", "unavailable", "not_processed", "other"}


def judge(sentence: Annotated) -> Outcome:
    """Read one sentence and hold it against its report."""
    report = report_named(sentence.report, sentence.text)
    rules, evidence = (CONTRADICTION, PERCENT), gather(report)
    levels = {f.level for rule in rules for f in rule.judge(rule, evidence) if f is not None}
    verdict = "error" if "error" in levels else "warning" if levels else "silent"
    return Outcome(sentence, tuple(map(_read, claims_of(report))), verdict)


def _read(claim: Claim) -> Figure:
    return Figure(
        claim.kind.partition("|")[0], claim.column, claim.value, claim.year, claim.own, claim.approximate
    )


def _sides(outcome: Outcome) -> tuple[Counter[Figure], Counter[Figure]]:
    report = outcome.annotated.report
    return comparable(outcome.annotated.figures, report), comparable(outcome.figures, report)


class Score(NamedTuple):
    """Counts of one row: right, read without being there, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was said."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def comparable(figures: tuple[Figure, ...], report: str) -> Counter[Figure]:
    """Return the figures of this year and this body, which are the ones that count; others only must not be taken for them."""
    return Counter(f for f in figures if f.own and f.year == report_named(report, "").year)


def by_kind(outcomes: list[Outcome]) -> dict[str, Score]:
    """Return the scores of reading figures, by kind."""
    counts = {group: [0, 0, 0] for group in GROUPS}
    for outcome in outcomes:
        there, read = _sides(outcome)
        for place, figures in enumerate((there & read, read - there, there - read)):
            for figure, times in figures.items():
                counts[figure.group][place] += times
    return {group: Score(*numbers) for group, numbers in counts.items()}


def findings(outcomes: list[Outcome]) -> Score:
    """Return the score of findings: a sentence that must be spoken of, is, at whatever level."""
    pairs = [(o.annotated.verdict != "silent", o.verdict != "silent") for o in outcomes]
    return Score(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))


def error_alarms(outcomes: list[Outcome]) -> list[Outcome]:
    """Return the sentences called an error that are none."""
    return [o for o in outcomes if o.verdict == "error" and o.annotated.verdict != "error"]


def total(scores: dict[str, Score]) -> Score:
    """Return the sum of all rows."""
    return Score(*(sum(column) for column in zip(*scores.values(), strict=True)))


@cache
def judged() -> dict[str, list[Outcome]]:
    """Return what the program makes of the sentences of every set."""
    return {name: [judge(sentence) for sentence in load(name)] for name in (*SETS, *STRANGERS)}


def table() -> str:
    """Return the scores as two Markdown tables: set by set, and kind by kind over all sets."""
    sets = judged()
    lines = [
        "| set | sentences | figures: n | precision | recall | findings: n | precision | recall | false alarms at error level |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, outcomes in sets.items():
        figures, found = total(by_kind(outcomes)), findings(outcomes)
        lines.append(
            f"| {name.replace('_', ' ')} | {len(outcomes)} | {_cells(figures)} | {_cells(found)} | {len(error_alarms(outcomes))} |"
        )
    kinds = by_kind([outcome for outcomes in sets.values() for outcome in outcomes])
    lines += ["", "| figures of all sets, by kind | n | precision | recall |", "|---|---|---|---|"]
    lines += [f"| {group} | {_cells(kinds[group])} |" for group in GROUPS]
    return "\n".join(lines)


def _cells(score: Score) -> str:
    return f"{score.right + score.missed} | {score.precision:.3f} | {score.recall:.3f}"


def main() -> None:
    """Print what was misread, print the table, write it into the documentation."""
    for name, outcomes in judged().items():
        for outcome in outcomes:
            there, read = _sides(outcome)
            if there != read or outcome.verdict != outcome.annotated.verdict:
                print(f"{name}: {outcome.annotated.text}\n   {outcome.annotated.verdict} → {outcome.verdict}")
                print(
                    "   missed",
                    [f"{f.kind}={plain(f.value)}:{f.column}@{f.year}" for f in there - read],
                    end=" ",
                )
                print("extra", [f"{f.kind}={plain(f.value)}:{f.column}@{f.year}" for f in read - there])
    page = ROOT / "docs" / "narrative.md"
    text = page.read_text("utf-8")
    page.write_text(
        re.sub(r"(?s)(<!-- scores -->\n).*?(\n<!-- end -->)", lambda m: m[1] + table() + m[2], text), "utf-8"
    )
    print(table())


if __name__ == "__main__":
    main()
