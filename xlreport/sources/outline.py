"""The text of a published report: its title, whose and of which year it is, and its sections by their headings.

Headings are known by their number and their wording together, since both vary in print; what stands before the first and after the last
section is the page's, not the report's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from xlreport.form.declaration import Form, Section
from xlreport.sources.blocks import Block, Picture, Table
from xlreport.sources.headings import BRACKETED, STYLES, Heading, SectionHeadings, headings_of, style_of
from xlreport.sources.titles import Title, find_title, is_furniture, signature_in

#: A section's heading may be among so many rows at the top of its table.
HEADING_ROWS = 2
#: What makes a line a sentence with a figure or a denial; a caption, a unit, a note on the form is none.
_SENTENCE = re.compile(
    r"[\d零一二两三四五六七八九十百]{1,12}余?[件宗起项例条次份部个万元]|[未无没][^，。]{0,12}(?:申请|复议|诉讼|规章|文件|许可|处罚|强制|收费)"
)
#: The paragraph that presents the report, before the first section.
_PRESENTS = re.compile(
    r"(?:年度报告|年报|报告)[^。]{0,30}(?:如下|公布|公开)|现(?:予以)?[^。]{0,12}公布|由[^。]{0,60}(?:部分|方面)[^。]{0,10}组成|统计期限|《[^》]*条例》"
)

_PAGE_NUMBER = re.compile(r"[—–－-]\s*\d{1,3}\s*[—–－-]")
_CONTENTS = re.compile(r"目\s*录")


class TextLine(NamedTuple):
    """A line of the document outside tables; ``heading`` where it heads a section."""

    text: str
    level: int
    linked: bool
    heading: Heading | None


#: What the text of a document is made of.
Item: TypeAlias = TextLine | Table | Picture


@dataclass
class Outline:
    """What the text of a document says: title, texts by section, the sections in their order, tables and pictures by section."""

    title: Title
    texts: dict[str, str] = field(default_factory=dict)
    headings: dict[str, tuple[int, ...]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    asides: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


#: What tells the heading of a section in a line of some heading level.
HeadingOf: TypeAlias = Callable[[str, int], Heading | None]


def outline(blocks: Sequence[Block], form: Form) -> Outline:
    """Return the outline of a document that fills in a form."""
    sections, texts = form.sections, {part.content for part in form.text_sections}
    headings = headings_of(sections)
    stream = _stream(blocks, headings, headings.of)
    main, chosen = _headings(stream, sections)
    alone = [at for at in chosen if not _is_listed(stream, at)]
    if main != "chinese" or 2 * len(alone) < len(sections):
        bracketed = _stream(blocks, headings, headings.in_brackets)
        style, others = _headings(bracketed, sections)
        if style in BRACKETED:
            stream, chosen = bracketed, others
    first = min(chosen, default=len(stream))
    before = [item for item in stream[:first] if isinstance(item, TextLine)]
    lines = [item.text for item in before]
    title = find_title(lines, form.kind)
    found = Outline(title)
    preamble = _preamble(before, title)
    named = {chosen[at].section.content for at in chosen}
    if chosen and sections[0].content in texts and sections[0].content not in named:
        preamble = _without_heading(found, preamble, sections[0])
    if preamble:
        found.texts["preamble"] = "\n".join(line.text for line in preamble)
    ends = [*sorted(chosen)[1:], len(stream)]
    last = max(chosen, default=-1)
    for start, end in zip(sorted(chosen), ends, strict=False):
        heading = chosen[start]
        content = heading.section.content
        found.order.append(content)
        part = stream[start + 1 : end]
        lines_in = [item for item in part if isinstance(item, TextLine)]
        if heading.rest:
            lines_in.insert(0, TextLine(heading.rest, 0, False, None))
        if any(isinstance(item, Picture) for item in part):
            found.pictures.add(content)
        if start == last:
            lines_in = _ended(lines_in, found)
        if content in texts:
            _take(found, content, lines_in)
        else:
            _set_aside(found, heading.section, lines_in)
    return found


def _stream(blocks: Sequence[Block], headings: SectionHeadings, heading_of: HeadingOf) -> list[Item]:
    found: list[Item] = []
    for block in blocks:
        if isinstance(block, Picture):
            found.append(block)
        elif isinstance(block, Table):
            # The sheet of a workbook has given its headings already: they stand alone in their rows.
            found += [block] if block.place_of is not None else [*_within(block, heading_of), block]
        else:
            lines = (part.strip() for line in block.text.split("\n") for part in headings.parted(line))
            for text in (line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)):
                heading = None if block.linked else heading_of(text, block.level)
                found.append(TextLine(text, block.level, block.linked, heading))
    return found


def _within(table: Table, heading_of: HeadingOf) -> list[Item]:
    """Headings that were put into the first rows of a table, and pictures in it; all other text of a table is not narrative."""
    found: list[Item] = []
    for number, line in enumerate(table.covering):
        filled = [cell for cell in line if cell.text]
        text = " ".join(filled[0].text.split()) if len(filled) == 1 and number < HEADING_ROWS else ""
        heading = heading_of(text, 0) if text else None
        if heading is not None:
            found.append(TextLine(text, 1, False, heading))
    found += [block for cell in table.cells for block in cell.blocks if isinstance(block, Picture)]
    return found


def _headings(stream: Sequence[Item], sections: tuple[Section, ...]) -> tuple[str, dict[int, Heading]]:
    """Return how the document numbers its sections, and one heading for each, by its position.

    Chapters are numbered alike; what is numbered otherwise is a part of one, unless it stands where the chapter would. Of several it is not
    one of a list of contents, the likest, the last.
    """
    heads = {
        at: item.heading
        for at, item in enumerate(stream)
        if isinstance(item, TextLine) and item.heading is not None
    }
    styles = {
        at: style_of(item.text)
        for at, item in enumerate(stream)
        if at in heads and isinstance(item, TextLine)
    }
    alone = {at for at in heads if not _is_listed(stream, at)}
    main = max(STYLES, key=lambda style: _extent({at: heads[at] for at in alone if styles[at] == style}))
    best: dict[str, tuple[bool, bool, float, int]] = {}
    for at, heading in heads.items():
        rank = (styles[at] == main, at in alone, round(heading.score, 2), at)
        best[heading.section.content] = max(best.get(heading.section.content, rank), rank)
    places = {sections.index(heads[at].section): at for is_main, _, _, at in best.values() if is_main}
    chosen = {
        at: heads[at]
        for is_main, _, _, at in best.values()
        if is_main or _in_its_place(at, sections.index(heads[at].section), styles[at], places)
    }
    return main, chosen


def _extent(heads: dict[int, Heading]) -> tuple[int, int]:
    """How many sections these head, and how much of the document they span: chapters enclose the parts of one."""
    return len({heading.section.content for heading in heads.values()}), max(heads, default=0) - min(
        heads, default=0
    )


def _in_its_place(at: int, number: int, style: str, places: dict[int, int]) -> bool:
    """True if a heading that is not numbered like the others stands between those of the sections before and after."""
    return style not in BRACKETED and all((other < number) == (place < at) for other, place in places.items())


def _is_listed(stream: Sequence[Item], at: int) -> bool:
    """True for a heading beside another one, as in a list of contents."""
    beside = [stream[other] for other in (at - 1, at + 1) if 0 <= other < len(stream)]
    return any(isinstance(other, TextLine) and other.heading is not None for other in beside)


def _preamble(before: Sequence[TextLine], title: Title) -> list[TextLine]:
    after = before[title.end :] if title.text else [line for line in before if "。" in line.text]
    return [
        line
        for line in after
        if line.heading is None
        and not line.linked
        and not is_furniture(line.text)
        and not _CONTENTS.fullmatch(line.text)
    ]


def _ended(lines: list[TextLine], found: Outline) -> list[TextLine]:
    """Return the last section's lines without the page's own below them, the signature and the date."""
    kept: list[TextLine] = []
    for line in lines:
        if is_furniture(line.text) and kept:
            break
        kept.append(line)
    while kept and (kept[-1].linked or is_furniture(kept[-1].text)):
        kept.pop()
    name, count = signature_in([line.text for line in kept])
    if count:
        kept = kept[:-count]
    if name and not found.title.organisation:
        found.title = found.title._replace(organisation=name)
        found.remarks.append(f"标题里没有机关名称，按落款“{name}”读取")
    return kept


def _take(found: Outline, content: str, lines: Sequence[TextLine]) -> None:
    found.texts[content] = "\n".join(line.text for line in lines)
    levels = tuple(number for number, line in enumerate(lines) if line.level)
    if levels:
        found.headings[content] = levels


def _set_aside(found: Outline, section: Section, lines: Sequence[TextLine]) -> None:
    """Keep the sentences beside a table: they are checked like all others."""
    said = [
        line.text
        for line in lines
        if not line.linked and not is_furniture(line.text) and _SENTENCE.search(line.text)
    ]
    if said:
        found.asides[section.content] = "\n".join(said)
        found.remarks.append(f"“{section.heading}”表格以外还有文字，已一并核对：“{said[0][:20]}…”")


def _without_heading(found: Outline, before: list[TextLine], first: Section) -> list[TextLine]:
    """Return the lines of the preamble, if those of the first section stand behind it without a heading."""
    opening = next((at for at, line in enumerate(before) if _PRESENTS.search(line.text)), None)
    rest = before[opening + 1 :] if opening is not None else []
    if not any(_SENTENCE.search(line.text) for line in rest):
        return before
    _take(found, first.content, rest)
    found.remarks.append(f"没有“{first.heading}”的标题，第一段以后的文字按这一部分读取")
    return before[: len(before) - len(rest)]
