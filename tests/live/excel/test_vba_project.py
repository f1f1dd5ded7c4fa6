"""A whole VBA project: strictly valid as a file, and every module read back byte for byte."""

from __future__ import annotations

import io
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser

from xlreport.live.excel.ovba import ModuleKind
from xlreport.live.excel.vba_project import Module, vba_project

PROJECT_ID = "{D2B7C9A1-0F3E-4B6A-9C58-1E7A40C3F285}"
CODE = st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=100), max_size=120).map(
    "\n".join
)


def read_back(data: bytes) -> dict[str, bytes]:
    """The sources as olevba, an independent reader, finds them."""
    parser = VBA_Parser("vbaProject.bin", data=data)
    try:
        return {Path(stream).name: source.encode("ascii") for _, stream, _, source in parser.extract_macros()}
    finally:
        parser.close()


@given(st.lists(CODE, min_size=1, max_size=5))
def test_olevba_reads_every_module_back_byte_for_byte(codes: list[str]):
    modules = [
        Module("ThisWorkbook", ModuleKind.WORKBOOK),
        Module("Sheet1", ModuleKind.WORKSHEET),
        *(Module(f"Module{number}", ModuleKind.STANDARD, code) for number, code in enumerate(codes)),
        Module("Thing", ModuleKind.CLASS, codes[0]),
    ]
    data = vba_project("Xlreport", PROJECT_ID, modules)
    assert read_back(data) == {module.name: module.source for module in modules}
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as file:
        assert not file.parsing_issues


def test_the_attributes_say_what_a_module_is():
    assert (
        Module("Buttons", ModuleKind.STANDARD, "Sub A()").source
        == b'Attribute VB_Name = "Buttons"\r\nSub A()'
    )
    lines = Module("Sheet1", ModuleKind.WORKSHEET).source.decode().split("\r\n")
    assert "Attribute VB_PredeclaredId = True" in lines and "Attribute VB_Exposed = True" in lines
    assert "Attribute VB_PredeclaredId = False" in Module(
        "Thing", ModuleKind.CLASS, ""
    ).source.decode().split("\r\n")


@pytest.mark.parametrize(
    "module",
    [
        Module("校验", ModuleKind.STANDARD, ""),
        Module("x" * 32, ModuleKind.STANDARD, ""),
        Module("1x", ModuleKind.STANDARD, ""),
    ],
)
def test_a_name_that_vba_does_not_take_is_refused(module: Module):
    with pytest.raises(ValueError, match="not a module name"):
        _ = module.source


def test_chinese_in_the_source_is_refused_since_it_depends_on_the_code_page():
    with pytest.raises(UnicodeEncodeError):
        _ = Module("Buttons", ModuleKind.STANDARD, 'MsgBox "校验"').source


def test_the_same_modules_give_the_same_bytes():
    modules = [
        Module("ThisWorkbook", ModuleKind.WORKBOOK),
        Module("Buttons", ModuleKind.STANDARD, "Sub A()\nEnd Sub\n"),
    ]
    assert vba_project("X", PROJECT_ID, modules) == vba_project("X", PROJECT_ID, list(modules))
