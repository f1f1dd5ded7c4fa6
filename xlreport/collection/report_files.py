"""Which files of a folder are reports to be read, and what tells that one has not changed."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from xlreport.errors import InputError
from xlreport.output import TEMPORARY_PREFIX
from xlreport.sources.zip_folder import files_in, on_disk

#: Beginnings of files that programs leave while they work: Excel and Word, LibreOffice, xlreport; a dot hides a file.
PASSING_PREFIXES = ("~", ".", TEMPORARY_PREFIX)
#: Endings of files that pass as well, among them the cache that earlier versions kept beside the summary.
CACHE_SUFFIX = ".audit-cache"
PASSING_SUFFIXES = (".tmp", ".crdownload", ".part", CACHE_SUFFIX, f"{CACHE_SUFFIX}-journal")
#: What the system puts into folders.
SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
#: Some file systems tell times to two seconds only.
SETTLED_SECONDS = 3


def files_under(folder: Path, *excluded: Path | None) -> list[str]:
    """Return the files to be read under ``folder``, its sub-folders and zips, relative to it with “/”, in order of their paths.

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
    found = list(_files(str(folder), apart))
    if not found:
        raise InputError(folder, "文件夹里没有报告", "请把各单位的报告放进去，可以分子文件夹")
    return found


def _files(folder: str, apart: set[str]) -> Iterator[str]:
    # No link is entered, so that this is worked out once: for every folder anew, a deep nest of them took minutes.
    real = os.path.realpath(folder)
    # Folders still to be entered and files still to be named, the next one last: folders may be nested deeper than calls may be.
    waiting = list(reversed(_entries(folder, "", real, apart)))
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield from _members(folder, path)
            continue
        try:
            waiting += reversed(_entries(folder, path, real, apart))
        except InputError:
            # A sub-folder that may not be entered is one line of the result, and not the end of the work.
            yield path


def _members(folder: str, path: str) -> list[str]:
    """Return the files in a zip of files; any other file, and a zip that cannot be gone through, stands for itself."""
    try:
        inside = files_in(Path(folder, path)) or []
    except InputError:
        inside = []
    return [f"{path}/{name}" for name in inside if not any(map(passing, name.split("/")))] or [path]


def _entries(folder: str, inside: str, real: str, apart: set[str]) -> list[tuple[str, bool]]:
    """Return what lies in a folder, in order: its path, and whether it is a folder to be entered; a link is none."""
    try:
        with os.scandir(Path(folder, inside)) as listing:
            found = sorted(listing, key=lambda entry: entry.name)
            return [
                (f"{inside}/{entry.name}" if inside else entry.name, entry.is_dir(follow_symlinks=False))
                for entry in found
                if not (passing(entry.name) or (apart and _real(entry, real, inside) in apart))
            ]
    except OSError as problem:
        raise InputError(folder, f"不能列出文件夹里的文件（{problem.strerror}）", "请核对权限") from None


def _real(entry: os.DirEntry[str], real: str, inside: str) -> str:
    return os.path.realpath(entry.path) if entry.is_symlink() else str(Path(real, inside, entry.name))


def refuse_folder(path: Path) -> None:
    """Raise ``InputError`` for what stands in the list of files and is a folder or a zip of files: one that cannot be entered, or a link to one."""
    try:
        os.fsencode(path)
        if path.is_symlink() and path.is_dir():
            raise InputError(path, "这是指向文件夹的链接，没有进去", "需要审核时请把文件夹本身放进来")
        if path.is_dir():
            raise InputError(path, "不能列出这个文件夹里的文件，其中的报告没有读到", "请核对权限")
    except (OSError, ValueError) as problem:
        if getattr(problem, "errno", None) == errno.ENAMETOOLONG:
            raise InputError(
                path, "文件夹嵌套太深，路径太长，其中的文件没有读到", "请移到浅一些的位置"
            ) from None
        # Whatever else is wrong, reading says it.
    files_in(path)


def passing(name: str) -> bool:
    """True for the name of a file or folder that is temporary, hidden, a lock, or the system's."""
    lower = name.lower()
    return lower.startswith(PASSING_PREFIXES) or lower.endswith(PASSING_SUFFIXES) or lower in SYSTEM_FILES


def stamp_of(path: str | Path) -> str:
    """Return what changes whenever the file does, or the zip that it lies in (size and times); “” for one that cannot be looked at or has only just been changed."""
    try:
        found = on_disk(Path(path)).stat()
    except (OSError, ValueError):
        return ""
    if time.time() - found.st_mtime < SETTLED_SECONDS:
        # It might change once more within the grain of the file system's clock.
        return ""
    # The time of change of the file's record (on Windows: of its making) tells a file that was put in place with old times.
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}"
