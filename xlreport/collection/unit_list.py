"""A list of units, and of whose subordinates they are: indented lines, or a table with headings."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xlreport.errors import InputError
from xlreport.sources.compound import SIGNATURE
from xlreport.sources.files import content_of


class Listed(NamedTuple):
    """A unit as listed: its name and line, the name of the unit above it (“” for none), and that one's line where the list shows it (else 0)."""

    name: str
    line: int
    superior: str = ""
    superior_line: int = 0


#: What may stand over a column of names, and over one of those they belong to.
_HEADING = re.compile(
    r"(?:应报|填报|报送|上报|报告|公开|责任|成员|下级|行政)?(?:单位|机关|机构|部门|主体)(?:名称|全称|名单)?|名称"
)
_SUPERIOR = frozenset(
    {"上级", "上级单位", "上级单位名称", "上级机关", "上级名称", "上级机关名称", "上级政府", "所属上级"}
)
_INDENTATION = re.compile(r"[ \t\u3000\u00a0]*")
#: What parts the cells of a line of text, and the number that may stand before a name.
_MARKS = (",", "\t", "，", ";", "；", "|")
_NUMBER = re.compile(r"[（(]?\d{1,4}[)）]|\d{1,4}[.、．](?!\d)|\d+")
#: Widths of what a line may be indented with, in blanks.
_WIDTHS = {" ": 1, "\u00a0": 1, "\u3000": 2, "\t": 4}


def listed_in(path: Path) -> list[Listed]:
    """Return the units of a list in its order: a text file (.txt, .csv) or a workbook.

    Raises ``InputError`` where the file cannot be read, holds no name, or does not make clear who is above whom.
    """
    content = content_of(path)
    is_workbook = content.startswith((b"PK", SIGNATURE))
    rows = _rows_of_workbook(path, content) if is_workbook else _rows_of_text(path, content)
    found = _in_table(path, rows)
    if found is None:
        found = list(_in_lines(path, _names_of(rows)))
    if not found:
        raise InputError(path, "名单里没有单位名称", "请每行写一个单位名称")
    return found


def _rows_of_text(path: Path, content: bytes) -> list[list[str]]:
    for encoding in ("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "gb18030"):
        try:
            lines = content.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
        return _cells(lines)
    raise InputError(
        path, "名单不是文本文件，也不是 .xlsx 工作簿", "请每行写一个单位名称，存为 .txt、.csv 或 .xlsx"
    )


def _cells(lines: list[str]) -> list[list[str]]:
    """Return the cells of the lines of a table, the name of each line of another text."""
    for mark in _MARKS:
        if any(_is_header(line.split(mark)) for line in lines[: _TITLE_LINES + 1]):
            try:
                return list(csv.reader((line.replace("\0", "") for line in lines), delimiter=mark))
            except csv.Error:
                return [line.split(mark) for line in lines]
    return [[_name_in(line)] for line in lines]


def _name_in(line: str) -> str:
    """Return the name in a line without headings, as it is indented: its first cell, or what stands behind a number."""
    text = line.lstrip()
    indentation = line[: len(line) - len(text)]
    if numbered := _NUMBER.match(text):
        behind = text[numbered.end() :]
        # A number that is a part of the name (“12345热线办公室”) stands right before the next letter.
        if not numbered[0][-1].isdigit() or behind[:1] in (*_MARKS, " ", "\u3000"):
            text = behind.lstrip("".join(_MARKS) + " \u3000")
    name = re.split("[,，\t;；|]", text, maxsplit=1)[0].strip()
    return indentation + re.sub('^"(.*)"$', r"\1", name)


def _is_header(cells: Sequence[str]) -> bool:
    """Whether these are the headings of a table of several columns, of which one holds names."""
    texts = [_plain(cell).strip('"') for cell in cells]
    return sum(map(bool, texts)) > 1 and any(text in _SUPERIOR or _HEADING.fullmatch(text) for text in texts)


def _rows_of_workbook(path: Path, content: bytes) -> list[list[str]]:
    from xlreport.workbook.opening import sheets_in

    for _, rows in sheets_in(path, content).searchable():
        texts = [[value if isinstance(value, str) else "" for value in row] for row in rows]
        if any(cell.strip() for row in texts for cell in row):
            return texts
    return []


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _in_table(path: Path, rows: Sequence[Sequence[str]]) -> list[Listed] | None:
    """Return the units of a table with headings; ``None`` for another list."""
    header = next((number for number, row in enumerate(rows[: _TITLE_LINES + 1]) if _is_header(row)), None)
    if header is None:
        return None
    headings = [_plain(cell) for cell in rows[header]]
    superior = next((place for place, text in enumerate(headings) if text in _SUPERIOR), None)
    others = [place for place, text in enumerate(headings) if text and place != superior]
    name = next((place for place in others if _HEADING.fullmatch(headings[place])), others[0])
    names = [row[name] if number > header and len(row) > name else "" for number, row in enumerate(rows)]
    if superior is None:
        return list(_in_lines(path, names))
    return [
        Listed(name.strip(), line, row[superior].strip() if len(row) > superior else "")
        for line, (name, row) in enumerate(zip(names, rows, strict=True), 1)
        if name.strip()
    ]


#: Lines of a title that may stand above the headings of a table.
_TITLE_LINES = 5


def _names_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the column that holds the names, as it is indented."""
    width = max(map(len, rows), default=0)
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    # Beside the names there may be numbers, codes or short remarks: names are the column with the longest texts.
    return max(columns, key=lambda texts: sum(len(text.strip()) for text in texts), default=[])


def _in_lines(path: Path, lines: Iterable[str]) -> Iterator[Listed]:
    """Yield the units of indented lines: above a line is the nearest one before it that is indented less."""
    above: list[tuple[int, str, Listed]] = []  # width, indentation, unit
    for number, line in enumerate(lines, 1):
        name = line.strip()
        if not name or _HEADING.fullmatch(_plain(name)):
            continue
        found = _INDENTATION.match(line)
        indentation = found[0] if found else ""
        width = sum(_WIDTHS[sign] for sign in indentation)
        while above and above[-1][0] >= width:
            above.pop()
        if (
            above
            and not indentation.startswith(above[-1][1])
            and set(indentation) & set(above[-1][1]) == set()
        ):
            # A tab is as wide as each program likes: beside blanks it does not say what is deeper.
            raise InputError(
                path,
                "缩进有的用空格，有的用制表符或全角空格，看不出上下级",
                "请统一用一种缩进",
                f"第 {number} 行",
            )
        superior = above[-1][2] if above else None
        unit = Listed(name, number, superior.name, superior.line) if superior else Listed(name, number)
        yield unit
        above.append((width, indentation, unit))
