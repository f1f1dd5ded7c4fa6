"""Which writer a file name asks for. The writers are imported only when one is used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from xlreport.checking import check
from xlreport.errors import OutputError
from xlreport.output import write_bytes
from xlreport.report import Report

Writer: TypeAlias = Callable[[Report, Path], None]


def writer_for(target: Path) -> Writer:
    """Return the writer for the ending of ``target``; raises ``OutputError`` for an ending that none writes."""
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        problem = f"不能生成“{target.suffix}”格式" if target.suffix else "没有扩展名，不知道要生成什么格式"
        raise OutputError(target, problem, f"扩展名可用 {'、'.join(_WRITERS)}")
    return writer


def write_json(report: Report, target: Path) -> None:
    """Write the report's own JSON, UTF-8, with the names of its fields."""
    write_bytes(target, (report.model_dump_json(indent=2) + "\n").encode())


def write_workbook(report: Report, target: Path) -> None:
    """Write the standard workbook filled with the report."""
    from xlreport.workbook.writer import write

    write(report, target)


def write_document(report: Report, target: Path) -> None:
    """Write the submission document; raises ``BlockedError`` while an error stands."""
    from xlreport.document import submission

    submission.write(report, check(report), target)


def write_page(report: Report, target: Path) -> None:
    """Write the report as a web page; raises ``BlockedError`` while an error stands."""
    from xlreport.document import submission

    submission.write_as_page(report, check(report), target)


_WRITERS: dict[str, Writer] = {
    ".docx": write_document,
    ".html": write_page,
    ".htm": write_page,
    ".xlsx": write_workbook,
    ".json": write_json,
}
