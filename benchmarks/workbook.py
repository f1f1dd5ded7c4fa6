"""Reading and checking a workbook against a bare python-calamine read of the same file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from xml.parsers import expat

import python_calamine

import xlreport
from benchmarks import made_reports
from benchmarks.timing import Floor, Ratio, compare
from xlreport.rules.text.tokens import scan

#: Different workbooks that take turns: more than any cache of texts holds, so each is read as one never seen before.
WORKBOOKS = 48
ROUNDS = 96
PEER = "a bare python-calamine read"


def measure(folder: Path) -> list[Ratio]:
    """Return read + check, of workbooks never seen and of one seen before, against loading the file and taking every sheet's values."""
    made_reports.workbooks(folder / "unseen", WORKBOOKS)
    unseen = sorted((folder / "unseen").rglob("*.xlsx"))
    # The first has an error.
    again = unseen[1:2]
    return [
        _ratio("read + check a workbook never seen before", checking(unseen), unseen),
        _ratio("the same workbook again, its sentences known", lambda: _checked(again[0]), again),
    ]


def checking(paths: list[Path]) -> Callable[[], object]:
    """Return a call that reads and checks the next of these workbooks, as one whose sentences were never read."""
    turn = cycle(paths)

    def check() -> object:
        # The made workbooks share sentences, as those of real offices do not.
        scan.cache_clear()
        return _checked(next(turn))

    return check


def _checked(path: Path) -> object:
    return xlreport.check(xlreport.read(path))


def _ratio(name: str, ours: Callable[[], object], paths: list[Path]) -> Ratio:
    bare, least = cycle(paths), cycle(paths)
    floor = Floor("unzip and parse every part, keeping nothing", lambda: _unzipped(next(least)))
    return compare(name, ours, PEER, lambda: _bare(next(bare)), 2, ROUNDS, floor)


def _bare(path: Path) -> None:
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()


def _unzipped(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            expat.ParserCreate().Parse(package.read(name), True)
