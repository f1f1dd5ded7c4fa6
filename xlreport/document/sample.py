"""A document to start from: a line in every style that an office may define, which says what the style is for."""

from __future__ import annotations

from docx.document import Document

from xlreport.document import base, styles
from xlreport.document.markup import attribute, paragraph, run

_HINT = "改这些样式（不改名称），另存后用 --style 套用；这里的文字不会带过去。页面、页眉页脚也可以改。"


def style_sample() -> Document:
    """Return an empty report's document with a line in every style but those of the page numbers, which stand below."""
    made = base.empty()
    ids = styles.ids_by_name(made)
    lines = [paragraph(ids[styles.BODY], run(_HINT))]
    rows = []
    for style in styles.PARAGRAPHS:
        line = paragraph(ids[style.name], run(f"{style.name}：{style.use}"))
        if styles.CELL in (style.name, style.based_on) and style.name != styles.AFTER_TABLE:
            rows.append(f"<w:tr><w:tc><w:tcPr/>{line}</w:tc></w:tr>")
        elif style.name not in (styles.ODD_PAGE, styles.EVEN_PAGE):
            lines.append(line)
    table = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val={attribute(ids[styles.GRID])}/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    base.put_into(made, "".join([*lines, table, paragraph(ids[styles.AFTER_TABLE])]))
    return made
