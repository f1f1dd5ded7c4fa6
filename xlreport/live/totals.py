"""Totals that follow from what is filled in, by the declared balances. Pure: figures in, figures out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlreport.form.balance import Balance, Number
from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.figures import Figure, amount, is_blank


def blank_totals(form: Form, figures: Mapping[str, Figure]) -> dict[str, Number]:
    """Return the value of each total in which nothing is entered, by key.

    A total is the single cell on one side of an equation within the year. It is left out where none of its parts is entered, where a
    part is no number, and where two equations come to different values: then the parts are wrong, and which one only the office knows.
    """
    known: dict[str, Figure] = dict(figures)
    found: dict[str, Number] = {}
    disputed: set[str] = set()
    while True:
        proposed: dict[str, set[Number]] = {}
        waiting = _open(form, known)
        for balance in _sums(form):
            total = balance.left[0].key
            if known[total] is None and total not in disputed:
                value = _sum(balance, known, waiting)
                if value is not None:
                    proposed.setdefault(total, set()).add(value)
        disputed |= {key for key, values in proposed.items() if len(values) > 1}
        settled = {key: values.pop() for key, values in proposed.items() if len(values) == 1}
        if not settled:
            return found
        found |= settled
        known |= settled


def _sums(form: Form) -> Iterator[Balance]:
    for balance in form.balances:
        within = not any(key.startswith(PREVIOUS) for key in balance.keys)
        if balance.relation == "=" and len(balance.left) == 1 and len(balance.right) > 1 and within:
            yield balance


def _open(form: Form, known: Mapping[str, Figure]) -> set[str]:
    """Blank totals that may still be found; a sum over one of them has to wait. Without any part entered, a total stays blank."""
    parts: dict[str, set[str]] = {}
    for balance in _sums(form):
        parts.setdefault(balance.left[0].key, set()).update(term.key for term in balance.right)
    blank = {total for total in parts if known[total] is None}
    found: set[str] = set()
    while more := {
        total
        for total in blank - found
        if any(part in found or not is_blank(known[part]) for part in parts[total])
    }:
        found |= more
    return found


def _sum(balance: Balance, known: Mapping[str, Figure], waiting: set[str]) -> Number | None:
    parts = [(known[term.key], term) for term in balance.right]
    if all(is_blank(value) for value, _ in parts) or any(term.key in waiting for _, term in parts):
        return None
    total: Number = 0
    for value, term in parts:
        number = amount(value)
        if number is None:
            return None
        total += term.factor * number
    return total * balance.left[0].factor
