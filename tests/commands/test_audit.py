"""``xlreport audit`` as a supervisor sees it: the workbook, the statuses, Ctrl-C, and the second run."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import zipfile
from itertools import islice
from pathlib import Path

import openpyxl
import pytest

from tests.collection.folders import BROKEN, mixed, named, put, rows
from tests.office import Office
from tests.samples import complete, published
from xlreport.cli import main
from xlreport.collection import audit as collection_audit
from xlreport.collection.pen import Book, Link
from xlreport.example import faulty, good

pytestmark = pytest.mark.usefixtures("own")

SHEETS = ["概况", "报送情况", "总表", "明细", "按规则", "跨单位"]


def run(*arguments: object) -> int:
    try:
        return main(["audit", *map(str, arguments)])
    except SystemExit as stopped:
        return int(stopped.code or 0)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    mixed(folder / "f")
    put(folder, "f/镇/西集镇（副本）.json", named(good(), "西集镇人民政府"))
    put(folder, "f/镇/注入 #1.json", named(good(), '=HYPERLINK("http://x";"y")'))
    put(folder, "units.txt", "单位名称\n西集镇政府\n没有报送的局\n".encode("gb18030"))
    assert run(folder / "f", folder / "汇总.xlsx", "--units", folder / "units.txt") == 1
    return folder / "汇总.xlsx"


def test_the_summary_has_its_sheets_and_a_row_for_every_file(out: Path):
    assert openpyxl.load_workbook(out).sheetnames == SHEETS
    units = rows(out, "总表")
    assert [unit["序号"] for unit in units] == list(range(1, len(BROKEN) + 9))
    assert sum(unit["状态"] == "无法读取" for unit in units) == len(BROKEN)
    assert all(unit["备注"] for unit in units if unit["状态"] == "无法读取")
    wrong = next(unit for unit in units if unit["单位"] == "错集镇人民政府")
    assert (wrong["状态"], wrong["年度"]) == ("不通过", 2025)
    assert "437 件" in wrong.values()


def test_every_printed_page_says_which_list_it_belongs_to(out: Path):
    book = openpyxl.load_workbook(out)
    for sheet in book.worksheets[1:]:
        assert sheet.oddHeader.left.text == book.worksheets[0]["A1"].value
        assert sheet.oddHeader.right.text == "&A"
        assert sheet.print_title_rows == "$1:$1"


def test_findings_are_counted_the_same_on_every_sheet(out: Path):
    units, details, rules = (rows(out, name) for name in ("总表", "明细", "按规则"))
    assert sum(unit["强制性处数"] or 0 for unit in units) == sum(row["级别"] == "强制性" for row in details)
    assert sum(rule["处数"] for rule in rules) == len(details)
    assert [rule["处数"] for rule in rules] == sorted((rule["处数"] for rule in rules), reverse=True)


def test_what_is_wrong_is_in_view_on_a_small_screen(out: Path):
    """1366 pixels less the row numbers and the scroll bar; a character takes 7 pixels and a column 5 more."""
    sheet = openpyxl.load_workbook(out)["明细"]
    headings = [cell.value for cell in sheet[1]]
    upto = headings.index("说明") + 1
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1][:upto]]
    assert sum(width * 7 + 5 for width in widths) < 1366 - 40


def test_a_finding_leads_to_its_file_and_cell(out: Path):
    sheet = openpyxl.load_workbook(out)["明细"]
    links = [row[5].value for row in sheet.iter_rows(min_row=2) if row[1].value == "错集镇人民政府"]
    assert any(str(link).startswith("=HYPERLINK(\"f/镇/错.xlsx#'三、依申请公开'!") for link in links)
    assert (out.parent / "f/镇/错.xlsx").exists()


def test_units_are_seen_side_by_side(out: Path):
    seen = rows(out, "跨单位")
    kinds = {
        kind: [row["单位"] for row in seen if row["类别"] == kind] for kind in {row["类别"] for row in seen}
    }
    assert kinds["单位重复"] == ["西集镇人民政府", "西集镇人民政府"]
    assert kinds["未报送"] == ["没有报送的局"]
    assert "西集镇人民政府" not in kinds["名单外"]
    assert {"西集镇人民政府", "东集镇人民政府"} <= set(kinds["文字雷同"])


def test_the_list_of_units_is_listed_in_its_order_with_the_rate(out: Path):
    reported = rows(out, "报送情况")
    assert [(row["单位"], row["报送"]) for row in reported[:2]] == [
        ("西集镇政府", "已报"),
        ("没有报送的局", "未报"),
    ]
    assert {row["报送"] for row in reported[2:]} == {"名单外"}
    overview = {row[0].value: row[1].value for row in openpyxl.load_workbook(out)["概况"].iter_rows()}
    assert (overview["应报单位"], overview["已报单位"], overview["未报单位"], overview["报送率"]) == (
        2,
        1,
        1,
        0.5,
    )


def test_every_file_s_kind_is_listed(out: Path):
    shapes = {str(row["文件"]): row["文件类型"] for row in rows(out, "总表")}
    assert shapes["镇/错.xlsx"] == "标准工作簿" and shapes["镇/里/东集镇.docx"] == "Word 文档"
    assert shapes["坏/old.xls"] == "旧版 Office 文件" and shapes["坏/empty.docx"] == "空文件"


def test_text_never_becomes_a_formula(out: Path):
    workbook = openpyxl.load_workbook(out)
    formulas = [
        cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert formulas and all(formula.startswith('=HYPERLINK("f/') for formula in formulas)
    names = [
        cell
        for row in workbook["总表"].iter_rows()
        for cell in row
        if str(cell.value).startswith('=HYPERLINK("http')
    ]
    assert names and all(cell.data_type != "f" and cell.quotePrefix for cell in names)


def test_a_name_that_would_break_a_link_is_written_so_that_it_does_not(tmp_path: Path):
    book = Book(tmp_path / "a.xlsx", tmp_path)
    sheet = book.sheet("x")
    long = "长" * 300 + '"#'
    book.put(sheet, 0, 0, Link("text", str(tmp_path / long), "a'b!C3"))
    book.put(sheet, 1, 0, "\x00bad \ud800 characters")
    book.complete()
    book.give_up()
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["x"].cell(1, 1)
    assert "".join(cell.value.split('"&"')) == f'=HYPERLINK("{"长" * 300}""%23#\'a\'\'b\'!C3","text")'
    assert max(map(len, cell.value.split('"'))) <= 255


def test_there_are_three_native_charts(out: Path):
    with zipfile.ZipFile(out) as package:
        charts = [
            package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")
        ]
    assert len(charts) == 3
    assert sum("<c:doughnutChart>" in chart for chart in charts) == 1


@pytest.mark.libreoffice
def test_libreoffice_opens_the_summary_with_its_charts_and_links(out: Path, office: Office):
    with office.opened(out) as document:
        assert document.sheet_names == SHEETS
        assert document.sheet("概况").Charts.Count == 3
        document.recalculate()
        files = [row[-2] for row in document.values("总表", "A2:W8")]
        assert "坏/damaged.xlsx" in files
        assert document.text("总表", "D2") == "无法读取"


def test_all_passing_is_status_0_and_leaves_no_temporary_files(tmp_path: Path, capsys):
    put(tmp_path, "f/a.json", published("suqian-2024"))
    assert run(tmp_path / "f", tmp_path / "o.xlsx") == 0
    assert capsys.readouterr().out.startswith("共审核 1 份")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f", "o.xlsx"]


def test_out_inside_the_folder_and_its_cache_are_not_audited(tmp_path: Path):
    put(tmp_path, "a.json", published("suqian-2024"))
    for _ in range(2):
        assert run(tmp_path, tmp_path / "o.xlsx", "--force") == 0
    assert len(rows(tmp_path / "o.xlsx", "总表")) == 1


def test_last_year_s_folder_is_matched(tmp_path: Path):
    put(tmp_path, "now/a.json", complete("suqian-2024"))
    put(tmp_path, "last/b.json", published("suqian-2023").model_copy(update={"year": 2022}))
    assert run(tmp_path / "now", tmp_path / "o.xlsx", "--previous", tmp_path / "last") == 1
    assert any("上年数是2022年的" in str(row["说明"]) for row in rows(tmp_path / "o.xlsx", "明细"))


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_jobs_is_a_whole_number_from_1(tmp_path: Path, jobs: str, capsys):
    assert run(tmp_path, tmp_path / "o.xlsx", "--jobs", jobs) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_cannot_be_used_is_one_line_and_status_2(tmp_path: Path, capsys):
    put(tmp_path, "f/a.json", good())
    put(tmp_path, "old.xlsx", b"kept")
    put(tmp_path, "none.txt", b"\n\n")
    (tmp_path / "empty").mkdir()
    for arguments in (
        (tmp_path / "missing", tmp_path / "o.xlsx"),
        (tmp_path / "empty", tmp_path / "o.xlsx"),
        (tmp_path / "f" / "a.json", tmp_path / "o.xlsx"),
        (tmp_path / "f", tmp_path / "o.pdf"),
        (tmp_path / "f", tmp_path / "old.xlsx"),
        (tmp_path / "f", tmp_path / "no folder" / "o.xlsx"),
        (tmp_path / "f", tmp_path / "o.xlsx", "--previous", tmp_path / "missing"),
        (tmp_path / "f", tmp_path / "o.xlsx", "--units", tmp_path / "none.txt"),
    ):
        assert run(*arguments) == 2
        printed = capsys.readouterr()
        assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert (tmp_path / "old.xlsx").read_bytes() == b"kept"
    assert not (tmp_path / "o.xlsx").exists()


def test_ctrl_c_leaves_a_complete_workbook_that_says_how_far_it_came(tmp_path: Path, monkeypatch, capsys):
    for number in range(6):
        put(tmp_path, f"f/{number}.json", named(faulty(), f"{number}局"))

    whole = collection_audit.audit

    def interrupted(*arguments, **options):
        yield from islice(whole(*arguments, **options), 4)
        raise KeyboardInterrupt

    monkeypatch.setattr(collection_audit, "audit", interrupted)
    assert run(tmp_path / "f", tmp_path / "o.xlsx") == 130
    assert "未完成：共 6 份，按路径顺序审核了前 4 份" in capsys.readouterr().out
    assert len(rows(tmp_path / "o.xlsx", "总表")) == 4


#: The command, in which Ctrl-C is pressed once so many records are there.
PRESSING = """
import os, signal, sys
from xlreport.cli import main
from xlreport.collection import audit as module
whole = module.audit
def audit(*arguments, **options):
    for number, record in enumerate(whole(*arguments, **options), 1):
        if number == 40:
            os.kill(os.getpid(), signal.SIGINT)
        yield record
