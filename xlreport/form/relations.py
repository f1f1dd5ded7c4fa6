"""Builders of balances that follow from a table's structure, so that a form states each relation once."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.form.balance import Balance, Term, terms
from xlreport.form.declaration import PREVIOUS, Table, rows_of, short
from xlreport.form.rule import Rule


def column_sums(rule: Rule, table: Table, left: tuple[str, ...], right: tuple[str, ...]) -> Iterator[Balance]:
    """Yield, for each column, Σ rows under ``left`` = Σ rows under ``right``.

    A key that names a group stands for all rows below it except its own total and the rows on the other side.
    """
    rows = rows_of(table.tree)
    for column in (leaf for node in rows[0].children for leaf in node.leaves()):
        name = column.key.rpartition(".")[2]
        yield Balance(
            rule=rule,
            left=terms(*(f"{row.key}.{name}" for row in rows if _within(row.key, left, right))),
            right=terms(*(f"{row.key}.{name}" for row in rows if _within(row.key, right, left))),
            about=short(column.label),
        )


def every_row_adds_up(rule: Rule, table: Table) -> Iterator[Balance]:
    """Yield, for each record with a total, total = Σ of its other figures."""
    for row in rows_of(table.tree):
        keys = [leaf.key for node in row.children for leaf in node.leaves()]
        total = next(key for key in keys if key.endswith(".total"))
        parts = [key for key in keys if key != total]
        yield Balance(rule=rule, left=terms(total), right=terms(*parts), about=short(row.label))


def carried_over(rule: Rule, table: Table, into: str, out: str) -> Iterator[Balance]:
    """Yield, for each column, what came in from last year = what last year's report carried out."""
    row = next(row for row in rows_of(table.tree) if row.key == into)
    for column in (leaf for node in row.children for leaf in node.leaves()):
        name = column.key.rpartition(".")[2]
        yield Balance(
            rule=rule,
            left=(Term(column.key),),
            right=(Term(f"{PREVIOUS}{out}.{name}"),),
            about=short(column.label),
        )


def in_force(stock: Rule, bound: Rule, table: Table, row: str) -> Iterator[Balance]:
    """Yield what holds of documents in force for one row: the ``stock`` from year to year, and the ``bound`` of what came and went."""
    label = next(node.label for node in rows_of(table.tree) if node.key == row)
    last, now, issued, repealed = (
        f"{PREVIOUS}{row}.in_force",
        f"{row}.in_force",
        f"{row}.issued",
        f"{row}.repealed",
    )
    yield Balance(rule=stock, left=terms(now), right=terms(last, issued, f"-{repealed}"), about=short(label))
    yield Balance(rule=bound, left=terms(issued), right=terms(now), relation="<=", about=short(label))
    yield Balance(
        rule=bound,
        left=terms(repealed),
        right=terms(last, issued),
        relation="<=",
        about=short(label),
    )


def _within(key: str, side: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return key not in other and any(key == part or key.startswith(part + ".") for part in side)
