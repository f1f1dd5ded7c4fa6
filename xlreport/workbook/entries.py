"""What a workbook holds besides tables: the fields on 基本信息 and 上年数, and the texts, a paragraph a row."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from xlreport.document.paragraphs import is_heading
from xlreport.form.declaration import Form
from xlreport.form.figures import BLANK_MARKS, Typed, is_blank, parse_figure
from xlreport.ooxml.addresses import Area, address, spot_of
from xlreport.sources.matching import Place, normal
from xlreport.workbook.layout import FIELD_COLUMN, layout_of
from xlreport.workbook.names import BODY_STYLE, HEADING_STYLE, PREAMBLE, STYLE_COLUMN, TEXT_COLUMN, name_of
from xlreport.workbook.room import told_below
from xlreport.workbook.sentence_formulas import words_in
from xlreport.workbook.sheets import Sheets

#: How far down a sheet the heading of its section is looked for.
REACH = 20

_YEAR = re.compile(r"([1-9]\d{3})年?度?")


class Entry(NamedTuple):
    """A field as it was entered, “” for a blank, and where."""

    text: str
    title: str
    place: Place


class Text(NamedTuple):
    """A text, a line a paragraph, which lines (from 0) are headings, its sheet, the place of its first paragraph, and that of each line.

    ``headings`` is ``None`` where the lines say by themselves which are, since no style was chosen that says otherwise.
    """

    text: str
    headings: tuple[int, ...] | None
    title: str
    place: Place
    places: tuple[Place, ...]


def find_field(sheets: Sheets, name: str, label: str, form: Form | None = None) -> Entry | None:
    """Return the field that stands right of its label; ``None`` if neither its name nor its label is in the workbook.

    ``form`` is that of the workbook, where it is known already.
    """
    area = sheets.area(name_of(name))
    place = (area.top, area.left) if area else (0, 0)
    wanted = normal(label)
    if area and _left_of(sheets.rows(area.sheet), place) == wanted:
        return _entry(sheets, area.sheet, place)
    for title, rows in sheets.searchable():
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                if isinstance(value, str) and value and normal(value) == wanted:
                    beside = _entry(sheets, title, (down, sheets.merged_to(title, (down, across))[1] + 1))
                    # A program that inserts rows may leave the merged cells where they were.
                    return beside if beside.text else _entry(sheets, title, (down, _usual_column(name, form)))
    # The label has been reworded: the name is all there is to go by.
    return _entry(sheets, area.sheet, place) if area else None


def _usual_column(name: str, form: Form | None) -> int:
    return (FIELD_COLUMN if form is None else layout_of(form).fields[name].column) - 1


def year_of(text: str) -> int | None:
    """Return the year a field means (“2025”, “２０２５年”); ``None`` if it is none."""
    found = _YEAR.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    return int(found[1]) if found else None


def find_text(sheets: Sheets, form: Form, content: str, home: str) -> Text | None:
    """Return a section's text (or the preamble); ``None`` if neither its name nor its sheet is in the workbook.

    ``home`` is the sheet on which a text without a name is looked for: the one so called, or headed by the section's heading.
    """
    area = sheets.area(name_of(content))
    if area and not sheets.is_hidden(area.sheet):
        return _named_text(sheets, area)
    heading = "" if content == PREAMBLE else normal(form.section(content).heading)
    for title, rows in sheets.searchable():
        if sheets.is_hidden(title):
            continue
        if title == home or (heading and any(_is(value, heading) for row in rows[:REACH] for value in row)):
            start = _below_heading(rows)
            if start:
                return _paragraphs(sheets, title, start)
    return _named_text(sheets, area) if area else None


def _named_text(sheets: Sheets, area: Area) -> Text:
    """Read a text at its name, and say how many of its paragraphs stand below the rows prepared for them."""
    text = _paragraphs(sheets, area.sheet, _start(sheets, area))
    room = area.bottom - area.top + 1
    last = text.place[0] + room - 1
    below = sorted({row for row, _ in text.places if row > last})
    if below:
        sheets.remarks.append(told_below(area.sheet, room, len(below), below[0] + 1))
    return text


def typed_figure(value: Any) -> Any:
    """Return the value of a cell for a figure; a text as the text it is, and one that only looks blank as text that says so.

    A cell is blank, or holds one of the marks for nothing and no more: that is what the check cells count as blank too.
    """
    if type(value) is not str or not value:
        return value
    if not value.strip():
        return Typed("（只有空格）")
    if is_blank(value) and value not in BLANK_MARKS:
        return Typed(f"（“{value.strip()}”前后有空格）")
    return Typed(value)


def as_text(value: Any) -> str:
    """Return a cell's value as text: whole numbers without a point, blanks as “”, what was typed as text as it stands."""
    if isinstance(value, str):
        return value.strip()
    figure = parse_figure(value)
    return "" if figure is None else str(figure).strip()


