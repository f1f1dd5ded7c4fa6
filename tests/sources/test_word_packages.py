"""A Word document that is odd, damaged, or endless is read or refused with one line, in time that grows with its size."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest

import xlreport
from tests.sources.word_edits import PENALTIES, W, edited, figure, paragraph, parts, read, run, zipped
from xlreport import limits
from xlreport.errors import InputError
from xlreport.sources import docx
from xlreport.sources.blocks import Paragraph, Table

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
LINKS = "word/_rels/document.xml.rels"


def changed(name: str, old: str, new: str) -> bytes:
    """The untouched document with one text of a part replaced."""
    content = parts()
    assert old in str(content[name])
    content[name] = str(content[name]).replace(old, new)
    return zipped(content)


def coded(name: str, encoding: str, as_bytes: str = "") -> bytes:
    """The untouched document with a part in that encoding, declared so."""
    content = parts()
    text = re.sub(r"encoding='[^']*'", f"encoding='{encoding}'", str(content[name]))
    content[name] = text.encode(as_bytes or encoding)
    return zipped(content)


def with_body(body: str, styles: str = "", numbering: str = "") -> bytes:
    """A document of these paragraphs and tables."""
    content = parts()
    content[DOCUMENT] = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    if styles:
        content[STYLES] = f"<w:styles {W}>{styles}</w:styles>"
    if numbering:
        content["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    return zipped(content)


def strict() -> bytes:
    """The untouched document as Strict Open XML."""
    content = parts()
    for name, part in content.items():
        if isinstance(part, str):
            content[name] = part.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
    return zipped(content)


def elsewhere() -> bytes:
    """The document with its parts under other names, as its relations say; what lies at the usual place is nobody's."""
    content = parts()
    content["word/main.xml"] = str(content.pop(DOCUMENT))
    content["word/_rels/main.xml.rels"] = str(content.pop(LINKS)).replace(
        'Target="styles.xml"', 'Target="/word/looks.xml"'
    )
    content["word/looks.xml"] = content[STYLES]
    content["_rels/.rels"] = str(content["_rels/.rels"]).replace("word/document.xml", "/word/main.xml")
    return zipped(content)


def before_1980() -> bytes:
    """The document with the time of its parts all zero: no day, no month."""
    data = bytearray(zipped(parts()))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        for entry in package.infolist():
            struct.pack_into("<HH", data, entry.header_offset + 10, 0, 0)
    at = data.find(b"PK\1\2")
    while at >= 0:
        struct.pack_into("<HH", data, at + 12, 0, 0)
        at = data.find(b"PK\1\2", at + 4)
    return bytes(data)


#: Odd, and read as usual.
READ = {
    "strict": strict(),
    "parts under other names": elsewhere(),
    "a clock before 1980": before_1980(),
    "body with a mark of order": zipped(
        {**parts(), DOCUMENT: b"\xef\xbb\xbf" + str(parts()[DOCUMENT]).encode()}
    ),
    "a span that is no number": edited(row=('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="a"/>')),
    "an endless span": edited(row=('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="1000000000"/>')),
    "a negative span": edited(row=('<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="-5"/>')),
    "a height that is no number": edited(row=("<w:cantSplit/>", '<w:trHeight w:val="x" w:hRule="exact"/>')),
    "sizes that are no numbers": edited(
        paragraph(
            run("437", '<w:sz w:val="x"/><w:position w:val="y"/><w:w w:val="z"/><w:color w:val="white!"/>')
        )
    ),
    "a level that is no number": edited(
        paragraph(run("437"), '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>'),
        numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="x"><w:start w:val="y"/><w:lvlText w:val="%1"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="z"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>",
    ),
    "relations that lead nowhere": changed(
        LINKS,
        "</Relationships>",
        '<Relationship Id="x" Type="http://a/image" Target="NULL"/><Relationship/></Relationships>',
    ),
    "styles that are not there": changed(LINKS, 'Target="styles.xml"', 'Target="gone.xml"'),
    "a relation out of the package": changed(LINKS, 'Target="styles.xml"', 'Target="../../../../etc/passwd"'),
    "a relation in a circle": changed(LINKS, 'Target="styles.xml"', 'Target="document.xml"'),
    "styles based on each other": edited(
        paragraph(run("437", '<w:rStyle w:val="a"/>')),
        '<w:style w:type="character" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style>',
    ),
    "a style based on itself": edited(
        paragraph(run("437"), '<w:pStyle w:val="a"/>'),
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style>',
    ),
    "a style without an id": edited(styles='<w:style/><w:style w:type="table"><w:basedOn/></w:style>'),
    "a look of a table that is no number": edited(
        table=(
            '<w:tblStyle w:val="ReportTable"/>',
            '<w:tblStyle w:val="ReportTable"/><w:tblLook w:val="zz"/>',
        )
    ),
}


