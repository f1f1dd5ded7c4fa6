"""The buttons that go from finding to finding, in the order of the sheets and down each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from xlreport import wording
from xlreport.live.failing import button
from xlreport.live.open_report import read_live
from xlreport.live.own_rules import checked
from xlreport.live.places import sheet_and_spot
from xlreport.live.selecting import selected_place, subject_at
from xlreport.live.session import working
from xlreport.wording import ResultRow

if TYPE_CHECKING:
    import xlwings as xw

#: A sheet by its number, a row and a column.
_Spot: TypeAlias = tuple[int, int, int]


@button
def next_finding(book: xw.Book) -> str | None:
    """Go to the next cell that a finding points to; behind the last comes the first. From a line of the list, go to its own cell."""
    return _go(book, forward=True)


@button
def previous_finding(book: xw.Book) -> str | None:
    """Go to the cell before that a finding points to; before the first comes the last."""
    return _go(book, forward=False)


def _go(book: xw.Book, *, forward: bool) -> str | None:
    with working(book, "正在查找…"):
        findings = checked(book, read_live(book))
        titles = [sheet.name for sheet in book.sheets]
        rows = [row for row in wording.rows(findings) if row.target]
        spots = sorted({_spot(row.target, titles) for row in rows})
        chosen = _chosen(book, rows) if forward else ""
    if not spots:
        return wording.verdict(findings) + ("。请看“校验结果”。" if findings.findings else "。")
    here = _here(book, titles)
    beyond = [spot for spot in spots if spot > here] if forward else [spot for spot in spots if spot < here]
    if chosen:
        sheet, row, column = _spot(chosen, titles)
    elif forward:
        sheet, row, column = beyond[0] if beyond else spots[0]
    else:
        sheet, row, column = beyond[-1] if beyond else spots[-1]
    book.sheets[sheet].activate()
    book.sheets[sheet].range((row, column)).select()
    return None


def _chosen(book: xw.Book, rows: list[ResultRow]) -> str:
    """The cell that the selected line of the list is about, if its finding stands still."""
    place = selected_place(book)
    subject = subject_at(book, place) if place else None
    if subject is None:
        return ""
    about = {(row.rule_id, cells): row.target for row in rows for cells in row.cells}
    return next(filter(None, (about.get((subject.rule, cells)) for cells in subject.cells)), "")


def _spot(place: str, titles: list[str]) -> _Spot:
    title, spot = sheet_and_spot(place)
    return (titles.index(title), *spot)


def _here(book: xw.Book, titles: list[str]) -> _Spot:
    """Where the user is; on the sheet alone where something else than cells is selected."""
    chosen = book.selection
    if chosen is None:
        return titles.index(book.sheets.active.name), 0, 0
    return titles.index(chosen.sheet.name), chosen.row, chosen.column
