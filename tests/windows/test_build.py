"""What the builder puts together, without NSIS: Python with the wheels in their places, and one line where something is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.windows.made import python_zip, wheel, wheels
from windows import build


def test_the_version_is_that_of_the_archive(tmp_path: Path) -> None:
    assert build.version_of(python_zip(tmp_path)) == "3.13"


def test_another_archive_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = wheel(tmp_path, "rich")
    assert build.main(["--python-zip", str(other)]) == 2
    assert "embed-amd64" in capsys.readouterr().err
    assert build.main(["--python-zip", str(tmp_path / "missing.zip")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_everything_of_a_wheel_lies_where_that_python_looks(tmp_path: Path) -> None:
    found = wheels(tmp_path / "wheels")
    build.lay_out(python_zip(tmp_path), sorted(found.glob("*.whl")), tmp_path / "source")
    python = tmp_path / "source/python"
    assert (python / "python313._pth").read_text().splitlines() == [
        *("python313.zip", ".", "Lib\\site-packages", "import site")
    ]
    assert (python / "Lib/site-packages/xlwings.py").exists()
    # Excel's functions reach Python through this file, which is looked for beside python.exe.
    assert (python / "xlwings64.dll").exists()
    assert not list((python / "Lib/site-packages").glob("*.data"))
    assert b"xlreport.cli" in (tmp_path / "source/xlreport.cmd").read_bytes()
    assert "校验" in (tmp_path / "source/manual.html").read_text("utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=build.ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_the_wheels_are_this_source_and_all_it_needs(tmp_path: Path, own: Path) -> None:
    build.gather(own, wheels(tmp_path / "wheels"), "3.13", tmp_path / "found")
    names = {path.name.partition("-")[0] for path in (tmp_path / "found").glob("*.whl")}
    assert {"xlreport", "pydantic", "python_calamine", "xlwings", "pywin32"} <= names
    assert len(names) == 11


def test_a_missing_wheel_is_named(tmp_path: Path, own: Path) -> None:
    with pytest.raises(build.BuildError, match="watchfiles"):
        build.gather(own, wheels(tmp_path / "wheels", without="watchfiles"), "3.13", tmp_path / "found")
