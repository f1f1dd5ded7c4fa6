"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from lxml import html as markup

from tests.strangers.attempts import PENALTIES, Attempt, Doubtful, Expected, NoNumber, Shown, Survived
from tests.strangers.bases import FEE_HEADER, converted, replaced

Make = Callable[[Path], object]
Lines = list[str | list[list[str]]]


@cache
def _tree() -> markup.HtmlElement:
    return markup.fromstring(converted("html").decode())


def grid(table: markup.HtmlElement) -> list[list[str]]:
    """The cells of a table as a grid; a merged cell has its text in its first place, the others are blank."""
    taken: dict[tuple[int, int], str] = {}
    rows = list(table.iter("tr"))
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            for down in range(int(cell.get("rowspan", "1"))):
                for right in range(int(cell.get("colspan", "1"))):
                    taken[r + down, c + right] = "" if down or right else cell.text_content().strip()
            c += int(cell.get("colspan", "1"))
    width = max(c for _, c in taken) + 1
    return [[taken.get((r, c), "") for c in range(width)] for r in range(len(rows))]


def lines() -> Lines:
    """The report as lines of text and grids of cells, in order."""
    held: Lines = []
    for element in _tree().iter("h1", "h2", "h3", "h4", "p", "table"):
        if element.tag == "table":
            held.append(grid(element))
        elif element.getparent().tag not in ("td", "th"):
            held.append(" ".join(text.strip() for text in element.itertext()))
    return held


def changed(cell: str = "437", fee: str | None = None, fee_header: str | None = None) -> Lines:
    held = lines()
    for block in held:
        if isinstance(block, list):
            for row in block:
                if row[0] == "行政处罚":
                    row[1] = cell
                if row[0] == "行政事业性收费" and fee is not None:
                    row[1] = fee
                if row[1:2] == [FEE_HEADER] and fee_header is not None:
                    row[1] = fee_header
    return held


def drawn(
    held: Lines, draw: Callable[[list[str]], str], rule: Callable[[list[str]], str] | None = None
) -> str:
    out = []
    for block in held:
        if isinstance(block, str):
            out.append(block)
            continue
        for number, row in enumerate(block):
            out.append(draw(row))
            if number == 0 and rule is not None:
                out.append(rule(row))
    return "\n".join(out) + "\n"


def _tab(row: list[str]) -> str:
    return "\t".join(row)


def _pipe(row: list[str]) -> str:
    return "| " + " | ".join(row) + " |"


def _rule(row: list[str]) -> str:
    return "|" + "---|" * len(row)


def saved(text: str, encoding: str = "utf-8") -> Make:
    return lambda path: path.write_bytes(text.encode(encoding))


def tabbed(cell: str = "437", *, fee: str | None = None, fee_header: str | None = None) -> Make:
    return lambda path: path.write_text(drawn(changed(cell, fee, fee_header), _tab), encoding="utf-8")


def piped(cell: str = "437") -> Make:
    return lambda path: path.write_text(drawn(changed(cell), _pipe, _rule), encoding="utf-8")


def tab_text() -> str:
    return drawn(lines(), _tab)


def pipe_text() -> str:
    return drawn(lines(), _pipe, _rule)


ROW = re.compile(r"^行政处罚\t437.*$", re.M)
PIPED = re.compile(r"^\| 行政处罚 \| 437.*$", re.M)


def tab_row(new: Callable[[str], str]) -> Make:
    text = tab_text()
    row = ROW.search(text)
    assert row is not None
    return saved(replaced(text, row[0] + "\n", new(row[0]) + "\n"))


def pipe_row(new: Callable[[str], str]) -> Make:
    text = pipe_text()
    row = PIPED.search(text)
    assert row is not None
    return saved(replaced(text, row[0] + "\n", new(row[0]) + "\n"))


