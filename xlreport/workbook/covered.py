"""Marks on cells of a file, put on and taken off: what a mark covers up is kept in the workbook itself (see ``mark_records``)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from lxml import etree

from xlreport.ooxml.addresses import Spot, address_of, parts_of, quoted, spot_of
from xlreport.ooxml.cells import LONGEST_TEXT, Cells, set_style
from xlreport.ooxml.notes import XML, Note, Notes, Size, discussed
from xlreport.ooxml.package import Package
from xlreport.ooxml.styles import Styles
from xlreport.ooxml.values import values_of
from xlreport.ooxml.workbook import MAIN, Book
from xlreport.printable import holdable
from xlreport.workbook.cell_texts import escaped
from xlreport.workbook.mark_records import (
    AUTHOR,
    RECORDS,
    SAMPLE_COLUMN,
    SEPARATOR,
    WRITTEN_COLUMN,
    joined,
    remaining,
    size_of,
)
from xlreport.workbook.marks import Mark


class _Record(NamedTuple):
    """A line of the sheet of records, as it is written and read. ``style`` is the format that the cell had."""

    title: str
    spot: Spot
    style: int
    tint: str
    ours: str
    own: str | None
    author: str
    size: Size | None
    written: dict[str, str]


class _Pages:
    """The sheets that are marked, each opened once."""

    def __init__(self, package: Package, book: Book) -> None:
        self._package, self._book = package, book
        self._parts = book.worksheets()
        self._cells: dict[str, Cells] = {}
        self._notes: dict[str, Notes] = {}
        self._discussed: dict[str, set[Spot]] = {}

    def cells(self, title: str) -> Cells | None:
        """The cells of a sheet; ``None`` where there is no such sheet."""
        if title not in self._parts:
            return None
        if title not in self._cells:
            self._cells[title] = Cells(self._package.edited(self._parts[title]))
        return self._cells[title]

    def notes(self, title: str) -> Notes:
        if title not in self._notes:
            self._notes[title] = Notes(self._package, self._book, self._parts[title])
        return self._notes[title]

    def is_discussed(self, title: str, spot: Spot) -> bool:
        if title not in self._discussed:
            self._discussed[title] = discussed(self._package, self._parts[title])
        return spot in self._discussed[title]

    def finish(self) -> None:
        for notes in self._notes.values():
            notes.finish(AUTHOR)


def put_on(package: Package, book: Book, styles: Styles, marks: Iterable[Mark]) -> tuple[bytes, list[str]]:
    """Tint and annotate the cells; return the sheet of records (b"" if nothing was marked), and the places that have room for no note."""
    pages, records, without = _Pages(package, book), [], []
    for title, spot, tint, text in _by_home(pages, marks):
        cells = pages.cells(title)
        assert cells is not None
        written: dict[str, str] = {}
        if cells.get(spot) is None:
            written["absent"] = "cell" if cells.has_row(spot[0]) else "row"
        style = cells.style(spot)
        set_style(cells.make(spot), styles.with_fill(style, styles.solid(tint)))
        note = None
        if pages.is_discussed(title, spot):
            # The note is the program's copy of the conversation, which it writes anew.
            without.append(f"{title}!{address_of(spot)}")
        else:
            note = _annotate(pages.notes(title), spot, text)
        if note is not None:
            written |= {"comment": note.comment, "box": note.box}
        records.append(
            _Record(
                title,
                spot,
                style,
                tint,
                text,
                note and note.text,
                note.author if note else "",
                note and note.size,
                written,
            )
        )
    pages.finish()
    return (_drawn(records) if records else b""), without


def take_off(package: Package, book: Book) -> list[str]:
    """Give every marked cell its own fill and note back; what the user has changed since stays as the user has it.

    Returns what is to be said of that, which is nothing.
    """
    part = book.worksheets().get(RECORDS)
    if part is None:
        return []
    pages, styles = _Pages(package, book), Styles(package, book)
    for record in _read(package, book, part):
        cells = pages.cells(record.title)
        if cells is None:
            continue
        spot = cells.home(record.spot)
        _restore_fill(cells, styles, spot, record)
        _restore_note(pages.notes(record.title), spot, record)
        if "absent" in record.written:
            cells.unmake(spot, record.written["absent"] == "row")
    pages.finish()
    book.remove_sheet(RECORDS)
    return []


def _by_home(pages: _Pages, marks: Iterable[Mark]) -> list[tuple[str, Spot, str, str]]:
    """The marks by the cells that they come to stand on: of a merged block its first."""
    found: dict[tuple[str, Spot], tuple[str, str]] = {}
    for each in marks:
        cells, spot = pages.cells(each.sheet), spot_of(each.address)
        if cells is None or spot is None:
            continue
        home = (each.sheet, cells.home(spot))
        before = found[home][1] if home in found else None
        found[home] = (each.tint, joined(before, holdable(each.note)))
    return [(*home, *mark) for home, mark in found.items()]


def _annotate(notes: Notes, spot: Spot, text: str) -> Note | None:
    """Write ``text`` into the note of a cell, and return the user's own note as it was."""
    own = notes.get(spot)
    if own is None:
        notes.put(spot, text, AUTHOR, size_of(text))
    else:
        notes.append(spot, SEPARATOR + text, size_of(joined(own.text, text), own.size.width))
    return own


