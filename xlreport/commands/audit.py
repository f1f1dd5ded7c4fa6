"""``xlreport audit``: every report in a folder, one summary workbook."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.commands import arguments
from xlreport.errors import OutputError
from xlreport.output import refuse_existing, refuse_to_overwrite, replacing
from xlreport.printable import printable

if TYPE_CHECKING:
    from xlreport.collection.cache import Cache
    from xlreport.collection.organisations import LastYear
    from xlreport.collection.records import Audited
    from xlreport.collection.roster import Roster
    from xlreport.collection.summary_book import SummaryBook
    from xlreport.collection.summary_page import SummaryPage
    from xlreport.collection.tally import Totals
    from xlreport.collection.verdicts import Verdicts
    from xlreport.office_file import OfficeFile

#: The status a shell expects of what was stopped by Ctrl-C.
INTERRUPTED = 130
_PAGES = (".html", ".htm")


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "audit", run, "审核文件夹里的全部年度报告，生成汇总表")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="存放各单位报告的文件夹（含子文件夹）")
    parser.add_argument("out", metavar="OUT", type=Path, help="要生成的汇总表：.xlsx 工作簿，或 .html 网页")
    parser.add_argument(
        "--previous", metavar="FOLDER", type=Path, help="存放上年报告的文件夹，按单位名称对应"
    )
    parser.add_argument(
        "--units",
        metavar="LIST",
        type=Path,
        help="应报单位名单（.txt、.csv 或 .xlsx，每行一个）：列出已报、未报和报送率",
    )
    parser.add_argument(
        "--limit",
        metavar="SECONDS",
        type=arguments.seconds,
        help="一份文件最多读几秒，超过的停止读取并列为无法读取；默认 60",
    )
    parser.add_argument(
        "--previous-summary",
        metavar="FILE",
        type=Path,
        help="上次的汇总表：沿用其中“处理”“处理说明”两栏；OUT 已存在并用 --force 替换时，它里面的自动沿用",
    )
    parser.add_argument(
        "--letters",
        metavar="FOLDER",
        type=Path,
        help="给每个不通过或无法读取的单位写一份退回意见（.docx），标准工作簿另附标注好的一份；放进一个新的或空的文件夹",
    )
    arguments.office_rules(parser)
    arguments.jobs(parser)
    arguments.force(parser)
    parser.epilog = (
        "全部通过（可以有提示）返回 0，有单位不通过或无法读取返回 1，参数有误返回 2；按 Ctrl-C 停止时写出已完成的部分，返回 130。"
        "再次运行只审核有变化的文件；记录存在当前用户自己的文件夹里，可以随时删除。"
    )


def run(options: argparse.Namespace) -> int:
    """Write the summary; return 0 if every unit passed, 1 if not, 130 if Ctrl-C stopped it."""
    from xlreport.collection.auditing import IMPORTS
    from xlreport.collection.cache import Cache, cache_for
    from xlreport.collection.letters import refuse_used
    from xlreport.collection.readers import LIMIT, Readers, working
    from xlreport.collection.report_files import CACHE_SUFFIX, files_under
    from xlreport.collection.roster import Roster
    from xlreport.collection.spreading import processors
    from xlreport.collection.tree import Tree
    from xlreport.collection.unit_list import listed_in
    from xlreport.office_file import office_file

    out: Path = options.out
    if out.suffix.lower() not in (".xlsx", *_PAGES):
        raise OutputError(out, "汇总表的扩展名应为 .xlsx 或 .html")
    refuse_to_overwrite(out, options.units)
    if not options.force:
        refuse_existing(out)
    roster = Roster(Tree(options.units, listed_in(options.units))) if options.units else None
    if options.letters:
        refuse_used(options.letters, options.folder)
    verdicts = _verdicts(out, options.previous_summary)
    office = office_file(options.rules, options.folder)
    if office.remark:
        print(printable(office.remark), file=sys.stderr)
    files = files_under(options.folder, out, options.previous, options.units, options.previous_summary)
    last = (
        files_under(options.previous, options.folder, out, options.units, options.previous_summary)
        if options.previous
        else []
    )
    jobs = options.jobs or (processors() if len(files) + len(last) >= arguments.FEW else 1)
    cache = Cache(cache_for(out))
    try:
        with working(Readers(jobs, options.limit or LIMIT, IMPORTS)) as executor:
            totals = _audit(options, files, last, roster, executor, cache, office, verdicts)
    finally:
        cache.close()
    beside = out.with_name(out.name + CACHE_SUFFIX)
    if os.path.lexists(beside):
        print(
            printable(f"{beside} 没有使用：审核记录只存在用户自己的文件夹里，这个可以删除。"), file=sys.stderr
        )
    if cache.trouble:
        print(f"{cache.trouble}。", file=sys.stderr)
    print(f"{totals.sentence}。")
    if roster is not None and totals.complete:
        print(f"{roster.rate().sentence}。")
    print(f"已生成：{out}")
    if not totals.complete:
        return INTERRUPTED
    return 0 if totals.passed else 1


def _audit(
    options: argparse.Namespace,
    files: Sequence[str],
    last: Sequence[str],
    roster: Roster | None,
    executor: Executor | None,
    cache: Cache,
    office: OfficeFile,
    verdicts: Verdicts,
) -> Totals:
    from xlreport.collection.audit import audit
    from xlreport.collection.summary import Summary

    last_year = _last_year(options.previous, last, executor, cache) if options.previous else None
    with (
        replacing(options.out) as temporary,
        contextlib.closing(_target(temporary, options.out)) as target,
    ):
        summary = Summary(target, options.folder, len(files), roster, office, verdicts)
        records = audit(
            options.folder, files, last_year=last_year, executor=executor, cache=cache, office=office.text
        )
        judged = _until_stopped(map(summary.add, records), len(files))
        if options.letters:
            _send_back(options, judged, executor, last_year.pack() if last_year else b"", office.text)
        for _ in judged:
            pass
        return summary.finish()


def _target(path: Path, out: Path) -> SummaryBook | SummaryPage:
    """Return what the summary is drawn on, as the ending of ``out`` says."""
    if out.suffix.lower() in _PAGES:
        from xlreport.collection.summary_page import SummaryPage

        return SummaryPage(path, out)
    from xlreport.collection.summary_book import SummaryBook

    return SummaryBook(path, out)


def _send_back(
    options: argparse.Namespace,
    records: Iterator[Audited],
    executor: Executor | None,
    last_year: bytes,
    office: str,
) -> None:
    from xlreport.collection.letters import send_back

    sent = send_back(options.letters, options.folder, records, executor, last_year, office)
    for complaint in sent.complaints:
        print(printable(complaint), file=sys.stderr)
    print(f"退回意见 {sent.letters} 份（附标注的工作簿 {sent.marked} 份）：{options.letters}")


def _verdicts(out: Path, earlier: Path | None) -> Verdicts:
    """Return what was said of findings in the summary that is to be replaced, and before that in an ``earlier`` one."""
    from xlreport.collection.earlier_summary import is_workbook, verdicts_in
    from xlreport.collection.verdicts import Verdicts

    given = verdicts_in(out) if is_workbook(out) else []
    return Verdicts([*given, *(verdicts_in(earlier) if earlier else [])])


def _last_year(folder: Path, files: Sequence[str], executor: Executor | None, cache: Cache) -> LastYear:
    from xlreport.collection.audit import last_year_of
    from xlreport.collection.organisations import LastYear
    from xlreport.collection.progress import progress

    with progress("读取上年报告", len(files)) as step:

        def stepping() -> Iterable[Any]:
            for found in last_year_of(folder, files, executor, cache):
                step()
                yield found

        return LastYear(str(folder.absolute()), stepping())


def _until_stopped(records: Iterator[Audited], total: int) -> Iterator[Audited]:
    """Yield the records until the last, or until Ctrl-C; what was added to a summary is complete either way."""
    from xlreport.collection.progress import progress
    from xlreport.collection.spreading import stopping

    with stopping() as stopped, progress("审核", total) as step:
        try:
            for record in records:
                step()
                yield record
                if stopped():
                    break
        except KeyboardInterrupt:
            print("已停止。", file=sys.stderr)
