"""``xlreport demo``: the whole job on the example."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import xlreport
from xlreport.commands import arguments
from xlreport.output import make_folder, refuse_existing

FOLDER = "xlreport-demo"


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "demo", run, "用示例走一遍：工作簿、审核、生成文档")
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, help=f"放示例的文件夹，默认新建 {FOLDER}"
    )
    arguments.force(parser)


def run(options: argparse.Namespace) -> int:
    """Write the example workbooks, check them, convert the good one, say where everything is; return 0."""
    from xlreport.document import submission
    from xlreport.example import faulty, good
    from xlreport.terminal import print_findings
    from xlreport.workbook.marking import mark

    folder: Path = options.folder or _unused(Path(FOLDER))
    make_folder(folder)
    workbook, document = folder / "示例-西集镇2025.xlsx", folder / "示例-西集镇2025.docx"
    wrong, marked = folder / "示例-有错误.xlsx", folder / "示例-有错误-审核结果.xlsx"
    if not options.force:
        for target in (workbook, document, wrong, marked):
            refuse_existing(target)

    xlreport.write(good(), workbook)
    report = xlreport.read(workbook)
    findings = xlreport.check(report)
    print(f"一、审核 {workbook}")
    print_findings(findings)
    submission.write(report, findings, document)
    print(f"二、生成上报文档 {document}\n")

    xlreport.write(faulty(), wrong)
    report = xlreport.read(wrong)
    findings = xlreport.check(report)
    print(f"三、审核 {wrong}")
    print_findings(findings)
    mark(wrong, findings, marked)
    print(f"四、把问题标在单元格里 {marked}\n")
    print(f"示例文件都在 {folder.resolve()}，可以用 Excel、WPS 或 LibreOffice 打开。")
    return 0


def _unused(folder: Path) -> Path:
    """Return ``folder``, or the first of folder-2, folder-3 … that is not there yet."""
    candidates = (folder if n == 1 else folder.with_name(f"{folder.name}-{n}") for n in range(1, 10_000))
    return next(path for path in candidates if not path.exists())
