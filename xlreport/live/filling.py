"""The buttons that fill in figures: totals, zeros, and numbers that stand as text. Each says what it did, or asks before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from xlreport.form.balance import plain
from xlreport.form.declaration import PREVIOUS, Table
from xlreport.form.figures import Figure, intended_number, is_blank
from xlreport.live.accepted import formula_in
from xlreport.live.dialogs import agrees
from xlreport.live.failing import button
from xlreport.live.figures import write_figures
from xlreport.live.open_report import read_live
from xlreport.live.pen.marked import mark_again
from xlreport.live.places import cell_at
from xlreport.live.proposing import named
from xlreport.live.protection import refuse_unwritable
from xlreport.live.session import working
from xlreport.live.totals import blank_totals
from xlreport.report import Report

if TYPE_CHECKING:
    import xlwings as xw

#: Cells that a message box has room for.
_SHOWN = 20


@button
def fill_totals(book: xw.Book) -> str:
    """Fill the totals in which nothing is entered."""
    refuse_unwritable(book)
    with working(book, "正在计算合计…"):
        report = read_live(book)
        totals = blank_totals(report.declaration, report.figures())
        totals = {key: value for key, value in totals.items() if key in report.places}
        write_figures(book, report.places, totals)
    if not totals:
        return "没有可以填的空白合计。"
    lines = _listed(f"{_where(report, key)}：{plain(value)}" for key, value in totals.items())
    return "\n".join([f"已填 {len(totals)} 个合计，原有的数没有改动：", *lines])


@button
def texts_to_numbers(book: xw.Book) -> str | None:
    """Make numbers of the figures that stand as text and are clear, if the user agrees."""
    refuse_unwritable(book)
    with working(book, "正在查找…"):
        report = read_live(book)
        texts = {key: value for key, value in _figures(report).items() if isinstance(value, str)}
        meant = {key: intended_number(value) for key, value in texts.items()}
        numbers = {
            key: number
            for key, number in meant.items()
            if number is not None and not formula_in(cell_at(book, report.places[key]))
        }
    if not numbers:
        return "没有可以转成数字的文本。"
    lines = _listed(
        f"{_where(report, key)}：“{texts[key]}”→ {plain(value)}" for key, value in numbers.items()
    )
    question = "\n".join([f"有 {len(numbers)} 格的数是文本，要改成数字吗？", *lines])
    if not agrees(book.app, question):
        return None
    return _written(book, report, numbers, f"已改 {len(numbers)} 格。")


@button
def fill_zeros(book: xw.Book) -> str | None:
    """Write 0 into the blank cells of each table for which the user agrees; totals that come to more are left."""
    refuse_unwritable(book)
    with working(book, "正在查找…"):
        report = read_live(book)
        blanks = {table.key: _blanks(book, report, table) for table in report.declaration.tables}
    zeros: dict[str, Figure] = {}
    for table in report.declaration.tables:
        keys = blanks[table.key]
        if keys and agrees(book.app, _about_zeros(report, table, keys)):
            zeros |= dict.fromkeys(keys, 0)
    if not any(blanks.values()):
        return "没有空白格。"
    if not zeros:
        return None
    left = sum(value != 0 for value in blank_totals(report.declaration, report.figures() | zeros).values())
    said = f"已在 {len(zeros)} 格填 0。" + (f"还有 {left} 个合计没有填，请点“填合计”。" if left else "")
    return _written(book, report, zeros, said)


def _about_zeros(report: Report, table: Table, keys: list[str]) -> str:
    lines = _listed(_where(report, key) for key in keys)
    if len(keys) == len(table.cells):
        return f"{table.name}一个数也没有填。确实全部没有发生，都填 0 吗？"
    return "\n".join([f"{table.name}有 {len(keys)} 格空白或填“/”，确实没有发生，都填 0 吗？", *lines])


def _blanks(book: xw.Book, report: Report, table: Table) -> list[str]:
    """The table's blank cells, without totals that come to something else than 0."""
    figures, form = report.figures(), report.declaration
    blank = [cell.key for cell in table.cells if is_blank(figures[cell.key]) and cell.key in report.places]
    # What stands as “/” is no blank to a total, but is one here.
    totals = blank_totals(form, {**figures, **dict.fromkeys(blank)})
    return [key for key in blank if not totals.get(key) and not formula_in(cell_at(book, report.places[key]))]


def _written(book: xw.Book, before: Report, values: Mapping[str, Figure], said: str) -> str:
    """Write what was agreed to, unless the figures have changed while the question was shown."""
    with working(book, "正在填写…"):
        if read_live(book).figures() != before.figures():
            return "工作簿里的数已经变化，没有改动。请再点一次。"
        write_figures(book, before.places, values)
        mark_again(book)
    return said


def _figures(report: Report) -> dict[str, Figure]:
    """This year's figures and those of last year that the workbook has, by key."""
    figures = dict(report.figures())
    if report.previous is not None:
        figures |= {PREVIOUS + key: value for key, value in report.previous.figures().items()}
    return {key: value for key, value in figures.items() if key in report.places}


def _where(report: Report, key: str) -> str:
    return named(key, report.places[key], report.declaration)


def _listed(lines: Iterator[str]) -> list[str]:
    found = list(lines)
    if len(found) > _SHOWN:
        return [*found[: _SHOWN - 1], f"……还有 {len(found) - _SHOWN + 1} 格"]
    return found
