"""Documents of other programs: what LibreOffice turned into .docx is read as it was, and where it is missing one line says so."""

from __future__ import annotations

import os
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

import xlreport
from tests.samples import complete
from xlreport.errors import InputError
from xlreport.sources import converted, office_program
from xlreport.sources.converted import kind_of

TEXTS = ("organisation", "year", "title", "preamble", "overview", "problems", "other_matters")


def told(report: xlreport.Report) -> tuple[object, ...]:
    return report.figures(), *(getattr(report, name) for name in TEXTS)


def test_without_the_program_one_line_says_how_to_get_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(converted, "office_program", lambda: None)
    path = tmp_path / "年报.rtf"
    path.write_bytes(rb"{\rtf1 abc}")
    with pytest.raises(InputError, match=r"RTF.*另存为 \.docx") as caught:
        xlreport.read(path)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_program_that_does_not_end_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    child = tmp_path / "child"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {child}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(office_program, "CONVERSION_SECONDS", 3)
    with pytest.raises(InputError, match="3 秒"):
        office_program.turned(str(program), Path("年报.rtf"), b"x", "rtf", "docx")
    number = int(child.read_text())
    state = Path(f"/proc/{number}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"
    assert number != os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_program_that_makes_nothing_is_said(tmp_path: Path):
    with pytest.raises(InputError, match="打不开"):
        office_program.turned("/bin/true", Path("年报.doc"), b"x", "doc", "docx")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"{\rtf1 abc}", ".rtf"),
        (
            '<?xml version="1.0"?><?mso-application progid="Word.Document"?>\n<w:wordDocument xmlns:w="x">',
            "Word 2003",
        ),
        (
            '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "Excel 2003",
        ),
        ('<office:document office:mimetype="application/vnd.oasis.opendocument.text">', ".fodt"),
        ("<html><body>一、总体情况</body></html>", ""),
        ("一、总体情况", ""),
    ],
)
def test_a_format_is_told_by_how_the_text_begins(text: str, name: str):
    kind = kind_of(text)
    assert name in kind.name if kind else not name


@pytest.mark.parametrize("encoding", ["gb2312", "utf-8"])
def test_a_page_saved_in_a_single_file_is_read_as_the_page(tmp_path: Path, encoding: str):
    page = tmp_path / "年报.html"
    xlreport.write(complete(), page)
    mail = EmailMessage()
    mail["Subject"] = "年报"
    mail.make_related()
    text = page.read_text("utf-8").replace('charset="utf-8"', f'charset="{encoding}"')
    part = EmailMessage()
    part.set_content(text.encode(encoding, "xmlcharrefreplace"), "text", "html", cte="quoted-printable")
    mail.attach(part)
    archive = tmp_path / "年报.mht"
    archive.write_bytes(mail.as_bytes())
    assert told(xlreport.read(archive)) == told(xlreport.read(page))
