"""References as Excel writes them (“'表 1'!$D$7”) and as LibreOffice does (“$'表 1'.$D$7”)."""

from __future__ import annotations

import re

_EXCEL = re.compile(r"(?:'((?:[^']|'')+)'|([^'!=]+))!(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)")
_CALC = re.compile(
    r"\$?(?:'((?:[^']|'')+)'|([^'.=$]+))\.(\$?[A-Z]{1,3}\$?\d{1,7})(?::(?:\$?(?:'(?:[^']|'')+'|[^'.=$]+)?\.)?(\$?[A-Z]{1,3}\$?\d{1,7}))?"
)


def to_calc(reference: str) -> str | None:
    """Return Excel's reference to cells of a sheet in LibreOffice's words; ``None`` for anything else."""
    found = _EXCEL.fullmatch(reference.removeprefix("="))
    return f"${_quoted(found)}.{found[3]}" if found else None


def to_excel(reference: str) -> str | None:
    """Return LibreOffice's reference to cells of a sheet in Excel's words; ``None`` for anything else."""
    found = _CALC.fullmatch(reference.removeprefix("="))
    if found is None:
        return None
    return f"{_quoted(found)}!{found[3]}" + (f":{found[4]}" if found[4] else "")


def _quoted(found: re.Match[str]) -> str:
    name = found[1] if found[1] is not None else found[2].replace("'", "''")
    return f"'{name}'"
