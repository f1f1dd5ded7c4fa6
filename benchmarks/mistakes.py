"""Balanced tables, and the mistakes that people make in them."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from xlreport.form.catalogue import MODULES, form_of
from xlreport.form.declaration import Form, rows_of
from xlreport.form.grid import grid_of
from xlreport.locate.system import totals
from xlreport.report import Report

Figures = dict[str, int]
REPORTS = Path(__file__).parent.parent / "tests" / "data" / "reports"
#: The rules that hold within one year's tables.
WITHIN = ("flow", "results", "applicants", "cases")
#: Scholtus (2009): of 152 typing errors, so many replaced a digit, left one out, swapped two neighbours, added one.
MIX = {"replaced": 112, "omitted": 15, "swapped": 14, "added": 11}


def published() -> list[tuple[Form, Figures]]:
    """Return the figures of the published reports that balance, with their forms; a blank is the 0 it stands for."""
    found = []
    for path in sorted(REPORTS.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        if data["form"] not in MODULES:
            continue
        form = form_of(data["form"])
        figures = Report.model_validate(data).figures()
        keys = sorted({key for balance in form.balances if balance.rule.id in WITHIN for key in balance.keys})
        table = {key: int(str(figures[key] or 0)) for key in keys}
        if not any(b.weigh(table).difference for b in form.balances if b.rule.id in WITHIN):
            found.append((form, table))
    return found


def like(form: Form, model: Figures, draw: random.Random) -> Figures:
    """Return a random balanced table shaped like ``model``: zeros mostly where it has zeros, figures of the same order."""
    sums = totals(b for b in form.balances if b.rule.id in WITHIN)
    table = {key: _near(value, draw) for key, value in model.items()}
    rows = [row.key for row in rows_of(form.table("applications").tree)]
    new, carried_in, *parts, total, carried_out = rows
    for column in [key.rpartition(".")[2] for key in model if key.startswith(new + ".") and key not in sums]:
        table[f"{total}.{column}"] = sum(table[f"{part}.{column}"] for part in parts)
        flow = table[f"{total}.{column}"] + table[f"{carried_out}.{column}"]
        table[f"{carried_in}.{column}"] = min(flow, table[f"{carried_in}.{column}"])
        table[f"{new}.{column}"] = flow - table[f"{carried_in}.{column}"]
    for balance in form.balances:
        if balance.rule.id in ("applicants", "cases"):
            table[balance.left[0].key] = sum(table[term.key] for term in balance.right)
    return table


def _near(value: int, draw: random.Random) -> int:
    if not value:
        return draw.randint(1, 5) if draw.random() < 0.05 else 0
    return round(value * math.exp(draw.gauss(0, 0.8)))


def mistype(value: int, draw: random.Random) -> int:
    """Return ``value`` with one typing error of the mix; never the value itself, never a leading zero."""
    digits = str(value)
    while True:
        (kind,) = draw.choices(list(MIX), list(MIX.values()))
        place = draw.randrange(len(digits))
        if kind == "replaced":
            typed = digits[:place] + draw.choice("0123456789") + digits[place + 1 :]
        elif kind == "omitted":
            typed = digits[:place] + digits[place + 1 :]
        elif kind == "swapped":
            typed = digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]
        else:
            typed = digits[:place] + draw.choice("0123456789") + digits[place:]
        if typed and typed != digits and str(int(typed)) == typed:
            return int(typed)


def typos(count: int) -> Callable[[Form, Figures, random.Random], Figures]:
    """Return a mistake that mistypes ``count`` cells, every cell as likely as any other."""

    def make(form: Form, table: Figures, draw: random.Random) -> Figures:
        return {**table, **{key: mistype(table[key], draw) for key in draw.sample(sorted(table), count)}}

    return make


def wrong_row(form: Form, table: Figures, draw: random.Random) -> Figures:
    """Values entered one row off: two neighbours exchanged, or two moved down into a row that was 0."""
    return _misplaced(table, _lines(form, down=True), draw)


def wrong_column(form: Form, table: Figures, draw: random.Random) -> Figures:
    """Values entered one column off: two neighbours exchanged, or two moved right into a column that was 0."""
    return _misplaced(table, _lines(form, down=False), draw)


def stale_total(form: Form, table: Figures, draw: random.Random) -> Figures:
    """A total that was not brought up to date when a part changed by a few 件."""
    sums = sorted(key for key in totals(b for b in form.balances if b.rule.id in WITHIN) if table[key])
    key = draw.choice(sums)
    return {**table, key: max(0, table[key] + draw.choice((-1, 1)) * draw.randint(1, 9))}


def _lines(form: Form, down: bool) -> list[list[str]]:
    """The cells of table 3 as columns or rows, in order."""
    grid = grid_of(form.table("applications"))
    lines: dict[int, list[str]] = {}
    for key, place in grid.figures.items():
        lines.setdefault(place.column if down else place.row, []).append(key)
    return list(lines.values())


def _misplaced(table: Figures, lines: list[list[str]], draw: random.Random) -> Figures:
    exchanges = [pair for line in lines for pair in pairwise(line) if table[pair[0]] != table[pair[1]]]
    moves = [
        (a, b, c)
        for line in lines
        for a, b, c in zip(line, line[1:], line[2:], strict=False)
        if table[a] and table[b] and not table[c]
    ]
    if moves and draw.random() < 0.5:
        a, b, c = draw.choice(moves)
        return {**table, a: 0, b: table[a], c: table[b]}
    one, other = draw.choice(exchanges)
    return {**table, one: table[other], other: table[one]}


#: What is measured, by name.
MISTAKES: dict[str, Callable[[Form, Figures, random.Random], Figures]] = {
    "1 typing error": typos(1),
    "2 typing errors": typos(2),
    "3 typing errors": typos(3),
    "wrong row": wrong_row,
    "wrong column": wrong_column,
    "stale total": stale_total,
}
