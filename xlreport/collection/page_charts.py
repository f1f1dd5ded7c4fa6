"""Charts of a summary page: bars as SVG, with the same said in words for who does not see them."""

from __future__ import annotations

import unicodedata

from xlreport.collection.chart import Chart
from xlreport.document.html import escaped
from xlreport.printable import printable

_WIDTH, _BAR, _GAP = 720, 20, 8
#: Where bars begin, where the longest ends, and how wide a label may be in full-width characters of the size that is set.
_LEFT, _RIGHT, _LABEL = 236, 650, 16


def draw(chart: Chart, number: int) -> str:
    """Return the chart as an SVG element; ``number`` is another one for each chart of a page."""
    height = (_BAR + _GAP) * len(chart.points) + _GAP
    most = max((value for _, value, _ in chart.points), default=0) or 1
    bars = []
    for place, (name, value, tone) in enumerate(chart.points):
        top = _GAP + place * (_BAR + _GAP)
        length = max(0.0, value) / most * (_RIGHT - _LEFT)
        middle = top + _BAR - 5
        bars.append(
            f'<g><title>{_text(name)}</title><text x="{_LEFT - 8}" y="{middle}" class="name">{_text(_short(name))}</text>'
            f'<rect x="{_LEFT}" y="{top}" width="{length:.1f}" height="{_BAR}" class="{tone}"/>'
            f'<text x="{_LEFT + length + 6:.1f}" y="{middle}">{value:,g}</text></g>'
        )
    return (
        f'<figure><figcaption>{_text(chart.title)}</figcaption><svg viewBox="0 0 {_WIDTH} {height}" role="img"'
        f' aria-labelledby="chart{number}-title chart{number}-words"><title id="chart{number}-title">{_text(chart.title)}</title>'
        f'<desc id="chart{number}-words">{_text(chart.words)}</desc>{"".join(bars)}</svg></figure>'
    )


def _short(name: str) -> str:
    """The name, cut to what there is room for."""
    width = 0.0
    for place, letter in enumerate(name):
        width += 1 if unicodedata.east_asian_width(letter) in "WFA" else 0.55
        if width > _LABEL:
            return name[: place - 1] + "…"
    return name


def _text(text: str) -> str:
    return escaped(printable(text))
