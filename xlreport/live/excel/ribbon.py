"""The ribbon tab and the macros behind it, both from the records of ``xlreport.live.menu``.

Labels stand in the customUI part, which is UTF-8. The macros are ASCII: VBA keeps its sources in a code page, and what is Chinese
under one is noise under another.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from xlreport.live.menu import BUTTONS, NO_WORKBOOK, TITLE, Button

NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"
#: The VBA module that holds the macros, and everything else.
MODULE = "XlreportAddIn"


def custom_ui() -> bytes:
    """Return the customUI part: one tab, one group per group of buttons."""
    root = ElementTree.Element("customUI", xmlns=NAMESPACE)
    tabs = ElementTree.SubElement(ElementTree.SubElement(root, "ribbon"), "tabs")
    tab = ElementTree.SubElement(tabs, "tab", id="xlreportTab", label=TITLE)
    for number, (label, buttons) in enumerate(groupby(BUTTONS, key=lambda button: button.group), start=1):
        group = ElementTree.SubElement(tab, "group", id=f"xlreportGroup{number}", label=label)
        for button in buttons:
            ElementTree.SubElement(
                group,
                "button",
                id=macro_name(button),
                label=button.label,
                size="large",
                imageMso=button.image,
                screentip=button.tip,
                supertip=button.explanation,
                onAction=f"{MODULE}.{macro_name(button)}",
            )
    return bytes(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True))


def macro_name(button: Button) -> str:
    """Return the name of the button's macro: ``fill_totals`` → ``XlrFillTotals``."""
    return "Xlr" + "".join(word.capitalize() for word in button.function.split("_"))


def macros() -> str:
    """Return the VBA of all buttons' macros, as one module."""
    return "\n".join((_PRELUDE.replace("MESSAGE", vba_text(NO_WORKBOOK)), *map(_macro, BUTTONS)))


def _macro(button: Button) -> str:
    return f"""\
Public Sub {macro_name(button)}(control As IRibbonControl)
    Press "{button.command}"
End Sub
"""


#: xlwings' RunPython asks for ActiveWorkbook.FullName, which without a workbook stops in the debugger.
_PRELUDE = """\
Private Sub Press(command As String)
    If ActiveWorkbook Is Nothing Then
        MsgBox MESSAGE, vbInformation
    Else
        RunPython command
    End If
End Sub
"""


def vba_text(text: str) -> str:
    """Return ``text`` as a VBA expression in ASCII; other characters are named by their number."""
    parts = re.findall(r"[ -~]+|[^ -~]", text)
    return " & ".join(
        f'"{part.replace(chr(34), chr(34) * 2)}"' if part.isascii() else f"ChrW({ord(part)})"
        for part in parts
    )
