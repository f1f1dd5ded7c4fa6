"""Traces of the add-in that spreadsheet programs leave in a saved workbook, taken out again: a file that travels asks for nobody's add-in.

A cell that calls a function of an .xlam is saved with a link to that file, whose path names the user; elsewhere the program then asks about
unsafe links, and LibreOffice drops the link but keeps ``[1]!``. What stays is the native formula with its value, or the value alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree
from openpyxl.formula.translate import Translator

from xlreport.form.catalogue import form_of
from xlreport.ooxml.addresses import address_of, parts_of, spot_of
from xlreport.ooxml.cells import LONGEST_TEXT
from xlreport.ooxml.package import Package, local, relation_id
from xlreport.ooxml.workbook import Book
from xlreport.workbook.layout import layout_of
from xlreport.workbook.names import name_of
from xlreport.workbook.unsafe import drop_formula

#: The add-in's file, and how the names of its functions begin: in Excel, and in LibreOffice's own tongue.
FILE, FUNCTIONS = "xlreport.xlam", ("XLR_", "CN.XLREPORT.FUNCTIONS.")
#: A call, however a program has written its name: behind an index, a path, an error, an “@”, or as a function it does not know.
_CALL = re.compile(
    r"""@?(?:'(?:[^']|''){1,400}'!|\#REF!|[^\s'"!(),;+*/^&=<>{}@-]{1,400}!)?@?(?:_xl[a-z]{1,8}[._])*@?(?:XLR_|CN\.XLREPORT\.FUNCTIONS\.)[A-Z]{1,20}\s*\(""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME = re.compile(r"(?:_xl[a-z]{1,8}[._])*XLR_(?:CHECK|BALANCE|EXPLAIN)", re.IGNORECASE)
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_OUTSIDE = re.compile(r"(?<![\w\]])\[(\d{1,4})\](?=[^\[\]\"]*!)")
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")


def drop_addin_links(package: Package, book: Book, form: str = "") -> bool:
    """Take every trace of the add-in out of the workbook, and who saved it then; return whether there was any.

    ``form`` is the id of the report's form, whose template tells the native formulas.
    """
    gone = list(_links(package, book))
    found = [*_formulas(package, book, form), *_names(book)]
    if not gone and not found:
        return False
    _drop_links(package, book, gone)
    _drop_person(package, book)
    return True


def calls_addin(formula: str) -> bool:
    """True for a formula in which a function of the add-in is called, under whatever name."""
    if not any(name in formula.upper() for name in FUNCTIONS):
        return False
    return len(formula) > LONGEST_TEXT or _CALL.search(_TEXT.sub('""', formula)) is not None


def without_addin(formula: str) -> str:
    """Return what ``IFERROR`` falls back to around a call of the add-in, else “”: there is no formula without the add-in then."""
    if len(formula) > LONGEST_TEXT:
        return ""
    head = re.match(r"\s*(?:_xlfn\.)?IFERROR\s*\(", formula, re.IGNORECASE)
    if head is None:
        return ""
    arguments = list(_arguments(formula, head.end()))
    rest = arguments[1] if len(arguments) == 2 else ""
    return rest if calls_addin(arguments[0]) and not calls_addin(rest) else ""


def _arguments(formula: str, start: int) -> Iterator[str]:
    """Yield the arguments of the call whose bracket opens before ``start``, if it is the whole rest of the formula."""
    depth, begin, quote = 0, start, ""
    for at in range(start, len(formula)):
        letter = formula[at]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "({":
            depth += 1
        elif letter == ")" and depth == 0:
            if not formula[at + 1 :].strip():
                yield formula[begin:at]
            return
        elif letter in ")}":
            depth -= 1
        elif letter in ",;" and depth == 0:
            yield formula[begin:at]
            begin = at + 1


def _formulas(package: Package, book: Book, form: str) -> Iterator[str]:
    """Put the native formula into every cell that calls the add-in, else leave its value; yield where."""
    natives: Mapping[tuple[str, str], str] | None = None
    for title, part in book.worksheets().items():
        content = package.content(part).upper()
        if not any(name.encode() in content for name in FUNCTIONS):
            continue
        for cell in list(package.tree(part).iter("{*}c")):
            formula = cell.find("{*}f")
            if formula is None or not calls_addin(formula.text or ""):
                continue
            package.edited(part)
            native = without_addin(formula.text or "")
            if not native:
                natives = _native_formulas(book, form) if natives is None else natives
                native = natives.get((title, cell.get("r") or ""), "")
            if native:
                formula.text = native
                for attribute in list(formula.attrib):
                    del formula.attrib[attribute]
            else:
                drop_formula(package, book, part, cell)
            _drop_error(cell)
            yield f"{title}!{cell.get('r')}"
        for element in list(package.tree(part).iter("{*}formula", "{*}formula1", "{*}formula2")):
            if calls_addin(element.text or ""):
                package.edited(part)
                element.text = "FALSE"
                yield title


