"""``xlreport addin``: the add-in for spreadsheet programs: build, install, uninstall, status."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xlreport.commands import arguments
from xlreport.errors import OutputError
from xlreport.output import refuse_existing


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = arguments.command(commands, "addin", _no_action, "安装、卸载表格软件里的“年报”选项卡")
    actions = parser.add_subparsers(title="操作", metavar="操作", required=True)
    builder = arguments.command(actions, "build", _build, "只生成加载项文件，不安装")
    builder.add_argument("out", metavar="OUT", type=Path, help=f"加载项文件：{'、'.join(_BUILDERS)}")
    arguments.force(builder)
    arguments.command(actions, "install", _install, "装入 Excel（只影响当前用户）")
    arguments.command(actions, "uninstall", _uninstall, "从 Excel 卸载，恢复原来的文件")
    arguments.command(actions, "status", _status, "看装了什么、用哪个 Python、有没有问题")


def _no_action(options: argparse.Namespace) -> int:
    raise AssertionError("argparse requires an action")


def _build(options: argparse.Namespace) -> int:
    """Build the add-in that the ending of OUT asks for; return 0."""
    out: Path = options.out
    build = _BUILDERS.get(out.suffix.lower())
    if build is None:
        raise OutputError(
            out, f"不能生成“{out.suffix or '没有扩展名'}”格式的加载项", f"扩展名可用 {'、'.join(_BUILDERS)}"
        )
    if not options.force:
        refuse_existing(out)
    build(out)
    print(f"已生成：{out}")
    return 0


def _install(options: argparse.Namespace) -> int:
    """Install the add-in, or say what would be done where there is no Windows; return 0."""
    from xlreport.live.excel import installer
    from xlreport.live.excel.windows import places

    here = places()
    if here is None:
        return _say("这台电脑不是 Windows，没有安装。在 Windows 上会：", *installer.intentions())
    return _say(*installer.install(here))


def _uninstall(options: argparse.Namespace) -> int:
    """Uninstall the add-in; return 0."""
    from xlreport.live.excel import installer
    from xlreport.live.excel.windows import places

    here = places()
    if here is None:
        return _say(
            "这台电脑不是 Windows，没有可卸载的。在 Windows 上会删除安装的两个文件，恢复原有的同名文件。"
        )
    return _say(*installer.uninstall(here))


def _status(options: argparse.Namespace) -> int:
    """Print what is installed; return 0, or 1 where something must be done."""
    from xlreport.live.excel import installer
    from xlreport.live.excel.windows import places

    here = places()
    if here is None:
        return _say(
            "这台电脑不是 Windows，没有安装 Excel 加载项。在 Windows 上会列出加载项、Python 和发现的问题。"
        )
    found = installer.status(here)
    _say(*found.lines)
    return 0 if found.healthy else 1


def _say(*lines: str) -> int:
    print("\n".join(lines))
    return 0


def _build_xlam(target: Path) -> None:
    from xlreport.live.excel import xlam

    xlam.build(target)


def _build_oxt(out: Path) -> None:
    from xlreport.live.libreoffice.extension import build

    build(out)


#: What builds the add-in, by the ending of its file. Each imports its own module only when it is used.
_BUILDERS: dict[str, Callable[[Path], None]] = {".xlam": _build_xlam, ".oxt": _build_oxt}
