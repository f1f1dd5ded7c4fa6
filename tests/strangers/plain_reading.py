"""A second reading of plain tables, slow and simple, that shares nothing with the program: what stands in visible cells.

It knows only files that use no technique at all: no spans down, no styles, no hidden parts but ``hidden`` rows and ``display:none``.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def page_rows(path: Path) -> list[list[str]]:
    """Texts of the cells of every visible row of a page."""
    tree = html.fromstring(path.read_bytes().decode("utf-8"))
    rows = []
    for row in tree.iter("tr"):
        if _hidden(row):
            continue
        rows.append(
            [
                "".join(cell.itertext()).strip()
                for cell in row
                if cell.tag in ("td", "th") and not _hidden(cell)
            ]
        )
    return rows


def _hidden(element: html.HtmlElement) -> bool:
    return "hidden" in element.attrib or "display:none" in (element.get("style") or "").replace(" ", "")


def document_rows(path: Path) -> list[list[str]]:
    """Texts of the cells of every visible row of a Word document."""
    with zipfile.ZipFile(path) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
    rows = []
    for row in tree.iter(f"{W}tr"):
        if row.find(f"{W}trPr/{W}hidden") is not None:
            continue
        rows.append(
            ["".join(text.text or "" for text in cell.iter(f"{W}t")).strip() for cell in row.iter(f"{W}tc")]
        )
    return rows


def figures(rows: list[list[str]], label: str) -> list[str]:
    """What stands behind a label, blank cells left out, in every visible row that has it."""
    found = []
    for row in rows:
        if label in row:
            found.append(" ".join(text for text in row[row.index(label) + 1 :] if text))
    return found
