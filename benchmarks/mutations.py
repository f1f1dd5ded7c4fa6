"""``python -m benchmarks.mutations``: every typing error in every cell of the real reports, and which rule sees it.

Writes the table into ``docs/reliability.md``. A mistake counts as seen where a rule says something that it does not say of the report as it was
published. What is not seen either keeps every balance, or is in a cell that takes part in none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from xlreport.checking import gather
from xlreport.example import good
from xlreport.form.catalogue import MODULES
from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.figures import Figure, amount
from xlreport.form.grid import grid_of
from xlreport.report import Report
from xlreport.rules.rule import Evidence, Rule

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- mutations -->\n", "<!-- /mutations -->"
#: Reports whose last year's is there as well.
LAST_YEARS = {"suqian-2024": "suqian-2023"}


class Mistake(NamedTuple):
    """A way of mistyping: its kind, and the figures that come of it."""

    kind: str
    figures: dict[str, Figure]


class Outcome(NamedTuple):
    """What came of a mistake: the rules that saw it, and whether every balance holds still."""

    mistake: Mistake
    rules: frozenset[Rule]
    balanced: bool

    @property
    def is_error(self) -> bool:
        """True if a rule that blocks the submission saw it."""
        return any(rule.level == "error" for rule in self.rules)


def reports() -> Iterator[tuple[str, Evidence]]:
    """Yield the published reports by name, with last year's where there is one; one of them has its text."""
    known = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted((ROOT / "tests/data/reports").glob("*.json"))
    }
    for name, data in known.items():
        if data["form"] in MODULES:
            last = known.get(LAST_YEARS.get(name, ""))
            report = good() if name == "xiji-2025" else Report.model_validate(data)
            yield name, gather(report, Report.model_validate(last) if last else None)


def mistakes(form: Form, figures: dict[str, Figure]) -> Iterator[Mistake]:
    """Yield every mistake in every cell that holds a number."""
    for key in form.cells:
        value = figures[key]
        if isinstance(value, (int, Decimal)):
            for kind, typed in mistyped(format(value, "f") if isinstance(value, Decimal) else str(value)):
                if typed is None or isinstance(typed, str) or typed != value:
                    yield Mistake(kind, {key: typed})
    for table in form.tables:
        places = {(cell.row, cell.column): key for key, cell in grid_of(table).figures.items()}
        yield from _displaced(places, figures)


def mistyped(digits: str) -> Iterator[tuple[str, Figure]]:
    """Yield every way to mistype one number."""
    for place, digit in enumerate(digits):
        if digit == ".":
            continue
        head, tail = digits[:place], digits[place + 1 :]
        yield from (
            ("digit replaced", _number(head + other + tail)) for other in "0123456789" if other != digit
        )
        if head + tail not in ("", "."):
            yield "digit omitted", _number(head + tail)
        if tail and tail[0] != ".":
            yield "digits swapped", _number(head + tail[0] + digit + tail[1:])
    for place in range(len(digits) + 1):
        yield from (
            ("digit added", _number(digits[:place] + other + digits[place:])) for other in "0123456789"
        )
    yield "sign", -(_number(digits) or 0)
    yield "left blank", None
    yield "typed as text", f"{digits}件"
    if "." in digits:
        yield "point omitted", _number(digits.replace(".", ""))


def _number(digits: str) -> int | Decimal:
    return Decimal(digits) if "." in digits else int(digits or "0")


def _displaced(places: dict[tuple[int, int], str], figures: dict[str, Figure]) -> Iterator[Mistake]:
    """Yield figures that stand in the neighbour cell, and lines that stand where the next one belongs."""
    for (row, column), key in places.items():
        for down, across, kind in ((1, 0, "cell below"), (0, 1, "cell to the right")):
            other = places.get((row + down, column + across))
            if other and figures[key] != figures[other]:
                yield Mistake(f"exchanged with the {kind}", {key: figures[other], other: figures[key]})
                if figures[key] and not figures[other]:
                    yield Mistake(f"typed into the {kind}", {key: 0, other: figures[key]})
    for along, kind in ((0, "row"), (1, "column")):
        lines: dict[int, dict[int, str]] = {}
        for place, key in places.items():
            lines.setdefault(place[along], {})[place[1 - along]] = key
        numbers = sorted(lines)
        for one, next_one in pairwise(numbers):
            shared = lines[one].keys() & lines[next_one].keys()
            typed: dict[str, Figure] = {}
            for at in shared:
                typed[lines[one][at]] = figures[lines[next_one][at]]
                typed[lines[next_one][at]] = figures[lines[one][at]]
            if len(shared) > 1 and any(figures[key] != value for key, value in typed.items()):
                yield Mistake(f"whole {kind} exchanged with the next", typed)


