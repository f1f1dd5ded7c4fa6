"""Writing the submission document against docxtpl rendering a template with as many placeholders."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
from docxtpl import DocxTemplate
from lxml import etree

import xlreport
from benchmarks.timing import Floor, Ratio, compare
from xlreport.example import good
from xlreport.form.grid import grid_of


def measure(folder: Path) -> Ratio:
    """Return our document against docxtpl's with the same tables, texts and figures."""
    report = good()
    template = folder / "template.docx"
    _template(template)
    figures = {key.replace(".", "_"): str(value) for key, value in report.figures().items()}
    texts = {part.content: getattr(report, part.content) for part in report.declaration.text_sections}

    def peer() -> None:
        document = DocxTemplate(template)
        document.render({**figures, **texts, "title": report.title, "preamble": report.preamble})
        document.save(folder / "peer.docx")

    return compare(
        "write the document",
        lambda: xlreport.write(report, folder / "ours.docx"),
        "docxtpl, the same document as a template",
        peer,
        1 / 10,
        floor=Floor("parse the finished parts, write them out, zip them", lambda: _rezipped(folder)),
    )


def _rezipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "ours.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(folder / "floor.docx", "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, etree.tostring(etree.fromstring(content)))


def _template(path: Path) -> None:
    """Write the document as a docxtpl template: the same texts and tables, a placeholder for each figure."""
    report = good()
    document = docx.Document()
    document.add_paragraph("{{ title }}")
    document.add_paragraph("{{ preamble }}")
    for section in report.declaration.sections:
        document.add_heading(section.heading)
        if section in report.declaration.text_sections:
            document.add_paragraph("{{ " + section.content + " }}")
            continue
        grid = grid_of(report.declaration.table(section.content))
        table = document.add_table(grid.height, grid.width)
        cells = [row.cells for row in table.rows]
        for cell in grid.cells:
            last = cells[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1]
            merged = cells[cell.row][cell.column].merge(last)
            merged.text = "{{ " + cell.key.replace(".", "_") + " }}" if cell.key else cell.text
    document.save(str(path))
