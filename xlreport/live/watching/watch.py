"""``watch``: a report checked again at every save, in whatever program it is filled in."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import xlreport
from xlreport.errors import InputError, OutputError
from xlreport.live.watching import page
from xlreport.live.watching.page import Page
from xlreport.live.watching.saves import Save, saves
from xlreport.office_file import office_file
from xlreport.printable import printable
from xlreport.report import Report
from xlreport.terminal import print_findings

#: What the last check came to, as the command's exit statuses.
PASSED, FAILED, UNREADABLE = 0, 1, 2


def watch(file: Path, previous: Report | None, looks: Iterable[object], shown: Page) -> int:
    """Check the report now and after every save that changed it, until ``looks`` ends or Ctrl-C; return what the last check came to.

    Results go to standard output and to the page. Raises ``InputError`` if the file cannot be read at the beginning.
    """
    status, last = UNREADABLE, None
    try:
        for save in saves(file, looks):
            report = save.content
            if report == last:
                print(f"—— {_time(save)} 保存，内容没有变化", flush=True)
                continue
            last = report
            # The status first: Ctrl-C may come while the result is being shown.
            if isinstance(report, InputError):
                status = UNREADABLE
                print(f"—— {_time(save)} {report}")
                content = page.of_problem(file, save)
            else:
                rules = office_file(None, file.absolute().parent).for_form(report.form)
                findings = xlreport.check(report, previous, rules)
                status = PASSED if findings.passed else FAILED
                print(f"—— {_time(save)} 保存")
                for remark in report.remarks:
                    print(f"读取说明：{printable(remark)}")
                print_findings(findings)
                content = page.of_findings(file, save, findings)
            _show(shown, content)
    except KeyboardInterrupt:
        pass
    return status


def _show(shown: Page, content: str) -> None:
    try:
        shown.show(content)
        print(f"结果网页：{shown.path.as_uri()}")
    except OutputError as error:
        # The terminal has the result; the next save tries the page again.
        print(f"结果网页没有更新：{error}", file=sys.stderr)
    print("再保存一次，会重新审核；按 Ctrl+C 结束。", flush=True)


def _time(save: Save) -> str:
    return f"{save.time:%H:%M:%S}"
