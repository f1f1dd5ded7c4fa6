"""Report files of which it is known what they show, of kinds that nobody had in mind when the readers were written.

Every module of a family yields attempts; ``python -m tests.strangers`` tries them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

from tests.strangers.attempts import Attempt

FAMILIES = (
    "word",
    "pages",
    "workbooks",
    "data",
    "texts",
    "figures",
    "rollups",
    "hostile",
    "styles",
    "caches",
)


def every(families: Sequence[str] | None = None) -> Iterator[Attempt]:
    """All attempts of the families, all families by default."""
    for family in families or FAMILIES:
        yield from import_module(f"tests.strangers.{family}").attempts()
