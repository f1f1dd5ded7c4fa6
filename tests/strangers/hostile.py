"""Files of no end: whatever is said about them, it is said within twenty seconds and a gigabyte."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.strangers.attempts import Attempt, Expected, Survived
from tests.strangers.bases import CELL, RUN, data, page, page_file, parts, replaced, run, word
from tests.strangers.books import TWO, edited, inline
from tests.strangers.texts import pipe_text, saved, tab_text
from tests.strangers.word import NAMES, TYPES, numbering, paragraph, style

Make = Callable[[Path], object]

#: A sentence or piece, and how often, as a hostile text of the sections.
PIECES: dict[str, str] = {
    "percentages": "占12.5%，" * 5_000,
    "percentages-one-sentence": "同比增长3.1%、" * 20_000 + "。",
    "permille": "12.5‰" * 20_000,
    "digits-5000": "收到申请" + "4" * 5_000 + "件。",
    "digits-1000000": "4" * 1_000_000,
    "decimals-5000": "收费0." + "1" * 5_000 + "万元。",
    "digits-with-commas": "1," * 100_000 + "000件",
    "chinese-digits": "一" * 300_000 + "件",
    "chinese-hundreds": "一百万亿" * 50_000 + "件",
    "brackets-3000": "（" * 3_000 + "437件" + "）" * 3_000,
    "brackets-open": "（" * 300_000,
    "brackets-closed": "）" * 300_000,
    "brackets-square": "[" * 100_000,
    "brackets-mixed": "（[" * 50_000 + "）]" * 50_000,
    "quotes": "“" * 200_000,
    "book-marks": "《" * 100_000,
    "applications": "收到申请167件，" * 10_000,
    "applications-sentences": "2025年收到申请167件。" * 20_000,
    "of-which": "其中，自然人167件，" * 10_000,
    "of-which-nested": "其中" * 100_000 + "5件。",
    "respectively": "分别为" + "5件、" * 20_000 + "。",
    "years": "2024年" * 100_000,
    "year-pairs": "2024年收到5件，2025年收到6件，" * 5_000,
    "headings": "一、总体情况\n" * 20_000,
    "headings-one-line": "一、二、三、" * 50_000,
    "numbers-of-points": "1.2.3.4." * 50_000,
    "blanks": " " * 3_000_000 + "x",
    "double-blanks": "a  b" * 500_000,
    "full-width-blanks": "　" * 1_000_000 + "x",
    "line-ends": "\n" * 1_000_000,
    "blank-lines-with-blanks": " \n" * 500_000,
    "no-end": "长" * 3_000_000,
    "commas": "，" * 1_000_000,
    "stops": "。" * 500_000,
    "dots": "." * 500_000,
    "slashes": "/" * 500_000,
    "stars": "*" * 500_000,
    "dashes": "-" * 1_000_000,
    "control": "\x01" * 300_000,
    "zero-width": "​" * 500_000,
    "combining": "e" + "́" * 500_000,
    "right-to-left": "‮" * 200_000,
    "surrogates": "𠮷" * 500_000,
    "same-sentence": "规范开展政府信息公开工作。" * 50_000,
    "organisations": "西集镇人民政府" * 50_000,
    "departments": "".join(f"某{i}局受理申请{i}件，" for i in range(10_000)),
    "long-numbers": "".join(f"{i}件，" for i in range(50_000)),
    "sums": "+".join("1" for _ in range(50_000)) + "=50000件",
    "fractions": "1/2" * 50_000,
    "dates": "2025年1月1日至2025年12月31日，" * 10_000,
    "money": "收取0.014万元，" * 10_000,
    "growth": "比上年增长5%、下降6%，" * 10_000,
    "tabs": "\t" * 1_000_000,
    "addresses": "http://a.b/" * 50_000,
}

#: Pieces of a page's body.
MARKUP: dict[str, str] = {
    "comment-open": "<!--" * 200_000,
    "comment-open-once": "<!--" + "x" * 5_000_000,
    "comment-half": "<!-" * 300_000,
    "comment-conditional-open": "<!--[if mso]>" * 50_000,
    "comments": "<!-- a -->" * 300_000,
    "declarations": "<![if x]>" * 100_000,
    "instructions": "<?" * 300_000,
    "cdata": "<![CDATA[" * 100_000,
    "angle": "<" * 1_000_000,
    "angle-blank": "< " * 500_000,
    "attribute-open": '<p a="' + "x" * 3_000_000,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">",
    "attributes-same": "<p " + "a=1 " * 300_000 + ">",
    "attribute-long": f'<p class="{"c " * 500_000}">x</p>',
    "style-long": f'<p style="{"color:red;" * 200_000}">x</p>',
    "entities": "&amp;" * 500_000,
    "entities-open": "&" * 1_000_000,
    "entity-large": "&#" + "9" * 1_000_000 + ";",
    "nested-divs": "<div>" * 100_000,
    "nested-divs-closed": "<div>" * 5_000 + "x" + "</div>" * 5_000,
    "nested-spans": "<span>" * 100_000 + "437",
    "nested-bold": "<b><i><u>" * 50_000,
    "nested-tables": "<table><tr><td>" * 3_000,
    "nested-tables-closed": "<table><tr><td>" * 500 + "x" + "</td></tr></table>" * 500,
    "nested-lists": "<ul><li>" * 20_000,
    "nested-sup": "<sup>" * 50_000,
    "nested-font": "<font>" * 50_000,
    "misnested": "<b><p></b></p>" * 50_000,
    "misnested-a": "<a><div>" * 20_000,
    "closing": "</div>" * 300_000,
    "paragraphs": "<p></p>" * 500_000,
    "paragraphs-text": "<p>x</p>" * 300_000,
    "breaks": "<br>" * 1_000_000,
    "titles": "<h1>某局2025年政府信息公开工作年度报告</h1>" * 10_000,
    "titles-h2": "<h2>一、总体情况</h2>" * 20_000,
    "tables": "<table><tr><td>1</td></tr></table>" * 50_000,
    "tables-empty": "<table></table>" * 200_000,
    "rows": "<table>" + "<tr><td>行政处罚</td><td>437</td></tr>" * 50_000 + "</table>",
    "labels-20000": "<table>" + "".join(f"<tr><td>第{i}项内容</td><td>{i}</td></tr>" for i in range(20_000)) + "</table>",
    "labels-like": "<table>" + "".join(f"<tr><td>{i}.属于国家秘密的政府信息公开申请</td><td>{i}</td></tr>" for i in range(20_000)) + "</table>",
    "labels-long": "<table>" + "".join(f"<tr><td>{'本机关不掌握相关政府信息' * 50}{i}</td><td>{i}</td></tr>" for i in range(1_000)) + "</table>",
    "columns": "<table><tr>" + "<td>1</td>" * 100_000 + "</tr></table>",
    "grid": "<table>" + ("<tr>" + "<td>1</td>" * 700 + "</tr>") * 700 + "</table>",
    "spans": '<table><tr><td colspan="1000" rowspan="65534">1</td></tr></table>',
    "spans-many": "<table>" + '<tr><td colspan="1000" rowspan="1000">1</td></tr>' * 1_000 + "</table>",
    "spans-tables": '<table><tr><td colspan="1000" rowspan="1000">1</td></tr></table>' * 500,
    "spans-deep": '<table><tr><td rowspan="65534">1</td></tr>' + "<tr><td>2</td></tr>" * 20_000 + "</table>",
    "span-of-5000-digits": f'<table><tr><td colspan="{"9" * 5_000}">1</td></tr></table>',
    "span-negative": '<table><tr><td colspan="-999999999">1</td></tr></table>',
    "span-columns": "<table>" + '<col span="1000">' * 10_000 + "<tr><td>1</td></tr></table>",
    "no-numbers": "<table><tr>" + "<td colspan rowspan width height>1</td>" * 50_000 + "</tr></table>",
    "inputs": '<input value="437">' * 200_000,
    "options": "<select>" + "<option>437</option>" * 200_000 + "</select>",
    "textarea-open": "<textarea>" + "x" * 3_000_000,
    "script-open": "<script>" + "x" * 3_000_000,
    "style-open": "<style>" + "x" * 3_000_000,
    "title-open": "<title>" + "x" * 3_000_000,
    "plaintext": "<plaintext>" + "<p>" * 300_000,
    "forms": "<form>" * 100_000,
    "links": "<a href=#a>1</a>" * 200_000,
    "pictures": "<img src=a alt=b>" * 200_000,
    "ruby": "<ruby>" * 50_000,
    "svg": "<svg><g>" * 50_000,
    "math": "<math><mrow>" * 50_000,
    "templates": "<template>" * 50_000,
    "unknown": "".join(f"<x{i}>" for i in range(50_000)),
    "bdo": "<bdo dir=rtl>" * 50_000,
    "details": "<details>" * 50_000,
    "captions": "<table><caption>2023年情况</caption><tr><td>1</td></tr></table>" * 20_000,
}  # fmt: skip

SHEETS: dict[str, str] = {
    "rules": "".join(f".c{i}{{display:none}}" for i in range(100_000)),
    "rules-open": ".a{" * 200_000,
    "comment-open": "/*" * 200_000,
    "comment-long": "/*" + "x" * 3_000_000,
    "selectors": ",".join(f".c{i}" for i in range(100_000)) + "{display:none}",
    "descendants": "div " * 100_000 + "{display:none}",
    "children": "*>" * 50_000 + "p{display:none}",
    "any-descendants": "* * * * * * * * * * * * * * * * * * * * p{color:red}",
    "attributes": "[a=b]" * 50_000 + "{display:none}",
    "not": ":not(" * 50_000,
    "media": "@media screen{" * 50_000,
    "imports": "@import url(a);" * 100_000,
    "quotes": "a{content:'" * 50_000,
    "escapes": "\\" * 1_000_000,
    "important": "p{" + "color:red!important;" * 100_000 + "}",
    "blanks": " " * 3_000_000,
    "braces": "}" * 500_000,
}


def data_file(**texts: object) -> Make:
    held = {**data(), **texts}
    return lambda path: path.write_text(
        json.dumps(held, ensure_ascii=False), encoding="utf-8", errors="surrogatepass"
    )


def body(xml: str, styles: str = "") -> Make:
    """The base document with ``xml`` ahead of everything."""
    return word(document=lambda text: text.replace("<w:body>", "<w:body>" + xml, 1), styles=styles)


def part(name: str, content: bytes) -> Make:
    return word(parts_change=lambda held: held.update({name: content}))


def chained(kind: str, count: int, *, backwards: bool) -> str:
    held = [style(kind, f"c{i}", "", f"c{i + 1}") for i in range(count)] + [
        style(kind, f"c{count}", "<w:vanish/>")
    ]
    return "".join(reversed(held) if backwards else held)


def documents() -> Iterator[tuple[str, Make]]:
    p = "<w:p/>"
    yield "paragraphs-empty-1000000", body(p * 1_000_000)
    yield "paragraphs-empty-3000000", body(p * 3_000_000)
    yield "paragraphs-empty-in-cell", word(cell=CELL + p * 500_000)
    yield "paragraphs-short-200000", body(f"<w:p>{run('x')}</w:p>" * 200_000)
    yield "paragraphs-titles", body(f"<w:p>{run('某局2025年政府信息公开工作年度报告')}</w:p>" * 20_000)
    yield "paragraphs-headings", body(f"<w:p>{run('一、总体情况')}</w:p>" * 30_000)
    yield "paragraphs-numbers", body(f"<w:p>{run('1.甲')}</w:p>" * 50_000)
    yield "runs-in-a-cell", word(runs=run("4") * 100_000)
    yield "runs-empty", body("<w:p>" + "<w:r/>" * 1_000_000 + "</w:p>")
    yield "runs-long", body(f"<w:p>{run('长' * 5_000_000)}</w:p>")
    yield (
        "runs-styled",
        body(
            "<w:p>" + run("x", '<w:rStyle w:val="c0"/>') * 50_000 + "</w:p>",
            chained("character", 200, backwards=False),
        ),
    )
    for kind in ("character", "paragraph", "table"):
        for count in (5_000, 20_000):
            yield (
                f"styles-{kind}-chain-{count}",
                word(
                    runs=run("437", '<w:rStyle w:val="c0"/>'),
                    styles=chained(kind, count, backwards=count == 20_000),
                ),
            )
    yield "styles-50000", word(styles="".join(style("character", f"s{i}") for i in range(50_000)))
    yield (
        "styles-all-used",
        body(
            "".join(f'<w:p><w:pPr><w:pStyle w:val="c{i}"/></w:pPr>{run("x")}</w:p>' for i in range(5_000)),
            chained("paragraph", 5_000, backwards=False),
        ),
    )
    yield "styles-same-id", word(styles=style("character", "same") * 50_000)
    for depth in (100, 1_000, 5_000):
        yield (
            f"nested-tables-{depth}",
            body("<w:tbl><w:tr><w:tc>" * depth + p + "</w:tc></w:tr></w:tbl>" * depth),
        )
        yield (
            f"nested-controls-{depth}",
            body("<w:sdt><w:sdtContent>" * depth + p + "</w:sdtContent></w:sdt>" * depth),
        )
        yield (
            f"nested-links-{depth}",
            body("<w:p>" + "<w:hyperlink>" * depth + RUN + "</w:hyperlink>" * depth + "</w:p>"),
        )
        yield (
            f"nested-insertions-{depth}",
            body("<w:p>" + "<w:ins>" * depth + RUN + "</w:ins>" * depth + "</w:p>"),
        )
    yield "nested-unknown-100000", body("<w:x>" * 100_000 + "</w:x>" * 100_000)
    yield (
        "nested-text-boxes",
        body(
            "<w:p><w:r><w:pict><v:textbox><w:txbxContent>" * 500
            + p
            + "</w:txbxContent></v:textbox></w:pict></w:r></w:p>" * 500
        ),
    )
    yield "tables-20000", body("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 20_000)
    yield "rows-100000", body("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 100_000 + "</w:tbl>")
    yield (
        "rows-labels",
        body(
            "<w:tbl>"
            + "".join(
                f"<w:tr><w:tc><w:p>{run(f'第{i}项内容')}</w:p></w:tc><w:tc><w:p>{run(str(i))}</w:p></w:tc></w:tr>"
                for i in range(20_000)
            )
            + "</w:tbl>"
        ),
    )
    yield "cells-100000", body("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 100_000 + "</w:tr></w:tbl>")
    yield (
        "span-large",
        body(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
    )
    yield (
        "spans-many",
        body(
            "<w:tbl>"
            + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="60000"/></w:tcPr><w:p/></w:tc></w:tr>' * 2_000
            + "</w:tbl>"
        ),
    )
    yield (
        "span-5000-digits",
        body(
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{"9" * 5_000}"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
    )
    yield (
        "grid-before",
        body(
            '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2000000000"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
        ),
    )
    yield (
        "grid-columns",
        body(
            "<w:tbl><w:tblGrid>"
            + "<w:gridCol/>" * 500_000
            + "</w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        ),
    )
    yield (
        "merged-down",
        body(
            "<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 100_000 + "</w:tbl>"
        ),
    )
    yield "fields-open", body("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 100_000 + "</w:p>")
    yield "fields-ends", body("<w:p>" + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 100_000 + "</w:p>")
    yield "bookmarks", body('<w:bookmarkStart w:id="1" w:name="x"/>' * 300_000)
    yield (
        "alternates",
        body(
            "<w:p><w:r>"
            + '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x"/></mc:AlternateContent>'
            * 50_000
            + "</w:r></w:p>"
        ),
    )
    yield "note-references", body("<w:p>" + '<w:r><w:footnoteReference w:id="1"/></w:r>' * 100_000 + "</w:p>")
    listed = paragraph(RUN, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    many = {"word/numbering.xml": (f"{TYPES}.numbering+xml", "numbering", numbering("%1"))}
    yield (
        "list-100000",
        word(document=lambda t: t.replace("<w:body>", "<w:body>" + listed * 50_000, 1), extra=many),
    )
    long = {"word/numbering.xml": (f"{TYPES}.numbering+xml", "numbering", numbering("%1" * 20_000))}
    yield (
        "list-text-long",
        word(document=lambda t: t.replace("<w:body>", "<w:body>" + listed * 2_000, 1), extra=long),
    )
    huge = {
        "word/numbering.xml": (
            f"{TYPES}.numbering+xml",
            "numbering",
            numbering("%1", 2_000_000_000, form="upperRoman"),
        )
    }
    yield (
        "list-roman-large",
        word(document=lambda t: t.replace("<w:body>", "<w:body>" + listed * 20, 1), extra=huge),
    )
    letters = {
        "word/numbering.xml": (
            f"{TYPES}.numbering+xml",
            "numbering",
            numbering("%1", 2_000_000_000, form="upperLetter"),
        )
    }
    yield (
        "list-letters-large",
        word(document=lambda t: t.replace("<w:body>", "<w:body>" + listed * 20, 1), extra=letters),
    )
    defined = (
        f"<w:numbering {NAMES}>"
        + "".join(
            f'<w:abstractNum w:abstractNumId="{i}"/><w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>'
            for i in range(50_000)
        )
        + "</w:numbering>"
    )
    yield (
        "list-definitions",
        word(extra={"word/numbering.xml": (f"{TYPES}.numbering+xml", "numbering", defined.encode())}),
    )
    yield "attributes", body("<w:p " + " ".join(f'a{i}="1"' for i in range(100_000)) + "/>")
    yield "names", body("<w:p>" + "".join(f'<x{i} xmlns="u{i}"/>' for i in range(50_000)) + "</w:p>")
    yield (
        "encoding-declared",
        part("word/document.xml", parts()["word/document.xml"].replace(b"UTF-8", b"GBK", 1)),
    )
    yield (
        "encoding-unknown",
        part("word/document.xml", parts()["word/document.xml"].replace(b"UTF-8", b"KLINGON", 1)),
    )
    yield (
        "encoding-of-styles-unknown",
        part("word/styles.xml", parts()["word/styles.xml"].replace(b"UTF-8", b"KLINGON", 1)),
    )
    yield (
        "encoding-utf-7",
        part("word/document.xml", parts()["word/document.xml"].replace(b"UTF-8", b"UTF-7", 1)),
    )
    yield "document-empty", part("word/document.xml", b"")
    yield "document-cut", part("word/document.xml", parts()["word/document.xml"][:5_000])
    yield "document-nul", part("word/document.xml", b"\x00" * 1_000_000)
    yield (
        "sizes-large",
        word(document=lambda t: t.replace("<w:trPr>", f'<w:trPr><w:trHeight w:val="{"9" * 5_000}"/>')),
    )
    yield (
        "sizes-no-numbers",
        word(document=lambda t: t.replace('w:w="2211"', 'w:w="x"').replace('w:val="3"', 'w:val="drei"')),
    )
    yield (
        "position-no-number",
        word(
            runs=run(
                "437", '<w:position w:val="x"/><w:sz w:val=""/><w:vertAlign w:val="?"/><w:color w:val="rot"/>'
            )
        ),
    )
    yield "symbol-no-number", word(runs=RUN + '<w:r><w:sym w:font="x" w:char="ZZZZ"/><w:sym/></w:r>')
    yield "symbol-beyond", word(runs=RUN + f'<w:r><w:sym w:font="x" w:char="{"F" * 5_000}"/></w:r>')


def books() -> Iterator[tuple[str, Make]]:
    end = "</sheetData>"
    row = "".join(f'<row r="{i}"/>' for i in range(100, 400_000))
    yield "rows-empty", edited(sheet=lambda t: replaced(t, end, row + end))
    yield (
        "columns",
        edited(
            sheet=lambda t: replaced(
                t,
                end,
                '<row r="60">'
                + "".join(
                    f'<c r="{a}{b}{c}60"><v>1</v></c>'
                    for a in "ABCDEFGHIJ"
                    for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                )
                + "</row>"
                + end,
            )
        ),
    )
    yield (
        "texts-long",
        edited(
            sheet=lambda t: replaced(t, end, f'<row r="60">{inline("A60", "长" * 5_000_000)}</row>' + end)
        ),
    )
    yield (
        "text-131073",
        edited(sheet=lambda t: replaced(t, end, f'<row r="60">{inline("A60", "x" * 131_073)}</row>' + end)),
    )
    yield "figure-long", edited(new=lambda old: inline("B13", "4" * 3_000_000))
    yield (
        "labels-20000",
        edited(
            sheet=lambda t: replaced(
                t,
                end,
                "".join(
                    f'<row r="{i}">{inline(f"A{i}", f"第{i}项")}<c r="B{i}"><v>{i}</v></c></row>'
                    for i in range(60, 20_000)
                )
                + end,
            )
        ),
    )
    yield (
        "merged",
        edited(sheet=lambda t: t.replace("<mergeCell ", '<mergeCell ref="A100:XFD1048576"/><mergeCell ', 1)),
    )
    yield (
        "merged-many",
        edited(
            sheet=lambda t: t.replace(
                "<mergeCell ",
                "".join(f'<mergeCell ref="A{i}:D{i}"/>' for i in range(100, 50_000)) + "<mergeCell ",
                1,
            )
        ),
    )
    yield (
        "names-many",
        edited(
            parts=lambda h: h.update(
                {
                    "xl/workbook.xml": h["xl/workbook.xml"].replace(
                        b"<definedNames>",
                        b"<definedNames>"
                        + b"".join(b'<definedName name="n%d">A1</definedName>' % i for i in range(40_000)),
                    )
                }
            )
        ),
    )
    yield (
        "hidden-columns",
        edited(
            sheet=lambda t: (
                t.replace("<sheetData>", '<cols><col min="1" max="16384" hidden="1"/></cols><sheetData>', 1)
                if "<cols>" not in t
                else t.replace("<cols>", '<cols><col min="8" max="2000000000" hidden="1"/>', 1)
            )
        ),
    )
    yield (
        "height-no-number",
        edited(
            sheet=lambda t: t.replace('<row r="13"', '<row r="13" ht="x" customHeight="1" hidden="maybe"', 1)
        ),
    )
    yield (
        "row-beyond",
        edited(
            sheet=lambda t: replaced(
                t, end, '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>' + end
            )
        ),
    )
    yield (
        "address-beyond",
        edited(
            sheet=lambda t: replaced(t, end, f'<row r="60"><c r="{"Z" * 5_000}60"><v>1</v></c></row>' + end)
        ),
    )
    yield "style-beyond", edited(new=lambda old: '<c r="B13" s="99999999"><v>437</v></c>')
    yield "style-no-number", edited(new=lambda old: '<c r="B13" s="x"><v>437</v></c>')
    yield (
        "formats-many",
        edited(
            parts=lambda h: h.update(
                {
                    "xl/styles.xml": h["xl/styles.xml"].replace(
                        b"<fonts",
                        b"<numFmts>"
                        + b"".join(b'<numFmt numFmtId="%d" formatCode="0"/>' % i for i in range(200, 100_000))
                        + b"</numFmts><fonts",
                        1,
                    )
                }
            )
        ),
    )
    yield (
        "format-long",
        edited(
            parts=lambda h: h.update(
                {
                    "xl/styles.xml": h["xl/styles.xml"].replace(
                        b'formatCode="', b'formatCode="' + b"[" * 100_000, 1
                    )
                }
            )
        ),
    )
    for encoding in ("GBK", "KLINGON", "UTF-7"):
        yield (
            f"encoding-{encoding}",
            edited(
                parts=lambda h, e=encoding: h.update(
                    {
                        TWO: b'<?xml version="1.0" encoding="'
                        + e.encode()
                        + b'"?>'
                        + h[TWO].split(b"?>", 1)[-1]
                    }
                )
            ),
        )
    for year in (1900, 1979, 2107):

        def stamped(path: Path, y: int = year) -> None:
            edited()(path)
            with zipfile.ZipFile(path) as package:
                held = [(info, package.read(info)) for info in package.infolist()]
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
                for info, content in held:
                    info.date_time = (max(y, 1980), 1, 1, 0, 0, 0)
                    package.writestr(info, content)
            if y < 1980:  # a clock that stands before the zip format's first day: month and day 0
                body = path.read_bytes()
                path.write_bytes(body.replace(b"\x00\x00\x21\x00", b"\x00\x00\x00\x00"))

        yield f"clock-{year}", stamped


def kinds() -> Iterator[tuple[str, str, str, Make]]:
    for name, piece in PIECES.items():
        yield "narrative", name, ".json", data_file(overview=piece)
    for name in (
        "percentages",
        "brackets-3000",
        "digits-5000",
        "applications",
        "of-which",
        "departments",
        "years",
        "headings",
        "blanks",
        "line-ends",
        "no-end",
        "double-blanks",
        "dates",
        "growth",
        "long-numbers",
        "numbers-of-points",
    ):
        yield (
            "narrative-page",
            name,
            ".html",
            page_file(
                page(
                    change=lambda t, p=PIECES[name]: t.replace(
                        "<h2>二、", f"<p>{p.replace(chr(10), '</p><p>')}</p><h2>二、", 1
                    )
                )
            ),
        )
        yield (
            "narrative-text",
            name,
            ".txt",
            saved(tab_text().replace("二、主动公开", PIECES[name] + "\n二、主动公开", 1)),
        )
    for name, piece in PIECES.items():
        if name not in ("control", "blanks"):
            yield "figure", name, ".html", page_file(page(piece[:200_000]))
    for name, piece in MARKUP.items():
        yield (
            "markup",
            name,
            ".html",
            page_file(page(change=lambda t, p=piece: t.replace("<article>", "<article>" + p, 1))),
        )
    for name in (
        "comment-open",
        "attributes-same",
        "nested-divs",
        "nested-tables",
        "labels-20000",
        "spans-many",
        "titles",
        "captions",
        "entities-open",
    ):
        yield (
            "markup-behind",
            name,
            ".html",
            page_file(page(change=lambda t, p=MARKUP[name]: t.replace("</article>", p + "</article>", 1))),
        )
        yield "markup-in-cell", name, ".html", page_file(page("437" + MARKUP[name]))
        yield "markup-alone", name, ".html", page_file("<html><body>" + MARKUP[name])
    for name, sheet in SHEETS.items():
        yield "css", name, ".html", page_file(page(css=sheet))
    yield (
        "css",
        "rules-times-elements",
        ".html",
        page_file(
            page(
                css=SHEETS["rules"],
                change=lambda t: t.replace(
                    "<article>", "<article>" + '<p class="c1 c2 c3">x</p>' * 100_000, 1
                ),
            )
        ),
    )
    yield (
        "css",
        "descendants-times-depth",
        ".html",
        page_file(
            page(
                css="div " * 30 + "b{display:none}",
                change=lambda t: t.replace(
                    "<article>", "<article>" + "<div>" * 2_000 + "<b>x</b>" * 2_000 + "</div>" * 2_000, 1
                ),
            )
        ),
    )
    lines = {
        "pipes-one-a-line": "|\n" * 500_000, "pipes-one-each": "a|b\n" * 300_000, "pipes-in-a-line": "|" * 1_000_000, "rules": "|---|---|\n" * 200_000, "tabs-in-a-line": "\t" * 1_000_000, "tabs-a-line": "a\tb\n" * 300_000, "labels-20000": "".join(f"第{i}项内容\t{i}\n" for i in range(20_000)), "labels-lines": "".join(f"第{i}项内容\n{i}\n" for i in range(50_000)), "figures-lines": "437\n" * 500_000,
        "titles": "某局2025年政府信息公开工作年度报告\n" * 20_000, "headings": "一、总体情况\n二、主动公开政府信息情况\n" * 20_000, "numbers": "1.\n" * 300_000, "blank-lines": "\n" * 3_000_000, "blanks": " " * 5_000_000, "one-line": "长" * 5_000_000, "hashes": "#" * 1_000_000, "hash-lines": "# a\n" * 300_000, "stars": "*" * 1_000_000, "underscores": "_" * 1_000_000, "backticks": "`" * 1_000_000, "brackets": "[" * 500_000, "links": "[a](" * 200_000, "html-open": "<!--" * 200_000, "returns": "\r" * 1_000_000, "form-feeds": "\f" * 1_000_000, "row-of-figures": "\t".join(["1"] * 500_000), "half-rows": "行政处罚\t" * 200_000, "box": "│" * 500_000, "grid-rules": "+---+---+\n" * 100_000, "nul": "\x00" * 1_000_000, "marks": "①" * 1_000_000, "label-words": "行政处罚" * 200_000, "sections": "第二十条第（六）项\n" * 50_000,
    }  # fmt: skip
    for name, text in lines.items():
        yield "text", name, ".txt", saved(text + tab_text())
        yield "text-behind", name, ".txt", saved(tab_text() + text)
        if name in (
            "pipes-one-a-line",
            "pipes-in-a-line",
            "labels-20000",
            "rules",
            "titles",
            "blanks",
            "brackets",
            "links",
        ):
            yield "markdown", name, ".md", saved(pipe_text() + text)
            yield "text-alone", name, ".txt", saved(text)
    for name, make in documents():
        yield "document", name, ".docx", make
    for name, make in books():
        yield "workbook", name, ".xlsx", make
    big = {
        "title": "长" * 3_000_000,
        "organisation": "某" * 1_000_000,
        "problems": "问题。" * 300_000,
        "other_matters": "收费0.014万元。" * 100_000,
        "preamble": "依据" * 300_000,
    }
    for key, value in big.items():
        yield "data", f"long-{key}", ".json", data_file(**{key: value})
    yield (
        "data",
        "explanations",
        ".json",
        data_file(explanations=[{"rule": "flow", "cells": [], "text": "x"}] * 100_000),
    )
    yield "data", "headings", ".json", data_file(headings={str(i): "x" for i in range(100_000)})
    yield "data", "strings", ".json", data_file(x=["x"] * 1_000_000)
    yield (
        "data",
        "escapes",
        ".json",
        lambda path: path.write_text(
            json.dumps({**data(), "overview": "x"}).replace('"x"', '"' + "\\u957f" * 500_000 + '"')
        ),
    )


def attempts() -> Iterator[Attempt]:
    for kind, name, suffix, make in kinds():
        expected: Expected = Survived()
        yield Attempt(
            "hostile", kind, name, suffix, make, expected, promise="every input is done within 20 s and 1 GB"
        )
