"""What counts as a save, whatever the program does to the file; the looks at it are the test's own, so nothing here takes time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xlreport
from xlreport.errors import InputError
from xlreport.example import faulty, good
from xlreport.live.watching import saves as saving
from xlreport.live.watching.page import Page
from xlreport.live.watching.saves import PATIENCE, saves
from xlreport.live.watching.watch import watch

Act = Callable[[], object]
#: How many looks it takes to see that a file has settled, and one more.
CALM = 3
CLOCK = iter(range(1_700_000_000, 2_000_000_000))


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A report that passes and the same with errors, as files."""
    path = tmp_path_factory.mktemp("workbooks") / "a.xlsx"
    found = []
    for report in (good(), faulty()):
        xlreport.write(report, path)
        found.append(path.read_bytes())
    return found[0], found[1]


@pytest.fixture
def right(workbooks: tuple[bytes, bytes]) -> bytes:
    return workbooks[0]


@pytest.fixture
def wrong(workbooks: tuple[bytes, bytes]) -> bytes:
    return workbooks[1]


@pytest.fixture
def file(tmp_path: Path, right: bytes) -> Path:
    path = tmp_path / "年报.xlsx"
    put(path, right)
    return path


def put(path: Path, content: bytes) -> None:
    """Write a file a second later than the one before, as far as anybody can tell."""
    path.write_bytes(content)
    moment = next(CLOCK)
    os.utime(path, (moment, moment))


def looks(*acts: Act, after: int = CALM) -> Iterator[None]:
    """Do one thing after the other, with some looks after each."""
    for act in acts:
        act()
        for _ in range(after):
            yield


def seen(file: Path, occasions: Iterator[None]) -> list[str]:
    """Return what ``saves`` saw: “right”, “wrong”, or what kept it from seeing."""
    return [said(save.content) for save in saves(file, occasions)]


def said(content: object) -> str:
    if isinstance(content, InputError):
        return content.problem
    assert isinstance(content, xlreport.Report)
    return "right" if content.problems == good().problems else "wrong"


def test_the_file_is_read_at_once(file: Path):
    assert seen(file, looks()) == ["right"]


def test_looking_is_not_saving(file: Path):
    assert seen(file, looks(lambda: None, after=500)) == ["right"]


def test_a_save_is_seen_once_however_often_one_looks(file: Path, wrong: bytes):
    assert seen(file, looks(lambda: put(file, wrong), after=500)) == ["right", "wrong"]


def test_every_save_is_seen(file: Path, right: bytes, wrong: bytes):
    acts = [lambda content=content: put(file, content) for content in (wrong, right, wrong)]
    assert seen(file, looks(*acts)) == ["right", "wrong", "right", "wrong"]


@pytest.mark.parametrize("between", [0, 1, 2, 20, PATIENCE - 1])
def test_a_file_that_comes_in_pieces_is_seen_when_it_is_whole(file: Path, wrong: bytes, between: int):
    size = len(wrong) // 5 + 1
    acts = [lambda end=end: put(file, wrong[:end]) for end in range(0, len(wrong) + size, size)]
    assert seen(file, yield_for_calm(looks(*acts, after=between))) == ["right", "wrong"]


def yield_for_calm(occasions: Iterator[None]) -> Iterator[None]:
    yield from occasions
    yield from looks(lambda: None)


@pytest.mark.parametrize("between", [1, 2, 20])
def test_a_temporary_file_renamed_over_it_is_a_save(file: Path, wrong: bytes, between: int):
    temporary = file.with_name("8E2F1000")
    acts: list[Act] = [lambda: put(temporary, wrong), lambda: temporary.replace(file)]
    assert seen(file, yield_for_calm(looks(*acts, after=between))) == ["right", "wrong"]


@pytest.mark.parametrize("between", [1, 2, 20, PATIENCE - 1])
def test_a_file_deleted_and_made_anew_is_one_save(file: Path, wrong: bytes, between: int):
    """Excel: the old file out of the way, the new one in its place, the old one deleted."""
    temporary, old = file.with_name("A1B2C3D4.tmp"), file.with_name("old.tmp")
    acts: list[Act] = [
        lambda: put(temporary, wrong),
        lambda: file.rename(old),
        lambda: temporary.rename(file),
        old.unlink,
    ]
    assert seen(file, yield_for_calm(looks(*acts, after=between))) == ["right", "wrong"]


@pytest.mark.parametrize("lock", ["~$年报.xlsx", ".~lock.年报.xlsx#", ".~年报.xlsx"])
def test_lock_files_are_no_saves(file: Path, wrong: bytes, lock: str):
    beside = file.with_name(lock)
    assert seen(file, looks(lambda: put(beside, wrong), beside.unlink)) == ["right"]


def test_a_file_held_by_another_program_is_waited_for(file: Path, wrong: bytes, monkeypatch):
    plain, refusals = xlreport.read, iter(range(PATIENCE - 1))

    def read(path: Path) -> xlreport.Report:
        if said(plain(path)) == "wrong" and next(refusals, None) is not None:
            raise InputError(path, "被占用")
        return plain(path)

    monkeypatch.setattr(xlreport, "read", read)
    assert seen(file, looks(lambda: put(file, wrong), after=PATIENCE + CALM)) == ["right", "wrong"]


