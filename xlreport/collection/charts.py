"""The charts of the summary, native ones, drawn from ranges of its sheets: units by state, findings by rule, applications by unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from xlreport.collection.chart import Chart
from xlreport.collection.pen import clean
from xlreport.workbook import look

#: Fills of the states, in their order.
STATE_COLOURS = ("#70AD47", "#FFC000", "#E15759", "#A5A5A5")
_BLUE, _ORANGE = "#4472C4", "#ED7D31"
_LEFT, _WIDTH = 3, 700
#: Of a row of the overview, in points, and the same in pixels.
ROW_HEIGHT, _PIXELS_PER_ROW = 18, 24


class Listed(NamedTuple):
    """Where a chart's figures stand: names in the first column, numbers in the second; rows count from 0."""

    sheet: str
    first: int


def draw(workbook: Any, sheet: Any, row: int, shown: Sequence[Chart], listed: Sequence[Listed]) -> None:
    """Draw the charts from ``row`` on right of the overview's tables, one below the other; a chart without figures is left out."""
    (by_state, by_rule, by_unit), (states, rules, units) = shown, listed
    ring = workbook.add_chart({"type": "doughnut"})
    ring.add_series(
        {
            **_series("单位数", states, by_state),
            "points": [{"fill": {"color": colour}} for colour in STATE_COLOURS],
            "data_labels": {"value": True, "font": {"name": look.LIST_FONT, "size": 10}},
        }
    )
    row = _place(sheet, ring, row, by_state, 280)
    if by_rule.points:
        bars = _bars(workbook, _series("处数", rules, by_rule), _ORANGE)
        row = _place(sheet, bars, row, by_rule, 120 + 24 * len(by_rule.points))
    if by_unit.points:
        bars = _bars(workbook, _series("件数", units, by_unit), _BLUE)
        _place(sheet, bars, row, by_unit, 120 + 22 * len(by_unit.points))


def _bars(workbook: Any, series: dict[str, Any], colour: str) -> Any:
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            **series,
            "fill": {"color": colour},
            "gap": 60,
            "data_labels": {"value": True, "font": {"name": look.LIST_FONT, "size": 9}},
        }
    )
    # The list begins at the top, as it does in the table.
    chart.set_y_axis({"reverse": True, "num_font": {"name": look.LIST_FONT, "size": 9}, "interval_unit": 1})
    chart.set_x_axis(
        {
            "major_gridlines": {"visible": True, "line": {"color": "#E7E6E6"}},
            "num_font": {"size": 9},
            "min": 0,
        }
    )
    chart.set_legend({"none": True})
    return chart


def _series(name: str, listed: Listed, shown: Chart) -> dict[str, Any]:
    sheet, first = listed
    last = first + len(shown.points) - 1
    return {"name": name, "categories": [sheet, first, 0, last, 0], "values": [sheet, first, 1, last, 1]}


def _place(sheet: Any, chart: Any, row: int, shown: Chart, height: int) -> int:
    """Put the chart beside the tables, with its words for who does not see it, and return the row below it."""
    chart.set_title(
        {
            "name": f"{shown.title}（{shown.unit}）",
            "name_font": {"name": look.HEADING_FONT, "size": 13, "bold": False},
        }
    )
    chart.set_size({"width": _WIDTH, "height": height})
    sheet.insert_chart(row, _LEFT, chart, {"description": clean(shown.words)})
    return row + height // _PIXELS_PER_ROW + 2
