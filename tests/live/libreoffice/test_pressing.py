"""Buttons pressed when nobody should press them, on a screen: twice at once, while another works, in a read-only file; and a job killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.live.libreoffice.window import Window, missing, wait_for
from tests.office import needed
from tests.samples import with_figure
from xlreport.example import good
from xlreport.live.libreoffice.extension import build
from xlreport.live.menu import BUTTONS
from xlreport.workbook.layout import layout_of
from xlreport.workbook.records import RECORDS
from xlreport.workbook.results import SHEET
from xlreport.workbook.writer import write

LABELS = {button.function: button.label for button in BUTTONS}
WRONG = "applications.results.granted.natural_person"
pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    needed(missing())
    folder = tmp_path_factory.mktemp("office")
    write(with_figure(good(), WRONG, 97), folder / "西集镇.xlsx")
    build(folder / "xlreport.oxt")
    window = Window(folder, folder / "xlreport.oxt", folder / "西集镇.xlsx")
    yield window
    window.close()


@pytest.fixture
def window(office: Window) -> Window:
    """The office with its workbook, in which a figure is wrong."""
    sheet, cell = layout_of(good().declaration).address(WRONG)
    office.book.Sheets.getByName(sheet).getCellRangeByName(cell).Value = 97
    return office


def unharmed(window: Window) -> None:
    """Fails unless the workbook calculates, can be drawn, is protected and has one record of its marks at most."""
    assert window.book.isAutomaticCalculationEnabled()
    assert not window.book.hasControllersLocked()
    names = list(window.book.Sheets.ElementNames)
    assert sum(name.startswith(RECORDS) for name in names) <= 1
    layout = layout_of(good().declaration)
    for title in (SHEET, *(place.sheet for place in layout.tables)):
        assert window.book.Sheets.getByName(title).isProtected(), title


def test_a_button_pressed_twice_at_once_works_once_and_another_meanwhile_not_at_all(window: Window) -> None:
    sheet, cell = layout_of(good().declaration).address(WRONG)
    window.press_tool(LABELS["validate"], times=2)
    wait_for(window.jobs, "a job")
    wait_for(lambda: not window.jobs(), "the jobs to be over")
    assert window.shown() == SHEET and not window.message()
    assert window.text(SHEET, "A2").startswith("审核不通过")
    unharmed(window)

    said = ""
    for _ in range(5):
        # On a busy machine the first job may be over before the mouse is at the other button.
        window.press_tool(LABELS["validate"])
        window.press_tool(LABELS["fill_totals"])
        said = window.answer()
        while wait_for(lambda: window.message() or not window.jobs(), "the jobs to be over") is not True:
            said += window.answer()
        assert "程序出错" not in said
        unharmed(window)
        if LABELS["validate"] in said:
            break
    assert LABELS["validate"] in said

    # The ✗ beside the row is alive.
    window.select(sheet, cell)
    window.type(f"{good().figures()[WRONG]}\n")
    layout = layout_of(good().declaration)
    check = next(
        c.place for c in layout.checks if WRONG in c.balance.keys and c.balance.rule.id == "applicants"
    )
    wait_for(lambda: window.text(sheet, check.corner) == "✓", "the ✓ beside the row")


def test_after_a_job_was_killed_the_next_press_mends_what_it_left(window: Window) -> None:
    caught = False
    for _ in range(10):
        # On a quick machine a job may be over before it is seen at work.
        window.press_tool(LABELS["validate"])
        (job,) = wait_for(window.jobs, "a job")
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


def test_a_read_only_file_is_one_sentence_and_stays_as_it_is(office: Window, tmp_path: Path) -> None:
    write(with_figure(good(), WRONG, 97), tmp_path / "只读.xlsx")
    with office.read_only(tmp_path / "只读.xlsx"):
        names = list(office.book.Sheets.ElementNames)
        for button in ("validate", "fill_totals", "clear_marks"):
            office.press_tool(LABELS[button])
            said = office.answer()
            assert "文件是只读的" in said and "另存" in said and "程序出错" not in said
            wait_for(lambda: not office.jobs(), "the job to be over")
        assert list(office.book.Sheets.ElementNames) == names and not office.book.isModified()
