"""What the documents say is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlreport import __version__
from xlreport.cli import COMMANDS, parser
from xlreport.form.catalogue import built_in
from xlreport.rules.printing import as_markdown, listed

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_rules_is_the_catalogue(name: str):
    text = (ROOT / name).read_text("utf-8")
    table = re.search(r"<!-- rules -->\n(.*?)\n?<!-- /rules -->", text, re.DOTALL)
    assert table is not None
    assert table[1] == as_markdown(listed(built_in())), "run: python tests/test_documentation.py"


@pytest.mark.parametrize("name", READMES)
def test_links_and_pictures_are_there(name: str):
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text("utf-8")):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_is_one(name: str):
    known = set(COMMANDS)
    shown = set(
        re.findall(r"^(?:\.venv/bin/)?xlreport (\w+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    )
    assert shown <= known
    assert shown >= {"demo", "new", "check", "convert"}


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
    for name in READMES:
        head, _, rest = (ROOT / name).read_text("utf-8").partition("<!-- rules -->")
        tail = rest.partition("<!-- /rules -->")[2]
        (ROOT / name).write_text(head + block + tail, "utf-8")


if __name__ == "__main__":
    rewrite()
