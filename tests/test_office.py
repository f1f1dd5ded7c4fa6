"""The test harness itself: is the LibreOffice that the other tests trust really calculating?"""

from __future__ import annotations

import builtins
from pathlib import Path

import openpyxl
import pytest

from tests.office import Office

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "表"
    sheet["A1"], sheet["A2"], sheet["A3"] = 1, 2, "=SUM(A1:A2)"
    workbook.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_it_calculates_what_was_put_in(office: Office, book: Path) -> None:
    with office.opened(book) as document:
        document.recalculate()
        assert document.value("表", "A3") == 3
        document.fill("表", "A1:A2", [[40], [None]])
        assert document.values("表", "A1:A3") == [[40], [""], [40]]
        document.set("表", "A2", 2)
        assert document.text("表", "A3") == "42"


def test_it_renders_pages(office: Office, book: Path, tmp_path: Path) -> None:
    pages = office.pictures(book, tmp_path / "out")
    assert [page.suffix for page in pages] == [".png"]


def test_it_leaves_imports_alone(office: Office) -> None:
    assert builtins.__import__.__module__ == "builtins"
