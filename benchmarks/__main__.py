"""``python -m benchmarks``: measure everything, print one table, write ``docs/benchmarks.md``."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import statistics
import tempfile
from pathlib import Path

from benchmarks import collection, command, document, frames, localisation, workbook
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
        f"| {r.name} | {r.ours:.2f} | {r.peer_name} | {r.peer:.2f} | {r.value:.2f} | ≤ {r.target:.2f} | {'yes' if r.met else 'no'} |"
        for r in ratios
    ]
    return "\n".join(lines)


def machine() -> str:
    """Return one sentence on where this was measured."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return (
        f"Measured on {datetime.date.today():%Y-%m-%d} with Python {platform.python_version()} on "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; {versions}."
    )


def against_milp() -> Ratio:
    """Return the search for all smallest corrections against the MILP finding one."""
    _, comparison = localisation.measure(MISTAKES, MISTAKES, SEED)
    ours, peer = statistics.median(comparison.ours), statistics.median(comparison.one)
    return Ratio("locate an error (all smallest corrections)", ours, "scipy's MILP, one of them", peer, 1)


def facts_table(facts: list[Fact]) -> str:
    """Return the other measurements as a Markdown table."""
    lines = ["| what | measured | target | met |", "|---|---|---|---|"]
    lines += [f"| {f.name} | {f.value} | {f.target} | {_VERDICT[f.met]} |" for f in facts]
    return "\n".join(lines)


_VERDICT = {True: "yes", False: "no", None: ""}


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory() as name:
        ratios = [part.measure(Path(name)) for part in (workbook, frames, document, command)]
        facts = collection.measure(Path(name))
    ratios.append(against_milp())
    tables = f"{table(ratios)}\n\n## Whole folders\n\n{facts_table(facts)}"
    print(tables)
    TARGET.write_text(
        "# Benchmarks\n\nMedians of alternating calls in one run; what counts is the ratio. "
        f"`python -m benchmarks` writes this page.\n\n{machine()}\n\n{tables}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
