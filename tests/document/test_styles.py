"""The named styles: fonts and sizes of the standard, and a base document that has its own."""

import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from tests.document.reading import style_property, value
from xlreport.cli import main
from xlreport.document import styles
from xlreport.document.base import emptied, empty
from xlreport.document.docx import document
from xlreport.errors import InputError
from xlreport.example import good


@pytest.fixture(scope="module")
def made():
    return document(good())


@pytest.mark.parametrize(
    ("name", "font", "half_points"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("公文正文", "仿宋_GB2312", "32"),
        ("Heading 1", "黑体", "32"),
        ("Heading 2", "楷体_GB2312", "32"),
        ("Heading 3", "仿宋_GB2312", "32"),
        ("Heading 4", "仿宋_GB2312", "32"),
    ],
)
def test_fonts_and_sizes_are_those_of_the_standard(made, name: str, font: str, half_points: str):
    fonts = style_property(made, name, "rPr/rFonts")
    assert value(fonts, "eastAsia") == font
    assert [value(fonts, script) for script in ("ascii", "hAnsi", "cs")] == ["Times New Roman"] * 3
    assert value(style_property(made, name, "rPr/sz")) == half_points


def test_every_paragraph_style_names_its_chinese_font(made):
    for style in styles.PARAGRAPHS:
        assert value(style_property(made, style.name, "rPr/rFonts"), "eastAsia"), style.name


def test_tables_are_set_between_小四_and_小五(made):
    for table in made.tables:
        for cell in table._tbl.iter(qn("w:pStyle")):
            name = next(style.name for style in made.styles if style.style_id == value(cell))
            assert 9 <= int(value(style_property(made, name, "rPr/sz"))) / 2 <= 12


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_headings_have_outline_levels_and_stay_with_what_follows(made, level: int):
    name = f"Heading {level}"
    assert value(style_property(made, name, "pPr/outlineLvl")) == str(level - 1)
    assert style_property(made, name, "pPr/keepNext") is not None
    assert style_property(made, name, "pPr/widowControl") is not None


def test_the_body_begins_two_characters_in_on_fixed_lines(made):
    assert value(style_property(made, "公文正文", "pPr/ind"), "firstLineChars") == "200"
    spacing = style_property(made, "公文正文", "pPr/spacing")
    assert value(spacing, "lineRule") == "exact"
    assert 28 <= int(value(spacing, "line")) / 20 <= 29


def test_a_table_stays_together_and_lets_go_of_what_follows_it(made):
    for style in (styles.CELL_LABEL, styles.CELL_FIGURE, styles.CELL_GROUP):
        assert value(style_property(made, style, "pPr/keepNext")) is None
        assert style_property(made, style, "pPr/keepNext") is not None
    assert value(style_property(made, styles.AFTER_TABLE, "pPr/keepNext")) == "0"


