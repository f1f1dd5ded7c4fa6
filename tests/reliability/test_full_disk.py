"""A disk that fills up during an audit or a roll-up: one line, and nothing is left behind."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

import pytest
from xlsxwriter.worksheet import Worksheet

from tests.collection.folders import named, put
from tests.reliability.killing import strays
from tests.samples import complete
from xlreport.cli import main


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Path:
    for name in ("甲局", "乙局"):
        put(tmp_path, f"f/{name}.json", named(complete(), name))
    return tmp_path / "f"


class Full:
    """Lets so many writes pass and none after them."""

    def __init__(self, allowed: int) -> None:
        self.left = allowed

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("allowed", [0, 1, 5, 50, 400])
@pytest.mark.parametrize("where", ["rows", "parts", "target"])
def test_it_is_said_in_one_line_wherever_it_happens(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, where: str, allowed: int
):
    full = Full(allowed if where != "target" else 0)
    (tmp_path / "spare").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spare"))
    (tmp_path / "o.xlsx").write_bytes(b"old")
    if where == "rows":
        write_row = Worksheet._write_row

        def limited(self: Worksheet, *arguments: object, **options: object) -> None:
            full()
            write_row(self, *arguments, **options)

        monkeypatch.setattr(Worksheet, "_write_row", limited)
    elif where == "parts":
        make = tempfile.mkstemp

        def limited_make(*arguments: object, **options: object) -> tuple[int, str]:
            if str(options.get("dir")) != str(tmp_path):
                full()
            return make(*arguments, **options)  # type: ignore[call-overload, no-any-return]

        monkeypatch.setattr(tempfile, "mkstemp", limited_make)
    else:
        write = Path.write_bytes

        def limited_write(self: Path, content: bytes) -> int:
            full()
            return write(self, content)

        monkeypatch.setattr(Path, "write_bytes", limited_write)
    status = main(["audit", str(folder), str(tmp_path / "o.xlsx"), "--force"])
    said = capsys.readouterr().err
    if full.left < 0:
        assert (status, said.count("\n")) == (2, 1) and "磁盘空间不足" in said and "腾出空间" in said
        monkeypatch.undo()
        assert (tmp_path / "o.xlsx").read_bytes() == b"old"
    else:
        assert status == 0
    assert not list((tmp_path / "spare").iterdir()) and not strays(tmp_path)


def test_a_roll_up_says_it_in_one_line(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    full = Full(0)
    monkeypatch.setattr(Path, "write_bytes", lambda *_: full())
    assert main(["rollup", str(folder), str(tmp_path / "o.xlsx")]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "磁盘空间不足" in said
    assert not (tmp_path / "o.xlsx").exists() and not strays(tmp_path)
