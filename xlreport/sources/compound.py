"""The container of older Office files (.xls, .doc, .et, .wps): a small file system of streams, read without trusting its chains. [MS-CFB]"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from xlreport.errors import InputError
from xlreport.sources.refusals import REPAIR, encrypted

#: How every such file begins.
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER, _ENTRY = 512, 128
#: From here on, numbers of sectors mean something else: an end, a free one.
_LAST_SECTOR = 0xFFFFFFFA
_STREAM = 2
#: The name of the stream in which newer programs put a whole package behind a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Compound:
    """The streams of a file that belong to no embedded document, by their names; raises ``InputError`` where the file is damaged."""

    def __init__(self, source: Path, content: bytes) -> None:
        self._source, self._content = source, content
        if _ENCRYPTED in content:
            raise encrypted(source)
        try:
            self._open()
        except (struct.error, IndexError, ValueError):
            raise self._damaged() from None

    def _damaged(self) -> InputError:
        return InputError(self._source, "文件已损坏或不完整，无法打开", REPAIR)

    def _open(self) -> None:
        content = self._content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if not content.startswith(SIGNATURE) or shift not in (9, 12) or small_shift != 6:
            raise ValueError
        self._size, self._small_size = 1 << shift, 1 << small_shift
        first, _, self._smallest = struct.unpack_from("<3I", content, 48)
        small_first, _, more, _ = struct.unpack_from("<4I", content, 60)
        tables = list(struct.unpack_from("<109I", content, 76))
        # Lists of tables that have no room in the header form a chain, the last number of each leading on.
        visited = 0
        while more < _LAST_SECTOR:
            numbers = self._numbers(self._sector(more))
            tables += numbers[:-1]
            more = numbers[-1]
            visited += 1
            if visited * self._size > len(content):
                raise ValueError
        self._next = [
            number
            for table in dict.fromkeys(tables)
            if table < _LAST_SECTOR
            for number in self._numbers(self._sector(table))
        ]
        listing = self._chain(first)
        self._small_next = self._numbers(self._chain(small_first)) if small_first < _LAST_SECTOR else []
        self._small = b""
        self._entries: dict[str, tuple[int, int]] = {}
        entries = [listing[at : at + _ENTRY] for at in range(0, len(listing) - _ENTRY + 1, _ENTRY)]
        start, _, child = _placed(entries[0])
        self._small = self._chain(start) if start < _LAST_SECTOR else b""
        mine = _siblings(entries, child)
        for number, entry in enumerate(entries):
            length, kind = struct.unpack_from("<HB", entry, 64)
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind == _STREAM and number in mine:
                if name in self._entries:
                    raise ValueError
                self._entries[name] = _placed(entry)[:2]

    def _numbers(self, data: bytes) -> Sequence[int]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        # With large sectors the header takes a whole one.
        start = max(_HEADER, self._size) + number * self._size
        found = self._content[start : start + self._size]
        if not found:
            raise ValueError
        return found

    def _chain(self, number: int) -> bytes:
        """Return the sectors that follow one another from this one on; raises ``ValueError`` for a ring."""
        found, visited = [], 0
        while number < _LAST_SECTOR:
            found.append(self._sector(number))
            number = self._next[number]
            visited += 1
            if visited > len(self._next):
                raise ValueError
        return b"".join(found)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """Return the content of a stream; raises ``KeyError`` where there is none, ``InputError`` where it is damaged."""
        start, size = self._entries[name]
        try:
            found = self._chain(start) if size >= self._smallest else self._small_chain(start)
        except (IndexError, ValueError):
            raise self._damaged() from None
        if len(found) < size:
            raise self._damaged()
        return found[:size]

    def _small_chain(self, number: int) -> bytes:
        found, visited = [], 0
        while number < _LAST_SECTOR:
            found.append(self._small[number * self._small_size : (number + 1) * self._small_size])
            number = self._small_next[number]
            visited += 1
            if visited > len(self._small_next):
                raise ValueError
        return b"".join(found)


def _placed(entry: bytes) -> tuple[int, int, int]:
    """Return of an entry the first sector, the size, and the number of the entry below it."""
    (child,) = struct.unpack_from("<I", entry, 76)
    start, size = struct.unpack_from("<II", entry, 116)
    return start, size, child


def _siblings(entries: Sequence[bytes], first: int) -> set[int]:
    """Return the numbers of the entries that stand beside this one in a folder, a tree of left and right ones."""
    found: set[int] = set()
    waiting = [first]
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in found:
            found.add(number)
            waiting += struct.unpack_from("<II", entries[number], 68)
    return found
