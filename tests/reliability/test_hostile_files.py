"""Files from strangers: one clear line each, little memory, and nothing of theirs is ever run, followed or carried on unsaid."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xlreport
from tests.examples import examples
from tests.reliability.hostile import FILES, expanding, laughs, with_part
from tests.samples import complete
from tests.workbook.edited import edited, repacked, sample, written
from xlreport.cli import main
from xlreport.document import submission
from xlreport.document.base import emptied
from xlreport.errors import InputError, XlreportError
from xlreport.report import Report

ROOT = Path(__file__).parents[2]
#: Every so many bytes a file is cut; 1 by hand for all of them.
STRIDE = int(os.environ.get("XLREPORT_CUT_STRIDE", "97"))
#: Beginnings and characters that other programs take for more than text.
NASTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\x00=1",
    '=HYPERLINK("http://x")',
    "http://x",
    "<script>alert(1)</script>",
    "</w:t>",
    "&amp;",
    "]]>",
    "_x0041_",
    "\x0b",
    "\ufffe",
    "\u202e",
    "\u200b",
    "\x1b[31m",
    "\U0001f600",
    "某局",
    "'",
    '"',
    "\u2028",
)
#: Any text but for halves of characters, which a report cannot hold.
TEXTS = st.lists(
    st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=4
).map("".join)


def assert_one_line(text: str) -> None:
    assert text.endswith("。") and text.isprintable(), repr(text)


def test_a_workbook_made_to_do_harm_is_read_or_refused_with_one_line(tmp_path: Path) -> None:
    """What a program with 1 GB of memory says about every hostile workbook; the time is a guard against endless work only."""
    # One test, because its files are made by one program: as a fixture, every worker would run it for its share.
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.hostile", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert list(said) == list(FILES)
    for name, (_, *expected) in FILES.items():
        for line, part in zip(said[name], expected, strict=True):
            assert bool(line) is bool(part) and part in line, (name, line)
            if line:
                assert_one_line(line)


@pytest.mark.parametrize(
    "part", ["word/styles.xml", "word/settings.xml", "docProps/core.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("change", [expanding("word/x.xml", 300), None])
def test_a_style_document_made_to_do_harm_is_refused(tmp_path: Path, part: str, change: object) -> None:
    base = tmp_path / "base.docx"
    submission.write_draft(complete(), xlreport.check(complete()), base)
    (change or with_part(part, laughs(b"w")))(base)  # type: ignore[operator]
    with pytest.raises(InputError) as refused:
        submission.write_draft(complete(), xlreport.check(complete()), tmp_path / "out.docx", emptied(base))
    assert_one_line(str(refused.value))
    assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".html", ".json"])
def test_a_file_cut_anywhere_is_read_or_refused_with_one_line(tmp_path: Path, ending: str) -> None:
    whole, cut = tmp_path / f"whole{ending}", tmp_path / f"cut{ending}"
    xlreport.write(complete(), whole)
    content = whole.read_bytes().removesuffix(b"\n")
    stride = STRIDE * (50 if ending == ".html" and STRIDE > 1 else 1)
    for end in range(0, len(content), stride):
        cut.write_bytes(content[:end])
        try:
            xlreport.read(cut)
        except XlreportError as error:
            assert_one_line(str(error))
        else:
            assert ending == ".html", end  # what there is of a page is read, and said


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".html", ".json", ".txt", ""])
def test_the_ending_may_lie(tmp_path: Path, ending: str) -> None:
    for kind in (".xlsx", ".json"):
        xlreport.write(complete(), tmp_path / f"true{kind}")
        lying = tmp_path / f"lying{ending}"
        lying.write_bytes((tmp_path / f"true{kind}").read_bytes())
        assert xlreport.read(lying).figures() == complete().figures()


def test_macros_are_never_carried_into_a_copy_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "年报.xlsm", tmp_path / "标注.xlsx"
    written(tmp_path / "plain.xlsx")
    macro = (
        ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
        ("xl/macrosheets/sheet1.xml", b"<x/>"),
        ("xl/embeddings/oleObject1.bin", b"\xd0\xcf"),
        ("xl/activeX/activeX1.xml", b"<x/>"),
    )
    source.write_bytes((tmp_path / "plain.xlsx").read_bytes())
    with zipfile.ZipFile(source, "a") as package:
        for part in macro:
            package.writestr(*part)

    def typed(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"ms-excel.sheet.macroEnabled.main+xml",
        )

    repacked(source, typed)
    main(["check", str(source), "--mark", str(target)])
    said = capsys.readouterr().err
    for word in ("宏（VBA 代码）", "宏表", "OLE", "ActiveX"):
        assert word in said
    with zipfile.ZipFile(target) as package:
        names = " ".join(package.namelist())
        assert "vba" not in names.lower() and "macro" not in names.lower() and "activeX" not in names
        assert b"macroEnabled" not in package.read("[Content_Types].xml")


def test_links_to_other_files_are_neither_followed_nor_read(tmp_path: Path) -> None:
    def link(book: openpyxl.Workbook) -> None:
        sheet = book[book.sheetnames[0]]
        sheet["H40"] = "='file:///etc/[passwd]Sheet1'!A1"
        sheet["H41"].hyperlink = "http://127.0.0.1:9/never"

    path = edited(tmp_path / "a.xlsx", link)
    assert xlreport.read(path).figures() == sample().figures()


@settings(max_examples=examples(6))
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_text_becomes_a_formula_a_link_or_markup(
    tmp_path_factory: pytest.TempPathFactory, organisation: str, title: str, text: str, figure: str
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    report = complete()
    report.organisation, report.title, report.level = organisation, title, figure
    report.preamble = report.overview = report.problems = report.other_matters = text
    report.applications.new.total = figure
    report.previous = Report(organisation=organisation, year=2023)
    findings = xlreport.check(report)
    plain = folder / "plain.xlsx"
    xlreport.write(complete(), plain)
    allowed = formulas(plain)
    xlreport.write(report, folder / "a.xlsx")
    assert formulas(folder / "a.xlsx") <= allowed
    status = main(["check", str(folder / "a.xlsx"), "--mark", str(folder / "b.xlsx")])
    assert status in (0, 1)
    marked = {found for found in formulas(folder / "b.xlsx") if "!" not in found}
    assert marked <= allowed
    submission.write_draft(report, findings, folder / "a.docx")
    made = docx.Document(str(folder / "a.docx"))
    assert len(made.tables) == 3
    xlreport.write(report, folder / "a.json")
    again = xlreport.read(folder / "a.json")
    assert again == report


def formulas(path: Path) -> set[str]:
    """Return every formula and link of a workbook."""
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    found = {str(cell.value) for cell in cells if cell.data_type == "f"}
    return found | {str(cell.hyperlink.target) for cell in cells if cell.hyperlink and cell.hyperlink.target}


class Tags(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


@settings(max_examples=examples(6))
@given(TEXTS, TEXTS)
def test_a_page_has_no_script_whatever_the_report_says(
    tmp_path_factory: pytest.TempPathFactory, organisation: str, text: str
) -> None:
    from xlreport.document import html

    folder = tmp_path_factory.mktemp("page")
    report = complete()
    xlreport.write(report, folder / "plain.html")
    report.organisation = report.title = organisation
    report.overview = report.problems = text
    report.applications.new.total = text
    page, plain = Tags(), Tags()
    html.write_page(report, folder / "a.html")
    page.feed((folder / "a.html").read_text("utf-8"))
    plain.feed((folder / "plain.html").read_text("utf-8"))
    assert {tag for tag, _ in page.found} <= {tag for tag, _ in plain.found} | {"h2", "h3", "h4", "p"}
    for _, attributes in page.found:
        assert not any(name.startswith("on") or name in ("href", "src") for name in attributes)


@pytest.mark.parametrize(
    "name", ["a\x1b[31mb.json", "a\nb.json", "a\u202excod.json", "a\u200bb.json", "a\udc80b.json"]
)
def test_a_name_cannot_steer_the_terminal(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / name)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert_one_line(said.rstrip("\n"))


def test_a_text_in_the_file_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = complete()
    report.organisation = "某\u202e局\x1b]0;x\x07"
    report.applications.new.total = "1\x1b[2J\u200b67"
    path = tmp_path / "a.json"
    xlreport.write(report, path)
    main(["check", str(path)])
    said = capsys.readouterr()
    assert not set("\x1b\u202e\u200b\x07") & set(said.out + said.err)


@pytest.mark.parametrize(
    "text",
    [
        '{"form": "disclosure-2021", "cases": {"review": {"total": "\\ud800"}}}',
        '{"form": "disclosure-2021", "organisation": "\\udfff"}',
        '{"form": "disclosure-2021", "headings": {"overview": ["\\ud83d"]}}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"year": ' + "9" * 10_000 + "}",
        '{"year": 1e400}',
        "{" + '"cases": {},' * 3 + '"cases": 1}',
    ],
)
def test_data_that_no_report_can_hold_is_refused_with_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        xlreport.read(path)
    assert_one_line(str(refused.value))


def test_a_number_of_thousands_of_digits_is_a_mistake_and_no_crash(tmp_path: Path) -> None:
    path, digits = tmp_path / "a.json", "9" * 4299
    path.write_text(
        f'{{"form": "disclosure-2021", "cases": {{"review": {{"total": {digits}, "upheld": {digits}}}}}}}'
    )
    report = xlreport.read(path)
    assert report.cases.review.total == digits
    assert not xlreport.check(report).passed
    xlreport.write(report, tmp_path / "b.xlsx")
    assert xlreport.read(tmp_path / "b.xlsx").cases.review.total == digits
