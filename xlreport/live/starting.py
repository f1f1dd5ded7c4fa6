"""The button 新建年报: a fresh standard workbook beside the open one, empty or begun from a report of any shape."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import xlreport
from xlreport.last_year import carried_over
from xlreport.live.dialogs import ask_for_report, chosen
from xlreport.live.documents import document_name, folder_of, home_of
from xlreport.live.failing import button
from xlreport.live.session import working
from xlreport.report import Report

if TYPE_CHECKING:
    import xlwings as xw

FROM_LAST = (
    "要从上年的年度报告新建吗？工作簿、Word 文档、网页都可以：上年的数填入“上年数”表，结转的数预先填好。"
    "\n选“否”新建一份空白的。"
)


@button
def new_report(book: xw.Book) -> str | None:
    """Write a new workbook beside the open one, and open it."""
    from xlreport.workbook.writer import write

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
    with working(book, "正在新建…"):
        report = _begun(last) if last else Report()
        carried = carried_over(report, last) if last else {}
        target = _free(folder, document_name(report).removesuffix(".docx"))
        write(report, target, carried)
    book.app.books.open(str(target))
    said = [f"已新建：{target}", *(last.remarks if last else ())]
    return "\n".join([*said, *([f"结转的数填了 {len(carried)} 格（浅蓝色），请核对。"] if carried else [])])


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
