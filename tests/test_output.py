"""Writing: the old file or the new file, whole, and never the user's input."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest

import xlreport
from xlreport.errors import OutputError
from xlreport.example import good
from xlreport.output import TEMPORARY_PREFIX, refuse_existing, refuse_to_overwrite, replacing, write_bytes


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(TEMPORARY_PREFIX)]


def test_a_file_is_written_and_nothing_else_remains(tmp_path: Path):
    target = tmp_path / "带 空格的 文件.json"
    write_bytes(target, b"new")
    assert target.read_bytes() == b"new"
    assert leftovers(tmp_path) == []


def test_an_error_midway_leaves_the_old_file_whole(tmp_path: Path):
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(target) as temporary:
        temporary.write_bytes(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_a_new_file_may_be_read_by_others_as_usual(tmp_path: Path):
    ordinary, ours = tmp_path / "ordinary", tmp_path / "ours"
    ordinary.write_bytes(b"")
    write_bytes(ours, b"")
    assert stat.S_IMODE(ours.stat().st_mode) == stat.S_IMODE(ordinary.stat().st_mode)


@pytest.mark.parametrize("place", ["missing/a.json", "file/a.json", "folder"])
def test_a_place_that_cannot_be_written_is_one_chinese_line(tmp_path: Path, place: str):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError) as caught:
        write_bytes(tmp_path / place, b"")
    assert "\n" not in str(caught.value)
    assert place.split("/")[-1] in str(caught.value)
    assert leftovers(tmp_path) == []


def test_the_input_is_never_the_output_even_by_another_name(tmp_path: Path):
    source = tmp_path / "a.xlsx"
    source.write_bytes(b"")
    link = tmp_path / "b.xlsx"
    link.symlink_to(source)
    for target in (source, link, tmp_path / "." / "a.xlsx"):
        with pytest.raises(OutputError, match="输入文件"):
            refuse_to_overwrite(target, None, source)
    refuse_to_overwrite(tmp_path / "c.xlsx", source)


def test_an_existing_file_is_refused(tmp_path: Path):
    refuse_existing(tmp_path / "a")
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(OutputError, match="--force"):
        refuse_existing(tmp_path / "a")


def test_a_clock_before_1980_stops_no_workbook_and_is_said_of_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = time.localtime
    monkeypatch.setattr(time, "localtime", lambda at=None: real(3e8))
    for ending in (".xlsx", ".html", ".json"):
        xlreport.write(good(), tmp_path / f"a{ending}")
        assert xlreport.read(tmp_path / f"a{ending}").figures() == good().figures()
    with pytest.raises(OutputError, match="时钟早于 1980 年"):
        xlreport.write(good(), tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()
