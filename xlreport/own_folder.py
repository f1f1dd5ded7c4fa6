"""The user's own folder for what can be made again: pages to look at, the log of failures. Nobody else can read it or put a link there."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path


def own_folder() -> Path:
    """Return the folder, made if it was not there; raises ``OSError`` where it cannot be, or is not the user's alone."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "xlreport" / "cache"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xlreport"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32":
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise PermissionError(errno.EPERM, "not the user's own folder", str(folder))
        if stat.S_IMODE(found.st_mode) & 0o077:
            folder.chmod(0o700)
    return folder
