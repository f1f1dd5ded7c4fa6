"""The audit of whole folders: files per second, how well the work spreads, and whether the memory stays flat.

``python -m benchmarks.collection FOLDER OUT JOBS`` audits one folder and prints seconds and MB; each audit is measured in a process of its own.
"""

from __future__ import annotations

import contextlib
import json
import resource
import statistics
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import xlreport
from benchmarks import made_reports
from benchmarks.timing import Fact
from xlreport.collection.audit import audit
from xlreport.collection.auditing import IMPORTS
from xlreport.collection.readers import LIMIT, Readers, working
from xlreport.collection.report_files import files_under
from xlreport.collection.summary import Summary
from xlreport.collection.summary_book import SummaryBook
from xlreport.errors import InputError

WORKBOOKS, FEWER, DOCUMENTS, MIXED = 2000, 200, 500, 500
#: Files by which the time of a single check is told, and how often a run is repeated.
SAMPLE, ROUNDS = 150, 3


class Run(NamedTuple):
    """One audit: seconds from the first file to the finished summary, start of the processes included; MB at the most."""

    seconds: float
    own: float
    largest_worker: float


def measure(folder: Path) -> list[Fact]:
    """Return what was measured on made-up reports."""
    made_reports.workbooks(folder / "workbooks", WORKBOOKS)
    made_reports.workbooks(folder / "fewer", FEWER)
    made_reports.documents(folder / "documents", DOCUMENTS)
    made_reports.mixed(folder / "mixed", MIXED)
    facts: list[Fact] = []
    for name, count, what in (
        ("workbooks", WORKBOOKS, "workbooks"),
        ("documents", DOCUMENTS, ".docx documents"),
        ("mixed", MIXED, "mixed files"),
    ):
        facts += _speed(folder, name, count, f"{count} {what}")
    few, many = (_run(folder, name, 2) for name in ("fewer", "workbooks"))
    for part, one, other in (
        ("the audit", few.own, many.own),
        ("the largest worker", few.largest_worker, many.largest_worker),
    ):
        value = f"{one:.0f} MB at {FEWER} files, {other:.0f} MB at {WORKBOOKS}: {other / one:.2f} ×"
        facts.append(Fact(f"peak memory of {part}", value, "≤ 1.20 ×", other / one <= 1.2))
    return facts


def _speed(folder: Path, name: str, count: int, what: str) -> list[Fact]:
    checks, runs = [], {1: [], 2: []}
    # In turn, so that whatever else the machine does hits all alike.
    for _ in range(ROUNDS):
        checks.append(_check_time(folder / name))
        for jobs, taken in runs.items():
            taken.append(_run(folder, name, jobs).seconds)
    alone = statistics.median(checks)
    facts = [
        Fact(f"read + check, {what}", f"{1 / alone:.0f} files/s ({1000 * alone:.1f} ms a file)", "", None)
    ]
    for jobs, taken in runs.items():
        seconds = statistics.median(taken)
        ratio = seconds / (alone * count / jobs)
        processes_ = f"{jobs} process{'es' if jobs > 1 else ''}"
        value = f"{count / seconds:.0f} files/s; {ratio:.2f} × check time × files ÷ processes"
        facts.append(Fact(f"audit of {what}, {processes_}", value, "≤ 1.30 ×", ratio <= 1.3))
    return facts


def _check_time(folder: Path) -> float:
    """Seconds per file of reading and checking alone."""
    paths = [folder / path for path in islice(files_under(folder), SAMPLE)]
    _checked(paths[0])
    start = time.perf_counter()
    for path in paths:
        _checked(path)
    return (time.perf_counter() - start) / len(paths)


def _checked(path: Path) -> None:
    # Among mixed files are damaged ones, which take their time too.
    with contextlib.suppress(InputError):
        xlreport.check(xlreport.read(path))


def _run(folder: Path, name: str, jobs: int) -> Run:
    command = [
        sys.executable,
        "-m",
        "benchmarks.collection",
        str(folder / name),
        str(folder / "out.xlsx"),
        str(jobs),
    ]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Run(*json.loads(printed))


def _audited(folder: Path, out: Path, jobs: int) -> Run:
    start = time.perf_counter()
    files = files_under(folder)
    with (
        working(Readers(jobs, LIMIT, IMPORTS)) as executor,
        contextlib.closing(SummaryBook(out, out)) as target,
    ):
        summary = Summary(target, folder, len(files))
        for record in audit(folder, files, executor=executor):
            summary.add(record)
        summary.finish()
    seconds = time.perf_counter() - start
    own, worker = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Run(seconds, own, worker)


if __name__ == "__main__":
    print(json.dumps(_audited(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
