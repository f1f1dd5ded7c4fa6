"""What a part of a package refers to, as the list beside it says."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple


class Relation(NamedTuple):
    """What a part refers to: by which id, as what kind (the last word of its type), and where. ``part`` is “” outside the package."""

    id: str
    kind: str
    target: str
    part: str


@lru_cache(maxsize=1024)
def relations_of(name: str) -> str:
    """Return the name of the part that lists a part's relations (“” for the package itself)."""
    folder, last = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{last}.rels")


def relation_of(name: str, attributes: Mapping[Any, Any]) -> Relation:
    """Return what a line of a part's list says by its attributes."""
    target = str(attributes.get("Target", ""))
    inside = attributes.get("TargetMode") != "External"
    kind = str(attributes.get("Type", "")).rpartition("/")[2]
    return Relation(str(attributes.get("Id", "")), kind, target, _resolved(name, target) if inside else "")


@lru_cache(maxsize=1024)
def _resolved(name: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")
