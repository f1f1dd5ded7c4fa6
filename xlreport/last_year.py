"""What last year's report gives to this year's: the figures that were carried over to be finished this year."""

from __future__ import annotations

from decimal import Decimal

from xlreport.form.declaration import PREVIOUS
from xlreport.form.figures import Figure
from xlreport.report import Report


def carried_over(report: Report, last: Report) -> dict[str, Figure]:
    """Return what last year's report carries into this year, by this year's key, where nothing is entered yet.

    Nothing is carried over from the report of another year than the last.
    """
    if report.year is not None and last.year is not None and last.year != report.year - 1:
        return {}
    figures, before = report.figures(), last.figures()
    found: dict[str, Figure] = {}
    for balance in report.declaration.balances:
        if len(balance.left) != 1 or len(balance.right) != 1 or balance.relation != "=":
            continue
        key, source = balance.left[0].key, balance.right[0].key
        value = before.get(source.removeprefix(PREVIOUS)) if source.startswith(PREVIOUS) else None
        if figures[key] is None and isinstance(value, (int, Decimal)):
            found[key] = value
    return found
