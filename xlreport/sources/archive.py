"""The zip around an .xlsx or .docx: opened only if its list of parts is sound, and read with a limit that no declared size can get round.

A zip says how large its parts are, and may lie. Readers that believe it (or do not ask) can be made to fill the memory; so whoever hands a
file to another library has ``checked`` look through all of it first.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import IO

from xlreport.errors import InputError, encrypted
from xlreport.limits import LARGEST_INDEX, LARGEST_PACKAGE, LARGEST_PART, MOST_PARTS
from xlreport.sources.refusals import REPAIR, SHORTEN_OR_CHANGE, damaged

_XML = (".xml", ".rels", ".vml")
_KEPT = "customxml/item"
_MANIFEST = "META-INF/manifest.xml"
ENCRYPTED, UTF_8 = 0x1, 0x800
_PATCHED = 0x60
_DECLARATION = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]{1,40})""")
#: Behind the beginning of the first element no document type can stand.
_BEGINS = re.compile(rb"""(?:\xef\xbb\xbf)?(?:<\?xml[^<>]{0,200}>)?\s{0,8}<[A-Za-z_]""")
#: What stands before every part: signature, flags, the lengths of its name and of the extra field.
_HEADER = struct.Struct("<4s2xH18xHH")
#: What zlib and zipfile raise over damaged content.
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def opened(source: Path, content: bytes) -> zipfile.ZipFile:
    """Return the zip, if its list of parts is one that Office writes; raises ``InputError`` for a damaged or tampered one."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (*DAMAGES, UnicodeError):
        raise InputError(source, "文件已损坏或不完整，无法打开", REPAIR) from None
    entries = package.infolist()
    if len(entries) > MOST_PARTS:
        raise InputError(source, f"文件里有 {len(entries)} 个部件，不像一份年度报告", SHORTEN_OR_CHANGE)
    if sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
        raise InputError(source, "展开后内容过大，不像一份年度报告", SHORTEN_OR_CHANGE)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise encrypted(source)
    # Two programs may take different parts for the same where names are odd or twice there.
    names = [entry.filename.lower().rstrip("/") for entry in entries]
    if len(set(names)) < len(names) or not all(map(_is_plain, names)):
        raise InputError(source, "文件内部的结构异常（部件名称重复或不合规）", REPAIR)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise InputError(source, "文件的压缩方式不是 Office 所用的", REPAIR)
    starts = sorted(entries, key=lambda entry: entry.header_offset)
    if any(least_end(one) > other.header_offset for one, other in pairwise(starts)):
        raise InputError(source, "文件内部的结构异常（部件互相重叠）", REPAIR)
    return package


def part(
    source: Path, package: zipfile.ZipFile, name: str, place: str = "", limit: int = LARGEST_PART
) -> bytes:
    """Return the content of one XML part; raises ``KeyError`` if it is not there.

    Raises ``InputError``, with ``place`` in it, for one that is damaged, larger than it says or than ``limit``, or has a document type.
    """
    data = _read(source, package, package.getinfo(name), limit, place)
    _refuse_foreign_xml(source, data, place or name)
    return data


def content(source: Path, package: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Return a part that is a file of its own; raises ``KeyError`` if it is not there, ``InputError`` as ``part`` does."""
    return _read(source, package, package.getinfo(name), limit, name)


def open_document(source: Path, content: bytes) -> zipfile.ZipFile:
    """Return the zip of an OpenDocument file, as ``opened`` does; raises ``InputError`` for one that asks for a password, too."""
    package = opened(source, content)
    if _MANIFEST in package.NameToInfo:
        listed = _read(source, package, package.getinfo(_MANIFEST), LARGEST_INDEX, _MANIFEST)
        if b"encryption-data" in listed:
            raise encrypted(source)
    return package


