"""Install from the folder of wheels that this file lies in: ``安装.cmd`` calls it with the user's own Python.

What is installed is the user's alone, in ``%LOCALAPPDATA%\\xlreport``. To run it again is to update.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

#: The oldest Python that xlreport runs with; this file itself must be read by older ones to say so.
OLDEST = (3, 11)


def steps(wheels: Path, python: Path) -> Iterator[tuple[str, list[str], str]]:
    """Yield what is done, the command that does it, and what to do where it fails."""
    inside = python / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    xlreport = [str(inside), "-m", "xlreport.cli", "addin"]
    yield "准备 Python", [sys.executable, "-m", "venv", str(python)], "请确认磁盘空间，退出 Excel 后再试"
    yield (
        "安装 xlreport",
        [*pip, "--upgrade", "--find-links", str(wheels), "xlreport"],
        f"请确认安装包完整，并且是为 Python {sys.version_info[0]}.{sys.version_info[1]} 准备的",
    )
    yield "把“年报”选项卡装入 Excel", [*xlreport, "install"], "请退出 Excel 后再试"
    yield "检查", [*xlreport, "status"], "请照上面“问题”一行说的做"


def main(wheels: Path, home: Path) -> int:
    """Do every step, saying which; return 0, or 2 after one line where a step failed."""
    if sys.version_info < OLDEST:
        print(f"Python 太旧（{sys.version.split()[0]}），需要 3.11 以上；请先装安装包里的 Python。")
        return 2
    for what, command, remedy in steps(wheels, home / "xlreport" / "python"):
        print(what, flush=True)
        if subprocess.run(command, check=False).returncode:
            print(f"没有装好：“{what}”这一步没有完成。{remedy}。")
            return 2
    print("装好了。打开 Excel，功能区有“年报”选项卡。")
    return 0


if __name__ == "__main__":
    raise SystemExit(
        main(Path(__file__).parent, Path(os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "share"))
    )
