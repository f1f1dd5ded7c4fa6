"""Failures of the program itself: the user gets one line, the details go into a log for those who maintain it."""

from __future__ import annotations

import contextlib
import traceback
from datetime import datetime
from pathlib import Path

from xlreport.own_folder import own_folder

#: The log's name in the user's own folder, and that of what was written before it.
NAME, BEFORE = "error.log", "error.1.log"
#: Bytes from which on the log becomes the one before it, and characters that are kept of one failure (its end, where it happened).
LARGEST, LONGEST = 1_000_000, 100_000


def told(error: Exception, unharmed: str) -> str:
    """Keep the details of ``error`` and return the line for the user; ``unharmed`` says what has not been touched."""
    details = "".join(traceback.format_exception(error))
    try:
        log = own_folder() / NAME
        _turn_over(log)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{details[-LONGEST:]}\n")
    except (OSError, RuntimeError):  # RuntimeError: no home folder
        return f"程序出错：{type(error).__name__} {' '.join(str(error).split())}。{unharmed}。"
    return f"程序出错：{type(error).__name__}。{unharmed}。详情在 {log}，请交给维护人员。"


def _turn_over(log: Path) -> None:
    """Put a log that has grown large in the place of the one before it; a program that fails at every start must not fill the disk."""
    with contextlib.suppress(FileNotFoundError):
        if log.lstat().st_size >= LARGEST:
            log.replace(log.with_name(BEFORE))
