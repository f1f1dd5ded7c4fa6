"""What the start menu and the context menu of a workbook call: ``python -m xlreport.desktop new`` and ``… check FILE``.

For somebody who never saw a command line: a console window asks and answers, the workbook is opened, and the window stays until a key is pressed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from xlreport import cli

USAGE = "用法：python -m xlreport.desktop new，或 check 后面跟一个文件。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was clicked and return the status of the command behind it."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    match given:
        case ["new"]:
            status = new()
        case ["check", file]:
            status = check(Path(file))
        case _:
            print(USAGE, file=sys.stderr)
            return cli.UNUSABLE
    _ask("\n按回车键关闭这个窗口。")
    return status


def new() -> int:
    """Ask for name and year, make the workbook in the current folder and open it."""
    # A report is written in January, about the year before.
    usual = str(date.today().year - 1)
    organisation = _ask("机关名称（全称）：")
    year = _ask(f"报告年度（直接按回车是 {usual}）：") or usual
    target = _free(Path.cwd() / "年报.xlsx")
    status = _command("new", str(target), f"--organisation={organisation}", f"--year={year}")
    if status == cli.PASSED:
        _open(target)
    return status


def check(file: Path) -> int:
    """List what is wrong with a report and open a marked copy beside it. Earlier copies stay: reasons may be written there."""
    target = _free(file.with_name(f"{file.stem}-审核结果.xlsx"))
    status = _command("check", str(file), "--mark", str(target))
    if target.exists():
        _open(target)
    return status


def _command(*arguments: str) -> int:
    """Run the command line. Arguments that it refuses end the command only: the window has to stay until the line is read."""
    try:
        return cli.main(arguments)
    except SystemExit:
        return cli.UNUSABLE


def _free(path: Path) -> Path:
    """Return ``path``, or the first of name-2, name-3 … that is not there yet."""
    names = (path if n == 1 else path.with_stem(f"{path.stem}-{n}") for n in range(1, 10_000))
    return next(each for each in names if not each.exists())


def _ask(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        return ""


def _open(path: Path) -> None:
    """Open a file with the program that the user chose for its kind; where there is none, its name was printed."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            subprocess.Popen(["xdg-open", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        print(f"请自己打开 {path}")


if __name__ == "__main__":
    raise SystemExit(main())
