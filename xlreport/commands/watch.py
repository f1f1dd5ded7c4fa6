"""``xlreport watch``: a check at every save, in any spreadsheet program."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import xlreport
from xlreport.commands import arguments


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "watch", run, "每次保存后自动审核，Excel、WPS、LibreOffice 都可以")
    arguments.report_file(parser)
    arguments.previous_file(parser)


def run(options: argparse.Namespace) -> int:
    """Check the report at every save until Ctrl-C; return 0 if it passed at last, 1 if not, 2 if it could not be read."""
    from xlreport.live.watching.looks import looks
    from xlreport.live.watching.page import page_for
    from xlreport.live.watching.watch import watch

    file: Path = options.file
    previous = xlreport.read(options.previous) if options.previous else None
    with page_for(file) as shown:
        return watch(file, previous, looks(file.absolute().parent), shown)
