"""What a supervisor writes into a summary stays while the figures are the same, and is never lost."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.collection.folders import named, put, rows
from tests.samples import with_figure
from xlreport.cli import main
from xlreport.example import faulty
from xlreport.sources.compound import SIGNATURE

pytestmark = pytest.mark.usefixtures("own")

KEY = "applications.results.total.natural_person"


def run(folder: Path, *more: object) -> int:
    try:
        return main(["audit", str(folder / "f"), str(folder / "o.xlsx"), "--jobs", "1", *map(str, more)])
    except SystemExit as stopped:
        return int(stopped.code or 0)


def write(path: Path, said: dict[int, tuple[str, str]]) -> None:
    """Write into the rows of 明细 what a person would, by row from 0."""
    book = openpyxl.load_workbook(path)
    sheet = book["明细"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row, (word, reason) in said.items():
        sheet.cell(row + 2, columns["处理"]).value = word
        sheet.cell(row + 2, columns["处理说明"]).value = reason
    book.save(path)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audited")
    put(folder, "f/a.json", named(faulty(), "甲局"))
    assert run(folder) == 1
    return folder


@pytest.fixture
def folder(audited: Path, tmp_path: Path) -> Path:
    shutil.copytree(audited, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_a_summary_offers_two_words_and_hides_what_is_for_programs(folder: Path):
    sheet = openpyxl.load_workbook(folder / "o.xlsx")["明细"]
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.column_dimensions[columns["标识"]].hidden
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"确认,忽略"' and str(choice.sqref).startswith(f"{columns['处理']}2")


def test_what_was_said_stays_from_run_to_run(folder: Path):
    write(folder / "o.xlsx", {0: ("确认", "已电话核实"), 1: ("忽略", "口径不同")})
    for _ in range(2):
        assert run(folder, "--force") == 1
        kept = rows(folder / "o.xlsx", "明细")
        assert [(row["处理"], row["处理说明"]) for row in kept[:3]] == [
            ("确认", "已电话核实"),
            ("忽略", "口径不同"),
            (None, None),
        ]
        assert not rows(folder / "o.xlsx", "处理记录")


def test_what_is_ignored_with_a_reason_does_not_count_and_without_one_does(folder: Path, capsys):
    details = rows(folder / "o.xlsx", "明细")
    (before,) = rows(folder / "o.xlsx", "总表")
    write(folder / "o.xlsx", dict.fromkeys(range(len(details)), ("忽略", "")))
    assert run(folder, "--force") == 1
    (after,) = rows(folder / "o.xlsx", "总表")
    assert after["强制性处数"] == before["强制性处数"]
    assert all("须写明理由" in str(row["说明"]) for row in rows(folder / "o.xlsx", "明细"))
    write(folder / "o.xlsx", dict.fromkeys(range(len(details)), ("忽略", "已核实")))
    capsys.readouterr()
    assert run(folder, "--force") == 0
    assert f"已忽略 {len(details)} 处" in capsys.readouterr().out
    (unit,) = rows(folder / "o.xlsx", "总表")
    assert (unit["状态"], unit["强制性处数"], unit["提示性处数"]) == ("通过", 0, 0)
    assert all(row["处数"] == 0 for row in rows(folder / "o.xlsx", "按规则"))


def test_the_row_of_the_unit_says_how_many_are_confirmed_ignored_and_open_on_the_page_too(
    folder: Path, capsys
):
    found = len(rows(folder / "o.xlsx", "明细"))
    # The last two have no effect: one gives no reason, one is neither of the two words.
    said = [("确认", "已核实"), ("确认", ""), ("忽略", "口径不同"), ("忽略", ""), ("忽咯", "已核实")]
    write(folder / "o.xlsx", dict(enumerate(said)))
    assert run(folder, "--force") == 1
    (unit,) = rows(folder / "o.xlsx", "总表")
    counts = [unit[heading] for heading in ("已确认处数", "已忽略处数", "待处理处数")]
    assert counts == [2, 1, found - 3]
    assert f"已确认 2 处，已忽略 1 处，待处理 {found - 3} 处" in capsys.readouterr().out
    page = folder / "o.html"
    earlier = ["--previous-summary", str(folder / "o.xlsx")]
    assert main(["audit", str(folder / "f"), str(page), "--jobs", "1", *earlier]) == 1
    shown = page.read_text("utf-8")
    assert f'<td class="count">2</td><td class="count">1</td><td class="count">{found - 3}</td>' in shown
    assert shown.count(">口径不同</td>") == 1


def test_a_word_that_is_none_of_the_two_is_said_to_have_no_effect_and_no_letter_tells_of_it(folder: Path):
    details = rows(folder / "o.xlsx", "明细")
    write(folder / "o.xlsx", {0: ("忽咯", "已核实"), 1: ("忽略", ""), 2: ("确认", "")})
    assert run(folder, "--force", "--letters", folder / "退回") == 1
    said = [
        str(row["说明"]).removeprefix(str(old["说明"])).strip()
        for row, old in zip(rows(folder / "o.xlsx", "明细"), details, strict=True)
    ]
    assert said[:3] == [
        "“处理”只能是“确认”或“忽略”，填的“忽咯”不起作用",
        "忽略须写明理由，没有理由的不起作用",
        "",
    ]
    assert not any(said[3:])
    letter = docx.Document(str(folder / "退回/甲局退回意见.docx"))
    assert not any("不起作用" in paragraph.text for paragraph in letter.paragraphs)


def test_when_the_figures_changed_the_finding_is_open_again_and_says_so_and_nothing_is_lost(folder: Path):
    details = rows(folder / "o.xlsx", "明细")
    write(folder / "o.xlsx", dict.fromkeys(range(len(details)), ("忽略", "口径不同")))
    report = named(faulty(), "甲局")
    put(folder, "f/a.json", with_figure(report, KEY, report.figures()[KEY] + 7))
    assert run(folder, "--force") == 1
    after = rows(folder / "o.xlsx", "明细")
    reopened = [row for row in after if "数据已变化，请重新处理" in str(row["说明"])]
    assert reopened and all("忽略：口径不同" in str(row["说明"]) and not row["处理"] for row in reopened)
    kept = rows(folder / "o.xlsx", "处理记录")
    assert len(kept) + sum(row["处理"] == "忽略" for row in after) == len(details)
    # What was said of the former figures holds again where these come back.
    put(folder, "f/a.json", report)
    assert run(folder, "--force") == 0
    assert not rows(folder / "o.xlsx", "处理记录")


def test_a_unit_that_is_gone_for_a_while_keeps_what_was_said(folder: Path):
    write(folder / "o.xlsx", {0: ("忽略", "口径不同")})
    (folder / "f/a.json").rename(folder / "away.json")
    put(folder, "f/b.json", named(faulty(), "乙局"))
    assert run(folder, "--force") == 1
    (kept,) = rows(folder / "o.xlsx", "处理记录")
    assert (kept["单位"], kept["年度"], kept["处理说明"]) == ("甲局", 2025, "口径不同")
    (folder / "away.json").rename(folder / "f/a.json")
    assert run(folder, "--force") == 1
    assert rows(folder / "o.xlsx", "明细")[0]["处理说明"] == "口径不同"


def test_an_earlier_summary_under_another_name_is_carried_on(folder: Path):
    write(folder / "o.xlsx", {0: ("确认", "见附件")})
    (folder / "o.xlsx").rename(folder / "第一轮.xlsx")
    before = (folder / "第一轮.xlsx").read_bytes()
    assert run(folder, "--previous-summary", folder / "第一轮.xlsx") == 1
    assert rows(folder / "o.xlsx", "明细")[0]["处理说明"] == "见附件"
    assert (folder / "第一轮.xlsx").read_bytes() == before


def without_marks(path: Path) -> None:
    write(path, {0: ("确认", "")})
    book = openpyxl.load_workbook(path)
    book["明细"].delete_cols(book["明细"].max_column)
    book.save(path)


def without_details(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["明细"].title = "明细1"
    book.save(path)


def with_a_password(path: Path) -> None:
    path.write_bytes(SIGNATURE + bytes(600))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("spoil", [without_marks, without_details, with_a_password, cut_short])
def test_a_workbook_whose_verdicts_cannot_be_told_is_not_replaced(folder: Path, spoil, capsys):
    spoil(folder / "o.xlsx")
    before = (folder / "o.xlsx").read_bytes()
    capsys.readouterr()
    assert run(folder, "--force") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (folder / "o.xlsx").read_bytes() == before


@pytest.mark.parametrize("name", ["gone.xlsx", "汇总.ods", "报告.xlsx"])
def test_what_is_no_summary_of_ours_is_said_to_be_none(folder: Path, name: str, capsys):
    if name == "汇总.ods":
        with zipfile.ZipFile(folder / name, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    elif name == "报告.xlsx":
        put(folder, name, faulty())
    capsys.readouterr()
    assert run(folder, "--force", "--previous-summary", folder / name) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and "程序出错" not in said
    assert ("找不到文件" in said) == (name == "gone.xlsx")


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b""])
def test_an_earlier_summary_that_cannot_be_read_is_one_line(folder: Path, content: bytes, capsys):
    put(folder, "bad.xlsx", content)
    capsys.readouterr()
    assert run(folder, "--force", "--previous-summary", folder / "bad.xlsx") == 2
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)


def test_a_damaged_summary_is_not_replaced_since_somebody_s_words_may_be_in_it(folder: Path, capsys):
    whole = (folder / "o.xlsx").read_bytes()
    spoilt = whole.replace(b"xl/workbook.xml", b"xl/workbOOk.xml")
    put(folder, "o.xlsx", spoilt)
    capsys.readouterr()
    assert run(folder, "--force") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (folder / "o.xlsx").read_bytes() == spoilt
