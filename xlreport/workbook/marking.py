"""The pen that draws marks into a copy of the user's workbook, and takes off those of the time before.

The user's own formats, formulas, notes, names and protection stay; what openpyxl cannot keep is put back or named.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from openpyxl import load_workbook
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.errors import InputError, OutputError
from xlreport.findings import Findings
from xlreport.form.catalogue import form_of
from xlreport.output import refuse_to_overwrite, write_bytes
from xlreport.report import Explanation
from xlreport.sources.files import content_of
from xlreport.wording import lapsed_row
from xlreport.workbook.covered import put_on, take_off
from xlreport.workbook.guard import refuse_dangerous
from xlreport.workbook.losses import losses
from xlreport.workbook.marks import marks_of
from xlreport.workbook.names import FINDINGS, name_of
from xlreport.workbook.package import NoteShape, cached_values, note_shapes, sheet_parts, with_cached_values
from xlreport.workbook.records import RECORDS
from xlreport.workbook.results import SHEET, read_explanations
from xlreport.workbook.results_sheet import draw_results
from xlreport.workbook.saving import saved
from xlreport.workbook.unsafe import drop_unsafe

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_UNFIT = ("工作簿里有不能处理的内容，无法标注", "请用 Excel、WPS 或 LibreOffice 另存为 .xlsx 后再试")
#: Rows and columns in which the list of results is looked for.
_LONGEST_LIST, _WIDEST_LIST = 5_000, 20


def refuse_other_ending(target: Path) -> None:
    """Raise ``OutputError`` where ``target`` is not named as a workbook is."""
    if target.suffix.lower() != ".xlsx":
        raise OutputError(target, "标注后的工作簿只能存为 .xlsx", "请把扩展名改为 .xlsx")


def mark(source: Path, findings: Findings, target: Path) -> list[str]:
    """Write to ``target`` a copy of the workbook ``source`` with ``findings`` in its cells and listed on the sheet 校验结果.

    Marks of an earlier check are taken off first. Returns a Chinese sentence for each thing of the user's that could not be kept.
    Raises ``InputError`` where ``source`` is no workbook, ``OutputError`` where ``target`` is ``source`` or cannot be written.
    """
    source, target = Path(source), Path(target)
    refuse_to_overwrite(target, source)
    refuse_other_ending(target)
    content = content_of(source)
    book = _opened(source, content)
    marks = marks_of(findings)
    dropped = drop_unsafe(book)
    take_off(book)
    put_on(book, marks.cells)
    lapsed = tuple(lapsed_row(each, form_of(findings.report.form)) for each in _unknown(book, findings))
    results = marks.results._replace(lapsed=(*marks.results.lapsed, *lapsed))
    sheet = _fresh_results_sheet(book)
    reference = f"{quote_sheetname(sheet.title)}!{draw_results(sheet, results)}"
    book.defined_names[name_of(FINDINGS)] = DefinedName(name_of(FINDINGS), attr_text=reference)
    _show(book, sheet)
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    try:
        made = _with_values_put_back(content, saved(book))
        lost = losses(content, made)
    except Exception as error:  # what openpyxl took in without a look, and cannot write
        raise InputError(source, *_UNFIT) from error
    write_bytes(target, made)
    return [*dropped, *lost]


def _opened(source: Path, content: bytes) -> Workbook:
    refuse_dangerous(source, content)
    try:
        with warnings.catch_warnings():
            # What openpyxl warns that it drops, ``losses`` says in Chinese.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), rich_text=True)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for title, part in sheet_parts(package).items():
                _size_notes(book, title, note_shapes(package, part))
    except Exception as error:  # openpyxl raises whatever a foreign file makes it trip over
        raise InputError(source, *_UNFIT) from error
    return book


def _size_notes(book: Workbook, title: str, shapes: dict[tuple[int, int], NoteShape]) -> None:
    # openpyxl gives every note it reads the same small size.
    sheet = book[title]
    for (row, column), shape in shapes.items():
        comment = sheet.cell(row, column).comment if isinstance(sheet, Worksheet) else None
        if comment is not None:
            comment.width, comment.height = round(shape.width), round(shape.height)


def _results_sheet(book: Workbook) -> Worksheet | None:
    """Our list, found by its name, else by its title and headings (a sheet of the user's own may have the same title)."""
    named = book.defined_names.get(name_of(FINDINGS))
    for title, _ in named.destinations if named is not None else ():
        if title in book.sheetnames:
            return cast(Worksheet, book[title])
    if SHEET not in book.sheetnames:
        return None
    sheet = book[SHEET]
    ours = sheet.max_row == sheet.max_column == 1 or any("审核说明" in row for row in _rows(sheet))
    return sheet if ours else None


def _rows(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """The values of a list; a cell far out does not make it longer or wider than a list can be."""
    bottom, right = min(sheet.max_row, _LONGEST_LIST), min(sheet.max_column, _WIDEST_LIST)
    return list(sheet.iter_rows(max_row=bottom, max_col=right, values_only=True))


def _fresh_results_sheet(book: Workbook) -> Worksheet:
    """An empty sheet in the place of the old list."""
    old = _results_sheet(book)
    if old is None:
        return _sheet(book, SHEET, sum(sheet.title != RECORDS for sheet in book.worksheets))
    place, title = book.index(old), old.title
    book.remove(old)
    return _sheet(book, title, place)


def _sheet(book: Workbook, title: str, place: int) -> Worksheet:
    return cast(Worksheet, book.create_sheet(title, place))


def _unknown(book: Workbook, findings: Findings) -> list[Explanation]:
    """Explanations on the list that the findings do not know of, so that redrawing it loses none."""
    sheet = _results_sheet(book)
    if sheet is None:
        return []
    known = {(each.rule, each.cells, each.figures) for each in findings.lapsed}
    known |= {(each.rule, each.cells, each.figures) for each in findings if each.explanation}
    typed = read_explanations(_rows(sheet))
    return [each for each in typed if (each.rule, each.cells, each.figures) not in known]


def _show(book: Workbook, shown: Worksheet) -> None:
    """Open the workbook at the list; one sheet selected only, else typing would go into several at once."""
    book.active = book.index(shown)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is shown


def _with_values_put_back(before: bytes, made: bytes) -> bytes:
    """Return the file with the formulas' values of ``before``, so that it can be read without a spreadsheet program."""
    with zipfile.ZipFile(io.BytesIO(before)) as package:
        known = {title: values for title, values in cached_values(package).items() if values}
    if not known:
        return made
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as package,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as whole,
    ):
        parts = {part: known[title] for title, part in sheet_parts(package).items() if title in known}
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename in parts:
                content = with_cached_values(content, parts[entry.filename])
            whole.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
