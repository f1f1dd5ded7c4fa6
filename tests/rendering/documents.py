"""Drawn reports as Word documents, written by hand so that every odd construct can be had."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from tests.rendering.drawing import DrawnTable, Item
from tests.rendering.variations import Variation

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMESPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
#: How a figure's text is written.
FIGURES = (
    "plain",
    "split",
    "tracked",
    "moved",
    "control",
    "field",
    "nested",
    "hidden",
    "note",
    "struck",
    "smart",
)


def run(text: str, properties: str = "") -> str:
    """Return a run; line breaks are soft ones."""
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r>{about}{parts}</w:r>"


def paragraph(inner: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def figure(text: str, how: str) -> str:
    """Return a cell's content with its figure written in that way."""
    deleted = "<w:r><w:delText>99</w:delText></w:r>"
    if how == "split" and len(text) > 1:
        return paragraph(run(text[:1]) + "<w:proofErr w:type='spellStart'/>" + run(text[1:]))
    if how == "tracked":
        return paragraph(
            f'<w:del w:id="1" w:author="a">{deleted}</w:del><w:ins w:id="2" w:author="a">{run(text)}</w:ins>'
        )
    if how == "moved":
        return paragraph(
            f'<w:moveFrom w:id="3" w:author="a">{run("88")}</w:moveFrom><w:moveTo w:id="4" w:author="a">{run(text)}</w:moveTo>'
        )
    if how == "control":
        return (
            f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{paragraph(run(text))}</w:sdtContent></w:sdt>"
        )
    if how == "field":
        code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(LEFT) 7 </w:instrText></w:r>'
        return paragraph(
            f'{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
    if how == "nested":
        return f"<w:tbl><w:tr><w:tc>{paragraph(run(text))}</w:tc></w:tr></w:tbl>{paragraph('')}"
    if how == "hidden":
        return paragraph(run("7", "<w:vanish/>") + run(text))
    if how == "note":
        return paragraph(
            run(text)
            + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
        )
    if how == "struck":
        return paragraph(run("6", "<w:strike/>") + run(text))
    if how == "smart":
        return paragraph(f'<w:smartTag w:element="n"><w:hyperlink>{run(text)}</w:hyperlink></w:smartTag>')
    return paragraph(run(text))


def table(drawn: DrawnTable, how: str) -> str:
    """Return a table with vertical merges continued in every row."""
    rows = []
    for number in range(drawn.height):
        cells = []
        for cell in sorted(drawn.cells, key=lambda cell: cell.column):
            if not cell.row <= number < cell.row + cell.row_span:
                continue
            span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
            merge = ""
            if cell.row_span > 1:
                merge = '<w:vMerge w:val="restart"/>' if number == cell.row else "<w:vMerge/>"
            inner = paragraph("")
            if number == cell.row:
                inner = (
                    figure(cell.text, how)
                    if cell.figure
                    else "".join(paragraph(run(part)) for part in cell.text.split("\n"))
                )
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inner}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    removed = (
        f'<w:tr><w:trPr><w:del w:id="9" w:author="a"/></w:trPr><w:tc>{paragraph(run("5"))}</w:tc></w:tr>'
        if how == "tracked"
        else ""
    )
    return f"<w:tbl>{''.join(rows)}{removed}</w:tbl>"


def text_box(inner: str) -> str:
    """Return a paragraph with a text box, once for new programs and once for old ones."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return paragraph(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + content
        + "</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>"
        + content
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles {W}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
)


def as_docx(
    items: list[Item], how: Variation, figures: str = "plain", boxed: bool = False, counted: bool = False
) -> bytes:
    """Return a document; ``figures`` is one of ``FIGURES``, ``boxed`` puts the title into a text box, ``counted`` lets Word number headings."""
    body = []
    for number, item in enumerate(items):
        if isinstance(item, DrawnTable):
            body.append(table(item, figures))
        elif boxed and number == 0:
            body.append(text_box(paragraph(run(item))))
        elif counted and item[:1] in "一二三四五六" and item[1:2] == "、":
            body.append(
                paragraph(
                    run(item[2:]),
                    '<w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
                )
            )
        else:
            body.append(paragraph(run(item)))
    inner = "".join(body)
    if how.wrapping != "none":
        extra = f"<w:tc>{paragraph('')}</w:tc>" if how.wrapping == "layout" else ""
        inner = f"<w:tbl><w:tr>{extra}<w:tc>{inner}{paragraph('')}</w:tc></w:tr></w:tbl>"
    return package(f"<w:document {NAMESPACES}><w:body>{inner}<w:sectPr/></w:body></w:document>")


def package(document: str) -> bytes:
    """Return the zip around a document's XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        )
        archive.writestr("word/document.xml", document)
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr(
            "word/footnotes.xml",
            f"<w:footnotes {W}><w:footnote w:id='2'>{paragraph(run('注：含上年5件'))}</w:footnote></w:footnotes>",
        )
    return stream.getvalue()