module.audit = audit
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_at_a_real_process_ends_it_with_a_complete_workbook(tmp_path: Path, jobs: str):
    for number in range(60):
        put(tmp_path, f"f/{number:03}.json", named(good(), f"第{number}局"))
    done = subprocess.run(
        [sys.executable, "-c", PRESSING, "audit", str(tmp_path / "f"), "o.xlsx", "--jobs", jobs],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr.startswith("正在停止")
    assert done.returncode == 130
    assert "共 60 份，按路径顺序审核了前 40 份" in done.stdout
    assert len(rows(tmp_path / "o.xlsx", "总表")) == 40


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "86401", "一分钟"])
def test_the_limit_is_a_number_of_seconds(tmp_path: Path, seconds: str, capsys):
    assert run(tmp_path, tmp_path / "o.xlsx", "--limit", seconds) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_over_the_limit_is_a_row_and_the_others_are_audited(tmp_path: Path):
    put(tmp_path, "f/a.json", published("suqian-2024"))
    put(tmp_path, "f/b.html", b"<html><table>" + b"<tr><td>" * 2_000_000)
    assert run(tmp_path / "f", tmp_path / "o.xlsx", "--limit", "0.2") == 1
    states = {str(row["文件"]): row for row in rows(tmp_path / "o.xlsx", "总表")}
    assert states["b.html"]["状态"] == "无法读取"


