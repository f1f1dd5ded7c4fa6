"""One attempt: a file of which it is known what it shows, and what the program has promised about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

#: The cells that most attempts are about: a number of table two that no balance rule checks, and the fee.
PENALTIES = "disclosure.penalties.decisions"
FEE = "disclosure.fees.amount"


@dataclass(frozen=True)
class Shown:
    """What a person sees: ``cells`` differ from the base's figures, all others are the base's.

    A figure that is not read must be said, and the report must not pass. ``said`` asks for a remark besides (a conversion).
    ``passes`` None: no matter; True: the report must pass (hidden rubbish must not make a clean report fail).
    """

    cells: Mapping[str, float | None] = field(default_factory=dict)
    said: bool = False
    read: bool = False
    year: int | None = None


@dataclass(frozen=True)
class NoNumber:
    """Each of ``cells`` shows something that is not one number: an error at that cell, or the file is refused in one line."""

    cells: tuple[str, ...] = (PENALTIES,)


@dataclass(frozen=True)
class Doubtful:
    """``cell`` may be read as one of ``values``, but the report must not pass without a word about it."""

    values: tuple[float, ...]
    cell: str = PENALTIES


@dataclass(frozen=True)
class Refused:
    """No report, or one of no end: one clear line and status 2."""


@dataclass(frozen=True)
class Survived:
    """Whatever is said: no crash, in time, in memory; and nothing passes unless ``may_pass``."""

    may_pass: bool = True


Expected = Shown | NoNumber | Doubtful | Refused | Survived


@dataclass(frozen=True)
class Ran:
    """What one call of the command did."""

    status: int | None
    output: str
    errors: str
    trouble: str = ""  # an exception that left the program, or its end


class Command(Protocol):
    """Runs the command line in a process of its own, for a user whose own folder is in ``home``."""

    @property
    def home(self) -> Path: ...

    def __call__(self, *arguments: object, seconds: float = ...) -> Ran: ...


#: "" when the promise was kept, else what was not.
Judge = Callable[[Command, Path], str]


@dataclass(frozen=True)
class Attempt:
    """``make`` writes the file at the given path. ``judge`` replaces the usual check and reading, for other commands."""

    family: str
    kind: str
    name: str
    suffix: str
    make: Callable[[Path], object]
    expected: Expected = Shown()
    judge: Judge | None = None
    promise: str = (
        "a figure is what a person sees on the page, or it is not read and the report does not pass"
    )

    @property
    def title(self) -> str:
        return f"{self.family}/{self.kind}/{self.name}"
