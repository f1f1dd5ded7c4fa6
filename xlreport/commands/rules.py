"""``xlreport rules``: the rules of every form."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from xlreport.commands import arguments
from xlreport.printable import printable


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "rules", run, "列出全部审核规则")
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="格式，默认 text"
    )


def run(options: argparse.Namespace) -> int:
    """Print the rules of all forms; return 0."""
    from xlreport.form.catalogue import complaints, forms
    from xlreport.rules import printing

    written = {"text": printing.as_text, "json": printing.as_json, "markdown": printing.as_markdown}
    print(written[options.format](printing.listed(forms())))
    for complaint in complaints():
        print(printable(complaint), file=sys.stderr)
    return 0
