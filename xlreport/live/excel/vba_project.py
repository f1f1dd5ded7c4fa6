"""A VBA project from source text: modules in, ``vbaProject.bin`` out.

What Excel's editor keeps as a module's properties are attributes at the head of its source ([MS-OVBA] 2.3.4.3 and
[MS-VBAL] 4.2); this module writes them, ``ovba`` makes the streams and ``compound_writer`` the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xlreport.live.excel import ovba
from xlreport.live.excel.ovba import ModuleEntry, ModuleKind
from xlreport.sources.compound_writer import compound_file

#: The classes that Excel's own modules and class modules are made of.
WORKBOOK = "{00020819-0000-0000-C000-000000000046}"
WORKSHEET = "{00020820-0000-0000-C000-000000000046}"
CLASS = "{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")


@dataclass(frozen=True)
class Module:
    """One module: its name, its kind, its code without the attributes at the head, and the class it is made of.

    ``base`` is empty for a standard module.
    """

    name: str
    kind: ModuleKind
    code: str = ""
    base: str = ""

    @property
    def source(self) -> bytes:
        """The source as the file keeps it: attributes, then code, ASCII, lines ended by CR LF.

        Raises ``ValueError`` for a name or a character that would depend on the code page of the machine.
        """
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"not a module name: {self.name!r}")
        text = "\n".join((*self._attributes(), self.code))
        return re.sub(r"\r\n|\r|\n", "\r\n", text).encode("ascii")

    def _attributes(self) -> list[str]:
        named = f'Attribute VB_Name = "{self.name}"'
        if not self.base:
            return [named]
        document = self.kind is ModuleKind.DOCUMENT
        values = {
            "GlobalNameSpace": False,
            "Creatable": False,
            "PredeclaredId": document,
            "Exposed": document,
            "TemplateDerived": False,
            "Customizable": document,
        }
        return [
            named,
            f'Attribute VB_Base = "0{self.base}"',
            *(f"Attribute VB_{key} = {value}" for key, value in values.items()),
        ]


def workbook(name: str, code: str = "") -> Module:
    """Return the module that belongs to the workbook itself: a class, which hears events."""
    return Module(name, ModuleKind.DOCUMENT, code, WORKBOOK)


def worksheet(name: str) -> Module:
    """Return the module that belongs to a sheet; ``name`` is the sheet's code name."""
    return Module(name, ModuleKind.DOCUMENT, base=WORKSHEET)


def standard_module(name: str, code: str) -> Module:
    """Return a module of procedures."""
    return Module(name, ModuleKind.STANDARD, code)


def class_module(name: str, code: str) -> Module:
    """Return a class module."""
    return Module(name, ModuleKind.CLASS, code, CLASS)


def vba_project(name: str, project_id: str, modules: Sequence[Module]) -> bytes:
    """Return ``vbaProject.bin`` for a project with these modules.

    ``project_id`` is a GUID in braces and capitals. The same arguments give the same bytes.
    """
    entries = [ModuleEntry(module.name, module.kind) for module in modules]
    return compound_file(
        {
            "VBA/dir": ovba.compress(ovba.dir_stream(name, entries)),
            **{f"VBA/{module.name}": ovba.compress(module.source) for module in modules},
            "VBA/_VBA_PROJECT": ovba.NOTHING_COMPILED,
            "PROJECT": ovba.project_stream(name, project_id, entries),
            "PROJECTwm": ovba.names_stream(entries),
        }
    )
