"""Processes that read the files, each of which can be killed: a file that takes too long, or ends the process, costs only itself.

``Readers`` is an executor of threads, one for each process of its own (``reading_process``) that it talks to through pipes. A thread waits for
one file's result at a time and kills the process when the time is over, which works the same on every system: nothing depends on signals, on
how processes are made, or on the reading code ever looking at a clock.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from queue import Empty, LifoQueue, Queue
from typing import Any, NamedTuple, Protocol, Self

#: Seconds that a file may take where nothing else is said: a report at the limits of what is read takes a third of that.
LIMIT = 60.0
#: Seconds that a new process may take until it is ready for its first file.
STARTING = 60.0
#: How often a file is tried whose process ended by itself: once more than once, since something else may have ended it.
ATTEMPTS = 2
#: Seconds that a killed process is waited for.
ENDING = 2.0
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from xlreport.collection.reading_process import main; main()"
)
_END = object()


class Lost(NamedTuple):
    """In the place of a result: the file whose process was killed or died, and why."""

    path: str
    why: str


class Work(Protocol):
    """Work on some files, which can be cut down to any of them."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The files."""

    def _replace(self, *, paths: tuple[str, ...]) -> Self: ...


class Readers(Executor):
    """``jobs`` processes with ``imports`` loaded; ``limit`` is the seconds that one file may take.

    Takes functions of one piece of work that return a list, a result per file; in the list of a piece, ``Lost`` stands for each file
    that came to no result.
    """

    def __init__(self, jobs: int, limit: float, imports: tuple[str, ...] = ()) -> None:
        self._limit, self._imports = limit, imports
        self._threads = ThreadPoolExecutor(jobs)
        self._idle: LifoQueue[_Process] = LifoQueue()
        self._all: set[_Process] = set()
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Return the future list of results of ``function`` for the piece of work that is its one argument."""
        return self._threads.submit(self._each, function, *arguments, **options)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes; with ``cancel_futures`` also those that are at work."""
        if cancel_futures:
            self._close()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._close()

    def _close(self) -> None:
        with self._lock:
            self._closed = True
            processes, self._all = self._all, set()
        for process in processes:
            process.end()

    def _each(self, function: Callable[[Any], list[Any]], piece: Work) -> list[Any]:
        """Return a result for each file of a piece, with as many processes one after the other as it takes."""
        results: list[Any] = []
        died = 0
        while len(results) < len(piece.paths):
            left = piece._replace(paths=piece.paths[len(results) :])
            with self._process() as process:
                for result in process.results(function, left, self._limit):
                    results.append(result)
                    died = 0
                if len(results) == len(piece.paths):
                    break
            path = piece.paths[len(results)]
            if process.overdue:
                results.append(Lost(path, f"{self._limit:g} 秒内没有读完，已停止读取这份文件"))
                died = 0
            elif (died := died + 1) == ATTEMPTS or self._closed:
                results.append(Lost(path, "读取这份文件时进程意外退出，请单独审核并把文件交给维护人员"))
                died = 0
        return results

    @contextlib.contextmanager
    def _process(self) -> Iterator[_Process]:
        """Lend a process that is ready; one that has ended meanwhile does not come back."""
        try:
            process = self._idle.get_nowait()
        except Empty:
            process = _Process(self._imports)
            with self._lock:
                self._all.add(process)
                if self._closed:
                    process.end()
        yield process
        if process.alive:
            self._idle.put(process)
        else:
            with self._lock:
                self._all.discard(process)
            process.end()


@contextlib.contextmanager
def working(executor: Readers) -> Iterator[Readers]:
    """Yield the executor; at the end, whatever it came to, nothing is at work any more."""
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


class _Process:
    """A process that works through pieces, and what is known of its end."""

    def __init__(self, imports: tuple[str, ...]) -> None:
        self.alive, self.overdue = True, False
        # It shall find the same modules. What the interpreter itself says when it ends has no reader.
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers: Queue[Any] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._send(imports)
        self._receive(STARTING)
        self.overdue = False

    def results(self, function: Callable[[Any], list[Any]], piece: Work, limit: float) -> Iterator[object]:
        """Yield the results of a piece's files until the last, or until the process has ended."""
        self._send((function, piece))
        for _ in piece.paths:
            result = self._receive(limit)
            if not self.alive:
                return
            yield result

    def end(self) -> None:
        """Kill the process; one that hangs in the system itself (a network drive that is gone) is not waited for."""
        self.alive = False
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDING)
        with contextlib.suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()
        except (OSError, ValueError):
            self.alive = False

    def _receive(self, limit: float) -> object:
        """Return the next answer; ``None`` where the process was killed after ``limit`` seconds, or died."""
        try:
            answer = self._answers.get(timeout=limit)
        except Empty:
            self.overdue = True
            self.end()
            return None
        if answer is _END:
            self.alive = False
            return None
        return answer

    def _listen(self) -> None:
        """Take answers in as they come: a thread of its own, since a pipe cannot be waited for with a limit on every system."""
        pipe = self._process.stdout
        assert pipe is not None
        with contextlib.suppress(EOFError, OSError, ValueError, pickle.UnpicklingError), pipe:
            while True:
                self._answers.put(pickle.load(pipe))
        self._answers.put(_END)
