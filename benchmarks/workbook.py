"""Reading and checking a workbook against a bare python-calamine read of the same file."""

from __future__ import annotations

from pathlib import Path

import python_calamine

import xlreport
from benchmarks.timing import Ratio, compare
from xlreport.example import good


def measure(folder: Path) -> Ratio:
    """Return read + check against loading the file and taking every sheet's values."""
    path = folder / "example.xlsx"
    xlreport.write(good(), path)

    def bare() -> None:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()

    return compare(
        "read + check a workbook",
        lambda: xlreport.check(xlreport.read(path)),
        "bare python-calamine read",
        bare,
        3,
        60,
    )
