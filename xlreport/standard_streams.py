"""Standard output and standard error that can be written to whatever stands behind them: a pipe whose reader has gone, a full disk, nothing.

A command does its work and has its exit status also where nobody reads on; where the answer could not be written in full, it says so.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any

from xlreport.errors import OutputError

_GONE = (errno.EPIPE, errno.ESHUTDOWN, errno.EBADF)


class _Tolerant(io.BufferedWriter):
    """The stream of a file descriptor, which drops what nobody reads; what a disk does not take is kept in ``failure``.

    The writing itself stays the interpreter's own: in a function of Python's, Ctrl-C could come between the writing and the counting, and the
    same text would be written again.
    """

    failure: OSError | None = None

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            self._let_go(error)
            return len(memoryview(data))

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self._let_go(error)
            super().flush()

    def _let_go(self, error: OSError) -> None:
        # Windows says “invalid argument” of a pipe that was closed.
        if error.errno not in _GONE and not (sys.platform == "win32" and error.errno == errno.EINVAL):
            self.failure = error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


def prepare() -> None:
    """Make standard output and error tolerant, and able to print Chinese as far as the terminal is."""
    sys.stdout = _prepared(sys.stdout, sys.__stdout__, 1)
    sys.stderr = _prepared(sys.stderr, sys.__stderr__, 2)


def refuse_unwritten() -> None:
    """Raise ``OutputError`` where standard output could not be written in full."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    failure = buffer.failure if isinstance(buffer, _Tolerant) else None
    if isinstance(buffer, _Tolerant) and failure is not None:
        buffer.failure = None
        reason = (
            "磁盘空间不足" if failure.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else failure.strerror
        )
        raise OutputError("标准输出", f"结果没有全部写出（{reason}）", "请换一个位置重新输出")


def _prepared(stream: Any, original: Any, descriptor: int) -> Any:
    if stream is None:  # closed before the program began
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    if not hasattr(stream, "reconfigure"):
        return stream
    encoding = (
        "utf-8" if stream.encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968") else stream.encoding
    )
    if stream is not original or isinstance(stream.buffer, _Tolerant) or not _is_plain(stream):
        # A Chinese Windows console in code page 936 has no ✓ or ✗; a mark less is better than a crash.
        stream.reconfigure(errors="replace")
        return stream
    stream.flush()
    buffer = _Tolerant(io.FileIO(descriptor, "wb", closefd=False))
    return io.TextIOWrapper(buffer, encoding=encoding, errors="replace", line_buffering=stream.line_buffering)


def _is_plain(stream: Any) -> bool:
    """True for a file or a pipe; the console of Windows has a stream of its own kind, which knows Unicode."""
    return isinstance(getattr(stream.buffer, "raw", stream.buffer), io.FileIO)
