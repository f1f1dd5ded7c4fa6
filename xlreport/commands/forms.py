"""``xlreport forms``: the forms that are known."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from xlreport.commands import arguments
from xlreport.printable import printable


def add(commands: Any) -> None:
    """Declare the arguments."""
    arguments.command(commands, "forms", run, "列出可用的报表格式，包括插件带来的")


def run(options: argparse.Namespace) -> int:
    """Print a line for each form: id, title, notice, where it comes from; return 0."""
    from xlreport.form.catalogue import complaints, form_ids, form_of, source_of

    for form_id in form_ids():
        form = form_of(form_id)
        source = source_of(form_id)
        print(
            printable(f"{form_id}　{form.title}（{form.notice}）　{f'插件 {source}' if source else '内置'}")
        )
    for complaint in complaints():
        print(printable(complaint), file=sys.stderr)
    return 0
