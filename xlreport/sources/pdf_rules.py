"""The ruling lines of a page of a PDF: where one table ends and the next begins, and cells that the end of the page leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pdfplumber.page import Page as Source
    from pdfplumber.table import Table as Found

Edge: TypeAlias = dict[str, Any]
#: Ends of lines so near one another (in points) are in one place: cells may have frames of their own, within that of their table.
_SAME, _FRAMES = 3.0, 6.0


def tables_on(source: Source) -> Iterator[Found]:
    """Yield the tables between the ruling lines of a page."""
    uprights = [edge for edge in source.edges if edge["orientation"] == "v" and _height(edge) > _SAME]
    for strip in _strips(source, uprights):
        yield from strip.find_tables({"explicit_horizontal_lines": _closing(strip)})


def _height(edge: Edge) -> float:
    return float(edge["bottom"] - edge["top"])


def _strips(source: Source, uprights: Sequence[Edge]) -> Iterator[Source]:
    """Yield the page in parts: where two tables touch, their columns would be taken for those of one."""
    bounds = [0.0, *_joints(uprights), float(source.height)]
    if len(bounds) == 2:
        yield source
        return
    for top, bottom in pairwise(bounds):
        yield source.filter(partial(_is_between, top, bottom))


def _is_between(top: float, bottom: float, item: dict[str, Any]) -> bool:
    return bool(top <= (item["top"] + item["bottom"]) / 2 < bottom)


def _joints(uprights: Sequence[Edge]) -> list[float]:
    """Return where all upright lines end and none begins, or others do: on either side one that has none on the other."""
    ends = sorted({float(edge["bottom"]) for edge in uprights})
    groups: list[list[float]] = []
    for end in ends:
        if groups and end - groups[-1][-1] <= _FRAMES:
            groups[-1].append(end)
        else:
            groups.append([end])
    found = []
    for group in groups:
        first, last = group[0] - _FRAMES, group[-1] + _FRAMES
        if any(edge["top"] < first and edge["bottom"] > last for edge in uprights):
            continue
        above = [edge["x0"] for edge in uprights if first <= edge["bottom"] <= last and edge["top"] < first]
        below = [edge["x0"] for edge in uprights if first <= edge["top"] <= last and edge["bottom"] > last]
        if above and not below and last < ends[-1]:
            found.append(last)
        elif _has_others(above, below) and _has_others(below, above):
            found.append((group[0] + group[-1]) / 2)
    return found


def _has_others(some: Sequence[float], others: Sequence[float]) -> bool:
    return bool(others) and any(min(abs(one - other) for other in others) > _SAME for one in some)


def _closing(strip: Source) -> list[Edge]:
    """Return the lines that are missing above the highest cells and below the lowest, which go on on another page."""
    uprights = [edge for edge in strip.edges if edge["orientation"] == "v" and _height(edge) > _SAME]
    if not uprights:
        return []
    level = [edge for edge in strip.edges if edge["orientation"] == "h"]
    found = []
    for side, end in (
        ("top", min(edge["top"] for edge in uprights)),
        ("bottom", max(edge["bottom"] for edge in uprights)),
    ):
        near = [edge for edge in level if abs(edge["top"] - end) <= _FRAMES]
        ending = sorted(edge["x0"] for edge in uprights if abs(edge[side] - end) <= _SAME)
        for left, right in pairwise(ending):
            middle = (left + right) / 2
            if right - left > _FRAMES and not any(edge["x0"] <= middle <= edge["x1"] for edge in near):
                found.append(
                    {"object_type": "line", "x0": left, "x1": right, "width": right - left}
                    | {
                        "top": end,
                        "bottom": end,
                        "height": 0.0,
                        "y0": strip.height - end,
                        "y1": strip.height - end,
                    }
                )
    return found
