"""Where the tables of a form stand in a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from xlreport.errors import FormError
from xlreport.form.declaration import Form, Table
from xlreport.form.grid import grid_of
from xlreport.sources.labels import named
from xlreport.sources.matching import Match, Place, match, match_at, normal
from xlreport.workbook.names import PREVIOUS_FIELDS, name_of
from xlreport.workbook.sheets import Sheets

#: From this share of its labels on, a table without its cells is taken for the same table of another form.
FAMILIAR = 1 / 3
#: A table is there if this share of its cells is.
PRESENT = 1 / 2
#: The sheet of another year, by its title.
_ANOTHER_YEAR = re.compile(r"上年|去年|往年|\d{4}|历年|模板|样")


class FoundTable(NamedTuple):
    """A table on a sheet, ``exact`` where it stands label for label as declared; ``doubled`` has further visible places of a figure, with their sheets, where it stands more than once."""

    title: str
    match: Match
    doubled: Mapping[str, Sequence[tuple[str, Place]]] = MappingProxyType({})
    exact: bool = False


def find_table(sheets: Sheets, form: Form, table: Table, prefix: str) -> FoundTable | None:
    """Return where this year's (or, by ``prefix``, last year's) table stands; ``None`` if it is nowhere.

    The defined name is believed if the labels stand there too and can be seen; else the table is where its labels are. What is hidden counts only
    where nothing visible stands for it. Raises ``FormError`` where the labels are those of another form, ``InputError`` where a sheet
    cannot be read.
    """
    area = sheets.area(name_of(prefix + table.key))
    best = FoundTable("", Match({}))
    others: list[FoundTable] = []
    if area:
        rows = sheets.rows(area.sheet)
        top, left = _first_figure(table)
        exact = match_at(rows, table, area.top - top, area.left - left)
        best = FoundTable(area.sheet, exact or match(rows, table), exact=exact is not None)
    if not best.match.labels or best.match.unplaced or sheets.is_hidden(best.title):
        for title, rows in sheets.searchable():
            if (not area or title != area.sheet) and is_last_year(rows) is bool(prefix):
                others.append(FoundTable(title, match(rows, table)))
    elif not prefix:
        edited = sheets.searchable(sheets.strangers())
        others = [FoundTable(title, match(rows, table)) for title, rows in edited]
    best = max(
        (best, *others),
        key=lambda found: (_is_there(found, table), not sheets.is_hidden(found.title), *_rank(found)),
    )
    if not prefix:
        best = best._replace(doubled=_doubled(sheets, table, best, others))
        if area and best.title != area.sheet and sheets.is_hidden(area.sheet):
            sheets.remarks.append(
                f"工作表“{area.sheet}”是隐藏的，{table.name}按看得见的“{best.title}”读取；请核对"
            )
    if _is_there(best, table):
        return best
    if best.match.labels and len(best.match.unplaced) <= (1 - FAMILIAR) * best.match.labels:
        problem = f"{table.name}的栏目与{form.notice}的格式不一致，没有{named(best.match.unplaced)}"
        raise FormError(sheets.path, problem, "请改用该格式的标准工作簿填报", best.title)
    if sheets.unread and not prefix:
        raise sheets.unread
    return None


def _is_there(found: FoundTable, table: Table) -> bool:
    return len(found.match.cells) >= PRESENT * len(table.cells)


def _doubled(
    sheets: Sheets, table: Table, best: FoundTable, others: list[FoundTable]
) -> dict[str, list[tuple[str, Place]]]:
    """Where else figures of the table can be seen: on visible copies of its sheet that are not of another year."""
    found: dict[str, list[tuple[str, Place]]] = {}
    for other in others:
        if other.title == best.title or not _is_there(other, table) or sheets.is_hidden(other.title):
            continue
        if _ANOTHER_YEAR.search(other.title) and not _ANOTHER_YEAR.search(best.title):
            sheets.remarks.append(
                f"工作表“{other.title}”里也有{table.name}，看标题不是本年的，没有读取；请核对"
            )
            continue
        for key, place in other.match.cells.items():
            found.setdefault(key, []).append((other.title, place))
    return found


@cache
def _first_figure(table: Table) -> Place:
    return grid_of(table).box[:2]


def _rank(found: FoundTable) -> tuple[int, int]:
    return len(found.match.cells), found.match.labels - len(found.match.unplaced)


def is_last_year(rows: Sequence[Sequence[Any]]) -> bool:
    """True for the sheet that asks which year's and whose figures those are."""
    labels = _last_year_labels()
    return any(isinstance(value, str) and normal(value) in labels for row in rows for value in row if value)


@cache
def _last_year_labels() -> frozenset[str]:
    return frozenset(normal(label) for label in PREVIOUS_FIELDS.values())
