"""A report as a Word document."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document

from xlreport.document import base, standard, styles
from xlreport.document.markup import LINE_BREAK, legal, paragraph, run
from xlreport.document.page_setup import text_width
from xlreport.document.paragraphs import paragraphs_of, title_lines
from xlreport.document.standard import LONGEST_PROPERTY
from xlreport.document.tables import table
from xlreport.form.grid import grid_of
from xlreport.ooxml.package import Package
from xlreport.output import date_of_writing, write_bytes
from xlreport.report import Report


def written(report: Report) -> bytes:
    """Return the report laid out by GB/T 9704-2012, as the bytes of a file."""
    known = standard.frame()
    blocks = _blocks(report, known.ids, known.width)
    return standard.with_blocks(blocks, report.full_title, report.declaration.title, report.organisation)


def document(report: Report, own: base.Base | None = None) -> Document:
    """Return the report laid out by GB/T 9704-2012.

    Into ``own``, a document of the office's, whose styles of the same names come first and whose page is kept; it can be used once.
    """
    if own is None:
        return docx.Document(BytesIO(written(report)))
    made = own.document
    base.put_into(made, _blocks(report, styles.ids_by_name(made), text_width(made)))
    describe(made, report.full_title, report.declaration.title, report.organisation)
    return made


def write_docx(report: Report, path: Path, own: base.Base | None = None) -> None:
    """Write the report to ``path`` in one step, whatever is found in it; raises ``OutputError`` where that cannot be done."""
    if own is None:
        write_bytes(path, written(report))
    else:
        save(document(report, own), path)


def save(made: Document, path: Path) -> None:
    """Write the document to ``path`` in one step; raises ``OutputError`` where that cannot be done."""
    # In memory first: python-docx is told of no disk that is full.
    content = BytesIO()
    made.save(content)
    with zipfile.ZipFile(content) as source:
        # python-docx writes the time of day into every entry.
        write_bytes(path, Package(source).zipped())


def _blocks(report: Report, ids: Mapping[str, str], width: int) -> str:
    lines = title_lines(report.full_title, report.organisation)
    parts = [paragraph(ids[styles.TITLE], LINE_BREAK.join(run(line) for line in lines))]
    parts += _text(report, "preamble", ids)
    form, figures = report.declaration, report.figures()
    tables = {table.key: table for table in form.tables}
    for section in form.sections:
        parts.append(paragraph(ids[styles.HEADINGS[0]], run(section.heading)))
        if section.content in tables:
            parts += _text(report, section.content, ids)
            grid = grid_of(tables[section.content])
            parts.append(table(grid, figures, ids, width, section.title))
            parts.append(paragraph(ids[styles.AFTER_TABLE]))
        else:
            parts += _text(report, section.content, ids)
    return "".join(parts)


def _text(report: Report, content: str, ids: Mapping[str, str]) -> list[str]:
    return [
        paragraph(ids[styles.HEADINGS[part.level - 1] if part.level else styles.BODY], run(part.text))
        for part in paragraphs_of(report, content)
    ]


def describe(made: Document, title: str, subject: str, author: str) -> None:
    """Set the document's properties."""
    properties, now = made.core_properties, date_of_writing()
    properties.title = legal(" ".join(title.split()))[:LONGEST_PROPERTY]
    properties.subject = legal(subject)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = legal(author)[:LONGEST_PROPERTY]
    properties.language = "zh-CN"
    properties.revision = 1
    properties.created = properties.modified = now
