"""When a file has been saved: complete, readable, and different from before, however the program that saved it went about it.

Excel and WPS write a temporary file and rename it; LibreOffice writes the file itself, or a temporary one; others delete first; a slow drive
takes its time; a virus scanner holds a new file shut. So the events of a file system say little. What counts is what is there: a
file that is the same at two looks, and can be read. Lock files (“~$x.xlsx”, “.~lock.x.xlsx#”, “.~x.xlsx”) are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

import xlreport
from xlreport.errors import InputError
from xlreport.report import Report

#: At how many looks a file may be missing or unreadable before that is said: half a minute at two looks a second.
PATIENCE = 60

#: What tells one state of a file from another; ``None`` for no file. A program that saves changes it.
_State: TypeAlias = tuple[int, int] | None


class Save(NamedTuple):
    """What stands in the file after a save: a report, or what keeps it from being read. ``time`` is local time."""

    time: datetime
    content: Report | InputError


def saves(path: Path, looks: Iterable[object]) -> Iterator[Save]:
    """Yield what stands in the file now, and again after every save; look at it whenever ``looks`` gives the word.

    A file that stays missing or unreadable for ``PATIENCE`` looks is yielded as its error, once. Raises ``InputError`` if the
    file cannot be read at the beginning.
    """
    dealt_with = seen = _state(path)
    yield Save(_time(seen), xlreport.read(path))
    waited = 0
    for _ in looks:
        before, seen = seen, _state(path)
        if seen == dealt_with:
            continue
        if seen != before:
            waited = 0
            continue
        waited += 1
        content = _content(path)
        if _state(path) != seen or (isinstance(content, InputError) and waited < PATIENCE):
            continue
        dealt_with = seen
        yield Save(_time(seen), content)


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _content(path: Path) -> Report | InputError:
    # One read of a few milliseconds: on Windows nobody can rename a file that we hold open.
    try:
        return xlreport.read(path)
    except InputError as error:
        return error


def _time(state: _State) -> datetime:
    return datetime.fromtimestamp(state[0] / 1e9) if state else datetime.now()