def test_what_cannot_be_read_for_long_is_said_once(file: Path, right: bytes, wrong: bytes):
    acts: list[Act] = [lambda: put(file, wrong[:3000]), lambda: put(file, right)]
    first, problem, last = seen(file, looks(*acts, after=5 * PATIENCE))
    assert (first, last) == ("right", "right")
    assert problem not in ("right", "wrong")


def test_a_file_that_is_gone_is_said_once_and_seen_when_it_is_back(file: Path, wrong: bytes):
    acts: list[Act] = [file.unlink, lambda: put(file, wrong)]
    assert seen(file, looks(*acts, after=5 * PATIENCE)) == ["right", "找不到文件", "wrong"]


def test_a_file_saved_while_it_is_read_is_read_again(file: Path, right: bytes, wrong: bytes, monkeypatch):
    plain, later = xlreport.read, iter([right])

    def read(path: Path) -> xlreport.Report:
        report = plain(path)
        if said(report) == "wrong":
            put(path, next(later))
        return report

    monkeypatch.setattr(xlreport, "read", read)
    assert seen(file, looks(lambda: put(file, wrong), after=2 * CALM)) == ["right", "right"]


def test_the_time_is_that_of_the_save(file: Path, wrong: bytes):
    put(file, wrong)
    (save,) = saves(file, looks())
    assert save.time.timestamp() == file.stat().st_mtime


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["right", "wrong", "half", "renamed", "gone", "lock"]),
            st.integers(0, 4),
        ),
        max_size=12,
    )
)
@settings(max_examples=40)
def test_when_all_is_calm_the_last_result_is_what_is_in_the_file(
    workbooks: tuple[bytes, bytes], course: list[tuple[str, int]]
):
    right, wrong = workbooks
    with tempfile.TemporaryDirectory() as folder:
        file, temporary = Path(folder) / "a.xlsx", Path(folder) / "b.tmp"
        put(file, right)

        def act(name: str) -> None:
            if name == "renamed":
                put(temporary, wrong)
                temporary.replace(file)
            elif name == "gone":
                file.unlink(missing_ok=True)
            elif name == "lock":
                put(file.with_name("~$a.xlsx"), right)
            else:
                put(file, {"right": right, "wrong": wrong, "half": wrong[: len(wrong) // 2]}[name])

        def occasions() -> Iterator[None]:
            for name, rest in course:
                act(name)
                yield from looks(lambda: None, after=rest)
            yield from looks(lambda: None, after=PATIENCE + CALM)

        results = seen(file, occasions())
        try:
            assert results[-1] == said(xlreport.read(file))
        except InputError as error:
            assert results[-1] == error.problem
        assert len(results) <= 1 + len(course)


class TestWatching:
    """The command's loop: what is printed, and what it comes to."""

    def test_each_save_is_checked_and_its_time_printed(
        self, file: Path, right: bytes, wrong: bytes, tmp_path, capsys
    ):
        page = Page(tmp_path / "page.html")
        acts = [lambda: put(file, wrong), lambda: put(file, right)]
        assert watch(file, None, looks(*acts), page) == 0
        out = capsys.readouterr().out
        verdicts = [line[:6] for line in out.splitlines() if line.startswith(("✓", "✗"))]
        assert verdicts == ["✓ 审核通过", "✗ 审核不通", "✓ 审核通过"]
        assert out.count(" 保存\n") == 3
        assert page.path.as_uri() in out

    def test_a_save_that_changes_nothing_is_not_checked_again(
        self, file: Path, right: bytes, tmp_path, capsys, monkeypatch
    ):
        checked = []
        plain = xlreport.check
        monkeypatch.setattr(xlreport, "check", lambda *given: checked.append(1) or plain(*given))
        watch(
            file, None, looks(lambda: put(file, right), lambda: os.utime(file)), Page(tmp_path / "page.html")
        )
        assert len(checked) == 1
        assert capsys.readouterr().out.count("内容没有变化") == 2

    def test_last_year_s_report_is_read_along(self, file: Path, tmp_path, capsys):
        last = good()
        last.applications.carried_out.natural_person = 1
        watch(file, last, looks(), Page(tmp_path / "page.html"))
        assert "上年结转与上年数不符" in capsys.readouterr().out.replace("\n", "")

    def test_it_comes_to_what_the_last_check_came_to(self, file: Path, wrong: bytes, tmp_path):
        def interrupted(*acts: Act) -> Iterator[None]:
            yield from looks(*acts, after=PATIENCE + CALM)
            raise KeyboardInterrupt

        page = Page(tmp_path / "page.html")
        assert watch(file, None, interrupted(), page) == 0
        assert watch(file, None, interrupted(lambda: put(file, wrong)), page) == 1
        assert watch(file, None, interrupted(file.unlink), page) == 2

    def test_a_page_that_cannot_be_written_does_not_end_it(self, file: Path, wrong: bytes, tmp_path, capsys):
        page = Page(tmp_path / "missing" / "page.html")
        assert watch(file, None, looks(lambda: put(file, wrong)), page) == 1
        err = capsys.readouterr().err.splitlines()
        assert len(err) == 2 and all(line.startswith("结果网页没有更新") for line in err)

    def test_a_file_that_cannot_be_read_at_first_is_an_error(self, tmp_path):
        with pytest.raises(InputError, match="找不到文件"):
            watch(tmp_path / "missing.xlsx", None, looks(), Page(tmp_path / "page.html"))


def test_patience_is_long_enough_for_a_slow_drive():
    from xlreport.live.watching.looks import IDLE

    assert saving.PATIENCE * IDLE >= 30_000
