"""Buttons pressed as nobody should press them, on a screen: twice at once, and another while the first still works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.live.libreoffice.window import Window, missing, wait_for
from tests.office import needed
from tests.samples import with_figure
from xlreport.example import good
from xlreport.live.libreoffice.extension import build
from xlreport.live.menu import BUTTONS
from xlreport.workbook.layout import layout_of
from xlreport.workbook.mark_records import RECORDS
from xlreport.workbook.results import SHEET
from xlreport.workbook.writer import write

LABELS = {button.function: button.label for button in BUTTONS}
WRONG = "applications.results.granted.natural_person"
pytestmark = pytest.mark.libreoffice


@contextmanager
def faulty_workbook(folder: Path) -> Iterator[Window]:
    """Show a workbook in which a figure is wrong."""
    needed(missing())
    write(with_figure(good(), WRONG, 97), folder / "西集镇.xlsx")
    build(folder / "xlreport.oxt")
    with closing(Window(folder, folder / "xlreport.oxt", folder / "西集镇.xlsx")) as window:
        yield window


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with faulty_workbook(tmp_path) as window:
        yield window


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
