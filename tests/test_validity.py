"""Every kind of file that is written passes a validator that knows the rules of Microsoft's Open XML SDK.

It complains of plain files of openpyxl and xlsxwriter too, about which Office never does: what it says of those is no complaint. What is left
over is in ``EXCEPTIONS``, each with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font

import xlreport
from tests.collection.folders import named, put
from tests.samples import complete
from tests.workbook.edited import repacked
from tests.workbook.test_marking_packages import MAKERS, NEW, findings
from xlreport.cli import main
from xlreport.example import faulty, good
from xlreport.form.catalogue import MODULES, form_of
from xlreport.live.excel.xlam import add_in
from xlreport.workbook.marking import clear, mark
from xlreport.workbook.template import template_of

openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is in the extra “dev”")

#: What it says of a kind of file, and why that stays.
EXCEPTIONS = {
    (".docx", "relationships/theme' is missing"): "styles name their fonts and colours, so no theme is "
    "referred to; Word and WPS take their own where a document has none",
}
Complaint = tuple[str, str]


@pytest.fixture(scope="module")
def validator() -> Any:
    version = openxml_audit.FileFormat.OFFICE_2019
    return openxml_audit.OpenXmlValidator(file_format=version, max_errors=10_000)


def complaints(validator: Any, path: Path) -> set[Complaint]:
    """The kinds of complaints about a file: on which elements of which kind of part, without numbers and names of parts."""
    found = set()
    for error in validator.validate(str(path)).errors:
        place = " ".join((error.part_uri.rpartition("/")[0], re.sub(r"\[\d+\]", "", error.path or "")))
        said = re.sub(r"\b\w+\.xml|\d+", "…", error.description)
        if not any(path.suffix == kind and words in said for kind, words in EXCEPTIONS):
            found.add((place, said))
    return found


@pytest.fixture(scope="module")
def plain(validator: Any, tmp_path_factory: pytest.TempPathFactory) -> set[Complaint]:
    """What is said of plain workbooks: a text, a number, a font and a note."""
    folder = tmp_path_factory.mktemp("plain")
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A2"] = "文字", 1
    sheet["A1"].font = Font(name="宋体", size=16, bold=True, underline="single", color="00FF0000")
    sheet["A2"].font = Font(name="宋体", size=12)
    sheet["A1"].comment = Comment("批注", "某人")
    book.save(folder / "openpyxl.xlsx")
    written = xlsxwriter.Workbook(str(folder / "xlsxwriter.xlsx"), {"constant_memory": True})
    written.add_worksheet().write(0, 0, "文字")
    written.close()
    return set().union(*(complaints(validator, path) for path in folder.iterdir()))


def by_command(*arguments: object) -> None:
    try:
        assert main([str(each) for each in arguments]) < 2
    except SystemExit as stopped:
        assert not stopped.code


def templates(folder: Path) -> None:
    for form in MODULES:
        (folder / f"{form}.xlsx").write_bytes(template_of(form_of(form)))


def books(folder: Path) -> None:
    rules = folder / "rules.toml"
    rules.write_text('[[relation]]\nrule = "cases.review.total <= 5"\n', encoding="utf-8")
    xlreport.write(complete(), folder / "last.xlsx")
    given = ("--organisation", "甲局", "--year", 2025, "--previous", folder / "last.xlsx")
    by_command("new", folder / "new.xlsx", *given, "--rules", rules)
    xlreport.write(faulty(), folder / "faulty.xlsx")
    by_command("check", folder / "faulty.xlsx", "--mark", folder / "marked.xlsx")
    clear(folder / "marked.xlsx", folder / "cleared.xlsx")


def documents(folder: Path) -> None:
    xlreport.write(faulty(), folder / "faulty.xlsx")
    xlreport.write(good(), folder / "good.docx")
    by_command("convert", folder / "faulty.xlsx", folder / "draft.docx", "--draft")
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "某某市人民政府"
    own.save(str(folder / "base"))
    by_command("convert", folder / "good.docx", folder / "styled.docx", "--style", folder / "base")
    target = folder / "styled-draft.docx"
    by_command("convert", folder / "faulty.xlsx", target, "--draft", "--style", folder / "base")
    by_command("convert", "--style-sample", folder / "sample.docx")


def collections(folder: Path) -> None:
    put(folder, "f/甲.json", named(complete(), "甲局"))
    put(folder, "f/乙.json", named(complete(), "乙局"))
    put(folder, "f/丙.json", faulty())
    put(folder, "own.json", named(complete(), "某县"))
    by_command("audit", folder / "f", folder / "audit.xlsx", "--jobs", 1)
    by_command("rollup", folder / "f", folder / "rollup.xlsx", "--jobs", 1)


def adding_in(folder: Path) -> None:
    (folder / "xlreport.xlam").write_bytes(add_in())


@pytest.mark.parametrize("make", [templates, books, documents, collections, adding_in])
def test_nothing_is_said_of_what_is_written(
    make: Callable[[Path], None], plain: set[Complaint], validator: Any, tmp_path: Path
) -> None:
    make(tmp_path)
    made = [path for path in tmp_path.iterdir() if path.suffix in (".xlsx", ".docx", ".xlam")]
    assert made
    assert {path.name: new for path in made if (new := complaints(validator, path) - plain)} == {}


@pytest.mark.parametrize("maker", list(MAKERS))
def test_a_marked_copy_gives_no_more_cause_than_the_original(
    maker: str, plain: set[Complaint], validator: Any, tmp_path: Path
) -> None:
    places = MAKERS[maker](tmp_path / "own.xlsx")
    mark(
        tmp_path / "own.xlsx",
        findings(places, **{"cases.review.total": 1, NEW: 12}),
        tmp_path / "marked.xlsx",
    )
    before = complaints(validator, tmp_path / "own.xlsx")
    assert complaints(validator, tmp_path / "marked.xlsx") - before - plain == set()


def test_a_file_that_is_wrong_is_complained_of(plain: set[Complaint], validator: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "wrong.xlsx")
    repacked(
        tmp_path / "wrong.xlsx",
        lambda name, content: (name, content.replace(b"<sheetData", b"<pageMargins/><sheetData")),
    )
    assert complaints(validator, tmp_path / "wrong.xlsx") - plain
