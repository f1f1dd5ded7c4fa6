"""What a report is to a roll-up."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xlreport.form.figures import Figure


class Contribution(NamedTuple):
    """A unit's report as far as adding up needs it; ``problem`` says why it does not pass or cannot be read, “” if it passes."""

    path: str
    organisation: str = ""
    year: int | None = None
    form: str = ""
    problem: str = ""
    figures: dict[str, Figure] = {}  # noqa: RUF012


class NotAdded(NamedTuple):
    """A unit that was not added up, and why."""

    path: str
    organisation: str
    reason: str


class Difference(NamedTuple):
    """A cell where a superior's own report is not the sum of its units; ``units`` are those that contribute, largest first."""

    key: str
    own: Figure
    total: int | Decimal | None
    difference: int | Decimal | None
    units: tuple[tuple[str, int | Decimal], ...]