def _drop_error(cell: etree._Element) -> None:
    """A value that only says that the add-in was not there is none; a cell that gets a native formula is calculated anew."""
    value = cell.find("{*}v")
    if value is not None and (cell.get("t") == "e" or (value.text or "").startswith(("#", "Err:"))):
        cell.remove(value)
        cell.attrib.pop("t", "")


def _native_formulas(book: Book, form: str) -> dict[tuple[str, str], str]:
    """The template's formulas of the summary lines, by sheet and address, where the tables of this workbook lie."""
    from xlreport.workbook.template import draw_workbook

    if not form:
        return {}
    layout = layout_of(form_of(form))
    drawn = draw_workbook(layout)
    found = {}
    for place in layout.tables:
        title, area = parts_of(book.name(name_of(place.table.key)))
        spot = spot_of(area.partition(":")[0])
        if place.summary is None or spot is None:
            continue
        native = str(drawn[place.sheet][place.summary.corner].value)
        down, right = spot[0] - place.figures.row, spot[1] - place.figures.column
        corner = address_of((place.summary.row + down, place.summary.column + right))
        moved = Translator(native, origin=place.summary.corner).translate_formula(corner)
        found[title, corner] = moved.removeprefix("=")
    return found


def _names(book: Book) -> Iterator[str]:
    for name in book.names():
        if _NAME.fullmatch(name.get("name") or "") or calls_addin(name.text or ""):
            book.remove_name(name)
            yield name.get("name") or ""


def _links(package: Package, book: Book) -> Iterator[tuple[int, etree._Element, str]]:
    """Yield the links to the add-in: the number by which formulas call it, its element, and its part."""
    parts = {each.id: each.part for each in package.relations(book.part)}
    for number, element in enumerate(book.root.iterfind("{*}externalReferences/{*}externalReference"), 1):
        part = parts.get(relation_id(element), "")
        if part in package:
            targets = [re.split(r"[\\/]", unquote(each.target))[-1] for each in package.relations(part)]
            names = [e.get("name") or "" for e in package.tree(part).iter("{*}definedName")]
            if FILE in map(str.lower, targets) or any(map(_NAME.fullmatch, names)):
                yield number, element, part


def _drop_links(package: Package, book: Book, gone: list[tuple[int, etree._Element, str]]) -> None:
    if not gone:
        return
    book.edited()
    listed = gone[0][1].getparent()
    assert listed is not None
    count = len(listed)
    for _, element, part in gone:
        listed.remove(element)
        relation = next(each for each in package.relations(book.part) if each.part == part)
        package.unrelate(book.part, relation.id)
        package.drop(part)
    if not len(listed):
        book.root.remove(listed)
    left = [number for number in range(1, count + 1) if number not in {each[0] for each in gone}]
    numbers = {str(old): str(new) for new, old in enumerate(left, 1) if new != old}
    if numbers:
        _renumber(package, numbers)


def _renumber(package: Package, numbers: dict[str, str]) -> None:
    """Formulas call the workbooks they read by their order, which has changed."""
    for name in package.names:
        content = package.content(name)
        if not name.startswith("xl/") or not name.endswith(".xml") or not re.search(rb"\[\d+\]", content):
            continue
        for element in package.tree(name).iter("{*}*"):
            if local(element) in _FORMULAS and element.text:
                text = _OUTSIDE.sub(lambda m: f"[{numbers.get(m[1], m[1])}]", element.text)
                if text != element.text:
                    package.edited(name)
                    element.text = text


def _drop_person(package: Package, book: Book) -> None:
    """Who saved the workbook with the add-in, and where, is nobody's business elsewhere."""
    for element in list(book.root):
        if any(local(inner) == "absPath" for inner in element.iter("{*}*")):
            book.edited()
            book.root.remove(element)
    for relation in package.relations(""):
        if relation.kind == "core-properties" and relation.part in package:
            for element in package.tree(relation.part):
                if local(element) in ("lastModifiedBy", "creator") and (element.text or "") != "xlreport":
                    package.edited(relation.part)
                    element.text = ""
