"""Sums of reports cell by cell, and a report held against the sum of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from xlreport.collection.contribution import Difference
from xlreport.form.figures import Figure, amount, is_blank


def sum_of(values: Iterable[Figure]) -> int | Decimal | None:
    """Return the sum; a blank and what is no number count as 0, and all blank stays ``None``."""
    entered = [value for value in values if not is_blank(value)]
    return sum((amount(value) or 0 for value in entered), 0) if entered else None


def compared(
    own: Mapping[str, Figure], parts: Sequence[tuple[str, Mapping[str, Figure]]], keys: Iterable[str]
) -> tuple[Difference, ...]:
    """Return every cell where ``own`` is not the sum of the parts (name and figures); a blank counts as 0."""
    found = []
    for key in keys:
        value = own.get(key)
        total, said = sum_of(figures.get(key) for _, figures in parts), amount(value)
        if said == (total or 0):
            continue
        ranked = sorted(
            ((name, number) for name, figures in parts if (number := amount(figures.get(key)) or 0)),
            key=lambda part: -part[1],
        )
        gap = None if said is None else said - (total or 0)
        found.append(Difference(key, value, total, gap, tuple(ranked)))
    return tuple(found)
