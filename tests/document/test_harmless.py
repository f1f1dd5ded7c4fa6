"""What an office's own document may bring along: nothing that fetches or runs anything."""

import base64
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from xlreport.checking import check
from xlreport.document import submission
from xlreport.document.base import emptied
from xlreport.document.docx import document, write_docx
from xlreport.example import good

_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R = f'xmlns:r="{_KINDS}"'
_OFFICE = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_REMOTE = "http://198.51.100.7/x"
#: A picture of one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _header(own) -> object:
    header = own.sections[0].header
    header.is_linked_to_previous = False
    return header


def _saved(own, folder: Path) -> Path:
    own.save(str(folder / "base.docx"))
    return folder / "base.docx"


def _parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def _finished(base: Path) -> dict[str, str]:
    target = base.parent / "报告.docx"
    write_docx(good(), target, emptied(base))
    return _parts(target)


def _field(code: str) -> str:
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    return (
        f"{marks['begin']}<w:r><w:instrText>{code[:3]}</w:instrText></w:r><w:r><w:instrText>{code[3:]}</w:instrText></w:r>"
        f"{marks['separate']}<w:r><w:t>最后的结果</w:t></w:r>{marks['end']}"
    )


def _paragraph(inside: str):
    return parse_xml(f"<w:p {nsdecls('w', 'a', 'wp', 'pic')} {_R} {_OFFICE}>{inside}</w:p>")


def test_a_template_elsewhere_and_mail_merge_stay_behind(tmp_path: Path):
    own = docx.Document()
    part = own.part._settings_part
    template = part.relate_to(_REMOTE, f"{_KINDS}/attachedTemplate", is_external=True)
    source = part.relate_to("file://server/list.csv", f"{_KINDS}/mailMergeSource", is_external=True)
    own.settings.element.append(parse_xml(f'<w:attachedTemplate {nsdecls("w")} {_R} r:id="{template}"/>'))
    own.settings.element.append(
        parse_xml(f'<w:mailMerge {nsdecls("w")} {_R}><w:dataSource r:id="{source}"/></w:mailMerge>')
    )
    base = _saved(own, tmp_path)
    assert emptied(base).left_out == ["附加的模板", "邮件合并"]
    settings_part = _finished(base)["word/settings.xml"]
    assert "attachedTemplate" not in settings_part
    assert "mailMerge" not in settings_part


def test_settings_of_the_page_come_along(tmp_path: Path):
    own = docx.Document()
    own.settings.odd_and_even_pages_header_footer = True
    own.settings.element.append(parse_xml(f"<w:mirrorMargins {nsdecls('w')}/>"))
    kept = _finished(_saved(own, tmp_path))["word/settings.xml"]
    assert "evenAndOddHeaders" in kept
    assert "mirrorMargins" in kept


@pytest.mark.parametrize(
    "code",
    [
        "DDEAUTO c:\\\\cmd /k",
        " INCLUDEPICTURE &quot;http://198.51.100.7&quot; \\d ",
        "INCLUDETEXT a.docx",
        "LINK Excel.Sheet.8 a",
        "ddeauto x",
        "IMPORT x",
        "DATABASE \\c",
        "HYPERLINK x",
        "MACROBUTTON run x",
        "",
        "=1+1",
        "QUOTE 1",
    ],
)
def test_a_field_that_may_fetch_or_run_leaves_only_what_it_showed(tmp_path: Path, code: str):
    own = docx.Document()
    _header(own)._element.append(_paragraph(_field(code)))
    base = _saved(own, tmp_path)
    assert emptied(base).left_out == ["会取外部内容或运行程序的域"]
    header = next(text for name, text in _finished(base).items() if name.startswith("word/header"))
    assert "最后的结果" in header
    assert "fldChar" not in header
    assert "instrText" not in header


def test_a_simple_field_that_may_fetch_leaves_only_what_it_showed(tmp_path: Path):
    own = docx.Document()
    _header(own)._element.append(
        _paragraph(
            '<w:fldSimple w:instr="INCLUDETEXT a"><w:r><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:fldSimple>'
        )
    )
    header = next(
        text for name, text in _finished(_saved(own, tmp_path)).items() if name.startswith("word/header")
    )
    assert "fldSimple" not in header
    assert re.sub("<[^>]*>", "", header).strip().endswith("甲乙")


