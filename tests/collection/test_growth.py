"""The work of a roll-up grows with the units, and not with their square: counted in calls, so that no clock has a say."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from xlreport.collection.contribution import Contribution
from xlreport.collection.rollup import add_up, differences
from xlreport.collection.rollup_book import write
from xlreport.example import good


def units(count: int) -> list[Contribution]:
    """Units with different names and figures."""
    figures = good().figures()
    return [
        Contribution(
            f"{number:04}.xlsx",
            f"第{number}局",
            2025,
            good().form,
            "",
            figures | {"applications.new.commercial": number},
        )
        for number in range(count)
    ]


def calls(function: Callable[[], object]) -> int:
    """Count the calls, of Python and of C, that a function makes."""
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def test_twice_the_units_take_about_twice_the_calls(tmp_path: Path):
    def rolled_up(count: int) -> int:
        members = units(count)

        def work() -> None:
            rollup = add_up(tmp_path, members)
            own = rollup.report("某市")
            write(rollup, tmp_path / "o.xlsx", own, differences(rollup, own))

        return calls(work)

    rolled_up(2)  # what is loaded and cached on the way does not count
    few, more, many = rolled_up(10), rolled_up(30), rolled_up(70)
    assert (many - more) / (more - few) < 2.1
