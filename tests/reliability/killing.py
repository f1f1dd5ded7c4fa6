"""Writers that are killed: a program of its own, so that what forks has one thread only.

``python -m tests.reliability.killing FOLDER ROUNDS`` lets every writer be killed at each of its steps in the folder (as Python's audit
events tell them), then ``ROUNDS`` times after a random time; looks after each death whether the file is the old one or the new one,
whole; and prints how often what was seen as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import xlreport
from tests.samples import complete
from tests.workbook.edited import sample
from xlreport.document import submission
from xlreport.output import TEMPORARY_PREFIX
from xlreport.report import Report
from xlreport.workbook.marking import mark

#: Two reports that are told apart by their title, as old and new content.
OLD, NEW = "旧的年度报告", "新的年度报告"
FOUND = {OLD: "the old file found", NEW: "the new file found"}
Write = Callable[[str, Path], None]


def _report(title: str) -> Report:
    report = sample() if title == OLD else complete()
    report.title = title
    return report


REPORTS = {title: _report(title) for title in (OLD, NEW)}


def _write(title: str, target: Path) -> None:
    xlreport.write(REPORTS[title], target)


def _document(title: str, target: Path) -> None:
    submission.write_draft(REPORTS[title], xlreport.check(REPORTS[title]), target)


def _marked(title: str, target: Path) -> None:
    source = target.with_name(f"{title}.xlsx")
    mark(source, xlreport.check(xlreport.read(source)), target)


WRITERS: dict[str, Write] = {
    "数据 一.json": _write,
    "工作簿 二.xlsx": _write,
    "文档 三.docx": _document,
    "标注 四.xlsx": _marked,
}


def title_of(path: Path) -> str:
    """Return the title of the report in a file; raises where the file is not whole."""
    if path.suffix != ".docx":
        return xlreport.read(path).title
    import docx

    document = docx.Document(str(path))
    assert len(document.tables) == 3
    return document.paragraphs[0].text.replace("\n", "")


def strays(folder: Path) -> list[Path]:
    """Return the temporary files in a folder."""
    return [path for path in folder.iterdir() if path.name.startswith(TEMPORARY_PREFIX)]


def _killed_at(step: int, write: Write, target: Path) -> bool:
    """Write ``NEW`` in a process that kills itself at that step; return whether it came so far."""
    child = os.fork()
    if child == 0:
        steps = iter(range(step))

        def die(event: str, arguments: tuple[object, ...]) -> None:
            if str(target.parent) in str(arguments) and next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        with contextlib.suppress(BaseException):
            write(NEW, target)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _killed_after(seconds: float, write: Write, target: Path) -> bool:
    """Write the two reports in turn until the time is over; return whether the process was still writing then."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            while True:
                write(NEW, target)
                write(OLD, target)
        os._exit(1)
    time.sleep(seconds)  # the point in time is what is random here
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main(folder: Path, rounds: int) -> dict[str, int]:
    """Kill, look, and return how often what was found."""
    seen: Counter[str] = Counter()
    draw = random.Random(2025)
    for title, report in REPORTS.items():
        xlreport.write(report, folder / f"{title}.xlsx")
    for name, write in WRITERS.items():
        target = folder / name
        write(OLD, target)
        for step in count():
            write(OLD, target)
            assert not strays(folder), f"{name}: left over before step {step}"
            if not _killed_at(step, write, target):
                break
            seen["killed at a step"] += 1
            seen["with a temporary file left"] += bool(strays(folder))
            seen[FOUND[title_of(target)]] += 1
    names = list(WRITERS)
    for number in range(rounds):
        target = folder / names[number % len(names)]
        assert _killed_after(draw.uniform(0, 0.12), WRITERS[target.name], target)
        seen["killed after a random time"] += 1
        seen["with a temporary file left"] += bool(strays(folder))
        seen[FOUND[title_of(target)]] += 1
    for name, write in WRITERS.items():
        write(NEW, folder / name)
    assert not strays(folder), strays(folder)
    return dict(seen)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
