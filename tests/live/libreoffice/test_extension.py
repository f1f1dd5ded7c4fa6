"""The extension: every button in menu and toolbar, and a component that old Pythons can read."""

from __future__ import annotations

import ast
import io
import json
import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from xlreport.cli import main
from xlreport.live.excel import events
from xlreport.live.libreoffice import answering, extension, run
from xlreport.live.menu import BUTTONS, TITLE
from xlreport.workbook.names import PREFIX

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


def test_all_parts_are_in_the_manifest_and_what_is_written_twice_is_the_same() -> None:
    with zipfile.ZipFile(io.BytesIO(extension.content())) as package:
        listed = re.findall(r'full-path="([^"]*)"', package.read("META-INF/manifest.xml").decode())
        unlisted = {"META-INF/manifest.xml", "description.xml", extension.SETTINGS}
        assert {*listed, *unlisted} == set(package.namelist())
        source = package.read(extension.COMPONENT).decode()
        types = package.read(extension.TYPES).decode()
    # What is written in it twice must be the same: it cannot ask the package.
    for text in (extension.SERVICE, extension.FUNCTIONS, extension.SAVING, extension.IDENTIFIER):
        assert f'"{text}"' in source
    assert f'"{extension.SETTINGS}"' in source and run.__name__ in source and answering.__name__ in source
    assert f'TEMPLATE, TABLES, LAST_YEARS = "{events.TEMPLATE}", "{PREFIX}", "{events.LAST_YEARS}"' in source
    assert "def check(self, table: Any, previous: Any) -> str:" in source
    assert re.search(r"string check\(\[in\] \S+ table, \[in\] any previous\)", types)
    ast.parse(source, feature_version=(3, 8))


def test_it_is_called_before_every_save_and_after_it_whatever_came_of_it() -> None:
    before = ast.literal_eval(
        re.search(r"^BEFORE_SAVING = (.*)$", parts_of_component(), re.M)[1]  # type: ignore[index]
    )
    assert len(before) == 3
    assert {*before, "OnViewCreated"} <= set(extension.EVENTS)
    assert {f"{event}{end}" for event in before for end in ("Done", "Failed")} <= set(extension.EVENTS)


def parts_of_component() -> str:
    with zipfile.ZipFile(io.BytesIO(extension.content())) as package:
        return package.read(extension.COMPONENT).decode()


def test_what_a_cell_asks_is_answered_line_by_line() -> None:
    figures = [[0.0] * 15]
    blank, error = [[""] * 15], [[None] * 15]
    asked = [(figures, None), (figures, blank), (blank, None), ([["#N/A"] * 15], error), (figures, blank * 2)]
    questions = [json.dumps({"table": t, "previous": p, "row": 7, "column": 1}) for t, p in asked]
    answers = io.StringIO()
    answering.answer(questions, answers)
    said = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert said[0] == said[1] == "✓ 平衡（3 项）" and said[2] == "尚未填写"
    assert said[3].startswith("✗") and "#N/A" in said[3] and said[4] is None


def test_what_cannot_be_reached_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["no_button", "pipe", "1"]) == 1
    assert "no_button" in capsys.readouterr().err
    assert run.main(["validate", "no-such-pipe", "1"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "连接不上 LibreOffice" in said
