"""Plain text as blocks: a cell a line behind a tab (as documents are copied), tab-separated lines, pipes, columns parted by blanks.

Pages turned into text end each cell with a pipe, several cells or a single one a line. Where only the cells are left they become
paragraphs, from which ``streams`` makes tables again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from xlreport.errors import InputError
from xlreport.limits import LARGEST_PLAIN, MOST_LINES, MOST_TABLE_CELLS
from xlreport.sources.blocks import NOTHING, Block, Paragraph, table_of
from xlreport.sources.printed import holds_a_number
from xlreport.sources.streams import end_of_run

_BOOKMARK = re.compile(r"\[bookmark:[^\][]*\]")
_RULE = re.compile(r"^[\s|:+=-]+$")
_PIPE = re.compile(r"(?<!\\)\|")
#: Pipes as they are drawn, and lines that are no more than the rule between two rows.
_DRAWN = re.compile("[｜│┃║]")
_DRAWN_RULE = re.compile(r"^[ \t]*[┌├└┏┣┗╔╠╚─━═][─━═┬┼┴┳╋┻╦╬╩┐┤┘┓┫┛╗╣╝ \t]*$", re.MULTILINE)
_PIPES = str.maketrans("｜│┃║", "||||")
#: A line that a pipe begins or ends.
_ENDED = re.compile(r"^\||(?<!\\)\|$")
_FILL = re.compile(r"\|\|\s*$")
#: What parts columns that are lined up with blanks.
_GAP = re.compile(r"[ \u3000\xa0]{2,}")
#: A cell in quotes with what stands behind them, or one without, and what ends it.
_QUOTED_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"([^\t\n]*)|([^\t\n]*))(\t|\n|\Z)')
_HEADING = re.compile(r"^(#{1,6})\s+")
#: A cell of a table has no more lines; a quote that is open longer is something else.
LINES_IN_A_CELL = 8
#: The lines of a label that was broken.
LINES_OF_LABEL, LONGEST_LINE = 4, 45

_CHECK = "请核对文件"
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def blocks_in(source: Path, text: str) -> list[Block]:
    """Return the paragraphs and tables of a plain text; raises ``InputError`` where it is far too long."""
    if len(text) > LARGEST_PLAIN:
        raise InputError(source, f"文本有 {len(text) // 10_000} 万字，不像一份年度报告", _CHECK)
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if _DRAWN.search(text):
        text = _DRAWN_RULE.sub("|---|", text).translate(_PIPES)
    if text.count("\n") > MOST_LINES or text.count("|") + text.count("\t") > MOST_TABLE_CELLS:
        raise _too_many(source)
    lines = _without_marks_of_rows(_unbroken(text.split("\n")))
    spaced = _Spaced(lines)
    stops = _stops(lines)
    found: list[Block] = []
    at = 0
    #: Where the lines of a cell begin that wait for the pipe that ends it.
    begun = 0
    while at < len(lines):
        line = lines[at]
        if _is_piped(line):
            end = end_of_run(lines, at, _is_piped)
            if any(len(_filled(row)) > 1 for row in lines[at:end]):
                found += _piped(lines[at:end])
                begun = len(found)
            else:
                for row in lines[at:end]:
                    found[begun:] = _cell_ended([*filter(_is_filled, found[begun:])], row)
                    begun = len(found)
        elif "\t" in line.strip("\n"):
            end = _end_of_tabbed(lines, at, stops)
            found += _tabbed(lines[at:end])
        elif spaced.begins(at):
            end = spaced.end
            rows = [_spaced(line) for line in lines[at:end]]
            if sum(map(len, rows)) > MOST_TABLE_CELLS:
                raise _too_many(source)
            found.append(table_of(rows, ragged=True))
        else:
            end = at + 1
            found += _paragraph(line) or [Paragraph("")]
        at = end
    return found


def _too_many(source: Path) -> InputError:
    return InputError(source, "文本的行或表格的单元格过多，不像一份年度报告", _CHECK)


def _unbroken(lines: list[str]) -> list[str]:
    """Return the lines with those put together again that a spreadsheet broke within a quoted cell."""
    found: list[str] = []
    for line in lines:
        begun = found[-1] if found else ""
        cells = begun.split("\t")
        if begun.count('"') % 2 and cells[-1].startswith('"') and begun.count("\n") < LINES_IN_A_CELL:
            found[-1] = f"{begun}\n{line}"
        else:
            found.append(line)
    return found


def _without_marks_of_rows(lines: list[str]) -> list[str]:
    """Return the lines without pipes that stand alone before each row of bare cells: between two of them are several figures, as in no cell."""
    marks = [at for at, line in enumerate(lines) if line.strip() == "|"]
    if len(marks) < 2 or sum("|" in line for line in lines) > len(marks):
        return lines
    if not any(sum(map(holds_a_number, lines[at + 1 : end])) > 1 for at, end in pairwise(marks)):
        return lines
    return [line for line in lines if line.strip() != "|"]


def _paragraph(line: str) -> list[Paragraph]:
    text = _BOOKMARK.sub("", line).strip()
    if not text:
        return []
    heading = _HEADING.match(text)
    plain = text[heading.end() :] if heading else text
    return [Paragraph(plain.replace("**", ""), len(heading[1]) if heading else 0)]


# Markdown


def _is_piped(line: str) -> bool:
    return len(_PIPE.findall(line)) >= 2 or bool(_ENDED.search(line.strip()))


def _filled(line: str) -> list[str]:
    return [part for part in _PIPE.split(line) if part.strip()]


def _piped(lines: Sequence[str]) -> Iterator[Block]:
    """Yield the table of lines that hold a row each."""
    rules = [line for line in lines if _RULE.match(line) and "-" in line]
    # Pipes without a blank between them stand for the rest of merged cells, wherever these were in their row.
    fill = not rules and any(_FILL.search(line) for line in lines)
    # A line that begins with a pipe begins with a blank cell, where the others do not begin with one.
    opened = all(line.lstrip().startswith("|") for line in lines)
    rows = []
    for line in (line for line in lines if not (_RULE.match(line) and "-" in line)):
        bare = line.strip()
        bare = _without_fill(bare) if fill else bare
        bare = bare[1:] if opened else bare
        bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
        rows.append([_cell(part) for part in _PIPE.split(bare)])
    ended = [row for row in rows if not row[-1] and any(holds_a_number(text) for text in row)]
    yield from _table(rows, bool(rules) or (not fill and not ended and _lines_up(rows)))


def _without_fill(line: str) -> str:
    """Return a row with one pipe at its end instead of several."""
    bare = line.rstrip("|")
    count = len(line) - len(bare)
    if count and bare[-1:].isspace() and bare[-2:-1] == "|":
        return bare[:-1]
    return f"{bare}|" if count > 1 else line


def _cell_ended(above: Sequence[Block], line: str) -> list[Block]:
    """Return the cell that the pipe in a line ends: the text in the line, behind the lines above that belong to it, or a blank.

    Several pipes without a text stand for the rest of merged cells.
    """
    texts = [_cell(part) for part in _filled(line)]
    lines = [block for block in above[-LINES_OF_LABEL:] if isinstance(block, Paragraph)]
    short = len(lines) == len(above) and all(
        len(block.text) <= LONGEST_LINE and "。" not in block.text for block in lines
    )
    if above and short:
        return [Paragraph("\n".join([*(block.text for block in lines), *texts]))]
    if texts or above or line.count("|") > 1:
        return [*above, *map(Paragraph, texts)]
    return [Paragraph(NOTHING)]


def _is_filled(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text)


def _cell(text: str) -> str:
    shown = _BREAK.sub("\n", text).replace("\\|", "|").replace("&nbsp;", " ").strip()
    return shown.replace("**", "").strip() or shown  # stars around nothing are stars


# Tabs


def _stops(lines: Sequence[str]) -> list[int]:
    """Return for each line the next one from it on that is blank or has a tab."""
    found = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        found[at] = at if "\t" in lines[at] or not lines[at].strip() else found[at + 1]
    return found


def _end_of_tabbed(lines: Sequence[str], start: int, stops: Sequence[int]) -> int:
    """Return where the tabbed lines end; blank lines part rows, lines without a tab go on with the cell before."""
    end = at = start
    while at < len(lines):
        if "\t" in lines[at]:
            end = at + 1
        elif not lines[at].strip():
            pass
        elif not (at and lines[at - 1].strip() and end == at and _continues(lines, at, stops)):
            break
        else:
            end = at + 1
        at += 1
    return end


def _continues(lines: Sequence[str], at: int, stops: Sequence[int]) -> bool:
    """True for a line in the midst of a row: more of the table follows without a blank line."""
    following = stops[at + 1]
    return (following < len(lines) and "\t" in lines[following]) or len(lines[at].strip()) <= 8


def _tabbed(lines: Sequence[str]) -> Iterator[Block]:
    if any("\t" in line.strip("\t ") or line.startswith("\t\t") for line in lines):
        for table in _parted(lines):
            rows = _separated(table)
            yield from _table(rows, _lines_up(rows))
    else:
        rows = _cell_a_line(lines)
        yield from _table(rows, len({len(row) for row in rows}) == 1)


def _parted(lines: Sequence[str]) -> Iterator[list[str]]:
    """Blank lines part tables."""
    part: list[str] = []
    for line in [*lines, ""]:
        if line.strip() or "\t" in line:
            part.append(line)
        elif part:
            yield part
            part = []


def _table(rows: Sequence[Sequence[str]], lines_up: bool) -> Iterator[Block]:
    """Yield the rows as a table, or as paragraphs where each holds one text."""
    if not rows:
        return
    if all(len(row) < 2 for row in rows):
        # Paragraphs that someone indented by a tab.
        for row in rows:
            for text in row:
                yield from _paragraph(text)
        return
    if lines_up:
        yield table_of(_padded(rows))
    else:
        yield table_of(rows, ragged=True)


def _cell_a_line(lines: Sequence[str]) -> list[list[str]]:
    #: The lines of the cells of the rows.
    rows: list[list[list[str]]] = [[]]
    for line in lines:
        if line == "" or (not line.strip() and "\t" not in line):
            if rows[-1]:
                rows.append([])
        elif line.startswith("\t") or not rows[-1]:
            rows[-1].append([_BOOKMARK.sub("", line).strip()])
        else:
            rows[-1][-1].append(line.strip())
    return [["\n".join(cell).strip() for cell in row] for row in rows if row]


def _separated(lines: Sequence[str]) -> list[list[str]]:
    text = "\n".join(line for line in lines if line.strip() or "\t" in line)
    # Quotes hold line breaks only where they pair up, as a spreadsheet writes them.
    quoted = re.search(r'(^|\t)"', text, re.MULTILINE) and text.count('"') % 2 == 0
    rows = _quoted(text) if quoted else [line.split("\t") for line in text.split("\n")]
    # A row of tabs alone is one of blank cells.
    return [[cell.strip() for cell in row] for row in rows if len(row) > 1 or row[0].strip()]


def _quoted(text: str) -> list[list[str]]:
    """Return the rows of a text in which cells may stand in quotes; a quote within one is doubled.

    No program quotes some numbers and leaves others: someone has put these in quotes, and they keep them.
    """
    rows: list[list[re.Match[str]]] = [[]]
    for found in _QUOTED_CELL.finditer(text):
        rows[-1].append(found)
        if found[4] == "\n":
            rows.append([])
        elif not found[4]:
            break
    bare = any(found[1] is None and holds_a_number(found[3]) for row in rows for found in row)
    return [[_quoted_cell(found, bare) for found in row] for row in rows]


def _quoted_cell(found: re.Match[str], bare: bool) -> str:
    inner, behind, plain, _ = found.groups()
    if inner is None:
        return plain
    if bare and "\n" not in inner and holds_a_number(inner):
        return f'"{inner}"{behind}'
    return inner.replace('""', '"') + behind


def _lines_up(rows: Sequence[Sequence[str]]) -> bool:
    """True if the rows with numbers are equally long and no row is longer.

    Shorter ones have lost blanks at their end, or cells that were merged: then none of them holds a blank.
    """
    lengths = {len(row) for row in rows if any(holds_a_number(text) for text in row)}
    if len(lengths) != 1 or max(len(row) for row in rows) > max(lengths):
        return False
    shorter = [row for row in rows if len(row) < max(lengths) and sum(map(bool, row)) > 1]
    return all("" in row for row in shorter)


# Blanks


def _is_plain(line: str) -> bool:
    return bool(line.strip()) and "\t" not in line and "|" not in line


def _spaced(line: str) -> list[str]:
    return _GAP.split(line.strip())


class _Spaced:
    """Where tables of columns begin that are parted by blanks: most of their lines are rows, and some end with a figure.

    A blank cell cannot be seen in them; a row that lacks one is not read. Each line is looked at once.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._begins: set[int] = set()
        #: Where the lines end that have been looked at.
        self.end = 0

    def begins(self, at: int) -> bool:
        """True for the first line of such a table, which goes on to ``end``."""
        if at >= self.end:
            self._look(at)
        return at in self._begins

    def _look(self, start: int) -> None:
        self.end = end_of_run(self._lines, start, _is_plain)
        rows = figures = 0
        for at in range(self.end - 1, start - 1, -1):
            if "。" in self._lines[at]:
                break
            row = _spaced(self._lines[at])
            rows += len(row) > 1
            figures += len(row) > 1 and holds_a_number(row[-1])
            if len(row) > 1 and figures and rows * 2 > self.end - at:
                self._begins.add(at)


def _padded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]
