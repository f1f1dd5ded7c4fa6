"""What a summary line should show, worked out without a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlreport.form.figures import Figure, is_blank
from xlreport.workbook.formulas import ERROR, HOLDS, NOTHING_ENTERED, WARNING


def unread(report_figures: Mapping[str, Figure], table: str) -> int:
    """Return how many cells of a table hold what is neither a number nor a mark for blank."""
    figures = (value for key, value in report_figures.items() if key.startswith(f"{table}."))
    return sum(isinstance(value, str) and not is_blank(value) for value in figures)


def summary_text(filled: Iterable[bool], texts: Iterable[str], not_numbers: int = 0) -> str:
    """Return what a summary line shows for tables that are filled or not, with these texts in their check cells.

    ``not_numbers`` of their cells hold something else.
    """
    marks, tables = [text[:1] for text in texts], list(filled)
    if not any(tables):
        return NOTHING_ENTERED
    bad, doubtful, good = marks.count(ERROR), marks.count(WARNING), marks.count(HOLDS)
    if bad:
        text = f"{ERROR} {bad} 项不平衡，见标 {ERROR} 处"
        text += f"；另有 {doubtful} 项需核实，见标 {WARNING} 处" if doubtful else ""
    elif not_numbers:
        text = f"{ERROR} 有 {not_numbers} 格不是数字"
    elif doubtful:
        text = f"{WARNING} {doubtful} 项需核实，见标 {WARNING} 处"
    else:
        text = f"{HOLDS} 平衡（{good} 项）" if good else "已填写"
    empty = tables.count(False)
    return text + (f"；还有 {empty} 张表未填写" if empty else "")
