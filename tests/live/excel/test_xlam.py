"""The add-in as a file: a sound package, a sound VBA project, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import olefile
import pytest
import xlwings
from oletools.olevba import VBA_Parser

from xlreport.errors import OutputError
from xlreport.live import functions, menu
from xlreport.live.excel import events, ribbon, wrappers, xlam

PARTS = xlam.parts()
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def modules() -> dict[str, str]:
    parser = VBA_Parser(xlam.FILE_NAME, data=xlam.add_in())
    try:
        return {Path(name).stem: source for _, _, name, source in parser.extract_macros()}
    finally:
        parser.close()


def relations(name: str) -> dict[str, str]:
    """The targets of a part's relations, by the last word of their type, as names of parts."""
    folder = PurePosixPath(name).parent.parent
    return {
        relation.get("Type").rpartition("/")[2]: str(folder / relation.get("Target"))
        for relation in ElementTree.fromstring(PARTS[name]).iter(RELATIONS)
    }


def test_the_package_opens_and_begins_with_its_content_types():
    with zipfile.ZipFile(io.BytesIO(xlam.add_in())) as package:
        assert package.testzip() is None
        assert package.namelist()[0] == "[Content_Types].xml" and package.namelist() == list(PARTS)


def test_every_part_has_a_type_and_every_type_its_part():
    root = ElementTree.fromstring(PARTS["[Content_Types].xml"])
    overrides = {item.get("PartName")[1:]: item.get("ContentType") for item in root.iter(f"{TYPES}Override")}
    endings = {item.get("Extension") for item in root.iter(f"{TYPES}Default")}
    assert set(overrides) <= set(PARTS)
    assert all(name in overrides or name.rpartition(".")[2] in endings for name in PARTS if name[0] != "[")
    assert overrides["xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    assert overrides["xl/vbaProject.bin"] == "application/vnd.ms-office.vbaProject"


def test_the_relations_lead_to_the_workbook_the_ribbon_and_the_vba():
    package, book = relations("_rels/.rels"), relations("xl/_rels/workbook.xml.rels")
    assert (
        package["officeDocument"] == "xl/workbook.xml" and package["extensibility"] == "customUI/customUI.xml"
    )
    assert book["vbaProject"] == "xl/vbaProject.bin"
    assert set(package.values()) | set(book.values()) <= set(PARTS)


def test_every_xml_part_is_well_formed():
    for name, content in PARTS.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)


def test_the_vba_project_is_strictly_valid():
    data = PARTS["xl/vbaProject.bin"]
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as file:
        assert not file.parsing_issues


def test_every_module_is_read_back():
    found = modules()
    assert set(found) == {"ThisWorkbook", "Sheet2", "Dictionary", ribbon.MODULE}
    for name, code in {
        ribbon.MODULE: "\n".join((xlam.python_starter(), ribbon.macros(), wrappers.wrappers())),
        "Dictionary": xlam.dictionary_class(),
        "ThisWorkbook": events.workbook_module(),
    }.items():
        assert found[name].replace("\r\n", "\n").endswith(code), name


def declarations(module: str) -> list[tuple[str, str, str]]:
    """What a module of the finished add-in declares: its scope, its name, and the rest of the line."""
    return re.findall(
        r"^[ \t]*((?:Public |Private |Friend |Global |Static )*)(?:Declare (?:PtrSafe )?)?"
        r"(?:Function|Sub|Property (?:Get|Let|Set)|Const|WithEvents)[ \t]+(\w+)(.*)$",
        modules()[module].replace("\r\n", "\n"),
        re.M | re.I,
    )


def test_a_cell_can_call_the_functions_and_nothing_else():
    """Whatever is public in a standard module can be called from a cell of any workbook, or started by a button or key of one."""
    declared = declarations(ribbon.MODULE)
    assert len(declared) > 60
    public = {name: rest for scope, name, rest in declared if "Private" not in scope and "(" in rest}
    macros = {ribbon.macro_name(button) for button in menu.BUTTONS}
    assert public.keys() == macros | {function.__name__ for function in functions.FUNCTIONS}
    # No cell has an IRibbonControl to hand over.
    assert {public[name] for name in macros} == {"(control As IRibbonControl)"}


