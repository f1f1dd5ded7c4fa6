"""The report as a Word document, opened again."""

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.document.reading import cells, style_property, value
from tests.samples import complete, published
from xlreport.document.base import emptied
from xlreport.document.docx import document, save, write_docx
from xlreport.errors import OutputError
from xlreport.example import good
from xlreport.form.catalogue import form_of
from xlreport.form.figures import shown
from xlreport.form.grid import grid_of
from xlreport.report import Report


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The example's document, written and opened again."""
    path = tmp_path_factory.mktemp("document") / "report.docx"
    write_docx(good(), path)
    return docx.Document(str(path))


def texts(made: Document, style: str) -> list[str]:
    return [part.text for part in made.paragraphs if part.style.name == style]


def test_the_page_is_a4_with_the_margins_of_the_standard(example: Document):
    section = example.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(side.mm) for side in margins] == [37, 28, 26, 35]


def test_the_page_has_22_lines_of_28_characters(example: Document):
    section, grid = example.sections[0], example.sections[0]._sectPr.find(qn("w:docGrid"))
    height = section.page_height - section.top_margin - section.bottom_margin
    width = section.page_width - section.left_margin - section.right_margin
    assert value(grid, "type") == "linesAndChars"
    assert height // 635 // int(value(grid, "linePitch")) == 22
    assert width / 12700 / (16 + int(value(grid, "charSpace")) / 4096) == pytest.approx(28, abs=0.01)


def test_the_sections_are_headings_in_the_order_of_the_form(example: Document):
    assert texts(example, "Heading 1") == [part.heading for part in good().declaration.sections]
    assert len(example.sections) == 1


def test_every_paragraph_of_the_texts_is_there(example: Document):
    report = good()
    written = [part.text for part in example.paragraphs]
    for content in ("preamble", "overview", "problems", "other_matters"):
        for text in report.paragraphs(content):
            assert text in written
    assert written[0].replace("\n", "") == report.full_title


def test_a_table_stands_under_its_heading(example: Document):
    body = list(example.element.body)
    headings = {part.text: part._p for part in example.paragraphs if part.style.name == "Heading 1"}
    form = good().declaration
    for table, drawn in zip(form.tables, example.tables, strict=True):
        assert body.index(drawn._tbl) == body.index(headings[form.section(table.key).heading]) + 1


def test_a_small_paragraph_parts_every_table_from_what_follows(example: Document):
    (distance,) = [style.style_id for style in example.styles if style.name == "表后间距"]
    for drawn in example.tables:
        assert drawn._tbl.getnext().style == distance


@pytest.mark.parametrize("name", ["suqian-2024", "xiji-2025"])
def test_every_label_and_figure_stands_at_its_place_in_the_grid(name: str):
    report = published(name)
    figures = report.figures()
    made = document(report)
    for table, drawn in zip(report.declaration.tables, made.tables, strict=True):
        expected = {
            (cell.row, cell.column): (
                cell.row_span,
                cell.column_span,
                shown(figures[cell.key]) if cell.key else cell.text,
            )
            for cell in grid_of(table).cells
        }
        assert cells(drawn) == expected


def test_header_rows_repeat_and_rows_stay_whole(example: Document):
    for table, drawn in zip(good().declaration.tables, example.tables, strict=True):
        repeated = [line.find(f".//{qn('w:tblHeader')}") is not None for line in drawn._tbl.tr_lst]
        header = grid_of(table).header_rows
        assert repeated == [row < header for row in range(len(repeated))]
        assert all(line.find(f".//{qn('w:cantSplit')}") is not None for line in drawn._tbl.tr_lst)


def test_tables_are_as_wide_as_the_text(example: Document):
    section = example.sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) / 635
    for drawn in example.tables:
        assert sum(column.width / 635 for column in drawn.columns) == pytest.approx(width, abs=2)


