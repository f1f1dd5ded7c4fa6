"""The page on which ``watch`` shows its last result: one HTML file in a folder of the user's own, which reloads itself.

A file needs no server: nothing listens, there is no port, no script, and nobody but the user can read it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from html import escape
from pathlib import Path

from xlreport.errors import OutputError
from xlreport.findings import Findings
from xlreport.live.watching.saves import Save
from xlreport.output import write_bytes
from xlreport.own_folder import own_folder
from xlreport.terminal import HEADINGS, rows, title, verdict

#: Seconds from one reload to the next.
RELOAD = 2

_STYLE = (
    "body{max-width:64em;margin:2em auto;padding:0 1em;font:16px/1.7 sans-serif}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top;white-space:pre-line;"
    "overflow-wrap:anywhere;unicode-bidi:isolate}"
    "th,td:nth-child(-n+3){white-space:nowrap}td:nth-child(4){white-space:pre}.passed{color:#006100}.failed{color:#b00000}.error td:nth-child(2){color:#b00000}"
    ".warning td:nth-child(2){color:#8a5a00}.verdict{font-size:1.3em;font-weight:bold}.saved{color:#555}"
)


class Page:
    """The file that is shown; ``path`` is the same for a report at every run, so that it can be kept open."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def show(self, content: str) -> None:
        """Show the page; raises ``OutputError`` where it cannot be written."""
        # A file's name may hold what is no text at all.
        write_bytes(self.path, content.encode(errors="replace"))


@contextlib.contextmanager
def page_for(report: Path) -> Iterator[Page]:
    """Yield the page for a report's file, and take it away at the end; raises ``OutputError`` if there is no place for it."""
    try:
        folder = own_folder()
    except OSError as error:
        raise OutputError(error.filename, "不能建立放结果网页的文件夹", "请检查权限") from error
    name = hashlib.sha256(os.fsencode(report.resolve())).hexdigest()[:16]
    page = Page(folder / f"{name}.html")
    try:
        yield page
    finally:
        with contextlib.suppress(OSError):
            page.path.unlink(missing_ok=True)


def of_findings(file: Path, save: Save, findings: Findings) -> str:
    """Return the page that says what ``check`` found."""
    state = "passed" if findings.passed else "failed"
    content = f"<h1>{escape(title(findings))}</h1><p class='verdict {state}'>{escape(verdict(findings))}</p>"
    if findings.findings:
        lines = "".join(
            f"<tr class={finding.level}>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
            for finding, cells in zip(findings, rows(findings), strict=True)
        )
        heads = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
        content += f"<table><tr>{heads}</tr>{lines}</table>"
    return _page(file, save, content)


def of_problem(file: Path, save: Save) -> str:
    """Return the page that says why there is nothing to check."""
    return _page(file, save, f"<p class='verdict failed'>✗ {escape(str(save.content))}</p>")


def _page(file: Path, save: Save, content: str) -> str:
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="{RELOAD}">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>审核结果 {escape(file.name)}</title><style>{_STYLE}</style></head><body>"
        f'<p class="saved">{escape(file.name)}　{save.time:%Y-%m-%d %H:%M:%S} 保存</p>{content}</body></html>\n'
    )
