"""Calls timed in turn, so that whatever else the machine does hits all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple


class Floor(NamedTuple):
    """The least that any program has to do for the same result: what it is, and a call that does only that."""

    name: str
    call: Callable[[], Any]


class Ratio(NamedTuple):
    """Ours against a peer's, in milliseconds.

    ``ours``, ``peer`` and ``lowest`` (of the floor) are medians; ``value`` is the median of ours / peer's in each round, which ``target``
    bounds.
    """

    name: str
    ours: float
    peer_name: str
    peer: float
    value: float
    target: float
    floor_name: str = ""
    lowest: float = 0.0

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
    floor: Floor | None = None,
) -> Ratio:
    """Return ours against the peer's over ``rounds`` rounds, each of which calls all in turn; one round before warms up."""
    calls = [ours, peer, *([floor.call] if floor else [])]
    times: list[list[float]] = [[] for _ in calls]
    for number in range(rounds + 1):
        # Forwards and backwards, so that none always comes after the same.
        for call, taken in list(zip(calls, times, strict=True))[:: -1 if number % 2 else 1]:
            start = time.perf_counter()
            call()
            if number:
                taken.append((time.perf_counter() - start) * 1000)
    value = statistics.median(mine / other for mine, other in zip(times[0], times[1], strict=True))
    medians = [statistics.median(taken) for taken in times]
    lowest = medians[2] if floor else 0.0
    return Ratio(name, medians[0], peer_name, medians[1], value, target, floor.name if floor else "", lowest)