def kinds() -> Iterator[tuple[str, str, Make, Expected]]:
    for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        try:
            yield "encoding", f"tabs-{encoding}", saved(tab_text(), encoding), Shown()
        except UnicodeEncodeError:
            continue
    for name, end in (
        ("crlf", "\r\n"),
        ("cr", "\r"),
        ("line-separator", " "),
        ("next-line", "\x85"),
        ("vertical-tab", "\v"),
        ("form-feed", "\f"),
        ("blank-lines", "\n\n"),
    ):
        yield "line-ends", name, saved(tab_text().replace("\n", end)), Shown()
        yield "line-ends", f"{name}-pipes", saved(pipe_text().replace("\n", end)), Shown()
    for name, new, expected in (
        ("bold", "| 行政处罚 | **437** | | |", Shown()),
        ("italic", "| 行政处罚 | *437* | | |", Shown()),
        ("code", "| 行政处罚 | `437` | | |", Shown()),
        ("struck-and-new", "| 行政处罚 | ~~9~~437 | | |", Shown()),
        ("struck-html-and-new", "| 行政处罚 | <del>9</del>437 | | |", Shown()),
        ("struck-s", "| 行政处罚 | <s>9</s>437 | | |", Shown()),
        ("raised-html", "| 行政处罚 | 437<sup>1</sup> | | |", Shown()),
        ("lowered-html", "| 行政处罚 | 437<sub>1</sub> | | |", Shown()),
        ("raised-caret", "| 行政处罚 | 437^1^ | | |", Shown()),
        ("note", "| 行政处罚 | 437[^1] | | |", Shown()),
        ("link", "| 行政处罚 | [437](http://a.b/9) | | |", Shown()),
        ("comment", "| 行政处罚 | 437<!-- 9 --> | | |", Shown()),
        ("comment-before", "| 行政处罚 | <!-- 9 -->437 | | |", Shown()),
        ("math", "| 行政处罚 | $437$ | | |", Doubtful((437,))),
        ("math-power", "| 行政处罚 | $437^1$ | | |", Doubtful((437,))),
        ("escaped", "| 行政处罚 | 437\\* | | |", Shown()),
        ("escaped-pipe", "| 行政处罚 | 437\\|9 | | |", NoNumber()),
        ("entity", "| 行政处罚 | &#52;37 | | |", Doubtful((437,))),
        ("entity-space", "| 行政处罚 | 437&nbsp; | | |", Shown()),
        ("break", "| 行政处罚 | 43<br>7 | | |", NoNumber()),
        ("image", "| 行政处罚 | ![437](9.png) | | |", NoNumber()),
        ("image-behind", "| 行政处罚 | 437![9](9.png) | | |", Shown()),
        ("critic-deleted", "| 行政处罚 | {--9--}437 | | |", Doubtful((437,))),
        ("critic-replaced", "| 行政处罚 | {~~9~>437~~} | | |", Doubtful((437,))),
        ("hidden-html", '| 行政处罚 | <span style="display:none">9</span>437 | | |', Shown()),
        ("no-end-pipe", "| 行政处罚 | 437 | |", Shown()),
        ("no-outer-pipes", "行政处罚 | 437 | | ", Shown()),
        ("no-blanks", "|行政处罚|437|||", Shown()),
        ("many-blanks", "|  行政处罚      |     437     |      |     |", Shown()),
        ("full-width-pipes", "｜ 行政处罚 ｜ 437 ｜ ｜ ｜", Shown()),
        ("box-pipes", "│ 行政处罚 │ 437 │ │ │", Shown()),
        ("two-differ", "| 行政处罚 | 9 | | |\n| 行政处罚 | 437 | | |", NoNumber()),
        ("two-same", "| 行政处罚 | 437 | | |\n| 行政处罚 | 437 | | |", Shown()),
        ("row-commented-out", "<!--\n| 行政处罚 | 9 | | |\n-->\n| 行政处罚 | 437 | | |", Shown()),
        ("row-commented-out-after", "| 行政处罚 | 437 | | |\n<!--\n| 行政处罚 | 9 | | |\n-->", Shown()),
        ("row-struck", "| ~~行政处罚~~ | ~~9~~ | | |\n| 行政处罚 | 437 | | |", Shown()),
        ("figure-struck-only", "| 行政处罚 | ~~437~~ | | |", NoNumber()),
        ("too-many-cells", "| 行政处罚 | 437 | 9 | |", NoNumber()),
        ("third-column", "| 行政处罚 | | | 437 |", Shown()),
        ("label-numbered", "| 1. 行政处罚 | 437 | | |", Shown()),
        ("label-marked", "| 行政处罚① | 437 | | |", Shown()),
        ("label-with-unit", "| 行政处罚（件） | 437 | | |", Shown()),
        ("label-with-large-unit", "| 行政处罚（万件） | 437 | | |", Doubtful((4370000,))),
        ("label-last-year", "| 行政处罚（上年） | 9 | | |\n| 行政处罚 | 437 | | |", Shown()),
        ("label-of-another-year", "| 2024年行政处罚 | 9 | | |\n| 2025年行政处罚 | 437 | | |", Shown()),
        ("label-of-which", "| 行政处罚 | 437 | | |\n| 其中：当场行政处罚 | 9 | | |", Shown()),
    ):  # fmt: skip
        yield "markdown", name, pipe_row(lambda _, n=new: n), expected
    for name, new, expected in (
        ("blanks-for-tabs", "行政处罚    437", Shown()),
        ("two-tabs", "行政处罚\t\t437", Shown()),
        ("comma", "行政处罚,437,,", Shown()),
        ("colon", "行政处罚：437", Shown()),
        ("two-figures", "行政处罚\t437\t9", NoNumber()),
        ("two-rows-differ", "行政处罚\t9\n行政处罚\t437", NoNumber()),
        ("two-rows-same", "行政处罚\t437\n行政处罚\t437", Shown()),
        ("figure-on-next-line", "行政处罚\n437", Shown()),
        ("figure-split-over-lines", "行政处罚\t43\n7", NoNumber()),
        ("full-width", "行政处罚\t４３７", Shown()),
        ("right-to-left", "行政处罚\t‮734‬", Shown()),
        ("zero-width", "行政处罚\t4​37", Shown()),
        ("backspace", "行政处罚\t9\b437", Doubtful((437,))),
        ("escape-sequence", "行政处罚\t\x1b[8m9\x1b[0m437", Doubtful((437,))),
        ("overstrike", "行政处罚\t9̶437", NoNumber()),
        ("combining-ring", "行政处罚\t437⃝", Doubtful((437,))),
        ("null", "行政处罚\t437\x00", Doubtful((437,))),
        ("quoted", '行政处罚\t"437"', Shown()),
        ("apostrophe", "行政处罚\t'437", Doubtful((437,))),
        ("last-year-behind", "行政处罚\t437（上年9）", Shown()),
        ("last-year-beside", "行政处罚\t437\t上年9", Doubtful((437,))),
        ("growth", "行政处罚\t437↑9%", NoNumber()),
    ):  # fmt: skip
        yield "tabs", name, tab_row(lambda _, n=new: n), expected
    for name, ending in (("csv", ","), ("semicolon", ";")):
        yield "separated", name, saved(drawn(lines(), lambda row, s=ending: s.join(row))), Shown()
    other = drawn([block for block in changed("999") if isinstance(block, list)][:1], _tab)
    for caption in ("2023年情况", "2024年情况", "上年数据", "附：2024年情况"):
        text = tab_text()
        place = text.index("第二十条第（一）项")
        yield (
            "other-year",
            f"before-{caption}",
            saved(text[:place] + caption + "\n" + other + "2025年情况\n" + text[place:]),
            Doubtful((437,)),
        )
        after = text.index("三、收到和处理")
        yield (
            "other-year",
            f"after-{caption}",
            saved(text[:after] + caption + "\n" + other + text[after:]),
            Doubtful((437,)),
        )
    yield "cut", "half-a-report", saved(tab_text()[: len(tab_text()) // 2]), Survived(may_pass=False)
    yield "cut", "no-line-ends", saved(tab_text().replace("\n", " ")), Survived(may_pass=False)
    yield "twice", "whole-report-twice", saved(tab_text() + tab_text()), Doubtful((437,))
    yield (
        "twice",
        "whole-report-twice-other-figures",
        saved(tab_text() + drawn(changed("999"), _tab)),
        NoNumber((PENALTIES,)),
    )
    yield "twice", "corrected-behind", saved(tab_text() + "更正：行政处罚应为438件\n"), Survived()


def attempts() -> Iterator[Attempt]:
    for kind, name, make, expected in kinds():
        yield Attempt(
            "texts",
            kind,
            name,
            ".md" if kind == "markdown" or name.endswith("pipes") else ".txt",
            make,
            expected,
        )
