"""No saved file has a link to the add-in, whatever a spreadsheet program has made of a call of its functions."""

from __future__ import annotations

import re
import tempfile
import zipfile
from functools import lru_cache
from itertools import cycle
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.office import Office
from tests.workbook.edited import read_workbook, repacked, sample
from tests.workbook.parts import package_of, parts_of, sheet_parts
from xlreport.checking import check
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.ooxml.addresses import spot_of
from xlreport.ooxml.values import values_of
from xlreport.ooxml.workbook import Book
from xlreport.workbook.addin_links import calls_addin, without_addin
from xlreport.workbook.layout import layout_of
from xlreport.workbook.marking import clear, mark
from xlreport.workbook.writer import write
from xlreport.writing import writer_for

FINDINGS = check(sample())
LAYOUT = layout_of(form_of(CURRENT))
PLACE = LAYOUT.tables[1]
AREA = PLACE.figures.reference
OFFICE_NAME, LOGIN = "张晓明", "zhangxm"
PATH = rf"C:\Users\{LOGIN}\AppData\Roaming\xlreport.xlam"
#: How a call is written by Excel with the add-in, without it, by other versions, and by LibreOffice.
CALLS = [
    "XLR_CHECK({0})",
    "[1]!XLR_CHECK({0})",
    "@[1]!XLR_CHECK({0})",
    "[1]!@XLR_CHECK({0})",
    f"'{PATH}'!XLR_CHECK({{0}})",
    f"'file:///C:/Users/{LOGIN}/xlreport.xlam'#XLR_CHECK({{0}})".replace("#", "!"),
    "xlreport.xlam!XLR_CHECK({0})",
    "#REF!XLR_CHECK({0})",
    "_xldudf_XLR_CHECK({0})",
    "_xludf.XLR_CHECK({0})",
    "_xlfn.XLR_CHECK({0})",
    "[1]!xlr_check({0})",
    "CN.XLREPORT.FUNCTIONS.CHECK({0})",
]
LINK = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<externalBook r:id="rId1"><definedNames><definedName name="XLR_CHECK"/></definedNames></externalBook></externalLink>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.microsoft.com/office/2006/relationships/xlExternalLinkPath/xlPathMissing"'
    f' Target="file:///{PATH}" TargetMode="External"/></Relationships>'
)


@lru_cache(maxsize=1)
def plain() -> bytes:
    """The sample as it is written."""
    with tempfile.TemporaryDirectory() as folder:
        write(sample(), Path(folder) / "plain.xlsx")
        return (Path(folder) / "plain.xlsx").read_bytes()


def summary(path: Path) -> tuple[str, str | None]:
    """The formula of the summary line, and what is stored of it."""
    package = package_of(path)
    book = Book(package)
    spot = spot_of(PLACE.summary.corner)  # type: ignore[union-attr]
    values = values_of(package, book, book.worksheets()[PLACE.sheet])
    return next((value.formula, value.text) for value in values if value.spot == spot)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "plain.xlsx"
    path.write_bytes(plain())
    return path


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def carrying(path: Path, call: str, around: str, other_link: bool = False, stored: str = "✓ 平衡") -> Path:
    """Write the sample as Excel saves it with the add-in: calls, a link with the user's path, a name, who saved it."""
    path.write_bytes(plain())
    formula, _ = summary(path)
    call = around.format(call.format(AREA), formula)
    part = sheet_parts(path)[PLACE.sheet]
    corner = PLACE.summary.corner  # type: ignore[union-attr]
    kind = "e" if stored.startswith("#") else "str"

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        text = content.decode()
        if name == part:
            cell = rf'<c r="{corner}"([^>]*?)(?: t="\w+")?><f>.*?</f><v ?(?:/>|>[^<]*</v>)'
            made = f'<c r="{corner}"\\1 t="{kind}"><f>{escaped(call)}</f><v>{stored}</v>'.replace(
                "\\U", "\\\\U"
            )
            made = (
                made.replace("\\A", "\\\\A")
                .replace("\\R", "\\\\R")
                .replace("\\x", "\\\\x")
                .replace("\\z", "\\\\z")
            )
            text, count = re.subn(cell, made, text)
            assert count == 1
        elif name == "xl/workbook.xml":
            mine = '<externalReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{}"/>'
            links = mine.format("rId91") + (mine.format("rId92") if other_link else "")
            text = text.replace(
                "<definedNames>", f"<externalReferences>{links}</externalReferences><definedNames>"
            )
            more = '<definedName name="我的数">[2]表!$A$1</definedName>' if other_link else ""
            text = text.replace(
                "</definedNames>",
                f'<definedName name="_xlfn.XLR_CHECK" hidden="1">#NAME?</definedName>{more}</definedNames>',
            )
        elif name == "xl/_rels/workbook.xml.rels":
            kind_of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
            for id, number in (("rId91", 1), ("rId92", 2))[: 1 + other_link]:
                link = f'<Relationship Id="{id}" Type="{kind_of}" Target="externalLinks/externalLink{number}.xml"/>'
                text = text.replace("</Relationships>", link + "</Relationships>")
        elif name == "[Content_Types].xml":
            for number in (1, 2)[: 1 + other_link]:
                link = (
                    f'<Override PartName="/xl/externalLinks/externalLink{number}.xml" ContentType="application/'
                    'vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/>'
                )
                text = text.replace("</Types>", link + "</Types>")
        elif name == "docProps/core.xml":
            saved = f"<cp:lastModifiedBy>{OFFICE_NAME}</cp:lastModifiedBy>"
            text = re.sub(
                r"<(\w+:)?lastModifiedBy\s*/>|</(\w+:)?coreProperties>",
                lambda m: saved * ("/>" not in m[0]) + m[0],
                text,
                count=1,
            )
            text = text.replace("<lastModifiedBy/>", "").replace(
                "<cp:lastModifiedBy>",
                '<cp:lastModifiedBy xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">',
            )
        return name, text.encode()

    repacked(path, change)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/externalLinks/externalLink1.xml", LINK)
        package.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", RELATIONS)
        if other_link:
            package.writestr("xl/externalLinks/externalLink2.xml", LINK.replace("XLR_CHECK", "别的"))
            package.writestr(
                "xl/externalLinks/_rels/externalLink2.xml.rels",
                RELATIONS.replace("xlreport.xlam", "台账.xlsx").replace(LOGIN, "x"),
            )
    return path