@pytest.mark.parametrize("name", READ)
def test_an_odd_document_is_read_as_usual(name: str, tmp_path: Path):
    report = read(READ[name], tmp_path)
    assert report.figures() == read(zipped(parts()), tmp_path).figures()
    assert report.disclosure.penalties.decisions == 437


#: Refused with one line.
REFUSED = {
    "body in UTF-16": (coded(DOCUMENT, "UTF-16"), "编码"),
    "body in GBK": (coded(DOCUMENT, "GBK"), "编码"),
    "body in GB 18030": (coded(DOCUMENT, "GB18030"), "编码"),
    "styles in GBK": (coded(STYLES, "gb2312", "gb2312"), "编码"),
    "an encoding that nobody knows": (coded(DOCUMENT, "x-nobody", "utf-8"), "编码"),
    "an encoding in which a document type can hide": (coded(DOCUMENT, "utf-7"), "编码"),
    "another encoding than declared": (coded(DOCUMENT, "utf-8", "gb18030"), "损坏"),
    "no body part": (zipped({name: part for name, part in parts().items() if name != DOCUMENT}), "缺少正文"),
    "body that is no XML": (zipped({**parts(), DOCUMENT: "x"}), "损坏"),
    "styles that are no XML": (zipped({**parts(), STYLES: "<w:styles"}), "损坏"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_one_line(name: str, tmp_path: Path):
    content, problem = REFUSED[name]
    with pytest.raises(InputError, match=problem) as refused:
        read(content, tmp_path)
    assert "\n" not in str(refused.value)


class TestLimits:
    """At a limit a document is read, one beyond it is refused."""

    @pytest.mark.parametrize(
        ("limit", "one", "around"),
        [
            ("MOST_WORD_PARAGRAPHS", "<w:p/>", "{}"),
            ("MOST_WORD_CELLS", "<w:tc/>", "<w:tbl><w:tr>{}</w:tr></w:tbl>"),
        ],
    )
    def test_paragraphs_and_cells(self, limit: str, one: str, around: str, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(f"xlreport.sources.word_package.{limit}", 50)
        blocks, _ = docx.blocks_in(Path("年报.docx"), with_body(around.format(one * 50)))
        assert len(blocks) == (50 if limit == "MOST_WORD_PARAGRAPHS" else 1)
        with pytest.raises(InputError, match="51 个"):
            docx.blocks_in(Path("年报.docx"), with_body(around.format(one * 51)))

    def test_tags_and_attributes(self, monkeypatch: pytest.MonkeyPatch):
        content = with_body('<w:p w:a="1"/>' * 200, styles="<w:style/>")
        body = str(f"<w:document {W}><w:body></w:body></w:document>")
        count = 400 + body.count("<") + body.count("=")
        monkeypatch.setattr("xlreport.sources.word_package.MOST_WORD_TAGS", count)
        assert len(docx.blocks_in(Path("年报.docx"), content)[0]) == 200
        monkeypatch.setattr("xlreport.sources.word_package.MOST_WORD_TAGS", count - 1)
        with pytest.raises(InputError, match="内容过多"):
            docx.blocks_in(Path("年报.docx"), content)

    def test_millions_of_empty_paragraphs_are_refused_before_they_are_parsed(self):
        with pytest.raises(InputError, match="内容过多"):
            docx.blocks_in(Path("年报.docx"), with_body("<w:p/>" * (limits.MOST_WORD_TAGS + 1)))

    def test_prefixes_of_names(self):
        def named(count: int) -> bytes:
            return with_body("<w:p {}/>".format(" ".join(f'xmlns:p{n}="urn:{n}"' for n in range(count))))

        docx.blocks_in(Path("年报.docx"), named(limits.MOST_PREFIXES // 2))
        with pytest.raises(InputError, match="内容过多"):
            docx.blocks_in(Path("年报.docx"), named(limits.MOST_PREFIXES + 1))


class TestEndless:
    """What used to take time that grows with the square, or the stack: here it takes a second or so, else the tests do not end."""

    def texts(self, content: bytes) -> list[str]:
        blocks, _ = docx.blocks_in(Path("年报.docx"), content)
        return [block.text for block in blocks if isinstance(block, Paragraph)]

    def test_a_chain_of_styles(self):
        chain = '<w:style w:type="paragraph" w:styleId="s0"><w:rPr><w:vanish/></w:rPr></w:style>' + "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n - 1}"/></w:style>'
            for n in range(1, 50_000)
        )
        body = paragraph(run("9"), '<w:pStyle w:val="s49999"/>') + paragraph(run("437"))
        assert self.texts(with_body(body, chain)) == ["", "437"]

    def test_a_list_for_every_paragraph(self):
        numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        numbering += "".join(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
            "</w:lvlOverride></w:num>"
            for n in range(20_000)
        )
        body = "".join(
            paragraph(run("项"), f'<w:numPr><w:numId w:val="{n}"/></w:numPr>') for n in range(20_000)
        )
        assert set(self.texts(with_body(body, numbering=numbering))) == {"7.项"}

    def test_an_endless_text_of_a_level(self):
        numbering = f'<w:abstractNum w:abstractNumId="0"><w:lvl><w:lvlText w:val="{"%1" * 100_000}"/></w:lvl></w:abstractNum>'
        numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        body = paragraph(run("项"), '<w:numPr><w:numId w:val="1"/></w:numPr>') * 20_000
        assert set(self.texts(with_body(body, numbering=numbering))) == {"项"}

    def test_cells_merged_downwards(self):
        first = "<w:tr>" + '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc>' * 5 + "</w:tr>"
        more = "<w:tr>" + "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" * 5 + "</w:tr>"
        blocks, _ = docx.blocks_in(Path("年报.docx"), with_body(f"<w:tbl>{first}{more * 4999}</w:tbl>"))
        (table,) = blocks
        assert isinstance(table, Table)
        assert [(cell.column, cell.row_span) for cell in table.cells] == [(n, 5000) for n in range(5)]

    def test_fields_within_fields(self):
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        body = paragraph(begin * 50_000 + run("9") + end * 50_000 + run("437"))
        assert self.texts(with_body(body)) == ["437"]

    @pytest.mark.parametrize("tag", ["w:sdt><w:sdtContent", "w:smartTag", "w:tbl><w:tr><w:tc", "w:ins"])
    def test_whatever_is_nested_too_deeply_is_one_line(self, tag: str):
        closing = "".join(f"</{name}>" for name in reversed(tag.split("><")))
        for depth in (10, 40, 120, 5000):
            try:
                docx.blocks_in(Path("年报.docx"), with_body(f"<{tag}>" * depth + "<w:p/>" + closing * depth))
            except InputError as refused:
                assert "嵌套过深" in str(refused) and depth > 80


def test_two_parts_that_name_the_same_styles_are_told_apart(tmp_path: Path):
    """The styles are those that the document names, not those at the usual place."""
    content = parts()
    content[LINKS] = str(content[LINKS]).replace('Target="styles.xml"', 'Target="looks.xml"')
    hidden = '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    content["word/looks.xml"] = str(content[STYLES]).replace("</w:styles>", hidden)
    document = str(content[DOCUMENT])
    at = document.index("行政处罚</w:t>")
    shown = document.index("<w:t xml", document.index(">437<", at) - 30)
    start = document.rindex("<w:r>", 0, shown)
    content[DOCUMENT] = document[:start] + run("9", '<w:rStyle w:val="c"/>') + document[start:]
    assert figure(zipped(content), tmp_path)[0] == 437
    assert xlreport.read(tmp_path / "年报.docx").origins[PENALTIES]
