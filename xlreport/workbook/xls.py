"""An .xls workbook (BIFF8, also what WPS saves as .et): its records looked through before python-calamine gets them. [MS-XLS]

calamine reads all sheets at once and allocates each densely, knows no hidden rows or columns, and no formats but those of dates. It
makes room for whatever a number says, and where there is none the process ends: so it gets the records in a container of our own, after
each number that it makes room for was compared with what is there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xlreport.errors import InputError
from xlreport.sources.compound import Compound
from xlreport.sources.compound_writer import compound_file
from xlreport.sources.refusals import REPAIR_WORKBOOK, SAVE_AS_WORKBOOK, damaged, encrypted
from xlreport.workbook.binary import Facts, SharedText, runs_of, sheets_of
from xlreport.workbook.cell_looks import PAPER, CellFont, CellLook, font_of, look_of
from xlreport.workbook.foreign import ForeignSheets

#: The name of the stream that holds the workbook; “Book” is what Excel 95 wrote.
STREAM, OLDER_STREAM = "Workbook", "Book"
_BIFF8, _GLOBALS, _SHEET = 0x600, 0x5, 0x10
_BOF, _EOF, _CONTINUE, _PASSWORD, _BOUND_SHEET = 0x809, 0x0A, 0x3C, 0x2F, 0x85
_SHARED_TEXTS, _FONT, _FORMAT, _XF, _PALETTE = 0xFC, 0x31, 0x41E, 0xE0, 0x92
_ROW, _COLUMNS, _MERGED, _DIMENSIONS = 0x208, 0x7D, 0xE5, 0x200
#: Rows and columns of a sheet.
_ROWS, _WIDTH = 65536, 256
_NUMBER, _RK, _MULTIPLE_RK, _LABEL, _RICH_LABEL, _SHARED_LABEL, _FORMULA, _BOOL_OR_ERROR = (
    *(0x203, 0x27E, 0xBD, 0x204, 0xD6, 0xFD, 0x06, 0x205),
)
_CELLS = frozenset((_NUMBER, _RK, _LABEL, _RICH_LABEL, _SHARED_LABEL, _FORMULA, _BOOL_OR_ERROR))
#: Sheets, as opposed to charts and macros.
_WORKSHEET = 0
#: Indexes of colours that are white without a palette of the workbook's own, and where such a palette begins.
_WHITE, _OWN = (1, 9, 65), 8


class _Record(NamedTuple):
    kind: int
    data: bytes


def xls_sheets(path: Path, content: bytes) -> ForeignSheets:
    """Return the sheets of an .xls workbook; raises ``InputError`` where it cannot be read or is far too large."""
    compound = Compound(path, content)
    if STREAM not in compound:
        what = "这是 Excel 95 或更早的工作簿" if OLDER_STREAM in compound else "这是旧格式的文件，不是工作簿"
        raise InputError(path, f"{what}，不能直接读取", SAVE_AS_WORKBOOK)
    stream = compound.stream(STREAM)
    try:
        book = _Book(path, stream)
        facts = [book.facts(stream, *each) for each in book.bounds]
    except (struct.error, IndexError, ValueError):
        raise damaged(path, REPAIR_WORKBOOK) from None
    return sheets_of(path, compound_file({STREAM: stream}), facts, book.looks, book.shared)


def _records(stream: bytes, at: int) -> Iterator[_Record]:
    """Yield the records of the part that begins at a place to its end, of parts within it (charts) only the first; raises ``ValueError`` for damage."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _DIMENSIONS:
            _refuse_impossible(data)
        if depth == 0 and kind == _EOF:
            return
        if depth <= 0:
            break
        if depth == 1 or kind == _BOF:
            yield _Record(kind, data)
    raise ValueError


def _refuse_impossible(dimensions: bytes) -> None:
    """Raise ``ValueError`` where a sheet, or a chart in it, is said to be larger than any."""
    top, bottom, left, right = struct.unpack("<IIHH2x", dimensions)
    if bottom and right and not (top <= bottom <= _ROWS and left <= right <= _WIDTH):
        raise ValueError


