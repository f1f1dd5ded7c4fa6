"""Temporary files that tell whether their owner still lives, so that what a killed process left can be taken away safely.

The owner holds its file open and locked. The lock ends with the process however it ends, also on another machine that shares the folder;
so a file that can be locked is nobody's. Windows has the lock built in: an open file cannot be deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

#: The beginning of our temporary files' names. The name goes on with a mark of the target, so that only a target's own are looked at.
TEMPORARY_PREFIX = "~xlreport-"
#: On Windows a file must be closed before it is renamed. So one that was written to within this many seconds is never nobody's.
AGE = 3600


class Temporary:
    """A temporary file that is ours; ``path`` may be written by anyone who is told of it."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path, self._descriptor = path, descriptor

    def finish(self, mode: int) -> None:
        """Give the complete file its permissions and have it on the disk itself."""
        self.path.chmod(mode)
        with self.path.open("rb+") as stream:
            os.fsync(stream.fileno())

    def become(self, target: Path) -> None:
        """Put the file in the place of ``target`` in one step."""
        if sys.platform == "win32":
            self.let_go()
        self.path.replace(target)
        _flush_folder(target.parent)

    def let_go(self) -> None:
        """Give the lock up."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


@contextlib.contextmanager
def temporary_beside(target: Path) -> Iterator[Temporary]:
    """Yield a new temporary file in the folder of ``target`` and take it away at the end; raises ``OSError`` if there can be none.

    What killed processes left there on their way to the same target is taken away first.
    """
    _sweep(target)
    made = _made(target)
    try:
        yield made
    finally:
        # On Windows only a closed file can be deleted; elsewhere the lock is kept till the last.
        if sys.platform == "win32":
            made.let_go()
        with contextlib.suppress(OSError):
            made.path.unlink(missing_ok=True)
        made.let_go()


def _made(target: Path) -> Temporary:
    while True:
        descriptor, name = tempfile.mkstemp(prefix=_prefix(target), suffix=target.suffix, dir=target.parent)
        _lock(descriptor)
        if _is_at(descriptor, Path(name)):
            return Temporary(Path(name), descriptor)
        # Another process swept it between its making and its locking.
        os.close(descriptor)


def _prefix(target: Path) -> str:
    mark = hashlib.sha256(os.fsencode(os.path.normcase(target.name))).hexdigest()[:12]
    return f"{TEMPORARY_PREFIX}{mark}-"


def _sweep(target: Path) -> None:
    prefix = _prefix(target)
    with contextlib.suppress(OSError):
        for path in list(target.parent.iterdir()):
            if path.name.startswith(prefix):
                with contextlib.suppress(OSError):
                    _take_away(path)


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        """Being open is lock enough."""

    def _is_at(descriptor: int, path: Path) -> bool:
        return True

    def _take_away(path: Path) -> None:
        if time.time() - path.stat().st_mtime > AGE:
            path.unlink()  # raises OSError for a file that is open anywhere

    def _flush_folder(folder: Path) -> None:
        """Windows has no such thing; it keeps the order of what is renamed."""

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # Where the file system knows no locks, nobody can take the lock either, and nothing is ever swept.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _is_at(descriptor: int, path: Path) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), path.stat())
        except FileNotFoundError:
            return False

    def _take_away(path: Path) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(descriptor, path):
                path.unlink()
        finally:
            os.close(descriptor)

    def _flush_folder(folder: Path) -> None:
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
