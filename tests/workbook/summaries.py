"""What a banner should show, worked out without a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlreport.form.balance import Balance
from xlreport.form.figures import Figure, is_blank
from xlreport.rules.rule import Evidence
from xlreport.workbook.formulas import NOTHING_ENTERED, check_text
from xlreport.workbook.layout import Layout, TablePlace


def unread(report_figures: Mapping[str, Figure], table: str) -> int:
    """Return how many cells of a table hold what is neither a number nor a mark for blank."""
    figures = (value for key, value in report_figures.items() if key.startswith(f"{table}."))
    return sum(isinstance(value, str) and not is_blank(value) for value in figures)


def banner(place: TablePlace, evidence: Evidence) -> str:
    """Return what the banner over a table shows, from Python's verdicts on its balances."""
    if not evidence.filled(place.table.key):
        return NOTHING_ENTERED
    lines: dict[tuple[str, int], list[tuple[Balance, str]]] = {}
    good = 0
    # What stands beside the rows comes first, column by column; then what stands below the columns, line by line.
    for check in place.checks:
        beside = check.place.column > place.shift + place.grid.width
        text = check_text(check.balance, evidence)
        good += text == "✓"
        kind = ("行", check.place.column) if beside else ("列", check.place.row)
        lines.setdefault(kind, []).append((check.balance, text))
    ordered = sorted(lines.items(), key=lambda line: (line[0][0] == "列", line[0][1]))
    odd = unread(evidence.figures, place.table.key)
    for mark in "✗△":
        words = [f"{odd}格不是数字"] if odd and mark == "✗" else []
        for (kind, _), checks in ordered:
            broken = [(balance, text[2:]) for balance, text in checks if text.startswith(mark)]
            if broken:
                balance, sides = broken[0]
                unit = "" if place.table.layout == "line" and kind == "列" else kind
                more = f"等{len(broken)}处" if len(broken) > 1 else ""
                words.append(f"{balance.about}{unit}：{sides}{more}（{balance.rule.heading}）")
        if words:
            return f"{mark} {'；'.join(words)}"
    return f"✓ 平衡（{good} 项）" if good else "已填写"


def overall(banners: Iterable[str], layout: Layout) -> str:
    """Return what the line over all tables shows."""
    texts = list(banners)
    for mark, word in (("✗", "有错"), ("△", "需核实")):
        found = [
            place.table.name for place, text in zip(layout.tables, texts, strict=True) if text[0] == mark
        ]
        if found:
            return f"{mark} {found[0]}{word}"
    empty = texts.count(NOTHING_ENTERED)
    return {0: "✓ 各表平衡", len(texts): NOTHING_ENTERED}.get(empty, "还有表未填写")
