"""Two calls timed in turn, so that whatever else the machine does hits both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple


class Ratio(NamedTuple):
    """Medians of ours and the peer's, in milliseconds, and the target that ours / peer's should stay below."""

    name: str
    ours: float
    peer_name: str
    peer: float
    target: float

    @property
    def value(self) -> float:
        """Ours divided by the peer's."""
        return self.ours / self.peer

    @property
    def met(self) -> bool:
        """True if the target is met."""
        return self.value <= self.target


class Fact(NamedTuple):
    """Something measured that is no ratio of two calls: its value in words, the target, and whether that is met (``None`` without one)."""

    name: str
    value: str
    target: str
    met: bool | None


def compare(
    name: str,
    ours: Callable[[], Any],
    peer_name: str,
    peer: Callable[[], Any],
    target: float,
    rounds: int = 15,
) -> Ratio:
    """Return the ratio of medians over ``rounds`` alternating calls, after one of each to warm up."""
    ours(), peer()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, taken in zip((ours, peer), times, strict=True):
            start = time.perf_counter()
            call()
            taken.append((time.perf_counter() - start) * 1000)
    return Ratio(name, statistics.median(times[0]), peer_name, statistics.median(times[1]), target)
