"""Every way to render a report, and what reading it back must give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import xlreport
from tests.rendering import documents, pages
from tests.rendering.drawing import Item, items
from tests.rendering.variations import Variation
from tests.samples import published
from xlreport.example import good
from xlreport.form.figures import Figure, amount
from xlreport.report import Report, nested

TEXTS = ("preamble", "overview", "problems", "other_matters")


class Rendering(NamedTuple):
    """A file format: its name, its ending, and how it is made of a drawn report."""

    name: str
    ending: str
    make: Callable[[list[Item], Variation], bytes]
    lays_out: bool = True


def _page(kind: str, encoding: str) -> Callable[[list[Item], Variation], bytes]:
    return lambda drawn, how: pages.as_html(drawn, how, kind).replace("CHARSET", encoding).encode(encoding)


def _document(
    figures: str, boxed: bool = False, counted: bool = False
) -> Callable[[list[Item], Variation], bytes]:
    return lambda drawn, how: documents.as_docx(drawn, how, figures, boxed, counted)


RENDERINGS = (
    *(Rendering(f"docx-{figures}", ".docx", _document(figures)) for figures in documents.FIGURES),
    Rendering("docx-boxed-title", ".docx", _document("plain", boxed=True)),
    Rendering("docx-counted-headings", ".docx", _document("plain", counted=True)),
    Rendering("html-plain", ".html", _page("plain", "utf-8")),
    Rendering("html-site-gb18030", ".html", _page("site", "gb18030")),
    Rendering("html-word-gb2312", ".htm", _page("word", "gbk")),
    Rendering("text-cell-a-line", ".txt", lambda drawn, how: pages.as_cell_a_line(drawn).encode(), False),
    Rendering("text-tabs", ".txt", lambda drawn, how: pages.as_tabbed(drawn, True).encode("gb18030"), False),
    Rendering("text-piped-rows", ".txt", lambda drawn, how: pages.as_piped_rows(drawn).encode(), False),
    Rendering("text-piped-cells", ".txt", lambda drawn, how: pages.as_piped_cells(drawn).encode(), False),
    Rendering("text-markdown", ".md", lambda drawn, how: pages.as_markdown(drawn).encode(), False),
)


#: Formats in which a blank cell leaves no trace: their figures are all printed.
WITHOUT_BLANKS = (
    Rendering("text-bare-cells", ".txt", lambda drawn, how: pages.as_bare_cells(drawn).encode(), False),
    Rendering("text-aligned", ".txt", lambda drawn, how: pages.as_aligned(drawn).encode(), False),
)


def with_text(report: Report) -> Report:
    """Return a copy of the report with the example's text, an organisation and a year."""
    text = good()
    data = report.model_dump() | {content: getattr(text, content) for content in TEXTS}
    return Report.model_validate(data | {"organisation": "宿迁市某某局", "year": report.year or 2024})


def sample(name: str) -> Report:
    """Return a published report's figures with text."""
    return with_text(published(name))


def suited(report: Report, how: Variation) -> Report:
    """Return the report as it can be printed that way: where other results are a single row, they are summed into it."""
    rows = [row for row in report.figures() if row.startswith("applications.results.other.")]
    if how.other != "single" or any(key.count(".") == 3 for key in rows):
        return report
    figures: dict[str, Figure] = dict(report.figures())
    for key in rows:
        row, _, column = key.rpartition(".")
        target = f"{row.rpartition('.')[0]}.other.{column}"
        if key != target:
            figures[target] = (amount(figures[target]) or 0) + (amount(figures[key]) or 0)
            figures[key] = None
    tables = {table.key for table in report.declaration.tables}
    return Report.model_validate({**report.model_dump(exclude=tables), **nested(figures)})


def read_back(report: Report, how: Variation, rendering: Rendering, folder: Path) -> Report:
    """Return what is read from the rendered report."""
    path = folder / f"report{rendering.ending}"
    path.write_bytes(rendering.make(items(report, how), how))
    return xlreport.read(path)


def is_silent(read: Figure, said: Sequence[str]) -> bool:
    """True for what was read wrongly and looks right: another number whatever is said, or a blank of which nothing is.

    A text in a figure's cell is an error of the rule ``kind``.
    """
    return not isinstance(read, str) and (bool(read) or not said)


def differences(report: Report, again: Report) -> list[str]:
    """Return what was not read back: cells as “key: printed ≠ read”, and texts."""
    if again.form != report.form:
        return [f"form: {again.form}"]
    printed, read = report.figures(), again.figures()
    found = [
        f"{key}: {printed[key]} ≠ {read[key]}" for key in printed if amount(printed[key]) != amount(read[key])
    ]
    for content in TEXTS:
        wanted, got = getattr(report, content) or "", getattr(again, content) or ""
        if "".join(wanted.split()) != "".join(got.split()):
            found.append(f"{content}: {got[-40:]!r}")
    if (again.organisation, again.year) != (report.organisation, report.year):
        found.append(f"title: {again.organisation} {again.year}")
    return found
