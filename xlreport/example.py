"""The example: a published report, and the same with errors of the kinds seen in print."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from xlreport.form.declaration import Record
from xlreport.report import Report

#: What is wrong in the faulty example: cell key → the value typed instead.
ERRORS: dict[str, Any] = {
    # Two digits swapped: 79 typed as 97 (the row and the column no longer add up).
    "applications.results.granted.natural_person": 97,
    # The total of a row was not updated.
    "applications.results.unavailable.not_held.total": 45,
    # A figure typed with its unit is text, not a number.
    "disclosure.penalties.decisions": "437 件",
    # Blank where a 0 belongs.
    "disclosure.coercion.decisions": None,
    # A case counted in its part, not in the total.
    "cases.litigation_after_review.upheld": 1,
}


def good() -> Report:
    """Return the example report, 西集镇 2025, as it was published."""
    return Report.model_validate_json((files("xlreport") / "data" / "xiji-2025.json").read_bytes())


def faulty() -> Report:
    """Return the example with ``ERRORS`` in it and a fifth section that says only 无."""
    report = good()
    for key, value in ERRORS.items():
        *parents, name = key.split(".")
        record: Record | Report = report
        for parent in parents:
            record = getattr(record, parent)
        setattr(record, name, value)
    report.problems = "无"
    return report
