"""Reading and checking a workbook against openpyxl, pandas and pandera doing the same equations on the same file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pandera.pandas as pa

import xlreport
from benchmarks.timing import Ratio, compare
from xlreport.example import good
from xlreport.form.balance import Balance
from xlreport.form.figures import Unit
from xlreport.workbook.layout import layout_of


def measure(folder: Path) -> Ratio:
    """Return read + check against loading the figures into a frame and validating it with a schema."""
    path = folder / "example.xlsx"
    xlreport.write(good(), path)
    schema, places = (
        _schema(),
        {
            key: (block.sheet, block.row, block.column)
            for key, block in layout_of(good().declaration).cells.items()
        },
    )

    def peer() -> None:
        workbook = openpyxl.load_workbook(path, data_only=True)
        figures = {
            key: workbook[sheet].cell(row, column).value for key, (sheet, row, column) in places.items()
        }
        schema.validate(pd.DataFrame([figures])[list(schema.columns)], lazy=True)

    return compare(
        "read + check a workbook",
        lambda: xlreport.check(xlreport.read(path)),
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

    return pa.Check(holds, name=f"{balance.rule}: {balance.about}")
