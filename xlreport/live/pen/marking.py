"""The pen that draws marks into an open workbook, and takes them off again. What it does to a cell is what the pen on files does.

Excel keeps no undo over a macro, so what a mark covers is recorded in the workbook before the cell is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from xlreport.live.literal import as_text
from xlreport.live.pen import notes
from xlreport.live.pen.fills import SOLID, Fill, read_fills, tint, write_fills
from xlreport.live.places import last_row, pointed, pointer, spot_of
from xlreport.live.protection import unprotected
from xlreport.ooxml.addresses import Spot, address_of
from xlreport.workbook.mark_records import LAST_COLUMN, RECORDS, SAMPLE_COLUMN, Size
from xlreport.workbook.marks import Mark

if TYPE_CHECKING:
    import xlwings as xw

_VISIBLE, _VERY_HIDDEN = -1, 2


class Cover(NamedTuple):
    """What to draw on one cell: a tint as RGB, and a note."""

    sheet: str
    spot: Spot
    tint: str
    note: str


class CoveredCell(NamedTuple):
    """What is kept of a covered cell."""

    cover: Cover
    fill: Fill
    own: str | None
    size: Size | None


def covers_of(marks: Iterable[Mark]) -> list[Cover]:
    """Return what the marks come to on cells."""
    return [Cover(mark.sheet, spot_of(mark.address), mark.tint, mark.note) for mark in marks]


def put_on(book: xw.Book, covers: Sequence[Cover]) -> list[str]:
    """Draw ``covers`` and keep a record of what is under them; return the places whose threaded comment leaves no room for a note."""
    home = {sheet.name: sheet for sheet in book.sheets}
    by_sheet: dict[str, list[Cover]] = {}
    for cover in covers:
        if cover.sheet in home:
            by_sheet.setdefault(cover.sheet, []).append(cover)
    if not by_sheet:
        return []
    records: list[tuple[Cover, Fill, notes.OwnNote | None]] = []
    busy: set[tuple[str, Spot]] = set()
    for title, mine in by_sheet.items():
        spots = [cover.spot for cover in mine]
        fills, own = read_fills(home[title], spots), notes.own_notes(home[title], spots)
        busy |= {(title, spot) for spot in notes.discussed(home[title])}
        records += [(cover, fills[cover.spot], own.get(cover.spot)) for cover in mine]
    with unprotected(home[title] for title in by_sheet):
        _write_records(book, records)
        for title, mine in by_sheet.items():
            write_fills(home[title], {cover.spot: tint(cover.tint) for cover in mine})
        for cover, _, note in records:
            if (cover.sheet, cover.spot) not in busy:
                notes.add(home[cover.sheet], cover.spot, note, cover.note)
    return [
        f"{cover.sheet}!{address_of(cover.spot)}" for cover in covers if (cover.sheet, cover.spot) in busy
    ]


def take_off(book: xw.Book) -> int:
    """Give every marked cell its own fill and note back; what the user has changed since stays. Returns how many cells had a mark."""
    home = {sheet.name: sheet for sheet in book.sheets}
    if RECORDS not in home:
        return 0
    by_sheet: dict[str, list[CoveredCell]] = {}
    for record in _read_records(home[RECORDS]):
        if record.cover.sheet in home:
            by_sheet.setdefault(record.cover.sheet, []).append(record)
    restored = {title: _covered_still(home[title], records) for title, records in by_sheet.items()}
    with unprotected(home[title] for title in by_sheet):
        for title, records in by_sheet.items():
            write_fills(home[title], restored[title])
            for record in records:
                notes.remove(home[title], record.cover.spot, record.cover.note, record.own, record.size)
        remove_sheet(home[RECORDS])
    return sum(map(len, by_sheet.values()))


def _covered_still(sheet: xw.Sheet, records: list[CoveredCell]) -> dict[Spot, Fill]:
    """The fills to give back: those of the cells that still have the tint we gave them."""
    found: dict[Spot, Fill] = {}
    by_tint: dict[str, dict[Spot, Fill]] = {}
    for record in records:
        # A cell marked twice (by an older version) has its own fill in the first record.
        by_tint.setdefault(record.cover.tint, {}).setdefault(record.cover.spot, record.fill)
    for colour, fills in by_tint.items():
        now = read_fills(sheet, list(fills))
        found |= {spot: fill for spot, fill in fills.items() if _is(now[spot], tint(colour))}
    return found


def _is(now: Fill, tinted: Fill) -> bool:
    return now.pattern == SOLID and now.colour == tinted.colour


def _write_records(book: xw.Book, records: list[tuple[Cover, Fill, notes.OwnNote | None]]) -> None:
    sheet = add_hidden_sheet(book, RECORDS)
    rows = len(records)
    sheet.range((1, 1), (rows, 1)).formula = [[pointer(cover.sheet, cover.spot)] for cover, _, _ in records]
    sheet.range((1, SAMPLE_COLUMN + 1), (rows, LAST_COLUMN)).value = [
        _columns(cover, own) for cover, _, own in records
    ]
    write_fills(sheet, {(row, SAMPLE_COLUMN): fill for row, (_, fill, _) in enumerate(records, 1)})


def _columns(cover: Cover, own: notes.OwnNote | None) -> list[Any]:
    head: list[Any] = [as_text(cover.tint), as_text(cover.note)]
    if own is None:
        return [*head, None, None, None, None]
    return [*head, as_text(own.text), as_text(own.author), own.size.width, own.size.height]


def _read_records(sheet: xw.Sheet) -> list[CoveredCell]:
    count = last_row(sheet)
    area = sheet.range((1, 1), (count, LAST_COLUMN))
    formulas, values = area.formula, area.options(ndim=2).value
    samples = read_fills(sheet, [(row, SAMPLE_COLUMN) for row in range(1, count + 1)])
    found = []
    for row, (line, texts) in enumerate(zip(formulas, values, strict=True), 1):
        target = pointed(line[0])
        _, _, colour, ours, own, _, width, height = texts
        if target is None or not colour:
            continue
        size = Size(width, height) if width and height else None
        cover = Cover(*target, str(colour), str(ours or ""))
        found.append(CoveredCell(cover, samples[row, SAMPLE_COLUMN], None if own is None else str(own), size))
    return found


def add_hidden_sheet(book: xw.Book, title: str) -> xw.Sheet:
    """Return a new sheet behind all others that no menu shows."""
    sheet = book.sheets.add(title, after=book.sheets[len(book.sheets) - 1])
    hide(sheet)
    return sheet


def hide(sheet: xw.Sheet) -> None:
    """Show a sheet in no menu."""
    sheet.api.Visible = _VERY_HIDDEN


def remove_sheet(sheet: xw.Sheet) -> None:
    """Delete a sheet that no menu shows, without a question."""
    app = sheet.book.app
    asks = app.display_alerts
    # Excel refuses to delete a sheet that is very hidden, and asks about any other.
    sheet.api.Visible = _VISIBLE
    app.display_alerts = False
    try:
        sheet.delete()
    finally:
        app.display_alerts = asks