def test_the_add_in_s_own_workbook_hears_events_and_is_private_to_the_last_line():
    declared = {name: (scope, rest) for scope, name, rest in declarations("ThisWorkbook")}
    assert {scope for scope, _ in declared.values()} == {"Private "}
    # As Excel calls them: a handler with other arguments would keep the module from being compiled.
    assert {name: rest for name, (_, rest) in declared.items() if "_" in name or name == "App"} == {
        "App": " As Application",
        "Workbook_Open": "()",
        "App_WorkbookActivate": "(ByVal Wb As Workbook)",
        "App_WorkbookBeforeSave": "(ByVal Wb As Workbook, ByVal SaveAsUI As Boolean, Cancel As Boolean)",
        "App_WorkbookAfterSave": "(ByVal Wb As Workbook, ByVal Success As Boolean)",
    }
    code = modules()["ThisWorkbook"]
    assert "Attribute VB_PredeclaredId = True" in code and "Attribute VB_Exposed = True" in code
    # No error is ever shown: every procedure that Excel calls goes on where something fails.
    handlers = re.findall(r"^Private Sub \w+_\w+\(.*\)\r?\n(.*)$", code, re.M)
    assert len(handlers) == 4 and {line.strip() for line in handlers} == {"On Error Resume Next"}
    assert not re.search(r"MsgBox|InputBox|Shell|CreateObject|RunPython|Declare|Open |Kill ", code)


@pytest.mark.parametrize("launcher", ["RunPython", "RunFrozenPython", "ExecuteWindows"])
def test_what_starts_a_program_leaves_at_once_where_a_cell_calls_it(launcher: str):
    code = modules()[ribbon.MODULE].replace("\r\n", "\n")
    (first,) = re.findall(rf"^Private Function {launcher}\((?:[^\n]*_\n)*[^\n]*\n([^\n]*)$", code, re.M)
    assert first.strip() == 'If TypeName(Application.Caller) = "Range" Then Exit Function'


def test_each_document_module_belongs_to_its_part():
    named = {
        found
        for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml")
        for found in re.findall(r'Pr [^>]*codeName="(\w+)"', PARTS[name].decode())
    }
    assert named == {"ThisWorkbook", "Sheet2"}


def test_the_python_starter_is_that_of_the_installed_xlwings_under_our_name():
    code = xlam.python_starter()
    assert 'PROJECT_NAME As String = "xlreport"' in code and "myaddin" not in code
    assert f'"xlwings64-{xlwings.__version__}.dll"' in code
    shipped = (Path(xlwings.__file__).parent / "xlwings_custom_addin.bas").read_text("ascii").splitlines()
    kept = {line.replace("Private ", "").replace("Public ", "") for line in code.splitlines()}
    as_shipped = {line.replace("Private ", "").replace("Public ", "") for line in shipped}
    # The module's name, the project's name, where settings are looked up, and (two lines) programs on sheets.
    assert len(as_shipped - kept) == 5


def test_settings_come_from_the_user_alone_and_never_from_a_workbook():
    (signature,) = re.findall(r"^Private Function GetConfig\(.*$", xlam.python_starter(), re.M)
    assert 'source As String = "user"' in signature
    calls = re.findall(r"GetConfig\([^()]*\)", xlam.python_starter())
    assert len(calls) > 20 and not [call for call in calls if re.search(r'"(sheet|directory)"', call)]


def test_a_sheet_named_like_a_python_file_is_a_sheet():
    code = xlam.python_starter()
    assert not re.findall(r"^ *uses_embedded_code = True$", code, re.M)
    assert not re.search(r"In wb\.Worksheets\n\s+If Right\$\(sht\.Name, 3\) = .*\n\s+If GetUdfModules", code)


def test_no_settings_sheet_is_in_use():
    assert re.findall(r'<sheet name="(.*?)"', PARTS["xl/workbook.xml"].decode()) == ["_xlreport.conf"]


def test_nobody_else_s_name_or_folder_is_left():
    for name, content in PARTS.items():
        assert not re.search(rb"felix|Users|myaddin", content, re.I), name


def test_the_versions_are_written_into_the_file():
    assert f"xlwings {xlwings.__version__}".encode() in PARTS["docProps/core.xml"]


def test_the_same_xlwings_gives_the_same_bytes():
    assert xlam.add_in() == xlam.add_in()


def test_an_xlwings_that_has_changed_is_refused_and_nothing_is_written(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(xlam, "_read", lambda name: 'Public Const PROJECT_NAME As String = "other"')
    with pytest.raises(OutputError, match="不配套"):
        xlam.build(tmp_path / "x.xlam")
    assert not list(tmp_path.iterdir())
