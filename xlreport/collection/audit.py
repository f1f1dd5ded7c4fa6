"""The audit of a folder as a stream of records, in the order of the files' paths."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from xlreport.collection.auditing import Batch, Whose, audit_batch, identify_batch, load_whose, unreadable
from xlreport.collection.cache import Cache
from xlreport.collection.organisations import Last, LastYear
from xlreport.collection.readers import LIMIT, Lost, Readers
from xlreport.collection.records import Audited, State, load
from xlreport.collection.report_files import files_under, stamp_of
from xlreport.collection.spreading import batches, spread

_Entry = TypeVar("_Entry")
_NOTHING_KEPT = Cache(None)


class _File(NamedTuple):
    """A file to be audited: its path in the folder, what tells that it has not changed, and its record if that is known already."""

    path: str
    stamp: str
    known: Audited | None


def audit(
    folder: str | Path,
    files: Sequence[str] | None = None,
    *,
    last_year: LastYear | None = None,
    executor: Executor | None = None,
    cache: Cache = _NOTHING_KEPT,
    office: str = "",
) -> Iterator[Audited]:
    """Yield the record of every file, in order: ``files`` of ``folder``, by default all its reports; ``office`` are the
    office's own rules, as it wrote them.

    The work is done by ``executor`` (any of ``concurrent.futures``, or Dask's ``Client.get_executor()``; each of its workers must see the
    folder under the same path), in this process without one. Only ``Readers`` put a limit on the time that a file may take. Raises ``InputError`` where the folder cannot be used; a file that cannot be
    read is a record that says why.
    """
    home = Path(folder)
    paths = files_under(home) if files is None else files
    known = _Known(home, last_year, cache, office)
    packed = last_year.pack() if last_year is not None else b""
    pieces = (
        (batch, Batch(str(home), tuple(file.path for file in batch if file.known is None), packed, office))
        for batch in batches(map(known.look_up, paths), executor)
    )
    for kept, work, result in spread(audit_batch, pieces, executor):
        fresh = iter(_rescued(work) if result is None else result)
        for file in kept:
            yield file.known or known.keep(_record(home, next(fresh)), file.stamp)


def last_year_of(
    folder: str | Path, files: Sequence[str], executor: Executor | None = None, cache: Cache = _NOTHING_KEPT
) -> Iterator[tuple[str, Last]]:
    """Yield whose report each of ``files`` is and where it lies, for ``LastYear``; a file that cannot be read belongs to nobody (“”)."""
    home = Path(folder)

    def look_up(path: str) -> tuple[str, str, Whose | None]:
        stamp = stamp_of(home / path)
        kept = cache.get("whose", str(home / path), stamp)
        return path, stamp, _understood(cache, kept, load_whose)

    pieces = (
        (batch, Batch(str(home), tuple(path for path, _, known in batch if known is None)))
        for batch in batches(map(look_up, files), executor)
    )
    for batch, work, result in spread(identify_batch, pieces, executor):
        fresh = iter(result if result is not None else [Whose("", None)] * len(work.paths))
        for path, stamp, known in batch:
            whose = known or next(fresh)
            if isinstance(whose, Lost):
                whose = Whose("", None)
            if known is None and whose.organisation:
                cache.put("whose", str(home / path), stamp, json.dumps(whose, ensure_ascii=False))
            yield whose.organisation, Last(path, whose.year, stamp)


class _Known:
    """What the cache knows of a folder's files, as far as it still holds."""

    def __init__(self, home: Path, last_year: LastYear | None, cache: Cache, office: str) -> None:
        self._home, self._last_year, self._cache, self._office = home, last_year, cache, office

    def look_up(self, path: str) -> _File:
        """Return the file, with its record if neither it nor last year's file has changed."""
        # The stamp is taken before the file is read: a change in between makes the record stale, and not the other way round.
        stamp = stamp_of(self._home / path)
        kept = self._cache.get("report", str(self._home / path), stamp)
        if (understood := _understood(self._cache, kept, _with_what_it_rests_on)) is None:
            return _File(path, stamp, None)
        rests_on, record = understood
        holds = rests_on == self._rests_on(record)
        # The same file may be met from another folder, where its path is another.
        return _File(path, stamp, record._replace(path=path) if holds else None)

    def keep(self, record: Audited, stamp: str) -> Audited:
        """Return the record, and remember it; what could not be read is tried again each time."""
        rests_on = self._rests_on(record)
        if record.state is not State.UNREADABLE and rests_on is not None:
            with suppress(ValueError):  # a path that is no text
                dumped = json.dumps([rests_on, record.dump()], ensure_ascii=False)
                self._cache.put("report", str(self._home / record.path), stamp, dumped)
        return record

    def _rests_on(self, record: Audited) -> str | None:
        """What the record was made with beside the file: last year's file, and the office's rules."""
        last = ""
        if self._last_year is not None:
            found = self._last_year.identity(record.organisation, record.year)
            if found is None:
                return None
            last = found
        return f"{last}\n{self._office}"


def _with_what_it_rests_on(text: str) -> tuple[str, Audited]:
    rests_on, dumped = json.loads(text)
    return rests_on, load(dumped)


def _understood(cache: Cache, text: str | None, parse: Callable[[str], _Entry]) -> _Entry | None:
    """Return what a record of the cache says; ``None`` for none, and for one that cannot have been written here."""
    if text is None:
        return None
    try:
        return parse(text)
    except (ValueError, TypeError, KeyError, RecursionError):
        cache.distrust()
        return None


def _rescued(work: Batch) -> list[Audited | Lost]:
    """Audit a piece whose process died, in a process that may die again: then only the file that killed it has no result."""
    with Readers(1, LIMIT) as executor:
        return list(executor.submit(audit_batch, work).result())


def _record(home: Path, result: Audited | Lost) -> Audited:
    return unreadable(str(home), result.path, result.why) if isinstance(result, Lost) else result
