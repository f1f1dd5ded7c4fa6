"""``python -m benchmarks``: measure everything, print one table, write ``docs/benchmarks.md``."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import statistics
import tempfile
from pathlib import Path

from benchmarks import collection, command, document, frames, localisation, read_and_check
from benchmarks.timing import Fact, Ratio

TARGET = Path(__file__).parent.parent / "docs" / "benchmarks.md"
LIBRARIES = (
    *("pydantic", "python-calamine", "openpyxl", "xlsxwriter", "python-docx", "docxtpl"),
    *("pandas", "pandera", "scipy"),
)
#: Mistakes by which the localisation is compared with the MILP; ``python -m benchmarks.localisation`` takes more.
MISTAKES, SEED = 40, 2025


def table(ratios: list[Ratio]) -> str:
    """Return the measurements as a Markdown table."""
    lines = [
        "| what | ours, ms | against | peer, ms | ratio | target | met |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.name} | {r.ours:.2f} | {r.peer_name} | {r.peer:.2f} | {r.value:.3f} | ≤ {r.target:.3f} | {'yes' if r.met else 'no'} |"
        for r in ratios
    ]
    return "\n".join(lines)


def floors(ratios: list[Ratio]) -> str:
    """Return how far above the least possible ours stands, as a Markdown table."""
    lines = ["| what | floor | floor, ms | ours ÷ floor | peer ÷ floor |", "|---|---|---|---|---|"]
    lines += [
        f"| {r.name} | {r.floor_name} | {r.lowest:.2f} | {r.ours / r.lowest:.1f} | {r.peer / r.lowest:.1f} |"
        for r in ratios
        if r.floor_name
    ]
    return "\n".join(lines)


def machine() -> str:
    """Return one sentence on where this was measured."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return (
        f"Measured on {datetime.date.today():%Y-%m-%d} with Python {platform.python_version()} on "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; {versions}."
    )


def locating() -> tuple[Ratio, Fact]:
    """Return the search for all smallest corrections against the MILP finding one, and the time that a mistake takes."""
    tallies, comparison = localisation.measure(MISTAKES, MISTAKES, SEED)
    ours, peer = statistics.median(comparison.ours), statistics.median(comparison.one)
    name, peer_name = "locate an error (all smallest corrections)", "scipy's MILP, one of them"
    value = statistics.median(a / b for a, b in zip(comparison.ours, comparison.one, strict=True))
    median = statistics.median(time for tally in tallies.values() for time in tally.times)
    fact = Fact("locate the errors of a table, median", f"{median:.2f} ms", "< 2 ms", median < 2)
    return Ratio(name, ours, peer_name, peer, value, 1 / 25), fact


def facts_table(facts: list[Fact]) -> str:
    """Return the other measurements as a Markdown table."""
    lines = ["| what | measured | target | met |", "|---|---|---|---|"]
    lines += [f"| {f.name} | {f.value} | {f.target} | {_VERDICT[f.met]} |" for f in facts]
    return "\n".join(lines)


_VERDICT = {True: "yes", False: "no", None: ""}


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ratios = [
            *read_and_check.measure(folder),
            *(part.measure(folder) for part in (frames, document, command)),
        ]
        facts = collection.measure(folder)
    search, median = locating()
    ratios.append(search)
    tables = (
        f"{table(ratios)}\n\n## Above the floor\n\nThe floor is what no program can do without.\n\n{floors(ratios)}"
        f"\n\n## Whole folders, and finding the wrong cell\n\n{facts_table([*facts, median])}"
    )
    print(tables)
    TARGET.write_text(
        "# Benchmarks\n\nMedians over many rounds in one run, all sides in turn; the ratio is the median of the rounds' ratios. "
        f"`python -m benchmarks` writes this page.\n\n{machine()}\n\n{tables}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
