"""The VBA functions that cells call, one for each function of ``xlreport.live.functions``.

xlwings would write the same text into the add-in when its “Import Functions” is pressed, which needs access to the VBA project that
offices do not grant. Here it is part of the add-in from the start.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


def wrappers() -> str:
    """Return the VBA of all functions."""
    from xlreport.live import functions

    return "\n".join(_wrapper(function) for function in functions.FUNCTIONS)


def _wrapper(function: Callable[..., Any]) -> str:
    """Return one function's VBA.

    Where Python cannot be reached, the cell gets an error value and not a text, so that the ``IFERROR`` around
    the call falls back to the native formula.
    """
    name, parameters = function.__name__, inspect.signature(function).parameters
    arguments = ", ".join(parameters)
    declared = ", ".join(
        p.name if p.default is inspect.Parameter.empty else f"Optional {p.name}" for p in parameters.values()
    )
    return f"""\
Public Function {name}({declared})
    On Error GoTo failed
    {name} = XLPy.CallUDF("{function.__module__}", "{name}", Array({arguments}), ActiveWorkbook, Application.Caller)
    Exit Function
failed:
    {name} = CVErr(xlErrValue)
End Function
"""
