"""Reading and checking a report against a bare python-calamine read of the workbook with the same figures."""

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

#: Different files that take turns: more than any cache of texts holds, so each is read as one never seen before.
FILES = 48
ROUNDS = 96
_FLOOR = "unzip and parse every part, keeping nothing"
PEER = "a bare python-calamine read"


def measure(folder: Path) -> list[Ratio]:
    """Return read + check, of files never seen and of a workbook seen before, against loading a workbook and taking every sheet's values."""
    made_reports.workbooks(folder / "unseen", FILES)
    made_reports.documents(folder / "unseen", FILES)
    made_reports.pages(folder / "unseen", FILES)
    unseen, documents, pages = (
        sorted((folder / "unseen").rglob(f"*.{ending}")) for ending in ("xlsx", "docx", "html")
    )
    # The first has an error.
    again = unseen[1:2]
    return [
        _ratio("read + check a workbook never seen before", checking(unseen), unseen, 3, _FLOOR),
        _ratio(
            "the same workbook again, its sentences known", lambda: _checked(again[0]), again, 1.8, _FLOOR
        ),
        _ratio("read + check a .docx document never seen before", checking(documents), unseen, 8),
        _ratio("read + check a page never seen before", checking(pages), unseen, 8),
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


def _ratio(
    name: str, ours: Callable[[], object], workbooks: list[Path], target: float, floor: str = ""
) -> Ratio:
    bare, least = cycle(workbooks), cycle(workbooks)
    lowest = Floor(floor, lambda: _unzipped(next(least))) if floor else None
    return compare(name, ours, PEER, lambda: _bare(next(bare)), target, ROUNDS, lowest)


def _bare(path: Path) -> None:
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()


def _unzipped(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            expat.ParserCreate().Parse(package.read(name), True)
