from __future__ import annotations

from pathlib import Path

import pytest

from tests.collection.folders import BROKEN, age, mixed, put
from xlreport.collection.report_files import files_under, stamp_of
from xlreport.errors import InputError


def test_every_file_is_listed_but_temporary_hidden_and_lock_files(tmp_path: Path):
    found = files_under(mixed(tmp_path))
    assert found == sorted(found)
    assert set(BROKEN) <= set(found)
    assert len(found) == len(BROKEN) + 6


def test_excluded_files_and_folders_are_not_listed(tmp_path: Path):
    for path in ("a.json", "out.xlsx", "去年/a.json", "去年/里/b.json"):
        put(tmp_path, path, b"x")
    assert files_under(tmp_path, tmp_path / "out.xlsx", tmp_path / "去年", None) == ["a.json"]
    assert files_under(tmp_path / "去年", tmp_path) == ["a.json", "里/b.json"]


def test_a_folder_that_cannot_be_used_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    file = put(tmp_path, "file.json", b"{}")
    for folder in (tmp_path / "missing", tmp_path / "empty", file):
        with pytest.raises(InputError) as raised:
            files_under(folder)
        assert len(str(raised.value).splitlines()) == 1


def test_links_in_a_circle_do_not_hold_it_up(tmp_path: Path):
    put(tmp_path, "a.json", b"{}")
    (tmp_path / "round").symlink_to(tmp_path)
    assert files_under(tmp_path) == ["a.json", "round"]


def test_a_stamp_changes_with_the_file_and_there_is_none_for_a_fresh_one(tmp_path: Path):
    path = put(tmp_path, "a.json", b"{}")
    before = stamp_of(path)
    age(path, 1)
    assert before and stamp_of(path) not in ("", before)
    path.write_bytes(b"{}")
    assert stamp_of(path) == ""
    assert stamp_of(tmp_path / "missing") == ""
