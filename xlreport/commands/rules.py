"""``xlreport rules``: the rule catalogue."""

from __future__ import annotations

import argparse
from typing import Any

from xlreport.commands import arguments


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "rules", run, "列出全部审核规则")
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="格式，默认 text"
    )


def run(options: argparse.Namespace) -> int:
    """Print the catalogue; return 0."""
    from xlreport.rules import printing

    print(
        {"text": printing.as_text, "json": printing.as_json, "markdown": printing.as_markdown}[
            options.format
        ]()
    )
    return 0
