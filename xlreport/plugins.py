"""What other packages bring to this one: their entry points, found by group and loaded when asked for. Knows nothing of this package.

A plug-in is somebody else's code: whatever it raises becomes one sentence, and the others go on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

#: What the groups of this package begin with, as a package's list of entry points has them.
_OUR_GROUPS = b"[xlreport."


class PlugIn(NamedTuple):
    """One entry point: its name, the package it comes from (“xlreport-enforcement 0.1.0”), and how to load it."""

    name: str
    source: str
    entry: EntryPoint


class Loaded(NamedTuple):
    """What a plug-in is, or why it cannot be used (“” where it can)."""

    value: Any = None
    problem: str = ""


@cache
def plug_ins(group: str) -> tuple[PlugIn, ...]:
    """Return the plug-ins of a group, by name; none is loaded."""
    if not any(_declares_any(folder) for folder in dict.fromkeys(sys.path)):
        return ()
    from importlib.metadata import entry_points

    found = (
        PlugIn(entry.name, f"{entry.dist.name} {entry.dist.version}" if entry.dist else "", entry)
        for entry in entry_points(group=group)
    )
    return tuple(sorted(found, key=lambda plug_in: plug_in[:2]))


@cache
def load(plug_in: PlugIn) -> Loaded:
    """Return what the entry point names, loaded once."""
    try:
        return Loaded(plug_in.entry.load())
    except Exception as error:
        return Loaded(problem=f"{type(error).__name__}: {error}")


def complaint(plug_in: PlugIn, problem: str) -> str:
    """Return the one line that says that a plug-in cannot be used."""
    return f"插件 {plug_in.source} 的“{plug_in.name}”不能用（{problem}）；请更新或卸载这个插件"


def _declares_any(folder: str) -> bool:
    """True if a package in that folder of modules declares anything for us.

    To load the library that reads entry points takes longer than to check a report, so it is loaded only where there is something to read.
    """
    return any(_OUR_GROUPS in declared for declared in _declarations(folder or os.curdir))


def _declarations(folder: str) -> Iterator[bytes]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return
    for name in names:
        try:
            with open(os.path.join(name, "entry_points.txt"), "rb") as file:  # noqa: PTH118, PTH123
                yield file.read()
        except OSError:
            continue
