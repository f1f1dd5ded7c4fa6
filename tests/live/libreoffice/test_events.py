"""A real LibreOffice with the extension: Python answers in the open workbook, and no file that is saved knows of it."""

from __future__ import annotations

import os
import re
import signal
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from tests.office import Office, _property, missing, needed
from tests.samples import with_figure
from xlreport.example import good
from xlreport.live.libreoffice import answering
from xlreport.live.libreoffice.extension import build
from xlreport.workbook.layout import layout_of
from xlreport.workbook.writer import write

WRONG = "applications.results.granted.natural_person"
LAYOUT = layout_of(good().declaration)
LINES = [place.summary for place in LAYOUT.tables if place.summary]
ANSWER = "✗ “自然人”办理结果合计不符：185 ≠ 97+49+1+44+1+11=203，差18，疑似 D9 应为 79（数字颠倒）；另有 1 处"
TRACES = re.compile(rb"XLR_CHECK|XLREPORT\.FUNCTIONS|externalLink|xlreport\.xlam", re.IGNORECASE)
XLSX = "Calc MS Excel 2007 XML"
pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    needed(missing())
    folder = tmp_path_factory.mktemp("extended")
    build(folder / "xlreport.oxt")
    office = Office(folder / "office", folder / "xlreport.oxt")
    yield office
    office.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "template.xlsx"
    write(with_figure(good(), WRONG, 97), path)
    return path


class Shown:
    """A workbook open at its own place, so that it can be saved there."""

    def __init__(self, office: Office, path: Path, **options: Any) -> None:
        self.path = path
        arguments = {"Hidden": True, **options}
        self.model = office._desktop.loadComponentFromURL(
            path.as_uri(), "_blank", 0, tuple(_property(name, value) for name, value in arguments.items())
        )

    def cells(self) -> list[Any]:
        return [self.model.Sheets.getByName(c.sheet).getCellRangeByName(c.corner) for c in LINES]

    def texts(self) -> list[str]:
        return [cell.String for cell in self.cells()]

    def is_live(self) -> bool:
        """True where all lines ask Python; fails where only some do."""
        asking = {
            cell.Formula.startswith("=IFERROR(CN.XLREPORT.FUNCTIONS.CHECK(xlr_") for cell in self.cells()
        }
        assert len(asking) == 1
        assert all(self.model.Sheets.getByName(cell.sheet).isProtected() for cell in LINES)
        return asking.pop()

    def store(self, path: Path, *, copy: bool = False) -> None:
        store = self.model.storeToURL if copy else self.model.storeAsURL
        store(path.as_uri(), (_property("FilterName", XLSX),))

    def undo(self) -> tuple[list[str], list[str]]:
        history = self.model.UndoManager
        return list(history.getAllUndoActionTitles()), list(history.getAllRedoActionTitles())


@pytest.fixture
def show(office: Office, template: Path, tmp_path: Path) -> Iterator[Any]:
    made: list[Shown] = []

    def shown(source: Path = template, **options: Any) -> Shown:
        path = tmp_path / f"{len(made)}.xlsx"
        path.write_bytes(source.read_bytes())
        made.append(Shown(office, path, **options))
        return made[-1]

    yield shown
    for each in made:
        each.model.close(True)


