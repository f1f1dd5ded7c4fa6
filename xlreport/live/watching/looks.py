"""The word to look at a file again: whenever something happens in its folder, and twice a second in any case.

Looking costs one question to the file system. It is what notices a save on a network drive, where no events come.

The library is imported with this module, so before the first result is shown: loading it runs text as code, and an interpreter whose
Ctrl-C falls there ends itself by that signal even though the interrupt was caught.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import watchfiles
from watchfiles._rust_notify import WatchfilesRustInternalError

#: Milliseconds: from one look to the next where nothing happens; of silence that ends a burst of events; of its longest.
IDLE, SILENCE, BURST = 500, 200, 1000


def looks(folder: Path) -> Iterator[None]:
    """Yield for ever, at every look; ends only with ``KeyboardInterrupt``."""
    try:
        yield from _watched(folder, polling=False)
    except (OSError, WatchfilesRustInternalError):
        # No events to be had here (the system's limit of watched folders, some network drives).
        yield from _watched(folder, polling=True)


def _watched(folder: Path, *, polling: bool) -> Iterator[None]:
    events = watchfiles.watch(
        folder,
        watch_filter=None,
        recursive=False,
        step=SILENCE,
        debounce=BURST,
        rust_timeout=IDLE,
        yield_on_timeout=True,
        ignore_permission_denied=True,
        force_polling=polling or None,
    )
    for _ in events:
        yield
