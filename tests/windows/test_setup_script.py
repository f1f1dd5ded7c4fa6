"""The script of the installer: for one user, and whatever it makes it takes away again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "windows/setup.nsi").read_text("utf-8")


def section(name: str) -> str:
    found = re.search(rf'^Section "{name}"\n(.*?)^SectionEnd', SCRIPT, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def found(pattern: str, name: str) -> set[str]:
    return set(re.findall(rf"^\s*{pattern}", section(name), re.MULTILINE))


def test_it_is_for_one_user_and_asks_for_no_administrator() -> None:
    assert "RequestExecutionLevel user\n" in SCRIPT
    assert re.search(r'^InstallDir "\$LOCALAPPDATA\\', SCRIPT, re.MULTILINE)
    assert not re.findall(
        r"HKLM|HKCR|HKEY_LOCAL|SHCTX|\$PROGRAMFILES|\$WINDIR|\$SYSDIR|SetShellVarContext all", SCRIPT
    )


def test_every_key_it_writes_is_deleted() -> None:
    written = found(r'WriteReg\w+ (HKCU "\$\{\w+\})', "install")
    deleted = found(r'DeleteRegKey (HKCU "\$\{\w+\})"', "Uninstall")
    assert written == deleted
    assert len(written) == 2


def test_every_shortcut_and_folder_it_makes_is_deleted() -> None:
    made = found(r'CreateShortCut "([^"]+)"', "install")
    assert made == found(r'Delete "(\$\{MENU\}[^"]+)"', "Uninstall")
    assert {re.sub(r".*\\(.*)\.lnk", r"\1", each) for each in made} == {"新建年报", "说明", "卸载"}
    assert found(r'CreateDirectory "([^"]+)"', "install") <= found(r'RMDir "([^"]+)"', "Uninstall")


def test_a_whole_folder_goes_only_where_nobody_else_puts_anything() -> None:
    whole = found(r'RMDir /r "([^"]+)"', "install") | found(r'RMDir /r "([^"]+)"', "Uninstall")
    assert whole == {"$INSTDIR\\python", "$INSTDIR\\python.old", "$LOCALAPPDATA\\xlreport\\cache"}


def test_what_lies_beside_python_is_deleted_by_name() -> None:
    build = (ROOT / "windows/build.py").read_text("utf-8")
    beside = set(re.findall(r'\(target / "([\w.]+)"\)\.write', build)) | {"uninstall.exe"}
    assert {f"$INSTDIR\\{name}" for name in beside} == found(r'Delete "(\$INSTDIR[^"]+)"', "Uninstall")


@pytest.mark.parametrize("name", ["install", "Uninstall"])
def test_nothing_waits_for_a_click_where_nobody_looks(name: str) -> None:
    boxes = re.findall(r"^\s*MessageBox .*$", section(name), re.MULTILINE)
    assert boxes
    assert all(box.endswith("/SD IDOK") for box in boxes)


def test_the_add_in_leaves_excel_before_its_python_does() -> None:
    body = section("Uninstall")
    assert (
        0 < body.index("addin uninstall") < body.index('Rename "$INSTDIR\\python"') < body.index("RMDir /r")
    )


def test_every_call_is_one_that_the_program_knows() -> None:
    from xlreport.cli import parser

    calls = re.findall(r"-m xlreport\.cli ([\w ]+)'", SCRIPT)
    assert calls == ["addin install", "addin uninstall"]
    for call in calls:
        parser().parse_args(call.split())
    assert set(re.findall(r"-m xlreport\.desktop (\w+)", SCRIPT)) == {"new", "check"}
