"""The extension ``xlreport.oxt``: the buttons as a menu and a toolbar of LibreOffice Calc, ``XLR_CHECK``, and what happens on saving."""

from __future__ import annotations

import inspect
import json
import sys
import zipfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from xlreport import __version__
from xlreport.live.functions import CHECKED, XLR_CHECK
from xlreport.live.menu import BUTTONS, TITLE, Button
from xlreport.output import write_bytes

#: The extension's identity, and the service that its menu calls.
IDENTIFIER = "cn.xlreport.buttons"
SERVICE = "cn.xlreport.Buttons"
#: The services that answer in cells, and that are called around saving; the events for that.
FUNCTIONS, SAVING = "cn.xlreport.Functions", "cn.xlreport.Saving"
EVENTS = (
    "OnViewCreated",
    *(f"{event}{end}" for event in ("OnSave", "OnSaveAs", "OnCopyTo") for end in ("", "Done", "Failed")),
)
COMPONENT = "xlreport_buttons.py"
#: Its type, of which the office reads the source.
TYPES = "xlreport_functions.idl"
SETTINGS = "xlreport_settings.json"
_CONTEXT = "com.sun.star.sheet.SpreadsheetDocument"
_OOR, _XS = "http://openoffice.org/2001/registry", "http://www.w3.org/2001/XMLSchema"


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
        "CalcWindowState.xcu": _toolbar_state(),
        "CalcAddIns.xcu": _functions(),
        "Jobs.xcu": _events(),
        TYPES: (files(__name__) / "functions.idl").read_bytes(),
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
    root = _registry("Addons", "org.openoffice.Office")
    interface = _node(root, "AddonUI")
    menu = _node(_node(interface, "OfficeMenuBar"), IDENTIFIER, op="replace")
    _property(menu, "Title", TITLE)
    _property(menu, "Context", _CONTEXT)
    items = _node(menu, "Submenu")
    toolbar = _node(_node(interface, "OfficeToolBar"), IDENTIFIER, op="replace")
    for number, (button, before) in enumerate(zip(BUTTONS, (None, *BUTTONS), strict=False), start=1):
        for parent in (items, toolbar):
            if before is not None and before.group != button.group:
                separator = _node(parent, f"m{number:02}a", op="replace")
                _property(separator, "URL", "private:separator")
            _item(parent, f"m{number:02}b", button)
    return _xml(root)


def _toolbar_state() -> bytes:
    """Where the toolbar begins: below the others and not afloat, and called by our name."""
    root = _registry("CalcWindowState", "org.openoffice.Office.UI")
    states = _node(_node(root, "UIElements"), "States")
    state = _node(states, f"private:resource/toolbar/addon_{IDENTIFIER}", op="replace")
    for name, value in {"Docked": "true", "DockPos": "0,3", "Visible": "true"}.items():
        _property(state, name, value, "")
    _property(state, "UIName", TITLE)
    return _xml(root)


def _functions() -> bytes:
    """The function that cells may call, and its words in the function wizard."""
    root = _registry("CalcAddIns", "org.openoffice.Office")
    functions = _node(_node(_node(root, "AddInInfo"), FUNCTIONS, op="replace"), "AddInFunctions")
    check = _node(functions, "check", op="replace")
    function = XLR_CHECK.__name__
    for name, value in {
        "DisplayName": function,
        "CompatibilityName": function,
        "Description": inspect.getdoc(XLR_CHECK) or "",
    }.items():
        _property(check, name, value)
    _property(check, "Category", "Add-In")
    parameters = _node(check, "Parameters")
    for name, words in CHECKED.items():
        parameter = _node(parameters, name, op="replace")
        _property(parameter, "DisplayName", name)
        _property(parameter, "Description", words)
    return _xml(root)


def _events() -> bytes:
    """What is called when a workbook is shown, before it is saved and afterwards."""
    root = _registry("Jobs", "org.openoffice.Office")
    job = _node(_node(root, "Jobs"), SAVING, op="replace")
    _property(job, "Service", SAVING)
    _property(job, "Context", _CONTEXT)
    events = _node(root, "Events")
    for event in EVENTS:
        # Another extension may have its own for the same event.
        _node(_node(_node(events, event, op="fuse"), "JobList"), SAVING, op="replace")
    return _xml(root)


def _registry(name: str, package: str) -> ElementTree.Element:
    ElementTree.register_namespace("oor", _OOR)
    attributes = {f"{{{_OOR}}}name": name, f"{{{_OOR}}}package": package}
    return ElementTree.Element(f"{{{_OOR}}}component-data", attributes)


def _xml(root: ElementTree.Element) -> bytes:
    text: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text


def _item(parent: ElementTree.Element, name: str, button: Button) -> None:
    item = _node(parent, name, op="replace")
    _property(item, "URL", f"service:{SERVICE}?{button.function}")
    _property(item, "Title", button.label)
    _property(item, "Target", "_self")
    _property(item, "Context", _CONTEXT)


def _node(parent: ElementTree.Element, name: str, *, op: str = "") -> ElementTree.Element:
    attributes = {f"{{{_OOR}}}name": name} | ({f"{{{_OOR}}}op": op} if op else {})
    return ElementTree.SubElement(parent, "node", attributes)


def _property(node: ElementTree.Element, name: str, value: str, kind: str = "xs:string") -> None:
    prop = ElementTree.SubElement(node, "prop", {f"{{{_OOR}}}name": name})
    if kind:
        prop.set(f"{{{_OOR}}}type", kind)
        # The prefix stands in a value, so ElementTree does not declare it by itself.
        prop.set("xmlns:xs", _XS)
    ElementTree.SubElement(prop, "value").text = value


def _manifest() -> bytes:
    settings = "application/vnd.sun.star.configuration-data"
    types = {
        "Addons.xcu": settings,
        "CalcWindowState.xcu": settings,
        "CalcAddIns.xcu": settings,
        "Jobs.xcu": settings,
        TYPES: "application/vnd.sun.star.uno-typelibrary;type=RDB",
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
