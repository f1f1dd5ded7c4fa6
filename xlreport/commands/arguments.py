"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Below this many files, starting further processes takes longer than it saves.
FEW = 48
#: A day: what is longer is a slip, and more than every system can wait for.
_LONGEST = 86_400


def command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    """Add a command that calls ``run`` and return its parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=summary, add_help=False
    )
    parser.add_argument("-h", "--help", action="help", help="显示帮助")
    parser.set_defaults(run=run)
    return parser


def report_file(parser: argparse.ArgumentParser) -> None:
    """Add FILE, the report to read."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="年度报告：工作簿（.xlsx）、文档（.docx）、网页、文本或 .json"
    )


def previous_file(parser: argparse.ArgumentParser) -> None:
    """Add --previous, last year's report."""
    parser.add_argument("--previous", metavar="FILE", type=Path, help="上年报告；不给时用工作簿里的上年数")


def force(parser: argparse.ArgumentParser) -> None:
    """Add --force, which allows an existing output file to be replaced."""
    parser.add_argument("--force", action="store_true", help="输出文件已存在时替换它")


def jobs(parser: argparse.ArgumentParser) -> None:
    """Add --jobs, over how many processes the work is spread."""
    parser.add_argument("--jobs", metavar="N", type=_jobs, help="同时使用的进程数；默认按处理器数")


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应是从 1 起的整数，写的是“{text}”")
    return int(text)


def office_rules(parser: argparse.ArgumentParser) -> None:
    """Add --rules, the office's own rules."""
    parser.add_argument(
        "--rules",
        metavar="FILE.toml",
        type=Path,
        help="本单位的规则；不给时用报告所在文件夹或用户文件夹里的 xlreport.toml",
    )


def seconds(text: str) -> float:
    """Return a number of seconds above 0; refuses every other text."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= _LONGEST:
        raise argparse.ArgumentTypeError(f"应是大于 0 的秒数，最多 {_LONGEST}，写的是“{text}”")
    return found
