"""Where the tables of a form stand in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from xlreport.errors import FormError
from xlreport.form.declaration import Form, Table
from xlreport.form.grid import grid_of
from xlreport.sources.matching import Match, Place, match, match_at, normal
from xlreport.workbook.names import PREVIOUS_FIELDS, name_of
from xlreport.workbook.sheets import Sheets

#: From this share of its labels on, a table without its cells is taken for the same table of another form.
FAMILIAR = 1 / 3
#: A table is there if this share of its cells is.
PRESENT = 1 / 2
#: How many missing labels a remark names.
NAMED = 3


class Found(NamedTuple):
    """A table on a sheet."""

    title: str
    match: Match


def find_table(sheets: Sheets, form: Form, table: Table, prefix: str) -> Found | None:
    """Return where this year's (or, by ``prefix``, last year's) table stands; ``None`` if it is nowhere.

    The defined name is believed if the labels stand there too; else the table is where its labels are. Raises ``FormError`` where the
    labels are those of another form, ``InputError`` where a sheet cannot be read.
    """
    area = sheets.area(name_of(prefix + table.key))
    best = Found("", Match({}))
    if area:
        rows = sheets.rows(area.sheet)
        top, left = _first_figure(table)
        best = Found(
            area.sheet, match_at(rows, table, area.top - top, area.left - left) or match(rows, table)
        )
    if not best.match.labels or best.match.unplaced:
        for title, rows in sheets.searchable():
            if (not area or title != area.sheet) and is_last_year(rows) is bool(prefix):
                best = max(best, Found(title, match(rows, table)), key=_rank)
    if len(best.match.cells) >= PRESENT * len(table.cells):
        return best
    if best.match.labels and len(best.match.unplaced) <= (1 - FAMILIAR) * best.match.labels:
        problem = f"{table.name}的栏目与{form.notice}的格式不一致，没有{named(best.match.unplaced)}"
        raise FormError(sheets.path, problem, "请改用该格式的标准工作簿填报", best.title)
    if sheets.unread and not prefix:
        raise sheets.unread
    return None


def named(labels: Sequence[str]) -> str:
    """Return some labels for a sentence: “甲”“乙”“丙”等 5 项."""
    quoted = "".join(f"“{label}”" for label in labels[:NAMED])
    return f"{quoted}等 {len(labels)} 项" if len(labels) > NAMED else quoted


@cache
def _first_figure(table: Table) -> Place:
    return grid_of(table).box[:2]


def _rank(found: Found) -> tuple[int, int]:
    return len(found.match.cells), found.match.labels - len(found.match.unplaced)


def is_last_year(rows: Sequence[Sequence[Any]]) -> bool:
    """True for the sheet that asks which year's and whose figures those are."""
    labels = _last_year_labels()
    return any(isinstance(value, str) and normal(value) in labels for row in rows for value in row if value)


@cache
def _last_year_labels() -> frozenset[str]:
    return frozenset(normal(label) for label in PREVIOUS_FIELDS.values())