def _entry(sheets: Sheets, title: str, place: Place) -> Entry:
    return Entry(as_text(sheets.value(title, place)), title, place)


def _left_of(rows: list[list[Any]], place: Place) -> str:
    row = rows[place[0]] if place[0] < len(rows) else []
    return next((normal(str(value)) for value in reversed(row[: place[1]]) if value != ""), "")


def _start(sheets: Sheets, area: Area) -> Place:
    """Return where a named text begins: below its heading, also where a program has moved it without moving the name."""
    rows = sheets.rows(area.sheet)
    above = rows[area.top - 1] if 0 < area.top <= len(rows) else []
    if (
        area.left + 1 < len(above)
        and _is(above[area.left], STYLE_COLUMN)
        and _starts(above[area.left + 1], TEXT_COLUMN)
    ):
        return area.top, area.left
    return _below_heading(rows) or (area.top, area.left)


def _below_heading(rows: list[list[Any]]) -> Place | None:
    for down, row in enumerate(rows):
        for across, value in enumerate(row[:-1]):
            if _is(value, STYLE_COLUMN) and _starts(row[across + 1], TEXT_COLUMN):
                return down + 1, across
    return None


def _paragraphs(sheets: Sheets, title: str, start: Place) -> Text:
    """Read to the end of the sheet: paragraphs may go on below the prepared rows."""
    top, left = start
    lines: list[str] = []
    headings: list[int] = []
    places: list[Place] = []
    styled = False
    rows, hidden = sheets.rows(title), sheets.hidden(title).rows
    # Nothing is stored of formulas that no program has calculated, also where they stand below everything else.
    end = max(len(rows), top)
    below = {row for row, column in sheets.formulas(title) if row >= end and column in (left, left + 1)}
    for down in (*range(top, end), *sorted(below)):
        if down in hidden:
            if down in below or any(map(as_text, rows[down])):
                sheets.remarks.append(f"“{title}”第 {down + 1} 行是隐藏的，其中的文字没有读取")
            continue
        style, text = (_seen(sheets, title, (down, column)) for column in (left, left + 1))
        chosen = style in (HEADING_STYLE, BODY_STYLE)
        if not chosen:
            # Typed into the wrong column: still a paragraph of the text.
            text = style + text
        # A text that is pasted comes without styles, headings and paragraphs in one go.
        looks = HEADING_STYLE if is_heading(text) else BODY_STYLE
        if text and (style if chosen else looks) == HEADING_STYLE:
            headings.append(len(lines))
        styled |= chosen and HEADING_STYLE in (style, looks)
        here = text.splitlines() or [""]
        lines += here
        places += [(down, left + 1)] * len(here)
    while lines and not lines[-1]:
        lines.pop()
    named = tuple(headings) if styled else None
    return Text("\n".join(lines), named, title, (top, left + 1), tuple(places[: len(lines)]))


def _seen(sheets: Sheets, title: str, place: Place) -> str:
    """Return what stands in a cell of a text; of a formula that no program has calculated, what it comes to."""
    text = as_text(sheets.value(title, place))
    formula = None if text else sheets.formulas(title).get(place)
    if not formula:
        return text
    words = words_in(formula, lambda sheet, cell: _value_at(sheets, sheet, cell))
    if words is None:
        advice = "请用 Excel、WPS 或 LibreOffice 打开这个文件，保存后再读"
        sheets.remarks.append(f"{title}!{address(place)} 的公式没有计算结果，这一段没有读取；{advice}")
    return words or ""


def _value_at(sheets: Sheets, title: str, cell: str) -> Any:
    spot = spot_of(cell)
    return sheets.value(title, (spot[0] - 1, spot[1] - 1)) if spot and title in sheets.titles else None


def _is(value: Any, label: str) -> bool:
    return isinstance(value, str) and normal(value) == label


def _starts(value: Any, label: str) -> bool:
    return isinstance(value, str) and normal(value).startswith(label)
