"""The parts of a chapter that are named like chapters: which is which is told by how a document numbers its chapters."""

from __future__ import annotations

from pathlib import Path

import pytest

import xlreport
from tests.rendering.drawing import Item, items
from tests.rendering.pages import as_html
from tests.rendering.rendered import differences, sample
from tests.rendering.variations import Variation
from xlreport.report import Report

NUMBERS = "一二三四五六"
CHAPTERS = {
    "chinese": lambda number, title: f"{number}、{title}",
    "digits": lambda number, title: f"{NUMBERS.index(number) + 1}、{title}",
    "brackets": lambda number, title: f"（{number}）{title}",
    "digits in brackets": lambda number, title: f"（{NUMBERS.index(number) + 1}）{title}",
    "part": lambda number, title: f"第{number}部分 {title}",
    "none": lambda number, title: title,
    "misprinted": lambda number, title: (
        f"{number}、{title.replace('公开政府信息', '公开府信').replace('主要问题', '问题')}"
    ),
}
FEW = [
    "1.主动公开情况",
    "公开了。",
    "2.依申请公开情况",
    "受理。",
    "3.行政复议、行政诉讼情况",
    "没有。",
    "4.存在的主要问题及改进情况",
    "少。",
]
ALL = [
    line
    for number, section in enumerate(sample("suqian-2024").declaration.sections, 1)
    for line in (f"{number}.{section.title}", "好。")
]
BRACKETED = [
    "（一）主动公开政府信息情况",
    "公开了。",
    "（二）收到和处理政府信息公开申请情况",
    "受理。",
    "（三）其他需要报告的事项",
    "没有。",
]
BARE = ["主动公开政府信息情况", "公开了。", "收到和处理政府信息公开申请情况", "受理。"]
PARTS = {"few": FEW, "all": ALL, "bracketed": BRACKETED, "bare": BARE}
#: Chapters and parts that are numbered alike are not told apart by anyone.
ALIKE = {("digits", "few"), ("digits", "all"), ("brackets", "bracketed"), ("none", "bare")}
TOLD_APART = [(chapters, parts) for chapters in CHAPTERS for parts in PARTS if (chapters, parts) not in ALIKE]


def read_with(chapters: str, content: str, parts: list[str], folder: Path) -> tuple[Report, Report]:
    """Return the report whose chapter ``content`` begins with these parts, and what is read of its page."""
    report = sample("suqian-2024")
    sections = {f"{section.number}、{section.title}": section for section in report.declaration.sections}
    drawn: list[Item] = []
    for item in items(report, Variation()):
        section = sections.get(item) if isinstance(item, str) else None
        drawn.append(CHAPTERS[chapters](section.number, section.title) if section else item)
        if section and section.content == content:
            drawn += parts
    path = folder / "report.html"
    path.write_text(as_html(drawn, Variation()).replace("CHARSET", "utf-8"), encoding="utf-8")
    text = "\n".join([*parts, getattr(report, content)])
    return Report.model_validate(report.model_dump() | {content: text}), xlreport.read(path)


@pytest.mark.parametrize("content", ["overview", "problems", "other_matters"])
@pytest.mark.parametrize(("chapters", "parts"), TOLD_APART)
def test_parts_of_a_chapter_are_not_taken_for_chapters(
    chapters: str, parts: str, content: str, tmp_path: Path
):
    printed, again = read_with(chapters, content, PARTS[parts], tmp_path)
    assert differences(printed, again) == []
    assert again.outline == [section.content for section in printed.declaration.sections]


def test_a_part_does_not_stand_for_a_chapter_that_is_missing(tmp_path: Path):
    report = sample("suqian-2024")
    drawn: list[Item] = []
    for item in items(report, Variation()):
        if isinstance(item, str) and item.startswith("五、"):
            continue
        drawn.append(item)
        if isinstance(item, str) and item.startswith("一、"):
            drawn += FEW
    path = tmp_path / "report.html"
    path.write_text(as_html(drawn, Variation()).replace("CHARSET", "utf-8"), encoding="utf-8")
    again = xlreport.read(path)
    assert again.problems is None
    assert again.overview is not None and again.overview.startswith(FEW[0])


def test_a_chapter_that_is_numbered_otherwise_than_the_others_is_one_in_its_place(tmp_path: Path):
    report = sample("suqian-2024")
    drawn = [
        f"5．{item[2:]}" if isinstance(item, str) and item.startswith("五、") else item
        for item in items(report, Variation())
    ]
    path = tmp_path / "report.html"
    path.write_text(as_html(drawn, Variation()).replace("CHARSET", "utf-8"), encoding="utf-8")
    assert differences(report, xlreport.read(path)) == []


def test_a_list_of_contents_does_not_say_how_the_chapters_are_numbered(tmp_path: Path):
    report, how = sample("suqian-2024"), Variation(headings="bracketed", noise="contents")
    path = tmp_path / "report.html"
    path.write_text(as_html(items(report, how), how).replace("CHARSET", "utf-8"), encoding="utf-8")
    assert differences(report, xlreport.read(path)) == []
