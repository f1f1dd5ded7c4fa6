"""A figure in a Word document is what a person sees on the page: marks are no digits, and what is not shown is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.word_edits import NEW, W, edited, figure, paragraph, parts, read, run, style, zipped
from xlreport.checking import check
from xlreport.sources import docx
from xlreport.sources.blocks import Table

UP = '<w:vertAlign w:val="superscript"/>'
DOWN = '<w:vertAlign w:val="subscript"/>'
LINE = '<w:vertAlign w:val="baseline"/>'
TABLE = '<w:tblStyle w:val="ReportTable"/>'
SEEN = run("437")


def of_style(key: str, text: str) -> str:
    """A run with a character style."""
    return run(text, f'<w:rStyle w:val="{key}"/>')


def in_style(key: str, inner: str) -> str:
    """A paragraph with a style."""
    return paragraph(inner, f'<w:pStyle w:val="{key}"/>')


def field(code: str, result: str | None) -> str:
    """A field; without a result where that is None."""
    shown = "" if result is None else '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + result
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
        f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def note(inside: str, after: str = "", kind: str = "footnote", own: str = "1") -> str:
    """A reference to a note with its own mark."""
    return f'<w:r><w:{kind}Reference w:customMarkFollows="{own}" w:id="2"/>{inside}</w:r>{after}'


def symbol(char: str, font: str) -> str:
    """A character drawn from a font."""
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def linked(anchor: str, inner: str) -> str:
    """A link."""
    return f'<w:hyperlink w:anchor="{anchor}">{inner}</w:hyperlink>'


def chain(kind: str, length: int, about: str, own: str = "") -> str:
    """Styles s0 … each based on the one before; the first has the properties, the last its own."""
    return style(kind, "s0", about) + "".join(
        style(kind, f"s{n}", own if n == length - 1 else "", f"s{n - 1}") for n in range(1, length)
    )


#: Beside the figure stands a mark: the figure is 437, and it is said.
MARKED: dict[str, dict[str, Any]] = {
    "raised": {"cell": paragraph(SEEN + run("1", UP))},
    "lowered": {"cell": paragraph(SEEN + run("2", DOWN))},
    "raised before it": {"cell": paragraph(run("1", UP) + SEEN)},
    "raised by position": {"cell": paragraph(SEEN + run("1", '<w:position w:val="10"/>'))},
    "lowered by position": {"cell": paragraph(SEEN + run("1", '<w:position w:val="-6"/>'))},
    "position in points": {"cell": paragraph(SEEN + run("1", '<w:position w:val="5pt"/>'))},
    "in two runs": {"cell": paragraph(SEEN + run("1", UP) + run("2", UP))},
    "character style": {
        "cell": paragraph(SEEN + of_style("s0", "1")),
        "styles": chain("character", 1, UP),
    },
    "character style lowering": {
        "cell": paragraph(SEEN + of_style("s0", "1")),
        "styles": chain("character", 1, DOWN),
    },
    "character style by position": {
        "cell": paragraph(SEEN + of_style("s0", "1")),
        "styles": chain("character", 1, '<w:position w:val="8"/>'),
    },
    "inherited character style": {
        "cell": paragraph(SEEN + of_style("s3", "1")),
        "styles": chain("character", 4, UP),
    },
    "paragraph style": {
        "cell": in_style("s0", run("437", LINE) + run("1")),
        "styles": chain("paragraph", 1, UP),
    },
    "inherited paragraph style": {
        "cell": in_style("s3", run("437", LINE) + run("1")),
        "styles": chain("paragraph", 4, UP),
    },
    "second paragraph raised by its style": {
        "cell": paragraph(SEEN) + in_style("s0", run("1")),
        "styles": chain("paragraph", 1, UP),
    },
    "table style": {
        "cell": paragraph(run("437", LINE) + run("1")),
        "styles": style(
            "table",
            "tt",
            "",
            more=f'<w:tblStylePr w:type="band1Horz"><w:rPr>{UP}</w:rPr></w:tblStylePr>'
            f'<w:tblStylePr w:type="band2Horz"><w:rPr>{UP}</w:rPr></w:tblStylePr>',
        ),
        "table": (TABLE, '<w:tblStyle w:val="tt"/><w:tblLook w:val="0000"/>'),
    },
    "document defaults": {
        "cell": paragraph(run("437", LINE) + run("1", UP)),
        "defaults": LINE,
    },
    "footnote with its own mark": {"cell": paragraph(SEEN + note("<w:t>1</w:t>"))},
    "endnote with its own mark": {"cell": paragraph(SEEN + note("<w:t>1</w:t>", kind="endnote"))},
    "own mark in the next run": {"cell": paragraph(SEEN + note("", run("1")))},
    "own mark from a symbol font": {
        "cell": paragraph(SEEN + note('<w:sym w:font="Wingdings" w:char="F081"/>'))
    },
    "own mark, switched on by a word": {"cell": paragraph(SEEN + note("<w:t>1</w:t>", own="true"))},
    "linked note number": {"cell": paragraph(SEEN + linked("_ftn1", run("1")))},
    "linked note number in brackets": {"cell": paragraph(SEEN + linked("_ftn1", run("[1]")))},
    "linked note number raised": {"cell": paragraph(SEEN + linked("note", run("1", UP)))},
    "linked by a field": {"cell": paragraph(SEEN + field(r'HYPERLINK \l "_ftn1"', run("1")))},
    "cross-reference to a note": {"cell": paragraph(SEEN + field(r"NOTEREF _Ref1 \h", run("1")))},
    "cross-reference in a simple field": {
        "cell": paragraph(SEEN + f'<w:fldSimple w:instr=" NOTEREF _Ref1 ">{run("1")}</w:fldSimple>')
    },
    "circled by a field": {"cell": paragraph(SEEN + field(r"eq \o\ac(○,1)", None))},
    "circled digit of Wingdings": {"cell": paragraph(SEEN + symbol("F081", "Wingdings"))},
    "circled digit of Wingdings 2": {"cell": paragraph(SEEN + symbol("F06A", "Wingdings 2"))},
    "circled digit by a run's font": {
        "cell": paragraph(SEEN + run("\uf081", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'))
    },
    "power in mathematics": {
        "cell": paragraph(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:sSup><m:e><m:r><m:t>437</m:t>'
            "</m:r></m:e><m:sup><m:r><m:t>1</m:t></m:r></m:sup></m:sSup></m:oMath>"
        )
    },
    "number of a list": {
        "cell": paragraph(SEEN, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    },
    "number of a list by style": {
        "cell": in_style("s0", SEEN),
        "styles": '<w:style w:type="paragraph" w:styleId="s0"><w:name w:val="s0"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>",
        "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    },
}

HIDE, STRIKE = "<w:vanish/>", "<w:strike/>"
WHITE = '<w:color w:val="FFFFFF"/>'

#: Beside the figure stands one that the page does not show, or shows struck: the figure is 437, and it is said.
DECOYED: dict[str, dict[str, Any]] = {
    "hidden": {"cell": paragraph(run("9", HIDE) + SEEN)},
    "hidden in every view": {"cell": paragraph(run("9", "<w:vanish/><w:specVanish/>") + SEEN)},
    "struck": {"cell": paragraph(run("43", STRIKE) + SEEN)},
    "struck twice": {"cell": paragraph(run("43", "<w:dstrike/>") + SEEN)},
    "hidden by character style": {
        "cell": paragraph(of_style("s0", "9") + SEEN),
        "styles": chain("character", 1, HIDE),
    },
    "hidden by inherited character style": {
        "cell": paragraph(of_style("s4", "9") + SEEN),
        "styles": chain("character", 5, HIDE),
    },
    "struck by character style": {
        "cell": paragraph(of_style("s0", "9") + SEEN),
        "styles": chain("character", 1, STRIKE),
    },
    "struck twice by inherited character style": {
        "cell": paragraph(of_style("s2", "9") + SEEN),
        "styles": chain("character", 3, "<w:dstrike/>"),
    },
    "paragraph hidden by style": {
        "cell": in_style("s0", run("9")) + paragraph(SEEN),
        "styles": chain("paragraph", 1, HIDE),
    },
    "paragraph hidden by inherited style": {
        "cell": in_style("s2", run("9")) + paragraph(SEEN),
        "styles": chain("paragraph", 3, HIDE),
    },
    "paragraph struck by style": {
        "cell": in_style("s0", run("9")) + paragraph(SEEN),
        "styles": chain("paragraph", 1, STRIKE),
    },
    "shown inside a hidden style": {
        "cell": in_style("s0", run("9") + run("437", '<w:vanish w:val="0"/>')),
        "styles": chain("paragraph", 1, HIDE),
    },
    "two levels that hide show again": {
        "cell": in_style("s0", run("9") + of_style("c", "437")),
        "styles": chain("paragraph", 1, HIDE) + style("character", "c", HIDE),
    },
    "a style that switches off what it is based on": {
        "cell": paragraph(of_style("s0", "9") + of_style("s2", "437")),
        "styles": chain("character", 3, HIDE, '<w:vanish w:val="false"/>'),
    },
    "hidden row before": {"rows": None},  # made below
    "deleted": {"cell": paragraph(f'<w:del w:id="1"><w:r><w:delText>9</w:delText></w:r></w:del>{SEEN}')},
    "moved away": {"cell": paragraph(f'<w:moveFrom w:id="1">{run("9")}</w:moveFrom>{SEEN}')},
    "placeholder of a control": {
        "cell": f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph(run('9'))}</w:sdtContent></w:sdt>"
        + paragraph(SEEN)
    },
    "placeholder within the line": {
        "cell": paragraph(
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('9')}</w:sdtContent></w:sdt>{SEEN}"
        )
    },
    "white": {"cell": paragraph(run("9", WHITE) + SEEN)},
    "white by the theme": {
        "cell": paragraph(run("9", '<w:color w:val="auto" w:themeColor="background1"/>') + SEEN)
    },
    "white by style": {
        "cell": paragraph(of_style("s1", "9") + SEEN),
        "styles": chain("character", 2, WHITE),
    },
    "of its ground's colour": {
        "cell": paragraph(run("9", '<w:color w:val="C00000"/><w:shd w:val="clear" w:fill="C00000"/>') + SEEN)
    },
    "half a point high": {"cell": paragraph(run("9", '<w:sz w:val="1"/>') + SEEN)},
    "one point high by style": {
        "cell": paragraph(of_style("s0", "9") + SEEN),
        "styles": chain("character", 1, '<w:sz w:val="2"/>'),
    },
    "a hundredth wide": {"cell": paragraph(run("9", '<w:w w:val="1"/>') + SEEN)},
    "code that carries text": {
        "cell": paragraph(field("QUOTE", SEEN).replace("</w:instrText>", "</w:instrText><w:t>9</w:t>"))
    },
    "hidden shape": {
        "cell": paragraph(
            SEEN
            + '<w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            f'<wp:docPr id="1" name="a" hidden="1"/><w:txbxContent>{paragraph(run("9"))}</w:txbxContent></wp:anchor></w:drawing></w:r>'
        )
    },
    "hidden old shape": {
        "cell": paragraph(
            SEEN + '<w:r><w:pict><v:shape style="width:9pt; visibility: hidden"><v:textbox>'
            f"<w:txbxContent>{paragraph(run('9'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    },
    "foreign elements that Word passes over": {
        "cell": paragraph(f'<x:y xmlns:x="urn:x">{run("9")}</x:y>{SEEN}')
    },
    "an alternative that Word does not know": {
        "cell": paragraph(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x">'
            f'<mc:Choice Requires="x">{run("9")}</mc:Choice><mc:Fallback>{SEEN}</mc:Fallback></mc:AlternateContent>'
        )
    },
}
_TWIN = (
    "<w:tr><w:trPr>{hide}</w:trPr><w:tc><w:p><w:r><w:t>行政处罚</w:t></w:r></w:p></w:tc>"
    '<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc></w:tr>'
)
_ROWS = {
    "marked hidden": "<w:hidden/>",
    "of no height": '<w:trHeight w:val="0" w:hRule="exact"/>',
    "of one point": '<w:trHeight w:val="20" w:hRule="exact"/>',
    "deleted": '<w:del w:id="1"/>',
    "of no height in points": '<w:trHeight w:val="0pt" w:hRule="exact"/>',
}
del DECOYED["hidden row before"]
for _name, _hide in _ROWS.items():
    DECOYED[f"row {_name} before"] = {"rows": _TWIN.replace("{hide}", _hide) + "{row}"}
    DECOYED[f"row {_name} behind"] = {"rows": "{row}" + _TWIN.replace("{hide}", _hide)}

#: What stands there cannot be told for sure: the cell keeps a text.
DOUBTFUL: dict[str, dict[str, Any]] = {
    "hidden on the web only": {"cell": paragraph(run("9", "<w:webHidden/>") + SEEN)},
    "all of it raised": {"cell": paragraph(run("437", UP))},
    "all raised by style": {"cell": in_style("s0", SEEN), "styles": chain("paragraph", 1, UP)},
    "figure that links elsewhere in part": {
        "cell": paragraph(run("43") + "<w:hyperlink>" + run("7") + "</w:hyperlink>")
    },
    "unknown symbol": {"cell": paragraph(run("43") + symbol("F037", "Webdings"))},
    "symbol without a font": {"cell": paragraph(run("43") + '<w:r><w:sym w:char="F037"/></w:r>')},
    "symbol without a character": {"cell": paragraph(run("43") + '<w:r><w:sym w:font="Symbol"/></w:r>')},
    "digits drawn as pictures": {
        "cell": paragraph(run("437", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'))
    },
    "field that draws": {"cell": paragraph(run("43") + field(r"SYMBOL 55 \f Wingdings", None))},
    "field never worked out": {"cell": paragraph(run("43") + field("=3+4", None))},
    "field that is not closed": {
        "cell": paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("43") + SEEN)
    },
    "turned round": {"cell": paragraph(f'<w:bdo w:val="rtl">{run("734")}</w:bdo>')},
    "number of the page": {"cell": paragraph(run("43") + "<w:r><w:pgNum/></w:r>")},
    "fraction": {
        "cell": paragraph(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f><m:num><m:r><m:t>43</m:t></m:r>'
            "</m:num><m:den><m:r><m:t>7</m:t></m:r></m:den></m:f></m:oMath>"
        )
    },
    "two styles of one name": {
        "cell": paragraph(of_style("s0", "9") + SEEN),
        "styles": chain("character", 1, HIDE) + chain("character", 1, ""),
    },
    "two figures": {"cell": paragraph(SEEN) + paragraph(run("734"))},
}

#: The figure is 437 and nothing need be said.
PLAIN: dict[str, dict[str, Any]] = {
    "hidden mark of the paragraph": {"cell": paragraph(SEEN, f"<w:rPr>{HIDE}{STRIKE}</w:rPr>")},
    "mark of the paragraph raised": {"cell": paragraph(SEEN, f"<w:rPr>{UP}</w:rPr>")},
    "switched off": {
        "cell": paragraph(
            run("437", '<w:vanish w:val="0"/><w:strike w:val="false"/><w:dstrike w:val="off"/>')
        )
    },
    "all of it a little lowered": {"cell": paragraph(run("437", '<w:position w:val="-4"/>'))},
    "a digit a hair higher": {"cell": paragraph(run("43") + run("7", '<w:position w:val="1"/>'))},
    "formula with its result": {"cell": paragraph(field("=SUM(ABOVE)", SEEN))},
    "formula as a simple field": {
        "cell": paragraph(f'<w:fldSimple w:instr="=SUM(ABOVE)">{SEEN}</w:fldSimple>')
    },
    "link": {"cell": paragraph(linked("x", SEEN))},
    "link by a field": {"cell": paragraph(field(r'HYPERLINK "http://a.cn/1"', SEEN))},
    "field in a field": {
        "cell": paragraph(field(f"IF </w:instrText></w:r>{field('=1', run('9'))}<w:r><w:instrText>", SEEN))
    },
    "drop-down field": {
        "cell": paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="9"/>'
            '<w:listEntry w:val="437"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
    },
    "split and joined": {"cell": paragraph(run("4") + '<w:proofErr w:type="spellStart"/>' + run("37"))},
    "paragraph that runs on": {"cell": paragraph(run("4"), f"<w:rPr>{HIDE}</w:rPr>") + paragraph(run("37"))},
    "paragraph whose mark was deleted": {
        "cell": paragraph(run("4"), '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph(run("37"))
    },
    "digits of Symbol": {"cell": paragraph(run("43") + symbol("F037", "Symbol"))},
    "digit of an ordinary font": {"cell": paragraph(run("43") + symbol("0037", "宋体"))},
    "footnote that Word counts": {
        "cell": paragraph(SEEN + f'<w:r><w:rPr>{UP}</w:rPr><w:footnoteReference w:id="2"/></w:r>')
    },
    "white on a dark ground": {
        "cell": paragraph(run("437", WHITE)),
        "row": ('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="3"/><w:shd w:val="clear" w:fill="1F3864"/>'),
    },
    "white on a ground of the run": {
        "cell": paragraph(run("437", WHITE + '<w:shd w:val="clear" w:fill="1F3864"/>'))
    },
    "white, marked": {"cell": paragraph(run("437", WHITE + '<w:highlight w:val="red"/>'))},
    "white on a ground of the paragraph": {
        "cell": paragraph(run("437", WHITE), '<w:shd w:val="clear" w:fill="000000"/>')
    },
    "white on a ground of the table's style": {
        "cell": paragraph(run("437", WHITE)),
        "styles": style("table", "tt", "", more='<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'),
        "table": (TABLE, '<w:tblStyle w:val="tt"/>'),
    },
    "control": {
        "cell": f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{paragraph(SEEN)}</w:sdtContent></w:sdt>"
    },
    "control whose placeholder is not shown": {
        "cell": '<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>'
        f"{paragraph(SEEN)}</w:sdtContent></w:sdt>"
    },
    "comment": {
        "cell": paragraph(
            f'<w:commentRangeStart w:id="1"/>{SEEN}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        )
    },
    "from the right": {"cell": paragraph(run("437", "<w:rtl/>"), "<w:bidi/>")},
    "old properties of a tracked change": {
        "cell": paragraph(run("437", f"<w:rPrChange><w:rPr>{HIDE}{STRIKE}</w:rPr></w:rPrChange>"))
    },
    "style that is not there": {"cell": paragraph(of_style("nowhere", "437"), '<w:pStyle w:val="none"/>')},
    "character style named by a paragraph": {
        "cell": in_style("s0", SEEN),
        "styles": chain("character", 1, HIDE),
    },
    "an alternative that Word knows": {
        "cell": paragraph(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
            f'<mc:Choice Requires="w14">{SEEN}</mc:Choice><mc:Fallback>{run("9")}</mc:Fallback></mc:AlternateContent>'
        )
    },
    "row of a small but visible height": {
        "row": ("<w:cantSplit/>", '<w:trHeight w:val="240" w:hRule="exact"/>')
    },
    "row of a least height": {"row": ("<w:cantSplit/>", '<w:trHeight w:val="0" w:hRule="atLeast"/>')},
    "row not hidden": {"row": ("<w:cantSplit/>", '<w:hidden w:val="0"/>')},
    "ruby with its reading": {
        "cell": paragraph(
            f"<w:r><w:ruby><w:rt>{run('si')}</w:rt><w:rubyBase>{SEEN}</w:rubyBase></w:ruby></w:r>"
        )
    },
    "soft hyphen": {"cell": paragraph("<w:r><w:t>43</w:t><w:softHyphen/><w:t>7</w:t></w:r>")},
}


@pytest.mark.parametrize("name", MARKED)
def test_a_mark_beside_a_figure_is_no_digit_and_is_said(name: str, tmp_path: Path):
    found, said = figure(edited(**MARKED[name]), tmp_path)
    assert found == 437
    assert name == "document defaults" or said


@pytest.mark.parametrize("name", DECOYED)
def test_what_the_page_does_not_show_is_not_there_and_is_said(name: str, tmp_path: Path):
    found, said = figure(edited(**DECOYED[name]), tmp_path)
    assert found == 437
    # What Word itself passes over, and the code of a field, are nobody's figures.
    assert said or name.startswith(("code", "foreign", "an alternative"))


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_figure_stays_text_and_does_not_pass(name: str, tmp_path: Path):
    assert not isinstance(figure(edited(**DOUBTFUL[name]), tmp_path)[0], int)
    report = read(edited(**DOUBTFUL[name], of=NEW), tmp_path)
    assert isinstance(report.applications.new.commercial, str)
    found = check(report)
    assert not found.passed
    assert any(f.rule == "kind" and NEW in f.cells for f in found)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_figure_is_read_without_a_word(name: str, tmp_path: Path):
    assert figure(edited(**PLAIN[name]), tmp_path) == (437, [])


@pytest.mark.parametrize(
    "cell",
    [
        paragraph(run("9", HIDE)),
        paragraph(run("9", STRIKE)),
        paragraph(run("9", WHITE)),
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph(run('9'))}</w:sdtContent></w:sdt>",
    ],
)
def test_a_figure_that_is_not_shown_is_a_blank_and_said(cell: str, tmp_path: Path):
    found, said = figure(edited(cell), tmp_path)
    assert found is None
    assert any("没有读入" in remark and "“9”" in remark for remark in said)


class TestTableStyles:
    """A table of four rows and three columns whose style hides, raises or shades some of its cells."""

    def table(self, part: str, about: str, look: str, more: str = "") -> list[str]:
        """Return the texts of the twelve cells, 0 … 11, as they are seen."""
        rows = "".join(
            "<w:tr>"
            + "".join(f"<w:tc>{paragraph(run(str(3 * down + across)))}</w:tc>" for across in range(3))
            + "</w:tr>"
            for down in range(4)
        )
        body = f'<w:tbl><w:tblPr><w:tblStyle w:val="tt"/><w:tblLook w:val="{look}"/></w:tblPr>{rows}</w:tbl>'
        content = parts()
        content["word/document.xml"] = f"<w:document {W}><w:body>{body}</w:body></w:document>"
        styled = style("table", "t0", "", more=f'{more}<w:tblStylePr w:type="{part}">{about}</w:tblStylePr>')
        styled += style("table", "tt", "", "t0")
        content["word/styles.xml"] = f"<w:styles {W}>{styled}</w:styles>"
        blocks, _ = docx.blocks_in(Path("年报.docx"), zipped(content))
        (table,) = blocks
        assert isinstance(table, Table)
        return [cell.text for cell in table.cells]

    @pytest.mark.parametrize(
        ("part", "look", "hidden"),
        [
            ("wholeTable", "0600", range(12)),
            ("firstRow", "0620", [0, 1, 2]),
            ("firstRow", "0600", []),
            ("lastRow", "0640", [9, 10, 11]),
            ("firstCol", "0680", [0, 3, 6, 9]),
            ("lastCol", "0700", [2, 5, 8, 11]),
            ("lastCol", "0600", []),
            ("nwCell", "06A0", [0]),
            ("neCell", "0720", [2]),
            ("swCell", "06C0", [9]),
            ("seCell", "0740", [11]),
            ("band1Horz", "0400", [0, 1, 2, 6, 7, 8]),
            ("band2Horz", "0400", [3, 4, 5, 9, 10, 11]),
            ("band1Horz", "0420", [3, 4, 5, 9, 10, 11]),
            ("band1Horz", "0600", []),
            ("band2Vert", "0200", [1, 4, 7, 10]),
            ("band1Vert", "0280", [1, 4, 7, 10]),
        ],
    )
    def test_a_part_of_the_table_is_hidden_by_the_style_that_its_own_is_based_on(
        self, part: str, look: str, hidden: list[int]
    ):
        shown = ["" if cell in hidden else str(cell) for cell in range(12)]
        assert self.table(part, f"<w:rPr>{HIDE}</w:rPr>", look) == shown

    def test_a_band_has_as_many_rows_as_the_style_says(self):
        more = '<w:tblPr><w:tblStyleRowBandSize w:val="2"/></w:tblPr>'
        shown = [""] * 6 + [str(cell) for cell in range(6, 12)]
        assert self.table("band1Horz", f"<w:rPr>{STRIKE}</w:rPr>", "0400", more) == shown

    def test_a_row_is_hidden_by_style(self):
        assert self.table("lastRow", "<w:trPr><w:hidden/></w:trPr>", "0640") == [str(n) for n in range(9)]

    def test_raised_figures_are_marks(self):
        found = self.table("firstCol", f"<w:rPr>{UP}</w:rPr>", "0680")
        assert found[:3] == ["（注0）", "1", "2"]


class TestMerged:
    def test_what_lies_under_a_merged_cell_is_not_shown(self, tmp_path: Path):
        """行政强制 is merged into the cell above; its hidden 5 is not read, and is said."""
        second = (
            '<w:tr><w:tc><w:p><w:r><w:t>行政强制</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr>'
            "<w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr>"
        )
        rows = "{row}" + second
        report = read(
            edited(
                rows=rows,
                row=('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="3"/><w:vMerge w:val="restart"/>'),
            ),
            tmp_path,
        )
        assert report.disclosure.penalties.decisions == 437
        assert report.disclosure.coercion.decisions != 5
        assert any("合并单元格" in remark and "“5”" in remark for remark in report.remarks)

    def test_what_lies_under_a_cell_merged_to_the_right_is_not_shown(self, tmp_path: Path):
        row = (
            "<w:tr><w:tc><w:p><w:r><w:t>行政处罚</w:t></w:r></w:p></w:tc>"
            '<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>437</w:t></w:r></w:p></w:tc>'
            + '<w:tc><w:tcPr><w:hMerge w:val="continue"/></w:tcPr><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc>'
            * 2
            + "</w:tr>"
        )
        found, said = figure(edited(rows=row), tmp_path)
        assert found == 437
        assert any("合并单元格" in remark for remark in said)

    def test_a_figure_merged_with_a_hidden_row_above_is_doubtful(self, tmp_path: Path):
        hidden = (
            "<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>行政处罚</w:t></w:r></w:p></w:tc>"
            '<w:tc><w:tcPr><w:gridSpan w:val="3"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc></w:tr>'
        )
        content = edited(
            rows=hidden + "{row}", row=('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="3"/><w:vMerge/>')
        )
        found, said = figure(content, tmp_path)
        assert not isinstance(found, int) and said


def test_a_whole_hidden_table_is_not_there(tmp_path: Path):
    """A hidden original of table two stands before the visible one, with other figures."""
    content = parts()
    document = str(content["word/document.xml"])
    start = document.index("<w:tbl>")
    end = document.index("</w:tbl>") + len("</w:tbl>")
    hidden = document[start:end].replace("<w:cantSplit/>", "<w:hidden/>").replace(">437<", ">9<")
    content["word/document.xml"] = document[:start] + hidden + "<w:p/>" + document[start:]
    found, said = figure(zipped(content), tmp_path)
    assert found == 437
    assert len(said) == 1 and "隐藏的行" in said[0]
