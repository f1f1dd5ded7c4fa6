"""A summary drawn as one web page: the same lists, with a filter and charts; nothing comes from elsewhere, nothing goes anywhere."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from xlreport.collection.lists import Column, Line, Link, List
from xlreport.collection.page_charts import draw
from xlreport.collection.page_look import SCRIPT, STYLE
from xlreport.collection.summary import Overview
from xlreport.document.html import escaped
from xlreport.printable import printable_lines

#: Rows of a list are kept in memory up to this size, in bytes, then in a file until the page is put together.
_IN_MEMORY = 2**20
#: Columns of long texts are given room; in characters as a sheet counts them.
_WIDE, _BROAD, _FAIR = 40, 25, 14


class SummaryPage:
    """The page being written to ``path`` (see ``summary.Target``); it will lie at ``out``, which its links are relative to."""

    def __init__(self, path: Path, out: Path) -> None:
        self._path, self._links_from = path, out.absolute().parent
        self._open = contextlib.ExitStack()
        self._rows: dict[str, IO[str]] = {}
        self._counts: dict[str, int] = {}
        self._lists: dict[str, List] = {}
        self._empty: dict[str, str] = {}
        self._overview: Overview | None = None

    def begin(self, listed: List, title: str) -> None:
        self._lists[listed.name], self._counts[listed.name] = listed, 0
        # What of a name is no text is replaced at the end.
        self._rows[listed.name] = self._open.enter_context(
            tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        )

    def line(self, listed: List, line: Line) -> None:
        self._counts[listed.name] += 1
        cells = "".join(
            self._cell(column, value, line.tones.get(place, ""))
            for place, (column, value) in enumerate(zip(listed.columns, line.values, strict=True))
            if not column.hidden
        )
        self._rows[listed.name].write(f"<tr>{cells}</tr>\n")

    def end(self, listed: List, empty: str) -> None:
        """Remember what stands in a list without lines."""
        self._empty[listed.name] = empty

    def overview(self, overview: Overview) -> None:
        """Remember what stands on top."""
        self._overview = overview

    def complete(self) -> None:
        with self._path.open("w", encoding="utf-8", errors="replace", newline="\n") as page:
            for part in self._parts():
                page.write(part)

    def close(self) -> None:
        """Take away what was needed while writing."""
        self._open.close()

    def _parts(self) -> Iterator[str]:
        assert self._overview is not None
        overview = self._overview
        policy = (
            f"default-src 'none'; style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        yield (
            '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{_text(overview.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n"
            f'<h1>{_text(overview.title)}</h1>\n<p class="outcome">{_text(overview.outcome)}</p>\n'
        )
        yield from (f'<p class="line">{_text(line)}</p>\n' for line in overview.lines)
        links = "".join(
            f'<a href="#list{number}">{_text(name)}</a>' for number, name in enumerate(self._lists)
        )
        yield (
            f'</header>\n<nav aria-label="目录和筛选">{links}<label hidden>筛选 '
            '<input id="filter" type="search" placeholder="单位、状态、规则……，空格隔开几个词"></label></nav>\n<main>\n'
        )
        yield from _head(overview)
        for number, name in enumerate(self._lists):
            yield from self._list(number, name)
        yield f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"

    def _list(self, number: int, name: str) -> Iterator[str]:
        listed, count = self._lists[name], self._counts[name]
        yield (
            f'<section id="list{number}" data-list><h2>{_text(name)} <small aria-live="polite">{count} 行</small></h2>\n'
        )
        if not count:
            yield f'<p class="none">{_text(self._empty.get(name, ""))}</p>\n'
        heads = "".join(
            f'<th scope="col" class="{_class(column)}">{_text(column.heading)}</th>'
            for column in listed.columns
            if not column.hidden
        )
        # Who uses the keyboard must be able to scroll it.
        yield f'<div class="scroll" tabindex="0" role="region" aria-label="{_text(name)}"><table><thead><tr>{heads}</tr></thead><tbody>\n'
        rows = self._rows[name]
        rows.seek(0)
        while chunk := rows.read(_IN_MEMORY):
            yield chunk
        yield "</tbody></table></div></section>\n"

    def _cell(self, column: Column, value: object, tone: str) -> str:
        if isinstance(value, Link):
            content = f'<a href="{escaped(self._address(value.path))}">{_text(value.text)}</a>'
        elif isinstance(value, (int, float)) and column.kind == "share":
            content = f"{value:+.1%}"
        elif isinstance(value, float):
            content = f"{value:g}" if value.is_integer() or abs(value) < 1e6 else f"{value:f}"
        else:
            content = "" if value is None else _text(str(value))
        classes = " ".join(filter(None, (_class(column), tone)))
        return f'<td class="{classes}">{content}</td>'

    def _address(self, path: str) -> str:
        try:
            near = os.path.relpath(path, self._links_from).replace(os.sep, "/")
        except ValueError:  # on another drive
            return Path(path).as_uri()
        return quote(os.fsencode(near))


def _head(overview: Overview) -> Iterator[str]:
    tiles = [
        *(
            (label, f"{value:.1%}" if isinstance(value, float) else f"{value:,}")
            for label, value in overview.reporting
        ),
        *((state.value, f"{count:,}") for state, count in overview.states),
    ]
    yield '<dl class="tiles">'
    yield from (f"<div><dt>{_text(label)}</dt><dd>{value}</dd></div>" for label, value in tiles)
    yield '</dl>\n<div class="charts">\n'
    for number, chart in enumerate(overview.charts):
        if chart.points:
            yield draw(chart, number) + "\n"
    yield "</div>\n"


def _class(column: Column) -> str:
    rooms = {"wide": _WIDE, "broad": _BROAD, "fair": _FAIR}
    room = next((name for name, least in rooms.items() if column.width >= least), "")
    kind = "number" if column.kind == "share" else column.kind
    kind = kind if kind in ("centre", "count", "number") else ""
    return " ".join(filter(None, (kind, room)))


def _text(text: str) -> str:
    return escaped(printable_lines(text))


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
