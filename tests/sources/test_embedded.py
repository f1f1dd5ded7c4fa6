"""Documents that are made of other files (``altChunk``), and plain zips of reports."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import xlreport
from tests.samples import complete
from xlreport.errors import InputError

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


def test_a_zip_of_reports_is_told_from_a_damaged_workbook(tmp_path: Path):
    inner = tmp_path / "甲局.docx"
    xlreport.write(complete(), inner)
    path = tmp_path / "全市.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.write(inner, "年报/甲局.docx")
        package.write(inner, "年报/乙局.docx")
    with pytest.raises(InputError, match=r"压缩包，里面有 2 份文件.*解压"):
        xlreport.read(path)
