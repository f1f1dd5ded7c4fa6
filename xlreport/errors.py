"""Everything xlreport raises on purpose.

    XlreportError
    ├── InputError        a file cannot be read as a report
    │   └── FormError     it is a report, but of a form that is not known
    ├── OutputError       a file cannot or may not be written
    └── BlockedError      errors stand, so no submission document is made

Each carries one Chinese line that a clerk can act on; the command line prints exactly that line.
"""

from __future__ import annotations

from xlreport.printable import printable

__all__ = ["BlockedError", "FormError", "InputError", "OutputError", "XlreportError"]


class XlreportError(Exception):
    """Base of all errors that xlreport raises on purpose; ``str()`` of it is one line in Chinese, whatever names and texts it quotes."""

    def __str__(self) -> str:
        return printable(super().__str__())


class InputError(XlreportError):
    """A file that cannot be read as a report: says which file, where in it, what is wrong and what to do."""

    def __init__(self, source: object, problem: str, advice: str = "", place: str = "") -> None:
        self.source, self.problem, self.advice, self.place = str(source), problem, advice, place
        head = f"{source}（{place}）" if place else f"{source}"
        super().__init__(f"{head}：{problem}" + (f"；{advice}" if advice else "") + "。")


class FormError(InputError):
    """A report of a form that xlreport does not know."""


class OutputError(XlreportError):
    """A file that cannot or may not be written; nothing has been changed."""

    def __init__(self, target: object, problem: str, advice: str = "") -> None:
        self.target, self.problem, self.advice = str(target), problem, advice
        super().__init__(f"{target}：{problem}" + (f"；{advice}" if advice else "") + "。")


class BlockedError(XlreportError):
    """The report has findings of level error, so the submission document is refused."""


def encrypted(source: object) -> InputError:
    """Return what is said of a file that asks for a password before it is opened."""
    return InputError(source, "文件设有打开密码，无法读取", "请取消打开密码，保存后再读")
