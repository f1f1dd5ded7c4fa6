"""Which files of a folder are reports to be read, and what tells that one has not changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from xlreport.errors import InputError
from xlreport.output import TEMPORARY_PREFIX

#: Beginnings of files that programs leave while they work: Excel and Word, LibreOffice, xlreport; a dot hides a file.
PASSING_PREFIXES = ("~", ".", TEMPORARY_PREFIX)
#: Endings of files that pass as well, our own cache among them.
CACHE_SUFFIX = ".audit-cache"
PASSING_SUFFIXES = (".tmp", ".crdownload", ".part", CACHE_SUFFIX, f"{CACHE_SUFFIX}-journal")
#: What the system puts into folders.
SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
#: Some file systems tell times to two seconds only.
_SETTLED_SECONDS = 3


def files_under(folder: Path, *excluded: Path | None) -> list[str]:
    """Return the files to be read under ``folder`` and its sub-folders, relative to it with “/”, in order of their paths.

    Temporary, lock, hidden and system files are left out, and so are ``excluded`` files and sub-folders. Raises ``InputError`` where
    ``folder`` is no folder, cannot be listed, or holds nothing to be read.
    """
    if not folder.exists():
        raise InputError(folder, "找不到文件夹", "请核对文件夹的名称和位置")
    if not folder.is_dir():
        raise InputError(
            folder, "这是文件，不是文件夹", "请指定存放各单位报告的文件夹；单个文件请用 xlreport check"
        )
    apart = {os.path.realpath(path) for path in excluded if path is not None}
    apart.discard(os.path.realpath(folder))
    found = list(_files(str(folder), "", apart))
    if not found:
        raise InputError(folder, "文件夹里没有报告", "请把各单位的报告放进去，可以分子文件夹")
    return found


def _files(folder: str, inside: str, apart: set[str]) -> Iterator[str]:
    try:
        with os.scandir(Path(folder, inside)) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as problem:
        if inside:
            # A sub-folder that may not be entered is one line of the result, and not the end of the work.
            yield inside
            return
        raise InputError(folder, f"不能列出文件夹里的文件（{problem.strerror}）", "请核对权限") from None
    for entry in entries:
        if passing(entry.name) or (apart and os.path.realpath(entry.path) in apart):
            continue
        path = f"{inside}/{entry.name}" if inside else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder, path, apart)
        else:
            yield path


def passing(name: str) -> bool:
    """True for the name of a file or folder that is temporary, hidden, a lock, or the system's."""
    lower = name.lower()
    return lower.startswith(PASSING_PREFIXES) or lower.endswith(PASSING_SUFFIXES) or lower in SYSTEM_FILES


def stamp_of(path: str | Path) -> str:
    """Return what changes whenever the file does (size and times); “” for one that cannot be looked at or has only just been changed."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return ""
    if time.time() - found.st_mtime < _SETTLED_SECONDS:
        # It might change once more within the grain of the file system's clock.
        return ""
    # The time of change of the file's record (on Windows: of its making) tells a file that was put in place with old times.
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}"
