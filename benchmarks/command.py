"""``xlreport check`` from the shell against the interpreter importing the two libraries it cannot do without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import xlreport
from benchmarks.timing import Ratio, compare
from xlreport.example import good


def measure(folder: Path) -> Ratio:
    """Return the wall time of the command against that of the bare imports."""
    path = folder / "example.xlsx"
    xlreport.write(good(), path)

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    return compare(
        "xlreport check, from the shell",
        lambda: run("-m", "xlreport.cli", "check", str(path)),
        "python -c 'import pydantic, python_calamine'",
        lambda: run("-c", "import pydantic, python_calamine"),
        3,
    )
