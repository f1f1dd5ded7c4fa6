"""What the add-in does around saving: the VBA of its own workbook, run by LibreOffice on an open standard workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.excel.macro_workbook import Macros, opened
from tests.office import Document, Office
from xlreport.example import good
from xlreport.live.excel import events
from xlreport.live.excel.ovba import ModuleKind
from xlreport.live.excel.vba_project import Module
from xlreport.live.protection import ALLOWANCES
from xlreport.workbook.layout import layout_of
from xlreport.workbook.writer import write

pytestmark = pytest.mark.libreoffice
LINES = {place.table.key: place.summary for place in layout_of(good().declaration).tables if place.summary}

#: Presses the events, which LibreOffice does not have; cells and sheets with Excel's protection, of which LibreOffice has little.
DRIVER = """
Function Activate() As String
    App_WorkbookActivate Workbooks("report.xlsx")
End Function

Function BeforeSave() As String
    App_WorkbookBeforeSave Workbooks("report.xlsx"), False, False
End Function

Function AfterSave() As String
    Workbooks("report.xlsx").Saved = True
    App_WorkbookAfterSave Workbooks("report.xlsx"), True
End Function

Function AfterCancelled() As String
    App_WorkbookAfterSave Workbooks("report.xlsx"), False
End Function

Function Protected() As String
    Dim Cell As Object
    Set Cell = New FakeCell
    Set Cell.Worksheet = New FakeSheet
    Cell.Worksheet.EnableSelection = 1
    EnterLocked Cell, "=1"
    Protected = Cell.Formula & Cell.Worksheet.Log & " " & Cell.Worksheet.EnableSelection
End Function

Function InCloud() As String
    Dim Book As Object
    Set Book = New FakeBook
    InCloud = StaysNative(Book)
    Book.AutoSaveOn = True
    InCloud = InCloud & StaysNative(Book)
    Book.AutoSaveOn = False
    Book.ReadOnly = True
    InCloud = InCloud & StaysNative(Book)
End Function
"""
FAKE_BOOK = "Public ReadOnly As Boolean\nPublic AutoSaveOn As Boolean\n"
FAKE_CELL = "Public Formula As String\nPublic Worksheet As Object\n"
FAKE_SHEET = (
    "Public Log As String\nPublic ProtectionMode As Boolean\nPublic EnableSelection As Long\n"
    + "".join(f"Public {name} As Boolean\n" for name in ALLOWANCES)
    + f"""
Function ProtectContents() As Boolean
    ProtectContents = True
End Function

Function ProtectDrawingObjects() As Boolean
    ProtectDrawingObjects = True
End Function

Function ProtectScenarios() As Boolean
    ProtectScenarios = False
End Function

Function Protection() As Object
    AllowSorting = True
    Set Protection = Me
End Function

Sub Unprotect(Password As String)
    Log = Log & " lifted" & Password
    EnableSelection = 0
End Sub

Sub Protect(DrawingObjects, Contents, Scenarios, {", ".join(ALLOWANCES)})
    Log = Log & " " & DrawingObjects & Contents & Scenarios & {" & ".join(ALLOWANCES)}
End Sub
"""
)


#: How lines with the add-in look in files of earlier versions and of other programs; and formulas that are nobody's but the user's.
NATIVE = 'IF(C3=0,"-",IF(H2<>"",H2,"x),y"))'
STALE = (
    "IFERROR(XLR_CHECK(xlr_cases,xlr_previous_cases),{})",
    "IFERROR(@XLR_CHECK($D$7:$J$31),{})",
    "IFERROR([1]!xlr_check(C5:D9,E5:F9),{})",
    "IFERROR('C:\\Users\\x (2)\\xlreport.xlam'!XLR_CHECK(C5:D9),{})",
    "IFERROR(_xludf.XLR_CHECK(C5:D9),{})",
    "IFERROR(#REF!XLR_CHECK(C5:D9),{})",
    "IFERROR(CN.XLREPORT.FUNCTIONS.CHECK(xlr_cases,xlr_previous_cases),{})",
)
OTHERS = ("SUM(A1:A2)", "IFERROR(A1,B1)", "XLR_CHECK(A1:B2)")


def literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def module() -> str:
    """The add-in's code as a module that can be called from outside."""
    heard = "Private WithEvents App As Application\n"
    assert heard in events.workbook_module()
    asked = [f"={text.format(NATIVE)}" for text in (*STALE, *OTHERS)]
    natives = " & vbLf & ".join(f"Native({literal(text)})" for text in asked)
    return (
        events.workbook_module().replace(heard, "Private App As Object\n")
        + DRIVER
        + f"Function Natives() As String\n    Natives = {natives}\nEnd Function\n"
    )


