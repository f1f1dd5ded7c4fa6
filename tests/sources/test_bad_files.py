"""Whatever is no report is refused with one clear line; files with a wrong ending are read by what they are."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

import xlreport
from tests.rendering.documents import NAMESPACES, package
from xlreport.errors import InputError
from xlreport.example import good
from xlreport.limits import LARGEST_PART

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(parts: dict[str, str]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return found.getvalue()


def document(body: str, before: str = "") -> bytes:
    return package(f"{before}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")


def nested(depth: int) -> bytes:
    return document("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "一、总体情况"><!ENTITY f SYSTEM "file:///etc/hostname">]>'

REFUSED = {
    "no body": (zipped({"word/document.xml": "<x/>"}), "缺少正文"),
    "no XML": (zipped({"word/document.xml": "hello"}), "损坏"),
    "empty document": (document(""), "没有政府信息公开工作年度报告"),
    "other document": (document("<w:p><w:r><w:t>你好</w:t></w:r></w:p>"), "没有政府信息公开工作年度报告"),
    "nested tables": (nested(5000), "嵌套过深"),
    "huge part": (zipped({"word/document.xml": f"<a>{' ' * (LARGEST_PART + 1)}</a>"}), "过大"),
    "entities": (document("<w:p><w:r><w:t>&f;</w:t></w:r></w:p>", ENTITIES), "文档类型"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "old container": (OLE + "WordDocument".encode("utf-16-le"), "损坏"),
    "OpenDocument": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "OpenDocument",
    ),
    "RTF": (rb"{\rtf1 abc}", "RTF"),
    "web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", ".mht"),
    "PDF": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n\0", "PDF"),
    "empty page": (b"<html></html>", "没有政府信息公开工作年度报告"),
    "comment only": (b"<!-- x -->", "没有内容"),
    "page of nested tables": (b"<table><tr><td>" * 5000 + b"1", "嵌套过深"),
    "page of nested blocks": (b"<div>" * 20000, "嵌套过深"),
    "span beyond bounds": (b"<table><tr><td colspan=999999 rowspan=99999>x</td></tr></table>", "没有"),
    "blank text": (b"  \n\n", "没有政府信息公开工作年度报告"),
    "Chinese text": ("你好".encode("gb18030"), "没有政府信息公开工作年度报告"),
    "only tabs": (b"\t" * 20000, "没有政府信息公开工作年度报告"),
    "only pipes": (b"|" * 20000, "没有政府信息公开工作年度报告"),
    "list in JSON": (b"[1,2", ""),
}


@pytest.mark.parametrize("ending", [".docx", ".html", ".txt", ".xlsx"])
@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_one_line_whatever_its_ending(name: str, ending: str, tmp_path: Path):
    content, problem = REFUSED[name]
    path = tmp_path / f"r{ending}"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        xlreport.read(path)
    line = str(caught.value)
    assert "\n" not in line and line.startswith(str(path)) and line.endswith("。") and problem in line
    assert caught.value.advice


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_truncated_document_is_refused(share: float, tmp_path: Path):
    xlreport.write(good(), tmp_path / "whole.docx")
    content = (tmp_path / "whole.docx").read_bytes()
    (tmp_path / "r.docx").write_bytes(content[: int(share * len(content))])
    with pytest.raises(InputError, match="损坏"):
        xlreport.read(tmp_path / "r.docx")


@pytest.mark.parametrize("kind", [".docx", ".html", ".xlsx", ".json"])
@pytest.mark.parametrize("ending", [".txt", ".docx", ".doc", ""])
def test_a_wrong_ending_does_not_matter(kind: str, ending: str, tmp_path: Path):
    xlreport.write(good(), tmp_path / f"right{kind}")
    wrong = tmp_path / f"wrong{ending}"
    shutil.copyfile(tmp_path / f"right{kind}", wrong)
    assert xlreport.read(wrong).figures() == good().figures()