def test_adding_styles_twice_changes_nothing():
    target = empty()
    styles.add_missing(target)
    once = [style.name for style in target.styles]
    styles.add_missing(target)
    assert [style.name for style in target.styles] == once


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """An office's own document: one of our styles in its own way, an own page, a header, and text of its own."""
    own = docx.Document()
    style = own.styles.add_style("公文正文", WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(14)
    own.styles.add_style("ReportCell", WD_STYLE_TYPE.PARAGRAPH)  # its id is one of ours, its name is not
    own.sections[0].left_margin = Pt(60)
    own.sections[0].header.paragraphs[0].text = "某某市人民政府"
    own.add_paragraph("原来的正文")
    own.add_table(2, 2)
    own.save(str(tmp_path / "base.docx"))
    return tmp_path / "base.docx"


def test_styles_of_the_base_come_first_and_missing_ones_are_added(base: Path):
    made = document(good(), emptied(base))
    assert made.styles["公文正文"].font.size == Pt(14)
    assert made.styles["Heading 1"].font.bold
    assert value(style_property(made, styles.CELL_FIGURE, "rPr/rFonts"), "eastAsia") == "仿宋_GB2312"
    ids = [style.style_id for style in made.styles]
    assert len(set(ids)) == len(ids)
    assert {value(used) for used in made.element.body.iter(qn("w:pStyle"))} <= set(ids)


def test_a_style_of_the_base_in_other_capitals_is_the_same_style(tmp_path: Path):
    own = docx.Document()
    own.styles.element.get_by_name("heading 1").find(qn("w:name")).set(qn("w:val"), "HEADING 1")
    own.save(str(tmp_path / "base.docx"))
    made = document(good(), emptied(tmp_path / "base.docx"))
    assert [style.style_id for style in made.styles if style.name.casefold() == "heading 1"] == ["Heading1"]


@pytest.mark.parametrize(("attribute", "content"), [("styleId", None), ("type", "character")])
def test_a_style_of_the_base_that_no_paragraph_can_have_does_not_count(
    tmp_path: Path, attribute: str, content: str | None
):
    own = docx.Document()
    style = own.styles.add_style(styles.BODY, WD_STYLE_TYPE.PARAGRAPH).element
    style.attrib.pop(qn(f"w:{attribute}"))
    if content:
        style.set(qn(f"w:{attribute}"), content)
    own.save(str(tmp_path / "base.docx"))
    made = document(good(), emptied(tmp_path / "base.docx"))
    usable = {
        element.styleId
        for element in made.styles.element.style_lst
        if element.get(qn("w:type")) == "paragraph"
    }
    assert {value(used) for used in made.element.body.iter(qn("w:pStyle"))} <= usable - {None}


def test_the_page_and_headers_of_the_base_are_kept(base: Path):
    section = document(good(), emptied(base)).sections[0]
    assert section.left_margin == Pt(60)
    assert section.header.paragraphs[0].text == "某某市人民政府"


def test_the_text_of_the_base_is_dropped(base: Path):
    made = document(good(), emptied(base))
    assert "原来的正文" not in [part.text for part in made.paragraphs]
    assert len(made.tables) == len(good().declaration.tables)


def test_nothing_that_belonged_to_the_text_of_the_base_stays(base: Path, tmp_path: Path):
    own = docx.Document(str(base))
    own.part.relate_to("https://example.org/", "http://example.org/kind", is_external=True)
    own.save(str(base))
    made = document(good(), emptied(base))
    assert not any(relation.is_external for relation in made.part.rels.values())
    kinds = {relation.reltype.rpartition("/")[2] for relation in made.part.package.rels.values()}
    assert kinds == {"officeDocument", "core-properties"}


def on(own, tmp_path: Path):
    """The example's document on that base."""
    own.save(str(tmp_path / "own.docx"))
    return document(good(), emptied(tmp_path / "own.docx"))


def numbers(part) -> int:
    """How many page numbers a header or footer of its own has."""
    return 0 if part.is_linked_to_previous else len(list(part.part.element.iter(qn("w:fldSimple"))))


def test_a_base_without_headers_gets_page_numbers(tmp_path: Path):
    section = on(docx.Document(), tmp_path).sections[0]
    assert (numbers(section.footer), numbers(section.even_page_footer)) == (1, 1)


def test_a_base_with_a_header_alone_gets_page_numbers_and_keeps_it_on_all_pages(base: Path):
    made = document(good(), emptied(base))
    section = made.sections[0]
    assert (numbers(section.footer), numbers(section.header)) == (1, 0)
    assert section.even_page_footer.is_linked_to_previous
    assert not made.settings.odd_and_even_pages_header_footer


def test_headers_that_are_told_apart_have_numbers_on_every_kind_of_page(tmp_path: Path):
    own = docx.Document()
    own.settings.odd_and_even_pages_header_footer = True
    section = own.sections[0]
    section.different_first_page_header_footer = True
    section.even_page_header.paragraphs[0].text = "双页"
    section = on(own, tmp_path).sections[0]
    footers = (section.footer, section.even_page_footer, section.first_page_footer)
    assert [numbers(footer) for footer in footers] == [1, 1, 1]


@pytest.mark.parametrize("where", ["header", "footer"])
def test_page_numbers_of_the_base_are_the_only_ones(tmp_path: Path, where: str):
    own = docx.Document()
    part = getattr(own.sections[0], where)
    part.paragraphs[0]._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    section = on(own, tmp_path).sections[0]
    assert numbers(section.header) + numbers(section.footer) == 1


@pytest.mark.parametrize(("distance", "kept"), [(Mm(0), Mm(10)), (Mm(12), Mm(12))])
def test_page_numbers_stand_where_a_printer_prints(tmp_path: Path, distance: int, kept: int):
    own = docx.Document()
    own.sections[0].footer_distance = distance
    assert on(own, tmp_path).sections[0].footer_distance == pytest.approx(kept, abs=700)


def modes(made) -> list[str | None]:
    found = made.settings.element.iter(qn("w:compatSetting"))
    return [value(each) for each in found if value(each, "name") == "compatibilityMode"]


@pytest.mark.parametrize("compat", ["none", "old", "empty"])
def test_no_document_opens_in_compatibility_mode(tmp_path: Path, compat: str):
    own = docx.Document()
    settings = own.settings.element
    (there,) = settings.findall(qn("w:compat"))
    if compat == "none":
        settings.remove(there)
    elif compat == "empty":
        there[:] = []
    made = on(own, tmp_path)
    assert modes(made) == ["15"] == modes(document(good()))
    order = [child.tag for child in made.settings.element]
    later = [tag for tag in order if tag in {qn("w:themeFontLang"), qn("w:decimalSymbol")}]
    assert later and all(order.index(qn("w:compat")) < order.index(tag) for tag in later)


def fonts(made, tmp_path: Path) -> dict[str | None, str | None]:
    """What stands in for the fonts of the list, by their names."""
    made.save(str(tmp_path / "made.docx"))
    with zipfile.ZipFile(tmp_path / "made.docx") as package:
        (name,) = [name for name in package.namelist() if "fontTable" in name and "rels" not in name]
        found = parse_xml(package.read(name)).iterchildren(qn("w:font"))
    return {value(font, "name"): value(font.find(qn("w:altName"))) for font in found}


def test_a_computer_without_the_fonts_of_the_standard_knows_what_to_show(tmp_path: Path):
    listed = fonts(document(good()), tmp_path)
    named = {styles.TITLE_FONT: "宋体", styles.FANGSONG: "仿宋", styles.KAITI: "楷体", styles.HEITI: "SimHei"}
    assert listed == named


def test_the_list_of_fonts_of_the_base_is_completed(tmp_path: Path):
    own = docx.Document()
    listed = (
        f"<w:fonts {nsdecls('w')}>"
        '<w:font w:name="仿宋_GB2312"><w:altName w:val="华文仿宋"/><w:charset w:val="86"/></w:font>'
        '<w:font w:name="黑体"><w:charset w:val="86"/></w:font><w:font w:name="某某体"/></w:fonts>'
    )
    kinds = {relation.reltype: relation.target_part for relation in own.part.rels.values()}
    kinds[RELATIONSHIP_TYPE.FONT_TABLE]._blob = listed.encode()
    found = fonts(on(own, tmp_path), tmp_path)
    assert found == {
        "仿宋_GB2312": "华文仿宋",
        "黑体": "SimHei",
        "某某体": None,
        "方正小标宋简体": "宋体",
        "楷体_GB2312": "楷体",
    }


def ended(arguments: list[str]) -> int:
    try:
        return main(arguments)
    except SystemExit as stopped:
        return int(stopped.code or 0)


def test_a_sample_has_every_style_and_can_be_used_as_a_base(tmp_path: Path):
    path = tmp_path / "sample.docx"
    assert ended(["convert", "--style-sample", str(path)]) == 0
    made = docx.Document(str(path))
    rows = [cell.paragraphs[0] for table in made.tables for row in table.rows for cell in row.cells]
    said = {part.style.name.lower(): part.text for part in (*made.paragraphs, *rows)}
    for style in styles.PARAGRAPHS:
        if style.name not in (styles.ODD_PAGE, styles.EVEN_PAGE):
            assert style.name.lower() in said
    assert said[styles.CELL_HEADER] == "表格表头：表头"
    assert emptied(path).left_out == []
    texts = [part.text for part in document(good(), emptied(path)).paragraphs]
    assert texts == [part.text for part in document(good()).paragraphs]


def test_a_sample_replaces_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "mine.docx"
    path.write_bytes(b"mine")
    assert ended(["convert", "--style-sample", str(path)]) == 2
    assert path.read_bytes() == b"mine" and "已存在" in capsys.readouterr().err
    assert ended(["convert", "--style-sample", str(tmp_path / "a.txt")]) == 2


def test_the_page_about_styles_lists_every_one_and_its_use():
    text = (Path(__file__).parents[2] / "docs" / "style.zh-CN.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE))
    del rows["样式名称"], rows[styles.GRID]
    assert rows == {style.name: style.use for style in styles.PARAGRAPHS}


@pytest.mark.parametrize(
    "content", [b"", b"not a document", b"PK\x03\x04 damaged", b"\xd0\xcf\x11\xe0 encrypted"]
)
def test_a_base_that_is_no_word_document_is_one_clear_line(tmp_path: Path, content: bytes):
    path = tmp_path / "base.docx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="另存为"):
        document(good(), emptied(path))


def test_a_base_with_a_page_of_no_measures_is_one_clear_line(tmp_path: Path):
    own = docx.Document()
    own.element.body.sectPr.find(qn("w:pgMar")).set(qn("w:right"), "341-3")
    own.save(str(tmp_path / "base.docx"))
    with pytest.raises(InputError, match="不是可以套用样式的 Word 文档"):
        document(good(), emptied(tmp_path / "base.docx"))


def test_a_workbook_is_no_base(tmp_path: Path):
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "base.docx")
    with pytest.raises(InputError, match="另存为"):
        document(good(), emptied(tmp_path / "base.docx"))


def test_a_missing_base_is_one_clear_line(tmp_path: Path):
    with pytest.raises(InputError, match="找不到"):
        document(good(), emptied(tmp_path / "base.docx"))
