"""What the reader asks of a workbook, whether it is a file or stands open in a spreadsheet program."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlreport.errors import InputError
from xlreport.form.figures import parse_figure
from xlreport.limits import LARGEST_AREA
from xlreport.ooxml.addresses import Area, Corners, address
from xlreport.sources.matching import Place
from xlreport.sources.refusals import SHORTEN
from xlreport.workbook.shown import NOTHING_HIDDEN, Hidden, Rows, take_covered, value_at

#: Beyond any row or column.
_LAST = 1 << 20


class Sheets(ABC):
    """The sheets of one workbook: values by row and column from 0, blanks as “”; only what is asked for is read.

    ``path`` is what errors call the workbook, ``titles`` the names of its sheets in order, ``unread`` why a sheet could not be looked through,
    if one could not. ``remarks`` are what is to be said of what the sheets hold and do not show.
    """

    def __init__(self, path: Path, titles: list[str]) -> None:
        self.path, self.titles = path, titles
        self.unread: InputError | None = None
        self.remarks: list[str] = []
        #: What is said of fractions that are shown as whole numbers, by sheet and place.
        self.rounded: dict[str, dict[Place, str]] = {}
        self._covered: dict[str, dict[Place, Any]] = {}
        self._merged: dict[str, dict[Place, Place]] = {}

    def cover(self, title: str, rows: Rows, merged: Sequence[Corners]) -> None:
        """Take from ``rows`` what lies under merged cells; raises ``InputError`` where these are too many."""
        height = len(rows)
        if len(merged) * (height + 1) > LARGEST_AREA and (
            sum(min(bottom, height) - top + 1 for top, _, bottom, _ in merged) > LARGEST_AREA
        ):
            raise InputError(self.path, "合并单元格过多，不像年度报告", SHORTEN, title)
        self._covered[title] = take_covered(rows, merged)

    def looks_other(self, title: str, place: Place, shown: Any, stored: Any) -> None:
        """Take note of a number that is shown as another one; where a fraction is shown as a whole number, it is no figure."""
        shows = f"显示为 {shown}，存的是 {stored}"
        self.remarks.append(f"{title}!{address(place)}：{shows}")
        if shown == round(shown) and stored != round(stored):
            self.rounded.setdefault(title, {})[place] = f"（{shows}）"

    @abstractmethod
    def area(self, name: str) -> Area | None:
        """Return the rectangle that a defined name stands for; ``None`` without such a name, or for a sheet that is gone."""

    def searchable(self, among: Sequence[str] | None = None) -> Iterator[tuple[str, Rows]]:
        """Yield the sheets, or those ``among`` them, with their values; one that cannot be read is left out, and told by ``unread``."""
        for title in self.titles if among is None else among:
            try:
                yield title, self.rows(title)
            except InputError as problem:
                self.unread = problem

    @abstractmethod
    def rows(self, title: str) -> Rows:
        """Return the values of a sheet; raises ``InputError`` for one that is damaged or far too large."""

    def merged_to(self, title: str, place: Place) -> Place:
        """Return the last position of the merged cell that begins at ``place``; ``place`` itself if it is not merged."""
        if title not in self._merged:
            self._merged[title] = {corners[:2]: corners[2:] for corners in self.merged(title)}
        bottom, right = self._merged[title].get(place, place)
        rows = self.rows(title)
        # Cells may be merged far beyond what holds anything.
        width = len(rows[0]) if rows else 0
        return min(bottom, max(len(rows) - 1, place[0])), min(right, max(width - 1, place[1]))

    def merged(self, title: str) -> tuple[Corners, ...]:
        """Return the merged cells of a sheet: first row, first column, last row, last column."""
        return ()

    def unfinished(self, title: str) -> dict[Place, str]:
        """Return what is to be said at cells that are blank because their formulas have no result, or an error for one."""
        return {}

    def value(self, title: str, place: Place) -> Any:
        """Return the value at one place, ``None`` for a blank; a formula error comes as its text (“#REF!”)."""
        value = value_at(self.rows(title), place)
        return None if value == "" else value

    def figures(self, title: str, places: dict[str, Place]) -> dict[str, Any]:
        """Return the values at these places by the same keys, as ``value`` does.

        Raises ``InputError`` for a formula without a stored result, since nobody can tell the figure.
        """
        return self._as_seen(title, places, {key: self.value(title, place) for key, place in places.items()})

    def _as_seen(self, title: str, places: dict[str, Place], found: dict[str, Any]) -> dict[str, Any]:
        """Return these values with a text, which is no figure, where one is covered or its fraction is not shown."""
        covered, rounded = self._covered.get(title), self.rounded.get(title)
        if covered or rounded:
            for key, place in places.items():
                if covered and found[key] is None and place in covered:
                    found[key] = f"（被合并单元格遮住：{parse_figure(covered[place])}）"
                elif rounded and place in rounded:
                    # The formulas beside it reckon with what is stored.
                    found[key] = rounded[place]
        return found

    def formulas(self, title: str) -> Mapping[Place, str]:
        """Return the formulas of a sheet for which no program has stored what they come to, and maybe others."""
        return {}

    def hidden(self, title: str) -> Hidden:
        """Return the rows and columns of a sheet that are not shown."""
        return NOTHING_HIDDEN

    def is_hidden(self, title: str) -> bool:
        """True for a sheet that is not shown."""
        return False

    def on_show(self) -> Area | None:
        """Return what a document shows of the workbook where it is embedded in it; ``None`` where that cannot be told."""
        visible = [title for title in self.titles if not self.is_hidden(title)]
        return Area(visible[0], 0, 0, _LAST, _LAST) if len(visible) == 1 else None

    def strangers(self) -> list[str]:
        """Return the visible sheets to which no name of the standard workbook points: one may be an edited copy."""
        return []
