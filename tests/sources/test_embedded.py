"""Documents that are made of other files (``altChunk``), and plain zips of reports."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import xlreport
from tests.rendering.drawing import items
from tests.rendering.variations import Variation
from tests.samples import complete
from tests.sources.test_other_layouts import save
from xlreport.errors import InputError
from xlreport.sources import archive

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"


def made_of(name: str, content: bytes, mode: str = "") -> bytes:
    """Return a document whose body is the file ``content``."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        body = '<w:body><w:p/><w:altChunk r:id="rId7"/><w:sectPr/></w:body>'
        package.writestr("word/document.xml", f"<w:document {SPACES}>{body}</w:document>")
        relation = f'<Relationship Id="rId7" Type="{RELATION}" Target="{name}"{mode}/>'
        package.writestr("word/_rels/document.xml.rels", f"<Relationships>{relation}</Relationships>")
        if content:
            package.writestr(f"word/{name}", content)
    return made.getvalue()


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_a_document_made_of_another_file_is_read_as_that_file(tmp_path: Path, ending: str):
    part = tmp_path / f"正文.{ending}"
    xlreport.write(complete(), part)
    path = tmp_path / "年报.docx"
    path.write_bytes(made_of(f"afchunk.{ending}", part.read_bytes()))
    found, original = xlreport.read(path), xlreport.read(part)
    assert found.figures() == original.figures() == complete().figures()
    assert found.overview == original.overview and not any("嵌入" in line for line in found.remarks)


def test_a_file_that_lies_elsewhere_or_stands_too_deep_is_said(tmp_path: Path):
    inner = tmp_path / "内.docx"
    xlreport.write(complete(), inner)
    deep = made_of("a.docx", made_of("b.docx", inner.read_bytes()))
    outside = made_of("http://127.0.0.1:9/a.html", b"", ' TargetMode="External"')
    for content in (deep, outside):
        path = tmp_path / "年报.docx"
        path.write_bytes(content)
        with pytest.raises(InputError, match="没有政府信息公开"):
            xlreport.read(path)


OBJECT = (
    '<w:p xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:r><w:object><v:shape><v:imagedata r:id="rId98"/></v:shape>'
    '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" DrawAspect="{}" r:id="rId99"/></w:object></w:r></w:p>'
)


def showing(path: Path, embedded: bytes, aspect: str = "Content") -> xlreport.Report:
    """Return what is read of a document in which table three is an embedded file, shown as a picture."""
    xlreport.write(complete(), path)
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                table = re.findall(rb"<w:tbl>.*?</w:tbl>", text, re.DOTALL)[1]
                text = text.replace(table, OBJECT.format(aspect).encode())
            elif name == "word/_rels/document.xml.rels":
                kind = RELATION.replace("aFChunk", "package")
                link = f'<Relationship Id="rId99" Type="{kind}" Target="embeddings/a.bin"/></Relationships>'
                text = text.replace(b"</Relationships>", link.encode())
            new.writestr(name, text)
        new.writestr("word/embeddings/a.bin", embedded)
    path.write_bytes(made.getvalue())
    return xlreport.read(path)


def book_of(report: xlreport.Report, path: Path, frame: str = "") -> bytes:
    """Return a workbook in which table three is the open sheet, between others, with a number outside of what is framed."""
    save(path, Variation(), "many", items(report, Variation()))
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        if any("（七）总计" in str(cell.value) for row in sheet.iter_rows() for cell in row):
            book.active = sheet
            sheet["A40"] = 999
    book.save(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    if frame:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
            b"</sheets>", f'</sheets><oleSize ref="{frame}"/>'.encode()
        )
    return archive.stored(parts)


def test_a_table_that_is_an_embedded_workbook_is_read_from_the_sheet_that_it_shows(tmp_path: Path):
    book = book_of(complete(), tmp_path / "b.xlsx", "A1:M38")
    report = showing(tmp_path / "a.docx", book)
    assert report.figures() == complete().figures()
    assert [line for line in report.remarks if "嵌入的工作簿" in line] == report.remarks
    assert not report.places


@pytest.mark.parametrize(
    ("frame", "aspect"), [("A1:M15", "Content"), ("", "Icon"), ("#REF!", "Content")], ids=str
)
def test_what_the_document_does_not_show_of_it_is_not_there(tmp_path: Path, frame: str, aspect: str):
    report = showing(tmp_path / "a.docx", book_of(complete(), tmp_path / "b.xlsx", frame), aspect)
    assert report.figures()["applications.results.total.total"] is None
    assert not xlreport.check(report).passed


def test_any_other_embedded_file_is_a_picture(tmp_path: Path):
    for content in (b"", b"PK", made_of("a.html", b"<p>1</p>")):
        report = showing(tmp_path / "a.docx", content)
        assert any("图片" in line for line in report.remarks)


def test_a_zip_of_reports_is_told_from_a_damaged_workbook(tmp_path: Path):
    inner = tmp_path / "甲局.docx"
    xlreport.write(complete(), inner)
    path = tmp_path / "全市.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.write(inner, "年报/甲局.docx")
        package.write(inner, "年报/乙局.docx")
    with pytest.raises(InputError, match=r"压缩包，里面有 2 份文件.*解压"):
        xlreport.read(path)
