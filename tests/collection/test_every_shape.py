"""A folder with a report in every shape that arrives, made by the real programs, audited to the end: every row, every letter."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

import docx
import openpyxl
import pytest

from tests.collection.folders import age, named
from tests.collection.test_zipped import zipped
from tests.office import Office
from tests.rendering.drawing import items
from tests.rendering.pages import as_piped_rows
from tests.rendering.variations import Variation
from tests.sources.test_other_layouts import save
from tests.workbook.binary_book import binary_book
from xlreport.checking import check
from xlreport.cli import main
from xlreport.document.docx import write_docx
from xlreport.document.html import write_page
from xlreport.example import faulty, good
from xlreport.report import Report
from xlreport.writing import write_json, write_workbook

#: What a unit fills in itself, right or wrong.
WRITERS: Mapping[str, Callable[[Report, Path], None]] = {
    ".xlsx": write_workbook,
    ".json": write_json,
    ".docx": write_docx,
    ".html": write_page,
}
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PICTURE = r"{\field{\*\fldinst INCLUDEPICTURE http://127.0.0.1:%d/a.png}{\fldrslt }}"
PASSWORD = "12345"


class Shape(NamedTuple):
    """A report: the program's export filter (“” for what this package or the test writes), and what its row says of it."""

    name: str
    export: str
    kind: str
    wrong: bool = False


#: What LibreOffice saves of the standard workbook and of the document, each of a unit of its own.
BOOKS = (
    Shape("甲一局.xls", "MS Excel 97", "标准工作簿（旧版 Office 文件）"),
    Shape("甲二局.et", "MS Excel 97", "标准工作簿（旧版 Office 文件）", True),
    Shape("甲三局.ods", "calc8", "标准工作簿（OpenDocument 文件）", True),
)
DOCUMENTS = (
    Shape("乙一局.doc", "MS Word 97", "旧版 Office 文件"),
    Shape("乙二局.wps", "MS Word 97", "旧版 Office 文件", True),
    Shape("乙三局.rtf", "Rich Text Format", "RTF"),
    Shape("乙四局.odt", "writer8", "OpenDocument 文件", True),
    Shape("乙五局.fodt", "OpenDocument Text Flat XML", "OpenDocument 文件"),
    Shape("乙六局.pdf", "writer_pdf_Export", "PDF", True),
)
#: What asks for a password.
SHUT = (
    Shape("丁一局2025年报.xls", "MS Excel 97", "旧版 Office 文件"),
    Shape("丁二局2025年报.doc", "MS Word 97", "旧版 Office 文件"),
    Shape("丁三局2025年报.odt", "writer8", "OpenDocument 文件"),
    Shape("丁四局2025年报.pdf", "writer_pdf_Export", "PDF"),
)
OWN = (
    Shape("丙一局.xlsx", "", "标准工作簿", True),
    Shape("丙二局.xlsb", "", "二进制工作簿", True),
    Shape("丙三局.docx", "", "Word 文档", True),
    Shape("丙四局.html", "", "网页", True),
    Shape("丙五局.mht", "", "单个文件的网页"),
    Shape("丙六局.txt", "", "文本", True),
    Shape("丙七局.json", "", "JSON 数据"),
    Shape("全部.zip/下属/丙八局.xlsx", "", "标准工作簿", True),
    Shape("全部.zip/下属/丙九局.docx", "", "Word 文档"),
)
PRINTED = (Shape("戊一局.pdf", "", "PDF", True),) if CHROMIUM else ()
ERRORS = len(check(faulty()).errors)
#: A figure behind which “件” was typed is a text in a workbook's cell, and in print the figure.
UNTOLD = 1
READABLE = (*BOOKS, *DOCUMENTS, *OWN, *PRINTED)


def unit(shape: Shape) -> str:
    return Path(shape.name).stem.removesuffix("2025年报")


def report(shape: Shape) -> Report:
    return named(faulty() if shape.wrong else good(), unit(shape))


