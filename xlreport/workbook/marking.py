"""The pen that draws marks into a copy of the user's workbook, and takes off those of the time before.

It changes the package itself: marked cells, their notes, the formats, the list of sheets, and the list of results. Every other part stays
byte for byte; what may not travel is left out and named.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from xlreport.errors import InputError, OutputError
from xlreport.findings import Findings
from xlreport.form.catalogue import form_of
from xlreport.ooxml.addresses import quoted
from xlreport.ooxml.package import Package
from xlreport.ooxml.styles import Styles, formats_in
from xlreport.ooxml.values import values_of
from xlreport.ooxml.workbook import SHEET_TYPE, Book, Sheet, unselected
from xlreport.output import refuse_to_overwrite, write_bytes
from xlreport.report import Explanation
from xlreport.sources.archive import opened
from xlreport.sources.files import content_of
from xlreport.wording import lapsed_rows
from xlreport.workbook.addin_links import drop_addin_links
from xlreport.workbook.container import MAIN
from xlreport.workbook.covered import put_on, take_off
from xlreport.workbook.guard import checked
from xlreport.workbook.mark_records import RECORDS
from xlreport.workbook.marks import marks_of
from xlreport.workbook.names import FINDINGS, name_of
from xlreport.workbook.results import SHEET, ResultList, free_title, may_be_ours, read_explanations
from xlreport.workbook.results_part import results_part
from xlreport.workbook.unsafe import drop_unsafe

_UNFIT = ("工作簿里有不能处理的内容，无法标注", "请用 Excel、WPS 或 LibreOffice 另存为 .xlsx 后再试")
#: What a package that is no proper workbook makes its reader trip over.
_TRIPS = (KeyError, IndexError, ValueError, etree.XMLSyntaxError)
#: Rows and columns in which the list of results is looked for.
_LONGEST_LIST, _WIDEST_LIST = 5_000, 20
_RESULTS_PART, _RECORDS_PART = "xl/worksheets/xlreport{}.xml", "xl/worksheets/xlreportMarks{}.xml"


def refuse_other_ending(target: Path) -> None:
    """Raise ``OutputError`` where ``target`` is not named as a workbook is."""
    if target.suffix.lower() != ".xlsx":
        raise OutputError(target, "标注后的工作簿只能存为 .xlsx", "请把扩展名改为 .xlsx")


def mark(source: Path, findings: Findings, target: Path) -> list[str]:
    """Write to ``target`` a copy of the workbook ``source`` with ``findings`` in its cells and listed on the sheet 校验结果.

    Marks of an earlier check are taken off first. Returns a Chinese sentence for each thing of the user's that could not be kept.
    Raises ``InputError`` where ``source`` is no workbook, ``OutputError`` where ``target`` is ``source`` or cannot be written.
    """
    return _changed(
        Path(source), Path(target), lambda package, book: _mark(package, book, findings), findings.report.form
    )


def is_markable(source: Path) -> bool:
    """True for a workbook in which something can be marked; those of other formats (.xls, .xlsb, .ods) are only read."""
    content = content_of(source)
    return content.startswith(b"PK") and MAIN in opened(source, content).NameToInfo


def clear(source: Path, target: Path) -> list[str]:
    """Write to ``target`` a copy of the workbook ``source`` without marks; the list of results stays. Says and raises what ``mark`` does."""
    return _changed(Path(source), Path(target), take_off)


def _changed(
    source: Path, target: Path, change: Callable[[Package, Book], list[str]], form: str = ""
) -> list[str]:
    """Write what ``change`` makes of the workbook, without what may not travel; return what is to be said of it."""
    refuse_to_overwrite(target, source)
    refuse_other_ending(target)
    zipped = checked(source, content_of(source))
    try:
        package = Package(zipped)
        book = Book(package)
        said = drop_unsafe(package, book)
        drop_addin_links(package, book, form)
        said += change(package, book)
        made = package.zipped()
    except _TRIPS as error:
        raise InputError(source, *_UNFIT) from error
    write_bytes(target, made)
    return said


def _mark(package: Package, book: Book, findings: Findings) -> list[str]:
    marks = marks_of(findings)
    lapsed = lapsed_rows(_unknown(package, book, findings), form_of(findings.report.form))
    take_off(package, book)
    old = _results_sheet(package, book)
    if old is not None:
        _empty(package, book, old)
    styles = Styles(package, book)
    styles.cut_back(_formats_in_use(package, book))
    styles.remember_lengths()
    records, without = put_on(package, book, styles, marks.cells)
    results = marks.results._replace(lapsed=(*marks.results.lapsed, *lapsed))
    _draw(package, book, styles, results, old)
    if records:
        book.add_sheet(RECORDS, records, _RECORDS_PART, "veryHidden")
    book.calculate_on_load()
    return [f"“{place}”有会话式批注，问题没有写进批注，只涂了底色；请看“{SHEET}”" for place in without]


def _draw(package: Package, book: Book, styles: Styles, results: ResultList, old: Sheet | None) -> None:
    """Draw the list in the place of the old one, else behind all sheets, and open the workbook at it."""
    for sheet in book.sheets:
        if sheet.part and sheet.part != (old.part if old else ""):
            xml = package.content(sheet.part)
            if xml != (without := unselected(xml)):
                package.replace(sheet.part, without)
    titles = [sheet.title for sheet in book.sheets]
    title = old.title if old is not None else free_title(titles)
    drawn = results_part(results, title, book, styles)
    if old is None:
        book.add_sheet(title, drawn.xml, _RESULTS_PART)
        index = len(titles)
    else:
        index = titles.index(title)
        part = package.free(_RESULTS_PART)
        package.add(part, drawn.xml, SHEET_TYPE)
        relation = package.relate(book.part, "worksheet", part)
        old.element.set(f"{{{book.relation_space}}}id", relation)
    for name, text in drawn.names.items():
        book.set_name(name, text, index)
    book.set_name(name_of(FINDINGS), f"{quoted(title)}!{drawn.reference}")
    book.show(index)


def _empty(package: Package, book: Book, old: Sheet) -> None:
    """Take the old list's part away; its place in the list of sheets stays."""
    relation = next(each for each in package.relations(book.part) if each.part == old.part)
    package.unrelate(book.part, relation.id)
    package.drop(old.part)