@pytest.fixture(scope="module")
def macros(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Macros]:
    more = [
        Module("Events", ModuleKind.STANDARD, module()),
        Module("FakeBook", ModuleKind.CLASS, FAKE_BOOK),
        Module("FakeCell", ModuleKind.CLASS, FAKE_CELL),
        Module("FakeSheet", ModuleKind.CLASS, FAKE_SHEET),
    ]
    with opened(office, tmp_path_factory.mktemp("macros") / "macros.xlsm", *more) as workbook:
        yield workbook


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("written") / "report.xlsx"
    write(good(), written)
    return written


@pytest.fixture
def report(office: Office, file: Path) -> Iterator[Document]:
    with office.opened(file) as document:
        # LibreOffice's own sheets have none of Excel's protection.
        document.unprotect()
        document.model.setModified(False)
        yield document


def lines(document: Document) -> dict[str, str]:
    return {key: document.formula(place.sheet, place.corner) for key, place in LINES.items()}


def asking(native: dict[str, str]) -> dict[str, str]:
    # LibreOffice writes functions that it does not know in small letters.
    return {
        key: f"=IFERROR(xlr_check(xlr_{key};xlr_previous_{key});{formula.removeprefix('=')})"
        for key, formula in native.items()
    }


def test_python_answers_in_the_open_workbook_and_native_formulas_are_saved(macros: Macros, report: Document):
    native, saved = lines(report), lambda: not report.model.isModified()
    for _ in range(2):  # the second time nothing is left to do
        macros.run("Events.Activate")
        assert lines(report) == asking(native) and saved()
    macros.run("Events.BeforeSave")
    assert lines(report) == native
    macros.run("Events.AfterSave")
    assert lines(report) == asking(native) and saved()
    # The user cancels the dialog, or the disk is full.
    macros.run("Events.BeforeSave")
    macros.run("Events.AfterCancelled")
    assert lines(report) == asking(native) and saved()
    report.set(0, "Z99", 1)
    macros.run("Events.BeforeSave")
    macros.run("Events.AfterCancelled")
    assert lines(report) == asking(native) and not saved()


def test_what_has_yet_to_be_saved_stays_so(macros: Macros, report: Document):
    report.set(0, "Z99", 1)
    macros.run("Events.Activate")
    assert "xlr_check" in lines(report)["cases"] and report.model.isModified()


def test_a_workbook_that_is_none_of_ours_is_left_alone(macros: Macros, report: Document):
    (template,) = (name for name in report.model.NamedRanges.ElementNames if name.startswith(events.TEMPLATE))
    report.model.NamedRanges.removeByName(template)
    native = lines(report)
    for event in ("Activate", "BeforeSave", "AfterSave"):
        macros.run(f"Events.{event}")
        assert lines(report) == native


def test_a_line_that_is_no_formula_stays_what_the_user_typed(macros: Macros, report: Document):
    place = LINES["cases"]
    report.set(place.sheet, place.corner, "自己写的")
    macros.run("Events.Activate")
    assert report.text(place.sheet, place.corner) == "自己写的"
    assert "xlr_check" in lines(report)["disclosure"]


def test_the_native_formula_is_found_in_whatever_calls_the_add_in(macros: Macros):
    found = macros.run("Events.Natives").splitlines()
    assert found == [f"={NATIVE}"] * len(STALE) + [f"={text}" for text in OTHERS]


def test_a_sheet_is_protected_again_as_it_was(macros: Macros):
    kept = "".join(str(name == "AllowSorting") for name in ALLOWANCES)
    assert macros.run("Events.Protected") == f"=1 lifted TrueTrueFalse{kept} 1"


def test_workbooks_that_save_by_themselves_or_cannot_be_saved_keep_native_formulas(macros: Macros):
    assert macros.run("Events.InCloud") == "FalseTrueTrue"
