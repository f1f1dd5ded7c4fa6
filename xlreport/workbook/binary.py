"""What two binary formats of workbooks (.xls, .xlsb) tell of how cells look, and the values that python-calamine reads of them as they are seen."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from xlreport.errors import InputError
from xlreport.limits import LARGEST_TEXT
from xlreport.ooxml.addresses import Corners
from xlreport.sources.matching import Place
from xlreport.sources.refusals import REPAIR_WORKBOOK, SHORTEN, damaged, encrypted
from xlreport.workbook import shown
from xlreport.workbook.cell_looks import CellFont, CellLook, font_of
from xlreport.workbook.foreign import ForeignSheet, ForeignSheets, refuse_too_large
from xlreport.workbook.formats import stored

#: What formula errors are called, by their numbers.
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_UNKNOWN_ERROR = "#REF!"


class Run(NamedTuple):
    """A piece of a text in a font of its own."""

    text: str
    struck: bool
    raised: bool


@dataclass
class SharedText:
    """A text that cells share; ``runs`` only where a piece of it is struck or raised."""

    length: int
    runs: list[Run] = field(default_factory=list)


@dataclass
class Facts:
    """What is told of one sheet besides its values: how far it reaches, what is hidden or merged, formats, errors and shared texts by place."""

    title: str = ""
    is_hidden: bool = False
    height: int = 0
    width: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Corners] = field(default_factory=list)
    formats: dict[Place, int] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    texts: dict[Place, int] = field(default_factory=dict)

    def cell(self, row: int, column: int, style: int) -> None:
        """Take note of a cell that holds something."""
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        self.formats[row, column] = style

    def error(self, row: int, column: int, code: int) -> None:
        """Take note of a formula error."""
        self.errors[row, column] = ERRORS.get(code, _UNKNOWN_ERROR)


def runs_of(text: str, starts: Sequence[tuple[int, int]], fonts: Sequence[CellFont]) -> list[Run]:
    """Return a text in pieces by the places where other fonts begin; [] where no piece is struck or raised."""
    found = []
    bounds = [(0, len(fonts)), *starts, (len(text), 0)]
    for (start, index), (end, _) in pairwise(bounds):
        font = font_of(fonts, index)
        if text[start:end]:
            found.append(Run(text[start:end], font.struck, font.raised))
    return found if any(run.struck or run.raised for run in found) else []


def sheets_of(
    path: Path,
    content: bytes,
    facts: Sequence[Facts],
    looks: Sequence[CellLook],
    shared: Sequence[SharedText],
) -> ForeignSheets:
    """Return the sheets with the values that calamine reads, as they are seen; raises ``InputError`` where it cannot, or they are far too large."""
    refuse_too_large(path, [(each.title, each.height, each.width) for each in facts])
    if len({each.title for each in facts}) < len(facts):
        raise InputError(path, "文件已损坏，有同名的工作表", REPAIR_WORKBOOK)
    for each in facts:
        # A shared text is copied into every cell that shows it.
        if sum(shared[at].length for at in each.texts.values() if at < len(shared)) > LARGEST_TEXT:
            raise InputError(path, "文字过多，不像一份年度报告", SHORTEN, each.title)
    with _damage_in_one_line(path):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        values = {
            each.title: book.get_sheet_by_name(each.title).to_python(skip_empty_area=False) for each in facts
        }
    return ForeignSheets(path, [_seen(each, values[each.title], looks, shared) for each in facts])


@contextmanager
def _damage_in_one_line(path: Path) -> Iterator[None]:
    """Make an ``InputError`` of whatever calamine says of a damaged file, and of what it says to nobody."""
    try:
        with _no_report_of_a_panic():
            yield
    except PasswordError:
        raise encrypted(path) from None
    except (CalamineError, OSError, ValueError):
        raise damaged(path, REPAIR_WORKBOOK) from None
    except BaseException as panic:
        # Some damage makes the library's Rust code panic; that exception is no ``Exception``, and its class cannot be imported.
        if type(panic).__name__ != "PanicException":
            raise
        raise damaged(path, REPAIR_WORKBOOK) from None


@contextmanager
def _no_report_of_a_panic() -> Iterator[None]:
    """Send to nowhere what Rust writes to standard error when it panics: the user gets one line."""
    try:
        kept = os.dup(2)
    except OSError:
        # A program without a console has no standard error.
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _seen(
    facts: Facts, rows: shown.Rows, looks: Sequence[CellLook], shared: Sequence[SharedText]
) -> ForeignSheet:
    looks_other = []
    for place, name in facts.errors.items():
        shown.put_at(rows, place, name)
    for place, at in facts.texts.items():
        if at < len(shared) and shared[at].runs:
            shown.put_at(rows, place, shown.runs_as_seen([[*run] for run in shared[at].runs]))
    for place, style in facts.formats.items():
        look = looks[style] if style < len(looks) else None
        value = shown.value_at(rows, place)
        if look is None or (look.is_plain and not isinstance(value, float)) or value == "":
            continue
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        now = shown.as_seen(value, stored(repr(value)) if is_number else None, look)
        if is_number and not isinstance(now, str) and now != value:
            looks_other.append((place, now, value))
        shown.put_at(rows, place, now)
    hidden = shown.Hidden(frozenset(facts.hidden_rows), frozenset(facts.hidden_columns))
    return ForeignSheet(facts.title, rows, hidden, tuple(facts.merged), facts.is_hidden, looks_other)
