"""A zip of reports in an audited folder is a folder: its files are rows, with letters and marked workbooks, and nothing gets out of it."""

from __future__ import annotations

import io
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest

import xlreport
from tests.collection.folders import named, put
from tests.samples import published
from xlreport.cli import main
from xlreport.collection.report_files import files_under, stamp_of
from xlreport.collection.rollup import units_in
from xlreport.errors import InputError
from xlreport.example import faulty, good
from xlreport.sources import zip_folder


@pytest.fixture(autouse=True)
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("own")
        patched.setenv("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", str(folder))
        yield


def zipped(files: Mapping[str, bytes | xlreport.Report], encoding: str = "utf-8", said: bool = True) -> bytes:
    """Return a zip of these files, written as other archivers do: names in any encoding, which is said or not."""
    made, directory = io.BytesIO(), b""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else as_bytes(content, Path(name).suffix)
        written, packed = name.encode(encoding), zlib.compress(data, wbits=-15)
        flags = 0x800 if said else 0
        sizes = struct.pack("<IIIHH", zlib.crc32(data), len(packed), len(data), len(written), 0)
        head = struct.pack("<HHHI", 20, flags, 8, 0)
        place = made.tell()
        made.write(b"PK\3\4" + head + sizes + written + packed)
        directory += b"PK\1\2\x14\0" + head + sizes + struct.pack("<HHHII", 0, 0, 0, 0, place) + written
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(files), len(files), len(directory), made.tell(), 0)
    return made.getvalue() + directory + end


def as_bytes(report: xlreport.Report, ending: str) -> bytes:
    if ending == ".json":
        return report.model_dump_json().encode()
    # Only this decides in which shape a report is written.
    path = Path(tempfile.mkdtemp()) / f"a{ending}"
    xlreport.write(report, path)
    return path.read_bytes()


REPORT = published("suqian-2024")


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", True), ("utf-8", False), ("gbk", False), ("gb18030", False)]
)
def test_names_are_read_in_the_encoding_in_which_they_were_written(tmp_path: Path, encoding: str, said: bool):
    names = [
        "联通.json",
        "各县/甲县/年报.json",
        "各县\\乙县\\a.json",
        "㐀㐁.json",
        "__MACOSX/._甲.json",
        "~$甲.docx",
    ]
    if encoding == "gbk":
        names[3] = "誠信.json"  # one of its letters ends in a backslash's byte
    put(tmp_path, "全市.zip", zipped({**dict.fromkeys(names, b"{}"), "空文件夹/": b""}, encoding, said))
    put(tmp_path, "全市.zip.txt", b"x")
    expected = ["全市.zip/" + name.replace("\\", "/") for name in sorted([names[0], names[3], *names[1:3]])]
    assert sorted(files_under(tmp_path)) == sorted([*expected, "全市.zip.txt"])


def test_the_files_of_a_zip_are_audited_and_go_back_like_all_others(tmp_path: Path):
    inside = {
        "各县/甲局.json": named(good(), "甲局"),
        "各县/乙局.xlsx": named(faulty(), "乙局"),
        "丙局2025年报.doc": b"\xd0\xcf\x11\xe0" + bytes(600),
        "更多.zip": zipped({"丁局.json": REPORT}),
        "宋庄年报.doc": b"\xd0\xcf\x11\xe0" + bytes(600),
    }
    put(tmp_path, "f/全市.zip", zipped(inside, "gbk", False))
    put(tmp_path, "f/戊局.xlsx", named(faulty(), "戊局"))
    put(tmp_path, "units.txt", "甲局\n乙局\n丙局\n丁局\n戊局\n宋庄".encode())
    arguments = [tmp_path / "f", tmp_path / "o.xlsx", "--units", tmp_path / "units.txt", "--letters"]
    assert main(["audit", *map(str, arguments), str(tmp_path / "l"), "--jobs", "1"]) == 1
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    units = {row[-2].value: row for row in book["总表"].iter_rows(min_row=2)}
    said = {
        path.rpartition(",")[2]: [row[1].value, row[3].value, row[-3].value] for path, row in units.items()
    }
    assert said == {
        '"全市.zip/各县/甲局.json")': ["甲局", "有提示", "JSON 数据"],
        '"全市.zip/各县/乙局.xlsx")': ["乙局", "不通过", "标准工作簿"],
        '"全市.zip/丙局2025年报.doc")': ["丙局", "无法读取", "旧版 Office 文件"],
        '"全市.zip/更多.zip")': [None, "无法读取", "压缩包"],
        # Its unit is told by the list alone.
        '"全市.zip/宋庄年报.doc")': ["宋庄", "无法读取", "旧版 Office 文件"],
        '"戊局.xlsx")': ["戊局", "不通过", "标准工作簿"],
    }
    assert any("请先解压" in str(row[-1].value) for row in units.values())
    # Links lead to what can be opened: the zip, or the workbook's cell.
    links = {
        cell.value
        for row in book["明细"].iter_rows(min_row=2)
        for cell in row
        if cell.value and "HYPER" in str(cell.value)
    }
    assert all(link.startswith(('=HYPERLINK("f/全市.zip",', '=HYPERLINK("f/戊局.xlsx')) for link in links)
    assert {path.name for path in (tmp_path / "l").iterdir()} == {
        *(f"{name}局退回意见.docx" for name in "乙丙戊"),
        *(f"{name}局（已标注）.xlsx" for name in "乙戊"),
        "更多退回意见.docx",
        "宋庄退回意见.docx",
    }
    rate = list(book["报送情况"].iter_rows(min_row=2, values_only=True))
    assert [unit[3] for unit in rate] == ["已报", "已报", "已报", "未报", "已报", "已报"]


