"""A report as a web page: one file without scripts, which prints on A4 in the office's look.

The look is that of the Word document: the fonts, sizes and margins of GB/T 9704-2012, tables with the merged headers of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from xlreport.document.paragraphs import paragraphs_of, title_lines
from xlreport.form.figures import Figure
from xlreport.form.grid import Grid, GridCell, Role, grid_of
from xlreport.output import write_bytes
from xlreport.printable import holdable
from xlreport.report import Report
from xlreport.rules.rule import shown

#: What HTML cannot hold, beside what no XML can.
_CONTROLS = re.compile("[\x7f-\x9f]")
_CLASSES = {
    Role.TITLE: "title",
    Role.NOTE: "note",
    Role.HEADER: "header",
    Role.LABEL: "label",
    Role.FIGURE: "figure",
}

_LOOK = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page wide { size: A4 landscape; margin: 28mm 37mm 26mm 35mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #000; font: 16pt/29pt "Times New Roman", 仿宋_GB2312, 仿宋, FangSong, serif; }
article { max-width: 156mm; margin: 37mm auto 35mm; }
h1 { margin: 0 0 29pt; text-align: center; font: 22pt/35pt "Times New Roman", 方正小标宋简体, 宋体, SimSun, serif; }
h2, h3, h4, h5, p { margin: 0; font-size: 16pt; font-weight: normal; text-indent: 2em; text-align: justify; overflow-wrap: anywhere; }
h2 { font-family: 黑体, SimHei, sans-serif; }
h3 { font-family: 楷体_GB2312, 楷体, KaiTi, serif; }
h2, h3, h4, h5 { break-after: avoid; }
table { width: 100%; margin: 4pt 0 12pt; border-collapse: collapse; font-size: 10.5pt; line-height: 14pt; }
td, th { border: 0.5pt solid #000; padding: 3pt; text-align: center; font-weight: normal; }
td.label, th.label { text-align: left; }
.label.group { text-align: center; }
.title, .header { font-family: 黑体, SimHei, sans-serif; }
.group { overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr, tr:has(> .group) > :not(.group) { break-inside: avoid; }
tr:has(> .group) { break-inside: auto; }
.draft { position: sticky; top: 0; padding: 4pt; text-align: center; text-indent: 0; background: #fff; color: #c00000; font: 12pt/18pt 黑体, SimHei, sans-serif; }
.draft::after { content: "草稿"; position: fixed; top: 40%; left: 0; width: 100%; font-size: 120pt; line-height: 1; color: #c00000; opacity: .12;
  transform: rotate(-45deg); pointer-events: none; }
@media screen { .scroll { overflow-x: auto; } }
@media screen and (max-width: 170mm) { article { padding: 0 4mm; } }
@media screen and (max-width: 600px) {
  body { font-size: 13pt; line-height: 23pt; } h2, h3, h4, h5, p { font-size: 13pt; } h1 { margin-bottom: 23pt; font-size: 17pt; line-height: 26pt; }
  article { margin: 10mm auto; } .columns table { min-width: 140mm; }
}
@media print { article { max-width: none; margin: 0; } section.wide { page: wide; } .draft { position: static; } }
""".strip()
#: The line that marks a draft, on the pages behind the first, above the text.
_ON_EVERY_PAGE = """
@page { @top-center { content: "%s"; color: #c00000; font: 12pt 黑体, SimHei, sans-serif; } }
@page :first { @top-center { content: none; } }
""".strip()
#: The width of a page's text, of a digit, of what stands beside a figure, and the least of a column of labels, in points.
_TEXT, _DIGIT, _BESIDE, _LABEL = 442.0, 5.25, 6.5, 40.0
#: In a table of so many columns these become too narrow on a telephone.
_MANY_COLUMNS = 6


def write_page(report: Report, path: Path, draft: str = "") -> None:
    """Write the report to ``path`` in one step; ``draft`` is the line that marks it on every page, “” for none.

    Raises ``OutputError`` where the file cannot be written.
    """
    write_bytes(path, page(report, draft).encode())


