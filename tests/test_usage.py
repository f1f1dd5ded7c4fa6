"""The manual names every command and every option, and the installation says nothing that is not so."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from windows import build
from xlreport import __version__
from xlreport.cli import parser
from xlreport.form.catalogue import CURRENT, form_of
from xlreport.live.libreoffice.extension import IDENTIFIER
from xlreport.live.menu import BUTTONS
from xlreport.workbook.guide import quick_page

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
USAGE = (DOCS / "commands.zh-CN.md").read_text("utf-8")
INSTALL = (DOCS / "install-windows.zh-CN.md").read_text("utf-8")
READMES = ("README.md", "README.zh-CN.md")


def subcommands(found: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of a parser's commands by name."""
    return {
        name: below
        for action in found._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, below in action.choices.items()
    }


def words(found: argparse.ArgumentParser) -> Iterator[str]:
    """Yield what a manual has to name of a command: options, their values, arguments, actions with theirs."""
    for action in found._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield name
                yield from words(below)
        elif isinstance(action, argparse._HelpAction):
            continue
        else:
            option = action.option_strings[-1] if action.option_strings else ""
            yield option or str(action.metavar)
            yield from (f"{option} {choice}" for choice in action.choices or ())


COMMANDS = subcommands(parser())


def section(command: str) -> str:
    """Return the manual's section on a command."""
    found = re.search(rf"^## {command}\n(.*?)(?=^## |\Z)", USAGE, re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/commands.zh-CN.md has no section “## {command}”"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_is_in_the_manual(command: str):
    text = section(command)
    assert f"`xlreport {command}" in text
    for word in words(COMMANDS[command]):
        assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text), f"{command}: {word}"


def test_the_manual_names_no_option_that_is_not_there():
    known = {word.split()[0] for found in COMMANDS.values() for word in words(found)} | {
        "--help",
        "--version",
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", USAGE)) <= known


def test_the_manual_has_no_command_that_is_not_there():
    assert set(re.findall(r"xlreport (?!--)([a-z]+)", USAGE)) <= set(COMMANDS)
    assert set(re.findall(r"xlreport\"? ([a-z]+)", INSTALL)) <= set(COMMANDS)
    assert set(re.findall(r"addin ([a-z]+)", INSTALL)) <= set(subcommands(COMMANDS["addin"]))


def test_the_page_of_one_page_is_what_the_workbook_says():
    assert (DOCS / "quick.zh-CN.md").read_text("utf-8") == quick_page(form_of(CURRENT))


def test_the_guide_names_every_button_and_no_command():
    guide = (DOCS / "usage.zh-CN.md").read_text("utf-8")
    assert all(f"“{button.label}”" in guide for button in BUTTONS)
    assert not re.search(r"xlreport (?!--)[a-z]+", guide) and "```" not in guide


def test_the_installation_is_one_step_without_a_command():
    found = re.search(r"^## 一步装好\n(.*?)^## ", INSTALL, re.DOTALL | re.MULTILINE)
    assert found is not None
    assert f"`{build.SETUP}`" in found[1] and "```" not in found[1]
    assert f"`{build.FOLDER}`" in INSTALL and "`安装.cmd`" in INSTALL


def test_the_builder_is_called_as_it_wants_to_be():
    (call,) = re.findall(r"^\.venv/bin/python (windows/build\.py) --python-zip (\S+)$", INSTALL, re.MULTILINE)
    assert (ROOT / call[0]).exists() and call[1].endswith("-embed-amd64.zip")
    assert "--wheels" in INSTALL


def test_the_installation_names_this_version_and_the_extension():
    assert set(re.findall(r"xlreport-([\d.]+)-py3", INSTALL)) == {__version__}
    assert f"unopkg remove {IDENTIFIER}" in INSTALL


def test_what_needs_its_own_word_for_windows_is_what_xlwings_asks_for():
    """pip reads “only on Windows” of the machine that downloads; so such requirements must be spelled out."""
    from importlib.metadata import requires

    project = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    assert listed is not None
    names = re.findall(r'^  "([\w-]+)', listed[1], re.MULTILINE)
    assert "xlwings" in names
    windows = {
        requirement.split(";")[0].strip()
        for name in names
        for requirement in requires(name) or ()
        if re.search(r"(platform_system|sys_platform) == ['\"](Windows|win32)['\"]", requirement)
        and "extra" not in requirement
    }
    assert windows == {build.WINDOWS_ONLY} == set(re.findall(r'"(pywin32[^"]*)"', INSTALL))


PAGES = ("usage.zh-CN.md", "quick.zh-CN.md", "commands.zh-CN.md", "install-windows.zh-CN.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_are_there(page: str):
    text = (DOCS / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (DOCS / target).exists(), target
    headings = set(re.findall(r"^#+ (.*)$", text, re.MULTILINE))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("page", ["usage.zh-CN.md", "install-windows.zh-CN.md"])
def test_they_are_found_from_the_readme(readme: str, page: str):
    assert f"](docs/{page})" in (ROOT / readme).read_text("utf-8")
