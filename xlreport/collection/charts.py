"""The charts of the summary, native ones, drawn from ranges of its sheets: units by state, findings by rule, applications by unit."""

from __future__ import annotations

from typing import Any, NamedTuple

from xlreport.collection.chart import Chart
from xlreport.collection.pen import clean
from xlreport.workbook import look

#: Fills of the states, in their order.
STATE_COLOURS = ("#70AD47", "#FFC000", "#E15759", "#A5A5A5")
_BLUE, _ORANGE = "#4472C4", "#ED7D31"
_LEFT, _WIDTH = 3, 700
_PIXELS_PER_ROW = 20


class Ranges(NamedTuple):
    """Where the charts' figures stand: names in the first column, numbers in the second; rows count from 0."""

    overview: str
    states_from: int
    states: int
    rules_sheet: str
    rules_from: int
    rules: int
    largest_from: int
    largest: int


def draw(workbook: Any, sheet: Any, ranges: Ranges, shown: tuple[Chart, Chart, Chart]) -> None:
    """Draw the charts right of the overview's tables, one below the other; a chart without figures is left out."""
    row = ranges.states_from - 1
    by_state, by_rule, by_unit = shown
    states = workbook.add_chart({"type": "doughnut"})
    states.add_series(
        {
            **_series("单位数", ranges.overview, ranges.states_from, ranges.states),
            "points": [{"fill": {"color": colour}} for colour in STATE_COLOURS],
            "data_labels": {"value": True, "font": {"name": look.LIST_FONT, "size": 10}},
        }
    )
    row = _place(sheet, states, row, by_state, 280)
    if ranges.rules:
        bars = _bars(workbook, "处数", ranges.rules_sheet, ranges.rules_from, ranges.rules, _ORANGE)
        row = _place(sheet, bars, row, by_rule, 120 + 24 * ranges.rules)
    if ranges.largest:
        bars = _bars(workbook, "件数", ranges.overview, ranges.largest_from, ranges.largest, _BLUE)
        _place(sheet, bars, row, by_unit, 120 + 22 * ranges.largest)


def _bars(workbook: Any, name: str, sheet: str, first: int, count: int, colour: str) -> Any:
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            **_series(name, sheet, first, count),
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


def _series(name: str, sheet: str, first: int, count: int) -> dict[str, Any]:
    last = first + count - 1
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
