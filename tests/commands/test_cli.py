"""The command line as other programs see it: names, exit statuses, one line on standard error."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

import xlreport
from tests.samples import DATA, complete, with_figure
from xlreport import check
from xlreport.cli import COMMANDS, main
from xlreport.example import faulty, good
from xlreport.terminal import print_findings
from xlreport.workbook.marks import PROPOSED_TINT


@pytest.fixture
def right(tmp_path: Path) -> Path:
    path = tmp_path / "right.xlsx"
    xlreport.write(good(), path)
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.xlsx"
    xlreport.write(faulty(), path)
    return path


def outcome(*arguments: object) -> tuple[int, str]:
    """Run the command in this process; return its status (argparse exits by itself)."""
    try:
        return main([str(argument) for argument in arguments]), ""
    except SystemExit as stopped:
        return int(stopped.code or 0), "argparse"


def test_it_runs_as_a_module_where_the_command_is_not_on_the_path(right: Path):
    for command, status in (("check", 0), ("nothing", 2)):
        run = subprocess.run(
            [sys.executable, "-m", "xlreport", command, str(right)], capture_output=True, check=False
        )
        assert run.returncode == status


def test_check_passes_with_status_0(right: Path, capsys):
    assert outcome("check", right)[0] == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("✓ 审核通过")


def test_check_fails_with_status_1_and_says_so_last(wrong: Path, capsys):
    assert outcome("check", wrong)[0] == 1
    out = capsys.readouterr().out
    assert out.splitlines()[-1].startswith("✗ 审核不通过（强制性 7 处")
    assert "三、依申请公开!D9" in out
    assert "疑似应为 79（数字颠倒，很可能）" in out


def test_check_in_json_is_the_object_of_the_python_interface(wrong: Path, capsysbinary):
    assert outcome("check", wrong, "--format", "json")[0] == 1
    printed = json.loads(capsysbinary.readouterr().out)
    report = xlreport.read(wrong)
    assert printed == xlreport.check(report).model_dump(mode="json")
    assert printed["passed"] is False
    results = printed["findings"][0]
    assert results["where"][0] == "三、依申请公开!D30"


def test_last_year_may_be_another_file(tmp_path: Path, capsysbinary):
    now, last = tmp_path / "now.json", tmp_path / "last.json"
    now.write_bytes((DATA / "reports" / "suqian-2024.json").read_bytes())
    previous = xlreport.read(DATA / "reports" / "suqian-2023.json")
    xlreport.write(with_figure(previous, "applications.carried_out.natural_person", 117), last)
    assert outcome("check", now, "--previous", last, "--format", "json")[0] == 1
    printed = json.loads(capsysbinary.readouterr().out)
    assert [f["difference"] for f in printed["findings"] if f["rule"] == "carried"] == [1]


def test_mark_writes_a_copy_and_leaves_the_input(wrong: Path, tmp_path: Path):
    before = wrong.read_bytes()
    assert outcome("check", wrong, "--mark", tmp_path / "marked.xlsx")[0] == 1
    assert wrong.read_bytes() == before
    again = xlreport.read(tmp_path / "marked.xlsx")
    assert again.figures() == xlreport.read(wrong).figures()
    assert [f.message for f in xlreport.check(again)] == [
        f.message for f in xlreport.check(xlreport.read(wrong))
    ]


def test_a_marked_copy_of_another_kind_is_refused_before_anything_is_checked(
    wrong: Path, tmp_path: Path, capsys
):
    assert outcome("check", wrong, "--mark", tmp_path / "marked.docx")[0] == 2
    printed = capsys.readouterr()
    assert printed.out == "" and "只能存为 .xlsx" in printed.err


def test_a_report_that_is_no_workbook_can_be_marked_too(tmp_path: Path):
    source = tmp_path / "report.json"
    xlreport.write(faulty(), source)
    assert outcome("check", source, "--mark", tmp_path / "marked.xlsx")[0] == 1
    assert xlreport.read(tmp_path / "marked.xlsx").figures() == faulty().figures()


@pytest.mark.parametrize("ending", [".docx", ".html", ".json", ".xlsx"])
def test_convert_goes_by_the_ending(right: Path, tmp_path: Path, ending: str, capsys):
    out = tmp_path / f"out{ending}"
    assert outcome("convert", right, out)[0] == 0
    assert out.stat().st_size > 1000
    assert str(out) in capsys.readouterr().out


def test_convert_through_json_keeps_everything(right: Path, tmp_path: Path):
    outcome("convert", right, tmp_path / "a.json")
    outcome("convert", tmp_path / "a.json", tmp_path / "b.xlsx")
    assert xlreport.read(tmp_path / "b.xlsx").model_dump() == xlreport.read(right).model_dump()


def test_errors_block_the_document(wrong: Path, tmp_path: Path, capsys):
    assert outcome("convert", wrong, tmp_path / "out.docx")[0] == 1
    assert "审核结果中存在强制性审核类型错误，不生成上报文档" in capsys.readouterr().err
    assert not (tmp_path / "out.docx").exists()


def test_a_draft_is_written_all_the_same(wrong: Path, tmp_path: Path):
    assert outcome("convert", wrong, tmp_path / "out.docx", "--draft")[0] == 0
    assert (tmp_path / "out.docx").exists()


def test_a_draft_page_is_written_all_the_same(wrong: Path, tmp_path: Path):
    assert outcome("convert", wrong, tmp_path / "out.html")[0] == 1
    assert outcome("convert", wrong, tmp_path / "out.html", "--draft")[0] == 0
    assert "草稿（" in (tmp_path / "out.html").read_text("utf-8")


@pytest.mark.parametrize("ending", [".txt", ".docx", ".html"])
def test_any_shape_of_last_year_gives_its_figures_and_what_it_carries_over(
    ending: str, tmp_path: Path, capsys
):
    last, out = DATA / "xiji-2025.txt", tmp_path / "2026.xlsx"
    if ending != ".txt":
        last = tmp_path / f"last{ending}"
        xlreport.write(good(), last)
    arguments = ("new", out, "--organisation", "西集镇人民政府", "--year", 2026, "--previous", last)
    assert outcome(*arguments)[0] == 0
    report = xlreport.read(out)
    assert report.previous.figures() == good().figures()
    assert report.applications.carried_in == good().applications.carried_out
    assert "请核对" in capsys.readouterr().out
    sheet, _, address = report.places["applications.carried_in.total"].rpartition("!")
    cell = openpyxl.load_workbook(out)[sheet][address]
    assert cell.fill.fgColor.rgb[-6:] == PROPOSED_TINT and "结转下年度" in cell.comment.text


def test_nothing_is_carried_over_from_another_year(right: Path, tmp_path: Path):
    out = tmp_path / "2028.xlsx"
    assert outcome("new", out, "--organisation", "某局", "--year", 2028, "--previous", right)[0] == 0
    assert set(xlreport.read(out).applications.carried_in.model_dump().values()) == {None}


def test_an_existing_output_is_replaced_only_with_force(right: Path, tmp_path: Path, capsys):
    out = tmp_path / "out.json"
    out.write_text("old")
    assert outcome("convert", right, out)[0] == 2
    assert out.read_text() == "old"
    assert "--force" in capsys.readouterr().err
    assert outcome("convert", right, out, "--force")[0] == 0
    assert json.loads(out.read_text("utf-8"))["year"] == 2025


def test_the_input_is_never_replaced(right: Path, capsys):
    before = right.read_bytes()
    for arguments in (("convert", right, right, "--force"), ("check", right, "--mark", right, "--force")):
        assert outcome(*arguments)[0] == 2
    assert right.read_bytes() == before


def test_new_makes_a_workbook_with_last_year_s_figures(right: Path, tmp_path: Path):
    out = tmp_path / "2026.xlsx"
    arguments = ("new", out, "--organisation", "西集镇人民政府", "--year", 2026, "--previous", right)
    assert outcome(*arguments)[0] == 0
    report = xlreport.read(out)
    assert (report.organisation, report.year) == ("西集镇人民政府", 2026)
    assert report.previous.figures() == good().figures()
    assert set(report.applications.carried_out.model_dump().values()) == {None}


@pytest.mark.parametrize(
    ("organisation", "year", "told"),
    [
        (good().organisation, 2026, []),
        (good().organisation, 2025, ["上年报告是2025年的，不是2024年的"]),
        ("某某镇人民政府", 2026, [good().organisation]),
        ("某某镇人民政府", 2025, ["2024年", good().organisation]),
    ],
)
def test_new_says_that_last_year_s_report_may_be_the_wrong_one(
    organisation: str, year: int, told: list[str], right: Path, tmp_path: Path, capsys
):
    arguments = ("--organisation", organisation, "--year", year, "--previous", right)
    assert outcome("new", tmp_path / "new.xlsx", *arguments)[0] == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(told)
    assert all(words in line for words, line in zip(told, lines, strict=True))


def test_an_output_without_an_ending_is_told_which_endings_there_are(right: Path, tmp_path: Path, capsys):
    assert outcome("convert", right, tmp_path / "out")[0] == 2
    assert "out：没有扩展名" in (told := capsys.readouterr().err) and ".docx" in told


@pytest.mark.parametrize("arguments", [("-h",), *((name, "-h") for name in COMMANDS)])
def test_help_is_in_chinese_but_for_names(arguments: tuple[str, ...], capsys):
    outcome(*arguments)
    told = capsys.readouterr().out
    assert told.startswith("用法：")
    assert not re.search(r"usage|options|positional|show this", told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("new", "a.xlsx", "--organisation", "某局", "--year", "25"), "四位年份"),
        (("new", "a.xlsx", "--organisation", "", "--year", "2025"), "机关全称"),
        (("audit", "f", "a.xlsx", "--jobs", "0"), "整数"),
    ],
)
def test_a_wrong_value_is_told_what_would_be_right(arguments: tuple[str, ...], told: str, capsys):
    assert outcome(*arguments)[0] == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["right.xlsx", "right.xlsx/below"])
def test_demo_in_a_folder_that_cannot_be_is_one_line_and_no_fault_of_ours(folder: str, right: Path, capsys):
    assert outcome("demo", right.parent / folder)[0] == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(str(right)) and "文件夹" in printed.err
    assert printed.out == ""


def test_alone_it_shows_its_help(capsys):
    assert outcome()[0] == 0
    printed = capsys.readouterr()
    assert not printed.err and all(command in printed.out for command in COMMANDS)


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_a_list_is_no_wider_than_the_window_and_breaks_no_number(columns: int, monkeypatch, capsys):
    report = with_figure(complete(), "applications.new.natural_person", 1234567)
    findings = check(report)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    print_findings(findings)
    lines = capsys.readouterr().out.splitlines()
    assert max(cell_len(line) for line in lines if line.startswith(("│", "├"))) <= columns
    assert any("1234567" in line for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("check",),
        ("check", "missing.xlsx"),
        ("check", "."),
        ("new", "a.xlsx", "--year", "2025"),
        ("new", "a.xlsx", "--organisation", "某局", "--year", "二〇二五"),
        ("new", "a.xlsx", "--organisation", " ", "--year", "2025"),
        ("new", "a.pdf", "--organisation", "某局", "--year", "2025"),
        ("convert", "missing.xlsx", "out.docx"),
        ("convert", "missing.xlsx", "out.pdf"),
        ("rules", "--format", "yaml"),
    ],
)
def test_what_cannot_be_used_is_one_chinese_line_and_status_2(arguments, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert outcome(*arguments)[0] == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert any("一" <= letter <= "鿿" for letter in printed.err)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_is_one_line_too(monkeypatch, capsys, right: Path):
    monkeypatch.setattr(xlreport, "check", lambda *_: 1 / 0)
    assert outcome("check", right)[0] == 2
    assert "Traceback" not in capsys.readouterr().err


def test_demo_leaves_two_workbooks_a_marked_copy_and_a_document(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert outcome("demo")[0] == 0
    assert outcome("demo")[0] == 0
    for folder in ("xlreport-demo", "xlreport-demo-2"):
        assert sorted(path.suffix for path in (tmp_path / folder).iterdir()) == [
            ".docx",
            ".xlsx",
            ".xlsx",
            ".xlsx",
        ]
    assert str(tmp_path / "xlreport-demo") in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_rules_prints_the_catalogue(form: str, capsys):
    assert outcome("rules", "--format", form)[0] == 0
    assert "carried" in capsys.readouterr().out


def test_a_check_loads_no_library_it_does_not_need(right: Path):
    code = (
        "import sys; from xlreport.cli import COMMANDS, main; main(['check', sys.argv[1]]); "
        "print([m for m in ('openpyxl', 'docx', 'xlwings', 'lxml', 'numpy', 'scipy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(right)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_output_survives_a_console_without_the_marks(right: Path):
    run = subprocess.run(
        [sys.executable, "-m", "xlreport.cli", "check", str(right)],
        capture_output=True,
        env={"PYTHONIOENCODING": "gbk", "PYTHONPATH": ":".join(sys.path)},
        check=False,
    )
    assert run.returncode == 0
    assert "审核通过" in run.stdout.decode("gbk")
