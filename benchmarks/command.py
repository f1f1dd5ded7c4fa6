"""``xlreport check`` from the shell against the interpreter importing the two libraries it cannot do without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import xlreport
from benchmarks.timing import Floor, Ratio, compare
from xlreport.example import good

_ONE_MODEL = "import python_calamine; from pydantic import BaseModel; type('M', (BaseModel,), {'model_config': {'defer_build': True}})"


def measure(folder: Path) -> Ratio:
    """Return the wall time of the command against that of the bare imports."""
    path = folder / "example.xlsx"
    xlreport.write(good(), path)

    # Installed packages come compiled: a setting that keeps Python from storing what it compiled would be measured instead.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=surroundings)

    return compare(
        "xlreport check, from the shell",
        lambda: run("-m", "xlreport.cli", "check", str(path)),
        "python -c 'import pydantic, python_calamine'",
        lambda: run("-c", "import pydantic, python_calamine"),
        2.5,
        floor=Floor("start Python, import both, declare one pydantic model", lambda: run("-c", _ONE_MODEL)),
    )
