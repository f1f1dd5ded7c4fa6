"""Findings as a table on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xlreport.findings import LEVEL_NAMES, Finding, Findings
from xlreport.form.declaration import Form
from xlreport.rules.catalogue import RULES

#: Places named in full in one row of the table; a finding about more cells says how many there are.
PLACES_SHOWN = 4
#: Width where the output is no terminal (a pipe, a file): wide enough for a line a finding, mostly.
PLAIN_WIDTH = 140
#: What stands over the columns of ``row``.
HEADINGS = ("序号", "级别", "规则", "位置", "说明")


def print_findings(findings: Findings, form: Form) -> None:
    """Print the findings as a table, and as the last line whether the report passed."""
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PLAIN_WIDTH)
    console.print(Text(title(findings), style="bold"))
    if findings.findings:
        table = Table(show_lines=True)
        for heading in HEADINGS:
            table.add_column(heading, overflow="fold")
        for position, finding in enumerate(findings.findings, 1):
            table.add_row(*row(position, finding, form))
        console.print(table)
    console.print(verdict(findings))


def title(findings: Findings) -> str:
    """Return whose report of which year this is."""
    subject = findings.report
    return f"{subject.organisation or '（未填机关名称）'}　{subject.year or '（未填年度）'}年"


def verdict(findings: Findings) -> Text:
    """Return the last line: passed or not, and how many findings of each level."""
    errors, warnings = len(findings.errors), len(findings.warnings)
    count = f"强制性 {errors} 处，提示性 {warnings} 处；共审核 {findings.checked} 项"
    if findings.passed:
        return Text(f"✓ 审核通过（{count}）", style="bold green")
    return Text(f"✗ 审核不通过（{count}）", style="bold red")


def row(position: int, finding: Finding, form: Form) -> tuple[Text, ...]:
    """Return a finding as the cells of one row, under ``HEADINGS``."""
    rule = RULES[finding.rule]
    places = finding.where or tuple(form.label(key) for key in finding.cells)
    where = "\n".join(places[:PLACES_SHOWN]) + (
        f"\n等 {len(places)} 格" if len(places) > PLACES_SHOWN else ""
    )
    message = finding.message + (f"\n审核说明：{finding.explanation}" if finding.explanation else "")
    style = "red" if finding.level == "error" else "yellow"
    return (
        Text(str(position)),
        Text(LEVEL_NAMES[finding.level], style=style),
        Text(rule.title),
        Text(where),
        Text(message),
    )
