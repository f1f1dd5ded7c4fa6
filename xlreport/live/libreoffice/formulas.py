"""Formulas in Excel's syntax, entered into and read from a LibreOffice document."""

from __future__ import annotations

import re
from typing import Any

from xlreport.live.libreoffice.references import to_calc, to_excel

_PARTS = re.compile(r"""\"(?:[^"]|"")*\"|'(?:[^']|'')*'|[^"']+|["']""")
#: com.sun.star.sheet.AddressConvention.XL_A1
_EXCEL_CONVENTION = 1


class Formulas:
    """Translates formulas of one document, by the office's own parser where a formula is more than a reference."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._made: Any = None

    def read(self, cell: Any, formula: str) -> str:
        """Return the formula of ``cell``, which LibreOffice writes as ``formula``, as Excel does."""
        if not formula.startswith("="):
            return formula
        reference = to_excel(formula)
        if reference is not None:
            return f"={reference}"
        printed = str(self._parser.printFormula(cell.getTokens(), cell.CellAddress))
        return f"={_separated(printed, ';', ',')}"

    def write(self, cell: Any, formula: str) -> None:
        """Enter Excel's ``formula`` into ``cell``."""
        reference = to_calc(formula) if formula.startswith("=") else None
        if reference is not None:
            cell.setFormula(f"={reference}")
        elif formula.startswith("="):
            text = _separated(formula.removeprefix("="), ",", ";")
            cell.setTokens(self._parser.parseFormula(text, cell.CellAddress))
        else:
            cell.setString(formula)

    @property
    def _parser(self) -> Any:
        if self._made is None:
            self._made = self._document.createInstance("com.sun.star.sheet.FormulaParser")
            self._made.CompileEnglish = True
            self._made.FormulaConvention = _EXCEL_CONVENTION
        return self._made


def _separated(formula: str, old: str, new: str) -> str:
    """Return the formula with another sign between arguments; texts and sheet names in quotation marks stay as they are."""
    return "".join(part if part[0] in "\"'" else part.replace(old, new) for part in _PARTS.findall(formula))
