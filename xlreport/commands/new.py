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
from xlreport.form.catalogue import CURRENT, complaints, form_ids, is_known
from xlreport.last_year import carried_over
from xlreport.office_file import office_file
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
    arguments.office_rules(parser)
    parser.add_argument(
        "--form",
        metavar="ID",
        type=_form,
        default=CURRENT,
        help="报表格式，默认现行格式；可用的见 xlreport forms",
    )
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
    report = Report(
        form=options.form, organisation=options.organisation, year=options.year, previous=previous
    )
    carried = carried_over(report, previous) if previous is not None else {}
    office = office_file(options.rules, options.out.parent)
    write(report, options.out, carried, office.for_form(report.form))
    print(f"已新建：{options.out}")
    if office.path:
        print(f"本单位的审核关系取自 {printable(str(office.path))}")
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


def _form(text: str) -> str:
    if not is_known(text):
        known = f"没有“{text}”这种报表格式，可用：{'、'.join(form_ids())}"
        raise argparse.ArgumentTypeError("；".join((known, *complaints())))
    return text


def _name(text: str) -> str:
    try:
        # Where the system's language is “C”, Python hands the bytes of a name over as halves of characters.
        name = text.encode("utf-8", "surrogateescape").decode().strip()
    except UnicodeError:
        raise argparse.ArgumentTypeError("里有无法辨认的字符，请在 UTF-8 的终端里重试") from None
    if not name:
        raise argparse.ArgumentTypeError("不能空着，请写机关全称")
    return name