def test_nothing_is_formatted_outside_the_styles(example: Document):
    body = example.element.body
    assert not list(body.iter(qn("w:rPr")))
    for properties in body.iter(qn("w:pPr")):
        assert [child.tag for child in properties] == [qn("w:pStyle")]
    names = {style.style_id for style in example.styles}
    assert {value(element) for element in body.iter(qn("w:pStyle"), qn("w:tblStyle"))} <= names


def test_the_document_says_whose_it_is(example: Document):
    properties, report = example.core_properties, good()
    assert properties.title == report.full_title
    assert properties.author == report.organisation
    assert properties.subject == report.declaration.title
    assert properties.language == "zh-CN"


def test_page_numbers_differ_on_odd_and_even_pages(example: Document):
    section = example.sections[0]
    assert example.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (number,) = footer.paragraphs
        assert "".join(t.text for t in number._p.iter(qn("w:t"))) == "— 1 —"
        assert [value(field, "instr") for field in number._p.iter(qn("w:fldSimple"))] == [" PAGE "]
        assert value(style_property(example, number.style.name, "pPr/jc")) == side
        assert value(style_property(example, number.style.name, "pPr/ind"), f"{side}Chars") == "100"
        assert value(style_property(example, number.style.name, "rPr/rFonts"), "eastAsia") == "宋体"
        assert value(style_property(example, number.style.name, "rPr/sz")) == "28"


def test_a_blank_stays_blank_and_a_text_stays_as_typed():
    report = Report.model_validate({"applications": {"new": {"natural_person": "167 件", "other": "/"}}})
    grid = grid_of(report.declaration.table("applications")).figures
    drawn = cells(document(report).tables[1])
    shown_at = {key: drawn[cell.row, cell.column][2] for key, cell in grid.items()}
    assert shown_at["applications.new.natural_person"] == "167 件"
    assert shown_at["applications.new.other"] == "/"
    assert shown_at["applications.new.total"] == ""


def test_an_empty_report_still_has_its_six_sections():
    made = document(Report())
    assert len(texts(made, "Heading 1")) == 6
    assert len(made.tables) == len(form_of(Report().form).tables)


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_no_text_can_break_the_document(tmp_path_factory: pytest.TempPathFactory, text: str):
    report = good()
    report.organisation, report.title, report.overview = text, text, text
    report.applications.new.natural_person = text
    path = tmp_path_factory.mktemp("any") / "report.docx"
    write_docx(report, path)
    opened = docx.Document(str(path))
    assert len(opened.tables) == 3


def test_characters_that_xml_cannot_hold_are_dropped():
    report = good()
    report.overview = "前\x00\x08\x1f\ud800\ufffe后 <b>&amp;"
    assert "前" in "".join(texts(document(report), "公文正文"))
    assert any(text.endswith("后 <b>&amp;") for text in texts(document(report), "公文正文"))


def test_a_missing_folder_is_one_clear_line(tmp_path: Path):
    with pytest.raises(OutputError, match="文件夹不存在"):
        write_docx(good(), tmp_path / "没有" / "报告.docx")


def test_a_folder_in_the_way_is_left_alone(tmp_path: Path):
    target = tmp_path / "报告.docx"
    target.mkdir()
    with pytest.raises(OutputError, match="文件夹"):
        write_docx(good(), target)
    assert list(tmp_path.iterdir()) == [target]


def test_a_document_that_is_open_elsewhere_stays_and_the_new_one_is_kept_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "报告.docx"
    target.write_bytes(b"old")
    made = document(good())
    monkeypatch.setattr(
        Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "open elsewhere"))
    )
    with pytest.raises(OutputError, match="正被别的程序打开"):
        save(made, target)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["报告.docx", "报告（另存1）.docx"]


def test_a_wider_page_has_wider_tables(tmp_path: Path):
    base = docx.Document()
    base.sections[0].page_width = Mm(400)
    base.save(str(tmp_path / "base.docx"))
    section = (made := document(complete(), emptied(tmp_path / "base.docx"))).sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) / 635
    for drawn in made.tables:
        assert sum(column.width / 635 for column in drawn.columns) == pytest.approx(width, abs=2)
