"""Written workbooks, edited afterwards: as a person does it in a spreadsheet program, or part by part in the zip."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.samples import complete, published
from tests.workbook.parts import sheet_parts
from xlreport.report import Report
from xlreport.sources.files import content_of
from xlreport.workbook.opening import sheets_in
from xlreport.workbook.reader import report_from
from xlreport.workbook.writer import fill, write


def sample() -> Report:
    """Return a complete report that carries last year's."""
    report = complete("suqian-2024")
    report.level = "市（地）级"
    report.title = report.full_title
    report.headings = {"overview": (0, 2)}
    report.previous = published("suqian-2023")
    return report


@cache
def _sample_workbook() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.xlsx"
        write(sample(), path)
        return path.read_bytes()


def written(path: Path) -> Path:
    """Write the sample to ``path``, and return that; it is drawn once for all tests."""
    path.write_bytes(_sample_workbook())
    return path


def edited(path: Path, edit: Callable[[Workbook], object], report: Report | None = None) -> Path:
    """Write the workbook of a report (the sample), edited, to ``path``, as openpyxl saves it, and return ``path``."""
    book = fill(report or sample())
    edit(book)
    book.save(path)
    return path


def read_workbook(path: Path) -> Report:
    """Return the report in a standard workbook; what is none is refused, where ``xlreport.read`` would look for tables anywhere."""
    return report_from(sheets_in(path, content_of(path)))


def repacked(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """Pass every part of the zip through ``change`` (name, content); a part for which it returns ``None`` is dropped."""
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            kept = change(name, content)
            if kept is not None:
                package.writestr(*kept)
    return path


def part_of(path: Path, title: str) -> str:
    """Return the zip's part that holds a sheet."""
    return sheet_parts(path)[title]


def with_sheet_xml(path: Path, title: str, change: Callable[[bytes], bytes]) -> Path:
    """Change the XML of one sheet."""
    part = part_of(path, title)
    return repacked(path, lambda name, content: (name, change(content) if name == part else content))


def unmerged(sheet: Any) -> Any:
    """Take a sheet's merged cells apart, and return it: openpyxl would leave them where they were, over other cells than before."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    return sheet
