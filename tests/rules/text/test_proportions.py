"""Percentages and partitions are recomputed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import published
from xlreport.checking import check


def said(text: str, name: str = "xiji-2025") -> list[str]:
    report = published(name)
    report.overview = text
    found = [f for f in check(report) if f.rule == "percent"]
    assert all(f.level == "warning" and f.quote for f in found)
    return [f.message for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "收到申请167件，其中涉及征地拆迁88件，占52.7%。",
        "收到申请167件，其中涉及征地拆迁88件，占比52.69%。",
        "予以公开79件，占42.7%。",
        "予以公开79件（42.7%），部分公开49件（26.5%）。",
        "行政复议34件，其中维持33件，占97.1%。",
        "予以公开79件、部分公开49件，占办结总数的69.2%。",
        "收到申请167件，占全区申请总量的3.5%。",
        "申请量同比增长12%，按期答复率100%。",
        "予以公开79件，占四成多。",
    ],
)
def test_right_or_unknowable_percentages_pass(text: str):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("收到申请167件，其中涉及征地拆迁88件，占57.2%。", "88÷167=52.7%"),
        ("予以公开79件，占72.4%。", "72.4%"),
        ("予以公开79件（33.9%）。", "33.9%"),
    ],
)
def test_a_wrong_percentage_is_named(text: str, words: str):
    (message,) = said(text)
    assert words in message


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 166), st.integers(0, 3))
def test_every_rounding_of_a_share_is_accepted(part: int, places: int):
    percent = f"{100 * part / 167:.{places}f}"
    assert said(f"收到申请167件，其中涉及土地{part}件，占{percent}%。") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收到申请167件，其中自然人160件，法人或其他组织7件。", False),
        ("收到申请167件，其中自然人160件，法人或其他组织17件。", True),
        ("收到申请167件，其中自然人160件，法人或其他组织5件。", True),
        ("收到申请167件，其中网络申请100件、信函申请60件、当面申请7件。", False),
        ("收到申请167件，其中网络申请100件、信函申请60件、当面申请70件。", True),
        ("收到申请167件，其中网络申请100件、信函申请60件。", False),
        ("收到申请167件（其中网络100件、信函60件、现场17件）。", True),
        ("行政复议34件，其中维持33件，尚未审结1件。", False),
        ("收到申请167件，其中予以公开79件，部分公开49件，不予公开1件，无法提供44件，其他处理12件。", False),
        ("收到申请167件，其中，2025年办结148件，转2026年办理19件。", False),
        ("收到申请167件，其中自然人160余件，法人或其他组织17件。", False),
    ],
)
def test_partitions(text: str, wrong: bool):
    messages = said(text)
    assert bool(messages) is wrong
    assert all("之和与总数不符" in message for message in messages)
