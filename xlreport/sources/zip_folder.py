"""A zip of reports, read as the folder that it is: nothing is unpacked to the disk, a file in it has a path through it (“各县.zip/甲县/年报.docx”).

Archivers of Chinese Windows write names in GBK and do not say so; others write UTF-8 and do not say so either.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from functools import lru_cache
from io import FileIO
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from xlreport.errors import InputError
from xlreport.limits import (
    LARGEST_FILE,
    LARGEST_MEMBERS,
    LARGEST_ZIP,
    LARGEST_ZIP_INDEX,
    MOST_EXPANSION,
    MOST_MEMBERS,
)
from xlreport.sources.archive import DAMAGES, ENCRYPTED, UTF_8, content_of_entry, least_end

#: Endings of what may be a report, or hold some: without any, a zip is the file of some other program.
_REPORTS = re.compile(
    r"(?i)\.(?:xls[xmb]?|et|ods|fods|docx?|wps|rtf|odt|fodt|html?|mht(?:ml)?|txt|md|csv|json|pdf|zip|rar|7z)\Z"
)
#: What tells a document or workbook, which are zips too.
_PARTS = frozenset({"[Content_Types].xml", "mimetype", "content.xml", "word/document.xml", "xl/workbook.xml"})
#: How nearly every one begins: signature, lengths and flags, the name of its first part.
_BEGINNING = re.compile(rb"(?s)PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|mimetype)")
_SIGNATURE, _FIRST = b"PK", 64
_UNPACK = "请解压到文件夹后再审核"
#: The first character that UTF-8 writes in three bytes: two letters of GBK may be taken for one of two, hardly for these.
_THREE_BYTES = "\u0800"


def on_disk(path: Path) -> Path:
    """Return the file on the disk in which a path lies: itself, or the zip that it leads through."""
    found = path
    while not found.parent.is_dir():
        found = found.parent
    return found if found.is_file() else path


def holds_files(names: list[str]) -> bool:
    """True for the names of a zip of files; false for those of a document, a workbook, or what another program keeps in a zip."""
    return _PARTS.isdisjoint(names) and any(map(_REPORTS.search, names))


def files_in(path: Path) -> list[str] | None:
    """Return the files in a zip, in order; ``None`` for what is no zip of files.

    Raises ``InputError`` for one that cannot be gone through: encrypted, far too large, with names that lead out of it or stand there twice.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            beginning = stream.read(_FIRST)
    except (OSError, ValueError):
        return None
    if not beginning.startswith(_SIGNATURE) or _BEGINNING.match(beginning):
        return None
    found = _members(path)
    return None if found is None else sorted(found)


def content_in(path: Path) -> bytes | None:
    """Return what a path through a zip leads to; ``None`` where it leads through none. Raises ``InputError`` as ``files_in`` does, and for damage."""
    outer = on_disk(path)
    if outer == path:
        return None
    entry = (_members(outer) or {}).get(path.relative_to(outer).as_posix())
    if entry is None:
        return None
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError(path, "压缩包用的压缩方式不能读", _UNPACK)
    with outer.open("rb") as stream:
        return content_of_entry(path, stream, entry, LARGEST_FILE)


def _members(path: Path) -> dict[str, zipfile.ZipInfo] | None:
    found = path.stat()
    return _listed(path, found.st_size, found.st_mtime_ns)


# A process takes the files of one zip after the other; its list would be gone through for each.
@lru_cache(maxsize=2)
def _listed(path: Path, size: int, _: int) -> dict[str, zipfile.ZipInfo] | None:
    """Return the files of a zip by name; ``None`` for what is no zip of files, or damaged: its reader says so."""
    if size > LARGEST_ZIP:
        _refuse(path, f"有 {size // 2**20} MB，超出上限（{LARGEST_ZIP // 2**20} MB）")
    try:
        with _Bounded(path) as file, zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except _TooLongError:
        _refuse(path, f"文件太多，超出上限（{MOST_MEMBERS} 个）")
    except (*DAMAGES, UnicodeError):
        return None
    names = _names_of(entries)
    if not holds_files(names):
        return None
    _refuse_strange(path, size, entries, names)
    files = [
        (posixpath.normpath(name).lstrip("/"), entry)
        for name, entry in zip(names, entries, strict=True)
        if not name.endswith("/")
    ]
    found = dict(files)
    if len(found) < len(files):
        _refuse(path, "有两个文件同名")
    return found


def _refuse_strange(path: Path, size: int, entries: list[zipfile.ZipInfo], names: list[str]) -> None:
    if len(entries) > MOST_MEMBERS:
        _refuse(path, f"有 {len(entries)} 个文件，超出上限（{MOST_MEMBERS} 个）")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        _refuse(path, "文件设有密码，无法读取")
    expanded = sum(entry.file_size for entry in entries)
    if expanded > LARGEST_MEMBERS or expanded > MOST_EXPANSION * size:
        _refuse(path, f"文件展开后有 {expanded // 2**20} MB，是压缩包的 {expanded // size} 倍，不像年度报告")
    if strange := next((name for name in names if ".." in name.split("/") or "\0" in name), ""):
        _refuse(path, f"有文件的名称不合规（{strange[:40]}）")
    starts = sorted(entries, key=lambda entry: entry.header_offset)
    if any(least_end(one) > other.header_offset for one, other in pairwise(starts)):
        _refuse(path, "文件互相重叠，结构异常")


def _refuse(path: Path, problem: str) -> NoReturn:
    raise InputError(path, f"压缩包里{problem}", _UNPACK)


def _names_of(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Return the names as they were written, with “/” between folders."""
    unsaid = b"\n".join(e.orig_filename.encode("cp437") for e in entries if not e.flag_bits & UTF_8)
    encoding = _encoding_of(unsaid)
    return [
        (
            entry.orig_filename
            if entry.flag_bits & UTF_8
            else entry.orig_filename.encode("cp437").decode(encoding)
        ).replace("\\", "/")
        for entry in entries
    ]


def _encoding_of(names: bytes) -> str:
    """Return in what these names are written; none can be told from one of them alone."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = names.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isascii() or encoding != "utf-8" or max(text) >= _THREE_BYTES:
            return encoding
    return "cp437"


class _TooLongError(Exception):
    """The list of a zip's files is far too long."""


class _Bounded(FileIO):
    """A file of which nobody reads more at once than a list of files takes: zipfile reads that in one piece, however long it says it is."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return so many bytes. Raises ``_TooLongError`` for more than a list of files takes."""
        if size is not None and size > LARGEST_ZIP_INDEX:
            raise _TooLongError
        return super().read(size) or b""
