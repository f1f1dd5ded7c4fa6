"""All tables of a document against one form: which of them are the form's, in one piece or in several.

What comes back is a cell for every figure that was found, and a remark for everything that was not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlreport.form.declaration import Form
from xlreport.form.declaration import Table as DeclaredTable
from xlreport.sources.blocks import Table
from xlreport.sources.recognition import Placed, Recognised, recognise
from xlreport.sources.wanted import wanted

_LAST_YEAR = re.compile(r"上(?:一)?年(?:度)?(?!结转)|去年")
#: How many missing labels a remark names.
NAMED = 3


@dataclass
class Collected:
    """What a document holds of a form: cells by key, remarks, the tables that are missing.

    ``share`` is how much of the form was found, each table counting the same.
    """

    form: Form
    cells: dict[str, Placed] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    missing: list[DeclaredTable] = field(default_factory=list)
    share: float = 0.0


def collect(tables: Sequence[Table], form: Form) -> Collected:
    """Return what the ``tables`` of a document hold of ``form``."""
    found = Collected(form)
    for declared in form.tables:
        _collect_table(tables, declared, found)
    found.share /= len(form.tables)
    return found


def _collect_table(tables: Sequence[Table], declared: DeclaredTable, found: Collected) -> None:
    pieces: list[Recognised] = []
    headers = None
    for table in tables:
        piece = recognise(table, declared, headers)
        if piece.cells:
            pieces.append(piece)
            headers = piece.headers or headers
    # The fullest is the table; others add what it has not. What stands twice is somebody else's, or an older one.
    pieces.sort(key=lambda piece: (-len(piece.cells), _is_last_years(piece)))
    cells: dict[str, Placed] = {}
    for piece in pieces:
        doubled = [key for key in piece.cells if key in cells]
        if doubled:
            first, again = cells[doubled[0]].table.name, piece.cells[doubled[0]].table.name
            if 2 * len(doubled) > len(piece.cells):
                found.remarks.append(f"{declared.name}有两份（{first}、{again}），只读了{first}；请核对")
                continue
            found.remarks.append(f"{again}有 {len(doubled)} 格{first}里已经有了，只读了{first}的；请核对")
            piece.cells = {key: placed for key, placed in piece.cells.items() if key not in cells}
        cells.update(piece.cells)
        found.remarks += piece.remarks
    found.cells.update(cells)
    found.share += len(cells) / len(declared.cells)
    if not cells:
        found.missing.append(declared)
    elif len(cells) < len(declared.cells):
        found.remarks.append(
            f"没有找到{declared.name}的{_named(_absent(declared, cells))}，相应的格按空白处理"
        )


def _is_last_years(piece: Recognised) -> bool:
    """True for a table that the line above it calls last year's."""
    return any(_LAST_YEAR.search(placed.table.caption) for placed in piece.cells.values())


def _absent(declared: DeclaredTable, cells: dict[str, Placed]) -> list[str]:
    """The labels of what was not found: rows without any figure, columns without any, else single figures."""
    rows = wanted(declared).rows
    absent = [row.labels[0] for row in rows if row.labels and not any(c.key in cells for c in row.columns)]
    seen = [row for row in rows if any(column.key in cells for column in row.columns)]
    for row in seen:
        for column in row.columns:
            alike = [
                c.key
                for other in seen
                for c in other.columns
                if (c.labels, c.above) == (column.labels, column.above)
            ]
            name = "·".join((*column.above[-1:], column.labels[0]))
            if column.key not in cells:
                label = (
                    name if not any(key in cells for key in alike) else f"{(row.labels or ('',))[0]}·{name}"
                )
                absent.append(label)
    return list(dict.fromkeys(absent))


def _named(labels: Sequence[str]) -> str:
    quoted = "".join(f"“{label}”" for label in labels[:NAMED])
    return f"{quoted}等 {len(labels)} 项" if len(labels) > NAMED else quoted
