"""Work spread over any ``concurrent.futures.Executor``: results in order, a bounded amount of work under way."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

Kept = TypeVar("Kept")
Work = TypeVar("Work")
Result = TypeVar("Result")

#: How many pieces of work may be under way or waiting for their turn; it bounds the memory.
UNDER_WAY = 64
#: More processes than this only take each other's memory.
MOST_PROCESSES = 64
#: Files per piece of work: large enough that sending it costs little beside doing it, small enough that Ctrl-C is prompt.
BATCH = 16


def batches(files: Iterable[Kept], executor: Executor | None) -> Iterator[list[Kept]]:
    """Yield the files in groups that are pieces of work; in this process each is one."""
    left, size = iter(files), 1 if executor is None else BATCH
    while batch := list(islice(left, size)):
        yield batch


def spread(
    function: Callable[[Work], Result], pieces: Iterable[tuple[Kept, Work]], executor: Executor | None
) -> Iterator[tuple[Kept, Work, Result | None]]:
    """Yield each piece of work with its result, in the order of ``pieces``; what is kept of a piece is not sent away.

    Without an executor the work is done in this process, one piece after the other. The result is ``None`` where the process that worked
    on the piece died. On leaving early, what has not begun is given up.
    """
    if executor is None:
        for kept, work in pieces:
            yield kept, work, function(work)
        return
    waiting: deque[tuple[Kept, Work, Future[Result] | None]] = deque()

    def first() -> tuple[Kept, Work, Result | None]:
        kept, work, future = waiting.popleft()
        try:
            return kept, work, None if future is None else future.result()
        except Exception:
            # Each kind of executor has an error of its own for a worker that died; the functions sent away raise none.
            return kept, work, None

    try:
        for kept, work in pieces:
            waiting.append((kept, work, _submitted(executor, function, work)))
            if len(waiting) >= UNDER_WAY:
                yield first()
        while waiting:
            yield first()
    finally:
        for _, _, future in waiting:
            if future is not None:
                future.cancel()


def _submitted(executor: Executor, function: Callable[[Work], Result], work: Work) -> Future[Result] | None:
    try:
        return executor.submit(function, work)
    except BrokenExecutor:
        return None


def processors() -> int:
    """Return how many processors this process may use."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, MOST_PROCESSES)


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Yield a function that says whether Ctrl-C was pressed; so it takes effect between two records, never within one.

    A second Ctrl-C is a ``KeyboardInterrupt`` as usual.
    """
    pressed: list[int] = []

    def press(number: int, frame: Any) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, before)
        print("正在停止，写出已完成的部分……（再按一次 Ctrl-C 立即放弃）", file=sys.stderr)

    try:
        before = signal.signal(signal.SIGINT, press)
    except ValueError:
        # Not in the main thread, where signals do not arrive.
        yield lambda: False
        return
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)
