"""xlwings' UDF server without Windows, as a program: calls pass through xlwings' own conversion of arguments and results.

A process of its own, since it puts stand-ins for pywin32 in place. ``xlwings.udfs`` and ``xlwings._xlwindows``, the code that runs beside
Excel, are the real ones; only COM itself is missing. Each line of input is a JSON object, ``{"function": …, "arguments": […]}``, where an
argument is ``{"range": rows of values as COM gives them}`` or a plain value; each line of output is the JSON of what Excel would get.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import sys
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

MODULE = "xlreport.live.functions"


class ComRange(SimpleNamespace):
    """A range as Excel hands it over: its values, rows of tuples, or a bare value for a single cell."""

    def __init__(self, rows: list[list[Any]]) -> None:
        single = len(rows) == len(rows[0]) == 1
        super().__init__(
            Value=rows[0][0] if single else tuple(map(tuple, rows)),
            Worksheet=MagicMock(),
            Row=1,
            Column=1,
            Rows=SimpleNamespace(Count=len(rows)),
            Columns=SimpleNamespace(Count=len(rows[0])),
        )


def server() -> Any:
    """Return ``xlwings.udfs`` with everything in place that Windows would bring."""
    classes = ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")
    bases = {name: type(name, (), {}) for name in classes}
    errors = {name: type(name, (Exception,), {}) for name in ("com_error", "error")}
    stand_ins = {
        "pywintypes": {"TimeType": datetime, **errors},
        "win32com.client": {"Dispatch": lambda item, **options: item, **bases},
        "xlwings._win32patch": bases,
        "xlwings.com_server": {"loop": None},
        **{name: {} for name in ("win32api", "win32con", "win32gui", "win32process")},
        **{name: {} for name in ("win32timezone", "win32com")},
        "pythoncom": {"__file__": ""},
    }
    for name, contents in stand_ins.items():
        sys.modules[name] = MagicMock(name=name, **contents)
    for name in ("PyDLL", "oledll", "windll"):
        setattr(ctypes, name, MagicMock())
    xlwings = importlib.import_module("xlwings")
    windows = importlib.import_module("xlwings._xlwindows")
    windows.is_range_instance = lambda item: isinstance(item, ComRange)
    xlwings._xlwindows = windows
    xlwings.engines.add(xlwings.Engine(impl=windows.engine))
    udfs = importlib.import_module("xlwings.udfs")
    # On Linux xlwings' decorators do nothing; on Windows they are these.
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    return udfs


def wrapper_text(udfs: Any) -> str:
    """Return the VBA that xlwings itself would generate for an add-in."""
    import io

    text = io.StringIO()
    udfs.generate_vba_wrapper(
        MODULE, importlib.import_module(MODULE), text, SimpleNamespace(Name="xlreport.xlam")
    )
    return text.getvalue()


def answer(udfs: Any, call: dict[str, Any]) -> Any:
    """Answer one call."""
    if call["function"] == "wrappers":
        return wrapper_text(udfs)
    arguments = tuple(ComRange(a["range"]) if isinstance(a, dict) else a for a in call["arguments"])
    return udfs.call_udf(MODULE, call["function"], arguments, None, ComRange([[None]]))


def main() -> None:
    """Answer calls until the input ends."""
    udfs = server()
    for line in sys.stdin:
        print(json.dumps(answer(udfs, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
