"""A VBA project from source text: modules in, ``vbaProject.bin`` out.

What Excel's editor keeps as a module's properties are attributes at the head of its source ([MS-OVBA] 2.3.4.3 and
[MS-VBAL] 4.2); this module writes them, ``ovba`` makes the streams and ``compound_writer`` the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from xlreport.live.excel import ovba
from xlreport.live.excel.ovba import ModuleKind
from xlreport.sources.compound_writer import compound_file

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")


class Module(NamedTuple):
    """One module: its name, its kind, and its code without the attributes at the head."""

    name: str
    kind: ModuleKind
    code: str = ""

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
        if not self.kind.base:
            return [named]
        document = self.kind.is_document
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
            f'Attribute VB_Base = "0{self.kind.base}"',
            *(f"Attribute VB_{key} = {value}" for key, value in values.items()),
        ]


def vba_project(name: str, project_id: str, modules: Sequence[Module]) -> bytes:
    """Return ``vbaProject.bin`` for a project with these modules.

    ``project_id`` is a GUID in braces and capitals. The same arguments give the same bytes.
    """
    entries = [(module.name, module.kind) for module in modules]
    return compound_file(
        {
            "VBA/dir": ovba.compress(ovba.dir_stream(name, entries)),
            **{f"VBA/{module.name}": ovba.compress(module.source) for module in modules},
            "VBA/_VBA_PROJECT": ovba.NOTHING_COMPILED,
            "PROJECT": ovba.project_stream(name, project_id, entries),
            "PROJECTwm": ovba.names_stream(entries),
        }
    )
