"""Protected sheets: protection lifted for as long as we write, and put back with the same options, whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xlreport.errors import OutputError
from xlreport.live.jobs import Protection, current

if TYPE_CHECKING:
    import xlwings as xw

#: What a protected sheet may still allow, in Excel's words.
ALLOWANCES = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)


@contextmanager
def unprotected(sheets: Iterable[xw.Sheet]) -> Iterator[None]:
    """Lift the protection of all of ``sheets``, and put back what each had.

    Raises ``OutputError``, and leaves everything as it was, where a sheet is protected by a password.
    """
    lifted: list[tuple[xw.Sheet, Protection]] = []
    try:
        for sheet in sheets:
            options = _options(sheet.api)
            if options is not None:
                protection = Protection(options=options, selectable=sheet.api.EnableSelection)
                current().lift(sheet.name, protection)
                lifted.append((sheet, protection))
                _unprotect(sheet)
        yield
    finally:
        _protect_again(lifted)


def _protect_again(lifted: list[tuple[xw.Sheet, Protection]]) -> None:
    """Protect every sheet, also where it fails for another; a call that fails is tried once more."""
    failed: Exception | None = None
    for sheet, protection in lifted:
        for attempt in (1, 2):
            try:
                protect(sheet, protection)
                current().protected(sheet.name)
                break
            except Exception as error:
                failed = error if attempt == 2 else failed
    if failed is not None:
        raise failed


def protect(sheet: xw.Sheet, protection: Protection) -> None:
    """Protect a sheet as it was, if it is not protected."""
    if not sheet.api.ProtectContents:
        sheet.api.Protect(**protection.options)
    sheet.api.EnableSelection = protection.selectable


def _options(sheet: Any) -> dict[str, Any] | None:
    """What ``Protect`` must be told to make the present protection again; ``None`` where nothing is to be lifted."""
    kinds = {
        "DrawingObjects": bool(sheet.ProtectDrawingObjects),
        "Contents": bool(sheet.ProtectContents),
        "Scenarios": bool(sheet.ProtectScenarios),
    }
    # Protection “of the user interface only” does not hold us off, and is best left alone.
    if not any(kinds.values()) or sheet.ProtectionMode:
        return None
    allowed = sheet.Protection
    return kinds | {name: bool(getattr(allowed, name)) for name in ALLOWANCES}


def _unprotect(sheet: xw.Sheet) -> None:
    # An empty password, because without any Excel asks the user for one.
    problem: Exception | None = None
    try:
        sheet.api.Unprotect("")
    except Exception as error:
        problem = error
    if problem is not None or sheet.api.ProtectContents:
        advice = "请先撤销这张工作表的保护（审阅 → 撤销工作表保护）再操作"
        raise OutputError(f"工作表“{sheet.name}”", "设有保护密码，不能写入", advice) from problem


def refuse_unwritable(book: xw.Book) -> None:
    """Raise ``OutputError`` where the workbook cannot be saved under its name, lets no sheet be added, or hides rows by a filter.

    What Excel does with a block of values some of whose rows a filter hides is nothing to rely on.
    """
    if book.api.ReadOnly:
        raise OutputError(book.name, "文件是只读的", "请另存后再校验")
    if book.api.ProtectStructure:
        raise OutputError(book.name, "工作簿的结构受保护", "请先撤销（审阅 → 保护工作簿）再操作")
    for sheet in book.sheets:
        if sheet.api.FilterMode:
            advice = "请先显示全部行（数据 → 清除）再操作"
            raise OutputError(f"工作表“{sheet.name}”", "正在筛选，有的行没有显示", advice)
