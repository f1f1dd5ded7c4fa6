"""May this report be submitted? The document only while no error stands; a draft always, and marked as one."""

from __future__ import annotations

import time
from pathlib import Path

from xlreport.document import html
from xlreport.document.base import Base
from xlreport.document.docx import document, save, write_docx
from xlreport.document.draft import WORD, mark_as_draft
from xlreport.errors import BlockedError, OutputError
from xlreport.findings import Findings
from xlreport.output import refuse_to_overwrite
from xlreport.report import Report

#: No zip archive holds an earlier date, and python-docx asks the clock for it.
_EARLIEST = 1980


def write(report: Report, findings: Findings, path: Path, own: Base | None = None) -> None:
    """Write the submission document; raises ``BlockedError`` while an error stands, and then writes nothing."""
    _refuse_errors(findings)
    _refuse_target(path, own)
    write_docx(report, path, own)


def write_as_page(report: Report, findings: Findings, path: Path) -> None:
    """Write the report as a web page; raises ``BlockedError`` while an error stands, and then writes nothing."""
    _refuse_errors(findings)
    html.write_page(report, path)


def write_draft(report: Report, findings: Findings, path: Path, own: Base | None = None) -> None:
    """Write the document although errors stand, marked 草稿 and with their number on every page."""
    _refuse_target(path, own)
    made = document(report, own)
    mark_as_draft(made, _why_draft(findings))
    save(made, path)


def write_draft_page(report: Report, findings: Findings, path: Path) -> None:
    """Write the web page although errors stand, marked 草稿 and with their number on every page."""
    html.write_page(report, path, f"{WORD}（{_why_draft(findings)}）")


def _refuse_target(path: Path, own: Base | None) -> None:
    refuse_to_overwrite(path, own.path if own else None)
    if time.localtime().tm_year < _EARLIEST:
        problem = f"电脑的时钟早于 {_EARLIEST} 年，生成不了文档"
        raise OutputError(path, problem, "请校正系统日期和时间后再生成")


def _refuse_errors(findings: Findings) -> None:
    errors = len(findings.errors)
    if errors:
        raise BlockedError(
            f"审核结果中存在强制性审核类型错误，不生成上报文档（{errors} 处）；请用 xlreport check 查看，"
            "改正后再生成，或先生成草稿（--draft）。"
        )


def _why_draft(findings: Findings) -> str:
    errors = len(findings.errors)
    return f"强制性审核类型错误 {errors} 处，不作上报使用" if errors else "不作上报使用"
