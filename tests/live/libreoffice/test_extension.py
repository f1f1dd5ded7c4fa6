"""The extension: every button in menu and toolbar, and a component that old Pythons can read."""

from __future__ import annotations

import ast
import json
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from xlreport.cli import main
from xlreport.live.libreoffice import extension, run
from xlreport.live.menu import BUTTONS, TITLE

_OOR = "{http://openoffice.org/2001/registry}"


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def values(node: ElementTree.Element, name: str) -> list[str]:
    return [prop.findtext("value") or "" for prop in node.iter("prop") if prop.get(f"{_OOR}name") == name]


def test_the_command_line_builds_it(tmp_path: Path) -> None:
    assert main(["addin", "build", str(tmp_path / "x.oxt")]) == 0
    made = parts(tmp_path / "x.oxt")
    assert json.loads(made[extension.SETTINGS])["interpreter"] == sys.executable
    for name in ("META-INF/manifest.xml", "description.xml", "Addons.xcu", "CalcWindowState.xcu"):
        ElementTree.fromstring(made[name])


def test_every_button_is_in_the_menu_and_in_the_toolbar() -> None:
    root = ElementTree.fromstring(extension.addons())
    bars = {node.get(f"{_OOR}name"): node for node in root.iter("node")}
    wanted = [f"service:{extension.SERVICE}?{button.function}" for button in BUTTONS]
    for bar in ("OfficeMenuBar", "OfficeToolBar"):
        found = [url for url in values(bars[bar], "URL") if url != "private:separator"]
        assert found == wanted
        groups = "|".join(values(bars[bar], "URL")).split("|private:separator|")
        assert len(groups) == len({button.group for button in BUTTONS})
    assert values(bars["OfficeToolBar"], "Title") == [button.label for button in BUTTONS]
    assert values(bars["OfficeMenuBar"], "Title")[0] == TITLE


def test_all_parts_are_in_the_manifest() -> None:
    import io

    with zipfile.ZipFile(io.BytesIO(extension.content())) as package:
        manifest = package.read("META-INF/manifest.xml").decode()
        source = package.read(extension.COMPONENT).decode()
        for name in ("Addons.xcu", "CalcWindowState.xcu", extension.COMPONENT):
            assert f'"{name}"' in manifest and name in package.namelist()
    # What is written in it twice must be the same: it cannot ask the package.
    assert f'"{extension.SERVICE}"' in source and f'"{extension.IDENTIFIER}"' in source
    assert f'"{extension.SETTINGS}"' in source and run.__name__ in source
    ast.parse(source, feature_version=(3, 8))


def test_what_cannot_be_reached_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["no_button", "pipe", "1"]) == 1
    assert "no_button" in capsys.readouterr().err
    pytest.importorskip("xlreport.live.libreoffice.office").uno()
    assert run.main(["validate", "no-such-pipe", "1"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "连接不上 LibreOffice" in said
