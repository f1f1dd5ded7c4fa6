"""A report in whatever shape it comes: the shape is told by the content, not by the ending."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from xlreport.errors import FormError, InputError
from xlreport.report import Report
from xlreport.sources.compound import SIGNATURE, Compound
from xlreport.sources.files import content_of
from xlreport.sources.refusals import encrypted

if TYPE_CHECKING:
    from xlreport.sources.blocks import Block
    from xlreport.sources.converted import DocumentKind
    from xlreport.workbook.sheets import Sheets

_ZIP, _PDF = b"PK", b"%PDF-"
#: Where the first stream of an older Word document says that a password is asked for. [MS-DOC] 2.5.2
_FLAGS, _ENCRYPTED = 10, 0x100
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf")
_SHAPES = "可以读取工作簿、文档、网页、文本、PDF 和 .json 数据"


def read(path: str | Path) -> Report:
    """Return the report in the file ``path``.

    Raises ``InputError`` where the file cannot be read as a report, ``FormError`` where its form is not known.
    """
    source = Path(path)
    content = content_of(source)
    if content.startswith(_ZIP):
        return _from_zip(source, content)
    if content.startswith(SIGNATURE[:4]):
        return _from_old_format(source, content)
    if content.startswith(_PDF):
        from xlreport.sources import pdf

        return _published(source, pdf.blocks_in(source, content))
    return _from_letters(source, content)


def _from_letters(source: Path, content: bytes) -> Report:
    """Return the report in a file that is made of letters: data, a web page, plain text, or a document for another program."""
    from xlreport.sources import letters
    from xlreport.sources.converted import kind_of
    from xlreport.sources.encoding import decoded

    text = decoded(content)
    if content.startswith(_ARCHIVES):
        raise InputError(source, "这是压缩包（.rar 或 .7z），不能读取", "请解压到文件夹后再审核")
    if text is None:
        raise InputError(source, "认不出这是什么文件", _SHAPES)
    if kind := kind_of(text):
        return _from_converted(source, content, kind)
    if text.lstrip().startswith(("{", "[")) and (
        text.lstrip()[:1] == "{" or source.suffix.lower() == ".json"
    ):
        from xlreport.sources.json_data import report_in

        return report_in(source, text)
    return _published(source, letters.blocks_in(source, content, text))


def _from_converted(source: Path, content: bytes, kind: DocumentKind) -> Report:
    """Return the report in a document that another program turns into one that is read here."""
    from xlreport.sources.converted import converted

    made, remark = converted(source, content, kind)
    report = _from_zip(source, made)
    report.remarks.insert(0, remark)
    return report


def _published(source: Path, read: tuple[list[Block], list[str]]) -> Report:
    """Return the report in what a reader made of a document."""
    from xlreport.sources.published import report_of

    blocks, remarks = read
    return report_of(blocks, source, remarks)


def _from_zip(source: Path, content: bytes) -> Report:
    """Return the report in a Word document or a workbook, told apart by what is inside."""
    names = _names(content)
    if any(name.startswith("word/") for name in names) and "xl/workbook.xml" not in names:
        from xlreport.sources import docx

        return _published(source, docx.blocks_in(source, content))
    if "content.xml" in names and b"opendocument.text" in content[:200]:
        from xlreport.sources.archive import open_document
        from xlreport.sources.converted import OPEN_TEXT

        open_document(source, content)
        return _from_converted(source, content, OPEN_TEXT)
    return _from_workbook(source, content)


def _from_workbook(source: Path, content: bytes) -> Report:
    """Return the report in a workbook: in the standard one's places, else by the labels of its tables."""
    from xlreport.workbook.opening import sheets_in
    from xlreport.workbook.reader import NoTablesError, report_from

    sheets = sheets_in(source, content)
    try:
        report = report_from(sheets)
    except (NoTablesError, FormError):
        # Any other problem is one of the standard workbook; reading on around it would lose a table without a word.
        other = None if _is_standard(sheets) else _from_other_layout(source, content)
        if other is None:
            raise
        return other
    if "organisation" in report.places:
        return report
    other = _from_other_layout(source, content)
    return other if other is not None and _count(other) >= _count(report) else report


def _count(report: Report) -> int:
    """How many numbers were found: a blank or a text may stand in a cell that is not the figure's at all."""
    figures = report.figures()
    return sum(isinstance(figures.get(key), (int, Decimal)) for key in report.places)


def _names(content: bytes) -> list[str]:
    """The names of the parts; none where no name tells another thing than a workbook."""
    if b"word/" not in content and b"content.xml" not in content:
        return []
    try:
        return zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return ["word/"] if b"word/document.xml" in content and b"xl/workbook" not in content else []


def _from_other_layout(source: Path, content: bytes) -> Report | None:
    """Return the report in a workbook that is not the standard one; ``None`` where none of the form's tables is in it."""
    from xlreport.sources import sheets
    from xlreport.sources.published import NoReportError, report_of
    from xlreport.workbook.opening import sheets_in

    try:
        blocks, remarks = sheets.blocks_in(sheets_in(source, content))
        report = report_of(blocks, source, remarks)
    except NoReportError:
        raise
    except InputError:
        return None
    return report if report.places else None


def _is_standard(sheets: Sheets) -> bool:
    """True for a workbook that names its form the way the standard one does: what is wrong with it must be told."""
    from xlreport.workbook.names import name_of

    return sheets.area(name_of("form")) is not None


def _from_old_format(source: Path, content: bytes) -> Report:
    """Return the report in the older container: a workbook, told from a document by its streams."""
    compound = Compound(source, content)
    if "WordDocument" in compound:
        from xlreport.sources.converted import OLD_WORD

        if int.from_bytes(compound.stream("WordDocument")[_FLAGS : _FLAGS + 2], "little") & _ENCRYPTED:
            raise encrypted(source)
        return _from_converted(source, content, OLD_WORD)
    return _from_workbook(source, content)
