"""Where an office's rules are found, and what the commands make of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import xlreport
from tests.office import Office
from tests.samples import complete
from xlreport.workbook.office_sheet import SHEET

RULES = """
[[relation]]
id = "own-cases"
title = "复议偏多"
rule = "cases.review.total <= 0.1 * applications.new.total"
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xlreport.cli", *arguments]
    surroundings = {**os.environ, "XDG_CONFIG_HOME": str(folder / "own"), **environment}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=surroundings
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    xlreport.write(complete("xiji-2025"), tmp_path / "reports" / "r.xlsx")
    return tmp_path


def rules_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [finding["rule"] for finding in json.loads(done.stdout)["findings"]]


@pytest.mark.parametrize("place", ["named.toml", "reports/xlreport.toml", "own/xlreport/xlreport.toml"])
def test_rules_are_named_or_lie_beside_the_report_or_in_the_users_folder_and_that_is_said(
    folder: Path, place: str
):
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_text(RULES, "utf-8")
    named = ("--rules", place) if place == "named.toml" else ()
    done = run(folder, "check", "reports/r.xlsx", "--format", "json", *named)
    assert "own-cases" in rules_of(done)
    assert "按本单位的规则审核" in done.stderr
    assert Path(place).name in done.stderr


def test_the_named_file_comes_first(folder: Path):
    (folder / "reports" / "xlreport.toml").write_text(RULES, "utf-8")
    (folder / "empty.toml").write_text("# none\n", "utf-8")
    done = run(folder, "check", "reports/r.xlsx", "--format", "json", "--rules", "empty.toml")
    assert "own-cases" not in rules_of(done)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[[relation]]\n", "（第 1 行）：没有写 rule"),
        ("[[关系]]\n".encode("gbk"), "不是 UTF-8 文本"),
        (b"#" * 300_000, "太大"),
    ],
)
def test_rules_that_make_no_sense_are_one_line_and_status_2(folder: Path, content: bytes, told: str):
    (folder / "bad.toml").write_bytes(content)
    done = run(folder, "check", "reports/r.xlsx", "--rules", "bad.toml")
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_rules_that_are_not_there_are_one_line(folder: Path):
    done = run(folder, "check", "reports/r.xlsx", "--rules", "none.toml")
    assert done.returncode == 2
    assert "找不到文件" in done.stderr


def test_an_own_rule_of_level_error_stops_the_document(folder: Path):
    (folder / "own.toml").write_text(RULES + 'level = "error"\n', "utf-8")
    refused = run(folder, "convert", "reports/r.xlsx", "r.docx", "--rules", "own.toml")
    assert refused.returncode == 1
    assert not (folder / "r.docx").exists()
    assert run(folder, "convert", "reports/r.xlsx", "r.docx").returncode == 0


def test_own_findings_stand_in_the_results_sheet(folder: Path):
    (folder / "own.toml").write_text(RULES + '[levels]\nblank = "off"\n', "utf-8")
    run(folder, "check", "reports/r.xlsx", "--rules", "own.toml", "--mark", "marked.xlsx")
    book = openpyxl.load_workbook(folder / "marked.xlsx")
    texts = [str(cell.value) for row in book["校验结果"].iter_rows() for cell in row if cell.value]
    assert any("复议偏多" in text for text in texts)
    assert any("“有空白格”不审核" in text for text in texts)


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("cases.review.total <= 0.1 * applications.new.total", "△ 34＞16.7"),
        ("cases.review.total <= applications.new.total", "✓"),
        ("applications.new.total = 2 * cases.review.total + 1", "△ 167≠69"),
        ("applications.new.total - 3 * cases.review.upheld = 68", "✓"),
    ],
)
def test_an_own_relation_is_alive_in_a_new_workbook(folder: Path, office: Office, rule: str, shown: str):
    (folder / "own.toml").write_text(f'[[relation]]\nrule = "{rule}"\n', "utf-8")
    made = run(folder, "new", "n.xlsx", "--organisation", "某局", "--year", "2025", "--rules", "own.toml")
    assert made.returncode == 0
    book = openpyxl.load_workbook(folder / "n.xlsx")
    (row,) = (line for line in book[SHEET].iter_rows(min_row=4) if line[3].value)
    blank = complete("xiji-2025")
    with office.opened(folder / "n.xlsx") as document:
        document.recalculate()
        assert document.text(SHEET, row[3].coordinate) == ""
        for key, place in xlreport.read(folder / "n.xlsx").places.items():
            if key in blank.figures():
                sheet, cell = place.rsplit("!", 1)
                document.set(sheet.strip("'"), cell, blank.figures()[key])
        document.recalculate()
        assert document.text(SHEET, row[3].coordinate) == shown


def test_an_audit_holds_every_report_to_the_offices_rules_and_anew_when_they_change(folder: Path):
    (folder / "own.toml").write_text(RULES, "utf-8")
    audit = ("audit", "reports", "out.xlsx", "--force")
    run(folder, *audit, XDG_CACHE_HOME=str(folder / "cache"))
    done = run(folder, *audit, "--rules", "own.toml", XDG_CACHE_HOME=str(folder / "cache"))
    assert "按本单位的规则审核" in done.stderr
    book = openpyxl.load_workbook(folder / "out.xlsx")
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("复议偏多" in text for text in texts)
    assert any("own.toml" in text for text in texts)
    (folder / "own.toml").write_text(RULES + 'level = "error"\n', "utf-8")
    assert run(folder, *audit, "--rules", "own.toml", XDG_CACHE_HOME=str(folder / "cache")).returncode == 1


def test_the_rules_that_the_manual_shows_are_understood_and_weighed(folder: Path):
    manual = (Path(__file__).parent.parent / "docs" / "office-rules.zh-CN.md").read_text("utf-8")
    shown = manual.partition("```toml\n")[2].partition("```")[0]
    (folder / "own.toml").write_text(shown, "utf-8")
    done = run(folder, "check", "reports/r.xlsx", "--format", "json", "--rules", "own.toml")
    assert {"own-cases", "office-4"} <= set(rules_of(done))
    changes = {"“与上年相差较大”不审核", "“有空白格”按强制性审核"}
    assert set(json.loads(done.stdout)["changes"]) == changes


@pytest.mark.parametrize("kind", ["folder", "broken link", "pipe"])
def test_what_is_called_so_and_cannot_be_read_is_said(folder: Path, kind: str):
    path = folder / "reports" / "xlreport.toml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes here")
        os.mkfifo(path)
    else:
        path.symlink_to("nowhere")
    done = run(folder, "check", "reports/r.xlsx")
    assert done.returncode == 2
    assert "xlreport.toml" in done.stderr
    assert done.stderr.count("\n") == 1


PLUS = " +\n"


def test_a_relation_that_is_too_long_for_a_cell_waits_for_the_check(folder: Path):
    keys = list(complete("xiji-2025").declaration.cells)[:190]
    terms = PLUS.join(f"12345678 * {key}" for key in keys)
    (folder / "long.toml").write_text(f'[[relation]]\nrule = """{terms} <= 3"""\n', "utf-8")
    done = run(folder, "new", "n.xlsx", "--organisation", "某镇", "--year", "2025", "--rules", "long.toml")
    assert done.returncode == 0
    assert openpyxl.load_workbook(folder / "n.xlsx")[SHEET]["D4"].value == "校验时审核"
