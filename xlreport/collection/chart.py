"""What a chart of a summary shows: points, and the same in words for who does not see them. Pure; ``charts`` and ``page_charts`` draw it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: So many points are told; the list beside the chart has all.
_TOLD = 40


class Chart(NamedTuple):
    """A chart: its title, what its figures count, and its points, each with what tints it."""

    title: str
    unit: str
    points: Sequence[tuple[str, float, str]]

    @property
    def words(self) -> str:
        """What it shows, in words."""
        told = "，".join(f"{name} {value:,g} {self.unit}" for name, value, _ in self.points[:_TOLD])
        return f"{self.title}：{told}。"
