"""The button 新建年报: a fresh standard workbook beside the open one, empty or begun from a report of any shape."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import xlreport
from xlreport.form.figures import Figure
from xlreport.last_year import carried_over
from xlreport.live.dialogs import ask_for_report, chosen
from xlreport.live.documents import document_name, folder_of, home_of
from xlreport.live.failing import button
from xlreport.live.open_report import LiveSheets, read_live
from xlreport.live.session import working
from xlreport.report import Report
from xlreport.workbook.reader import is_of_older_template

if TYPE_CHECKING:
    import xlwings as xw

FROM_LAST = (
    "要从上年的年度报告新建吗？工作簿、Word 文档、网页都可以：上年的数填入“上年数”表，结转的数预先填好。"
    "\n选“否”新建一份空白的。"
)

OLDER = (
    "这个工作簿用的是旧版模板。要把其中的数、文字和审核说明都转入新版工作簿吗？原来的不改动。"
    "\n选“否”另建一份新的。"
)


@button
def new_report(book: xw.Book) -> str | None:
    """Write a new workbook beside the open one, and open it."""
    if is_of_older_template(LiveSheets(book)):
        answer = chosen(book.app, OLDER)
        if answer == "cancel":
            return None
        if answer == "yes":
            return _moved(book)
    answer, last = chosen(book.app, FROM_LAST), None
    if answer == "cancel":
        return None
    if answer == "yes":
        file = ask_for_report(book.app, "选择上年的年度报告", folder_of(book))
        if file is None:
            return None
        last = xlreport.read(file)
    folder = home_of(book)
    if folder is None:
        return "没有选择文件夹，没有新建。"
    report = _begun(last) if last else Report()
    carried = carried_over(report, last) if last else {}
    target = _made(book, report, folder, carried)
    said = [f"已新建：{target}", *(last.remarks if last else ())]
    return "\n".join([*said, *([f"结转的数填了 {len(carried)} 格（浅蓝色），请核对。"] if carried else [])])


def _moved(book: xw.Book) -> str:
    """Move everything that the workbook holds into one of the present template, which stands beside it."""
    folder = home_of(book)
    if folder is None:
        return "没有选择文件夹，没有转入。"
    with working(book, "正在读取…"):
        report = read_live(book)
    return f"全部内容已转入新版：{_made(book, report, folder, {})}\n原来的工作簿没有改动。"


def _made(book: xw.Book, report: Report, folder: Path, proposed: Mapping[str, Figure]) -> Path:
    """Write ``report`` as a workbook that is not there yet, open it, and return where it is."""
    from xlreport.workbook.writer import write

    with working(book, "正在新建…"):
        target = _free(folder, document_name(report).removesuffix(".docx"))
        write(report, target, proposed)
    book.app.books.open(str(target))
    return target


def _begun(last: Report) -> Report:
    """The report of the year after ``last``, with nothing in it but whose it is."""
    return Report(
        organisation=last.organisation,
        year=last.year + 1 if last.year else None,
        level=last.level,
        # Only one year back is kept: last year's own last year stays where it was.
        previous=last.model_copy(update={"previous": None}),
    )


def _free(folder: Path, name: str) -> Path:
    """A file that is not there yet."""
    target, number = folder / f"{name}.xlsx", 1
    while target.exists():
        number += 1
        target = folder / f"{name}（{number}）.xlsx"
    return target
