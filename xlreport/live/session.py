"""The spreadsheet program while a button works: quiet and quick, and afterwards as the user left it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from xlreport.live.jobs import current

if TYPE_CHECKING:
    import xlwings as xw


@contextmanager
def working(book: xw.Book, message: str) -> Iterator[None]:
    """Show ``message`` in the status bar and hold the screen, events and calculation; put all back, whatever happens in between.

    The sheet that was shown is shown again; nothing here touches the selection or the clipboard.
    """
    app, shown = book.app, book.sheets.active.name
    # An idle status bar reads as False, and is given back to the program by writing False.
    before = {
        name: getattr(app, name) for name in ("status_bar", "screen_updating", "enable_events", "calculation")
    }
    job = current()
    job.change(before)
    try:
        app.status_bar = message
        # What is read must be what the formulas come to now, also where the user has set calculation to manual.
        app.calculate()
        app.screen_updating, app.enable_events, app.calculation = False, False, "manual"
        yield
    finally:
        with suppress(Exception):
            # The sheet may be gone, or never have been left.
            if book.sheets.active.name != shown:
                book.sheets[shown].activate()
        job.restored(put_back_settings(app, before))


def put_back_settings(app: xw.App, settings: dict[str, Any]) -> list[str]:
    """Give the program back the settings that it had; return the names of those that it took."""
    return [name for name, value in reversed(settings.items()) if _put_back(app, name, value)]


def _put_back(app: xw.App, name: str, value: object) -> bool:
    # A program that was busy for a moment takes it the second time; left as it is, it would seem to work for ever.
    for _ in range(2):
        with suppress(Exception):
            setattr(app, name, value)
            return True
    return False
