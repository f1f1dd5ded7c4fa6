"""Small forms made up for tests: nothing in the localisation may depend on a known table."""

from __future__ import annotations

from fractions import Fraction

from xlreport.form.balance import Balance, terms
from xlreport.form.declaration import Form, Record, Table, count, money, row
from xlreport.form.figures import Figure
from xlreport.form.rule import Rule
from xlreport.rules.balance import RESULTS


class Sums(Record):
    """Counts with their total, and amounts with theirs."""

    first: Figure = count("第一")
    second: Figure = count("第二")
    third: Figure = count("第三")
    total: Figure = count("合计")


class Costs(Record):
    """Amounts of money with their total."""

    wages: Figure = money("工资")
    rent: Figure = money("房租")
    total: Figure = money("合计")


class Sheet(Record):
    """Two rows of counts, their sum, and the costs."""

    north: Sums = row("北")
    south: Sums = row("南")
    both: Sums = row("两地")


class Money(Record):
    """One row of money."""

    year: Costs = row("全年")


def balance(left: str, right: str, rule: Rule = RESULTS) -> Balance:
    """Return the balance of two sides written as keys with spaces between."""
    return Balance(rule=rule, left=terms(*left.split()), right=terms(*right.split()))


FORM = Form(
    id="made-up",
    title="",
    notice="",
    tables=(
        Table(key="sheet", name="表", model=Sheet, layout="rows"),
        Table(key="money", name="表", model=Money, layout="rows"),
    ),
    sections=(),
    balances=(
        *(
            balance(
                f"sheet.{name}.total",
                " ".join(f"sheet.{name}.{part}" for part in ("first", "second", "third")),
            )
            for name in ("north", "south", "both")
        ),
        *(
            balance(f"sheet.both.{part}", f"sheet.north.{part} sheet.south.{part}")
            for part in ("first", "second", "third", "total")
        ),
        balance("money.year.total", "money.year.wages money.year.rent"),
    ),
)


def equations(*sides: tuple[str, str]) -> Form:
    """Return a form without tables that only has these balances."""
    return Form(
        id="bare",
        title="",
        notice="",
        tables=(),
        sections=(),
        balances=tuple(balance(*pair) for pair in sides),
    )


def rank(rows: list[dict[str, int]]) -> int:
    """Return the rank of a matrix given by its rows, exactly."""
    return len(pivots(rows))


def pivots(rows: list[dict[str, int]]) -> list[tuple[str, dict[str, Fraction]]]:
    """Return independent rows of the same span, each with a key that no later one holds."""
    left = [{key: Fraction(value) for key, value in line.items() if value} for line in rows]
    found = []
    while left:
        pivot = left.pop()
        if not pivot:
            continue
        key, value = next(iter(pivot.items()))
        found.append((key, pivot))
        for line in left:
            factor = line.get(key, Fraction(0)) / value
            for other, coefficient in pivot.items():
                line[other] = line.get(other, Fraction(0)) - factor * coefficient
            for other in [k for k, v in line.items() if not v]:
                del line[other]
    return found


def spans(found: list[tuple[str, dict[str, Fraction]]], row: dict[str, int]) -> bool:
    """Return whether a row is a sum of multiples of those ``pivots`` found."""
    left = {key: Fraction(value) for key, value in row.items()}
    for key, pivot in found:
        factor = left.get(key, Fraction(0)) / pivot[key]
        for other, coefficient in pivot.items() if factor else ():
            left[other] = left.get(other, Fraction(0)) - factor * coefficient
    return not any(left.values())
