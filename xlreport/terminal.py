"""Findings as a table of text: the list of the sheet 校验结果, drawn on the terminal.

A report without findings needs no table, and does not wait for rich to load.
"""

from __future__ import annotations

from xlreport.findings import LEVEL_NAMES, Findings
from xlreport.printable import printable, printable_lines

#: Width where the output is no terminal (a pipe, a file): wide enough for a line a finding, mostly.
PLAIN_WIDTH = 140
#: What stands over the columns of ``rows``.
HEADINGS = ("序号", "级别", "规则", "位置", "说明")


def print_findings(findings: Findings) -> None:
    """Print whose report it is, the findings as a table, and as the last line whether it passed."""
    print(printable(title(findings)))
    if findings.findings:
        _print_table(findings)
    print(verdict(findings))


def title(findings: Findings) -> str:
    """Return whose report of which year this is."""
    subject = findings.report
    return f"{subject.organisation or '（未填机关名称）'}　{subject.year or '（未填年度）'}年"


def verdict(findings: Findings) -> str:
    """Return the last line: passed or not, and how many findings of each level."""
    errors, warnings = len(findings.errors), len(findings.warnings)
    outcome = "✓ 审核通过" if findings.passed else "✗ 审核不通过"
    return f"{outcome}（强制性 {errors} 处，提示性 {warnings} 处；共审核 {findings.checked} 项）"


def rows(findings: Findings) -> list[tuple[str, ...]]:
    """Return the findings as rows of text under ``HEADINGS``."""
    from xlreport.workbook.marks import marks_of

    return [
        (
            str(number),
            LEVEL_NAMES[finding.level],
            line.rule,
            line.place,
            line.advice + (f"\n审核说明：{line.explanation}" if line.explanation else ""),
        )
        for number, (finding, line) in enumerate(
            zip(findings, marks_of(findings).results.rows, strict=True), 1
        )
    ]


def _print_table(findings: Findings) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PLAIN_WIDTH)
    table = Table(show_lines=True)
    for heading in HEADINGS:
        table.add_column(heading, overflow="fold")
    for finding, cells in zip(findings, rows(findings), strict=True):
        number, level, *others = map(Text, map(printable_lines, cells))
        level.stylize("red" if finding.level == "error" else "yellow")
        table.add_row(number, level, *others)
    console.print(table)
