"""What the standard workbook stores in its cells: each figure as a cell can hold it, and beside each formula what it comes to. Pure.

A program that does not calculate (the Protected View of a mailed file, a preview, a reader of values) shows what is stored and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from xlreport.form.figures import Figure, is_blank, parse_figure
from xlreport.form.usual_sentences import words_of
from xlreport.printable import holdable
from xlreport.report import usual_title
from xlreport.rules.rule import Evidence
from xlreport.workbook.check_lines import ERROR, WARNING, CheckLine, CheckLines, lines_of
from xlreport.workbook.entries import typed_figure
from xlreport.workbook.formulas import (
    ALL_HOLDS,
    DOUBTFUL,
    ENTERED,
    HOLDS,
    LONGEST_SIDES,
    NOT_WRITTEN,
    NOTHING_ENTERED,
    PARTLY_ENTERED,
    UNREAD,
    WRONG,
    check_text,
)
from xlreport.workbook.layout import Block, Layout, TablePlace, panel
from xlreport.workbook.room import line_over, said_over

#: What a cell holds.
Value: TypeAlias = int | float | str

#: Significant digits that a spreadsheet keeps of a number.
_DIGITS = 15


def held(figure: Figure) -> Value | None:
    """Return the figure as a cell can hold it: a number as text where it has more digits than a spreadsheet keeps."""
    if figure is None or isinstance(figure, str):
        return holdable(figure or "") or None
    try:
        near = float(figure)
    except OverflowError:
        return str(figure)
    if Decimal(f"{near:.{_DIGITS}g}") != figure or parse_figure(near) != figure:
        return format(figure, "f") if isinstance(figure, Decimal) else str(figure)
    return figure if isinstance(figure, int) else near


def stored_values(layout: Layout, evidence: Evidence) -> dict[Block, Value]:
    """Return what each formula of the standard workbook comes to, by its cell, where the figures of ``evidence`` are entered."""
    seen = as_entered(evidence)
    values: dict[Block, Value] = {layout.fields["title"]: _title(layout, evidence)}
    for place in (*layout.tables, *layout.previous):
        keys = (place.prefix + key for key in place.grid.figures)
        values[place.filled] = sum(seen.figures.get(key) is not None for key in keys)
    summaries = panel(layout.form, 2)
    texts = []
    for number, place in enumerate(layout.tables):
        values |= _table(place, lines_of(place, layout), seen)
        assert place.summary is not None
        texts.append(str(values[place.summary]))
        row = summaries.row + number
        values[summaries._replace(row=row, last_row=row)] = texts[-1]
    for row, section in enumerate(layout.form.text_sections, summaries.last_row + 1):
        values[summaries._replace(row=row, last_row=row)] = _length(evidence.report.text(section.content))
    values[layout.summary] = _overall(layout, texts)
    for content, block in layout.texts.items():
        values[line_over(block)] = said_over(layout.form, content, block)
    fields = {"organisation": holdable(evidence.report.organisation), "year": str(evidence.report.year or "")}
    for cell, template in layout.sentences.items():
        values[cell] = words_of(template, seen.figures, fields)
    return values


def as_entered(evidence: Evidence) -> Evidence:
    """Return the evidence as a workbook gives it back in whose cells its figures stand."""
    figures = {key: parse_figure(typed_figure(held(figure))) for key, figure in evidence.figures.items()}
    return Evidence(evidence.report, evidence.previous, evidence.form, figures, evidence.beside)


def _title(layout: Layout, evidence: Evidence) -> str:
    name, year = holdable(evidence.report.organisation), evidence.report.year
    return usual_title(layout.form, name, year) if name and year else ""


def _length(text: str) -> str:
    """Return how long a text is, a paragraph a cell; a spreadsheet counts in units of UTF-16."""
    lines = [line for line in map(holdable, text.splitlines()) if line]
    length = sum(len(line.encode("utf-16-le", "surrogatepass")) // 2 for line in lines)
    return f"{length} 字，{len(lines)} 段" if lines else NOT_WRITTEN


def _table(place: TablePlace, lines: CheckLines, evidence: Evidence) -> Iterator[tuple[Block, str]]:
    """Yield what stands in the check cells of a table, in the cells beside them, and in its summary."""
    checks = {check.place: check_text(check.balance, check.balance.rule, evidence) for check in place.checks}
    yield from checks.items()
    corners = {(block.row, block.column): text for block, text in checks.items()}
    told = {line.place: _told(line, lines, corners) for line in lines.lines}
    odd = sum(_is_unread(evidence.figures.get(key)) for key in place.grid.figures)
    told[lines.unread] = f"{odd}{UNREAD}" if odd else ""
    yield from told.items()
    bad = [told[lines.unread], *(told[line.place] for line in lines.lines if line.mark == ERROR)]
    doubtful = [told[line.place] for line in lines.lines if line.mark == WARNING]
    problems = _joined(ERROR, bad) or _joined(WARNING, doubtful)
    yield lines.problems, problems
    assert place.summary is not None
    yield place.summary, _summary(place, evidence, problems, list(checks.values()).count(HOLDS))


def _told(line: CheckLine, lines: CheckLines, texts: dict[tuple[int, int], str]) -> str:
    """Return what names the first check cell of a line that does not hold."""
    block, labels = line.cells, lines.labels[line.labels]
    spots = [
        (row, column)
        for row in range(block.row, block.last_row + 1)
        for column in range(block.column, block.last_column + 1)
    ]
    found = [
        (label, texts[spot][2:])
        for label, spot in zip(labels, spots, strict=True)
        if texts.get(spot, "").startswith(line.mark)
    ]
    if not found:
        return ""
    label, sides = found[0]
    more = f"等{len(found)}处" if len(found) > 1 else ""
    return f"{label}：{sides[:LONGEST_SIDES]}{more}（{line.heading}）"


def _is_unread(figure: Figure) -> bool:
    return isinstance(figure, str) and not is_blank(figure)


def _joined(mark: str, told: list[str]) -> str:
    words = "；".join(filter(None, told))
    return f"{mark} {words}" if words else ""


def _summary(place: TablePlace, evidence: Evidence, problems: str, good: int) -> str:
    if not evidence.filled(place.table.key):
        return NOTHING_ENTERED
    return problems or (f"{HOLDS} 平衡（{good} 项）" if good else ENTERED)


def _overall(layout: Layout, summaries: list[str]) -> str:
    for mark, word in ((ERROR, WRONG), (WARNING, DOUBTFUL)):
        for place, text in zip(layout.tables, summaries, strict=True):
            if text.startswith(mark):
                return f"{mark} {place.table.name}{word}"
    empty = summaries.count(NOTHING_ENTERED)
    return {0: f"{HOLDS} {ALL_HOLDS}", len(summaries): NOTHING_ENTERED}.get(empty, PARTLY_ENTERED)
