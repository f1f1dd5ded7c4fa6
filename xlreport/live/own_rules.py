"""An open workbook checked by the rules of its form, and by those of the office that lie beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.checking import check
from xlreport.findings import Findings
from xlreport.office_file import OfficeFile, office_file
from xlreport.report import Report

if TYPE_CHECKING:
    import xlwings as xw


def rules_beside(book: xw.Book) -> OfficeFile:
    """Return the office's rules for an open workbook; one that was never saved, or lies on the web, has those in the user's folder.

    Raises ``InputError`` where they make no sense.
    """
    place = Path(book.fullname)
    return office_file(None, *([place.parent] if place.is_absolute() else []))


def checked(book: xw.Book, report: Report) -> Findings:
    """Return what the form's rules and the office's say about the report of an open workbook."""
    return check(report, rules=rules_beside(book).for_form(report.form))
