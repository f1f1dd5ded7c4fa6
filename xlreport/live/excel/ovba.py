"""The streams of a VBA project, as [MS-OVBA] (Office VBA File Format Structure) describes them.

A VBA project is a small tree of streams::

    PROJECT            text: the modules by kind, the project's protection            2.3.1
    PROJECTwm          each module's name twice, in the code page and in UTF-16       2.3.3
    VBA/_VBA_PROJECT   seven bytes that say: nothing is compiled, read the sources    2.3.4.1
    VBA/dir            compressed records: code page, references, modules             2.3.4.2
    VBA/<module>       compressed source text, with its attributes in front           2.3.4.3

Excel compiles the sources when it opens the file. This module makes the bytes of each stream; ``vba_project`` puts
them together and ``compound_writer`` makes the file around them. Section numbers are those of [MS-OVBA].
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple, TypeAlias

CHUNK = 4096
#: A copy of fewer bytes than this is not worth its two bytes of token (2.4.1.3.19.1).
SHORTEST_COPY = 3
#: Windows-1252. Our sources are ASCII, which every code page of Windows contains.
CODE_PAGE = 1252
#: 2.3.4.1: the mark, the version that means “no performance cache”, two reserved fields as in the example of 3.1.1.
NOTHING_COMPILED = bytes.fromhex("CC61 FFFF 00 0100")


class ModuleKind(Enum):
    """What a module is: its word in the stream PROJECT, its record in the stream dir (2.3.4.2.3.2.8), and the class that it is made of."""

    WORKBOOK = ("Document", 0x22, "{00020819-0000-0000-C000-000000000046}")
    WORKSHEET = ("Document", 0x22, "{00020820-0000-0000-C000-000000000046}")
    CLASS = ("Class", 0x22, "{FCFB3D2A-A0FA-1068-A738-08002B3371B5}")
    STANDARD = ("Module", 0x21, "")

    def __init__(self, word: str, record: int, base: str) -> None:
        self.word, self.record, self.base = word, record, base

    @property
    def is_document(self) -> bool:
        """True for the module of a workbook or of a sheet."""
        return self.word == "Document"


#: A module as the streams PROJECT and dir list it: its name and its kind.
ModuleEntry: TypeAlias = tuple[str, ModuleKind]


class Reference(NamedTuple):
    """A type library that the project uses: its name and its libid (2.1.1.8)."""

    name: str
    libid: str


REFERENCES = (
    Reference(
        "stdole",
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    ),
    # IRibbonControl, the argument of every button's macro, is declared here. Excel finds the library by its GUID.
    Reference(
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
        r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)


def compress(data: bytes) -> bytes:
    """Return ``data`` as a compressed container (2.4.1): a signature byte, then chunks of 4096 bytes each.

    A last chunk that cannot be made smaller is padded with zero bytes, as the format demands; text always can.
    """
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return b"\x01" + b"".join(_chunk(chunk) for chunk in chunks)


def _chunk(chunk: bytes) -> bytes:
    """One chunk with its header (2.4.1.1.5): length less 3, the signature 0b011, and whether tokens follow."""
    tokens = _token_sequences(chunk)
    if len(tokens) > CHUNK:
        return struct.pack("<H", 0x3000 | CHUNK - 1) + chunk.ljust(CHUNK, b"\0")
    return struct.pack("<H", 0xB000 | len(tokens) - 1) + tokens


def _token_sequences(chunk: bytes) -> bytes:
    """Groups of up to eight tokens behind a byte that says which of them are copies (2.4.1.1.7)."""
    tokens = list(_tokens(chunk))
    found = bytearray()
    for start in range(0, len(tokens), 8):
        group = tokens[start : start + 8]
        found.append(sum(1 << place for place, token in enumerate(group) if len(token) == 2))
        found += b"".join(group)
    return bytes(found)


def _tokens(chunk: bytes) -> Iterator[bytes]:
    """Yield a literal byte, or two bytes that copy the longest earlier match, the nearest of equals (2.4.1.3.19.4)."""
    seen: dict[bytes, list[int]] = defaultdict(list)
    position = 0
    while position < len(chunk):
        offset_bits = _offset_bits(position)
        source, length = _longest_match(
            chunk, position, seen.get(chunk[position : position + SHORTEST_COPY], []), offset_bits
        )
        if length:
            yield struct.pack(
                "<H", position - source - 1 << 16 - offset_bits | length - SHORTEST_COPY
            )  # 2.4.1.3.19.3
        else:
            length = 1
            yield chunk[position : position + 1]
        for passed in range(position, position + length):
            seen[chunk[passed : passed + SHORTEST_COPY]].append(passed)
        position += length


def _offset_bits(position: int) -> int:
    """How many of a copy token's 16 bits hold the offset: enough to reach back to the chunk's start (2.4.1.3.19.1)."""
    return max(4, (position - 1).bit_length())


def _longest_match(chunk: bytes, position: int, sources: list[int], offset_bits: int) -> tuple[int, int]:
    """Return where the longest match begins and its length, 0 if there is none; a match may run into itself."""
    limit = min(len(chunk) - position, (0xFFFF >> offset_bits) + SHORTEST_COPY)
    best_source = best = 0
    if limit < SHORTEST_COPY:
        return 0, 0
    for source in reversed(sources):
        if best and chunk[source + best] != chunk[position + best]:
            continue
        length = SHORTEST_COPY
        while length < limit and chunk[source + length] == chunk[position + length]:
            length += 1
        if length > best:
            best_source, best = source, length
            if best == limit:
                break
    return best_source, best


def encrypt(data: bytes, seed: int, project_id: str, filler: int = 7) -> str:
    """Return ``data`` as the stream PROJECT holds its protection fields: Data Encryption (2.4.3.2), in hexadecimal.

    Not meant to be secret: it is a running exclusive-or from ``seed`` and the sum of the project's id.
    """
    key = sum(project_id.encode("ascii")) & 0xFF
    version = 2
    found = bytearray((seed, seed ^ version, seed ^ key))
    previous, before, last = key, found[1], found[2]
    for byte in bytes([filler]) * ((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        encrypted = byte ^ (before + previous & 0xFF)
        found.append(encrypted)
        previous, before, last = byte, last, encrypted
    return found.hex().upper()


def project_stream(name: str, project_id: str, modules: Iterable[ModuleEntry]) -> bytes:
    """Return the stream PROJECT (2.3.1): an unprotected, visible project with these modules."""
    modules = list(modules)
    lines = [
        f'ID="{project_id}"',
        *(f"{kind.word}={module}{'/&H00000000' if kind.is_document else ''}" for module, kind in modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        # 2.3.1.15–17: not protected, no password, visible in the editor.
        f'CMG="{encrypt(bytes(4), 0x5D, project_id)}"',
        f'DPB="{encrypt(bytes(1), 0x2E, project_id)}"',
        f'GC="{encrypt(bytes([0xFF]), 0xFE, project_id)}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module}=0, 0, 0, 0, C" for module, _ in modules),
    ]
    return _coded("\r\n".join((*lines, "")))


def names_stream(modules: Iterable[ModuleEntry]) -> bytes:
    """Return the stream PROJECTwm (2.3.3)."""
    pairs = (_coded(name) + b"\0" + name.encode("utf-16-le") + b"\0\0" for name, _ in modules)
    return b"".join(pairs) + b"\0\0"


def dir_stream(name: str, modules: Iterable[ModuleEntry]) -> bytes:
    """Return the stream dir (2.3.4.2), not yet compressed: a sequence of records, each an id, a length and its data."""
    modules = list(modules)
    return b"".join(
        (
            *_information(name),
            *(part for reference in REFERENCES for part in _reference(reference)),
            _record(0x0F, struct.pack("<H", len(modules))),  # 2.3.4.2.3 PROJECTMODULES
            _record(0x13, b"\xff\xff"),  # PROJECTCOOKIE
            *(part for name, kind in modules for part in _module(name, kind)),
            _record(0x10, b""),  # the terminator
        )
    )


def _information(name: str) -> Iterator[bytes]:
    """PROJECTINFORMATION (2.3.4.2.1). Texts that also exist in UTF-16 are followed by a second record of their own id."""
    yield _record(0x01, struct.pack("<I", 1))  # SYSKIND: 32-bit Windows; 64-bit Excel reads it as well
    yield _record(0x02, struct.pack("<I", 0x0409))  # LCID
    yield _record(0x14, struct.pack("<I", 0x0409))  # LCIDINVOKE
    yield _record(0x03, struct.pack("<H", CODE_PAGE))
    yield _record(0x04, _coded(name))
    yield _record(0x05, b"") + _record(0x40, b"")  # DOCSTRING
    yield _record(0x06, b"") + _record(0x3D, b"")  # HELPFILEPATH
    yield _record(0x07, bytes(4))  # HELPCONTEXT
    yield _record(0x08, bytes(4))  # LIBFLAGS
    yield struct.pack("<HIIH", 0x09, 4, 0x61EEF783, 3)  # VERSION: its length counts the major number only
    yield _record(0x0C, b"") + _record(0x3C, b"")  # CONSTANTS


def _reference(reference: Reference) -> Iterator[bytes]:
    """REFERENCENAME and REFERENCEREGISTERED (2.3.4.2.2)."""
    libid = _coded(reference.libid)
    yield _record(0x16, _coded(reference.name)) + _record(0x3E, reference.name.encode("utf-16-le"))
    yield _record(0x0D, struct.pack("<I", len(libid)) + libid + bytes(6))


def _module(name: str, kind: ModuleKind) -> Iterator[bytes]:
    """MODULE (2.3.4.2.3.2). Nothing is compiled, so the source begins at offset 0 of its stream."""
    coded, wide = _coded(name), name.encode("utf-16-le")
    yield _record(0x19, coded) + _record(0x47, wide)  # its name
    yield _record(0x1A, coded) + _record(0x32, wide)  # the name of its stream
    yield _record(0x1C, b"") + _record(0x48, b"")  # DOCSTRING
    yield _record(0x31, bytes(4))  # OFFSET of the source
    yield _record(0x1E, bytes(4))  # HELPCONTEXT
    yield _record(0x2C, b"\xff\xff")  # COOKIE
    yield _record(kind.record, b"")
    yield _record(0x2B, b"")  # the terminator


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _coded(text: str) -> bytes:
    return text.encode(f"cp{CODE_PAGE}")
