"""The real program with the real watcher, as it runs in a terminal beside the spreadsheet. It is waited for by what it prints."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

import xlreport
from tests.office import Office
from xlreport.cli import main
from xlreport.example import faulty, good
from xlreport.live.watching import looks as looking

PATIENCE_SECONDS = 60
END = "按 Ctrl+C 结束。"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")


class Watching:
    """A running ``xlreport watch``; results are what it prints up to the line that ends each."""

    def __init__(self, file: Path, cache: Path) -> None:
        self.cache = cache
        self.process = subprocess.Popen(
            [sys.executable, "-m", "xlreport.cli", "watch", str(file)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONIOENCODING": "utf-8"},
            # A terminal's program; a test run in the background hands down a Ctrl-C that is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._collect, daemon=True).start()

    def _collect(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def result(self) -> str:
        """Wait for the next result and return its verdict, “✓” or “✗”."""
        printed = []
        while not printed or not printed[-1].rstrip().endswith(END):
            line = self._lines.get(timeout=PATIENCE_SECONDS)
            assert line is not None, "".join(printed)
            printed.append(line)
        assert not any("没有变化" in line for line in printed), "a save was seen twice"
        return next(line[0] for line in printed if line.startswith(("✓", "✗")))

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; return the exit status and what was still printed."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE_SECONDS)
        return status, "".join(iter(lambda: self._lines.get(timeout=PATIENCE_SECONDS) or "", ""))

    def page(self) -> str:
        """Return the page as it is now."""
        (path,) = self.cache.rglob("*.html")
        return path.read_text("utf-8")

    def sockets(self) -> list[str]:
        """Return the sockets that the process has open."""
        links = []
        for handle in Path(f"/proc/{self.process.pid}/fd").iterdir():
            try:
                links.append(str(handle.readlink()))
            except FileNotFoundError:
                continue
        return [link for link in links if link.startswith("socket:")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "报表" / "年报.xlsx"
    path.parent.mkdir()
    xlreport.write(good(), path)
    return path


@pytest.fixture
def watching(file: Path, tmp_path: Path) -> Iterator[Watching]:
    running = Watching(file, tmp_path / "cache")
    yield running
    running.process.kill()
    running.process.wait()


def content(report: xlreport.Report, folder: Path) -> bytes:
    """Return a report as a workbook's bytes."""
    path = folder / "content.xlsx"
    xlreport.write(report, path)
    return path.read_bytes()


def test_every_way_of_saving_gives_one_result(watching: Watching, file: Path, tmp_path: Path):
    right, wrong = content(good(), tmp_path), content(faulty(), tmp_path)
    beside = file.with_name("1A2B3C4D.tmp")
    assert watching.result() == "✓"

    lock = file.with_name(f"~${file.name}")
    lock.write_bytes(b"lock")
    with file.open("wb") as stream:
        for start in range(0, len(wrong), 1000):
            stream.write(wrong[start : start + 1000])
            stream.flush()
    assert watching.result() == "✗"
    assert "✗ 审核不通过" in watching.page()

    beside.write_bytes(right)
    beside.replace(file)
    lock.unlink()
    assert watching.result() == "✓"

    beside.write_bytes(wrong)
    old = file.with_name("old.tmp")
    file.rename(old)
    beside.rename(file)
    old.unlink()
    assert watching.result() == "✗"

    file.unlink()
    file.write_bytes(right)
    assert watching.result() == "✓"
    assert "✓ 审核通过" in watching.page()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_ctrl_c_ends_it_with_the_status_of_the_last_check(watching: Watching, file: Path, tmp_path: Path):
    assert watching.result() == "✓"
    file.write_bytes(content(faulty(), tmp_path))
    assert watching.result() == "✗"
    assert watching.interrupt() == (1, "")
    assert not list(watching.cache.rglob("*.html"))


def test_ctrl_c_after_a_report_that_passes_is_status_0(watching: Watching):
    assert watching.result() == "✓"
    assert watching.interrupt() == (0, "")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_nothing_listens(watching: Watching):
    assert watching.result() == "✓"
    assert watching.sockets() == []


@pytest.mark.libreoffice
def test_a_save_in_libreoffice_gives_one_result(office: Office, file: Path, tmp_path: Path):
    with office.opened(file) as document:
        opened = Path(url2pathname(urlsplit(document.model.URL).path))
        running = Watching(opened, tmp_path / "cache")
        try:
            assert running.result() == "✓"
            report = xlreport.read(opened)
            sheet, cell = report.places["applications.results.granted.natural_person"].split("!")
            document.unprotect()
            for figure, verdict in ((97, "✗"), (79, "✓"), (97, "✗"), (79, "✓")):
                document.set(sheet, cell, figure)
                document.model.store()
                assert running.result() == verdict
            assert running.interrupt() == (0, "")
        finally:
            running.process.kill()
            running.process.wait()


@pytest.mark.parametrize("arguments", [["missing.xlsx"], ["."], ["a.xlsx", "--previous", "missing.xlsx"]])
def test_what_cannot_be_read_is_one_line_and_status_2(arguments: list[str], file: Path, monkeypatch, capsys):
    monkeypatch.chdir(file.parent)
    file.rename("a.xlsx")
    assert main(["watch", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 1


def test_where_there_are_no_events_it_looks_all_the_same(tmp_path: Path, monkeypatch):
    import watchfiles

    plain, asked = watchfiles.watch, []

    def watch(*folders: Path, force_polling: bool | None, **rest: object) -> Iterator[object]:
        asked.append(force_polling)
        if not force_polling:
            raise OSError(24, "Too many open files")
        return plain(*folders, force_polling=force_polling, **rest)

    monkeypatch.setattr(watchfiles, "watch", watch)
    occasions = looking.looks(tmp_path)
    next(occasions)
    next(occasions)
    assert asked == [None, True]


def test_the_watcher_is_loaded_before_the_first_result_is_shown(file: Path):
    code = (
        "import sys; from xlreport.live.watching import watch; from xlreport.cli import main\n"
        "watch.watch = lambda *_: print('watchfiles' in sys.modules) or 0\n"
        "main(['watch', sys.argv[1]])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["True"]


def test_a_check_does_not_load_the_watcher(file: Path):
    code = "import sys; from xlreport.cli import main; main(['check', sys.argv[1]]); print('watchfiles' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "False"
