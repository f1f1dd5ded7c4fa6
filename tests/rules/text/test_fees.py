"""The sixth section speaks of the fee."""

from __future__ import annotations

import pytest

from tests.samples import complete, with_figure
from xlreport.checking import check
from xlreport.example import good

UNPAID = "applications.results.other.fee_unpaid.total"


def said(notes: str | None, unpaid: int = 0, overview: str = "") -> list[str]:
    report = with_figure(complete("xiji-2025"), UNPAID, unpaid)
    report.other_matters = notes
    report.overview = overview or report.overview
    found = [f for f in check(report) if f.rule == "fee-note"]
    assert all(f.level == "warning" for f in found)
    return [f.message for f in found]


def test_the_example_says_it():
    assert [f for f in check(good()) if f.rule == "fee-note"] == []


@pytest.mark.parametrize(
    "notes",
    [
        "本年度未收取信息处理费。",
        "收取政府信息公开信息处理费0元。",
        "没有发出收费通知。",
        "未因依申请公开收取费用。",
    ],
)
def test_saying_that_none_was_taken_is_enough(notes: str):
    assert said(notes) == []


@pytest.mark.parametrize("notes", ["无其他需要报告的事项。", "", "无"])
def test_silence_asks_for_a_word(notes: str):
    (message,) = said(notes)
    assert "没有提到信息处理费" in message


def test_silence_with_unpaid_fees_names_them():
    (message,) = said("无其他需要报告的事项。", unpaid=3)
    assert "3 件逾期未缴费" in message


def test_unpaid_fees_and_no_notices_do_not_go_together():
    (message,) = said("本年度未发出收费通知。", unpaid=3)
    assert "未发出收费通知" in message
    assert said("发出收费通知3件，总金额0.02万元，实际收取0元。", unpaid=3) == []


def test_a_fee_named_elsewhere_belongs_into_the_sixth_section():
    (message,) = said("无。", overview="全年发出信息处理费收费通知1件，金额140元。")
    assert "其他部分写了收费" in message


def test_a_section_that_is_missing_is_left_to_another_rule():
    assert said(None) == []
