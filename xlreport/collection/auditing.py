"""One piece of the audit: some files, read and checked in one process."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from xlreport.checking import check
from xlreport.collection.copies import sketch
from xlreport.collection.file_names import organisation_in
from xlreport.collection.organisations import LastYear, unpacked
from xlreport.collection.records import Audited, Found, Shown, State, digest
from xlreport.collection.report_files import refuse_folder
from xlreport.collection.shapes import shape_of, shape_of_report
from xlreport.errors import InputError, XlreportError
from xlreport.findings import Finding, Findings
from xlreport.office_file import understood
from xlreport.printable import printable
from xlreport.report import Report
from xlreport.sources.reading import read
from xlreport.wording import rows, told

#: What a worker loads before its first file.
IMPORTS = ("xlreport.collection.auditing", "xlreport.workbook.reader", "xlreport.workbook.file_sheets")
#: Remarks of the reader that are kept.
_REMARKS_KEPT = 3


class Batch(NamedTuple):
    """Files to be audited together: paths in ``folder``, last year's reports, packed (``b""`` without), and the office's own rules as written."""

    folder: str
    paths: tuple[str, ...]
    last_year: bytes = b""
    office: str = ""


class Whose(NamedTuple):
    """Whose report of which year a file is; both blank for one that cannot be read."""

    organisation: str
    year: int | None


def load_whose(text: str) -> Whose:
    """Return what JSON says of a file's owner; raises ``ValueError`` or ``TypeError`` for another text."""
    organisation, year = json.loads(text)
    if not isinstance(organisation, str) or not isinstance(year, int | None):
        raise TypeError(text)
    return Whose(organisation, year)


def audit_batch(batch: Batch) -> list[Audited]:
    """Return the record of each file, in order; a file that cannot be read has one too."""
    last_year = unpacked(batch.last_year) if batch.last_year else None
    return [audit_file(batch.folder, path, last_year, batch.office) for path in batch.paths]


def identify_batch(batch: Batch) -> list[Whose]:
    """Return whose report each file is, in order."""
    return [_identified(Path(batch.folder, path)) for path in batch.paths]


def audit_file(folder: str, path: str, last_year: LastYear | None = None, office: str = "") -> Audited:
    """Return the record of one file; never raises for what a file can be like."""
    try:
        return _audited(Path(folder, path), path, last_year, office)
    except XlreportError as error:
        return unreadable(folder, path, reason(error))
    except Exception as error:
        # A fault of ours in one file must not cost the work on all others.
        why = f"审核这份文件时程序出错（{type(error).__name__}），请单独审核并把文件交给维护人员"
        return unreadable(folder, path, why)


def unreadable(folder: str, path: str, why: str) -> Audited:
    """Return the record of a file that cannot be read: what its name and its first bytes tell."""
    return Audited(path, organisation_in(path), remark=why, shape=shape_of(Path(folder, path)))


def reason(error: XlreportError) -> str:
    """Return the error without the file's path, which stands beside it."""
    if not isinstance(error, InputError):
        return str(error)
    place = f"（{error.place}）" if error.place else ""
    return printable(place + error.problem + (f"；{error.advice}" if error.advice else ""))


class Examined(NamedTuple):
    """A file read and checked; ``previous`` is the path of last year's report, ``remark`` what is to be said of it (“” for nothing)."""

    report: Report
    findings: Findings
    previous: str
    remark: str


def examined(source: Path, last_year: LastYear | None, office: str) -> Examined:
    """Return a report and what is found in it, with last year's and the office's own rules; raises ``XlreportError``."""
    refuse_folder(source)
    report = read(source)
    previous, last_path, remark = None, "", ""
    if last_year is not None:
        last, remark = last_year.find(report.organisation, report.year)
        if last is not None:
            previous, last_path = read(Path(last_year.folder, last.path)), last.path
    rules = understood(office).for_form(report.declaration) if office else ()
    return Examined(report, check(report, previous, rules), last_path, remark)


def identity(finding: Finding) -> tuple[str, str]:
    """Return digests of what a finding is about, and of its figures."""
    return digest(finding.rule, *finding.cells), digest(*(finding.figures or [finding.message]))


def _audited(source: Path, path: str, last_year: LastYear | None, office: str) -> Audited:
    report, findings, last_path, remark = examined(source, last_year, office)
    remarks = [*report.remarks[:_REMARKS_KEPT], *filter(None, [remark])]
    figures = report.figures()
    return Audited(
        path=path,
        organisation=report.organisation,
        year=report.year,
        form=report.form,
        state=_state(findings),
        errors=len(findings.errors),
        warnings=len(findings.warnings),
        figures=tuple((key, shown(figures.get(key))) for key in report.declaration.main_lines),
        findings=_found(findings),
        prints=tuple(_prints(report)),
        previous=last_path,
        remark=printable("；".join(remarks)),
        shape=shape_of_report(source, report),
    )


def _identified(source: Path) -> Whose:
    try:
        report = read(source)
    except Exception:
        # Last year's folder may hold anything; what is no report there matches nobody.
        return Whose("", None)
    return Whose(report.organisation, report.year)


def _state(findings: Findings) -> State:
    if not findings.passed:
        return State.FAILED
    return State.WARNED if findings.findings else State.PASSED


def _found(findings: Findings) -> tuple[Found, ...]:
    if not findings.findings:
        return ()
    return tuple(
        Found(
            rule=row.rule_id,
            title=row.rule,
            level=row.level or "warning",
            place=row.place,
            target=row.target,
            left=shown(row.left),
            right=shown(row.right),
            difference=shown(row.difference),
            told=told(finding, findings),
            explanation=row.explanation,
            subject=subject,
            figures=figures,
        )
        for row, finding in zip(rows(findings), findings, strict=True)
        for subject, figures in [identity(finding)]
    )


def _prints(report: Report) -> list[tuple[str, bytes]]:
    sections = report.declaration.text_sections
    made = [
        (part.content, sketch(getattr(report, part.content) or "", report.organisation)) for part in sections
    ]
    return [(section, found) for section, found in made if found]


def shown(value: int | Decimal | str | None) -> Shown:
    """Return a figure as a plain number or text."""
    return float(value) if isinstance(value, Decimal) else value
