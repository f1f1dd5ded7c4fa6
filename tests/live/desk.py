"""What the tests of the buttons share: a workbook on the desk, and what a person sees in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.live.strict import App, start
from tests.live.strict.files import loaded
from xlreport.report import Report
from xlreport.workbook.writer import write


def opened(report: Report, path: Path, **state: Any) -> App:
    """Write ``report`` as a standard workbook to ``path`` and open it in a fresh program."""
    write(report, path)
    app = start()
    app.open(path, **state)
    return app


def sheets(app: App) -> Any:
    """The openpyxl workbook behind the one in front."""
    return app.books.opened[-1].wb


def looks(book: Any, *, without: tuple[str, ...] = ()) -> dict[tuple[str, str], Any]:
    """What a person sees in each cell: value, fill, letters, lines, lock, link, note with its author and size."""
    found = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows() if sheet.title not in without else ():
            for cell in row:
                note = cell.comment
                found[sheet.title, cell.coordinate] = (
                    cell.value,
                    _fill(cell.fill),
                    _font(cell.font),
                    tuple(_line(getattr(cell.border, edge)) for edge in ("left", "right", "top", "bottom")),
                    _alignment(cell.alignment),
                    cell.number_format,
                    cell.protection.locked,
                    cell.hyperlink and cell.hyperlink.location,
                    note and (note.text, note.author, round(note.width), round(note.height)),
                )
    return found


def _colour(colour: Any) -> Any:
    if colour is None:
        return None
    return colour.rgb[-6:] if colour.type == "rgb" else (colour.type, colour.value, colour.tint)


def _fill(fill: Any) -> Any:
    if fill.fill_type is None:
        return None
    # Behind one colour all over, nothing is seen of the other.
    return fill.fill_type, _colour(fill.fgColor), None if fill.fill_type == "solid" else _colour(fill.bgColor)


def _font(font: Any) -> Any:
    # Black is also what letters have that were given no colour.
    colour = _colour(font.color)
    return (
        font.name,
        font.size,
        bool(font.bold),
        font.underline,
        None if colour in ("000000", ("theme", 1, 0.0)) else colour,
    )


def _line(edge: Any) -> Any:
    return (edge.style, _colour(edge.color)) if edge is not None and edge.style else None


def _alignment(alignment: Any) -> Any:
    down = None if alignment.vertical == "bottom" else alignment.vertical
    return alignment.horizontal, down, bool(alignment.wrap_text), alignment.indent


def protections(book: Any) -> dict[str, dict[str, Any]]:
    """How each sheet is protected."""
    return {sheet.title: dict(vars(sheet.protection)) for sheet in book.worksheets}


def cell_at(book: Any, place: str) -> Any:
    """Return the cell at “工作表!D7”."""
    sheet, _, address = place.rpartition("!")
    return book[sheet][address]


def reopened(path: Path) -> Any:
    """Return a workbook as it was saved."""
    return loaded(path)
