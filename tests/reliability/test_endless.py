"""No web page and no text keeps a reader busy: each is read, or refused with one line, in little memory and without end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.endless import FILES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("ending", sorted({Path(name).suffix for name in FILES}))
def test_each_is_read_or_refused_with_one_line(tmp_path: Path, ending: str):
    """What a program with 1 GB of memory, and 20 s of work for each file, says about those of a kind."""
    # One test a kind: as a fixture of a test a file, every worker would run the program for its share.
    names = [name for name in FILES if name.endswith(ending)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.endless", str(tmp_path), *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said: dict[str, str] = json.loads(done.stdout)
    assert list(said) == names
    assert [line for line in said.values() if line and not (line.endswith("。") and line.isprintable())] == []
