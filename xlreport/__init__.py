"""xlreport: 政府信息公开工作年度报告, filled in Excel, checked, and turned into the submission document.

>>> import xlreport
>>> report = xlreport.read("年报.xlsx")              # doctest: +SKIP
>>> findings = xlreport.check(report)               # doctest: +SKIP
>>> xlreport.write(report, "年报.docx")              # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from xlreport.checking import check
    from xlreport.errors import BlockedError, FormError, InputError, OutputError, XlreportError
    from xlreport.findings import Finding, Findings
    from xlreport.report import Report

__version__ = "0.1.0"

__all__ = [
    "BlockedError",
    "Finding",
    "Findings",
    "FormError",
    "InputError",
    "OutputError",
    "Report",
    "XlreportError",
    "check",
    "read",
    "write",
]

#: The module of each public name, loaded when the name is asked for: the command asks for few of them, and starts before.
_MODULES = {
    "check": "checking",
    **dict.fromkeys(("BlockedError", "FormError", "InputError", "OutputError", "XlreportError"), "errors"),
    **dict.fromkeys(("Finding", "Findings"), "findings"),
    "Report": "report",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def read(path: str | Path) -> Report:
    """Return the report in the file ``path``, whatever its shape; the shape is told by the content.

    Raises ``InputError`` where the file cannot be read as a report.
    """
    from xlreport.sources.reading import read as read_any

    return read_any(path)


def write(report: Report, path: str | Path) -> None:
    """Write ``report`` to ``path``; its ending decides: ``.xlsx``, ``.json``, ``.docx`` or ``.html``.

    A document is refused with ``BlockedError`` while an error stands, an existing file is replaced only once the new one is complete.
    Raises ``OutputError`` where the file cannot be written.
    """
    from pathlib import Path

    from xlreport.writing import writer_for

    target = Path(path)
    writer_for(target)(report, target)
