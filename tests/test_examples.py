"""The examples: scripts that run, workbooks that are what the code makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import xlreport
from xlreport.example import faulty, good

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def test_there_are_scripts():
    assert len(SCRIPTS) >= 3


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_runs_by_itself(script: Path, tmp_path: Path):
    run = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout


@pytest.mark.parametrize(("name", "made"), [("西集镇2025.xlsx", good), ("有错误的年报.xlsx", faulty)])
def test_the_example_workbooks_hold_the_example_reports(name: str, made):
    report, expected = xlreport.read(EXAMPLES / name), made()
    assert report.model_dump() == expected.model_dump()


def test_the_example_workbooks_are_what_the_code_writes(tmp_path: Path):
    subprocess.run([sys.executable, EXAMPLES / "make_workbooks.py"], cwd=tmp_path, check=True)
    for name in ("西集镇2025.xlsx", "有错误的年报.xlsx"):
        assert (tmp_path / name).read_bytes() == (EXAMPLES / name).read_bytes(), "run it in its folder"
