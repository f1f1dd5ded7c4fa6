"""``xlreport addin``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from xlreport.cli import main
from xlreport.live.excel import windows, xlam
from xlreport.live.excel.windows import Places


def test_build_writes_the_add_in(tmp_path: Path, capsys):
    out = tmp_path / "xlreport.xlam"
    assert main(["addin", "build", str(out)]) == 0
    assert out.read_bytes() == xlam.add_in() and str(out) in capsys.readouterr().out


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path, capsys):
    out = tmp_path / "xlreport.xlam"
    out.write_bytes(b"mine")
    assert main(["addin", "build", str(out)]) == 2
    assert out.read_bytes() == b"mine" and "--force" in capsys.readouterr().err
    assert main(["addin", "build", str(out), "--force"]) == 0
    assert out.read_bytes() == xlam.add_in()


@pytest.mark.parametrize("name", ["xlreport.xls", "xlreport"])
def test_an_ending_that_nothing_builds_is_refused(tmp_path: Path, capsys, name: str):
    assert main(["addin", "build", str(tmp_path / name)]) == 2
    assert ".xlam" in capsys.readouterr().err and not list(tmp_path.iterdir())


@pytest.mark.parametrize("action", ["install", "uninstall", "status"])
def test_elsewhere_than_on_windows_nothing_is_done_but_said(monkeypatch, capsys, action: str):
    monkeypatch.setattr(windows, "places", lambda: None)
    assert main(["addin", action]) == 0
    assert "不是 Windows" in capsys.readouterr().out


def test_on_windows_the_three_go_together(monkeypatch, tmp_path: Path, capsys):
    here = Places(tmp_path / "XLSTART", tmp_path / ".xlreport", "gbk")
    monkeypatch.setattr(windows, "places", lambda: here)
    assert main(["addin", "install"]) == 0
    assert "已写入" in capsys.readouterr().out and (here.start / xlam.FILE_NAME).exists()
    # Here is no DLL beside Python, which on Windows is a problem to be told.
    assert main(["addin", "status"]) == 1
    assert "问题：" in capsys.readouterr().out
    assert main(["addin", "uninstall"]) == 0
    assert main(["addin", "status"]) == 0
    assert "未安装" in capsys.readouterr().out and not list(tmp_path.iterdir())


def test_an_action_is_required(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["addin"])
    assert stopped.value.code == 2 and "缺少参数" in capsys.readouterr().err


def test_the_command_line_starts_without_xlwings():
    code = "import sys, xlreport.cli; xlreport.cli.parser(); print([m for m in sys.modules if m in ('xlwings', 'zipfile')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "xlwings" not in found
