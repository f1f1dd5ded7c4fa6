"""The program in a process of its own, with little memory and little time; started once, used until it dies."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import resource
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from tests.strangers.attempts import Ran

#: What a process may address, and what it may really use, in bytes.
ADDRESSED, USED = 1536 * 1024 * 1024, 1024 * 1024 * 1024
SECONDS = 20.0
#: How many times that it may take on the clock, of a machine that others use as well.
PATIENCE = 3
#: Seconds of the processor below which a program that is over the time, and those that it has started, only wait.
IDLE = 1.5


class Slow(Exception):
    """Over the limit of time or memory."""


def _peak() -> int:
    """The most memory used since ``_forget``, in bytes."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _forget() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _fields(process: int | str | None) -> list[int]:
    """What ``/proc`` says of a process from its parent on: itself, then 10 and 11 its own time, 12 and 13 that of its children that have ended."""
    try:
        return [int(n) for n in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1:15]]
    except OSError:
        return [0] * 14


def _used(process: int | None) -> float:
    """Seconds of the processor that a process has taken."""
    return sum(_fields(process)[10:12]) / os.sysconf("SC_CLK_TCK")


def _used_by_all(process: int | None) -> float:
    """The same with all processes that it has started: while these read files, it does not merely wait."""
    all_ = {int(path.name): _fields(path.name) for path in Path("/proc").glob("[0-9]*")}
    ticks, family = 0, [process]
    for one in family:
        ticks += sum(all_.get(one or 0, [])[10:14])
        family += [child for child, held in all_.items() if held[0] == one]
    return ticks / os.sysconf("SC_CLK_TCK")


def _serve(pipe: Connection, home: str) -> None:
    os.environ["XDG_CACHE_HOME"] = os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = home
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSED, ADDRESSED))
    from xlreport.cli import main

    while True:
        try:
            arguments = pipe.recv()
        except EOFError:
            return
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        status: int | None = None
        trouble = ""
        _forget()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = main(arguments)
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 1
        except BaseException as error:
            trouble = "".join(traceback.format_exception_only(error)).strip()[:300]
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
        pipe.send((status, *texts, trouble, _peak()))


class Program:
    """``program("check", path)`` is the command, in its own process."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self.peak = 0

    def _started(self) -> Connection:
        if self._process is None or not self._process.is_alive() or self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, str(self.home)), daemon=False)
            self._process.start()
            theirs.close()
        return self._pipe

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _wait(self, pipe: Connection, seconds: float, what: str) -> None:
        """Until there is an answer. Counted is the processor's time, so that a busy machine is not the program's fault."""
        assert self._process is not None
        started, used = time.monotonic(), _used(self._process.pid)
        used_by_all = _used_by_all(self._process.pid)
        while not pipe.poll(0.25):
            spent, waited = _used(self._process.pid) - used, time.monotonic() - started
            idle = waited > seconds and _used_by_all(self._process.pid) - used_by_all < IDLE
            if spent > seconds or waited > PATIENCE * seconds or idle:
                self.close()
                raise Slow(f"{what}: over {seconds:.0f} s")

    def __call__(self, *arguments: object, seconds: float = SECONDS) -> Ran:
        fresh = self._process is None
        pipe = self._started()
        try:
            pipe.send([str(argument) for argument in arguments])
            self._wait(pipe, seconds + 5 * fresh, str(arguments[0]))
            status, output, errors, trouble, peak = pipe.recv()
        except (EOFError, OSError) as error:
            self.close()
            return Ran(None, "", "", f"the process died: {error!r}")
        self.peak = peak
        if peak > USED:
            self.close()
            raise Slow(f"{arguments[0]}: {peak >> 20} MB")
        if peak > USED // 2:
            self.close()  # fragmented memory must not count against the next file
        return Ran(status, output, errors, trouble)
