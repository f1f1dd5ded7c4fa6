"""A writer for compound files, [MS-CFB]: the little file system in which a VBA project is kept, and a workbook of Excel 97.

A compound file is a header of 512 bytes and then sectors of 512 bytes, numbered from 0::

    header | streams of 4096 bytes and more | mini stream | mini FAT | directory | FAT | DIFAT

- The **FAT** holds, for each sector, the number of the sector that follows in its stream (2.3). Its own sectors are listed in the
  header, and where that has no room left in the **DIFAT** (2.5).
- Streams below 4096 bytes share one stream, the **mini stream**, in pieces of 64 bytes, chained by the **mini FAT** (2.4).
- The **directory** has an entry of 128 bytes per storage and stream (2.6). The children of a storage are a
  red-black tree, ordered by the length of the name and then by the name in capitals (2.6.4).

Section numbers are those of [MS-CFB], version 3 of the file format.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR, MINI_SECTOR, MINI_LIMIT = 512, 64, 4096
#: Special sector numbers (2.1) and “no entry” in the directory's trees (2.6.1).
FREE, END_OF_CHAIN, FAT_SECTOR, DIFAT_SECTOR, NO_ENTRY = (
    0xFFFFFFFF,
    0xFFFFFFFE,
    0xFFFFFFFD,
    0xFFFFFFFC,
    0xFFFFFFFF,
)
#: The FAT's sectors that the header itself can list (2.2), and those that one sector of the DIFAT can (2.5).
LISTED_FAT_SECTORS, LISTED_MORE = 109, SECTOR // 4 - 1
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
LONGEST_NAME = 31


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with ``streams``, whose names may have one storage in front (“VBA/dir”).

    The same streams in the same order give the same bytes. Raises ``ValueError`` for a name that the format cannot hold.
    """
    sectors = _Sectors()
    entries = _directory(streams)
    mini = _Chains(MINI_SECTOR)
    for entry in entries:
        if entry.type == STREAM and len(entry.content) >= MINI_LIMIT:
            entry.start = sectors.add(entry.content)
        elif entry.type == STREAM:
            entry.start = mini.add(entry.content)
        entry.size = len(entry.content)
    root = entries[0]
    root.start, root.size = sectors.add(bytes(mini.data)), len(mini.data)
    mini_fat = sectors.add(_numbers(mini.next, FREE))
    mini_fat_sectors = -(-len(mini.next) * 4 // SECTOR)
    directory = sectors.add(_padded(b"".join(entry.record() for entry in entries), _unused_entry()))
    fat, difat = sectors.close()
    return (
        _header(fat, difat, directory, mini_fat, mini_fat_sectors)
        + bytes(sectors.data)
        + _numbers(sectors.next, FREE)
        + _difat(fat, difat)
    )


@dataclass
class _Chains:
    """Streams cut into pieces of one size; ``next`` is the FAT of the pieces."""

    piece: int
    data: bytearray = field(default_factory=bytearray)
    next: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        """Append a stream and return the number of its first piece, END_OF_CHAIN for an empty stream."""
        if not content:
            return END_OF_CHAIN
        first, count = len(self.next), -(-len(content) // self.piece)
        self.data += content.ljust(count * self.piece, b"\0")
        self.next += [*range(first + 1, first + count), END_OF_CHAIN]
        return first


class _Sectors(_Chains):
    """The file's own sectors."""

    def __init__(self) -> None:
        super().__init__(SECTOR)

    def close(self) -> tuple[range, range]:
        """Number the sectors of the FAT itself and of the DIFAT, which come last, and return their numbers (2.3, 2.5)."""
        first, per_sector = len(self.next), SECTOR // 4
        count, more = 1, 0
        while first + count + more > count * per_sector:
            count += 1
            more = -(-max(count - LISTED_FAT_SECTORS, 0) // LISTED_MORE)
        self.next += [FAT_SECTOR] * count + [DIFAT_SECTOR] * more
        return range(first, first + count), range(first + count, first + count + more)


@dataclass
class _Entry:
    """One entry of the directory (2.6.1)."""

    name: str
    type: int
    content: bytes = b""
    color: int = BLACK
    left: int = NO_ENTRY
    right: int = NO_ENTRY
    child: int = NO_ENTRY
    start: int = 0
    size: int = 0

    def record(self) -> bytes:
        """The entry's 128 bytes; class id, flags and times stay zero."""
        name = self.name.encode("utf-16-le") + b"\0\0"
        return b"".join(
            (
                name.ljust(64, b"\0"),
                struct.pack("<HBB", len(name), self.type, self.color),
                struct.pack("<III", self.left, self.right, self.child),
                bytes(16 + 4 + 8 + 8),
                struct.pack("<IQ", self.start, self.size),
            )
        )


def _unused_entry() -> bytes:
    """An entry that is not in use: zeros, but no neighbours (2.6.3)."""
    return bytes(68) + struct.pack("<III", NO_ENTRY, NO_ENTRY, NO_ENTRY) + bytes(48)


def _directory(streams: Mapping[str, bytes]) -> list[_Entry]:
    """Return the entries, the root first, each storage's children linked as a tree."""
    entries = [_Entry("Root Entry", ROOT)]
    children: dict[str, list[int]] = {"": []}
    storages = {"": 0}
    for path, content in streams.items():
        storage, _, name = path.rpartition("/")
        if storage not in storages:
            storages[storage] = _add(entries, children[""], _Entry(storage, STORAGE))
            children[storage] = []
        _add(entries, children[storage], _Entry(name, STREAM, content))
    for storage, parent in storages.items():
        entries[parent].child = _tree(entries, children[storage])
    return entries


def _add(entries: list[_Entry], siblings: list[int], entry: _Entry) -> int:
    if not 0 < len(entry.name) <= LONGEST_NAME or set(entry.name) & set("/\\:!"):
        raise ValueError(f"not a name for a stream or storage: {entry.name!r}")
    if _order(entry) in {_order(entries[other]) for other in siblings}:
        raise ValueError(f"two entries are called {entry.name!r}")
    siblings.append(len(entries))
    entries.append(entry)
    return siblings[-1]


def _order(entry: _Entry) -> tuple[int, str]:
    """What names are compared by: the shorter one is the lesser, then the capitals decide (2.6.4)."""
    return len(entry.name), entry.name.upper()


def _tree(entries: list[_Entry], children: list[int]) -> int:
    """Link ``children`` as a red-black tree and return its root, NO_ENTRY where there are none.

    Halving a sorted list gives a tree whose levels are all full but the last. With that last level red and the others
    black, every path down passes the same number of black entries and no red entry has a red parent.
    """
    order = sorted(children, key=lambda number: _order(entries[number]))
    full_levels = (len(order) + 1).bit_length() - 1

    def link(first: int, end: int, level: int) -> int:
        if first == end:
            return NO_ENTRY
        middle = (first + end) // 2
        entry = entries[order[middle]]
        entry.color = BLACK if level < full_levels else RED
        entry.left, entry.right = link(first, middle, level + 1), link(middle + 1, end, level + 1)
        return order[middle]

    return link(0, len(order), 0)


def _header(fat: range, difat: range, directory: int, mini_fat: int, mini_fat_sectors: int) -> bytes:
    """The header (2.2): version 3, sectors of 2^9 bytes, mini sectors of 2^6."""
    return b"".join(
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16),
            struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6),
            struct.pack("<IIII", 0, len(fat), directory, 0),  # version 3 does not count directory sectors
            struct.pack("<III", MINI_LIMIT, mini_fat, mini_fat_sectors),
            struct.pack("<II", difat.start if difat else END_OF_CHAIN, len(difat)),
            _numbers(list(fat[:LISTED_FAT_SECTORS]), FREE, LISTED_FAT_SECTORS * 4),
        )
    )


def _difat(fat: range, difat: range) -> bytes:
    """The sectors that list what of the FAT the header cannot; the last number of each leads to the next (2.5)."""
    found = b""
    for number, at in zip(difat, range(LISTED_FAT_SECTORS, len(fat), LISTED_MORE), strict=True):
        following = number + 1 if number + 1 in difat else END_OF_CHAIN
        listed = _numbers(list(fat[at : at + LISTED_MORE]), FREE)
        found += listed[: SECTOR - 4] + struct.pack("<I", following)
    return found


def _numbers(numbers: list[int], filler: int, size: int = SECTOR) -> bytes:
    """Numbers of four bytes, filled up to a multiple of ``size`` bytes."""
    packed = struct.pack(f"<{len(numbers)}I", *numbers)
    return packed + struct.pack("<I", filler) * (-len(packed) % size // 4)


def _padded(data: bytes, unit: bytes) -> bytes:
    """``data`` filled up to whole sectors with ``unit``."""
    return data + unit * (-len(data) % SECTOR // len(unit))
