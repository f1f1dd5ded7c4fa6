"""Counting calls that would cross to Excel, and refusing them while the user edits a cell."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from typing import Any


class ComError(Exception):
    """What pywin32 raises for a failed call: ``hresult`` is the number, the text Excel's own."""

    def __init__(self, hresult: int, text: str) -> None:
        super().__init__(hresult, text)
        self.hresult = hresult


def rejected() -> ComError:
    """RPC_E_CALL_REJECTED: the user is typing in a cell, or a dialog is open."""
    return ComError(-2147418111, "Call was rejected by callee.")


def failed(text: str) -> ComError:
    """DISP_E_EXCEPTION: Excel itself says no (error 1004)."""
    return ComError(-2147352567, text)


class Trips:
    """How often the program was asked (``reads``) and told (``writes``), by the name of what was asked or told."""

    def __init__(self) -> None:
        self.reads: Counter[str] = Counter()
        self.writes: Counter[str] = Counter()
        #: True while the user has a cell in edit mode.
        self.editing = False
        #: Raises before the write with this number is done, if there is one (to try what a failure leaves behind).
        self.fail_at: int | None = None

    def clear(self) -> None:
        """Count anew."""
        self.reads.clear()
        self.writes.clear()

    def count(self, kind: str, name: str) -> None:
        """Count one trip; raises where Excel would reject any call."""
        if self.editing:
            raise rejected()
        if kind == "read":
            self.reads[name] += 1
            return
        if self.fail_at is not None and self.writes.total() >= self.fail_at:
            self.fail_at = None
            raise failed("内存或磁盘空间不足")
        self.writes[name] += 1


def _counted(kind: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def call(self: Any, *args: Any, **named: Any) -> Any:
            self.trips.count(kind, f"{type(self).__name__}.{method.__name__}")
            return method(self, *args, **named)

        return call

    return decorate


reads, writes = _counted("read"), _counted("write")
