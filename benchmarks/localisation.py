"""``python -m benchmarks.localisation``: make mistakes, locate them, compare with the plain MILP, write the tables into ``docs/localisation.md``."""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import os
import platform
import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.mistakes import MISTAKES, WITHIN, Figures, like, published
from xlreport.form.declaration import Form
from xlreport.locate.locating import CORRECTIONS, MOST, SECONDS, Cluster, locate
from xlreport.locate.search import settle, smallest
from xlreport.locate.solver import Choice, choose
from xlreport.locate.system import System, systems

TARGET = Path(__file__).parent.parent / "docs" / "localisation.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"


@dataclass
class Tally:
    """What came of one kind of mistake; times in milliseconds."""

    made: int = 0
    visible: int = 0
    found: int = 0
    first: int = 0
    unique: int = 0
    likely: int = 0
    likely_right: int = 0
    times: list[float] = field(default_factory=list)

    def add(self, truth: Figures, parts: tuple[Cluster, ...], taken: float) -> None:
        """Count one visible case; ``truth`` holds the true figures of the cells that are wrong."""
        self.visible += 1
        self.times.append(taken)
        answers = [[{c.key: c.to for c in corr.changes} for corr in part.corrections] for part in parts]
        keys = [{key for balance in part.balances for key in balance.keys} for part in parts]
        right = [{key: truth[key] for key in truth if key in inside} for inside in keys]
        whole = sum(map(len, right)) == len(truth)
        self.found += whole and all(r in a for r, a in zip(right, answers, strict=True))
        self.first += whole and all(a[:1] == [r] for r, a in zip(right, answers, strict=True))
        self.unique += whole and all(a == [r] for r, a in zip(right, answers, strict=True))
        for part in parts:
            for change in {c for corr in part.corrections for c in corr.changes if part.likely(c)}:
                self.likely += 1
                self.likely_right += truth.get(change.key) == change.to

    def line(self, name: str) -> str:
        """Return the row of the table."""
        share = [f"{count / self.visible:.1%}" for count in (self.found, self.first, self.unique)]
        sure = f"{self.likely_right / self.likely:.1%} of {self.likely}" if self.likely else "–"
        return (
            f"| {name} | {self.made} | {self.visible} | {' | '.join(share)} | {sure} "
            f"| {statistics.median(self.times):.2f} | {max(self.times):.1f} |"
        )


@dataclass
class Comparison:
    """Ours against the MILP, system by system; times in milliseconds."""

    cases: int = 0
    agreed: int = 0
    differing: list[str] = field(default_factory=list)
    unproven: int = 0
    failed: int = 0
    ours: list[float] = field(default_factory=list)
    one: list[float] = field(default_factory=list)
    all: list[float] = field(default_factory=list)

    def add(self, name: str, system: System) -> None:
        """Solve one system both ways."""
        start = time.perf_counter()
        found = smallest(system, MOST, SECONDS, CORRECTIONS)
        ours = (time.perf_counter() - start) * 1000
        if found.cut_off:
            self.unproven += 1
            return
        best, failed, first, total = optima(system)
        if best is None:
            self.unproven += 1
            return
        self.cases += 1
        self.failed += failed
        self.ours.append(ours)
        self.one.append(first)
        self.all.append(total)
        mine = {frozenset(solution) for solution in found.solutions}
        self.agreed += mine == best
        if mine != best:
            self.differing.append(
                f"{name}: ours {sorted(map(sorted, mine))}, MILP {sorted(map(sorted, best))}"
            )


def optima(system: System, seconds: float = 20) -> tuple[set[Choice] | None, int, float, float]:
    """Return the MILP's smallest sets (``None`` if not proven in time), how many of its answers the check in
    whole numbers corrected or refused, and the times to the first answer and to all.
    """
    start = time.perf_counter()
    seen: list[Choice] = []
    right: set[Choice] = set()
    first = 0.0
    while True:
        choice, proven = choose(system, seen, seconds)
        taken = (time.perf_counter() - start) * 1000
        first = first or taken
        if not proven:
            return None, 0, first, taken
        if choice is None or any(len(choice) > len(other) for other in right):
            return right, len(set(seen) - right), first, taken
        seen.append(choice)
        solution = settle(system, choice)
        if solution is not None:
            right.add(frozenset(solution))


def measure(cases: int, against_milp: int, seed: int) -> tuple[dict[str, Tally], Comparison]:
    """Make ``cases`` mistakes of each kind, the first half of them in published tables where there are as many; compare some with the MILP."""
    draw = random.Random(seed)
    models = published()
    tallies, comparison = {}, Comparison()
    for name, mistake in MISTAKES.items():
        tally = tallies[name] = Tally()
        for case in range(cases):
            form, model = models[case % len(models)]
            table = model if case % 2 else like(form, model, draw)
            typed = mistake(form, table, draw)
            truth = {key: table[key] for key in table if typed[key] != table[key]}
            balances = [b for b in form.balances if b.rule.id in WITHIN]
            tally.made += 1
            if not truth or not any(b.weigh(typed).difference for b in balances):
                continue
            start = time.perf_counter()
            located = locate(form, balances, typed)
            tally.add(truth, located.parts, (time.perf_counter() - start) * 1000)
            if case < against_milp:
                _compare(name, form, typed, comparison)
    return tallies, comparison


def _compare(name: str, form: Form, typed: Figures, comparison: Comparison) -> None:
    for system in systems(form, [b for b in form.balances if b.rule.id in WITHIN], typed, {}):
        if system.disturbed:
            comparison.add(name, system)


def report(tallies: dict[str, Tally], comparison: Comparison, seed: int) -> str:
    """Return the measurements as Markdown."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("pydantic", "scipy"))
    lines = [
        f"Measured on {datetime.date.today():%Y-%m-%d} with Python {platform.python_version()} on {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores; {versions}; random seed {seed}.",
        "",
        "| mistake | made | visible | true set found | ranked first | unique | called 很可能 and right | median, ms | worst, ms |",
        "|---|---|---|---|---|---|---|---|---|",
        *(tally.line(name) for name, tally in tallies.items()),
        "",
    ]
    if comparison.cases:
        ours, one, every = (statistics.median(t) for t in (comparison.ours, comparison.one, comparison.all))
        lines += [
            "| against the plain MILP, same run | |",
            "|---|---|",
            f"| systems compared | {comparison.cases} (another {comparison.unproven} not proven in time by one of the two) |",
            f"| same family of smallest sets | {comparison.agreed} ({comparison.agreed / comparison.cases:.1%}) |",
            f"| answers of the MILP that the check in whole numbers corrected or refused | {comparison.failed} |",
            f"| search, all smallest sets: median, worst | {ours:.2f} ms, {max(comparison.ours):.1f} ms |",
            f"| MILP, one smallest set: median, worst | {one:.1f} ms, {max(comparison.one):.0f} ms ({one / ours:.0f} × the search) |",
            f"| MILP, all smallest sets: median, worst | {every:.1f} ms, {max(comparison.all):.0f} ms ({every / ours:.0f} × the search) |",
            "",
        ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cases", type=int, default=1000, help="mistakes of each kind")
    arguments.add_argument("--milp", type=int, default=120, help="of these, compared with the MILP")
    arguments.add_argument("--seed", type=int, default=2025)
    chosen = arguments.parse_args()
    tallies, comparison = measure(chosen.cases, chosen.milp, chosen.seed)
    measured = report(tallies, comparison, chosen.seed)
    print(measured, *comparison.differing, sep="\n")
    page = TARGET.read_text("utf-8")
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    TARGET.write_text(before + BEGIN + measured + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
