"""Looks given to cells, many of them the same."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.dimensions import ColumnDimension

#: By workbook: how a cell is stored that looked like this and was given that, and what it was given, so that no other has its id.
_known: WeakKeyDictionary[Workbook, dict[object, tuple[Any, object]]] = WeakKeyDictionary()


def dress(cell: Cell | MergedCell | ColumnDimension, **given: object) -> None:
    """Give a cell, or the cells of a column that are not there yet, its font, fill and the like, those that are not ``None``.

    openpyxl compares each with all that there are, property by property; so it is asked once for those that are given together.
    """
    styled: Any = cell
    known = _known.setdefault(styled.parent.parent, {})
    key = (tuple(styled._style or ()), *map(id, given.values()), *given)
    if key not in known:
        for name, value in given.items():
            if value is not None:
                setattr(cell, name, value)
        known[key] = copy(styled._style), given
    styled._style = copy(known[key][0])
