"""The folder of wheels: its script installs with nothing from the internet, and says in one line which step failed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from windows import install

ROOT = Path(__file__).parents[2]
BATCH = (ROOT / "windows/安装.cmd").read_bytes()


def test_the_steps_are_those_of_the_guide_and_ask_no_registry(tmp_path: Path) -> None:
    commands = [
        " ".join(command) for _, command, _ in install.steps(tmp_path / "安装包", tmp_path / "python")
    ]
    assert len(commands) == 4
    assert commands[0] == f"{sys.executable} -m venv {tmp_path / 'python'}"
    assert "--no-index" in commands[1] and f"--find-links {tmp_path / '安装包'} xlreport" in commands[1]
    assert [each.partition(" -m ")[2] for each in commands[2:]] == [
        *("xlreport.cli addin install", "xlreport.cli addin status")
    ]


def test_an_incomplete_folder_is_one_line_after_a_python_of_its_own(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "安装包").mkdir()
    assert install.main(tmp_path / "安装包", tmp_path / "用户") == 2
    said = capfd.readouterr().out.splitlines()
    assert said[-1].startswith("没有装好：“安装 xlreport”") and "安装包完整" in said[-1]
    assert (tmp_path / "用户/xlreport/python/pyvenv.cfg").exists()


def test_everything_is_done_in_order_and_said(tmp_path: Path, monkeypatch, capsys) -> None:
    done: list[list[str]] = []

    def run(command: list[str], check: bool) -> subprocess.CompletedProcess[str]:
        done.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    assert install.main(tmp_path, tmp_path) == 0
    assert done == [command for _, command, _ in install.steps(tmp_path, tmp_path / "xlreport" / "python")]
    assert capsys.readouterr().out.splitlines()[-1].startswith("装好了")


def test_an_old_python_is_told_to_go(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(install, "OLDEST", (99, 0))
    assert install.main(tmp_path, tmp_path) == 2
    assert "太旧" in capsys.readouterr().out


def test_the_batch_file_reads_the_same_on_every_machine() -> None:
    for part in BATCH.split(b"\r\n:"):
        before, _, said = part.partition(b"chcp 65001 >nul")
        assert before.isascii() and said.decode("utf-8").isascii() != bool(said)
    assert BATCH.count(b"\n") == BATCH.count(b"\r\n") > 5
    assert b"py -3 install.py\r\n" in BATCH
