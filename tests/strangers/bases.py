"""The example report in every shape, and how one place of it is changed."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[2] / "examples" / "西集镇2025.xlsx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Change = Callable[[str], str]


@cache
def converted(ending: str) -> bytes:
    """The example as the program itself publishes it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"base.{ending}"
        command = [sys.executable, "-m", "xlreport.cli", "convert", str(EXAMPLE), str(out)]
        subprocess.run(command, check=True, capture_output=True, cwd=EXAMPLE.parents[1])
        return out.read_bytes()


@cache
def _data() -> str:
    return converted("json").decode()


def data() -> dict[str, Any]:
    """A fresh copy of the report's own JSON."""
    return json.loads(_data())  # type: ignore[no-any-return]


def flattened(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and value of every figure of the three tables."""
    for key, value in tree.items():
        if path == "" and key not in ("disclosure", "applications", "cases"):
            continue
        here = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from flattened(value, here)
        elif (
            here == "disclosure.fees.amount"
            and isinstance(value, str)
            and re.fullmatch(r"\d+(\.\d+)?", value)
        ):
            yield here, float(value)  # an exact decimal is written as a text
        else:
            yield here, value


@cache
def figures() -> dict[str, Any]:
    return dict(flattened(data()))


def replaced(text: str, old: str, new: str) -> str:
    """Exactly one place is changed: an edit that hits nothing would prove nothing."""
    assert text.count(old) == 1, (text.count(old), old)
    return text.replace(old, new)


# --- web pages -----------------------------------------------------------------------------------------------------------------------

ROW = '<tr><th class="label">行政处罚</th><td class="figure" colspan="3">437</td></tr>'
FEE_ROW = '<tr><th class="label">行政事业性收费</th><td class="figure" colspan="3">0</td></tr>'
FEE_HEADER = "本年收费金额（单位：万元）"


def page(
    cell: str = "437",
    *,
    row: str | None = None,
    fee: str | None = None,
    fee_header: str | None = None,
    css: str = "",
    change: Change | None = None,
) -> str:
    """The example's page with another cell, row, fee, style sheet, or changed altogether."""
    text = converted("html").decode()
    new = ROW.replace(">437<", f">{cell}<") if row is None else row
    text = replaced(text, ROW, new)
    if fee is not None:
        text = replaced(text, FEE_ROW, FEE_ROW.replace(">0<", f">{fee}<"))
    if fee_header is not None:
        text = replaced(text, FEE_HEADER, fee_header)
    if css:
        text = replaced(text, "</style>", css + "\n</style>")
    return change(text) if change else text


def page_file(text: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(text.encode(encoding, "xmlcharrefreplace"))


# --- Word ----------------------------------------------------------------------------------------------------------------------------

RUN = '<w:r><w:t xml:space="preserve">437</w:t></w:r>'
CELL_STYLE = '<w:pPr><w:pStyle w:val="ReportCellFigure"/></w:pPr>'
CELL = f"<w:p>{CELL_STYLE}{RUN}</w:p>"
LABEL = '<w:r><w:t xml:space="preserve">行政处罚</w:t></w:r>'


@cache
def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(converted("docx"))) as package:
        return {name: package.read(name) for name in package.namelist()}


def parts() -> dict[str, bytes]:
    return dict(_parts())


def packed(content: Mapping[str, bytes], path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in content.items():
            package.writestr(name, body)


def table_row(document: str, label: str) -> str:
    """The XML of the first table row that has ``label`` in its first cell."""
    for match in re.finditer(r"<w:tr>.*?</w:tr>", document, re.S):
        if f">{label}</w:t>" in match[0]:
            return match[0]
    raise AssertionError(label)


def run(text: str, properties: str = "") -> str:
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{held}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="ReportCellFigure"/>{properties}</w:pPr>{runs}</w:p>'


TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(
    *,
    runs: str | None = None,
    cell: str | None = None,
    row: Change | None = None,
    fee: str | None = None,
    document: Change | None = None,
    styles: str = "",
    style: Change | None = None,
    settings: str = "",
    extra: Mapping[str, tuple[str, str, bytes]] | None = None,
    parts_change: Callable[[dict[str, bytes]], object] | None = None,
) -> Callable[[Path], object]:
    """A maker of the example's document, changed. ``extra``: part → (content type, relation type, content)."""

    def make(path: Path) -> None:
        held = parts()
        text = held["word/document.xml"].decode()
        if runs is not None:
            text = replaced(text, CELL, f"<w:p>{CELL_STYLE}{runs}</w:p>")
        if cell is not None:
            text = replaced(text, CELL, cell)
        if row is not None:
            whole = table_row(text, "行政处罚")
            text = replaced(text, whole, row(whole))
        if fee is not None:
            whole = table_row(text, "行政事业性收费")
            text = replaced(text, whole, replaced(whole, ">0</w:t>", f">{fee}</w:t>"))
        if document is not None:
            text = document(text)
        held["word/document.xml"] = text.encode()
        if styles or style is not None:
            sheet = held["word/styles.xml"].decode()
            sheet = replaced(sheet, "</w:styles>", styles + "</w:styles>")
            held["word/styles.xml"] = (style(sheet) if style else sheet).encode()
        if settings:
            body = held["word/settings.xml"].decode()
            held["word/settings.xml"] = replaced(body, "</w:settings>", settings + "</w:settings>").encode()
        for number, (name, (kind, relation, content)) in enumerate((extra or {}).items()):
            held[name] = content
            listed = held["[Content_Types].xml"].decode()
            held["[Content_Types].xml"] = replaced(
                listed, "</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
            ).encode()
            related = held["word/_rels/document.xml.rels"].decode()
            target = name.removeprefix("word/")
            held["word/_rels/document.xml.rels"] = replaced(
                related,
                "</Relationships>",
                f'<Relationship Id="x{number}" Type="{RELATION}/{relation}" Target="{target}"/></Relationships>',
            ).encode()
        if parts_change is not None:
            parts_change(held)
        packed(held, path)

    return make


# --- workbooks -----------------------------------------------------------------------------------------------------------------------


def example_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(EXAMPLE) as package:
        return {name: package.read(name) for name in package.namelist()}
