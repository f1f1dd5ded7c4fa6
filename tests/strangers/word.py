"""Word documents: what Word shows is not what stands in its XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.strangers.attempts import FEE, PENALTIES, Attempt, Doubtful, Expected, NoNumber, Shown, Survived
from tests.strangers.bases import (
    CELL,
    CELL_STYLE,
    RELATION,
    RUN,
    TYPES,
    W,
    paragraph,
    replaced,
    run,
    table_row,
    word,
)

Make = Callable[[Path], object]
NAMES = f'xmlns:w="{W}" xmlns:r="{RELATION}"'


def style(kind: str, name: str, body: str = "", based: str = "", paragraph_body: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    held = f"<w:pPr>{paragraph_body}</w:pPr>" if paragraph_body else ""
    return f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>{on}{held}<w:rPr>{body}</w:rPr></w:style>'


UP, DOWN = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'

#: How a digit beside a figure is raised or lowered: run properties and the styles they need.
RAISED = {
    "superscript": (UP, ""),
    "subscript": (DOWN, ""),
    "position-up": ('<w:position w:val="12"/><w:sz w:val="14"/>', ""),
    "position-down": ('<w:position w:val="-8"/><w:sz w:val="14"/>', ""),
    "character-style": ('<w:rStyle w:val="Up"/>', style("character", "Up", UP)),
    "character-style-down": ('<w:rStyle w:val="Dn"/>', style("character", "Dn", DOWN)),
    "style-based-on": ('<w:rStyle w:val="Up3"/>', style("character", "Up1", UP) + style("character", "Up2", "<w:b/>", "Up1") + style("character", "Up3", "", "Up2")),
    "style-based-on-defined-later": ('<w:rStyle w:val="Up2"/>', style("character", "Up2", "", "Up1") + style("character", "Up1", UP)),
    "style-position": ('<w:rStyle w:val="Pos"/>', style("character", "Pos", '<w:position w:val="10"/>')),
    "style-with-bold-over": ('<w:rStyle w:val="Up"/><w:b/><w:color w:val="FF0000"/>', style("character", "Up", UP)),
}  # fmt: skip

#: How a digit is kept from sight.
HIDDEN = {
    "vanish": ("<w:vanish/>", ""),
    "vanish-true": ('<w:vanish w:val="true"/>', ""),
    "vanish-on": ('<w:vanish w:val="on"/>', ""),
    "vanish-1": ('<w:vanish w:val="1"/>', ""),
    "strike": ("<w:strike/>", ""),
    "dstrike": ("<w:dstrike/>", ""),
    "strike-1": ('<w:strike w:val="1"/>', ""),
    "style-vanish": ('<w:rStyle w:val="Gone"/>', style("character", "Gone", "<w:vanish/>")),
    "style-strike": ('<w:rStyle w:val="Gone"/>', style("character", "Gone", "<w:strike/>")),
    "style-dstrike": ('<w:rStyle w:val="Gone"/>', style("character", "Gone", "<w:dstrike/>")),
    "style-vanish-based-on": ('<w:rStyle w:val="Gone2"/>', style("character", "Gone2", "<w:b/>", "Gone") + style("character", "Gone", "<w:vanish/>")),
    "style-strike-based-on": ('<w:rStyle w:val="Gone3"/>', style("character", "Gone", "<w:strike/>") + style("character", "Gone2", "", "Gone") + style("character", "Gone3", "<w:i/>", "Gone2")),
    "white": ('<w:color w:val="FFFFFF"/>', ""),
    "white-by-theme": ('<w:color w:val="FFFFFF" w:themeColor="background1"/>', ""),
    "white-by-style": ('<w:rStyle w:val="Pale"/>', style("character", "Pale", '<w:color w:val="FFFFFF"/>')),
    "one-point": ('<w:sz w:val="2"/><w:szCs w:val="2"/>', ""),
    "black-on-black": ('<w:color w:val="000000"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>', ""),
    "highlighted-black": ('<w:color w:val="000000"/><w:highlight w:val="black"/>', ""),
}  # fmt: skip

#: What looks like hiding, and is not: the digit is shown.
VISIBLE = {
    "vanish-0": ('<w:vanish w:val="0"/>', ""),
    "vanish-false": ('<w:vanish w:val="false"/>', ""),
    "vanish-off": ('<w:vanish w:val="off"/>', ""),
    "strike-0": ('<w:strike w:val="0"/>', ""),
    "style-vanish-undone": ('<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>', style("character", "Gone", "<w:vanish/>")),
    "style-strike-undone": ('<w:rStyle w:val="Gone"/><w:strike w:val="false"/>', style("character", "Gone", "<w:strike/>")),
    "style-raised-undone": ('<w:rStyle w:val="Up"/><w:vertAlign w:val="baseline"/>', style("character", "Up", UP)),
    "style-position-undone": ('<w:rStyle w:val="Pos"/><w:position w:val="0"/>', style("character", "Pos", '<w:position w:val="10"/>')),
    "based-on-undone": ('<w:rStyle w:val="Seen"/>', style("character", "Gone", "<w:vanish/>") + style("character", "Seen", '<w:vanish w:val="0"/>', "Gone")),
    "web-hidden": ("<w:webHidden/>", ""),
    "formerly-struck": ('<w:rPrChange w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"><w:rPr><w:strike/></w:rPr></w:rPrChange>', ""),
    "formerly-hidden": ('<w:rPrChange w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"><w:rPr><w:vanish/></w:rPr></w:rPrChange>', ""),
    "white-on-black": ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>', ""),
    "emphasis": ('<w:em w:val="dot"/>', ""),
    "outline-shadow": ("<w:outline/><w:shadow/>", ""),
}  # fmt: skip


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


TRACKED = 'w:id="7" w:author="张三" w:date="2026-01-02T03:04:05Z"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def box(text: str, requires: str = "wps") -> str:
    inner = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent {MC}><mc:Choice Requires="{requires}"><w:drawing><wp:inline {WP}><wp:extent cx="500000" cy="200000"/>'
        '<wp:docPr id="1" name="b"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


#: Runs of the cell that show 437, whatever stands in them.
SHOWING_437 = {
    "deleted-digit": f'<w:del {TRACKED}><w:r><w:delText>9</w:delText></w:r></w:del>{run("437")}',
    "deleted-with-plain-text": f'<w:del {TRACKED}>{run("9")}</w:del>{run("437")}',
    "moved-away": f'<w:moveFrom {TRACKED}>{run("9")}</w:moveFrom>{run("437")}',
    "inserted": f'{run("43")}<w:ins {TRACKED}>{run("7")}</w:ins>',
    "moved-here": f'{run("43")}<w:moveTo {TRACKED}>{run("7")}</w:moveTo>',
    "inserted-then-deleted": f'{run("437")}<w:ins {TRACKED}><w:del {TRACKED}>{run("9")}</w:del></w:ins>',
    "deleted-field": f'{run("437")}<w:del {TRACKED}>{field("REF x", run("9"))}</w:del>',
    "split-by-bookmark": f'{run("43")}<w:bookmarkStart w:id="5" w:name="b"/><w:bookmarkEnd w:id="5"/>{run("7")}',
    "split-by-proofing": f'{run("4")}<w:proofErr w:type="spellStart"/>{run("3")}<w:proofErr w:type="spellEnd"/>{run("7")}',
    "split-by-page-break-mark": f'{run("43")}<w:r><w:lastRenderedPageBreak/><w:t>7</w:t></w:r>',
    "split-by-permission": f'<w:permStart w:id="3" w:edGrp="everyone"/>{run("43")}<w:permEnd w:id="3"/>{run("7")}',
    "soft-hyphen": "<w:r><w:t>43</w:t><w:softHyphen/><w:t>7</w:t></w:r>",
    "content-control": f'<w:sdt><w:sdtPr><w:tag w:val="9"/><w:alias w:val="99"/></w:sdtPr><w:sdtContent>{run("437")}</w:sdtContent></w:sdt>',
    "content-control-list": f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="9" w:value="9"/><w:listItem w:displayText="437" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent>{run("437")}</w:sdtContent></w:sdt>',
    "content-control-in-another": f'<w:sdt><w:sdtContent>{run("4")}<w:sdt><w:sdtContent>{run("37")}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>',
    "smart-tag": f'<w:smartTag w:uri="u" w:element="e">{run("437")}</w:smartTag>',
    "custom-xml": f'<w:customXml w:uri="u" w:element="e">{run("437")}</w:customXml>',
    "link": f'<w:hyperlink w:anchor="x">{run("437")}</w:hyperlink>',
    "simple-field": f'<w:fldSimple w:instr=" =400+37 ">{run("437")}</w:fldSimple>',
    "field": field("=400+37", run("437")),
    "field-nested": field("=400+", run("43")) + run("7"),
    "field-in-instruction": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>' + field("MERGEFIELD a", run("9")) + '<w:r><w:instrText> = 9 "437" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("437") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "field-with-text-in-its-instruction": '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("9") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("437") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "field-without-result-beside": run("437") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> XE "9" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "field-that-raises": run("437") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\s\\up5(1) </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "field-note-reference": run("437") + field("NOTEREF n \\f \\h", run("1", UP)),
    "form-field": '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="t"/><w:textInput><w:default w:val="9"/></w:textInput></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("437") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "field-result-half-hidden": field("=1", run("9", "<w:vanish/>") + run("437")),
    "ruby": '<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>1</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>437</w:t></w:r></w:rubyBase></w:ruby></w:r>',
    "math": f'<m:oMath {MATH}><m:r><m:t>437</m:t></m:r></m:oMath>',
    "math-power": f'<m:oMath {MATH}><m:sSup><m:e><m:r><m:t>437</m:t></m:r></m:e><m:sup><m:r><m:t>1</m:t></m:r></m:sup></m:sSup></m:oMath>',
    "math-index": f'<m:oMath {MATH}><m:sSub><m:e><m:r><m:t>437</m:t></m:r></m:e><m:sub><m:r><m:t>1</m:t></m:r></m:sub></m:sSub></m:oMath>',
    "alternate-content": f'<w:r><mc:AlternateContent {MC}><mc:Choice Requires="wps"><w:t>437</w:t></mc:Choice><mc:Fallback><w:t>9</w:t></mc:Fallback></mc:AlternateContent></w:r>',
    "alternate-content-run": f'<mc:AlternateContent {MC}><mc:Choice Requires="wps">{run("437")}</mc:Choice><mc:Fallback>{run("437")}</mc:Fallback></mc:AlternateContent>',
    "alternate-content-unknown": f'<mc:AlternateContent {MC} xmlns:zz="urn:never"><mc:Choice Requires="zz">{run("9")}</mc:Choice><mc:Fallback>{run("437")}</mc:Fallback></mc:AlternateContent>',
    "alternate-content-two-choices": f'<mc:AlternateContent {MC} xmlns:zz="urn:never"><mc:Choice Requires="zz">{run("9")}</mc:Choice><mc:Choice Requires="wps">{run("437")}</mc:Choice><mc:Fallback>{run("8")}</mc:Fallback></mc:AlternateContent>',
    "text-box": box("437"),
    "comment-range": f'<w:commentRangeStart w:id="0"/>{run("437")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    "annotation-mark": run("437") + "<w:r><w:annotationRef/></w:r>",
    "symbol-circled": run("437") + '<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>',
    "symbol-digit": run("43") + '<w:r><w:sym w:font="Symbol" w:char="F037"/></w:r>',
    "symbol-digits": '<w:r><w:sym w:font="Symbol" w:char="F034"/><w:sym w:font="Symbol" w:char="F033"/><w:sym w:font="Symbol" w:char="F037"/></w:r>',
    "symbol-dagger": run("437") + '<w:r><w:sym w:font="Times New Roman" w:char="2020"/></w:r>',
    "linked-number": run("437") + f'<w:hyperlink w:anchor="_ftn1">{run("1")}</w:hyperlink>',
    "linked-number-raised": run("437") + f'<w:hyperlink w:anchor="n1">{run("1", UP)}</w:hyperlink>',
    "linked-number-in-brackets": run("437") + f'<w:hyperlink w:anchor="_ftn1">{run("[1]")}</w:hyperlink>',
    "linked-by-field": run("437") + field('HYPERLINK \\l "_ftn1"', run("[1]", UP)),
    "right-to-left-override": f'<w:bdo w:val="rtl">{run("734")}</w:bdo>',
    "right-to-left-character": run("‮734‬"),
    "zero-width-between": run("4​3‍7"),
    "word-joiner-between": run("4⁠37"),
    "byte-order-mark-before": run("﻿437"),
    "left-to-right-mark": run("‎437‎"),
    "no-break-space-around": run(" 437 "),
    "full-width": run("４３７"),
    "line-break-behind": "<w:r><w:t>437</w:t><w:br/></w:r>",
    "tab-before": "<w:r><w:tab/><w:t>437</w:t></w:r>",
    "picture-behind": run("437") + f'<w:r><w:drawing><wp:inline {WP}><wp:docPr id="1" name="p" descr="9"/></wp:inline></w:drawing></w:r>',
    "capitals": run("437", "<w:caps/><w:smallCaps/>"),
    "complex-script": run("437", '<w:rtl/><w:cs/>'),
    "right-to-left-run": run("437", "<w:rtl/>"),
    "condensed": run("437", '<w:spacing w:val="-10"/><w:w w:val="66"/>'),
    "fit-text": run("437", '<w:fitText w:val="300" w:id="5"/>'),
}  # fmt: skip

#: Runs of the cell that show something that is not one number.
NO_NUMBER = {
    "line-break-within": "<w:r><w:t>43</w:t><w:br/><w:t>7</w:t></w:r>",
    "carriage-return-within": "<w:r><w:t>43</w:t><w:cr/><w:t>7</w:t></w:r>",
    "tab-within": "<w:r><w:t>43</w:t><w:tab/><w:t>7</w:t></w:r>",
    "absolute-tab-within": '<w:r><w:t>43</w:t><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/><w:t>7</w:t></w:r>',
    "no-break-hyphen": "<w:r><w:t>43</w:t><w:noBreakHyphen/><w:t>7</w:t></w:r>",
    "merge-field": field("MERGEFIELD 处罚", run("«处罚»")),
    "field-error": field("=SUM(ABOVE)", run("!语法错误, 4")),
    "reference-lost": field("REF x", run("错误！未找到引用源。")),
    "placeholder": f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run("单击此处输入文字")}</w:sdtContent></w:sdt>',
    "fraction": f'<m:oMath {MATH}><m:f><m:num><m:r><m:t>43</m:t></m:r></m:num><m:den><m:r><m:t>7</m:t></m:r></m:den></m:f></m:oMath>',
    "two-text-boxes": box("43") + box("7"),
    "about": run("约") + run("437"),
    "more-than": run("437") + run("余"),
    "sign": "<w:r><w:t>-</w:t><w:t>437</w:t></w:r>",
    "minus-as-symbol": '<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>' + run("437"),
    "chinese-capitals": run("肆佰叁拾柒"),
    "picture-only": f'<w:r><w:drawing><wp:inline {WP}><wp:docPr id="1" name="p" descr="437"/></wp:inline></w:drawing></w:r>',
    "raised-only": run("2", UP),
    "note-mark-only": '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>',
    "digits-in-a-picture-font": run("437", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:eastAsia="Wingdings" w:cs="Wingdings"/>'),
    "symbol-unknown": run("43") + '<w:r><w:sym w:font="Webdings" w:char="F0A9"/></w:r>' + run("7"),
}  # fmt: skip


#: Runs of a cell that shows nothing: a blank, said as one.
BLANK = {
    "struck-and-visible-none": run("437", "<w:strike/>"),
    "hidden-only": run("437", "<w:vanish/>"),
    "deleted-only": f'<w:del {TRACKED}><w:r><w:delText>437</w:delText></w:r></w:del>',
}  # fmt: skip


def twin(row: str, figure: str) -> str:
    return replaced(row, RUN, run(figure))


def hide(row: str, mark: str = "<w:hidden/>") -> str:
    return row.replace("<w:trPr>", "<w:trPr>" + mark, 1)


def vanished(row: str) -> str:
    """The row as Word does not show it: all its runs and paragraph marks hidden."""
    return row.replace("<w:r><w:t", "<w:r><w:rPr><w:vanish/></w:rPr><w:t").replace(
        "</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>"
    )


#: Ways in which a row is not shown.
ROWS = {
    "hidden": hide,
    "hidden-1": lambda row: hide(row, '<w:hidden w:val="1"/>'),
    "hidden-true": lambda row: hide(row, '<w:hidden w:val="true"/>'),
    "all-runs-hidden": vanished,
    "deleted": lambda row: hide(row, f"<w:del {TRACKED}/>"),
}


def _two(first: Callable[[str], str], *, after: bool = False) -> Callable[[str], str]:
    return lambda row: row + first(twin(row, "9")) if after else first(twin(row, "9")) + row


def rows() -> Iterator[tuple[str, str, Callable[[str], str], Expected]]:
    for name, change in ROWS.items():
        yield "hidden-row", f"{name}-before", _two(change), Shown()
        yield "hidden-row", f"{name}-after", _two(change, after=True), Shown()
        yield "hidden-row", f"{name}-only", change, Shown({PENALTIES: None})
        yield (
            "hidden-row",
            f"{name}-between-two",
            lambda row, c=change: row + c(twin(row, "9")) + row,
            Shown(),
        )
    yield "hidden-row", "not-hidden-0", lambda row: hide(row, '<w:hidden w:val="0"/>'), Shown()
    yield "hidden-row", "inserted", lambda row: hide(row, f"<w:ins {TRACKED}/>"), Shown()
    yield (
        "hidden-row",
        "almost-no-height",
        _two(lambda row: hide(row, '<w:trHeight w:val="1" w:hRule="exact"/>')),
        Shown(),
    )
    yield "twins", "both-visible-differ", _two(lambda row: row), NoNumber()
    yield "twins", "both-visible-differ-after", _two(lambda row: row, after=True), NoNumber()
    yield "twins", "both-visible-same", lambda row: row + row, Shown()
    yield "twins", "three-visible", lambda row: row + twin(row, "8") + row, NoNumber()
    wide = '<w:tcW w:w="6634" w:type="dxa"/><w:gridSpan w:val="3"/>'

    def cells(*held: tuple[str, str]) -> Callable[[str], str]:
        """The figure's cell in place of one cell of three columns: (text, cell properties) of each."""
        new = "".join(
            f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>" for text, properties in held
        )
        return lambda row: replaced(row, f"<w:tc><w:tcPr>{wide}</w:tcPr>{CELL}</w:tc>", new)

    yield (
        "merged",
        "horizontally-old-style",
        cells(
            ("437", '<w:hMerge w:val="restart"/>'),
            ("9", "<w:hMerge/>"),
            ("8", '<w:hMerge w:val="continue"/>'),
        ),
        Shown(),
    )
    yield "merged", "two-cells-one-empty", cells(("437", '<w:gridSpan w:val="2"/>'), ("", "")), Shown()
    yield "merged", "two-cells-two-figures", cells(("437", '<w:gridSpan w:val="2"/>'), ("9", "")), NoNumber()
    yield (
        "merged",
        "cell-deleted",
        cells(("437", '<w:gridSpan w:val="2"/>'), ("9", f"<w:cellDel {TRACKED}/>")),
        Shown(),
    )
    yield (
        "merged",
        "cell-inserted",
        cells(
            ("437", f'<w:gridSpan w:val="3"/><w:cellIns {TRACKED}/>'),
        ),
        Shown(),
    )
    hidden_cell = f'<w:tc><w:tcPr><w:tcW w:w="10" w:type="dxa"/><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr>{paragraph(run("9"))}</w:tc>'
    yield (
        "merged",
        "vertically-continued-with-figure",
        lambda row: (
            row.replace('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="3"/><w:vMerge w:val="restart"/>')
            + (
                f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph(run('行政处罚'))}</w:tc>{hidden_cell}</w:tr>"
            )
        ),
        Shown(),
    )
    yield (
        "wrapped",
        "row-in-content-control",
        lambda row: f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>",
        Shown(),
    )
    yield (
        "wrapped",
        "row-in-custom-xml",
        lambda row: f'<w:customXml w:uri="u" w:element="e">{row}</w:customXml>',
        Shown(),
    )
    yield (
        "wrapped",
        "cell-in-content-control",
        lambda row: row.replace(
            "<w:tc><w:tcPr>" + wide, "<w:sdt><w:sdtContent><w:tc><w:tcPr>" + wide, 1
        ).replace("</w:tc></w:tr>", "</w:tc></w:sdtContent></w:sdt></w:tr>"),
        Shown(),
    )
    yield (
        "wrapped",
        "grid-before",
        lambda row: hide(row, '<w:gridAfter w:val="0"/><w:wAfter w:w="0" w:type="dxa"/>'),
        Shown(),
    )
    yield (
        "nested",
        "table-in-cell",
        lambda row: replaced(
            row,
            CELL,
            f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{CELL}</w:tc></w:tr></w:tbl><w:p/>",
        ),
        Shown(),
    )
    yield (
        "nested",
        "hidden-table-in-cell",
        lambda row: replaced(
            row,
            CELL,
            f"{CELL}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:tcPr/>{paragraph(run('9'))}</w:tc></w:tr></w:tbl><w:p/>",
        ),
        Shown(),
    )
    yield (
        "nested",
        "two-figures-in-inner-table",
        lambda row: replaced(
            row,
            CELL,
            f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{CELL}</w:tc><w:tc><w:tcPr/>{paragraph(run('9'))}</w:tc></w:tr></w:tbl><w:p/>",
        ),
        NoNumber(),
    )
    yield (
        "paragraphs",
        "second-hidden",
        lambda row: replaced(row, CELL, CELL + paragraph(run("9", "<w:vanish/>"))),
        Shown(),
    )
    yield (
        "paragraphs",
        "second-visible",
        lambda row: replaced(row, CELL, CELL + paragraph(run("9"))),
        NoNumber(),
    )
    yield (
        "paragraphs",
        "second-by-hidden-style",
        lambda row: replaced(
            row, CELL, CELL + f'<w:p><w:pPr><w:pStyle w:val="HiddenPara"/></w:pPr>{run("9")}</w:p>'
        ),
        Shown(),
    )
    yield (
        "paragraphs",
        "second-by-struck-style",
        lambda row: replaced(
            row, CELL, CELL + f'<w:p><w:pPr><w:pStyle w:val="StruckPara"/></w:pPr>{run("9")}</w:p>'
        ),
        Shown(),
    )
    yield (
        "paragraphs",
        "hidden-by-style-based-on",
        lambda row: replaced(
            row, CELL, CELL + f'<w:p><w:pPr><w:pStyle w:val="HiddenPara2"/></w:pPr>{run("9")}</w:p>'
        ),
        Shown(),
    )
    yield (
        "paragraphs",
        "split-in-two",
        lambda row: replaced(row, CELL, paragraph(run("43")) + paragraph(run("7"))),
        NoNumber(),
    )
    yield (
        "paragraphs",
        "joined-by-deleted-mark",
        lambda row: replaced(
            row, CELL, paragraph(run("43"), f"<w:rPr><w:del {TRACKED}/></w:rPr>") + paragraph(run("7"))
        ),
        Shown(),
    )
    yield (
        "paragraphs",
        "toggled-twice",
        lambda row: replaced(
            row,
            CELL,
            f'<w:p><w:pPr><w:pStyle w:val="HiddenPara"/></w:pPr>{run("437", "<w:rStyle w:val=" + chr(34) + "HiddenChar" + chr(34) + "/>")}</w:p>',
        ),
        Doubtful(()),
    )
    yield (
        "paragraphs",
        "struck-twice-is-not-struck",
        lambda row: replaced(
            row,
            CELL,
            f'<w:p><w:pPr><w:pStyle w:val="StruckPara"/></w:pPr>{run("437", "<w:rStyle w:val=" + chr(34) + "StruckChar" + chr(34) + "/>")}</w:p>',
        ),
        Shown(),
    )
    yield (
        "paragraphs",
        "hidden-style-shown-run",
        lambda row: replaced(
            row,
            CELL,
            f'<w:p><w:pPr><w:pStyle w:val="HiddenPara"/></w:pPr>{run("9")}{run("437", "<w:vanish w:val=" + chr(34) + "0" + chr(34) + "/>")}</w:p>',
        ),
        Shown(),
    )
    yield (
        "paragraphs",
        "moved-away",
        lambda row: replaced(
            row, CELL, f"<w:p>{CELL_STYLE}<w:moveFrom {TRACKED}>{run('9')}</w:moveFrom></w:p>" + CELL
        ),
        Shown(),
    )