def test_page_numbers_and_the_like_stay_fields(tmp_path: Path):
    own = docx.Document()
    _header(own)._element.append(_paragraph(_field("PAGE \\* MERGEFORMAT") + _field(" numpages ")))
    base = _saved(own, tmp_path)
    assert emptied(base).left_out == []
    header = next(text for name, text in _finished(base).items() if name.startswith("word/header"))
    assert header.count("fldChar ") == 6


def test_a_field_within_the_code_of_another_takes_both_along(tmp_path: Path):
    inner = _field("DDEAUTO x y")
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    own = docx.Document()
    _header(own)._element.append(
        _paragraph(f"{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{inner}{end}<w:r><w:t>外</w:t></w:r>")
    )
    header = next(
        text for name, text in _finished(_saved(own, tmp_path)).items() if name.startswith("word/header")
    )
    assert "fldChar" not in header
    assert "DDE" not in header
    assert "外" in header


def test_the_picture_of_a_header_comes_along_and_one_elsewhere_does_not(tmp_path: Path):
    own = docx.Document()
    header = _header(own)
    header.paragraphs[0].add_run("徽标").add_picture(io.BytesIO(PIXEL))
    remote = header.part.relate_to(_REMOTE, f"{_KINDS}/image", is_external=True)
    header._element.append(
        _paragraph(
            f'<w:r><w:pict><v:shape><v:imagedata r:id="{remote}"/></v:shape></w:pict><w:t>后文</w:t></w:r>'
        )
    )
    base = _saved(own, tmp_path)
    assert emptied(base).left_out == ["外部图片等外部内容"]
    parts = _finished(base)
    made = next(text for name, text in parts.items() if name.startswith("word/header"))
    assert "w:drawing" in made
    assert "w:pict" not in made
    assert "后文" in made
    assert any(name.startswith("word/media/") for name in parts)


@pytest.mark.parametrize(
    "inside",
    [
        f'<w:r><w:pict><v:shape href="{_REMOTE}"><v:fill src="{_REMOTE}" o:href="{_REMOTE}"/></v:shape></w:pict></w:r>',
        '<w:r><w:object><v:shape/><o:OLEObject Type="Link" r:id="rId77"/></w:object></w:r>',
        '<w:r><w:control r:id="rId78"/></w:r>',
        '<w:altChunk r:id="rId79"/>',
        '<w:hyperlink r:id="rId80"><w:r><w:t>链接</w:t></w:r></w:hyperlink>',
    ],
)
def test_whatever_in_a_header_refers_elsewhere_is_left_out_and_named(tmp_path: Path, inside: str):
    own = docx.Document()
    _header(own)._element.append(_paragraph(inside))
    base = _saved(own, tmp_path)
    assert len(emptied(base).left_out) == 1
    assert "198.51.100.7" not in "".join(_finished(base).values())


def test_content_controls_keep_what_they_show_without_their_source(tmp_path: Path):
    own = docx.Document()
    _header(own)._element.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{{1}}"/></w:sdtPr>'
            "<w:sdtContent><w:p><w:r><w:t>某某市</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    )
    header = next(
        text for name, text in _finished(_saved(own, tmp_path)).items() if name.startswith("word/header")
    )
    assert "某某市" in header
    assert "dataBinding" not in header


def test_macros_and_objects_of_the_text_are_named(tmp_path: Path):
    own = docx.Document()
    for kind in ("vbaProject", "control", "subDocument"):
        own.part.relate_to(
            "x.bin", f"http://schemas.microsoft.com/office/2006/relationships/{kind}", is_external=True
        )
    base = _saved(own, tmp_path)
    assert emptied(base).left_out == ["宏", "ActiveX 控件", "子文档"]
    assert not [name for name in _finished(base) if "vba" in name.lower()]