def assert_no_trace(path: Path) -> None:
    for name, content in parts_of(path).items():
        text = content.decode("utf-8", "replace")
        assert LOGIN not in text and OFFICE_NAME not in text, name
        assert not re.search(
            r"XLR_(CHECK|BALANCE|EXPLAIN)|xlreport\.(xlam|functions)", text, re.IGNORECASE
        ), name


@pytest.mark.parametrize("around", ["IFERROR({0},{1})", "{0}"], ids=["with the native formula", "alone"])
@pytest.mark.parametrize("call", CALLS)
def test_a_marked_copy_has_the_native_formula_with_its_value_and_nobodys_name(
    call: str, around: str, written: Path, tmp_path: Path
) -> None:
    source = carrying(tmp_path / "in.xlsx", call, around)
    mark(source, FINDINGS, tmp_path / "out.xlsx")
    clear(tmp_path / "out.xlsx", tmp_path / "clean.xlsx")
    for name in ("out.xlsx", "clean.xlsx"):
        assert_no_trace(tmp_path / name)
        assert summary(tmp_path / name) == (summary(written)[0], "✓ 平衡")


@pytest.mark.parametrize(
    ("call", "stored"), list(zip(CALLS, cycle(["✓ 平衡", "#REF!", "#NAME?"]), strict=False))
)
def test_every_reader_takes_the_file_for_what_it_is_without_the_add_in(
    call: str, stored: str, written: Path, tmp_path: Path
) -> None:
    source = carrying(tmp_path / "in.xlsx", call, "IFERROR({0},{1})", stored=stored)
    expected, read = read_workbook(written), read_workbook(source)
    assert read == expected and read.remarks == expected.remarks
    for name in ("out.xlsx", "out.json"):
        writer_for(tmp_path / name)(read, tmp_path / name)
    assert_no_trace(tmp_path / "out.xlsx")
    assert LOGIN not in (tmp_path / "out.json").read_text("utf-8")


def test_links_to_other_workbooks_stay_under_their_new_number(tmp_path: Path) -> None:
    source = carrying(tmp_path / "in.xlsx", CALLS[1], "IFERROR({0},{1})", other_link=True)
    mark(source, FINDINGS, tmp_path / "out.xlsx")
    assert_no_trace(tmp_path / "out.xlsx")
    after = parts_of(tmp_path / "out.xlsx")
    assert "xl/externalLinks/externalLink2.xml" in after and "xl/externalLinks/externalLink1.xml" not in after
    assert load_workbook(tmp_path / "out.xlsx").defined_names["我的数"].attr_text == "[1]表!$A$1"


def test_no_file_that_is_written_names_a_function_of_the_add_in(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(plain())
    mark(tmp_path / "a.xlsx", FINDINGS, tmp_path / "b.xlsx")
    for name in ("a.xlsx", "b.xlsx"):
        assert_no_trace(tmp_path / name)


def test_a_text_that_only_speaks_of_the_add_in_is_left_alone() -> None:
    assert not calls_addin('"XLR_CHECK(A1)"&B1')
    assert not calls_addin("xlr_findings+1")
    assert without_addin('IFERROR(XLR_CHECK(A1,"),("),IF(B1,"a,b",2))') == 'IF(B1,"a,b",2)'
    assert without_addin("IFERROR(XLR_CHECK(A1),XLR_CHECK(B1))") == ""
    assert without_addin("IFERROR(XLR_CHECK(A1),1)+1") == ""


@pytest.mark.libreoffice
@pytest.mark.parametrize("call", [CALLS[0], CALLS[1], CALLS[4]])
def test_what_libreoffice_makes_of_the_link_is_cleaned_too(call: str, tmp_path: Path, office: Office) -> None:
    source = carrying(tmp_path / "in.xlsx", call, "IFERROR({0},{1})")
    with office.opened(source) as document:
        document.save(tmp_path / "saved.xlsx", "Calc MS Excel 2007 XML")
    assert "xlr_check" in str(parts_of(tmp_path / "saved.xlsx")).lower()
    mark(tmp_path / "saved.xlsx", check(read_workbook(tmp_path / "saved.xlsx")), tmp_path / "out.xlsx")
    assert_no_trace(tmp_path / "out.xlsx")
    assert "IFERROR" not in summary(tmp_path / "out.xlsx")[0]
    with office.opened(tmp_path / "out.xlsx") as document:
        assert document.value(PLACE.sheet, PLACE.summary.corner)[0] in "✓✗△"  # type: ignore[union-attr]
