"""Plain text as blocks: a cell a line behind a tab (as documents are copied), tab-separated lines, pipes, columns parted by blanks.

Pages turned into text end each cell with a pipe, several cells or a single one a line. Where only the cells are left they become
paragraphs, from which ``streams`` makes tables again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from xlreport.sources.blocks import NOTHING, Block, Paragraph, table_of
from xlreport.sources.printed import holds_a_number
from xlreport.sources.streams import end_of_run

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_RULE = re.compile(r"^[\s|:+=-]+$")
_PIPE = re.compile(r"(?<!\\)\|")
#: A line that a pipe begins or ends.
_ENDED = re.compile(r"^\||(?<!\\)\|$")
_FILL = re.compile(r"\|\|\s*$")
_REST = re.compile(r"\|\s?\|+$")
#: What parts columns that are lined up with blanks.
_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_HEADING = re.compile(r"^(#{1,6})\s+")
#: A cell of a table has no more lines; a quote that is open longer is something else.
LINES_IN_A_CELL = 8
#: The lines of a label that was broken.
LINES_OF_LABEL, LONGEST_LINE = 4, 45

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def blocks_in(text: str) -> list[Block]:
    """Return the paragraphs and tables of a plain text."""
    lines = _unbroken(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"))
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
            else:
                end = at + 1
                found[begun:] = _cell_ended(found[begun:], line)
            begun = len(found)
        elif "\t" in line.strip("\n"):
            end = _end_of_tabbed(lines, at)
            found += _tabbed(lines[at:end])
        elif len(_spaced(line)) > 1 and _is_spaced(lines[at : (end := end_of_run(lines, at, _is_plain))]):
            found.append(table_of([_spaced(line) for line in lines[at:end]], ragged=True))
        else:
            end = at + 1
            found += _paragraph(line)
        at = end
    return found


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


def _paragraph(line: str) -> Iterator[Paragraph]:
    text = _BOOKMARK.sub("", line).strip()
    if text:
        heading = _HEADING.match(text)
        plain = text[heading.end() :] if heading else text
        yield Paragraph(plain.replace("**", ""), len(heading[1]) if heading else 0)


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
    for line in (line for line in lines if line not in rules):
        bare = line.strip()
        bare = _REST.sub("|", bare) if fill else bare
        bare = bare[1:] if opened else bare
        bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
        rows.append([_cell(part) for part in _PIPE.split(bare)])
    ended = [row for row in rows if not row[-1] and any(holds_a_number(text) for text in row)]
    yield from _table(rows, bool(rules) or (not fill and not ended and _lines_up(rows)))


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


def _cell(text: str) -> str:
    return _BREAK.sub("\n", text).replace("\\|", "|").replace("**", "").replace("&nbsp;", " ").strip()


# Tabs


def _end_of_tabbed(lines: Sequence[str], start: int) -> int:
    """Return where the tabbed lines end; blank lines part rows, lines without a tab go on with the cell before."""
    end = at = start
    while at < len(lines):
        if "\t" in lines[at]:
            end = at + 1
        elif not lines[at].strip():
            pass
        elif not (at and lines[at - 1].strip() and end == at and _continues(lines, at)):
            break
        else:
            end = at + 1
        at += 1
    return end


def _continues(lines: Sequence[str], at: int) -> bool:
    """True for a line in the midst of a row: more of the table follows without a blank line."""
    following = next((line for line in lines[at + 1 :] if "\t" in line or not line.strip()), "")
    return "\t" in following or len(lines[at].strip()) <= 8


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
    rows: list[list[str]] = [[]]
    for line in lines:
        if line == "" or (not line.strip() and "\t" not in line):
            if rows[-1]:
                rows.append([])
        elif line.startswith("\t") or not rows[-1]:
            rows[-1].append(_BOOKMARK.sub("", line).strip())
        else:
            rows[-1][-1] = f"{rows[-1][-1]}\n{line.strip()}".strip()
    return [row for row in rows if row]


def _separated(lines: Sequence[str]) -> list[list[str]]:
    text = "\n".join(line for line in lines if line.strip() or "\t" in line)
    # Quotes hold line breaks only where they pair up, as a spreadsheet writes them.
    quoted = re.search(r'(^|\t)"', text, re.MULTILINE) and text.count('"') % 2 == 0
    rows = (
        csv.reader(text.splitlines(True), delimiter="\t")
        if quoted
        else csv.reader(text.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


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


def _is_spaced(lines: Sequence[str]) -> bool:
    """True for lines most of which are rows of a table, and some end with a figure.

    A blank cell cannot be seen in them; a row that lacks one is not read.
    """
    rows = [_spaced(line) for line in lines]
    figures = [row for row in rows if len(row) > 1 and holds_a_number(row[-1])]
    return (
        len(figures) > 0 and sum(len(row) > 1 for row in rows) * 2 > len(rows) and "。" not in "".join(lines)
    )


def _padded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]
