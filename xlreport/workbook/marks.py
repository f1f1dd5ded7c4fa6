"""What to mark in a workbook, made from findings: plain data that any pen can draw.

A mark is a tint and a note for one cell; the list of results goes with it. Nothing here knows a spreadsheet program; what is said
is worded in ``xlreport.wording``.
"""

from __future__ import annotations

from typing import NamedTuple

from xlreport import wording
from xlreport.findings import Finding, Findings, Level
from xlreport.form.catalogue import form_of
from xlreport.workbook.results import ResultList

#: Fill of a marked cell by level, as RGB: light red and amber, dark letters stay readable on both.
TINTS: dict[Level, str] = {"error": "FFC7CE", "warning": "FFEB9C"}
#: Fill of the one cell that is probably wrong, among all that take part in what is broken.
SUSPECT_TINT = "FF9A9A"
#: Fill of a figure that was filled in from last year's report and waits to be looked at.
PROPOSED_TINT = "DDEBF7"


class Mark(NamedTuple):
    """One cell to mark: where it is, how gravely (``level``), what its note says, and whether it is the one to look at first."""

    sheet: str
    address: str
    level: Level
    note: str
    suspected: bool = False

    @property
    def tint(self) -> str:
        """The fill, as RGB."""
        return SUSPECT_TINT if self.suspected else TINTS[self.level]


class Marks(NamedTuple):
    """All that is to be drawn: a mark per cell, and the list of results."""

    cells: tuple[Mark, ...]
    results: ResultList


def marks_of(findings: Findings) -> Marks:
    """Return the marks for ``findings``; places that are not in the report's own workbook get none."""
    by_place: dict[str, list[Finding]] = {}
    for finding in findings:
        for place in dict.fromkeys(filter(wording.is_here, finding.where)):
            by_place.setdefault(place, []).append(finding)
    # Sheet by sheet, so that every pen draws in the same order.
    sheets = list(dict.fromkeys(map(wording.sheet_of, by_place)))
    ordered = sorted(by_place, key=lambda place: sheets.index(wording.sheet_of(place)))
    cells = tuple(_mark(place, by_place[place], findings) for place in ordered)
    lapsed = wording.lapsed_rows(findings.lapsed, form_of(findings.report.form))
    results = ResultList(wording.verdict(findings), wording.gathered_rows(findings), lapsed)
    about = findings.report
    whose = about.organisation + (f"{about.year}年度" if about.year else "")
    return Marks(cells, results._replace(whose=whose))


def _mark(place: str, found: list[Finding], findings: Findings) -> Mark:
    sheet, _, address = place.rpartition("!")
    stands = any(finding.level == "error" and not finding.explanation for finding in found)
    suspected = any({where for where, _ in wording.proposals(finding)} == {place} for finding in found)
    note = wording.note(place, found, findings)
    return Mark(sheet, address, "error" if stands else "warning", note, suspected)
