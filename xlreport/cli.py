"""The command ``xlreport``.

Exit status: 0 done and passed; 1 the report does not pass; 2 unusable arguments or input, with one clear line on standard error.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from xlreport import __version__, standard_streams
from xlreport.errors import BlockedError, OutputError, XlreportError

PASSED, FAILED, UNUSABLE = 0, 1, 2
#: The commands, each a module of ``xlreport.commands``.
COMMANDS = ("demo", "new", "check", "convert", "audit", "rollup", "watch", "forms", "rules", "addin")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; never raises for what a user can do wrong."""
    standard_streams.prepare()
    status = _status(arguments)
    try:
        standard_streams.refuse_unwritten()
    except OutputError as error:
        print(error, file=sys.stderr)
        status = UNUSABLE
    sys.stderr.flush()
    return status


def _status(arguments: Sequence[str] | None) -> int:
    try:
        given = sys.argv[1:] if arguments is None else arguments
        if not given:
            parser().print_help()
            return PASSED
        # One command need not wait until all others are loaded.
        options = parser(given[:1] if given and given[0] in COMMANDS else COMMANDS).parse_args(given)
        status: int = options.run(options)
        return status
    except BlockedError as error:
        print(error, file=sys.stderr)
        return FAILED
    except XlreportError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except Exception as error:
        from xlreport.failure_log import told

        print(told(error, "没有改动任何文件"), file=sys.stderr)
        return UNUSABLE


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser with these commands."""
    root = _Parser(
        prog="xlreport", description="政府信息公开工作年度报告：审核勾稽关系，生成上报文档。", add_help=False
    )
    root.add_argument("-h", "--help", action="help", help="显示帮助")
    root.add_argument("--version", action="version", version=f"xlreport {__version__}", help="显示版本")
    commands = root.add_subparsers(title="命令", metavar="命令", required=True, parser_class=_Parser)
    for name in names:
        import_module(f"xlreport.commands.{name}").add(commands)
    return root


class _Help(argparse.HelpFormatter):
    """Help with the words around it in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese, with errors in one line."""

    _WORDS = (
        (r"the following arguments are required: (.*)", r"缺少参数：\1"),
        (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
        (r"argument (\S+): expected one argument", r"参数 \1 后面要有一个值"),
        (r"argument (.+): invalid choice: (\S+) \(choose from (.*)\)", r"参数 \1 不能是 \2，可选：\3"),
        (r"argument (.+): invalid (?:int|_\w+) value: (.*)", r"参数 \1 的值不对：\2"),
        (r"argument (\S+): (.*)", r"参数 \1 \2"),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **options})
        self._positionals.title, self._optionals.title = "参数", "选项"

    def error(self, message: str) -> NoReturn:
        for pattern, words in self._WORDS:
            message = re.sub(pattern, words, message)
        print(f"参数有误：{message}；用法见 {self.prog} --help。", file=sys.stderr)
        raise SystemExit(UNUSABLE)


if __name__ == "__main__":
    raise SystemExit(main())