def _formats_in_use(package: Package, book: Book) -> set[int]:
    """The indices of the formats that sheets refer to."""
    found = set()
    for part in book.worksheets().values():
        found |= formats_in(package.content(part))
    return found


def _results_sheet(package: Package, book: Book) -> Sheet | None:
    """Our list, found by its name, else by its title and headings."""
    sheets = {sheet.title: sheet for sheet in book.sheets if sheet.kind == "worksheet" and sheet.part}
    named = book.name(name_of(FINDINGS)).rpartition("!")[0]
    for title, sheet in sheets.items():
        if named in (title, quoted(title)):
            return sheet
    if SHEET not in sheets:
        return None
    return sheets[SHEET] if may_be_ours(_rows(package, book, sheets[SHEET])) else None


def _rows(package: Package, book: Book, sheet: Sheet) -> list[list[str]]:
    """The values of a list; a cell far out does not make it longer or wider than a list can be."""
    rows: list[list[str]] = []
    for value in values_of(package, book, sheet.part):
        row, column = value.spot
        if value.text is not None and row <= _LONGEST_LIST and column <= _WIDEST_LIST:
            rows += [[""] * _WIDEST_LIST for _ in range(row - len(rows))]
            rows[row - 1][column - 1] = value.text
    return rows


def _unknown(package: Package, book: Book, findings: Findings) -> list[Explanation]:
    """Explanations on the list that the findings do not know of, so that redrawing it loses none."""
    sheet = _results_sheet(package, book)
    if sheet is None:
        return []
    known = {(each.rule, each.cells, each.figures) for each in findings.lapsed}
    known |= {(each.rule, each.cells, each.figures) for each in findings if each.explanation}
    typed = read_explanations(_rows(package, book, sheet))
    return [each for each in typed if (each.rule, each.cells, each.figures) not in known]
