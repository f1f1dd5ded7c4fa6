"""Whatever happens while a file is written, the old file or the new one is there, whole, and finished work is not lost."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import xlreport
from tests.reliability.killing import strays
from tests.samples import complete
from xlreport.cli import main
from xlreport.errors import OutputError
from xlreport.output import TEMPORARY_PREFIX, replacing, write_bytes
from xlreport.temporary import temporary_beside

ROOT = Path(__file__).parents[2]
#: How often the writers are killed after a random time; a few hundred by hand.
KILLS = int(os.environ.get("XLREPORT_KILLS", "20"))


def line(raised: pytest.ExceptionInfo[OutputError]) -> str:
    """Return the error's text, which is one line."""
    text = str(raised.value)
    assert "\n" not in text and text.endswith("。")
    return text


def test_a_killed_writer_leaves_the_old_file_or_the_new_one_and_the_next_run_clears_up(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "tests.reliability.killing", str(tmp_path), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["killed after a random time"] == KILLS
    assert seen["killed at a step"] > 20
    # Both ends are met, and so is the middle, where a temporary file stays behind.
    assert min(seen["the old file found"], seen["the new file found"], seen["with a temporary file left"]) > 5


def test_a_temporary_file_of_a_running_program_is_never_taken_away(tmp_path: Path) -> None:
    target = tmp_path / "年报.json"
    with replacing(target) as outer:
        outer.write_bytes(b"outer")
        write_bytes(target, b"inner")
        assert outer.read_bytes() == b"outer"
    assert target.read_bytes() == b"outer"


def test_a_dead_programs_temporary_file_goes_with_the_next_write_of_the_same_file_only(
    tmp_path: Path,
) -> None:
    with temporary_beside(tmp_path / "一.json") as made:
        dead = tmp_path / f"{made.path.name}.copy"
        dead.write_bytes(b"half")
    users = tmp_path / f"{TEMPORARY_PREFIX}笔记.txt"
    users.write_bytes(b"notes")
    write_bytes(tmp_path / "二.json", b"")
    assert dead.exists()
    write_bytes(tmp_path / "一.json", b"")
    assert not dead.exists()
    assert users.read_bytes() == b"notes"


def test_a_link_in_place_of_a_dead_temporary_file_is_not_followed(tmp_path: Path) -> None:
    with temporary_beside(tmp_path / "一.json") as made:
        name = made.path.name
    (tmp_path / "重要.txt").write_bytes(b"mine")
    (tmp_path / name).symlink_to(tmp_path / "重要.txt")
    write_bytes(tmp_path / "一.json", b"")
    assert (tmp_path / "重要.txt").read_bytes() == b"mine"


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, "sharing violation")


def test_a_target_open_in_excel_keeps_the_finished_work_under_a_name_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "年报.json", tmp_path / "年报.xlsx"
    xlreport.write(complete(), source)
    target.write_bytes(b"open in Excel")
    for number in (1, 2):
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", refuse)
            assert main(["convert", str(source), str(target), "--force"]) == 2
        kept = tmp_path / f"年报（另存{number}）.xlsx"
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and f"已另存为 {kept}" in said and "打开" in said
        assert target.read_bytes() == b"open in Excel"
        assert xlreport.read(kept).figures() == complete().figures()
    assert not strays(tmp_path)


def test_work_that_cannot_stay_in_the_folder_is_kept_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "spare").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spare"))
    touch = Path.touch

    def touch_elsewhere(self: Path, *arguments: object, **options: object) -> None:
        if self.parent == tmp_path / "here":
            raise PermissionError(errno.EACCES, "denied")
        touch(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(Path, "touch", touch_elsewhere)
    with pytest.raises(OutputError) as raised:
        write_bytes(tmp_path / "here" / "a.json", b"work")
    (kept,) = (tmp_path / "spare").iterdir()
    assert str(kept) in line(raised) and kept.read_bytes() == b"work"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(code, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as raised:
        write_bytes(target, b"new")
    assert "磁盘空间不足" in line(raised)
    assert target.read_bytes() == b"old" and not strays(tmp_path)


@pytest.mark.parametrize("name", ["年报.xlsx", "年报.docx", "年报.json", "标注.xlsx"])
def test_a_disk_that_fills_up_while_writing_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    source, target = tmp_path / "source.xlsx", tmp_path / name
    xlreport.write(complete(), source)
    target.write_bytes(b"old")
    command = ["check", str(source), "--mark"] if name == "标注.xlsx" else ["convert", str(source)]
    command += [str(target), "--force", *(["--draft"] if name.endswith(".docx") else [])]

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    done = subprocess.run(
        [sys.executable, "-m", "xlreport.cli", *command],
        capture_output=True,
        text=True,
        preexec_fn=small,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "磁盘空间不足" in done.stderr and "Traceback" not in done.stderr
    assert target.read_bytes() == b"old" and not strays(tmp_path)


@contextlib.contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """The administrator may write anywhere; for as long as this lasts, we are somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_written_is_said_in_one_line() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o555)
        with as_an_ordinary_user(), pytest.raises(OutputError) as raised:
            write_bytes(folder / "a.json", b"")
        assert "没有写入权限" in line(raised) and "文件夹" in line(raised)
        folder.chmod(0o000)
        with as_an_ordinary_user(), pytest.raises(OutputError) as raised:
            write_bytes(folder / "a.json", b"")
        assert "没有写入权限" in line(raised)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_paths_of_more_than_260_characters_with_blanks_and_chinese_are_written_and_read(
    tmp_path: Path,
) -> None:
    folder = tmp_path.joinpath(*["政务公开 办公室 二〇二五年度 材料（定稿）"] * 12)
    folder.mkdir(parents=True)
    target = folder / "年报 最终版 (2).xlsx"
    assert len(str(target)) > 260
    xlreport.write(complete(), target)
    assert xlreport.read(target).figures() == complete().figures()
    assert not strays(folder)


@pytest.mark.parametrize(
    "name",
    ["长" * 300 + ".xlsx", "长" * 300 + ".json", "a" * 252 + ".docx", "\0.json", "\ud800.json"],
)
def test_a_name_that_no_file_can_have_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    report = complete()
    with pytest.raises(OutputError) as raised:
        xlreport.write(report, tmp_path / name)
    line(raised)
    assert not list(tmp_path.iterdir())


def test_the_command_says_in_one_line_that_a_name_is_too_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.json"
    xlreport.write(complete(), source)
    assert main(["convert", str(source), str(tmp_path / ("长" * 300 + ".xlsx"))]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "太长" in said


def test_a_link_stays_a_link_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    real, link = tmp_path / "share" / "年报.json", tmp_path / "年报.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_bytes(link, b"new")
    assert link.is_symlink() and real.read_bytes() == b"new"


def test_a_replaced_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    target.chmod(0o660)
    write_bytes(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o660