def _restore_fill(cells: Cells, styles: Styles, spot: Spot, record: _Record) -> None:
    cell = cells.get(spot)
    if cell is None:
        return
    now = cells.style(spot)
    pattern = styles.fill(now).find("{*}patternFill[@patternType='solid']/{*}fgColor")
    if pattern is None or (pattern.get("rgb") or "")[-6:].upper() != record.tint:
        return
    if styles.differ_in_fill_only(now, record.style):
        set_style(cell, record.style)
    else:
        set_style(cell, styles.with_fill(now, styles.fill(record.style)))


def _restore_note(notes: Notes, spot: Spot, record: _Record) -> None:
    """Take our part out of the note; the user's part stays as it is now."""
    now = notes.get(spot)
    if now is None:
        return
    before = record.written
    if "comment" in before and notes.restore(
        spot, before["comment"], before.get("box", ""), SEPARATOR + record.ours
    ):
        return
    left = remaining(now.text, record.ours, record.own)
    if not left:
        notes.remove(spot)
    elif left != now.text:
        notes.rewrite(spot, left, record.size if left == record.own else None)


def _drawn(records: list[_Record]) -> bytes:
    """The sheet of records."""
    root = etree.Element(f"{{{MAIN}}}worksheet", nsmap={None: MAIN})  # type: ignore[dict-item]
    data = etree.SubElement(root, f"{{{MAIN}}}sheetData")
    for number, each in enumerate(records, 1):
        row = etree.SubElement(data, f"{{{MAIN}}}row", {"r": str(number)})
        pointer = _cell(row, number, 1)
        etree.SubElement(pointer, f"{{{MAIN}}}f").text = f"{quoted(each.title)}!{address_of(each.spot)}"
        _cell(row, number, SAMPLE_COLUMN).set("s", str(each.style))
        texts: list[Any] = [each.tint, each.ours]
        if each.own is not None:
            texts += [each.own, each.author, *(each.size or ("", ""))]
        written = json.dumps(each.written, ensure_ascii=False) if each.written else ""
        texts += [""] * (WRITTEN_COLUMN - SAMPLE_COLUMN - 1 - len(texts))
        for column, value in enumerate([*texts, written if len(written) <= LONGEST_TEXT else ""], 3):
            if isinstance(value, (int, float)):
                etree.SubElement(_cell(row, number, column), f"{{{MAIN}}}v").text = f"{value:g}"
            elif value or (column == 5 and each.own is not None):
                cell = _cell(row, number, column)
                cell.set("t", "inlineStr")
                text = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
                text.text = escaped(holdable(value))
                text.set(f"{{{XML}}}space", "preserve")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cell(row: etree._Element, number: int, column: int) -> etree._Element:
    return etree.SubElement(row, f"{{{MAIN}}}c", {"r": address_of((number, column))})


def _read(package: Package, book: Book, part: str) -> list[_Record]:
    rows: dict[int, dict[int, Any]] = {}
    for value in values_of(package, book, part):
        row = rows.setdefault(value.spot[0], {})
        row[value.spot[1]] = value
    found = []
    for _, row in sorted(rows.items()):
        title, address = parts_of(row[1].formula if 1 in row else "")
        spot = spot_of(address)
        if spot is None:  # “#REF!”: the user has deleted the cell
            continue
        texts = {column: value.text for column, value in row.items()}
        size = Size(float(texts[7]), float(texts[8])) if texts.get(7) and texts.get(8) else None
        style = row[SAMPLE_COLUMN].style if SAMPLE_COLUMN in row else 0
        found.append(
            _Record(
                title,
                spot,
                style,
                texts.get(3) or "",
                texts.get(4) or "",
                texts.get(5),
                texts.get(6) or "",
                size,
                _written(texts.get(WRITTEN_COLUMN)),
            )
        )
    return found


def _written(text: str | None) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:  # typed over
        return {}
    return found if isinstance(found, dict) else {}
