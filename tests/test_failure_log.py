"""A failure of the program itself: one line for the user, the details where only the user can read them."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from xlreport import failure_log
from xlreport.cli import main
from xlreport.commands import rules
from xlreport.own_folder import own_folder


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command with a mistake in it, whose message has two lines."""

    def fail(options: object) -> int:
        raise LookupError("first\nsecond")

    monkeypatch.setattr(rules, "run", fail)


@pytest.mark.usefixtures("broken", "home")
def test_the_user_gets_one_line_and_the_details_are_kept(capsys: pytest.CaptureFixture[str]):
    assert main(["rules"]) == 2
    said = capsys.readouterr().err
    log = own_folder() / failure_log.NAME
    assert said.count("\n") == 1 and "LookupError" in said and str(log) in said
    assert "Traceback" in log.read_text("utf-8") and "second" in log.read_text("utf-8")


@pytest.mark.usefixtures("broken", "home")
def test_what_was_kept_before_stays(capsys: pytest.CaptureFixture[str]):
    main(["rules"])
    main(["rules"])
    assert (own_folder() / failure_log.NAME).read_text("utf-8").count("Traceback") == 2


@pytest.mark.usefixtures("broken", "home")
def test_the_log_is_bounded_and_one_before_it_is_kept(capsys: pytest.CaptureFixture[str]):
    log, before = own_folder() / failure_log.NAME, own_folder() / failure_log.BEFORE
    log.write_bytes(b"x" * (failure_log.LARGEST - 1))
    main(["rules"])
    assert log.stat().st_size > failure_log.LARGEST and not before.exists()
    main(["rules"])
    assert before.read_bytes().startswith(b"xx") and log.read_text("utf-8").count("Traceback") == 1
    log.write_bytes(b"y" * failure_log.LARGEST)
    main(["rules"])
    assert before.read_bytes() == b"y" * failure_log.LARGEST
    assert sorted(own_folder().iterdir()) == sorted((log, before))


@pytest.mark.usefixtures("home")
def test_of_one_failure_no_more_than_its_end_is_kept():
    failure_log.told(LookupError("a" * (failure_log.LONGEST * 2) + "end"), "")
    text = (own_folder() / failure_log.NAME).read_text("utf-8")
    assert text.rstrip().endswith("aend") and 0 < len(text) - failure_log.LONGEST < 100


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folder by its place in the profile")
@pytest.mark.usefixtures("home")
def test_a_folder_that_others_may_use_is_closed_to_them_and_a_link_is_none(tmp_path: Path):
    folder = own_folder()
    folder.chmod(0o777)
    assert stat.S_IMODE(own_folder().stat().st_mode) == 0o700
    folder.rmdir()
    (tmp_path / "theirs").mkdir()
    folder.symlink_to(tmp_path / "theirs")
    with pytest.raises(OSError):
        own_folder()


@pytest.mark.usefixtures("broken")
def test_without_a_place_for_it_there_is_still_one_line(home: Path, capsys: pytest.CaptureFixture[str]):
    home.write_bytes(b"")
    assert main(["rules"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "first second" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folder by its place in the profile")
def test_nobody_else_can_look_into_the_folder(home: Path):
    assert stat.S_IMODE(own_folder().stat().st_mode) == 0o700
    assert home in own_folder().parents
