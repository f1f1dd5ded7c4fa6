"""Reading and checking a workbook against openpyxl, pandas and pandera doing the same equations on the same file."""

from __future__ import annotations

from contextlib import suppress
from itertools import cycle
from pathlib import Path

import openpyxl
import pandas as pd
import pandera.pandas as pa

from benchmarks import made_reports, read_and_check
from benchmarks.timing import Ratio, compare
from xlreport.example import good
from xlreport.form.balance import Balance
from xlreport.form.figures import Unit
from xlreport.workbook.layout import layout_of


def measure(folder: Path) -> Ratio:
    """Return read + check against loading the figures into a frame and validating it with a schema."""
    made_reports.workbooks(folder / "framed", read_and_check.FILES)
    paths = sorted((folder / "framed").rglob("*.xlsx"))
    turn = cycle(paths)
    schema, places = (
        _schema(),
        {
            key: (block.sheet, block.row, block.column)
            for key, block in layout_of(good().declaration).cells.items()
        },
    )

    def peer() -> None:
        book = openpyxl.load_workbook(next(turn), data_only=True)
        figures = {key: book[sheet].cell(row, column).value for key, (sheet, row, column) in places.items()}
        frame = pd.DataFrame([figures])[list(schema.columns)]
        # One in so many has an error, which both sides find.
        with suppress(pa.errors.SchemaErrors):
            schema.validate(frame, lazy=True)

    return compare(
        "read + check a workbook never seen before",
        read_and_check.checking(paths),
        "openpyxl + pandas + pandera, the same equations",
        peer,
        1 / 15,
        7,
    )


def _schema() -> pa.DataFrameSchema:
    """The form's kinds of figures and its balances within the year as a schema of one row, a column per cell."""
    form = good().declaration
    columns = {
        key: pa.Column(float if cell.unit is Unit.MONEY else int, pa.Check.ge(0), coerce=True)
        for key, cell in form.cells.items()
    }
    balances = [balance for balance in form.balances if all(key in form.cells for key in balance.keys)]
    return pa.DataFrameSchema(columns, checks=[_equation(balance) for balance in balances])


def _equation(balance: Balance) -> pa.Check:
    left, right = ([term.key for term in side] for side in (balance.left, balance.right))

    def holds(frame: pd.DataFrame) -> pd.Series:
        sums = frame[left].sum(axis=1), frame[right].sum(axis=1)
        return sums[0] == sums[1] if balance.relation == "=" else sums[0] <= sums[1]

    return pa.Check(holds, name=f"{balance.rule.id}: {balance.about}")
