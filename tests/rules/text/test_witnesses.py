"""What the text says is heard where a table does not add up, and never against the table's own sums."""

from __future__ import annotations

import pytest

from tests.samples import published
from xlreport.checking import check
from xlreport.findings import Suggestion

SAID = "全市因政府信息公开被申请行政复议440件，其中结果维持309件，结果纠正17件，其他结果88件，尚未审结26件。"


def suggestions(text: str, **typed: int) -> list[Suggestion]:
    report = published("suqian-2023")
    report.overview = text
    for name, value in typed.items():
        setattr(report.cases.review, name, value)
    return [s for finding in check(report).findings if finding.rule == "cases" for s in finding.suggestions]


@pytest.mark.parametrize(
    ("cell", "typed", "meant"),
    [("upheld", 319, 309), ("total", 450, 440), ("other", 98, 88), ("pending", 36, 26)],
)
def test_the_cell_that_the_text_gives_otherwise_is_named_first(cell: str, typed: int, meant: int):
    first = suggestions(SAID, **{cell: typed})[0]
    assert (first.cell, first.to) == (f"cases.review.{cell}", meant)
    assert first.reason.endswith(f"文字写的是 {meant}")
    assert "很可能" in first.reason


def test_two_wrong_figures_in_one_sum_are_both_named():
    found = {(s.cell, s.to) for s in suggestions(SAID, upheld=390, other=8)}
    assert {("cases.review.upheld", 309), ("cases.review.other", 88)} <= found


def test_a_sentence_that_is_wrong_itself_is_no_mending():
    assert all("文字写的是" not in s.reason for s in suggestions(SAID.replace("309", "903"), upheld=319))


def test_where_the_table_adds_up_the_text_is_to_be_mended():
    report = published("suqian-2023")
    report.overview = SAID.replace("309", "390")
    (finding,) = [f for f in check(report).findings if f.rule == "contradiction"]
    assert "疑似文字应为 309" in finding.message
    assert finding.suggestions == ()
