"""Failures of the program itself: the user gets one line, the details go into a log for those who maintain it."""

from __future__ import annotations

import traceback
from datetime import datetime

from xlreport.own_folder import own_folder

#: The log's name in the user's own folder.
NAME = "error.log"


def told(error: Exception, unharmed: str) -> str:
    """Keep the details of ``error`` and return the line for the user; ``unharmed`` says what has not been touched."""
    details = "".join(traceback.format_exception(error))
    try:
        log = own_folder() / NAME
        with log.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{details}\n")
    except (OSError, RuntimeError):  # RuntimeError: no home folder
        return f"程序出错：{type(error).__name__} {' '.join(str(error).split())}。{unharmed}。"
    return f"程序出错：{type(error).__name__}。{unharmed}。详情在 {log}，请交给维护人员。"
