"""A real document with one figure's cell, its row, its styles or its parts replaced by hand-written XML.

The figure is 437 on the page of the untouched document: that of 行政处罚 in table two, or one of table three.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import xlreport
from xlreport.document import submission
from xlreport.example import good

PENALTIES, NEW = "disclosure.penalties.decisions", "applications.new.commercial"
#: The labels of their rows.
_LABELS = {PENALTIES: "行政处罚", NEW: "一、本年新收政府信息公开申请数量"}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATION = (
    '<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" '
    'Target="numbering.xml"/>'
)


def run(text: str, about: str = "", before: str = "") -> str:
    """Return a run with these properties; ``before`` stands in it in front of the text."""
    return f'<w:r><w:rPr>{about}</w:rPr>{before}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, about: str = "") -> str:
    """Return a paragraph of these runs."""
    return f"<w:p><w:pPr>{about}</w:pPr>{inner}</w:p>"


def style(kind: str, key: str, about: str, based_on: str = "", more: str = "") -> str:
    """Return a style; ``about`` are its run properties."""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{based}'
        f"<w:rPr>{about}</w:rPr>{more}</w:style>"
    )


@lru_cache(maxsize=1)
def _parts() -> tuple[tuple[str, bytes], ...]:
    report = good()
    report.disclosure.penalties.decisions = report.applications.new.commercial = 437
    with TemporaryDirectory() as folder:
        path = Path(folder) / "good.docx"
        submission.write_draft(report, xlreport.check(report), path)
        with zipfile.ZipFile(path) as package:
            return tuple((name, package.read(name)) for name in package.namelist())


def parts() -> dict[str, str | bytes]:
    """Return the parts of the untouched document, XML as text."""
    return {name: data.decode() if name.endswith((".xml", ".rels")) else data for name, data in _parts()}


def zipped(content: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
    return stream.getvalue()


_ROW = r"<w:tr>(?:(?!<w:tr>).)*?>{}<(?:(?!</w:tr>).)*</w:tr>"
_CELL = re.compile(r"<w:p>(?:(?!<w:p>).)*?>437<(?:(?!</w:p>).)*</w:p>", re.DOTALL)


def edited(
    cell: str | None = None,
    styles: str = "",
    numbering: str = "",
    row: tuple[str, str] | None = None,
    rows: str | None = None,
    table: tuple[str, str] | None = None,
    defaults: str = "",
    of: str = PENALTIES,
) -> bytes:
    """Return the document with other XML in the figure's cell.

    ``row`` replaces a text in the figure's row, ``rows`` the whole row ({row} stands for the old one), ``table`` a text in its table;
    ``defaults`` are run properties of the document's defaults.
    """
    found = parts()
    document = str(found["word/document.xml"])
    old = re.search(_ROW.format(_LABELS[of]), document, re.DOTALL)
    assert old is not None
    new = old[0]
    if cell is not None:
        new, count = _CELL.subn(lambda _: cell, new)
        assert count == 1
    if row is not None:
        assert row[0] in new
        new = new.replace(*row)
    if rows is not None:
        new = rows.replace("{row}", new)
    before, after = document[: old.start()], document[old.end() :]
    if table is not None:
        start = before.rindex("<w:tbl>")
        assert table[0] in before[start:]
        before = before[:start] + before[start:].replace(*table, 1)
    found["word/document.xml"] = before + new + after
    sheet = str(found["word/styles.xml"]).replace("</w:styles>", f"{styles}</w:styles>")
    if defaults:
        sheet = re.sub(r"(<w:rPrDefault>\s*<w:rPr>)", rf"\1{defaults}", sheet, count=1)
        assert defaults in sheet
    found["word/styles.xml"] = sheet
    if numbering:
        found["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
        links = str(found["word/_rels/document.xml.rels"])
        found["word/_rels/document.xml.rels"] = links.replace(
            "</Relationships>", f"{_RELATION}</Relationships>"
        )
    return zipped(found)


def read(content: bytes, folder: Path) -> xlreport.Report:
    """Return what is read from the document."""
    path = folder / "年报.docx"
    path.write_bytes(content)
    return xlreport.read(path)


def figure(content: bytes, folder: Path, of: str = PENALTIES) -> tuple[object, list[str]]:
    """Return the figure as read, and everything that was said."""
    report = read(content, folder)
    return report.figures()[of], report.remarks
