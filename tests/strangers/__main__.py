"""``python -m tests.strangers``: make every file, let the program have it, and say what came of it.

The exit status is 1 if anything was silent, crashed or took too long.
"""

from __future__ import annotations

import argparse
import queue
import random
import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.strangers import FAMILIES, every
from tests.strangers.attempts import Attempt
from tests.strangers.judging import FAILURES, Class, Verdict, judged
from tests.strangers.running import Program

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- strangers -->", "<!-- /strangers -->"

Judged = tuple[Attempt, Verdict]


def tried(
    attempts: Iterable[Attempt], *, jobs: int, keep: Path | None = None, told: bool = False
) -> list[Judged]:
    """What became of each attempt, in their order."""
    waiting: queue.SimpleQueue[tuple[int, Attempt] | None] = queue.SimpleQueue()
    came: dict[int, Judged] = {}
    for item in enumerate(attempts):
        waiting.put(item)
    for _ in range(jobs):
        waiting.put(None)

    def work() -> None:
        with tempfile.TemporaryDirectory() as home:
            program = Program(Path(home))
            try:
                while (item := waiting.get()) is not None:
                    number, attempt = item
                    with tempfile.TemporaryDirectory() as folder:
                        path = Path(folder) / f"report{attempt.suffix}"
                        attempt.make(path)
                        verdict = judged(attempt, path, program)
                        if keep is not None and verdict.what in FAILURES:
                            place = keep / attempt.family
                            place.mkdir(parents=True, exist_ok=True)
                            name = f"{attempt.kind}-{attempt.name}".replace("/", "_")[:100]
                            if path.is_file() and path.stat().st_size < 5_000_000:
                                shutil.copyfile(path, place / f"{name}{attempt.suffix}")
                    came[number] = attempt, verdict
                    if told and verdict.what in FAILURES:
                        print(f"{verdict.what.value:7} {attempt.title}: {verdict.why}", flush=True)
            finally:
                program.close()

    threads = [threading.Thread(target=work) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [came[number] for number in sorted(came)]


Counts = dict[str, Counter[str]]


def counted(judgements: Sequence[Judged]) -> Counts:
    """Attempts by family and class."""
    counts: Counts = {}
    for attempt, verdict in judgements:
        counts.setdefault(attempt.family, Counter())[verdict.what.value] += 1
    return counts


def table(counts: Counts) -> list[str]:
    """The classes of every family, as the page shows them."""
    classes = [c.value for c in Class]
    lines = ["| family | tried | " + " | ".join(classes) + " |", "|---|" + "---:|" * (len(classes) + 1)]
    for family, held in [*counts.items(), ("all", sum(counts.values(), Counter[str]()))]:
        lines.append(f"| {family} | {held.total()} | " + " | ".join(str(held[c]) for c in classes) + " |")
    return lines


def written(counts: Counts) -> None:
    """Put the table between the marks of the page; families that were not tried now keep their row."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    block, _, tail = rest.partition(END)
    held: Counts = {}
    for line in block.splitlines():
        family, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        if family in FAMILIES:
            held[family] = Counter({c.value: int(n) for c, n in zip(Class, cells[1:], strict=True)})
    held |= counts
    lines = table({family: held[family] for family in FAMILIES if family in held})
    PAGE.write_text("\n".join([head + BEGIN, *lines, END + tail]), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.strangers", description=__doc__)
    parser.add_argument("--family", choices=sorted(FAMILIES), action="append")
    parser.add_argument("--match", default="", help="only attempts whose title holds this")
    parser.add_argument("--sample", type=int, help="so many of them, drawn with a seed")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="copy the files that failed here")
    parser.add_argument("--list", choices=[c.value for c in Class], action="append", default=[])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    attempts = [a for a in every(options.family) if options.match in a.title]
    if options.sample:
        attempts = random.Random(7).sample(attempts, min(options.sample, len(attempts)))
    judgements = tried(attempts, jobs=options.jobs, keep=options.keep, told=True)
    for attempt, verdict in judgements:
        if verdict.what.value in options.list:
            print(f"{verdict.what.value:11} {attempt.title}: {verdict.why}")
    counts = counted(judgements)
    print(*table(counts), sep="\n")
    if options.write_docs:
        written(counts)
    return int(any(verdict.what in FAILURES for _, verdict in judgements))


if __name__ == "__main__":
    sys.exit(main())
