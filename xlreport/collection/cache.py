"""What was found out about unchanged files, kept beside the summary; may be deleted at any time.

An SQLite file with one line per file. A line counts only while the file itself, last year's file it was held against and xlreport (its code,
so its rules too) are the same; everything else is found out anew. Nothing in it is ever executed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import sqlite3
from functools import cache
from pathlib import Path

from xlreport import __version__

#: Libraries whose version changes what is read.
_READERS = ("python-calamine", "lxml", "pydantic")
#: A path may hold bytes that are no text.
_TROUBLE = (sqlite3.Error, UnicodeError)
_TABLE = "CREATE TABLE IF NOT EXISTS known (kind TEXT, path TEXT, stamp TEXT, record TEXT, PRIMARY KEY (kind, path)) WITHOUT ROWID"


@cache
def engine() -> str:
    """Return what changes whenever this package or a library that reads for it changes."""
    code = hashlib.blake2b(__version__.encode(), digest_size=16)
    package = Path(__file__).parents[1]
    for module in sorted(package.rglob("*.py")):
        code.update(module.relative_to(package).as_posix().encode() + module.read_bytes())
    for library in _READERS:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            code.update(importlib.metadata.version(library).encode())
    return code.hexdigest()


class Cache:
    """Records by kind and path. Where the file cannot be written, nothing is kept and nothing else changes."""

    def __init__(self, path: Path | None) -> None:
        self._connection = _connected(path) if path is not None else None
        self._engine = engine() if path is not None else ""

    def get(self, kind: str, path: str, stamp: str) -> str | None:
        """Return the record kept for a file that has this stamp, ``None`` if there is none."""
        if self._connection is None or not stamp:
            return None
        with contextlib.suppress(*_TROUBLE):
            row = self._connection.execute(
                "SELECT record FROM known WHERE kind = ? AND path = ? AND stamp = ?",
                (kind, path, self._engine + stamp),
            ).fetchone()
            return row[0] if row and isinstance(row[0], str) else None
        return None

    def put(self, kind: str, path: str, stamp: str, record: str) -> None:
        """Keep a record; one without a stamp is not kept."""
        if self._connection is None or not stamp:
            return
        with contextlib.suppress(*_TROUBLE):
            self._connection.execute(
                "INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)", (kind, path, self._engine + stamp, record)
            )

    def forget_others(self) -> None:
        """Drop what was kept by another version of xlreport."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute(
                    "DELETE FROM known WHERE substr(stamp, 1, ?) <> ?", (len(self._engine), self._engine)
                )

    def close(self) -> None:
        """Write what is still to be written."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.commit()
            self._connection.close()
            self._connection = None


def _connected(path: Path) -> sqlite3.Connection | None:
    """Open the cache; one that is damaged is begun anew."""
    for _ in range(2):
        with contextlib.suppress(sqlite3.Error, OSError):
            connection = sqlite3.connect(path, timeout=0)
            try:
                connection.execute("PRAGMA journal_mode = MEMORY")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute(_TABLE)
                connection.execute("SELECT kind, path, stamp, record FROM known LIMIT 1").fetchone()
                return connection
            except sqlite3.DatabaseError as problem:
                connection.close()
                if isinstance(problem, sqlite3.OperationalError) and "locked" in str(problem):
                    return None  # another run is using it
                path.unlink(missing_ok=True)
    return None
