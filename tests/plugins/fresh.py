"""A fresh environment into which this package and plug-ins are installed; everything else comes from the running one."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Outcome(NamedTuple):
    """What a command came to."""

    status: int
    said: str
    complained: str


class Environment:
    """A virtual environment in ``folder``; ``run`` calls its command ``xlreport``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder, with_pip=False)
        self._scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self._python = self._scripts / ("python.exe" if os.name == "nt" else "python")
        own = subprocess.check_output(
            [self._python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        )
        # A path file of its own: those in the running environment (editable packages) are not followed.
        Path(own.strip(), "running.pth").write_text(sysconfig.get_path("purelib"))

    def install(self, *sources: Path) -> None:
        """Install packages from their sources; nothing is downloaded."""
        options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--no-cache-dir")
        subprocess.run(
            [sys.executable, "-m", "pip", "--python", self._python, "install", *options, *sources],
            check=True,
            capture_output=True,
        )

    def run(self, *arguments: object, home: Path) -> Outcome:
        """Return what ``xlreport`` with these arguments says; ``home`` is where it runs and keeps what it keeps."""
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
        done = subprocess.run(
            [self._scripts / "xlreport", *map(str, arguments)],
            cwd=home,
            env={**kept, "HOME": str(home), "LOCALAPPDATA": str(home), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)
