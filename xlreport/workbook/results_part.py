"""The sheet 校验结果 as a part of the user's package: drawn into a workbook of its own, then taken over with its formats."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from lxml import etree
from openpyxl import Workbook

from xlreport.ooxml.package import Package
from xlreport.ooxml.styles import Styles
from xlreport.ooxml.workbook import Book
from xlreport.workbook.results import ResultList
from xlreport.workbook.results_sheet import draw_results
from xlreport.workbook.saving import saved


class ResultsPart(NamedTuple):
    """The sheet's XML, the list's absolute reference on it (“$A$4:$L$9”), and the names that belong to it (its print titles)."""

    xml: bytes
    reference: str
    names: dict[str, str]


def results_part(results: ResultList, title: str, book: Book, styles: Styles) -> ResultsPart:
    """Return the sheet for a workbook to whose formats its own are added.

    openpyxl writes texts into the cells themselves, so no other part has to change.
    """
    drawn = Workbook()
    sheet = drawn.worksheets[0]
    sheet.title = title
    reference = draw_results(sheet, results)
    sheet.sheet_view.tabSelected = True
    with zipfile.ZipFile(io.BytesIO(saved(drawn))) as zipped:
        package = Package(zipped)
    own = Book(package)
    (part,) = own.worksheets().values()
    for name in (part, package.related(own.part, "styles")):
        package.replace(name, book.native(package.content(name)))
    root = package.tree(part)
    cells, conditions = styles.taken_over(package.tree(package.related(own.part, "styles")))
    for element in root.iter("{*}c", "{*}row", "{*}col", "{*}cfRule"):
        for attribute, known in (("s", cells), ("style", cells), ("dxfId", conditions)):
            if element.get(attribute):
                element.set(attribute, str(known[int(element.get(attribute) or 0)]))
    names = {each.get("name") or "": each.text or "" for each in own.names()}
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return ResultsPart(xml, reference, names)
