"""``python -m benchmarks``: measure everything, print one table, write ``docs/benchmarks.md``."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import tempfile
from pathlib import Path

from benchmarks import command, document, workbook
from benchmarks.timing import Ratio

TARGET = Path(__file__).parent.parent / "docs" / "benchmarks.md"
LIBRARIES = ("pydantic", "python-calamine", "openpyxl", "python-docx", "docxtpl")


def table(ratios: list[Ratio]) -> str:
    """Return the measurements as a Markdown table."""
    lines = ["| what | ours, ms | against | peer, ms | ratio | target | met |", "|---|---|---|---|---|---|---|"]
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


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory() as name:
        ratios = [part.measure(Path(name)) for part in (workbook, document, command)]
    print(table(ratios))
    TARGET.write_text(
        "# Benchmarks\n\nMedians of alternating calls in one run; what counts is the ratio. "
        f"`python -m benchmarks` writes this page.\n\n{machine()}\n\n{table(ratios)}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