PARAGRAPH_STYLES = (
    style("paragraph", "HiddenPara", "<w:vanish/>", "ReportCellFigure")
    + style("paragraph", "HiddenPara2", "<w:b/>", "HiddenPara")
    + style("paragraph", "StruckPara", "<w:strike/>", "ReportCellFigure")
    + style("character", "HiddenChar", "<w:vanish/>")
    + style("character", "StruckChar", "<w:strike/>")
)


def numbering(
    text: str = "%1", start: int = 1, suffix: str = "", form: str = "decimal", extra: str = ""
) -> bytes:
    after = f'<w:suff w:val="{suffix}"/>' if suffix else ""
    return (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{after}'
        f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>{extra}</w:num></w:numbering>'
    ).encode()


def numbered(content: bytes, runs: str = RUN, **rest: str) -> Make:
    return word(
        cell=paragraph(runs, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        extra={"word/numbering.xml": (f"{TYPES}.numbering+xml", "numbering", content)},
        **rest,  # type: ignore[arg-type]
    )


def lists() -> Iterator[tuple[str, Make, Expected]]:
    for name, text, form in (
        ("plain", "%1", "decimal"), ("dot", "%1.", "decimal"), ("bracket", "（%1）", "decimal"), ("circled", "%1", "decimalEnclosedCircle"),
        ("chinese", "%1、", "chineseCounting"), ("full-width", "%1", "decimalFullWidth"), ("zero", "%1", "decimalZero"), ("fixed-digit", "9", "decimal"),
        ("bullet", "•", "bullet"), ("letters", "%1", "upperLetter"),
    ):  # fmt: skip
        yield name, numbered(numbering(text, form=form)), Shown()
    for suffix in ("nothing", "space", "tab"):
        yield f"suffix-{suffix}", numbered(numbering("%1.", suffix=suffix)), Shown()
    yield "starts-at-9", numbered(numbering("%1", 9)), Shown()
    yield (
        "start-overridden",
        numbered(
            numbering("%1", extra='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="88"/></w:lvlOverride>')
        ),
        Shown(),
    )
    yield "the-number-is-the-figure", numbered(numbering("%1", 437), ""), Doubtful((437,))
    content = {"word/numbering.xml": (f"{TYPES}.numbering+xml", "numbering", numbering("%1"))}
    listed = style("paragraph", "Listed", "", "ReportCellFigure", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    yield (
        "by-style",
        word(cell=f'<w:p><w:pPr><w:pStyle w:val="Listed"/></w:pPr>{RUN}</w:p>', styles=listed, extra=content),
        Shown(),
    )
    based = listed + style("paragraph", "Listed2", "<w:b/>", "Listed")
    yield (
        "by-style-based-on",
        word(cell=f'<w:p><w:pPr><w:pStyle w:val="Listed2"/></w:pPr>{RUN}</w:p>', styles=based, extra=content),
        Shown(),
    )
    yield (
        "by-style-taken-off",
        word(
            cell=f'<w:p><w:pPr><w:pStyle w:val="Listed"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>{RUN}</w:p>',
            styles=listed,
            extra=content,
        ),
        Shown(),
    )
    yield (
        "missing-list",
        word(
            cell=paragraph(RUN, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'), extra=content
        ),
        Shown(),
    )
    yield (
        "level-no-number",
        word(
            cell=paragraph(RUN, '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>'), extra=content
        ),
        Shown(),
    )
    yield (
        "number-no-number",
        word(
            cell=paragraph(RUN, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="一"/></w:numPr>'), extra=content
        ),
        Shown(),
    )
    yield (
        "level-of-5000-digits",
        word(
            cell=paragraph(RUN, f'<w:numPr><w:ilvl w:val="{"9" * 5000}"/><w:numId w:val="1"/></w:numPr>'),
            extra=content,
        ),
        Shown(),
    )
    yield (
        "start-of-5000-digits",
        numbered(numbering("%1").replace(b'w:start w:val="1"', b'w:start w:val="' + b"9" * 5000 + b'"')),
        Shown(),
    )
    yield (
        "label-cell-numbered",
        word(
            row=lambda row: row.replace(
                '<w:pStyle w:val="ReportCellLabel"/>',
                '<w:pStyle w:val="ReportCellLabel"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
            ),
            extra=content,
        ),
        Shown(),
    )


def notes() -> Iterator[tuple[str, Make, Expected]]:
    for kind in ("footnote", "endnote"):
        body = (
            f'<w:{kind}s {NAMES}><w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}><w:{kind} w:id="2"><w:p>'
            f"<w:r><w:{kind}Ref/></w:r>{run('其中当场处罚9件')}</w:p></w:{kind}></w:{kind}s>"
        ).encode()
        extra = {f"word/{kind}s.xml": (f"{TYPES}.{kind}s+xml", f"{kind}s", body)}
        ref = f'<w:{kind}Reference w:id="2"/>'
        own = f'<w:{kind}Reference w:customMarkFollows="1" w:id="2"/>'
        yield f"{kind}-automatic", word(runs=RUN + f"<w:r>{ref}</w:r>", extra=extra), Shown()
        yield f"{kind}-automatic-in-run", word(runs=f"<w:r><w:t>437</w:t>{ref}</w:r>", extra=extra), Shown()
        for mark in ("1", "9", "*", "①", "注1", "（1）", "[2]"):
            yield (
                f"{kind}-own-mark-{mark}",
                word(runs=RUN + f"<w:r>{own}<w:t>{mark}</w:t></w:r>", extra=extra),
                Shown(),
            )
        yield (
            f"{kind}-own-mark-in-the-run",
            word(runs=f"<w:r><w:t>437</w:t>{own}<w:t>1</w:t></w:r>", extra=extra),
            Shown(),
        )
        yield (
            f"{kind}-own-mark-symbol",
            word(runs=RUN + f'<w:r>{own}<w:sym w:font="Symbol" w:char="F031"/></w:r>', extra=extra),
            Shown(),
        )
        yield (
            f"{kind}-own-mark-true",
            word(
                runs=RUN + f'<w:r><w:{kind}Reference w:customMarkFollows="true" w:id="2"/><w:t>1</w:t></w:r>',
                extra=extra,
            ),
            Shown(),
        )
        yield (
            f"{kind}-on-the-label",
            word(
                row=lambda row, o=own: row.replace(
                    "行政处罚</w:t></w:r>", f"行政处罚</w:t></w:r><w:r>{o}<w:t>1</w:t></w:r>"
                ),
                extra=extra,
            ),
            Shown(),
        )
        yield f"{kind}-no-part", word(runs=RUN + f"<w:r>{own}<w:t>1</w:t></w:r>"), Shown()


def packages() -> Iterator[tuple[str, Make, Expected]]:
    def renamed(held: dict[str, bytes]) -> None:
        held["word/bericht.xml"] = held.pop("word/document.xml")
        held["word/_rels/bericht.xml.rels"] = held.pop("word/_rels/document.xml.rels")
        for name in ("[Content_Types].xml", "_rels/.rels"):
            held[name] = held[name].replace(b"word/document.xml", b"word/bericht.xml")

    def strict(held: dict[str, bytes]) -> None:
        for name in held:
            held[name] = (
                held[name]
                .replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
                .replace(RELATION.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
            )

    def typed(kind: str) -> Callable[[dict[str, bytes]], None]:
        def change(held: dict[str, bytes]) -> None:
            held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                kind.encode(),
            )

        return change

    def other_prefix(held: dict[str, bytes]) -> None:
        held["word/document.xml"] = (
            held["word/document.xml"]
            .replace(b"<w:", b"<q:")
            .replace(b"</w:", b"</q:")
            .replace(b" w:", b" q:")
            .replace(b"xmlns:w=", b"xmlns:q=")
        )

    def without(name: str) -> Callable[[dict[str, bytes]], object]:
        return lambda held: held.pop(name)

    yield "other-part-name", word(parts_change=renamed), Shown()
    yield "strict", word(parts_change=strict), Shown()
    yield (
        "macro-enabled",
        word(parts_change=typed("application/vnd.ms-word.document.macroEnabled.main+xml")),
        Shown(),
    )
    yield (
        "template",
        word(
            parts_change=typed(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
            )
        ),
        Shown(),
    )
    yield "other-prefix", word(parts_change=other_prefix), Shown()
    yield "no-styles-part", word(parts_change=without("word/styles.xml")), Shown()
    yield "no-settings-part", word(parts_change=without("word/settings.xml")), Shown()
    yield "no-properties-part", word(parts_change=without("docProps/core.xml")), Shown()
    yield (
        "broken-settings",
        word(parts_change=lambda h: h.update({"word/settings.xml": b"<w:settings"})),
        Shown(),
    )
    yield "broken-styles", word(parts_change=lambda h: h.update({"word/styles.xml": b"<w:styles"})), Shown()
    yield (
        "comments-say-otherwise",
        word(
            extra={
                "word/comments.xml": (
                    f"{TYPES}.comments+xml",
                    "comments",
                    f'<w:comments {NAMES}><w:comment w:id="0"><w:p>{run("应为438件")}</w:p></w:comment></w:comments>'.encode(),
                )
            }
        ),
        Shown(),
    )
    yield (
        "styles-in-a-circle",
        word(
            runs=RUN + run("", '<w:rStyle w:val="A"/>'),
            styles=style("character", "A", "", "B") + style("character", "B", "", "A"),
        ),
        Shown(),
    )
    yield (
        "style-based-on-itself",
        word(runs=run("437", '<w:rStyle w:val="A"/>'), styles=style("character", "A", "", "A")),
        Shown(),
    )
    yield "style-missing", word(runs=run("437", '<w:rStyle w:val="Nowhere"/>')), Shown()
    yield (
        "defaults-struck",
        word(style=lambda s: s.replace("<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:strike/>", 1)),
        Survived(may_pass=False),
    )
    yield (
        "default-character-style-struck",
        word(
            style=lambda s: s.replace(
                '<w:name w:val="Default Paragraph Font"/><w:semiHidden/>',
                '<w:name w:val="Default Paragraph Font"/><w:semiHidden/><w:rPr><w:b/></w:rPr>',
            )
        ),
        Shown(),
    )
    yield (
        "figure-style-hidden",
        word(
            style=lambda s: re.sub(
                r'(w:styleId="ReportCellFigure">.*?<w:rPr)/>', r"\1><w:vanish/></w:rPr>", s, count=1
            )
        ),
        Survived(may_pass=False),
    )


def captions() -> Iterator[tuple[str, Make, Expected]]:
    """Tables of another year beside this year's."""

    def tables(text: str) -> tuple[str, str]:
        start = text.index("<w:tbl>")
        return text[:start], text[start:]

    def old(text: str) -> str:
        """Table two with other figures."""
        _, rest = tables(text)
        table = rest[: rest.index("</w:tbl>") + 8]
        return table.replace(">437<", ">999<")

    def titled(caption: str, *, after: bool = False, properties: str = "") -> Callable[[str], str]:
        def change(text: str) -> str:
            head, rest = tables(text)
            end = rest.index("</w:tbl>") + 8
            label = f'<w:p><w:pPr><w:pStyle w:val="ReportBody"/></w:pPr>{run(caption, properties)}</w:p>'
            other = label + old(text)
            return (
                head + rest[:end] + other + rest[end:]
                if after
                else head + other + f"<w:p>{run('2025年情况')}</w:p>" + rest
            )

        return change

    for year in ("2023年情况", "2024年情况", "上年情况", "附：2024年数据", "（2024年）", "2024年度"):
        yield f"before-{year}", word(document=titled(year)), Doubtful((437,))
        yield f"after-{year}", word(document=titled(year, after=True)), Doubtful((437,))
    yield (
        "hidden-year-table-visible",
        word(document=titled("2024年情况", properties="<w:vanish/>")),
        NoNumber(),
    )


def kinds() -> Iterator[tuple[str, str, Make, Expected]]:
    for name, (properties, styles) in RAISED.items():
        yield "raised", f"{name}-behind", word(runs=run("437") + run("1", properties), styles=styles), Shown()
        yield (
            "raised",
            f"{name}-two-digits",
            word(runs=run("437") + run("12", properties), styles=styles),
            Shown(),
        )
        yield (
            "raised",
            f"{name}-before",
            word(runs=run("1", properties) + run("437"), styles=styles),
            Doubtful((437,)),
        )
        yield (
            "raised",
            f"{name}-within",
            word(runs=run("4") + run("9", properties) + run("37"), styles=styles),
            Doubtful((437,)),
        )
        yield (
            "raised",
            f"{name}-in-brackets",
            word(runs=run("437") + run("[1]", properties), styles=styles),
            Shown(),
        )
        yield (
            "raised",
            f"{name}-label",
            word(
                row=lambda row, p=properties: row.replace(
                    "行政处罚</w:t></w:r>", "行政处罚</w:t></w:r>" + run("1", p)
                ),
                styles=styles,
            ),
            Shown(),
        )
    for name, (properties, styles) in HIDDEN.items():
        yield "hidden", f"{name}-before", word(runs=run("9", properties) + run("437"), styles=styles), Shown()
        yield "hidden", f"{name}-behind", word(runs=run("437") + run("9", properties), styles=styles), Shown()
        yield (
            "hidden",
            f"{name}-within",
            word(runs=run("4") + run("9", properties) + run("37"), styles=styles),
            Shown(),
        )
        yield (
            "hidden",
            f"{name}-whole",
            word(runs=run("438", properties) + run("437"), styles=styles),
            Shown(),
        )
    for name, (properties, styles) in VISIBLE.items():
        yield "visible", name, word(runs=run("4") + run("37", properties), styles=styles), Shown()
    for name, runs in SHOWING_437.items():
        # Word turns the digits round, LibreOffice does not.
        yield "runs", name, word(runs=runs), Doubtful(()) if name == "right-to-left-override" else Shown()
    for name, runs in NO_NUMBER.items():
        yield "no-number", name, word(runs=runs), NoNumber()
    for name, runs in BLANK.items():
        yield "blank", name, word(runs=runs), Shown({PENALTIES: None})
    for kind, name, row, expected in rows():
        yield kind, name, word(row=row, styles=PARAGRAPH_STYLES), expected
    for group, made in (
        ("list", lists()),
        ("note", notes()),
        ("package", packages()),
        ("other-year", captions()),
    ):
        for name, make, expected in made:
            yield group, name, make, expected
    yield (
        "merged",
        "year-hidden-in-title",
        word(
            document=lambda t: t.replace(
                run("2025年政府信息公开工作年度报告"),
                run("2024年", "<w:vanish/>") + run("2025年政府信息公开工作年度报告"),
                1,
            )
        ),
        Shown(year=2025),
    )
    yield (
        "merged",
        "year-struck-in-title",
        word(
            document=lambda t: t.replace(
                run("2025年政府信息公开工作年度报告"),
                run("2024", "<w:strike/>") + run("2025年政府信息公开工作年度报告"),
                1,
            )
        ),
        Shown(year=2025),
    )
    yield (
        "merged",
        "raised-in-table-three",
        word(
            document=lambda t: replaced(
                t,
                table_row(t, "一、本年新收政府信息公开申请数量"),
                table_row(t, "一、本年新收政府信息公开申请数量").replace(
                    run("167"), run("167") + run("1", UP)
                ),
            )
        ),
        Shown(),
    )
    yield (
        "merged",
        "fee-with-raised-mark",
        word(fee=f"25.1</w:t></w:r>{run('2', UP)}<w:r><w:t>"),
        Shown({FEE: 25.1}),
    )


def attempts() -> Iterator[Attempt]:
    for kind, name, make, expected in kinds():
        yield Attempt("word", kind, name, ".docx", make, expected)