def outcomes(evidence: Evidence) -> Iterator[Outcome]:
    """Yield what comes of every mistake in one report."""
    before = _said(evidence)
    for mistake in mistakes(evidence.form, evidence.figures):
        figures = {**evidence.figures, **mistake.figures}
        said = _said(replace(evidence, figures=figures)) - before
        yield Outcome(mistake, frozenset(rule for rule, _ in said), _balanced(evidence, figures))


def _said(evidence: Evidence) -> set[tuple[Rule, str]]:
    return {
        (rule, found.message)
        for rule in evidence.form.rules
        for found in rule.judge(rule, evidence)
        if found is not None
    }


def _balanced(evidence: Evidence, figures: dict[str, Figure]) -> bool:
    """True if no balance that blocks, within the year or with a last year that is there, differs from how it was."""
    for balance in evidence.form.balances:
        if balance.rule.level != "error":
            continue
        if any(key.startswith(PREVIOUS) for key in balance.keys) and evidence.previous is None:
            continue
        known = {key: amount(figures.get(key)) for key in balance.keys}
        former = {key: amount(evidence.figures.get(key)) for key in balance.keys}
        if None in known.values() or balance.weigh(known).difference != balance.weigh(former).difference:
            return False
    return True


def main() -> None:
    """Try everything, print the table, write it into the page."""
    found = [outcome for _, evidence in reports() for outcome in outcomes(evidence)]
    text = table(found)
    print(text)
    page = TARGET.read_text("utf-8")
    TARGET.write_text(
        page.partition(BEGIN)[0] + BEGIN + text + END + page.partition(END)[2], encoding="utf-8"
    )


def table(found: list[Outcome]) -> str:
    """Return the outcomes as Markdown: by kind of mistake, by rule, and what was not seen by where it was."""
    kinds = Counter(outcome.mistake.kind for outcome in found)
    lines = [
        f"{len(found):,} mistakes in {len(list(reports()))} reports.",
        "",
        "| mistake | made | seen by a rule that blocks | by a warning only | unseen | of these keep every balance |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for kind, made in [*kinds.items(), ("all", len(found))]:
        of_kind = [outcome for outcome in found if kind in (outcome.mistake.kind, "all")]
        errors = sum(outcome.is_error for outcome in of_kind)
        unseen = [outcome for outcome in of_kind if not outcome.rules]
        warned = made - errors - len(unseen)
        kept = sum(outcome.balanced for outcome in unseen)
        lines.append(
            f"| {kind} | {made:,} | {errors / made:.1%} | {warned / made:.1%} | {len(unseen) / made:.1%} | {kept:,} of {len(unseen):,} |"
        )
    by_rule = Counter(rule.id for outcome in found for rule in outcome.rules)
    lines += ["", "| rule | sees, of all mistakes |", "|---|---:|"]
    lines += [f"| {rule} | {count / len(found):.1%} |" for rule, count in by_rule.most_common()]
    places = Counter(_place(outcome) for outcome in found if not outcome.rules)
    lines += ["", "| unseen mistakes by place | count |", "|---|---:|"]
    lines += [f"| {place} | {count:,} |" for place, count in places.most_common()]
    return "\n".join(lines) + "\n"


def _place(outcome: Outcome) -> str:
    tables = {key.partition(".")[0] for key in outcome.mistake.figures}
    cells = "one cell" if len(outcome.mistake.figures) == 1 else "several cells at once"
    return f"`{', '.join(sorted(tables))}`, {cells}"


if __name__ == "__main__":
    main()
