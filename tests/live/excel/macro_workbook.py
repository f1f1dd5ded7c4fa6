"""The add-in's VBA in an ordinary macro workbook, which LibreOffice can open and run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.office import Office, _property
from xlreport.live.excel import ribbon, wrappers, xlam
from xlreport.live.excel.ovba import ModuleKind
from xlreport.live.excel.vba_project import Module, vba_project
from xlreport.ooxml.package import zipped

#: Stands in for xlwings' VBA: keeps what would go to Python, and hands out a server that answers at once.
STAND_IN = """\
Private Recorded As String
Public Broken As Boolean

Function RunPython(command As String)
    Recorded = Recorded & command
End Function

Function TakeRecorded() As String
    TakeRecorded = Recorded
    Recorded = ""
End Function

Function XLPy() As Object
    If Broken Then Err.Raise 1000
    Set XLPy = New Server
End Function

Sub BreakServer()
    Broken = True
End Sub
"""
SERVER = """\
Public Function CallUDF(module_name, function_name, arguments, book, caller)
    CallUDF = module_name & "." & function_name & "/" & (UBound(arguments) + 1)
End Function
"""
#: A module whose function hides the global one of the same name, as if no workbook were open.
NO_ACTIVE_WORKBOOK = Module(
    "Closed",
    ModuleKind.STANDARD,
    "Function ActiveWorkbook() As Object\n    Set ActiveWorkbook = Nothing\nEnd Function\n",
)


def driver() -> str:
    """A function for each button that presses it as the ribbon does. UNO cannot hand over an IRibbonControl."""
    return "\n".join(
        f"Function Press{button.function}() As String\n"
        f"    {ribbon.MODULE}.{ribbon.macro_name(button)} Nothing\n"
        f"    Press{button.function} = TakeRecorded()\nEnd Function\n"
        for button in ribbon.BUTTONS
    )


def write(target: Path, *more: Module) -> Path:
    """Write the workbook to ``target`` and return it: the add-in made visible, stand-ins in place of xlwings, and ``more``."""
    parts = xlam.parts()
    kind = "application/vnd.ms-excel.{}.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        kind.format("addin").encode(), kind.format("sheet").encode()
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'visibility="hidden" ', b"")
    modules = [
        Module("ThisWorkbook", ModuleKind.WORKBOOK),
        Module("Sheet2", ModuleKind.WORKSHEET),
        Module("Server", ModuleKind.CLASS, SERVER),
        Module("xlwings", ModuleKind.STANDARD, STAND_IN),
        Module("Driver", ModuleKind.STANDARD, driver()),
        Module(ribbon.MODULE, ModuleKind.STANDARD, "\n".join((ribbon.macros(), wrappers.wrappers()))),
        *more,
    ]
    parts["xl/vbaProject.bin"] = vba_project(xlam.PROJECT, xlam.PROJECT_ID, modules)
    target.write_bytes(zipped(parts))
    return target


class Macros:
    """The workbook, open in LibreOffice with its macros allowed."""

    def __init__(self, model: Any) -> None:
        self.model = model

    @property
    def modules(self) -> set[str]:
        """The names of the modules that LibreOffice took over."""
        return set(self.model.BasicLibraries.getByName(xlam.PROJECT).ElementNames)

    def run(self, name: str) -> Any:
        """Run a procedure without arguments, “Module.Name”, and return its result."""
        address = f"vnd.sun.star.script:{xlam.PROJECT}.{name}?language=Basic&location=document"
        return self.model.ScriptProvider.getScript(address).invoke((), (), ())[0]

    def answer(self, formula: str) -> str:
        """Return what a cell shows for ``formula``."""
        cell = self.model.Sheets.getByIndex(0).getCellByPosition(30, 30)
        cell.setFormula(formula)
        return str(cell.String)


@contextmanager
def opened(office: Office, target: Path, *more: Module) -> Iterator[Macros]:
    """Write the workbook to ``target`` and open it."""
    always = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
    # Not hidden, since a hidden document is not the active workbook for the macros.
    model = office._desktop.loadComponentFromURL(
        write(target, *more).resolve().as_uri(), "_blank", 0, (_property("MacroExecutionMode", always),)
    )
    try:
        yield Macros(model)
    finally:
        model.close(True)
