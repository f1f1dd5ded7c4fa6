"""The ribbon and its macros, both from one record per button."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from xml.etree import ElementTree

from xlreport.live import menu
from xlreport.live.excel import ribbon

UI = "{http://schemas.microsoft.com/office/2006/01/customui}"
TAB = ElementTree.fromstring(ribbon.custom_ui()).find(f"{UI}ribbon/{UI}tabs/{UI}tab")
DRAWN = list(TAB.iter(f"{UI}button"))


def test_the_tab_shows_every_button_once_in_its_group():
    assert TAB.get("label") == "年报"
    drawn = [(group.get("label"), b.get("label")) for group in TAB for b in group]
    assert drawn == [(button.group, button.label) for button in menu.BUTTONS]
    ids = [element.get("id") for element in TAB.iter()]
    assert len(ids) == len(set(ids))


def test_every_button_explains_itself_within_the_limits_of_office():
    for button in DRAWN:
        assert button.get("imageMso") and button.get("size") == "large"
        assert 0 < len(button.get("screentip")) <= 1024 and 0 < len(button.get("supertip")) <= 1024


def test_every_button_has_its_macro_and_every_macro_its_button():
    actions = [button.get("onAction") for button in DRAWN]
    macros = re.findall(r"^Public Sub (\w+)\(control As IRibbonControl\)$", ribbon.macros(), re.M)
    assert actions == [f"{ribbon.MODULE}.{macro}" for macro in macros]


def test_every_macro_calls_the_function_of_its_record():
    calls = re.findall(r'^Public Sub (\w+).*\n    Press "(.*)"\nEnd Sub$', ribbon.macros(), re.M)
    assert calls == [(ribbon.macro_name(button), button.command) for button in menu.BUTTONS]
    for _, command in calls:
        ast.parse(command)
        # The command travels through VBA's and the shell's quotation marks.
        assert command.isascii() and not set(command) & set("\"'%&|<>^")


def test_every_button_has_its_python_function_and_every_such_function_its_button():
    module = importlib.import_module(menu.MODULE)
    for button in menu.BUTTONS:
        assert not inspect.signature(getattr(module, button.function), follow_wrapped=False).parameters
    # What ``button`` makes is called “press” within.
    buttons = [
        name
        for name, value in vars(module).items()
        if getattr(getattr(value, "__code__", None), "co_name", "") == "press"
    ]
    assert sorted(buttons) == sorted(button.function for button in menu.BUTTONS)


def test_the_macros_are_ascii_and_their_lines_fit():
    assert ribbon.macros().isascii()
    assert max(map(len, ribbon.macros().splitlines())) <= 1023


def test_a_chinese_text_is_spelled_in_ascii():
    assert ribbon.vba_text('请 say "A"') == 'ChrW(35831) & " say ""A"""'
