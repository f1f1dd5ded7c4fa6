"""What a click in the start menu or on a workbook does, for somebody who never saw a command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import xlreport
from xlreport import desktop
from xlreport.example import faulty


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were opened."""
    found: list[Path] = []
    monkeypatch.setattr(desktop, "_open", found.append)
    return found


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    given: Iterator[str] = iter((*answers, ""))
    monkeypatch.setattr("builtins.input", lambda _: next(given))


def test_a_new_workbook_is_made_in_the_folder_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]
) -> None:
    monkeypatch.chdir(tmp_path)
    answering(monkeypatch, " 某某镇人民政府 ", "2024")
    assert desktop.main(["new"]) == 0
    assert opened == [tmp_path / "年报.xlsx"]
    report = xlreport.read(opened[0])
    assert (report.organisation, report.year) == ("某某镇人民政府", 2024)


def test_enter_means_the_year_that_has_just_ended_and_no_workbook_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "年报.xlsx").write_bytes(b"mine")
    answering(monkeypatch, "-某局", "")
    assert desktop.main(["new"]) == 0
    assert opened == [tmp_path / "年报-2.xlsx"]
    assert xlreport.read(opened[0]).year == date.today().year - 1
    assert (tmp_path / "年报.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize("answers", [("", "2024"), ("某局", "二四年")])
def test_an_answer_that_cannot_be_is_said_and_the_window_waits(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[Path],
    capsys: pytest.CaptureFixture[str],
    answers: tuple[str, str],
) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []
    given = iter((*answers, ""))
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or next(given))
    assert desktop.main(["new"]) == 2
    assert "关闭" in asked[-1]
    assert "参数有误" in capsys.readouterr().err
    assert not opened and not list(tmp_path.iterdir())


def test_a_checked_report_lies_beside_it_and_earlier_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "年 报.xlsx"
    xlreport.write(faulty(), source)
    before = source.read_bytes()
    answering(monkeypatch)
    assert desktop.main(["check", str(source)]) == 1
    answering(monkeypatch)
    assert desktop.main(["check", str(source)]) == 1
    assert opened == [tmp_path / "年 报-审核结果.xlsx", tmp_path / "年 报-审核结果-2.xlsx"]
    assert "审核不通过" in capsys.readouterr().out
    assert source.read_bytes() == before


def test_what_is_no_report_is_one_line_and_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    answering(monkeypatch)
    assert desktop.main(["check", str(tmp_path / "a.xlsx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not opened


@pytest.mark.parametrize("arguments", [[], ["check"], ["delete", "a.xlsx"]])
def test_other_calls_are_told_how(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert desktop.main(arguments) == 2
    assert "用法" in capsys.readouterr().err
