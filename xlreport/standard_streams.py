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


class _Tolerant(io.RawIOBase):
    """The stream of a file descriptor, which drops what nobody reads; what a disk does not take is kept in ``failure``."""

    def __init__(self, descriptor: int, named: str) -> None:
        self._descriptor, self.name = descriptor, named
        self._gone = False
        self.failure: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return os.isatty(self._descriptor)

    def write(self, data: Any) -> int:
        view = memoryview(data)
        if not self._gone:
            try:
                return os.write(self._descriptor, view)
            except OSError as error:
                self._gone = True
                # Windows says “invalid argument” of a pipe that was closed.
                if error.errno not in _GONE and not (sys.platform == "win32" and error.errno == errno.EINVAL):
                    self.failure = error
        return len(view)


def prepare() -> None:
    """Make standard output and error tolerant, and able to print Chinese as far as the terminal is."""
    sys.stdout = _prepared(sys.stdout, sys.__stdout__, 1)
    sys.stderr = _prepared(sys.stderr, sys.__stderr__, 2)


def refuse_unwritten() -> None:
    """Raise ``OutputError`` where standard output could not be written in full."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    failure = raw.failure if isinstance(raw, _Tolerant) else None
    if isinstance(raw, _Tolerant) and failure is not None:
        raw.failure = None
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
    if (
        stream is not original
        or isinstance(getattr(stream.buffer, "raw", stream.buffer), _Tolerant)
        or not _is_plain(stream)
    ):
        # A Chinese Windows console in code page 936 has no ✓ or ✗; a mark less is better than a crash.
        stream.reconfigure(errors="replace")
        return stream
    stream.flush()
    buffer = io.BufferedWriter(_Tolerant(descriptor, stream.name))
    return io.TextIOWrapper(buffer, encoding=encoding, errors="replace", line_buffering=stream.line_buffering)


def _is_plain(stream: Any) -> bool:
    """True for a file or a pipe; the console of Windows has a stream of its own kind, which knows Unicode."""
    return isinstance(getattr(stream.buffer, "raw", stream.buffer), io.FileIO)
