"""May this report be submitted? The document only while no error stands; a draft always, and marked as one."""

from __future__ import annotations

from pathlib import Path

from xlreport.document.docx import document, save, write_docx
from xlreport.document.draft import mark_as_draft
from xlreport.errors import BlockedError
from xlreport.findings import Findings
from xlreport.output import refuse_to_overwrite
from xlreport.report import Report


def write(report: Report, findings: Findings, path: Path, style: Path | None = None) -> None:
    """Write the submission document; raises ``BlockedError`` while an error stands, and then writes nothing."""
    errors = len(findings.errors)
    if errors:
        raise BlockedError(
            f"审核结果中存在强制性审核类型错误，不生成上报文档（{errors} 处）；请按审核结果改正后再生成，"
            "或先生成草稿（--draft）。"
        )
    refuse_to_overwrite(path, style)
    write_docx(report, path, style=style)


def write_draft(report: Report, findings: Findings, path: Path, style: Path | None = None) -> None:
    """Write the document although errors stand, marked 草稿 and with their number on every page."""
    refuse_to_overwrite(path, style)
    made = document(report, style)
    errors = len(findings.errors)
    mark_as_draft(made, f"强制性审核类型错误 {errors} 处，不作上报使用" if errors else "不作上报使用")
    save(made, path)
