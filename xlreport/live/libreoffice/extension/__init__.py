"""The extension ``xlreport.oxt``: the buttons as a menu and a toolbar of LibreOffice Calc."""

from __future__ import annotations

import json
import sys
import zipfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from xlreport import __version__
from xlreport.live.menu import BUTTONS, TITLE, Button
from xlreport.output import write_bytes

#: The extension's identity, and the service that its menu calls.
IDENTIFIER = "cn.xlreport.buttons"
SERVICE = "cn.xlreport.Buttons"
COMPONENT = "xlreport_buttons.py"
SETTINGS = "xlreport_settings.json"
_CONTEXT = "com.sun.star.sheet.SpreadsheetDocument"
_OOR = "http://openoffice.org/2001/registry"


def build(path: Path, interpreter: str = sys.executable) -> None:
    """Write the extension to ``path``; its buttons run this package with ``interpreter``.

    Raises ``OutputError`` where ``path`` cannot be written.
    """
    write_bytes(path, content(interpreter))


def content(interpreter: str = sys.executable) -> bytes:
    """Return the extension as the bytes of a file, the same for the same version and interpreter."""
    settings = {"interpreter": interpreter, "title": TITLE}
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "Addons.xcu": addons(),
        COMPONENT: (files(__name__) / "component.py").read_bytes(),
        SETTINGS: json.dumps(settings, ensure_ascii=False).encode(),
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def addons() -> bytes:
    """Return the menu and the toolbar, made from the records of the buttons."""
    ElementTree.register_namespace("oor", _OOR)
    root = ElementTree.Element(
        f"{{{_OOR}}}component-data",
        {f"{{{_OOR}}}name": "Addons", f"{{{_OOR}}}package": "org.openoffice.Office"},
    )
    interface = _node(root, "AddonUI")
    menu = _node(_node(interface, "OfficeMenuBar"), IDENTIFIER, replace=True)
    _property(menu, "Title", TITLE)
    _property(menu, "Context", _CONTEXT)
    items = _node(menu, "Submenu")
    toolbar = _node(_node(interface, "OfficeToolBar"), IDENTIFIER, replace=True)
    for number, button in enumerate(BUTTONS, start=1):
        for parent in (items, toolbar):
            _item(parent, f"m{number}", button)
    text: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text


def _item(parent: ElementTree.Element, name: str, button: Button) -> None:
    item = _node(parent, name, replace=True)
    _property(item, "URL", f"service:{SERVICE}?{button.function}")
    _property(item, "Title", button.label)
    _property(item, "Target", "_self")
    _property(item, "Context", _CONTEXT)


def _node(parent: ElementTree.Element, name: str, *, replace: bool = False) -> ElementTree.Element:
    attributes = {f"{{{_OOR}}}name": name} | ({f"{{{_OOR}}}op": "replace"} if replace else {})
    return ElementTree.SubElement(parent, "node", attributes)


def _property(node: ElementTree.Element, name: str, value: str) -> None:
    prop = ElementTree.SubElement(node, "prop", {f"{{{_OOR}}}name": name, f"{{{_OOR}}}type": "xs:string"})
    ElementTree.SubElement(prop, "value").text = value
    # The registry's own schema prefix, which no attribute name mentions.
    prop.set("xmlns:xs", "http://www.w3.org/2001/XMLSchema")


def _manifest() -> bytes:
    types = {
        "Addons.xcu": "application/vnd.sun.star.configuration-data",
        COMPONENT: "application/vnd.sun.star.uno-component;type=Python",
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in types.items()
    )
    space = "http://openoffice.org/2001/manifest"
    return f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{space}">{entries}</manifest:manifest>'.encode()


def _description() -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><description xmlns="http://openoffice.org/extensions/description/2006">'
        f'<identifier value="{IDENTIFIER}"/><version value="{__version__}"/>'
        f'<display-name><name lang="zh">政府信息公开工作年度报告：{TITLE}</name></display-name></description>'
    ).encode()