@pytest.fixture(scope="module")
def server() -> Iterator[socket.socket]:
    """Where a document fetches a picture from, if its reader lets it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture(scope="module")
def folder(office: Office, server: socket.socket, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("shapes")
    folder = home / "f"
    folder.mkdir()
    for ending, shapes in ((".xlsx", BOOKS), (".docx", DOCUMENTS)):
        for shape in shapes:
            source = home / f"{unit(shape)}{ending}"
            WRITERS[ending](report(shape), source)
            with office.opened(source) as document:
                document.save(folder / shape.name, shape.export)
                for other in SHUT if shape is shapes[0] else ():
                    if other.export in {each.export for each in shapes}:
                        document.save(folder / other.name, other.export, PASSWORD)
    rich = (folder / "乙三局.rtf").read_bytes()
    picture = PICTURE % server.getsockname()[1]
    (folder / "乙三局.rtf").write_bytes(rich[: rich.rindex(b"}")] + picture.encode() + b"\\par }")
    for shape in OWN:
        written(shape, folder, home)
    inside = {shape.name.partition("/")[2]: home / shape.name for shape in OWN if "/" in shape.name}
    (folder / "全部.zip").write_bytes(
        zipped({name: path.read_bytes() for name, path in inside.items()}, "gbk", False)
    )
    for shape in PRINTED:
        write_page(report(shape), home / "p.html")
        run = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={home / 'own'}"]
        run += [f"--print-to-pdf={folder / shape.name}", str(home / "p.html")]
        subprocess.run(list(map(str, run)), check=True, capture_output=True, timeout=120)
    for path in folder.iterdir():
        age(path)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", str(home / "cache"))
        yield home


def written(shape: Shape, folder: Path, home: Path) -> None:
    """Write what needs no other program."""
    path = (home if "/" in shape.name else folder) / shape.name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsb":
        save(home / "b.xlsx", Variation(), "one", items(report(shape), Variation()))
        rows = openpyxl.load_workbook(home / "b.xlsx").worksheets[0].iter_rows(values_only=True)
        path.write_bytes(binary_book([["" if value is None else value for value in row] for row in rows]))
    elif path.suffix == ".txt":
        path.write_text(as_piped_rows(items(report(shape), Variation())), "gb18030")
    elif path.suffix == ".mht":
        write_page(report(shape), home / "m.html")
        mail = EmailMessage()
        mail["Subject"] = "年报"
        mail.make_related()
        part = EmailMessage()
        part.set_content((home / "m.html").read_bytes(), "text", "html", cte="quoted-printable")
        mail.attach(part)
        path.write_bytes(mail.as_bytes())
    else:
        WRITERS[path.suffix](report(shape), path)


def rows(path: Path, sheet: str) -> list[Mapping[str, Any]]:
    heading, *lines = openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    return [dict(zip(heading, line, strict=True)) for line in lines]


@pytest.mark.libreoffice
def test_a_folder_with_every_shape_is_audited_to_the_end(folder: Path, server: socket.socket):
    names = [unit(shape) for shape in (*READABLE, *SHUT)]
    (folder / "units.txt").write_text("\n".join([*names, "没有报的局"]), "utf-8")
    arguments = [str(folder / "f"), str(folder / "o.xlsx"), "--units", str(folder / "units.txt")]
    letters = folder / "退回"
    assert main(["audit", *arguments, "--letters", str(letters), "--jobs", "2"]) == 1

    with pytest.raises(BlockingIOError):  # nobody asked for the picture
        server.accept()
    found = {row["文件"]: row for row in rows(folder / "o.xlsx", "总表")}
    for shape in READABLE:
        row = found.pop(shape.name)
        assert (row["单位"], row["年度"], row["文件类型"]) == (unit(shape), 2025, shape.kind), row
        assert (row["状态"] == "不通过") == shape.wrong and row["状态"] != "无法读取", row
        # As many as in the report itself: texts and figures all came through.
        unsaid = 0 if "标准" in shape.kind else UNTOLD
        assert row["强制性处数"] == (ERRORS - unsaid if shape.wrong else 0), row
    for shape in SHUT:
        row = found.pop(shape.name)
        assert (row["单位"], row["状态"], row["文件类型"]) == (unit(shape), "无法读取", shape.kind), row
        assert "密码" in row["备注"] and "单位取自文件名" in row["备注"]
    assert not found

    sent = {row["单位"]: row["报送"] for row in rows(folder / "o.xlsx", "报送情况")}
    assert sent == {**dict.fromkeys(names, "已报"), "没有报的局": "未报"}
    back = [shape for shape in (*READABLE, *SHUT) if shape.wrong or shape in SHUT]
    marked = [shape for shape in back if shape.kind == "标准工作簿"]
    assert {path.name for path in letters.iterdir()} == {
        *(f"{unit(shape)}退回意见.docx" for shape in back),
        *(f"{unit(shape)}（已标注）.xlsx" for shape in marked),
    }
    for shape in back:
        lines = [part.text for part in docx.Document(str(letters / f"{unit(shape)}退回意见.docx")).paragraphs]
        text = "\n".join(lines)
        assert lines[0] == "2025年政府信息公开工作年度报告\n退回意见" and lines[1] == f"{unit(shape)}："
        assert Path(shape.name).name in text
        assert ("密码" in text) == (shape in SHUT)
        assert ("疑似应为 79" in text) == shape.wrong
        assert (f"附件：{unit(shape)}（已标注）.xlsx" in lines) == (shape in marked)

    # What is known of unchanged files is not found out anew.
    assert main(["audit", str(folder / "f"), str(folder / "o.html"), *arguments[2:], "--jobs", "2"]) == 1
    page = (folder / "o.html").read_text("utf-8")
    assert all(
        f">{Path(shape.name).name}<" in page or f"/{Path(shape.name).name}<" in page for shape in READABLE
    )
