"""``xlreport check``: every rule against one report."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlreport
from xlreport.commands import arguments
from xlreport.findings import Findings
from xlreport.form.rule import Rule
from xlreport.office_file import office_file
from xlreport.printable import printable
from xlreport.report import Report


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "check", run, "审核一份年度报告")
    arguments.report_file(parser)
    arguments.previous_file(parser)
    arguments.office_rules(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="结果的格式，默认 text")
    parser.add_argument("--mark", metavar="OUT.xlsx", type=Path, help="另存一份工作簿，把问题标在单元格里")
    arguments.force(parser)


def run(options: argparse.Namespace) -> int:
    """Print the findings; return 0 if the report passed, else 1."""
    if options.mark:
        from xlreport.output import refuse_existing, refuse_to_overwrite
        from xlreport.workbook.marking import refuse_other_ending

        refuse_other_ending(options.mark)
        refuse_to_overwrite(options.mark, options.file, options.previous)
        if not options.force:
            refuse_existing(options.mark)
    report = xlreport.read(options.file)
    previous = xlreport.read(options.previous) if options.previous else None
    office = office_file(options.rules, options.file.parent)
    rules = office.for_form(report.form)
    findings = xlreport.check(report, previous, rules)
    for remark in report.remarks:
        print(f"读取说明：{printable(remark)}", file=sys.stderr)
    if office.remark:
        print(printable(office.remark), file=sys.stderr)
    if options.format == "json":
        _print_json(findings)
    else:
        from xlreport.terminal import print_findings

        print_findings(findings)
    if options.mark:
        for sentence in _mark(options.file, report, previous, findings, rules, options.mark):
            print(f"未能保留：{sentence}", file=sys.stderr)
        print(f"已标注：{options.mark}", file=sys.stderr)
    return 0 if findings.passed else 1


def _print_json(findings: Findings) -> None:
    """Write UTF-8 whatever the console's code page, since other programs read it."""
    import json

    text = json.dumps(findings.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    else:
        sys.stdout.write(text)


def _mark(
    file: Path,
    report: Report,
    previous: Report | None,
    findings: Findings,
    rules: Sequence[Rule],
    target: Path,
) -> list[str]:
    """Write the marked workbook; a report that came in another shape is put into a standard workbook first."""
    import tempfile

    from xlreport.workbook.marking import mark

    if report.places:
        return mark(file, findings, target)
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "report.xlsx"
        xlreport.write(report, workbook)
        return mark(workbook, xlreport.check(xlreport.read(workbook), previous, rules), target)
