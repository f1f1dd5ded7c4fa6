"""Folders with what is no report and no plain file: each is a row that says so, nothing holds the audit up."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from tests.collection.folders import named, put
from tests.reliability.test_crash_safety import as_an_ordinary_user
from xlreport.collection.audit import audit
from xlreport.collection.records import State
from xlreport.collection.report_files import files_under
from xlreport.collection.rollup import units_in
from xlreport.errors import InputError
from xlreport.example import good
from xlreport.sources import files
from xlreport.sources.files import content_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="made with what only POSIX has")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_a_pipe(path: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    os.mkfifo(folder / "pipe")
    path.symlink_to(folder / "pipe")


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def plug(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(path.parent)  # an address of a socket is short
        try:
            listening.bind(path.name)
        finally:
            os.chdir(here)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def link_to_the_folder(path: Path) -> None:
    path.symlink_to(path.parent)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (pipe, "不是普通文件"),
        (link_to_a_pipe, "不是普通文件"),
        (device, "不是普通文件"),
        (plug, "不是普通文件"),
        (circle, "圈"),
        (dangling, "找不到"),
        (link_to_the_folder, "链接"),
    ],
)
def test_it_is_a_row_that_says_so(tmp_path: Path, make, words: str):
    put(tmp_path, "a.json", named(good(), "甲局"))
    make(tmp_path / "b.xlsx")
    put(tmp_path, "c.json", named(good(), "乙局"))
    one, strange, other = audit(tmp_path)
    assert State.UNREADABLE not in (one.state, other.state)
    assert strange.state is State.UNREADABLE and words in strange.remark
    contributions = list(units_in(tmp_path, files_under(tmp_path)))
    assert words in contributions[1].problem and contributions[2].organisation == "乙局"


def nest(folder: Path, depth: int) -> None:
    """Make folders within each other, with a report in the last one."""
    content = put(folder, "model/a.json", good()).read_bytes()
    shutil.rmtree(folder / "model")
    here = Path.cwd()
    os.chdir(folder)
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.json").write_bytes(content)
    os.chdir(here)


@pytest.mark.parametrize(("depth", "reached"), [(1_500, True), (2_500, False)])
def test_folders_nested_without_end_are_gone_through_as_far_as_a_path_can_be_long(
    tmp_path: Path, depth: int, reached: bool
):
    put(tmp_path, "z.json", good())
    nest(tmp_path, depth)
    try:
        deep, report = audit(tmp_path)
        assert report.path == "z.json" and report.state is not State.UNREADABLE
        assert (deep.state is not State.UNREADABLE) is reached
        assert ("太深" in deep.remark) is not reached
    finally:
        remove_deep(tmp_path)


def remove_deep(folder: Path) -> None:
    """Take folders away that are nested deeper than a path may be long."""
    here = Path.cwd()
    os.chdir(folder)
    depth = 0
    while Path("d").is_dir():
        os.chdir("d")
        depth += 1
    Path("a.json").unlink()
    for _ in range(depth):
        os.chdir("..")
        Path("d").rmdir()
    os.chdir(here)


def test_a_folder_that_may_not_be_entered_is_a_row():
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    put(folder, "a.json", good())
    (folder / "b").mkdir()
    (folder / "b").chmod(0)
    with as_an_ordinary_user():
        one, closed = audit(folder)
    (folder / "b").chmod(0o755)
    assert one.state is not State.UNREADABLE and "不能列出" in closed.remark


def test_a_name_that_is_no_text_is_audited_and_shown(tmp_path: Path, capsys, home: Path):
    from xlreport.cli import main

    put(tmp_path, "f/a.json", good())
    (tmp_path / "f" / "a.json").rename(tmp_path / "f" / os.fsdecode(b"\xb1\xa8.json"))
    for _ in range(2):
        assert main(["audit", str(tmp_path / "f"), str(tmp_path / "o.xlsx"), "--force"]) == 0
    assert main(["rollup", str(tmp_path / "f"), str(tmp_path / "r.xlsx")]) == 0
    put(tmp_path, "f/x.json", b"{")
    (tmp_path / "f" / "x.json").rename(tmp_path / "f" / os.fsdecode(b"\xff.json"))
    assert main(["rollup", str(tmp_path / "f"), str(tmp_path / "r.xlsx"), "--force"]) == 1
    assert "⟨U+DCFF⟩" in capsys.readouterr().out


def test_a_file_that_changes_or_vanishes_while_it_is_read_is_not_read(tmp_path: Path, monkeypatch):
    path = put(tmp_path, "a.json", b"{}" * 100)

    def grow(found: Path, *_: object) -> None:
        with found.open("ab") as stream:
            stream.write(b"{}")

    look = files._refuse_irregular
    looks = []

    def changing(found: Path, *rest: object) -> None:
        look(found, *rest)  # type: ignore[arg-type]
        looks.append(found)
        if len(looks) == 2:
            grow(found)

    monkeypatch.setattr(files, "_refuse_irregular", changing)
    with pytest.raises(InputError, match="正在被改动"):
        content_of(path)
    monkeypatch.setattr(files, "_refuse_irregular", lambda found, *_: found.unlink(missing_ok=True))
    with pytest.raises(InputError, match="找不到文件"):
        content_of(path)


def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path, monkeypatch):
    path = put(tmp_path, "a.json", b"{}")
    look = files._refuse_irregular

    def exchange(found: Path, seen: os.stat_result) -> None:
        look(found, seen)
        found.unlink()
        os.mkfifo(found)

    monkeypatch.setattr(files, "_refuse_irregular", exchange)
    with pytest.raises(InputError, match="不是普通文件"):
        monkeypatch.setattr(
            files,
            "_refuse_irregular",
            lambda f, s: (monkeypatch.setattr(files, "_refuse_irregular", look), exchange(f, s)),
        )
        content_of(path)