class _Book:
    """What stands before the sheets: where they begin, the formats, and the texts that cells share."""

    def __init__(self, path: Path, stream: bytes) -> None:
        self.bounds: list[tuple[int, str, bool]] = []
        self._codes: dict[int, str] = {}
        self._palette: list[tuple[str, str]] = []
        fonts: list[bytes] = []
        formats: list[bytes] = []
        shared: list[bytes] = []
        last = 0
        for kind, data in _records(stream, 0):
            if kind == _BOF and last:
                raise ValueError
            if kind == _BOF and struct.unpack_from("<HH", data) != (_BIFF8, _GLOBALS):
                raise InputError(path, "这是 Excel 95 或更早的工作簿，不能直接读取", SAVE_AS_WORKBOOK)
            if kind == _PASSWORD:
                raise encrypted(path)
            if kind == _BOUND_SHEET and data[5] == _WORKSHEET:
                (start,) = struct.unpack_from("<I", data)
                self.bounds.append((start, _short_text(data[6:], 1), bool(data[4] & 3)))
            elif kind == _FONT:
                fonts.append(data)
            elif kind == _FORMAT:
                self._codes[struct.unpack_from("<H", data)[0]] = _short_text(data[2:], 2)
            elif kind == _XF:
                formats.append(data)
            elif kind == _PALETTE:
                self._palette = [
                    ("rgb", data[at : at + 3].hex().upper()) for at in range(2, len(data) - 3, 4)
                ]
            elif kind == _SHARED_TEXTS and shared:
                raise ValueError
            elif kind == _SHARED_TEXTS or (kind == _CONTINUE and last == _SHARED_TEXTS):
                shared.append(data)
                kind = _SHARED_TEXTS
            last = kind
        self._fonts = [self._font(data) for data in fonts]
        # No record means the font with the number 4.
        self._fonts.insert(4, CellFont())
        self.looks = [self._look(data) for data in formats]
        self.shared = list(_shared_texts(shared, self._fonts)) if shared else []

    def _colour(self, index: int) -> tuple[str, str]:
        own = index - _OWN
        if self._palette and 0 <= own < len(self._palette):
            return self._palette[own]
        return PAPER if index in _WHITE else ("indexed", str(index))

    def _font(self, data: bytes) -> CellFont:
        _, bits, colour, _, script = struct.unpack_from("<5H", data)
        # 0x7FFF is the colour of the window's text.
        return CellFont(
            bool(bits & 8), script in (1, 2), ("", "") if colour == 0x7FFF else self._colour(colour)
        )

    def _look(self, data: bytes) -> CellLook:
        font, code = struct.unpack_from("<HH", data)
        borders, fill = struct.unpack_from("<IH", data, 14)
        pattern = borders >> 26
        paper = PAPER if pattern == 0 else self._colour(fill & 0x7F) if pattern == 1 else ("pattern", "")
        return look_of(self._codes, code, font_of(self._fonts, font), paper)

    def facts(self, stream: bytes, start: int, title: str, is_hidden: bool) -> Facts:
        """Return what is told of the sheet that begins at ``start``."""
        facts = Facts(title, is_hidden)
        for kind, data in _records(stream, start):
            if kind in _CELLS:
                row, column, style = struct.unpack_from("<3H", data)
                facts.cell(row, column, style)
                if kind == _SHARED_LABEL:
                    (facts.texts[row, column],) = struct.unpack_from("<I", data, 6)
                elif kind == _BOOL_OR_ERROR and data[7]:
                    facts.error(row, column, data[6])
                elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
                    facts.error(row, column, data[8])
            elif kind == _MULTIPLE_RK:
                row, column = struct.unpack_from("<HH", data)
                for at in range(4, len(data) - 7, 6):
                    facts.cell(row, column, struct.unpack_from("<H", data, at)[0])
                    column += 1
            elif kind == _ROW:
                (row,) = struct.unpack_from("<H", data)
                (height,) = struct.unpack_from("<H", data, 6)
                if data[12] & 0x20 or not height & 0x7FFF:
                    facts.hidden_rows.add(row)
            elif kind == _COLUMNS:
                first, last, width, _, bits = struct.unpack_from("<5H", data)
                if bits & 1 or not width:
                    facts.hidden_columns.update(range(first, min(last, 255) + 1))
            elif kind == _MERGED:
                (count,) = struct.unpack_from("<H", data)
                for at in range(count):
                    top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * at)
                    facts.merged.append((top, left, bottom, right))
        return facts


def _short_text(data: bytes, width: int) -> str:
    """Return a text whose length takes ``width`` bytes, before the byte that says how its characters are kept."""
    length = int.from_bytes(data[:width], "little")
    wide = data[width] & 1
    found = data[width + 1 : width + 1 + length * (1 + wide)]
    return found.decode("utf-16-le" if wide else "latin-1")


class _Pieces:
    """The data of a record that goes on in others; characters that are parted begin anew with a byte that says how they are kept."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._number, self._at = pieces, 0, 0

    def left(self) -> int:
        """Return how many bytes are left of the piece, the next one where none are."""
        while self._at >= len(self._pieces[self._number]):
            self._number, self._at = self._number + 1, 0
        return len(self._pieces[self._number]) - self._at

    def take(self, length: int) -> bytes:
        found = b""
        while len(found) < length:
            found += self._some(min(length - len(found), self.left()))
        return found

    def _some(self, length: int) -> bytes:
        self._at += length
        return self._pieces[self._number][self._at - length : self._at]

    def text(self, length: int, wide: bool) -> str:
        found = ""
        while len(found) < length:
            if self._at >= len(self._pieces[self._number]):
                self.left()
                wide = bool(self._some(1)[0] & 1)
            count = min(length - len(found), (len(self._pieces[self._number]) - self._at) // (1 + wide))
            if count == 0:
                raise ValueError
            # A pair of halves may be parted, so nothing is refused here.
            found += self._some(count * (1 + wide)).decode("utf-16-le" if wide else "latin-1", "replace")
        return found


def _shared_texts(pieces: list[bytes], fonts: list[CellFont]) -> Iterator[SharedText]:
    data = _Pieces(pieces)
    _, count = struct.unpack("<II", data.take(8))
    for _ in range(count):
        length, bits = struct.unpack("<HB", data.take(3))
        runs = int.from_bytes(data.take(2), "little") if bits & 8 else 0
        extra = int.from_bytes(data.take(4), "little") if bits & 4 else 0
        text = data.text(length, bool(bits & 1))
        starts = list(struct.iter_unpack("<HH", data.take(4 * runs)))
        data.take(extra)
        yield SharedText(length, runs_of(text, starts, fonts))