def test_macros_objects_and_stale_styles_leave_no_part_behind(tmp_path: Path):
    own = docx.Document()
    microsoft, types = "http://schemas.microsoft.com/office", "application/vnd"
    parts = {
        "vbaProject.bin": (f"{microsoft}/2006/relationships/vbaProject", "ms-office.vbaProject"),
        "embeddings/oleObject1.bin": (f"{_KINDS}/oleObject", "openxmlformats-officedocument.oleObject"),
        "embeddings/book.xlsx": (f"{_KINDS}/package", "openxmlformats-officedocument.spreadsheetml.sheet"),
    }
    for name, (kind, content_type) in parts.items():
        part = Part(PackURI(f"/word/{name}"), f"{types}.{content_type}", b"<w/>", own.part.package)
        relation = own.part.relate_to(part, kind)
        if kind.endswith("oleObject"):
            held = f'<w:object><o:OLEObject Type="Embed" ProgID="Package" r:id="{relation}"/></w:object>'
            own.add_paragraph()._p.append(parse_xml(f"<w:r {nsdecls('w')} {_R} {_OFFICE}>{held}</w:r>"))
    base = _saved(own, tmp_path)
    assert "word/stylesWithEffects.xml" in _parts(base)  # python-docx makes it
    assert emptied(base).left_out == ["宏", "嵌入的对象"]
    assert not [name for name in _finished(base) if re.search("vba|embed|Effects|ole", name)]


def test_a_reference_to_a_header_that_is_elsewhere_goes_with_it(tmp_path: Path):
    own = docx.Document()
    remote = own.part.relate_to(_REMOTE, f"{_KINDS}/header", is_external=True)
    own.element.body.sectPr.insert(
        0, parse_xml(f'<w:headerReference {nsdecls("w")} {_R} w:type="default" r:id="{remote}"/>')
    )
    made = _finished(_saved(own, tmp_path))["word/document.xml"]
    assert f'r:id="{remote}"' not in made


def test_the_command_says_what_did_not_come_along(tmp_path: Path):
    own = docx.Document()
    _header(own)._element.append(_paragraph(_field("DDEAUTO x")))
    base = _saved(own, tmp_path)
    (tmp_path / "r.json").write_text(good().model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "xlreport.cli", "convert", "r.json", "r.docx", "--style", base.name]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0
    assert "base.docx 里的会取外部内容或运行程序的域没有带过来" in ran.stderr


_PIECES = st.sampled_from(
    [
        *(_field(code) for code in ("PAGE", "DDEAUTO a", "LINK b", "INCLUDEPICTURE c")),
        *(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")),
        "<w:r><w:instrText> DDE </w:instrText></w:r>",
        "<w:r><w:instrText>AUTO x</w:instrText></w:r>",
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        '<w:fldSimple w:instr="DDE x"><w:fldSimple w:instr="LINK y"/></w:fldSimple>',
        "<w:r><w:t>字</w:t></w:r>",
    ]
)


@given(st.lists(_PIECES, max_size=9))
@settings(max_examples=examples(30))
def test_no_arrangement_of_fields_lets_one_through(tmp_path_factory, pieces: list[str]):
    own = docx.Document()
    _header(own)._element.append(_paragraph("".join(pieces)))
    base = _saved(own, tmp_path_factory.mktemp("base"))
    header = document(good(), emptied(base)).sections[0].header._element
    assert not list(header.iter(qn("w:fldSimple")))
    code = "".join(text.text or "" for text in header.iter(qn("w:instrText")))
    assert not re.search("DDE|LINK|INCLUDE", code)
    kinds = [mark.get(qn("w:fldCharType")) for mark in header.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end")


def test_no_document_that_is_made_has_a_relation_that_leads_out(tmp_path: Path):
    own = docx.Document()
    own.part.relate_to(_REMOTE, f"{_KINDS}/image", is_external=True)
    header = _header(own)
    header.part.relate_to(_REMOTE, f"{_KINDS}/oleObject", is_external=True)
    base = _saved(own, tmp_path)
    submission.write(good(), check(good()), tmp_path / "a.docx")
    submission.write_draft(good(), check(good()), tmp_path / "b.docx")
    submission.write(good(), check(good()), tmp_path / "c.docx", emptied(base))
    submission.write_draft(good(), check(good()), tmp_path / "d.docx", emptied(base))
    for name in "abcd":
        relations = [
            text for part, text in _parts(tmp_path / f"{name}.docx").items() if part.endswith(".rels")
        ]
        assert relations
        assert not re.search('TargetMode="External"', "".join(relations))
