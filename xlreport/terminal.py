"""The list of the sheet 校验结果 as a table of text.

Of rich only the measuring of text is used (a Chinese character is two columns wide): its console takes as long to load as a check.
"""

from __future__ import annotations

import re
import shutil
import sys
from itertools import zip_longest

from rich.cells import cell_len, chop_cells, set_cell_size

from xlreport.findings import LEVEL_NAMES, Findings
from xlreport.printable import printable, printable_lines

#: What stands over the columns of ``rows``.
HEADINGS = ("序号", "级别", "规则", "位置", "说明")
#: Columns of text across where there is no terminal to ask, and the least that the last column keeps.
PLAIN_WIDTH, NARROWEST = 140, 30
#: The columns that give way in a narrow window, rule and place, and what is left of each.
_GIVING_WAY, _TIGHT = (3, 2), 10
_PIECES = re.compile(r"[A-Za-z0-9,.]+|.")


def print_findings(findings: Findings) -> None:
    """Print whose report it is, the findings as a table, and as the last line whether it passed."""
    print(printable(title(findings)))
    if findings.findings:
        # A pipe or a file has no width of its own; there a line may be long.
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PLAIN_WIDTH
        print("\n".join(_table(rows(findings), width)))
    for change in findings.changes:
        print(f"本单位的规则：{change}")
    print(verdict(findings))


def title(findings: Findings) -> str:
    """Return whose report of which year this is."""
    subject = findings.report
    return f"{subject.organisation or '（未填机关名称）'}　{subject.year or '（未填年度）'}年"


def verdict(findings: Findings) -> str:
    """Return the last line: passed or not, and how many findings of each level."""
    from xlreport.wording import counts

    outcome = "✓ 审核通过" if findings.passed else "✗ 审核不通过"
    return f"{outcome}（{counts(findings)}）"


def rows(findings: Findings) -> list[tuple[str, ...]]:
    """Return the findings as rows of text under ``HEADINGS``."""
    from xlreport import wording

    return [
        (
            str(number),
            LEVEL_NAMES[finding.level],
            line.rule,
            line.place,
            line.advice + (f"\n审核说明：{line.explanation}" if line.explanation else ""),
        )
        for number, (finding, line) in enumerate(zip(findings, wording.rows(findings), strict=True), 1)
    ]


def _table(lines: list[tuple[str, ...]], width: int) -> list[str]:
    """Return rows of text as the lines of a framed table; the last column takes what room is left, and wraps."""
    cells = [[printable_lines(cell).split("\n") for cell in row] for row in (HEADINGS, *lines)]
    widths = [max(cell_len(line) for row in cells for line in row[column]) for column in range(len(HEADINGS))]
    room = width - 3 * len(widths) - 1
    for column in _GIVING_WAY:
        missing = sum(widths[:-1]) + min(widths[-1], NARROWEST) - room
        widths[column] -= min(max(missing, 0), max(widths[column] - _TIGHT, 0))
    widths[-1] = max(min(widths[-1], room - sum(widths[:-1])), _TIGHT)
    drawn = [_rule("┌", "┬", "┐", widths)]
    for row in cells:
        wrapped = [
            [part for line in cell for part in _broken(line, room)]
            for cell, room in zip(row, widths, strict=True)
        ]
        for parts in zip_longest(*wrapped, fillvalue=""):
            drawn.append("│ " + " │ ".join(map(set_cell_size, parts, widths)) + " │")
        drawn.append(_rule("├", "┼", "┤", widths))
    return [*drawn[:-1], _rule("└", "┴", "┘", widths)]


def _broken(line: str, room: int) -> list[str]:
    """The line in parts of that width; numbers, addresses and words stay whole where they fit."""
    parts = [""]
    for piece in _PIECES.findall(line):
        if cell_len(parts[-1]) + cell_len(piece) <= room:
            parts[-1] += piece
        else:
            parts += chop_cells(piece, room)
    return parts if parts[0] or len(parts) == 1 else parts[1:]


def _rule(left: str, middle: str, right: str, widths: list[int]) -> str:
    return left + middle.join("─" * (room + 2) for room in widths) + right
