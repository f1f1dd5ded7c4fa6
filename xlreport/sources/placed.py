"""A figure's cell in a foreign table, and what is read there."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from xlreport.form.figures import Figure, Typed, Unit
from xlreport.sources.blocks import Cell, Table
from xlreport.sources.printed import Printed, read_printed
from xlreport.sources.units import Stated, scale_of


class Placed(NamedTuple):
    """A figure's cell, the units that what stands around it names, and why it is not read (“” where it is)."""

    table: Table
    cell: Cell
    stated: tuple[Stated, ...] = ()
    doubt: str = ""

    @property
    def place(self) -> str:
        """Where the cell stands, in words."""
        return self.table.place(self.cell)

    def read(self, unit: Unit) -> Printed:
        """Return the figure; the text of the doubt where there is one, which is reported as no figure."""
        if self.doubt:
            return Printed(Typed(self.doubt))
        value = self.cell.value
        if (
            isinstance(value, (int, float, Decimal))
            and not isinstance(value, bool)
            and not self._scaled(unit)
        ):
            # A number in a workbook needs no reading.
            return Printed(value)  # type: ignore[arg-type]
        return read_printed(self.cell.text, unit, self.stated)

    def _scaled(self, unit: Unit) -> bool:
        scales = [scale for named in self.stated if (scale := scale_of(named.word, unit)) is not None]
        return any(scale.factor != 1 for scale in scales)


def differing(placed: Placed, other: Placed, unit: Unit) -> Placed | None:
    """Return the first of two cells of one figure as not read where they show different things; ``None`` where they agree."""
    if placed.doubt:
        return placed
    first, second = placed.read(unit).figure, other.read(unit).figure
    if _same(first, second):
        return None
    shown = f"{_quoted(placed, first)}／{_quoted(other, second)}（两处不一致）"
    return placed._replace(doubt=shown)


def _same(first: Figure, second: Figure) -> bool:
    return str(first) == str(second) if isinstance(first, str) or isinstance(second, str) else first == second


def _quoted(placed: Placed, figure: Figure) -> str:
    return placed.doubt or " ".join(placed.cell.text.split()) if figure is not None else "空白"
