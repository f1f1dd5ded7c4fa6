"""``xlreport new``: a fresh workbook for one organisation and year."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlreport
from xlreport.commands import arguments
from xlreport.errors import OutputError
from xlreport.last_year import carried_over
from xlreport.output import refuse_existing, refuse_to_overwrite
from xlreport.printable import printable
from xlreport.report import Report


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "new", run, "新建一份空白的标准工作簿")
    parser.add_argument("out", metavar="OUT.xlsx", type=Path, help="要新建的工作簿")
    parser.add_argument("--organisation", metavar="NAME", type=_name, required=True, help="机关名称（全称）")
    parser.add_argument("--year", metavar="N", type=_year, required=True, help="报告年度，如 2025")
    parser.add_argument("--previous", metavar="FILE", type=Path, help="上年报告；其中的数填入“上年数”表")
    arguments.force(parser)


def run(options: argparse.Namespace) -> int:
    """Write the workbook, with last year's figures and what they carry over if they are given; return 0."""
    from xlreport.workbook.writer import write

    if options.out.suffix.lower() != ".xlsx":
        raise OutputError(options.out, "工作簿的扩展名应为 .xlsx")
    refuse_to_overwrite(options.out, options.previous)
    if not options.force:
        refuse_existing(options.out)
    previous = None
    if options.previous:
        # Only one year back is kept: last year's own last year stays where it was.
        previous = xlreport.read(options.previous).model_copy(update={"previous": None})
        for remark in previous.remarks:
            print(f"读取说明：{printable(remark)}", file=sys.stderr)
        for doubt in _doubts(previous, options):
            print(f"请核对：{printable(doubt)}", file=sys.stderr)
    report = Report(organisation=options.organisation, year=options.year, previous=previous)
    carried = carried_over(report, previous) if previous is not None else {}
    write(report, options.out, carried)
    print(f"已新建：{options.out}")
    if carried:
        print(f"按上年报告结转下年度的数填了 {len(carried)} 格（浅蓝色），请核对。")
    return 0


def _doubts(previous: Report, options: argparse.Namespace) -> Iterator[str]:
    """Why the report given as last year's may be the wrong one."""
    if previous.year is not None and previous.year != options.year - 1:
        yield f"上年报告是{previous.year}年的，不是{options.year - 1}年的，“上年结转”没有预填"
    if previous.organisation and previous.organisation != options.organisation:
        yield f"上年报告是“{previous.organisation}”的，与本年的机关名称“{options.organisation}”不同"


def _year(text: str) -> int:
    if not text.isdecimal() or not 2008 <= int(text) <= 2100:
        raise argparse.ArgumentTypeError(f"应是四位年份（如 2025），写的是“{text}”")
    return int(text)


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("不能空着，请写机关全称")
    return text.strip()
