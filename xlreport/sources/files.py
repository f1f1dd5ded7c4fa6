"""Getting at a file's bytes, with an error that a clerk can act on."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from xlreport.errors import InputError
from xlreport.limits import LARGEST_FILE
from xlreport.sources.zip_folder import content_in

#: Why a file cannot be had, where the system says it in English.
_REASONS = {errno.ELOOP: "链接绕成了圈", errno.ENAMETOOLONG: "路径太长", errno.EIO: "磁盘读取出错"}


def content_of(path: Path) -> bytes:
    """Return the content of a file, also of one in a zip; raises ``InputError`` if it cannot be had, is empty, or is far too large."""
    try:
        if path.is_dir():
            raise InputError(path, "这是文件夹，不是文件", "请指定其中的一个文件")
        content = _anywhere(path)
    except FileNotFoundError:
        raise InputError(path, "找不到文件", "请核对文件名和所在文件夹") from None
    except PermissionError:
        raise InputError(
            path, "没有读取权限，或者正被其他程序占用", "请关闭占用它的程序，或换一个位置"
        ) from None
    except (OSError, ValueError) as problem:
        number = getattr(problem, "errno", None) or 0
        reason = _REASONS.get(number) or getattr(problem, "strerror", None) or str(problem)
        raise InputError(path, f"读取失败（{reason}）", "请核对文件名和所在磁盘") from None
    if not content:
        raise InputError(path, "文件是空的（0 字节）", "请换成完整的文件")
    return content


def _anywhere(path: Path) -> bytes:
    """Return what is in a file on the disk or in a zip there."""
    try:
        return _whole(path)
    except (FileNotFoundError, NotADirectoryError):
        found = content_in(path)
        if found is None:
            raise FileNotFoundError from None
        return found


def _whole(path: Path) -> bytes:
    """Return what is in a regular file; a pipe or a device could be waited for or read from without end."""
    _refuse_irregular(path, path.stat())
    # What was looked at may not be what is opened: a pipe that is put there in between would wait for somebody to write into it.
    with open(path, "rb", opener=_without_waiting) as stream:
        before = os.fstat(stream.fileno())
        _refuse_irregular(path, before)
        content = stream.read(before.st_size + 1)
        after = os.fstat(stream.fileno())
    if len(content) != after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise InputError(path, "读取时文件正在被改动", "请等它写完再读")
    return content


def _refuse_irregular(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise InputError(path, "这不是普通文件（是管道、设备或套接字）", "请换成文件本身")
    if found.st_size > LARGEST_FILE:
        raise InputError(path, f"文件有 {found.st_size // 2**20} MB，不像一份年度报告", "请核对文件")


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
