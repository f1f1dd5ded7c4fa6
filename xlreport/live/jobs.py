"""One job at a time on a workbook, and a record of what the job has yet to put back.

The lock is the operating system's: it goes with the process that holds it, however that ends. Beside it lies, for as long as a job
lasts, a file that says which button is at work and what the workbook and its program were like; the next job on the same
workbook finds it there only if this one was killed, or could not put everything back.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ValidationError

from xlreport.errors import OutputError, XlreportError
from xlreport.output import write_bytes
from xlreport.own_folder import own_folder

_FOLDER = "jobs"


class Protection(BaseModel):
    """How a sheet was protected: what ``Protect`` must be told, and which cells could be selected."""

    options: dict[str, bool]
    selectable: int


class Unfinished(BaseModel):
    """What a job has to put back: the program's settings, and the protection of sheets by their titles."""

    button: str
    settings: dict[str, bool | int | str | None] = {}
    protections: dict[str, Protection] = {}


class AtWork(XlreportError):
    """Another job is under way on the workbook; ``button`` is the function that does it, “” where that cannot be told."""

    def __init__(self, button: str) -> None:
        super().__init__("正在处理这个工作簿")
        self.button = button


class Job:
    """A job under way. ``left`` is what a job before it did not put back, if there was one."""

    def __init__(self, button: str, path: Path | None = None) -> None:
        self._path = path
        self.left = _recorded(path)
        self._now = Unfinished(button=button)
        self._keep()

    def lift(self, title: str, protection: Protection) -> None:
        """Record that the protection of a sheet is about to be lifted."""
        self._now.protections[title] = protection
        self._keep()

    def protected(self, title: str) -> None:
        """Record that a sheet is protected again."""
        self._now.protections.pop(title, None)
        self._keep()

    def change(self, settings: dict[str, Any]) -> None:
        """Record settings of the program that are about to be changed."""
        self._now.settings.update(settings)
        self._keep()

    def restored(self, names: list[str]) -> None:
        """Record that these settings are as they were."""
        for name in names:
            self._now.settings.pop(name, None)
        self._keep()

    def end(self) -> None:
        """Take the record away, unless something has yet to be put back."""
        if self._path is not None and not self._now.settings and not self._now.protections:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _keep(self) -> None:
        if self._path is not None:
            # Without a record the job is no worse than with one.
            with suppress(OSError, OutputError):
                write_bytes(self._path, self._now.model_dump_json().encode())


_CURRENT: ContextVar[Job] = ContextVar("the job under way in this process")


def current() -> Job:
    """Return the job under way; work that no button started has one that records nothing."""
    return _CURRENT.get(None) or Job("")


@contextmanager
def job_on(workbook: str, button: str) -> Iterator[Job]:
    """Yield the only job on ``workbook`` (its path, or the name of one that was never saved); raises ``AtWork`` while there is another."""
    try:
        folder = own_folder() / _FOLDER
        folder.mkdir(exist_ok=True)
        name = hashlib.sha256(os.fsencode(workbook)).hexdigest()[:16]
        # Never deleted: between its end and the next lock another process might have it open.
        lock = (folder / f"{name}.lock").open("wb")
    except (OSError, RuntimeError):
        # Without a folder of one's own there is no lock, and the button works all the same.
        yield Job(button)
        return
    record = folder / f"{name}.json"
    with lock:
        if not _locked(lock):
            other = _recorded(record)
            raise AtWork(other.button if other else "")
        job = Job(button, record)
        token = _CURRENT.set(job)
        try:
            yield job
        finally:
            _CURRENT.reset(token)
            job.end()


def _locked(lock: IO[bytes]) -> bool:
    """Lock the file until it is closed; false where another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _recorded(path: Path | None) -> Unfinished | None:
    if path is None:
        return None
    try:
        return Unfinished.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
