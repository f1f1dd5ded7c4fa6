"""Drawn reports as web pages and as plain text."""

from __future__ import annotations

from html import escape

from tests.rendering.drawing import DrawnTable, Item
from tests.rendering.variations import Variation

ABOVE = (
    '<div class="top"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>'
    '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/nb">政府信息公开年报</a> &gt; 2022年年报</div>'
)
BELOW = (
    '<div class="share">分享到：<a href="#">微信</a></div><p><a href="/a">上一篇：某局2022年政府信息公开工作年度报告</a></p>'
    "<p>相关链接：</p><ul><li><a href='/b'>五、存在的主要问题及改进情况解读</a></li></ul>"
    "<div id='footer'><p>主办：某某人民政府办公室　网站标识码：1234567890</p></div>"
)
WORD_HEAD = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    "<style><!-- p.MsoNormal {margin:0cm; mso-style-name:正文} --></style>"
)


def as_html(items: list[Item], how: Variation, page: str = "plain") -> str:
    """Return a page: ``plain``, ``site`` (with everything around the article), or ``word`` (as Word saves it)."""
    body = "\n".join(
        _table(item, page) if isinstance(item, DrawnTable) else _paragraph(item, page) for item in items
    )
    if how.wrapping == "layout":
        body = f"<table width='90%'><tr><td class='left'></td><td>{body}</td></tr></table>"
    elif how.wrapping == "frame":
        body = f"<table><tr><td>{body}</td></tr></table>"
    if page == "site":
        meta = "<p>发布日期：2024-01-20　来源：办公室</p><p>字号：[大 中 小]</p>"
        body = f"{ABOVE}<div class='article'>{meta}{body}</div>{BELOW}<script>var a='<table><tr><td>1</td></tr></table>';</script>"
    head = WORD_HEAD if page == "word" else ""
    return f'<!DOCTYPE html><html><head><meta charset="CHARSET"><title>年度报告</title>{head}</head><body>{body}</body></html>'


def _paragraph(text: str, page: str) -> str:
    if page == "word":
        inner = f"<span lang=EN-US style='font-family:仿宋'>{escape(text[:3])}</span><span style='mso-hide:all;display:none'>隐藏9</span>{escape(text[3:])}"
        return f"<p class=MsoNormal style='text-indent:32.0pt'>{inner}<o:p></o:p></p>"
    return f"<p>　　{escape(text)}</p>"


def _table(table: DrawnTable, page: str) -> str:
    rows = []
    for line in table.lines():
        cells = []
        for cell in line:
            spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
                f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            )
            text = "<br>".join(escape(part) for part in cell.text.split("\n"))
            if page == "word":
                text = f"<p class=MsoNormal align=center><span lang=EN-US>{text}<o:p></o:p></span></p>"
                text = text if cell.text else "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
            elif cell.figure:
                text = f"<span>{text}</span>\n&nbsp;"
            cells.append(f"<td{spans}>{text}</td>")
        extra = "<![if !supportMisalignedColumns]><![endif]>" if page == "word" else ""
        rows.append(f"<tr>{''.join(cells)}{extra}</tr>")
    return f"<table border=1>{''.join(rows)}</table>"


def as_cell_a_line(items: list[Item]) -> str:
    """Return the seed's layout: a cell a line behind a tab, a blank line between rows; continued cells are blank."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, DrawnTable):
            lines.append("")
            for row in _with_continued(item):
                lines += [f"\t{text}" for text in row]
                lines.append("")
            lines.append("")
        else:
            lines.append(item)
    return "\n".join(lines)


def _with_continued(table: DrawnTable) -> list[list[str]]:
    return [
        [
            cell.text if cell.row == row else ""
            for cell in sorted(table.cells, key=lambda cell: cell.column)
            if cell.row <= row < cell.row + cell.row_span
        ]
        for row in range(table.height)
    ]


def _rectangle(table: DrawnTable) -> list[list[str]]:
    rows = [[""] * table.width for _ in range(table.height)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def as_tabbed(items: list[Item], quoted: bool = False) -> str:
    """Return tab-separated rows, as copied from a spreadsheet; line breaks in cells are quoted or left out."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, DrawnTable):
            for row in _rectangle(item):
                cells = [f'"{text}"' if quoted and "\n" in text else text.replace("\n", "") for text in row]
                lines.append("\t".join(cells))
            lines.append("")
        else:
            lines += [item, ""]
    return "\n".join(lines)


def as_markdown(items: list[Item]) -> str:
    """Return Markdown with pipe tables."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, DrawnTable):
            for number, row in enumerate(_rectangle(item)):
                lines.append(
                    "| " + " | ".join(text.replace("\n", "<br>").replace("|", "\\|") for text in row) + " |"
                )
                if number == 0:
                    lines.append("|" + "---|" * len(row))
            lines.append("")
        else:
            lines += [item, ""]
    return "\n".join(lines)


def as_piped_rows(items: list[Item]) -> str:
    """Return rows whose cells end with a pipe, as pages are turned into text: what merged cells cover is filled up behind the row."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, DrawnTable):
            for row in item.lines():
                cells = [cell.text.replace("\n", " ") for cell in row]
                lines.append(" | ".join(cells) + " | " + "|" * (item.width - len(cells)))
        else:
            lines.append(item)
    return "\n".join(lines)


def as_piped_cells(items: list[Item]) -> str:
    """Return the same with a cell a line."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, DrawnTable):
            for row in item.lines():
                lines += [f"{cell.text} |".strip() for cell in row]
                if len(row) < item.width:
                    lines.append("|" * (item.width - len(row)))
        else:
            lines.append(item)
    return "\n".join(lines)


def as_bare_cells(items: list[Item]) -> str:
    """Return nothing but cells, one a line: all that is left of tables that a browser's text was copied of."""
    lines: list[str] = []
    for item in items:
        lines += (
            [cell.text for row in item.lines() for cell in row] if isinstance(item, DrawnTable) else [item]
        )
    return "\n\n".join(lines)


def as_aligned(items: list[Item]) -> str:
    """Return columns parted by blanks, as text is taken out of a page that was laid out."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, DrawnTable):
            lines += ["    ".join(cell.text.replace("\n", "") for cell in row) for row in item.lines()]
            lines.append("")
        else:
            lines.append(item)
    return "\n".join(lines)
