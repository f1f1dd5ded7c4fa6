"""The program in a pipe, without an output, on a full disk, in a country of another alphabet: it works, and its exit status is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import xlreport
from xlreport.example import faulty, good

PROGRAM = [sys.executable, "-m", "xlreport.cli"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and descriptors of another kind")


@pytest.fixture(params=["passes", "fails"])
def report(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, int]:
    """A report, and the exit status of its check."""
    path = tmp_path / "年报.json"
    xlreport.write(good() if request.param == "passes" else faulty(), path)
    return path, 0 if request.param == "passes" else 1


def test_a_reader_that_goes_away_changes_nothing(report: tuple[Path, int]):
    path, status = report
    process = subprocess.Popen([*PROGRAM, "check", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert (process.stderr.read(), process.wait(60)) == (b"", status)


def test_a_closed_output_changes_nothing(report: tuple[Path, int]):
    path, status = report
    done = subprocess.run(
        [*PROGRAM, "check", str(path)], preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE, check=False
    )
    assert (done.stderr, done.returncode) == (b"", status)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said(report: tuple[Path, int]):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "check", str(report[0])], stdout=full, stderr=subprocess.PIPE, check=False
        )
    said = done.stderr.decode()
    assert done.returncode == 2 and "结果没有全部写出（磁盘空间不足）" in said and len(said.splitlines()) == 1


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_a_name_given_in_another_locale_is_kept(tmp_path: Path, locale: str):
    target = tmp_path / "new.xlsx"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [*PROGRAM, "new", str(target), "--organisation", "西集镇人民政府", "--year", "2025"],
        env={**environment, "LC_ALL": locale, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert xlreport.read(target).organisation == "西集镇人民政府"
