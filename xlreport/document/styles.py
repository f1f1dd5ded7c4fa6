"""The named styles of the document, after GB/T 9704-2012, and how a base document's own styles come before them.

Everything that can be seen is set in a style, nothing in a paragraph or a run: an office restyles the document by
a base document that has styles of these names. Sizes are points, distances twentieths of a point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import chain, count
from typing import Any, NamedTuple

from docx.document import Document
from docx.oxml.ns import qn

from xlreport.document.markup import attribute, parse

LATIN = "Times New Roman"
FANGSONG, KAITI, HEITI, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
TITLE_FONT = "方正小标宋简体"

#: 22 lines of 28 characters in 225 × 156 mm.
LINE_PITCH = 579


class Style(NamedTuple):
    """A paragraph style. ``paragraph`` and ``text`` are its properties in WordprocessingML, in the order of the schema.

    ``use`` says what it is for; ``based_on`` names the style that gives what is not set here, ``following`` the style of the next
    paragraph typed.
    """

    name: str
    id: str
    use: str
    based_on: str = ""
    following: str = ""
    paragraph: str = ""
    text: str = ""


def _face(chinese: str, latin: str = LATIN) -> str:
    # The hint gives quotation marks, dashes and dots, which both scripts have, the width of a Chinese character.
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:eastAsia="{chinese}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def _size(points: float, spacing: int = 0) -> str:
    return f'<w:spacing w:val="{spacing}"/><w:sz w:val="{points * 2:g}"/><w:szCs w:val="{points * 2:g}"/>'


def _lines(height: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{height}" w:lineRule="exact"/>'


def _indent(side: str, characters: int, size: float) -> str:
    return f'<w:ind w:{side}Chars="{characters * 100}" w:{side}="{characters * size * 20:g}"/>'


_NOT_INDENTED = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_CENTRED = '<w:jc w:val="center"/>'

BODY, TITLE = "公文正文", "Title"
#: By level: the section, （一）, 1. and （1）.
HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
CELL, CELL_TITLE, CELL_HEADER, CELL_NOTE = "表格文字", "表格栏题", "表格表头", "表格说明"
CELL_GROUP, CELL_LABEL, CELL_FIGURE = "表格类别", "表格项目", "表格数字"
AFTER_TABLE, ODD_PAGE, EVEN_PAGE, DRAFT = "表后间距", "页码（单页）", "页码（双页）", "草稿标记"
#: The table style: borders, cell margins, figures in the middle of their cells.
GRID = "报告表格"


def _heading(level: int, font: str, use: str) -> Style:
    return Style(
        HEADINGS[level - 1],
        f"Heading{level}",
        use,
        BODY,
        BODY,
        f'<w:keepNext/><w:keepLines/><w:outlineLvl w:val="{level - 1}"/>',
        _face(font),
    )


PARAGRAPHS: tuple[Style, ...] = (
    Style(
        BODY,
        "ReportBody",
        "正文各段",
        # LibreOffice misreads a grid that is closer than its characters, so the body keeps to it by a spacing of its own.
        paragraph='<w:widowControl/><w:snapToGrid w:val="0"/>'
        f'{_lines(LINE_PITCH)}{_indent("firstLine", 2, 16)}<w:jc w:val="both"/>',
        text=f'{_face(FANGSONG)}<w:color w:val="000000"/>{_size(16, spacing=-6)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/>',
    ),
    Style(
        TITLE,
        "Title",
        "报告标题",
        BODY,
        BODY,
        f"<w:keepNext/><w:keepLines/>{_lines(700, after=LINE_PITCH)}{_NOT_INDENTED}{_CENTRED}",
        f"{_face(TITLE_FONT)}{_size(22)}",
    ),
    _heading(1, HEITI, "各部分的标题（一、）"),
    _heading(2, KAITI, "正文里的小标题（一）"),
    _heading(3, FANGSONG, "正文里的小标题 1."),
    _heading(4, FANGSONG, "正文里的小标题（1）"),
    # Rows of a table stay together as far as a page holds them, so every cell keeps with the next.
    Style(
        CELL,
        "ReportCell",
        "表格里的文字，以下各种都以它为准",
        BODY,
        paragraph=f'<w:keepNext/>{_lines(264, 30, 30)}{_NOT_INDENTED}<w:jc w:val="left"/>',
        text=_face(FANGSONG) + _size(10.5),
    ),
    Style(
        CELL_TITLE,
        "ReportCellTitle",
        "表格里的栏题（“第二十条第（一）项”）",
        CELL,
        paragraph=_CENTRED,
        text=_face(HEITI),
    ),
    Style(CELL_HEADER, "ReportCellHeader", "表头", CELL, paragraph=_CENTRED, text=_face(HEITI)),
    Style(CELL_NOTE, "ReportCellNote", "表头里的说明", CELL, paragraph=_CENTRED),
    Style(CELL_GROUP, "ReportCellGroup", "跨几行的类别", CELL, paragraph=_CENTRED),
    Style(CELL_LABEL, "ReportCellLabel", "各行的项目", CELL),
    Style(CELL_FIGURE, "ReportCellFigure", "表格里的数", CELL, paragraph=_CENTRED),
    Style(
        AFTER_TABLE,
        "ReportAfterTable",
        "表格与下文之间的空隙",
        CELL,
        BODY,
        f'<w:keepNext w:val="0"/>{_lines(160)}',
    ),
    Style(
        ODD_PAGE,
        "ReportOddPage",
        "单页的页码（模板自己有页脚的不用）",
        BODY,
        paragraph=f'{_lines(320)}<w:ind w:rightChars="100" w:right="280" w:firstLineChars="0" w:firstLine="0"/>'
        '<w:jc w:val="right"/>',
        text=f"{_face(SONGTI, SONGTI)}{_size(14)}",
    ),
    Style(
        EVEN_PAGE,
        "ReportEvenPage",
        "双页的页码（模板自己有页脚的不用）",
        ODD_PAGE,
        paragraph='<w:ind w:leftChars="100" w:left="280" w:rightChars="0" w:right="0"/><w:jc w:val="left"/>',
    ),
    Style(
        DRAFT,
        "ReportDraft",
        "草稿页眉里的一行说明",
        BODY,
        paragraph=f"{_lines(320)}{_NOT_INDENTED}{_CENTRED}",
        text=f'{_face(HEITI)}<w:color w:val="C00000"/>{_size(12)}',
    ),
)

_STYLE, _NAME, _ID, _TYPE, _VALUE = map(qn, ("w:style", "w:name", "w:styleId", "w:type", "w:val"))
_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
_TABLE = (
    '<w:tblPr><w:jc w:val="center"/><w:tblBorders>'
    + "".join(f"<w:{side} {_LINE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + '</w:tblBorders><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
)


def ids_by_name(document: Document, paragraphs: Sequence[Style] = PARAGRAPHS) -> dict[str, str]:
    """Return the ids of these styles (and of that of tables) that the document has, by their names.

    Word gives built-in styles other ids per language, LibreOffice other capitals. A style without an id cannot be
    referred to, and one of characters cannot be a paragraph's: those do not count.
    """
    found = {}
    for style in document.styles.element.iterchildren(_STYLE):
        name, style_id = style.find(_NAME), style.get(_ID)
        if name is not None and style_id:
            found[style.get(_TYPE, "paragraph"), (name.get(_VALUE) or "").casefold()] = style_id
    wanted = {**dict.fromkeys((style.name for style in paragraphs), "paragraph"), GRID: "table"}
    keys = {name: (kind, name.casefold()) for name, kind in wanted.items()}
    return {name: found[key] for name, key in keys.items() if key in found}


def add_missing(document: Document, more: Sequence[Style] = ()) -> None:
    """Add the styles that the document does not have, and ``more``; those it has are left as they are."""
    element: Any = document.styles.element
    wanted = (*PARAGRAPHS, *more)
    known, taken = ids_by_name(document, wanted), {style.styleId for style in element.style_lst}
    added = {style.name: _free(style.id, taken) for style in wanted if style.name not in known}
    ids = known | added
    parts = [_paragraph_style(style, ids) for style in wanted if style.name in added]
    if GRID not in known:
        parts.append(f"{_opening('table', GRID, _free('ReportTable', taken))}{_TABLE}</w:style>")
    for style in list(parse("".join(parts))):
        element.append(style)


def _free(style_id: str, taken: Set[str]) -> str:
    names = chain([style_id], (f"{style_id}{number}" for number in count(1)))
    return next(name for name in names if name not in taken)


def _opening(kind: str, name: str, style_id: str) -> str:
    custom = "" if style_id.startswith(("Title", "Heading")) else ' w:customStyle="1"'
    return f'<w:style w:type="{kind}"{custom} w:styleId="{style_id}"><w:name w:val={attribute(name)}/>'


def _paragraph_style(style: Style, ids: Mapping[str, str]) -> str:
    based = f'<w:basedOn w:val="{ids[style.based_on]}"/>' if style.based_on else ""
    following = f'<w:next w:val="{ids[style.following]}"/>' if style.following else ""
    return (
        f"{_opening('paragraph', style.name, ids[style.name])}{based}{following}<w:qFormat/>"
        f"<w:pPr>{style.paragraph}</w:pPr><w:rPr>{style.text}</w:rPr></w:style>"
    )
