"""The add-in ``xlreport.xlam``, built from the installed xlwings.

xlwings' VBA names its DLL with the exact version, so an add-in belongs to the xlwings that it was built from. What is taken from there:
the frame (an empty hidden workbook with a ribbon), the VBA that starts Python, and the class it needs. Ribbon, macros and
functions are ours, as is the writer of ``vbaProject.bin``. The same xlwings gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from xlreport import __version__
from xlreport.errors import OutputError
from xlreport.live.excel import events, ribbon, wrappers
from xlreport.live.excel.ovba import ModuleKind
from xlreport.live.excel.vba_project import Module, vba_project
from xlreport.ooxml.package import zipped
from xlreport.output import write_bytes

FILE_NAME = "xlreport.xlam"
#: The name under which xlwings' VBA looks for its settings, and the VBA project's name.
PROJECT = "xlreport"
#: Any fixed GUID would do; a new one for every build would make every build different.
PROJECT_ID = "{5B0E2C74-93D1-4F0A-8E6B-C2A7D41F9053}"

#: Where xlwings finds programs on sheets: those that a button runs, and those that functions come from.
_FROM_SHEETS = "                uses_embedded_code = True\n                Exit For\n"
_NO_SHEETS = "    For Each sht In ThisWorkbook.Worksheets\n        If Right$"

#: What is public where nothing else is said, or is said to be.
_PUBLIC = re.compile(r"^([ \t]*)(?:Public )?((?:Declare|Function|Sub|Property|Const)\b)", re.M)
_LAUNCHERS = ("RunPython", "RunFrozenPython", "ExecuteWindows")
_GUARD = '    If TypeName(Application.Caller) = "Range" Then Exit Function\n'

_CONTENT_TYPES, _CUSTOM_UI, _VBA = "[Content_Types].xml", "customUI/customUI.xml", "xl/vbaProject.bin"
_WORKBOOK, _SHEET, _PROPERTIES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml"


def build(target: Path) -> None:
    """Write the add-in to ``target``; raises ``OutputError`` where it cannot be written or xlwings does not fit."""
    write_bytes(target, add_in())


def add_in() -> bytes:
    """Return the add-in as a file's bytes."""
    return zipped(parts())


def xlwings_version() -> str:
    """Return the version of the installed xlwings."""
    import xlwings

    return str(xlwings.__version__)


def parts() -> dict[str, bytes]:
    """Return the add-in's parts by name: the frame's, with ours in place of its own."""
    with zipfile.ZipFile(_xlwings() / "quickstart_addin_ribbon.xlam") as frame:
        found = {name: frame.read(name) for name in frame.namelist()}
    missing = {_CONTENT_TYPES, _CUSTOM_UI, _VBA, _WORKBOOK, _SHEET, _PROPERTIES} - set(found)
    if missing:
        raise _misfit(f"加载项模板缺少 {'、'.join(sorted(missing))}")
    found[_CUSTOM_UI] = ribbon.custom_ui()
    found[_VBA] = _vba(found[_WORKBOOK].decode(), found[_SHEET].decode())
    found[_WORKBOOK] = _workbook(found[_WORKBOOK].decode()).encode()
    found[_PROPERTIES] = _properties().encode()
    return {_CONTENT_TYPES: found.pop(_CONTENT_TYPES), **dict(sorted(found.items()))}


def _vba(workbook_xml: str, sheet_xml: str) -> bytes:
    """The VBA project. A document module must be named as its part of the workbook says."""
    procedures = "\n".join((python_starter(), ribbon.macros(), wrappers.wrappers()))
    return vba_project(
        PROJECT,
        PROJECT_ID,
        [
            Module(_code_name("workbookPr", workbook_xml), ModuleKind.WORKBOOK, events.workbook_module()),
            Module(_code_name("sheetPr", sheet_xml), ModuleKind.WORKSHEET),
            Module("Dictionary", ModuleKind.CLASS, dictionary_class()),
            # One module of procedures, since what is private to one is out of the reach of cells.
            Module(ribbon.MODULE, ModuleKind.STANDARD, procedures),
        ],
    )


def python_starter() -> str:
    """Return xlwings' VBA for add-ins of one's own, without its attributes, under our project name.

    As shipped, a setting is looked up on a sheet of the *active workbook* and beside it before the user's own file. A workbook that came by
    mail could so name the program that a button starts; here the user's own file is the only place. And as shipped, a cell of any workbook
    could call what starts programs and reads or writes files; here all of it is private.
    """
    code = _without_attributes(_read("xlwings_custom_addin.bas"))
    code = _replaced(code, 'PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT}"')
    # A sheet called “….py” would be taken for a program that came with the workbook.
    code = _replaced(code, _FROM_SHEETS, "                Exit For\n")
    code = _replaced(code, "    For Each sht In wb.Worksheets\n        If Right$", _NO_SHEETS)
    code = _replaced(
        code, 'Optional source As String = "") As Variant', 'Optional source As String = "user") As Variant'
    )
    return _guarded(_PUBLIC.sub(r"\1Private \2", code))


def _guarded(code: str) -> str:
    """The same, but what starts a program leaves at once where a cell calls it."""
    for launcher in _LAUNCHERS:
        code, count = re.subn(
            rf"^(Private Function {launcher}\((?:[^\n]*_\n)*[^\n]*\n)", rf"\1{_GUARD}", code, flags=re.M
        )
        if count != 1:
            raise _misfit(f"找不到 {launcher}")
    return code


def dictionary_class() -> str:
    """Return the class that xlwings' VBA needs, without the head that only exported files have."""
    code = _read("addin/Dictionary.cls")
    return _without_attributes(re.sub(r"\AVERSION.*?^END\s*$\s*", "", code, count=1, flags=re.S | re.M))


def _without_attributes(code: str) -> str:
    return re.sub(r"\A(?:Attribute VB_.*\n)*", "", code)


def _workbook(text: str) -> str:
    """The workbook part: the settings sheet renamed (with “_” in front it is not in use), the frame's birthplace left out."""
    text = _replaced(text, "_myaddin.conf", f"_{PROJECT}.conf")
    return re.sub(r"<mc:AlternateContent.*?absPath.*?</mc:AlternateContent>", "", text, flags=re.S)


def _properties() -> str:
    about = escape(f"xlreport {__version__}, xlwings {xlwings_version()}")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{PROJECT}</dc:title><dc:creator>{PROJECT}</dc:creator><dc:description>{about}</dc:description>"
        "</cp:coreProperties>"
    )


def _code_name(element: str, text: str) -> str:
    found = re.search(rf'<{element} [^>]*codeName="(\w+)"', text)
    if not found:
        raise _misfit(f"加载项模板没有 {element} 的 codeName")
    return found[1]


def _replaced(text: str, old: str, new: str) -> str:
    """Replace what must be there exactly once: a change in xlwings is to be seen here, not in Excel."""
    if text.count(old) != 1:
        raise _misfit(f"找不到“{old}”")
    return text.replace(old, new)


def _xlwings() -> Path:
    import xlwings

    return Path(xlwings.__file__).parent


def _read(name: str) -> str:
    return (_xlwings() / name).read_text(encoding="ascii")


def _misfit(problem: str) -> OutputError:
    return OutputError(
        FILE_NAME,
        f"已安装的 xlwings {xlwings_version()} 与本程序不配套（{problem}）",
        "请更新 xlreport，或安装它支持的 xlwings 版本",
    )
