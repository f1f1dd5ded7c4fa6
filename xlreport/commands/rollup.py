"""``xlreport rollup``: the sum of many units' reports, and where it does not add up."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlreport
from xlreport.commands import arguments
from xlreport.errors import OutputError
from xlreport.output import refuse_existing, refuse_to_overwrite
from xlreport.printable import printable

if TYPE_CHECKING:
    from xlreport.collection.contribution import Contribution, Difference
    from xlreport.collection.tree import Comparison
    from xlreport.form.declaration import Form


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "rollup", run, "汇总文件夹里各单位的报告，并与上级自己的报告核对")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="存放各单位报告的文件夹（含子文件夹）")
    parser.add_argument("out", metavar="OUT.xlsx", type=Path, help="要生成的汇总工作簿")
    parser.add_argument("--own", metavar="FILE", type=Path, help="上级自己的报告：核对它是否等于各单位之和")
    parser.add_argument(
        "--units",
        metavar="LIST",
        type=Path,
        help="单位名单，可以用缩进或“上级”一栏表示上下级：逐级核对，只汇入名单里的单位",
    )
    parser.add_argument("--include-failing", action="store_true", help="审核不通过的单位也汇入")
    arguments.jobs(parser)
    arguments.force(parser)
    parser.epilog = "全部汇入且核对相符返回 0，有未汇入的、名单里缺的或核对不符的返回 1，参数有误返回 2。"


def run(options: argparse.Namespace) -> int:
    """Write the sum; return 0 if everyone is in it and it is what the superior reports, else 1."""
    from xlreport.collection.auditing import IMPORTS
    from xlreport.collection.readers import LIMIT, Readers, working
    from xlreport.collection.report_files import files_under
    from xlreport.collection.rollup import add_up, differences
    from xlreport.collection.spreading import processors
    from xlreport.collection.tree import Tree
    from xlreport.collection.unit_list import listed_in

    out: Path = options.out
    if out.suffix.lower() != ".xlsx":
        raise OutputError(out, "汇总工作簿的扩展名应为 .xlsx")
    refuse_to_overwrite(out, options.own, options.units)
    if not options.force:
        refuse_existing(out)
    own = xlreport.read(options.own) if options.own else None
    tree = Tree(options.units, listed_in(options.units)) if options.units else None
    files = files_under(options.folder, out, options.own, options.units)
    jobs = options.jobs or (processors() if len(files) >= arguments.FEW else 1)
    with working(Readers(jobs, LIMIT, IMPORTS)) as executor:
        units = _units(options.folder, files, executor)
        rollup = add_up(options.folder, units, own, failing=options.include_failing, tree=tree)
    found = differences(rollup, own) if own is not None else ()

    from xlreport.collection.rollup_book import write

    write(rollup, out, own, found)
    for left in rollup.left_out:
        whose = f"（{left.organisation}）" if left.organisation else ""
        print(printable(f"未汇入：{left.path}{whose}：{left.reason}"))
    for note in rollup.notes:
        print(printable(f"未计入：{note.path}（{note.organisation or '未填机关名称'}）：{note.reason}"))
    for remark in rollup.remarks:
        print(printable(f"名单：{remark}"))
    for check in rollup.checks:
        _say(check, rollup.form)
    for difference in found:
        print(printable(f"核对不符：{_line(difference, rollup.form)}"))
    outcome = "" if own is None else f"，与上级数核对{f'有 {len(found)} 格不符' if found else '全部相符'}"
    print(f"汇入 {len(rollup.units)} 个单位，未汇入 {len(rollup.left_out)} 个{outcome}。\n已生成：{out}")
    return 0 if rollup.complete and not found else 1


def _say(check: Comparison, form: Form) -> None:
    """Print how a superior's own report agrees with those below it."""
    lacking = f"（没有{'、'.join(check.missing)}的数）" if check.missing else ""
    if not check.differences:
        print(printable(f"逐级核对：{check.superior}与下级 {check.added} 个单位之和相符{lacking}"))
    for difference in check.differences[:_LINES]:
        print(printable(f"逐级核对不符：{check.superior}{lacking}：{_line(difference, form)}"))
    if len(check.differences) > _LINES:
        print(
            printable(
                f"逐级核对不符：{check.superior}另有 {len(check.differences) - _LINES} 格，见“逐级核对”工作表"
            )
        )


#: Cells of one superior that are named on the screen.
_LINES = 10


def _line(difference: Difference, form: Form) -> str:
    from xlreport.collection.rollup_book import contributors

    sides = zip(("上级", "各单位之和", "差"), difference[1:4], strict=True)
    said = "，".join(f"{side} {_shown(value)}" for side, value in sides)
    return f"{form.label(difference.key)}：{said}；有数的单位：{contributors(difference)}"


def _shown(value: Any) -> str:
    from xlreport.rules.rule import shown

    return shown(value) or "空白"


def _units(folder: Path, files: Sequence[str], executor: Executor | None) -> Iterator[Contribution]:
    from xlreport.collection.progress import progress
    from xlreport.collection.rollup import units_in

    with progress("读取", len(files)) as step:
        for unit in units_in(folder, files, executor):
            step()
            yield unit