def test_a_zip_of_documents_is_told_from_a_document_by_its_content(tmp_path: Path):
    put(tmp_path, "甲.docx", REPORT)
    put(tmp_path, "甲.zip", (tmp_path / "甲.docx").read_bytes())
    put(tmp_path, "乙.xlsx", zipped({"word/乙局.json": REPORT}))
    put(tmp_path, "丙.ofd", zipped({"OFD.xml": b"<a/>", "Doc_0/Document.xml": b"<a/>"}))
    put(tmp_path, "坏.zip", zipped({"丁局.json": REPORT})[:-30])
    assert files_under(tmp_path) == ["丙.ofd", "乙.xlsx/word/乙局.json", "坏.zip", "甲.docx", "甲.zip"]
    assert xlreport.read(tmp_path / "甲.zip").figures() == REPORT.figures()
    assert xlreport.read(tmp_path / "乙.xlsx/word/乙局.json").figures() == REPORT.figures()
    put(tmp_path, "丁.rar", b"Rar!\x1a\7\1\0" + bytes(99))
    for name, problem in (("丙.ofd", "OFD"), ("丁.rar", "压缩包.*解压")):
        with pytest.raises(InputError, match=problem):
            xlreport.read(tmp_path / name)
    with pytest.raises(InputError, match="找不到文件"):
        xlreport.read(tmp_path / "乙.xlsx/word/丙局.json")


@pytest.mark.parametrize(
    ("names", "flags", "problem"),
    [
        (["../a.json"], 0, "名称不合规"),
        (["a/../../b.json"], 0, "名称不合规"),
        (["a.json", "./a.json"], 0, "同名"),
        (["a.json"], 1, "密码"),
        ([f"{number}.json" for number in range(9)], 0, "有 9 个文件"),
    ],
)
def test_a_zip_that_cannot_be_gone_through_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], flags: int, problem: str
):
    monkeypatch.setattr(zip_folder, "MOST_MEMBERS", 8)
    content = zipped(dict.fromkeys(names, b"{}"))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = content.find(mark) + place
        content = content[:at] + bytes([flags]) + content[at + 1 :]
    put(tmp_path, "f/全市.zip", content)
    assert files_under(tmp_path / "f") == ["全市.zip"]
    (unit,) = units_in(tmp_path / "f", ["全市.zip"])
    assert problem in unit.problem and "解压" in unit.problem and "\n" not in unit.problem


def test_what_expands_without_measure_is_not_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put(tmp_path, "炸.zip", zipped({f"{number}.txt": bytes(8_000_000) for number in range(3)}))
    put(tmp_path, "长.zip", zipped({f"{number}.txt": bytes(9) for number in range(90)}))
    monkeypatch.setattr(zip_folder, "LARGEST_ZIP_INDEX", 4_000)
    assert files_under(tmp_path) == ["炸.zip", "长.zip"]
    said = [unit.problem for unit in units_in(tmp_path, files_under(tmp_path))]
    assert "倍" in said[0] and "文件太多" in said[1]


def test_a_stamp_is_that_of_the_zip(tmp_path: Path):
    path = put(tmp_path, "全市.zip", zipped({"甲局.json": REPORT}))
    assert stamp_of(path / "甲局.json") == stamp_of(path) != ""