def page(report: Report, draft: str = "") -> str:
    """Return the report as a web page."""
    lines = title_lines(report.full_title, report.organisation)
    mark = f'<p class="draft">{escaped(draft)}</p>\n' if draft else ""
    look = f"{_LOOK}\n{_ON_EVERY_PAGE % _quoted(draft)}" if draft else _LOOK
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(' '.join(report.full_title.split()))}</title>\n<style>\n{look}\n</style>\n</head>\n<body>\n"
        f"{mark}<article>\n<h1>{'<br>'.join(map(escaped, lines))}</h1>\n"
        + "\n".join(_body(report))
        + "\n</article>\n</body>\n</html>\n"
    )


def _body(report: Report) -> Iterator[str]:
    yield from _paragraphs(report, "preamble")
    form, figures = report.declaration, report.figures()
    tables = {table.key: table for table in form.tables}
    for section in form.sections:
        grid = grid_of(tables[section.content]) if section.content in tables else None
        yield '<section class="wide">' if grid and _is_wide(grid, figures) else "<section>"
        yield f"<h2>{escaped(section.heading)}</h2>"
        yield from _paragraphs(report, section.content)
        if grid:
            yield table(grid, figures, section.title)
        yield "</section>"


def _paragraphs(report: Report, content: str) -> Iterator[str]:
    for part in paragraphs_of(report, content):
        tag = f"h{part.level + 1}" if part.level else "p"
        yield f"<{tag}>{escaped(part.text)}</{tag}>"


def table(grid: Grid, figures: Mapping[str, Figure], caption: str) -> str:
    """Return the grid as an HTML table that can be scrolled; a blank figure stays blank, a text stays as typed.

    ``caption`` is for screen readers.
    """
    rows = [f"<tr>{''.join(_cell(cell, figures) for cell in line)}</tr>" for line in grid.lines()]
    head, body = rows[: grid.header_rows], rows[grid.header_rows :]
    top = f"<thead>\n{_joined(head)}</thead>\n" if head else ""
    columns = " columns" if grid.width > _MANY_COLUMNS else ""
    # Who uses the keyboard must be able to scroll it.
    return (
        f'<div class="scroll{columns}" tabindex="0" role="region" aria-label="{escaped(caption)}">\n'
        f'<table border="1">\n{top}<tbody>\n{_joined(body)}</tbody>\n</table>\n</div>'
    )


def _is_wide(grid: Grid, figures: Mapping[str, Figure]) -> bool:
    """True for a table whose figures need more room than an upright page has: none is ever broken over two lines."""
    needs = [0.0] * grid.width
    for cell in grid.cells:
        if cell.column_span == 1:
            need = _BESIDE + _DIGIT * len(shown(figures[cell.key])) if cell.key else _BESIDE + 2 * _DIGIT
            needs[cell.column] = max(needs[cell.column], need)
    return sum(needs) + _LABEL * grid.label_columns > _TEXT


def _joined(rows: list[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def _cell(cell: GridCell, figures: Mapping[str, Figure]) -> str:
    tag = "td" if cell.role in (Role.FIGURE, Role.NOTE) else "th"
    group = " group" if cell.role is Role.LABEL and cell.row_span > 1 else ""
    spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
        f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    )
    text = shown(figures[cell.key]) if cell.key else cell.text
    return f'<{tag} class="{_CLASSES[cell.role]}{group}"{spans}>{escaped(text)}</{tag}>'


def _quoted(text: str) -> str:
    """Return the text as it stands in a string of a style sheet."""
    return "".join(letter if letter.isalnum() else f"\\{ord(letter):x} " for letter in holdable(text))


def escaped(text: str) -> str:
    """Return the text as HTML holds it, without what it cannot hold."""
    return escape(_CONTROLS.sub("", holdable(text)))
