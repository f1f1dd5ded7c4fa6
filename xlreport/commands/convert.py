"""``xlreport convert``: a report into another shape; the output's ending decides."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import xlreport
from xlreport.commands import arguments
from xlreport.errors import OutputError
from xlreport.office_file import office_file
from xlreport.output import refuse_existing, refuse_to_overwrite
from xlreport.printable import printable
from xlreport.report import Report
from xlreport.writing import writer_for


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(
        commands, "convert", run, "生成上报文档（.docx）或网页（.html），或转成 .xlsx、.json"
    )
    arguments.report_file(parser)
    parser.add_argument(
        "out", metavar="OUT", type=Path, help="输出文件；扩展名决定格式：.docx、.html、.xlsx、.json"
    )
    parser.add_argument(
        "--draft", action="store_true", help="有强制性错误也生成，每页标“草稿”（.docx、.html）"
    )
    parser.add_argument("--style", metavar="BASE.docx", type=Path, help="套用这份文档的样式（.docx）")
    parser.add_argument(
        "--style-sample",
        metavar="OUT.docx",
        type=Path,
        action=_Sample,
        help="只写一份样式样本，改好后给 --style 用；不用给 FILE 和 OUT",
    )
    arguments.office_rules(parser)
    arguments.force(parser)


class _Sample(argparse.Action):
    """Writes a document with all styles and ends, as --version does."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        from xlreport.document.docx import save
        from xlreport.document.sample import style_sample

        out: Path = values
        if out.suffix.lower() != ".docx":
            raise OutputError(out, "样式样本只能存为 .docx", "请把扩展名改为 .docx")
        if out.exists():
            raise OutputError(out, "文件已存在", "请换一个文件名")
        save(style_sample(), out)
        print(f"已生成：{out}")
        parser.exit()


def run(options: argparse.Namespace) -> int:
    """Write the output; return 0, or raise ``BlockedError`` (status 1) where errors stand."""
    out: Path = options.out
    write = writer_for(out)
    document, page = out.suffix.lower() == ".docx", out.suffix.lower() in (".html", ".htm")
    if options.style and not document:
        raise OutputError(out, "--style 只用于 .docx")
    if options.draft and not (document or page):
        raise OutputError(out, "--draft 只用于 .docx 和 .html")
    refuse_to_overwrite(out, options.file, options.style)
    if not options.force:
        refuse_existing(out)
    report = xlreport.read(options.file)
    for remark in report.remarks:
        print(f"读取说明：{printable(remark)}", file=sys.stderr)
    if document or page:
        _write_submission(report, options, document)
    else:
        write(report, out)
    print(f"已生成：{out}")
    return 0


def _write_submission(report: Report, options: argparse.Namespace, document: bool) -> None:
    """Write the document or the page, as far as the form's rules and the office's allow."""
    from xlreport.document import submission
    from xlreport.document.base import emptied

    office = office_file(options.rules, options.file.parent)
    if office.remark:
        print(printable(office.remark), file=sys.stderr)
    findings = xlreport.check(report, rules=office.for_form(report.form))
    if not document:
        issue_page = submission.write_draft_page if options.draft else submission.write_as_page
        issue_page(report, findings, options.out)
        return
    own = emptied(options.style) if options.style else None
    issue = submission.write_draft if options.draft else submission.write
    issue(report, findings, options.out, own)
    if own and own.left_out:
        left_out = "、".join(own.left_out)
        print(f"套用样式说明：{printable(str(options.style))} 里的{left_out}没有带过来", file=sys.stderr)