def formulas(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [str(book[cell.sheet][cell.corner].value) for cell in LINES]


def values(path: Path) -> list[str]:
    book = python_calamine.load_workbook(path)
    return [str(book.get_sheet_by_name(c.sheet).to_python()[c.row - 1][c.column - 1]) for c in LINES]


def assert_native(path: Path, template: Path) -> None:
    """The lines are those of the template, with what they come to, and no part of the file knows of the add-in."""
    assert formulas(path) == formulas(template) and values(path) == values(template)
    with zipfile.ZipFile(path) as package:
        assert [
            name for name in package.namelist() if TRACES.search(name.encode() + package.read(name))
        ] == []


def test_lines_are_live_without_a_click_and_every_file_is_native(show: Any, template: Path, tmp_path: Path):
    here = show()
    assert here.is_live() and here.texts()[1] == ANSWER
    assert not here.model.isModified() and here.undo() == ([], [])

    here.model.store()
    assert_native(here.path, template)
    assert here.is_live() and here.texts()[1] == ANSWER and not here.model.isModified()

    # Somebody works on, undoes a step, and saves a copy: the copy is native, and nothing is forgotten that was to be saved or undone.
    sheet = here.model.Sheets.getByName("一、总体情况")
    sheet.unprotect("")
    here.model.UndoManager.clear()
    for text in ("一", "二", "三"):
        sheet.getCellRangeByName("H9").setString(text)
    here.model.UndoManager.undo()
    done = here.undo()
    assert [len(each) for each in done] == [2, 1]
    here.store(tmp_path / "copy.xlsx", copy=True)
    assert_native(tmp_path / "copy.xlsx", template)
    assert here.is_live() and here.model.isModified() and here.undo() == done

    # There is no such folder, and no such disk: all stays as it was, the file too.
    before = here.path.read_bytes()
    for copy in (True, False):
        with pytest.raises(Exception, match="impl_store"):
            here.store(here.path / "no folder.xlsx", copy=copy)
        assert here.is_live() and here.model.isModified() and here.undo() == done
    assert here.path.read_bytes() == before

    here.store(tmp_path / "other.xlsx")
    assert_native(tmp_path / "other.xlsx", template)
    assert here.is_live() and not here.model.isModified()

    # The answer follows the figures, and the native line is ready with the same judgement.
    sheet, address = LAYOUT.address(WRONG)
    cell = here.model.Sheets.getByName(sheet).getCellRangeByName(address)
    cell.setValue(79)
    assert here.texts()[1].startswith("✓ 平衡（39 项）")
    here.model.store()
    assert values(tmp_path / "other.xlsx")[1].startswith("✓ 平衡（39 项）")

    # A row put into the table is none of the form; whoever does so has the native line, which knows nothing of rows.
    table = here.model.Sheets.getByName(sheet)
    table.unprotect("")
    table.Rows.insertByIndex(10, 1)
    assert here.texts()[1].startswith("✓ 平衡（39 项）")


STALE = (
    "XLR_CHECK($C$5:$D$9)",
    "[1]!XLR_CHECK(C5:D9,E5:F9)",
    "'C:\\加载项 (2)\\xlreport.xlam'!XLR_CHECK(C5)",
)


def test_lines_that_another_program_has_left_asking_come_alive_and_are_saved_native(
    show: Any, template: Path, tmp_path: Path
):
    book = openpyxl.load_workbook(template)
    for cell, call in zip(LINES, STALE, strict=True):
        line = book[cell.sheet][cell.corner]
        line.value = f"=IFERROR({call},{line.value.removeprefix('=')})"
    book.save(tmp_path / "stale.xlsx")
    here = show(tmp_path / "stale.xlsx")
    assert here.is_live() and here.texts()[1] == ANSWER
    here.model.store()
    assert formulas(here.path) == formulas(template)
    assert not any(TRACES.search(formula.encode()) for formula in formulas(here.path))


def test_what_is_not_ours_or_cannot_be_saved_or_is_locked_is_left_alone(
    show: Any, template: Path, tmp_path: Path
):
    natives = [cell.Formula for cell in show(ReadOnly=True).cells()]
    assert not any("XLREPORT" in formula for formula in natives)
    book = openpyxl.load_workbook(template)
    del book.defined_names[next(name for name in book.defined_names if name.startswith("xlr_template_"))]
    book.save(tmp_path / "foreign.xlsx")
    foreign = show(tmp_path / "foreign.xlsx")
    assert [cell.Formula for cell in foreign.cells()] == natives
    book = openpyxl.load_workbook(template)
    for cell in LINES:
        book[cell.sheet].protection.set_password("secret")
    book.save(tmp_path / "locked.xlsx")
    locked = show(tmp_path / "locked.xlsx")
    locked.model.store()
    assert not locked.is_live() and formulas(locked.path) == formulas(template)


def test_without_python_the_lines_are_the_native_ones_and_saving_goes_on(
    show: Any, office: Office, template: Path
):
    """The last test with this office: it asks no more in this session."""
    here = show()
    assert here.texts()[1] == ANSWER
    (process,) = asked(office)
    os.kill(process, signal.SIGKILL)
    here.model.calculateAll()
    assert here.texts() == values(template)
    here.model.store()
    assert_native(here.path, template)
    assert here.is_live() and here.texts() == values(template)
    assert not asked(office)


def asked(office: Office) -> list[int]:
    """The processes that answer to cells of this office."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if answering.__name__ in command:
                parent = re.search(r"^PPid:\s*(\d+)", (folder / "status").read_text(), re.M)[1]
                if str(office._folder) in (Path("/proc") / parent / "cmdline").read_text():
                    found.append(int(folder.name))
    return found
