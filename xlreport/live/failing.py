"""What a user sees of a button: one message box at most, and never a traceback; the details go into a log file."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from xlreport.errors import XlreportError
from xlreport.failure_log import told
from xlreport.live.jobs import AtWork, job_on
from xlreport.live.mending import mend
from xlreport.live.menu import BUTTONS, NO_WORKBOOK, TITLE

if TYPE_CHECKING:
    import xlwings as xw

BUSY = "表格程序正忙：可能正在编辑单元格，或开着一个对话框。请按回车结束编辑、关闭对话框，再点一次按钮。"
PROTECTED_VIEW = "这个文件在“受保护的视图”里，按钮还用不了。请先点窗口上方黄条里的“启用编辑”，再点一次按钮。"
AT_WORK = "正在{doing}，请等它做完，再点“{pressed}”。"
_NOTHING_LOST = "数字没有改动，可以点“清除标记”恢复单元格的样子"
MENDED = "上一次“{button}”没有做完（可能是程序被关闭），工作簿已恢复原样，留下的标记已清除。"
_LABELS = {button.function: button.label for button in BUTTONS}
#: What Excel answers while a cell is in edit mode or a dialog is open: RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE.
_BUSY_CODES = {-2147418111, -2147417846, -2146777998}
#: How often xlwings asks again while the program is busy. It would ask for ever, and the button would seem dead.
_ATTEMPTS = 500

Work = Callable[["xw.Book"], "str | None"]


def button(work: Work) -> Callable[[], None]:
    """Make a button's function of what it does to a workbook; a sentence that ``work`` returns is shown."""

    @functools.wraps(work)
    def press() -> None:
        app: xw.App | None = None
        said: str | None
        try:
            book, app = _caller()
            if getattr(app and app.api, "ActiveProtectedViewWindow", None) is not None:
                # What is in front is no workbook to the program, and one behind it is not meant.
                raise XlreportError(PROTECTED_VIEW)
            if book is None:
                _say_without_program(NO_WORKBOOK)
                return
            said, mode = _alone(book, work), "info"
        except AtWork as other:
            said, mode = _at_work(other.button, work.__name__), "info"
        except XlreportError as problem:
            said, mode = str(problem), "critical"
        except Exception as error:
            said, mode = BUSY if is_busy(error) else told(error, _NOTHING_LOST), "critical"
        if said:
            _say(app, said, mode)

    return press


def _alone(book: xw.Book, work: Work) -> str | None:
    """Do the work while nobody else works on the workbook, after what a killed job left there has been put right."""
    with job_on(book.fullname, work.__name__) as job:
        mended = None
        if job.left is not None:
            mend(book, job.left)
            mended = MENDED.format(button=_LABELS.get(job.left.button, TITLE))
        said = work(book)
    return "\n".join(filter(None, (mended, said))) or None


def _at_work(doing: str, pressed: str) -> str | None:
    """What is said to someone who presses a button while another works; pressed twice in a row, a button works once."""
    if doing == pressed:
        return None
    return AT_WORK.format(doing=_LABELS.get(doing, "处理"), pressed=_LABELS[pressed])


def is_busy(error: BaseException) -> bool:
    """True where the program refused a call because the user is typing or a dialog is open."""
    known = type(error).__name__ == "ExcelBusyError" or getattr(error, "hresult", None) in _BUSY_CODES
    return known or (error.__context__ is not None and is_busy(error.__context__))


def _caller() -> tuple[xw.Book | None, xw.App | None]:
    """The workbook in which the button was pressed, if there is any, and the program."""
    import xlwings as xw

    windows = getattr(xw, "_xlwindows", None)
    if windows is not None:
        windows.N_COM_ATTEMPTS = windows.N_COM_ATTEMPTS or _ATTEMPTS
    try:
        book = xw.Book.caller()
        return book, book.app
    except Exception as error:
        if is_busy(error):
            raise
        # Started from elsewhere than a ribbon: the workbook in front is meant.
        app = xw.apps.active
        return app.books.active if app is not None and len(app.books) else None, app


def _say(app: xw.App | None, text: str, mode: str) -> None:
    try:
        if app is None:
            raise LookupError
        app.alert(text, title=TITLE, mode=mode)
    except Exception:
        _say_without_program(text)


def _say_without_program(text: str) -> None:
    """Show a message where the spreadsheet program cannot: Windows has a box of its own, elsewhere standard error must do."""
    import ctypes
    import sys

    if sys.platform == "win32":
        ctypes.windll.user32.MessageBoxW(0, text, TITLE, 0x40030)
    else:
        print(text, file=sys.stderr)
