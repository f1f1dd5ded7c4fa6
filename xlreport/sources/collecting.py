"""All tables of a document against one form: which of them are the form's, in one piece or in several.

What comes back is a cell for every figure that was found, and a remark for everything that was not. A figure that stands twice and not the same,
or that may be one of the numbers nobody could place, is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlreport.form.declaration import Form
from xlreport.form.declaration import Table as DeclaredTable
from xlreport.form.figures import Unit
from xlreport.sources.blocks import Cell, Table
from xlreport.sources.captions import other_years_line
from xlreport.sources.evident import Evident
from xlreport.sources.labels import named, short
from xlreport.sources.placed import Placed, differing
from xlreport.sources.printed import holds_a_number, looks_like_nothing
from xlreport.sources.recognition import Recognised, recognise
from xlreport.sources.wanted import wanted


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

    @property
    def is_whole(self) -> bool:
        """True where every figure of the form was found, and is read without doubt."""
        return len(self.cells) == len(self.form.cells) and not any(one.doubt for one in self.cells.values())


def collect(tables: Sequence[Table], form: Form, year: int | None, evident: Evident) -> Collected:
    """Return what the ``tables`` of a document hold of ``form`` for this ``year``; tables that say another year are not read.

    Nothing of a table is looked for in one that is ``evident`` as another.
    """
    found = Collected(form)
    others = {table: line for table in tables if (line := other_years_line(table, year))}
    used: dict[Table, set[tuple[int, int]]] = {}
    pieces = {
        declared.key: _pieces(
            [table for table in tables if not evident.is_another(table, declared)],
            declared,
            year,
            others,
            found,
        )
        for declared in form.tables
    }
    for piece in (piece for of_table in pieces.values() for piece in of_table):
        used.setdefault(_table_of(piece), set()).update(piece.used)
    for declared in form.tables:
        cells = _put_together(pieces[declared.key], declared, found)
        found.share += len(cells) / len(declared.cells) / len(form.tables)
        if not cells:
            found.missing.append(declared)
        elif len(cells) < len(declared.cells):
            _about_absent(declared, cells, _stray(pieces[declared.key], used), found)
        found.cells.update(cells)
    return found


def _pieces(
    tables: Sequence[Table],
    declared: DeclaredTable,
    year: int | None,
    others: dict[Table, str],
    found: Collected,
) -> list[Recognised]:
    """The tables that hold a part of the declared one and are this year's, the fullest first."""
    pieces: list[Recognised] = []
    headers = None
    for table in tables:
        piece = recognise(table, declared, year, headers)
        if not piece.cells:
            continue
        if table in others:
            found.remarks.append(
                f"{table.name}上写的是“{short(others[table])}”，不作为本年的{declared.name}读取"
            )
            continue
        pieces.append(piece)
        headers = piece.headers or headers
    return sorted(pieces, key=lambda piece: -len(piece.cells))


def _table_of(piece: Recognised) -> Table:
    return next(iter(piece.cells.values())).table


def _put_together(pieces: list[Recognised], declared: DeclaredTable, found: Collected) -> dict[str, Placed]:
    """The cells of the fullest piece and what others add; a figure that stands in two and differs is not read."""
    units = {cell.key: cell.unit for cell in declared.cells}
    cells: dict[str, Placed] = {}
    for piece in pieces:
        again = [key for key in piece.cells if key in cells]
        if again and all(
            not placed.doubt and looks_like_nothing(placed.cell.text) for placed in piece.cells.values()
        ):
            found.remarks.append(f"{_table_of(piece).name}是空的{declared.name}，没有读")
            continue
        doubtful = {key: one for key in again if (one := differing(cells[key], piece.cells[key], units[key]))}
        if again:
            first, other = cells[again[0]].table.name, _table_of(piece).name
            how = f"有 {len(doubtful)} 格不一致，没有读；请核对" if doubtful else "内容一致"
            found.remarks.append(f"{declared.name}在{first}和{other}里有 {len(again)} 格重复，{how}")
        cells = {**piece.cells, **cells, **doubtful}
        found.remarks += piece.remarks
    for piece in pieces:
        cells = {**piece.unread, **cells}
    return {**cells, **_shared(cells, units)}


def _shared(cells: dict[str, Placed], units: dict[str, Unit]) -> dict[str, Placed]:
    """The figures whose one merged cell stands in the rows of several, as not read: nobody can tell whose number it is; 0 is everyone's."""
    owners: dict[tuple[Table, Cell], list[str]] = {}
    for key, placed in cells.items():
        if placed.cell.row_span > 1 and not placed.doubt:
            owners.setdefault((placed.table, placed.cell), []).append(key)
    return {
        key: cells[key]._replace(doubt=f"{short(cell.text)}（合并了 {len(keys)} 行的格）")
        for (_, cell), keys in owners.items()
        if len(keys) > 1 and cells[keys[0]].read(units[keys[0]]).figure not in (None, 0)
        for key in keys
    }


def _stray(pieces: list[Recognised], used: dict[Table, set[tuple[int, int]]]) -> tuple[Table, Cell] | None:
    """The first number in the tables of these pieces that nothing of the form was found to be."""
    for table in dict.fromkeys(map(_table_of, pieces)):
        for cell in table.cells:
            if (cell.row, cell.column) not in used[table] and holds_a_number(cell.text):
                return table, cell
    return None


def _about_absent(
    declared: DeclaredTable, cells: dict[str, Placed], stray: tuple[Table, Cell] | None, found: Collected
) -> None:
    """Say what was not found; where there are numbers that it may be, it is not blank but not read."""
    said = f"没有找到{declared.name}的{named(_absent(declared, cells))}，相应的格"
    if stray is None:
        found.remarks.append(f"{said}按空白处理")
        return
    table, cell = stray
    doubt = f"没有读出（{table.place(cell)}的“{short(cell.text)}”不知属于哪一格）"
    found.remarks.append(f"{said}没有读；{table.place(cell)}的“{short(cell.text)}”不知属于哪一格，请核对")
    for key in (one.key for one in declared.cells if one.key not in cells):
        cells[key] = Placed(table, cell, doubt=doubt)


def _absent(declared: DeclaredTable, cells: dict[str, Placed]) -> list[str]:
    """The labels of what was not found: rows without any figure, columns without any, else single figures."""
    rows = wanted(declared).rows
    absent = [row.labels[0] for row in rows if row.labels and not any(c.key in cells for c in row.columns)]
    seen = [row for row in rows if any(column.key in cells for column in row.columns)]
    columns_met = {
        (column.labels, column.above) for row in seen for column in row.columns if column.key in cells
    }
    for row in seen:
        for column in row.columns:
            if column.key not in cells:
                name = "·".join((*column.above[-1:], column.labels[0]))
                met = (column.labels, column.above) in columns_met
                absent.append(f"{(row.labels or ('',))[0]}·{name}" if met else name)
    return list(dict.fromkeys(absent))
