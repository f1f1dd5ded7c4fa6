"""Web pages and texts that were made to keep a reader busy: each repeats one thing as often as a file has room for.

``python -m tests.reliability.endless FOLDER [NAME…]`` reads each of ``FILES`` with little memory and prints as JSON what came of it: "" or the one
line. A file that takes too long, or ends in anything but an ``XlreportError``, ends the program.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import xlreport
from xlreport.errors import XlreportError
from xlreport.limits import DEEPEST_TAG, MOST_LINES, MOST_TAGS

#: Memory that the program may take, and seconds of work for each file.
MEMORY, SECONDS = 1024 * 1024 * 1024, 20
MB = 1024 * 1024
HEAD = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>"
TITLE = "某某局2024年政府信息公开工作年度报告\n"
PART = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>一切如常。</p>"


def page(inner: str) -> str:
    return f"{HEAD}{PART}{inner}"


def styled(css: str, inner: str) -> str:
    return page(f"<style>{css}</style>{inner}")


def rows(cells: str, count: int) -> str:
    return page("<table>" + f"<tr>{cells}</tr>" * count + "</table>")


def tagged(unit: str) -> str:
    """Repeat a unit for as long as a page may have tags."""
    return unit * ((MOST_TAGS - 100) // unit.count("<"))


def filled(unit: str, size: int = 8 * MB) -> str:
    return unit * (size // len(unit.encode()))


#: What to read, by name. Those that end in .txt are plain text.
FILES: dict[str, Callable[[], str]] = {
    "open comments.html": lambda: page(tagged("<!--[if mso]>")),
    "conditions.html": lambda: page(tagged("<![if !vml]")),
    "conditions with ends.html": lambda: page(tagged("<![if !vml]>")),
    "comments without ends.html": lambda: page(tagged("<!--[if ")),
    "comment ends.html": lambda: page(tagged("--><!-->")),
    "xml declarations.html": lambda: tagged("<?xml ") + page(""),
    "attributes.html": lambda: page("<td " + filled("a=1 ", 8 * MB)),
    "attribute.html": lambda: page("<p title='" + filled("中", 20 * MB) + "'>x"),
    "quotes.html": lambda: page(tagged("<p a=\"'")),
    "unclosed quotes.html": lambda: page(tagged("<p a='\">")),
    "tags without end.html": lambda: page(tagged("<a")),
    "breaks.html": lambda: page("<br>" * 5_000_000),
    "some breaks.html": lambda: page(tagged("<br>")),
    "blank paragraphs.html": lambda: page(tagged("<p>")),
    "lines in a cell.html": lambda: page("<table><tr><td>" + tagged("x<br>")),
    "nested tables.html": lambda: page("<table><tr><td>" * 10_000),
    "deep tables.html": lambda: page("<table><tr><td>x" * (DEEPEST_TAG // 4 - 2)),
    "many deep tables.html": lambda: page(tagged("<table class=nav><tr><td>x" * 45 + "</table>" * 45)),
    "nested blocks.html": lambda: page("<div class=nav>" * (MOST_LINES - 20)),
    "nested furniture.html": lambda: page("<div class=nav>x" * 90 + tagged("<p>x</p>")),
    "unmatched ends.html": lambda: page("<b>" * 90 + tagged("</i>")),
    "open emphasis.html": lambda: page(tagged("<b><p>")),
    "spans.html": lambda: rows("<td rowspan=65534 colspan=1000>1</td>" * 10, 500),
    "wide spans.html": lambda: rows("<td rowspan=0 colspan=200>1</td>", 3000),
    "tall spans.html": lambda: rows("<td rowspan=0>1</td>", (MOST_LINES // 2 - 20)),
    "labels.html": lambda: page(
        "<table>"
        + "".join(f"<tr><td>{n}不同的申请事项名称{n * 7919}<td>{n}" for n in range(1_490))
        + "</table>"
    ),
    "labels in tables.html": lambda: page(
        "".join(
            f"<table><tr><td>{n}不同的申请事项名称{n * 7919}<td>{n}<td>2<td>3</table>" for n in range(990)
        )
    ),
    "long labels.html": lambda: page(
        "<table>"
        + "".join(f"<tr><td>{n}{'其他法律行政法规禁止公开' * 20}<td>{n}" for n in range(1_490))
        + "</table>"
    ),
    "cells.html": lambda: rows("<td>1" * 100, 290),
    "headings.html": lambda: page(tagged("<h2>一、总体情况</h2>")),
    "different headings.html": lambda: page(
        "".join(f"<h2>一、总体情况{n}</h2>" for n in range(MOST_LINES // 2 - 20))
    ),
    "titles.html": lambda: PART[:0] + HEAD + tagged(f"<p>{TITLE}</p>") + PART,
    "long title.html": lambda: HEAD + f"<p>{'二〇二四年' * 200_000}</p>" + PART,
    "rules.html": lambda: styled("b i,b b{display:none}" * 9_000, "<b><i>" * 80),
    "many rules.html": lambda: styled("*{display:none}" * 300_000, "<p>x"),
    "selectors.html": lambda: styled(
        "* " * 11 + "x{display:none}", "<div>" * (DEEPEST_TAG - 20) + "<p>x" * 20_000
    ),
    "brackets in a style.html": lambda: styled(":not(" * 20_000 + "{display:none}", "<p>x"),
    "siblings.html": lambda: styled("i ~ b{display:none}", tagged("<b>1</b>")),
    "counted siblings.html": lambda: styled("b:nth-child(2n+1){display:none}", tagged("<b>1</b>")),
    "blocks of a style.html": lambda: styled("a{" * 1_000_000, "<p>x"),
    "comments of a style.html": lambda: styled("/*" * 1_000_000, "<p>x"),
    "a style.html": lambda: page("<table><tr><td><b style='" + "display:none;" * 500_000 + "'>1"),
    "an exclamation.html": lambda: styled("b{display:none" + " " * 2_000_000 + "x}", "<p>x"),
    "blanks in lines.html": lambda: page("<p>" + "　\n" * 2_000_000),
    "blanks.html": lambda: page("<p>" + "中" + " " * 8_000_000 + "\n" + " " * 8_000_000),
    "text.html": lambda: page("<p>" + filled("信息公开", 90 * MB)),
    "percentages.html": lambda: page("<p>" + "，".join(f"占{n % 100}%" for n in range(MOST_LINES // 2 - 20))),
    "brackets.html": lambda: page("<p>二、" + "（" * 3_000),
    "brackets in a cell.html": lambda: rows("<td>行政许可</td><td>" + "(" * 3_000 + "</td>", 5),
    "superscripts.html": lambda: rows("<td>1" + tagged("<sup>1</sup>"), 1),
    "nested superscripts.html": lambda: page("<sup>1" * (DEEPEST_TAG - 10)),
    "captions.html": lambda: page("<table>" + tagged("<caption>1")),
    "loose cells.html": lambda: page("<table>" + tagged("<form><td>1</form>x")),
    "text.txt": lambda: filled("信息公开工作\n", 99 * MB),
    "one line.txt": lambda: f"{TITLE}一、总体情况\n" + filled("信息公开", 7 * MB),
    "lines.txt": lambda: f"{TITLE}一、总体情况\n" + "1\n" * (MOST_LINES - 20),
    "blank lines.txt": lambda: "\n" * 7_000_000,
    "pipes.txt": lambda: f"{TITLE}一、总体情况\n" + "|" * 19_000,
    "parted pipes.txt": lambda: f"{TITLE}一、总体情况\n" + "| " * 19_000,
    "lines with a pipe.txt": lambda: f"{TITLE}一、总体情况\n" + "x |\n" * 19_000,
    "lines with two pipes.txt": lambda: f"{TITLE}一、总体情况\n" + "| x |\n" * 9_000,
    "lines before a pipe.txt": lambda: f"{TITLE}一、总体情况\n" + "x\n" * (MOST_LINES - 20) + "|",
    "lines of pipes.txt": lambda: f"{TITLE}一、总体情况\n" + "||\n\n" * 45_000,
    "rules.txt": lambda: f"{TITLE}一、总体情况\n" + "| 1 | 2 |\n|---|---|\n" * 45_000,
    "blanks in a line.txt": lambda: f"{TITLE}一、总体情况\n|" + " |\t" * 10 + " " * 2_000_000 + "x",
    "double blanks.txt": lambda: f"{TITLE}一、总体情况\n" + "x  1\n" * (MOST_LINES - 20),
    "double blanks without figures.txt": lambda: f"{TITLE}一、总体情况\n" + "x  y\n" * (MOST_LINES - 20),
    "double blanks in a line.txt": lambda: f"{TITLE}一、总体情况\n" + "1  " * 900_000,
    "double blanks, long lines.txt": lambda: f"{TITLE}一、总体情况\n" + ("x  " * 90 + "。\n") * 20_000,
    "tabs.txt": lambda: f"{TITLE}一、总体情况\n" + "\t" * 19_000,
    "open quotes.txt": lambda: f"{TITLE}一、总体情况\n" + 'a\t"b\n' * 19_000,
    "one open quote.txt": lambda: f"{TITLE}一、总体情况\n" + 'a\t"b' + "c\td\n" * 19_000,
    "quotes in a line.txt": lambda: f"{TITLE}一、总体情况\n" + '"\t' * 19_000,
    "large field.txt": lambda: f'{TITLE}一、总体情况\na\t"' + "中" * 500_000 + '"\n',
    "tabbed lines.txt": lambda: f"{TITLE}一、总体情况\n" + "\tx\n" * 19_000,
    "tabbed lines with others.txt": lambda: f"{TITLE}一、总体情况\n" + "\tx\ny\n\n" * (MOST_LINES // 2 - 20),
    "labels.txt": lambda: (
        f"{TITLE}一、总体情况\n" + "".join(f"{n}不同的申请事项名称{n * 7919}\t{n}\n" for n in range(1_490))
    ),
    "bare labels.txt": lambda: (
        f"{TITLE}一、总体情况\n" + "".join(f"{n}不同的申请事项名称{n * 7919}\n{n}\n" for n in range(14_900))
    ),
    "titles.txt": lambda: TITLE * (MOST_LINES // 2 - 20) + "一、总体情况\n",
    "lines before.txt": lambda: "某某局2024年\n" * (MOST_LINES - 20) + "一、总体情况\n",
    "headings.txt": lambda: TITLE + "一、总体情况\n" * (MOST_LINES - 20),
    "headings in a line.txt": lambda: TITLE + "一、总体情况 " * (MOST_LINES - 20),
    "dates.txt": lambda: f"{TITLE}一、总体情况\n" + "2024年1月1日\n" * (MOST_LINES - 20),
    "years.txt": lambda: "99999年政府信息公开工作年度报告\n" * (MOST_LINES // 2 - 20) + "一、总体情况\n",
    "percentages.txt": lambda: (
        f"{TITLE}一、总体情况\n" + "，".join(f"占{n % 100}%" for n in range(MOST_LINES // 2 - 20))
    ),
    "brackets.txt": lambda: f"{TITLE}一、总体情况\n" + "（" * 3_000 + "\n" + "《" * 3_000,
    "bookmarks.txt": lambda: f"{TITLE}一、总体情况\n" + "[bookmark:" * 200_000,
    "marks of headings.txt": lambda: f"{TITLE}一、总体情况\n" + "# " * 1_000_000,
}


def main(folder: Path, names: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    said: dict[str, str] = {}
    for name in names or FILES:
        path = folder / name
        path.write_text(FILES[name](), encoding="utf-8")
        print(name, end=" ", file=sys.stderr, flush=True)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            xlreport.read(path)
            said[name] = ""
        except XlreportError as problem:
            said[name] = str(problem)
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(f"{time.process_time() - begun:.1f} s", said[name][-60:], file=sys.stderr)
        path.unlink()
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
