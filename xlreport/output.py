"""Writing a file so that nothing is ever lost: complete in a temporary file first, then in place in one step."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from xlreport.errors import OutputError

#: The beginning of our temporary files' names, so that a left one can be told.
TEMPORARY_PREFIX = "~xlreport-"


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``target``; on leaving without an error it becomes ``target`` in one step.

    Raises ``OutputError`` where the folder or the file cannot be written; then ``target`` is as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, suffix=target.suffix, dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise OutputError(target, _reason(error, target), "请换一个可写入的文件夹") from error
    temporary = Path(name)
    try:
        yield temporary
        _flush(temporary)
        _like_a_new_file(temporary)
        temporary.replace(target)
    except OSError as error:
        raise OutputError(target, _reason(error, target), "请关闭正在打开它的程序，或换一个文件名") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_bytes(target: Path, content: bytes) -> None:
    """Write ``content`` to ``target`` in one step."""
    with replacing(target) as temporary:
        temporary.write_bytes(content)


def refuse_to_overwrite(target: Path, *sources: Path | None) -> None:
    """Raise ``OutputError`` if ``target`` is one of ``sources``: the user's input is never overwritten."""
    for source in sources:
        if source is not None and target.exists() and source.exists() and target.samefile(source):
            raise OutputError(target, "输出文件就是输入文件", "请换一个输出文件名，原文件不会被改动")


def refuse_existing(target: Path) -> None:
    """Raise ``OutputError`` if ``target`` is there already."""
    if target.exists():
        raise OutputError(target, "文件已存在", "请换一个文件名，或加 --force 替换它")


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _like_a_new_file(path: Path) -> None:
    """Give the file the permissions a newly made one would have (mkstemp's are for the owner only)."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


_REASONS: tuple[tuple[Callable[[OSError], bool], str], ...] = (
    (lambda error: isinstance(error, FileNotFoundError), "所在的文件夹不存在"),
    (lambda error: isinstance(error, PermissionError), "没有写入权限，或文件正被别的程序打开"),
    (lambda error: error.errno == 28, "磁盘空间不足"),
    (lambda error: error.errno == 36, "文件名太长"),
)


def _reason(error: OSError, target: Path) -> str:
    if target.is_dir():
        return "这是一个文件夹，不能作为输出文件"
    return next((text for holds, text in _REASONS if holds(error)), f"无法写入（{error.strerror or error}）")
