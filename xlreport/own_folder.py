"""The user's own folder for what can be made again: pages to look at, the log of failures. Nobody else can read it or put a link there."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def own_folder() -> Path:
    """Return the folder, made if it was not there; raises ``OSError`` where it cannot be."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "xlreport" / "cache"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xlreport"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
