"""One job at a time, and what a killed job leaves is put right by the next press, whichever button it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.live.desk import cell_at, looks, opened, protections, sheets
from tests.live.strict import App
from tests.live.test_buttons import LAYOUT, NEW, place_of
from tests.samples import complete, published, with_figure
from xlreport.live import buttons
from xlreport.live.jobs import AtWork, job_on
from xlreport.live.menu import BUTTONS
from xlreport.own_folder import own_folder
from xlreport.workbook.mark_records import RECORDS
from xlreport.workbook.results import SHEET

LABELS = {button.function: button.label for button in BUTTONS}
PRESSES = [getattr(buttons, name) for name in LABELS if name not in ("import_previous", "accept_suggestion")]


class Killed(BaseException):
    """What ends a process without its leave, for the test: nothing in the program may catch it."""


def killed(app: App, moment: int) -> None:
    """Press 校验 and stop it dead before the write with that number: nothing after it reaches the program."""
    from tests.live.strict import trips

    plain = trips.Trips.count

    def count(self: Any, kind: str, name: str) -> None:
        if kind == "write" and self.writes.total() >= moment:
            raise Killed
        plain(self, kind, name)

    record = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(trips.Trips, "count", count)
        # A killed process takes no record away.
        patched.setattr("xlreport.live.jobs.Job.end", lambda self: record.update(left=self))
        patched.setattr("xlreport.live.jobs.Job.restored", lambda self, names: None)
        patched.setattr("xlreport.live.jobs.Job.protected", lambda self, title: None)
        with pytest.raises(Killed):
            buttons.validate()
    assert record


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: press.__name__)
def test_the_next_press_of_any_button_repairs_what_a_killed_job_left(press: Any, tmp_path: Path) -> None:
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    settings, protected = app.settings, protections(sheets(app))
    before = looks(sheets(app), without=(SHEET,))
    app.trips.clear()
    killed(app, 60)
    assert app.settings != settings and RECORDS in sheets(app).sheetnames
    # These begin with questions.
    refusals = {buttons.new_report: ["cancel"] * 2, buttons.insert_sentences: ["no"] * 4}
    app.answers = refusals.get(press, [])
    press()
    assert app.settings == settings
    assert any("没有做完" in said and LABELS["validate"] in said for said in app.alerts)
    now = protections(sheets(app))
    assert {title: now[title] for title in protected} == protected
    buttons.clear_marks()
    assert looks(sheets(app), without=(SHEET,)) == before
    told = len(app.alerts)
    press()
    assert not [text for text in app.alerts[told:] if "没有做完" in text]


@pytest.mark.parametrize("moment", [0, 3, 6, 8, 12, 30, 60, 90])
def test_a_job_killed_at_any_moment_leaves_nothing_behind(moment: int, tmp_path: Path) -> None:
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    settings, protected = app.settings, protections(sheets(app))
    before = looks(sheets(app), without=(SHEET,))
    app.trips.clear()
    killed(app, moment)
    buttons.clear_marks()
    assert app.settings == settings and protections(sheets(app)) == protected
    assert looks(sheets(app), without=(SHEET,)) == before


def test_a_button_pressed_during_another_s_work_does_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(with_figure(published("xiji-2025"), NEW, 176), tmp_path / "a.xlsx")
    sheet, _, address = place_of(NEW).rpartition("!")
    book = app.books.opened[-1]
    book.wb.active = book.wb[sheet]
    cell = book.wb[sheet][address]
    book.selected[sheet] = ((cell.row, cell.column),) * 2
    before = looks(sheets(app))

    def meanwhile(*_: Any) -> bool:
        buttons.validate()
        buttons.accept_suggestion()
        return False

    monkeypatch.setattr(buttons, "agrees", meanwhile)
    buttons.accept_suggestion()
    (said,) = app.alerts
    assert f"正在{LABELS['accept_suggestion']}" in said and f"再点“{LABELS['validate']}”" in said
    assert looks(sheets(app)) == before and cell_at(sheets(app), place_of(NEW)).value == 176
    assert LAYOUT.address(NEW) == (sheet, address)


_HOLD = """
import sys
from xlreport.live.jobs import job_on
with job_on(sys.argv[1], "validate") as job:
    job.change({"calculation": "automatic"})
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_goes_with_the_process_that_held_it_and_its_record_stays(tmp_path: Path) -> None:
    workbook = str(tmp_path / "年报.xlsx")
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, workbook], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(AtWork) as refused, job_on(workbook, "fill_totals"):
            pass
        assert refused.value.button == "validate"
        with job_on(str(tmp_path / "别的.xlsx"), "fill_totals") as elsewhere:
            assert elsewhere.left is None
        other.kill()
        other.wait()
    with job_on(workbook, "fill_totals") as job:
        assert job.left is not None
        assert (job.left.button, job.left.settings) == ("validate", {"calculation": "automatic"})
    with job_on(workbook, "fill_totals") as job:
        assert job.left is None


def test_where_no_folder_can_be_made_a_button_works_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "文件").write_text("")
    monkeypatch.setenv(
        "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", str(tmp_path / "文件")
    )
    with pytest.raises(OSError):
        own_folder()
    app = opened(with_figure(complete(), NEW, 999), tmp_path / "a.xlsx")
    buttons.validate()
    assert not app.alerts and sheets(app).active.title == SHEET
