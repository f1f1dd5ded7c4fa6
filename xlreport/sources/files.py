"""Getting at a file's bytes, with an error that a clerk can act on."""

from __future__ import annotations

from pathlib import Path

from xlreport.errors import InputError
from xlreport.limits import LARGEST_FILE


def content_of(path: Path) -> bytes:
    """Return the content of a file; raises ``InputError`` if it cannot be had, is empty, or is far too large."""
    try:
        if path.is_dir():
            raise InputError(path, "这是文件夹，不是文件", "请指定其中的一个文件")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise InputError(path, f"文件有 {size // 2**20} MB，不像一份年度报告", "请核对文件")
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(path, "找不到文件", "请核对文件名和所在文件夹") from None
    except PermissionError:
        raise InputError(
            path, "没有读取权限，或者正被其他程序占用", "请关闭占用它的程序，或换一个位置"
        ) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise InputError(path, f"读取失败（{reason}）", "请核对文件名和所在磁盘") from None
    if not content:
        raise InputError(path, "文件是空的（0 字节）", "请换成完整的文件")
    return content
