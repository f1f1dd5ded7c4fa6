"""No web page and no text keeps a reader busy: each is read, or refused with one line, in little memory and without end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.endless import FILES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a program with 1 GB of memory, and 20 s of work for each file, said about them."""
    folder = tmp_path_factory.mktemp("endless")
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.endless", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", FILES)
def test_it_is_read_or_refused_with_one_line(name: str, said: dict[str, str]):
    line = said[name]
    assert not line or (line.endswith("。") and line.isprintable())
