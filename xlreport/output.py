"""Writing a file so that nothing is ever lost: complete in a temporary file first, then in place in one step.

Whenever the process ends, there is the old file or the new one, whole. A temporary file that a killed process leaves behind is taken
away by the next write of the same file (see ``temporary``). Work that is done but cannot be put in place is kept under another name.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from xlreport.errors import OutputError
from xlreport.temporary import TEMPORARY_PREFIX, temporary_beside

__all__ = [
    "TEMPORARY_PREFIX",
    "date_of_writing",
    "make_folder",
    "refuse_existing",
    "refuse_to_overwrite",
    "replacing",
    "write_bytes",
]

#: Longest path that Windows allows unless it has been told to allow more.
_WINDOWS_PATH = 259
_CLOSE_IT = "请关闭正在打开它的程序，或换一个文件名"
_MAKE_ROOM = "请在这个磁盘和存放临时文件的磁盘上腾出空间后再试"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REASONS = {
    errno.ENOENT: "所在的文件夹不存在",
    errno.ENOTDIR: "所在的文件夹不存在",
    errno.EACCES: "没有写入权限，或文件正被别的程序打开",
    errno.EPERM: "没有写入权限，或文件正被别的程序打开",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘空间不足（超过配额）",
    errno.EFBIG: "磁盘空间不足（超过允许的文件大小）",
    errno.ENAMETOOLONG: "文件名或路径太长",
}


def date_of_writing() -> datetime:
    """Return the date, in UTC, that a file bears which is written now: that of ``SOURCE_DATE_EPOCH`` where the environment has it.

    With it (https://reproducible-builds.org/specs/source-date-epoch/) a file comes out the same whenever it is made.
    """
    with contextlib.suppress(KeyError, ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    return datetime.now(UTC)


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``target``; on leaving without an error it becomes ``target`` in one step.

    Raises ``OutputError`` where the folder or the file cannot be written; then ``target`` is as it was. If only the last step fails
    (the file is open in Excel), the finished work is kept under a name that the error says.
    """
    _refuse_impossible(target)
    # A link stays a link: what it points to is replaced.
    real = Path(os.path.realpath(target))
    with contextlib.ExitStack() as stack:
        try:
            temporary = stack.enter_context(temporary_beside(real))
        except (OSError, ValueError) as error:
            raise OutputError(target, _reason(error, target), "请换一个可写入的文件夹") from error
        try:
            yield temporary.path
            temporary.finish(_mode_for(real))
        except OSError as error:
            advice = _MAKE_ROOM if error.errno in _FULL else _CLOSE_IT
            raise OutputError(target, _reason(error, target), advice) from error
        try:
            temporary.become(real)
        except OSError as error:
            kept = _kept(temporary.path, real)
            advice = f"内容已另存为 {kept}，{_CLOSE_IT}" if kept else _CLOSE_IT
            raise OutputError(target, _reason(error, target), advice) from error


def write_bytes(target: Path, content: bytes) -> None:
    """Write ``content`` to ``target`` in one step."""
    with replacing(target) as temporary:
        temporary.write_bytes(content)


def refuse_to_overwrite(target: Path, *sources: Path | None) -> None:
    """Raise ``OutputError`` if ``target`` is one of ``sources``: the user's input is never overwritten."""
    for source in sources:
        with contextlib.suppress(OSError, ValueError):  # one of them is not there
            if source is not None and target.samefile(source):
                raise OutputError(target, "输出文件就是输入文件", "请换一个输出文件名，原文件不会被改动")


def refuse_existing(target: Path) -> None:
    """Raise ``OutputError`` if ``target`` is there already."""
    with contextlib.suppress(OSError, ValueError):  # not there, or not to be had: writing will say why
        target.lstat()
        raise OutputError(target, "文件已存在", "请换一个文件名，或加 --force 替换它")


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it where they are not there yet; raises ``OutputError`` where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError(folder, "这是文件，不是文件夹", "请换一个文件夹名") from error
    except (OSError, ValueError) as error:
        raise OutputError(folder, _reason(error, folder), "请换一个可写入的文件夹") from error


def _refuse_impossible(target: Path) -> None:
    """Raise ``OutputError`` for what no amount of work can write, before any work is done."""
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return  # a new file, or no such folder, which making the temporary file will say
    except (OSError, ValueError) as error:
        raise OutputError(target, _reason(error, target), "请换一个文件名或文件夹") from error
    if stat.S_ISDIR(mode):
        raise OutputError(target, "这是一个文件夹，不能作为输出文件", "请写明文件名")


def _kept(temporary: Path, target: Path) -> Path | None:
    """Move finished work to a name that is free, beside the target or in the folder for temporary files; ``None`` if neither can be."""
    for folder in (target.parent, Path(tempfile.gettempdir())):
        with contextlib.suppress(OSError):
            kept = _reserved(folder, target)
            shutil.copyfile(temporary, kept)
            return kept
    return None


def _reserved(folder: Path, target: Path) -> Path:
    """Make an empty file under the first name that is free, and return it."""
    for number in count(1):
        kept = folder / f"{target.stem[:60]}（另存{number}）{target.suffix}"
        with contextlib.suppress(FileExistsError):
            kept.touch(exist_ok=False)
            return kept
    raise AssertionError  # there is always another number


def _mode_for(target: Path) -> int:
    """The permissions of the file that is replaced, or those of a newly made one (a temporary file's are for the owner only)."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError | ValueError, target: Path) -> str:
    if not isinstance(error, OSError):
        return "文件名里有不能使用的字符"
    length = len(str(target.absolute()))
    if sys.platform == "win32" and length > _WINDOWS_PATH and isinstance(error, FileNotFoundError):
        return f"路径有 {length} 个字符，Windows 最多允许 {_WINDOWS_PATH} 个"
    return _REASONS.get(error.errno or 0, f"无法写入（{error.strerror or error}）")
