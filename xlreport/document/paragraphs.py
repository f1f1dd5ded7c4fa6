"""What a text of the report becomes: its headings by level, its paragraphs, and the lines of a long title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from xlreport.report import Report

#: Numberings of official documents by heading level. A section's own “一、” is level 1, so one within a text goes below it.
_NUMBERINGS = (
    (2, re.compile(r"[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、")),
    (3, re.compile(r"[0-9０-９]{1,2}(?:[、．]|\.(?!\d))")),
    (4, re.compile(r"[（(][0-9０-９]{1,2}[)）]")),
)
_SENTENCE_MARKS = re.compile(r"[。；！？;!?：:]")
_HEADING_CHARACTERS = 30

#: Characters to a line of the title.
TITLE_CHARACTERS = 20
#: Where the name of an organisation may break: after one of its parts or a “、”, before a bracket.
_NAME_PARTS = re.compile(r"[省市区县州盟旗乡镇府会部局厅院署委](?![、，）)])|[、，]|(?<=.)(?=[（(])")


class Paragraph(NamedTuple):
    """A paragraph of a text: ``level`` 2, 3 or 4 for a heading, 0 for plain text."""

    level: int
    text: str


def paragraphs_of(report: Report, content: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of one text of the report, blank lines left out."""
    headings = headings_of(report, content)
    for number, line in enumerate(report.text(content).splitlines()):
        text = line.strip()
        if text:
            yield Paragraph(_level(text) if number in headings else 0, text)


def headings_of(report: Report, content: str) -> frozenset[int]:
    """Return the lines (from 0) that are headings: those the report names; where it names none for this text, the numbered headings."""
    named = report.headings.get(content)
    if named is not None:
        return frozenset(named)
    lines = enumerate(report.text(content).splitlines())
    return frozenset(number for number, line in lines if is_heading(line.strip()))


def is_heading(text: str) -> bool:
    """True for a line that by itself is a numbered heading: short, and no sentence."""
    numbering = next((found for _, pattern in _NUMBERINGS if (found := pattern.match(text))), None)
    return (
        numbering is not None
        and bool(text[numbering.end() :].strip())
        and len(text) <= _HEADING_CHARACTERS
        and not _SENTENCE_MARKS.search(text)
    )


def _level(text: str) -> int:
    return next((level for level, pattern in _NUMBERINGS if pattern.match(text)), 2)


def title_lines(title: str, organisation: str) -> list[str]:
    """Return the title in lines: one if it fits, else the organisation first and the rest below it.

    A title typed in lines keeps them. A name too long for a line is broken between its parts: into two lines as even as they can be,
    into more where two cannot hold it.
    """
    typed = [line.strip() for line in title.splitlines() if line.strip()]
    if len(typed) != 1 or _width(title) <= TITLE_CHARACTERS:
        return typed
    name, rest = _split(typed[0], organisation)
    return [*_name_lines(name), rest] if name else [rest]


def _split(title: str, organisation: str) -> tuple[str, str]:
    if organisation and title.startswith(organisation):
        return title[: len(organisation)], title[len(organisation) :]
    year = re.search(r"\d{4}年", title)
    return (title[: year.start()], title[year.start() :]) if year else ("", title)


def _name_lines(name: str) -> list[str]:
    if _width(name) <= TITLE_CHARACTERS:
        return [name]
    ends = [found.end() for found in _NAME_PARTS.finditer(name) if found.end() < len(name)]
    fitting = [end for end in ends if _width(name[:end]) <= TITLE_CHARACTERS]
    if not fitting:
        return [name]
    halves = [end for end in fitting if _width(name[end:]) <= TITLE_CHARACTERS]
    end = min(halves, key=lambda end: abs(_width(name[:end]) - _width(name[end:])), default=max(fitting))
    return [name[:end], *_name_lines(name[end:])]


def _width(text: str) -> float:
    """The width of the text in full-width characters."""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)
