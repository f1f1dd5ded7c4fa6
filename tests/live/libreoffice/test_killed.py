"""What must not harm a workbook, on a screen: a job that is killed, and a button pressed in a read-only file."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.live.libreoffice.test_pressing import LABELS, WRONG, faulty_workbook, unharmed
from tests.live.libreoffice.window import Window, wait_for
from tests.samples import with_figure
from xlreport.example import good
from xlreport.workbook.layout import layout_of
from xlreport.workbook.writer import write

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    with faulty_workbook(tmp_path_factory.mktemp("office")) as window:
        yield window


def test_after_a_job_was_killed_the_next_press_mends_what_it_left(window: Window) -> None:
    caught = False
    for _ in range(10):
        # On a quick machine a job may be over before it is seen at work.
        window.press_tool(LABELS["validate"])
        job, *_ = wait_for(window.jobs, "a job")
        with suppress(AssertionError):
            wait_for(lambda: not window.book.IsUndoEnabled, "the job to be at work", 5)
        with suppress(ProcessLookupError):
            os.kill(job, signal.SIGKILL)
        wait_for(lambda: not window.jobs(), "the job to be gone")
        caught = not window.book.IsUndoEnabled
        if caught:
            break
    assert caught

    window.press_tool(LABELS["clear_marks"])
    assert "没有做完" in window.answer()
    wait_for(lambda: not window.jobs(), "the job to be over")
    unharmed(window)
    assert window.book.IsUndoEnabled
    sheet, cell = layout_of(good().declaration).address(WRONG)
    window.select(sheet, cell)
    window.type("98\n")
    wait_for(lambda: window.text(sheet, cell) == "98", "the figure typed")
    window.press_key("ctrl+z")
    wait_for(lambda: window.text(sheet, cell) == "97", "the figure before")


def test_a_read_only_file_is_one_sentence_and_stays_as_it_is(window: Window, tmp_path: Path) -> None:
    write(with_figure(good(), WRONG, 97), tmp_path / "只读.xlsx")
    with window.read_only(tmp_path / "只读.xlsx"):
        names = list(window.book.Sheets.ElementNames)
        for button in ("validate", "fill_totals", "clear_marks"):
            window.press_tool(LABELS[button])
            said = window.answer()
            assert "文件是只读的" in said and "另存" in said and "程序出错" not in said
            wait_for(lambda: not window.jobs(), "the job to be over")
        assert list(window.book.Sheets.ElementNames) == names and not window.book.isModified()
