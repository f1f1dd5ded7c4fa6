"""A summary drawn as a workbook: a sheet per list, and an overview with charts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlreport.collection import charts
from xlreport.collection.lists import BY_RULE, TONES, Line, List
from xlreport.collection.pen import Book
from xlreport.collection.summary import Overview

OVERVIEW = "概况"


class SummaryBook:
    """The workbook being written to ``path`` (see ``summary.Target``); it will lie at ``out``, which its links are relative to."""

    def __init__(self, path: Path, out: Path) -> None:
        self._book = Book(path, out.absolute().parent)
        self._first = self._book.sheet(OVERVIEW)
        self._sheets: dict[str, Any] = {}
        self._rows: dict[str, int] = {}

    def begin(self, listed: List, title: str) -> None:
        sheet = self._sheets[listed.name] = self._book.sheet(listed.name)
        self._rows[listed.name] = 0
        # A printed page says which list of what it is; on the first sheet the title does.
        sheet.set_header(f"&L{title}&R&A")
        self._book.headings(sheet, listed)

    def line(self, listed: List, line: Line) -> None:
        self._rows[listed.name] += 1
        self._book.line(self._sheets[listed.name], self._rows[listed.name], listed.columns, line)

    def end(self, listed: List, empty: str) -> None:
        """Put filters over a list."""
        sheet, rows = self._sheets[listed.name], self._rows[listed.name]
        if not rows:
            self._book.put(sheet, 1, 0, empty, "subtitle")
        sheet.autofilter(0, 0, max(1, rows), len(listed.columns) - 1)
        for place, column in enumerate(listed.columns):
            if column.choices and rows:
                choice = {"validate": "list", "source": list(column.choices), "error_type": "information"}
                sheet.data_validation(1, place, rows, place, choice)

    def overview(self, overview: Overview) -> None:
        """Write the first sheet."""
        sheet, put = self._first, self._book.put
        sheet.set_portrait()
        sheet.fit_to_pages(1, 1)
        sheet.set_default_row(charts.ROW_HEIGHT)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 10)
        sheet.set_column(2, 12, 9)
        sheet.set_row(0, 34)
        put(sheet, 0, 0, overview.title, "title")
        put(sheet, 1, 0, overview.outcome, "banner")
        for row, text in enumerate(overview.lines, 2):
            put(sheet, row, 0, text, "subtitle")
        row = 3 + len(overview.lines)
        if overview.reporting:
            row = self._heading(row, "报送", "数")
            for label, value in overview.reporting:
                put(sheet, row, 0, label, "centre")
                put(sheet, row, 1, value, "share" if isinstance(value, float) else "count")
                row += 1
            row += 1
        states = row = self._heading(row, "状态", "单位数")
        for state, count in overview.states:
            put(sheet, row, 0, state.value, "centre", TONES[state])
            put(sheet, row, 1, count, "count")
            row += 1
        put(sheet, row + 1, 0, f"{overview.measure}（前 {len(overview.largest)} 个单位）", "banner")
        largest = row = self._heading(row + 2, "单位", "件数")
        for organisation, value in overview.largest:
            put(sheet, row, 0, organisation)
            put(sheet, row, 1, value, "number")
            row += 1
        listed = (
            charts.Listed(OVERVIEW, states),
            charts.Listed(BY_RULE.name, 1),
            charts.Listed(OVERVIEW, largest),
        )
        charts.draw(self._book.workbook, sheet, states - 1, overview.charts, listed)

    def complete(self) -> None:
        self._book.complete()

    def close(self) -> None:
        """Take away what was needed while writing; to be called at the end, whatever it came to."""
        self._book.give_up()

    def _heading(self, row: int, *texts: str) -> int:
        for column, text in enumerate(texts):
            self._book.put(self._first, row, column, text, "heading")
        return row + 1
