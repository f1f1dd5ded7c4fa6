"""What was found out about unchanged files, kept in the user's own folder; may be deleted at any time.

An SQLite file per summary with one line per file. A line counts only while the file itself, last year's file it was held against and xlreport
(its code, so its rules too) are the same; everything else is found out anew. It does not lie beside the summary: there, whoever may write into
the folder could say of any report that it passes. What lies here and is not as this module makes it is thrown away.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import os
import sqlite3
import stat
from functools import cache
from pathlib import Path

from xlreport import __version__
from xlreport.own_folder import own_folder

#: Libraries whose version changes what is read.
_READERS = ("python-calamine", "lxml", "pydantic")
#: A path may hold bytes that are no text.
_TROUBLE = (sqlite3.Error, UnicodeError)
_TABLE = "CREATE TABLE known (kind TEXT, path TEXT, stamp TEXT, record TEXT, PRIMARY KEY (kind, path)) WITHOUT ROWID"
#: Caches that are kept, of the summaries written last; and what one may weigh (20,000 units take some 100 MB).
KEPT, LARGEST = 10, 512 * 1024 * 1024


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


def cache_for(out: Path) -> Path | None:
    """Return where the cache for the summary ``out`` lies, in a folder that is there; ``None`` where there can be none.

    Of the caches for other summaries only those used last are left there.
    """
    with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: no home folder
        folder = own_folder() / "audits"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder / f"{hashlib.sha256(os.fsencode(os.path.realpath(out))).hexdigest()[:32]}.sqlite"
        others = sorted(
            (each for each in folder.glob("*.sqlite") if each != found),
            key=lambda each: -each.lstat().st_mtime,
        )
        for old in others[KEPT - 1 :]:
            _remove(old)
        return found
    return None


class Cache:
    """Records by kind and path; ``trouble`` says in one line what was wrong with the file, “” if nothing was.

    Where the file cannot be used, nothing is kept and nothing else changes.
    """

    def __init__(self, path: Path | None) -> None:
        self.trouble = ""
        self._path = path
        self._engine = engine() if path is not None else ""
        self._connection = self._connected(path) if path is not None else None

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

    def distrust(self) -> None:
        """Throw everything away: a record was not as it is written here."""
        if self._connection is not None and self._path is not None:
            self._connection.close()
            _remove(self._path)
            self.trouble = _DAMAGED
            self._connection = self._connected(self._path)

    def close(self) -> None:
        """Write what is still to be written."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.commit()
            self._connection.close()
            self._connection = None

    def _connected(self, path: Path) -> sqlite3.Connection | None:
        """Open the cache; one that is not as it should be is begun anew."""
        for _ in range(2):
            try:
                if (found := self._opened(path)) is not None:
                    return found
            except (*_TROUBLE, OSError) as problem:
                if "locked" in str(problem):
                    self.trouble = "另一次审核正在使用上次的审核记录，这次全部重新审核"
                    return None
            self.trouble = _DAMAGED
            _remove(path)
        return None

    def _opened(self, path: Path) -> sqlite3.Connection | None:
        """Return the connection; ``None`` for what this module would not have made. Raises ``sqlite3.Error`` or ``OSError``."""
        with contextlib.suppress(FileNotFoundError):
            found = path.lstat()
            if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
                return None
        connection = sqlite3.connect(path, timeout=0)
        try:
            # A view, a trigger or a computed column could be made to run without end, or to say anything.
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = OFF")
            made = connection.execute("SELECT sql FROM sqlite_master").fetchall()
            if not made:
                connection.execute(_TABLE)
            if made in ([], [(_TABLE,)]):
                # Taken away is what another version found out; so it is also known at once whether the file can be written.
                connection.execute(
                    "DELETE FROM known WHERE substr(stamp, 1, ?) <> ?", (len(self._engine), self._engine)
                )
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        return None


_DAMAGED = "上次的审核记录已损坏或不是本软件写的，没有使用，全部重新审核"


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
