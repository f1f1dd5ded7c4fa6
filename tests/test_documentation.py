"""What the documents say is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.office import INSTALL, SKIPPED, without_office
from xlreport import __version__
from xlreport.cli import COMMANDS, parser
from xlreport.form.catalogue import built_in
from xlreport.live.menu import BUTTONS
from xlreport.rules.printing import as_markdown, listed

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
RULES = ("docs/rules.md", "docs/rules.zh-CN.md")


@pytest.mark.parametrize("name", RULES)
def test_the_table_of_rules_is_the_catalogue(name: str):
    text = (ROOT / name).read_text("utf-8")
    table = re.search(r"<!-- rules -->\n(.*?)\n?<!-- /rules -->", text, re.DOTALL)
    assert table is not None
    assert table[1] == as_markdown(listed(built_in())), "run: python -m tests.test_documentation"


@pytest.mark.parametrize("name", [*READMES, *RULES])
def test_links_and_pictures_are_there(name: str):
    page = ROOT / name
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def recipes() -> dict[str, str]:
    """Return the one command of each target of the Makefile."""
    return dict(re.findall(r"^(\w+):\n\t(python3 .*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def shown(name: str, language: str) -> list[str]:
    """Return the lines of a document's blocks in a language."""
    blocks = re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_the_makefiles(name: str):
    commands = recipes()
    assert list(commands) == ["demo", "test"]
    lines = shown(name, "sh")
    assert {"make demo", "make test"} <= set(lines)
    assert [line for line in lines if line.startswith("python3")] == list(commands.values())


@pytest.mark.parametrize("name", READMES)
def test_the_commands_for_windows_are_the_same_ones(name: str):
    there = [line.replace("python3", "py").replace("/bin/", "\\Scripts\\") for line in recipes().values()]
    assert shown(name, "bat") == there


@pytest.mark.parametrize("name", READMES)
def test_what_to_click_is_what_is_on_the_buttons(name: str):
    labels = {button.label for button in BUTTONS}
    assert {"校验", "采纳建议", "生成文档"} <= labels & set(
        re.findall(r"\*\*(\w+)\*\*", (ROOT / name).read_text("utf-8"))
    )


def test_what_a_missing_libreoffice_leaves_out_is_said_with_a_command_of_the_makefile():
    assert without_office(["Skipped: needs /proc"]) == ""
    line = without_office(["Skipped: needs /proc", *[f"Skipped: {SKIPPED}: soffice is not installed"] * 2])
    assert line.startswith("2 tests were skipped because LibreOffice is missing")
    assert line.endswith(INSTALL)
    assert f"\n{INSTALL.removeprefix('make ')}:\n" in (ROOT / "Makefile").read_text("utf-8")


def test_what_runs_on_every_change_runs_the_two_commands():
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("make ")] == [
        "make demo",
        "make libreoffice",
        "make test",
    ]
    assert lines.index("make demo") < lines.index('.venv/bin/pip install --quiet -e ".[dev,fuzz]"')


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_is_one(name: str):
    known = set(COMMANDS)
    shown = set(re.findall(r"(?:^|bin/)xlreport (\w+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
    assert shown <= known
    assert shown >= {"demo", "new", "check", "convert"}


def test_the_workflow_runs_the_two_commands_on_every_python_that_is_promised():
    text = (ROOT / ".github/workflows/tests.yml").read_text("utf-8")
    steps = re.findall(r"^ +- run: (.*)$", text, re.MULTILINE)
    # There py would take the newest Python of the machine.
    windows = {line.replace("py -m", "python -m", 1) for line in shown("README.md", "bat")}
    assert {".ci/run", "make demo", "make test", *windows} <= set(steps)
    matrices = re.findall(r"python: \[(.*)\]", text)
    assert matrices == ['"3.11", "3.12", "3.13", "3.14"'] * 2
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_every_command_explains_itself(capsys):
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            parser().parse_args([command, "--help"])
        assert "显示帮助" in capsys.readouterr().out


def test_the_changelog_knows_the_version():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## {__version__}" in text or "## Unreleased" in text
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def rewrite() -> None:
    """Put the catalogue into the documents."""
    block = f"<!-- rules -->\n{as_markdown(listed(built_in()))}\n<!-- /rules -->"
    for name in RULES:
        head, _, rest = (ROOT / name).read_text("utf-8").partition("<!-- rules -->")
        tail = rest.partition("<!-- /rules -->")[2]
        (ROOT / name).write_text(head + block + tail, "utf-8")


if __name__ == "__main__":
    rewrite()