def checked(source: Path, content: bytes) -> zipfile.ZipFile:
    """Return the zip with every part looked through: whole, of the size it says, and plain XML where it is XML.

    Raises ``InputError`` otherwise. After that, other libraries may read the file.
    """
    package = opened(source, content)
    for entry in package.infolist():
        if entry.is_dir():
            continue
        xml = entry.filename.lower().endswith(_XML)
        data = _read(source, package, entry, LARGEST_PART if xml else LARGEST_PACKAGE, entry.filename)
        # What is kept of other programs (queries of Power Query, in UTF-16) is handed on, and parsed by nobody.
        if xml and not entry.filename.lower().startswith(_KEPT):
            _refuse_foreign_xml(source, data, entry.filename)
    return package


def stored(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of these parts, not compressed: for a library that is to read what was looked through, and nothing else."""
    found, directory, size = [], [], 0
    for part_name, data in parts.items():
        name = part_name.encode()
        # Version 2.0, names in UTF-8, stored, no time.
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0x800, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0
        )
        found += [b"PK\3\4", common, name, data]
        directory.append(b"PK\1\2\x14\0" + common + struct.pack("<HHHII", 0, 0, 0, 0, size) + name)
        size += 30 + len(name) + len(data)
    listing = b"".join(directory)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(parts), len(parts), len(listing), size, 0)
    return b"".join([*found, listing, end])


def _refuse_foreign_xml(source: Path, xml: bytes, place: str) -> None:
    """Refuse what Office never writes: a document type (its entities expand without end), and other encodings, in which it could hide."""
    if not _BEGINS.match(xml) and b"<!DOCTYPE" in xml:
        raise InputError(source, "文件结构异常（含文档类型声明）", REPAIR, place)
    if b"\0" in xml:
        problem = (
            "不是 UTF-8 编码" if xml.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")) else "含空字符"
        )
        raise InputError(source, f"文件已损坏，读不出内容（{problem}）", REPAIR, place)
    declared = _DECLARATION.match(xml[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        name = declared[1].decode("ascii", "replace")
        raise InputError(source, f"内部数据的编码是“{name}”，不是 Office 所用的 UTF-8", REPAIR, place)


def least_end(entry: zipfile.ZipInfo) -> int:
    """Return where an entry ends at the earliest."""
    return entry.header_offset + _HEADER.size + entry.compress_size


@lru_cache(maxsize=1024)
def _is_plain(name: str) -> bool:
    return (
        bool(name)
        and "\\" not in name
        and not name.startswith(("/", ".."))
        and posixpath.normpath(name) == name
    )


def _read(source: Path, package: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, place: str) -> bytes:
    assert package.fp is not None
    return content_of_entry(source, package.fp, entry, limit, place)


def content_of_entry(
    source: Path, stream: IO[bytes], entry: zipfile.ZipInfo, limit: int, place: str = ""
) -> bytes:
    """Return what an entry of the zip in ``stream`` holds; raises ``InputError`` for one that is damaged, or larger than it says or than ``limit``."""
    if entry.file_size > limit:
        raise InputError(source, "内容过大，不像一份年度报告", SHORTEN_OR_CHANGE, place)
    try:
        data = _unpacked(stream, entry)
    except DAMAGES:
        raise damaged(source, REPAIR, place) from None
    if len(data) != entry.file_size:
        raise InputError(source, "文件已损坏，读不出内容（大小与声明不符）", REPAIR, place)
    if zlib.crc32(data) != entry.CRC:
        raise damaged(source, REPAIR, place)
    return data


def _unpacked(stream: IO[bytes], entry: zipfile.ZipInfo) -> bytes:
    """Return what an entry holds, but at most a byte more than it says; raises one of ``DAMAGES``.

    ``ZipFile.open`` stops at the size that is declared, and takes longer to set out than a sheet takes to be unpacked.
    """
    stream.seek(entry.header_offset)
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise EOFError
    signature, flags, name_length, extra_length = _HEADER.unpack(header)
    name = stream.read(name_length).decode("utf-8" if flags & UTF_8 else "cp437")
    stream.seek(extra_length, io.SEEK_CUR)
    packed = stream.read(entry.compress_size)
    if signature != b"PK\3\4" or name != entry.orig_filename or len(packed) < entry.compress_size:
        raise zipfile.BadZipFile
    if entry.flag_bits & _PATCHED:
        raise NotImplementedError
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed[: entry.file_size + 1]
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