def test_a_record_that_a_stranger_left_beside_the_summary_is_not_used_and_said(tmp_path: Path, capsys):
    put(tmp_path, "f/a.json", named(faulty(), "错局"))
    (tmp_path / "o.xlsx.audit-cache").symlink_to("/dev/zero")
    assert run(tmp_path / "f", tmp_path / "o.xlsx") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "audit-cache" in said
    assert (tmp_path / "o.xlsx.audit-cache").is_symlink()


@pytest.mark.parametrize("spoil", [b"no database at all " * 100, b"SQLite format 3\0" + bytes(84), None])
def test_a_spoilt_record_is_thrown_away_and_said(tmp_path: Path, own: Path, capsys, spoil: bytes | None):
    put(tmp_path, "f/a.json", named(faulty(), "错局"))
    assert run(tmp_path / "f", tmp_path / "o.xlsx") == 1
    assert capsys.readouterr().err == ""
    (kept,) = sorted((own / "xlreport" / "audits").iterdir(), key=lambda path: path.stat().st_mtime)[-1:]
    if spoil is None:
        with contextlib.closing(sqlite3.connect(kept)) as connection, connection:
            connection.execute("UPDATE known SET record = replace(record, '不通过', '通过')")
    else:
        kept.write_bytes(spoil)
    assert run(tmp_path / "f", tmp_path / "o.xlsx", "--force") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "没有使用" in said
    assert [row["状态"] for row in rows(tmp_path / "o.xlsx", "总表")] == ["不通过"]
