"""Last year's text is recognised when it comes again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import complete
from xlreport.checking import check
from xlreport.example import good
from xlreport.rules.prose.copied import LIMIT, likeness


def said(now: str, last: str) -> list[str]:
    report, previous = complete("suqian-2024"), complete("suqian-2023")
    report.overview, previous.overview = now, last
    report.problems, previous.problems = "今年的问题", "去年的问题"
    return [f.message for f in check(report, previous) if f.rule == "copy"]


def test_the_same_text_with_other_figures_is_a_copy():
    last = good().overview
    assert last is not None
    (message,) = said(last.replace("167", "182").replace("2025", "2026"), last)
    assert "相同的文字占 100%" in message


def test_a_text_written_anew_is_none():
    overview, problems = good().overview, good().problems
    assert overview and problems
    assert said(overview, problems * 2) == []


def test_a_text_half_written_anew_is_none():
    overview = good().overview
    assert overview
    half = len(overview) // 2
    assert said(overview, overview[:half] + "重新写过的文字，讲的是另外的事情。" * (half // 17)) == []


def test_short_texts_may_be_the_same_every_year():
    assert said("无其他需要报告的事项。", "无其他需要报告的事项。") == []


def test_without_last_year_there_is_nothing_to_compare():
    assert [f for f in check(good()) if f.rule == "copy"] == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share(now: str, last: str):
    assert 0 <= likeness(now, last) <= 1


@pytest.mark.parametrize(("changed", "copied"), [(5, True), (30, False)])
def test_the_limit_lies_at_nine_tenths(changed: int, copied: bool):
    last = "".join(chr(0x4E00 + i) for i in range(200))
    now = last[:-changed] + "".join(chr(0x5E00 + i) for i in range(changed))
    assert (likeness(now, last) >= LIMIT) is copied
