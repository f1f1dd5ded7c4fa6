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


def about(rule: str, notes: str, fee: object = 0, year: int = 2025) -> list[str]:
    report = with_figure(complete("xiji-2025"), "disclosure.fees.amount", fee)
    report.other_matters, report.year = notes, year
    return [f.message for f in check(report) if f.rule == rule]


@pytest.mark.parametrize(
    ("notes", "odd"),
    [
        ("发出信息处理费收费通知1件，金额385元。", "385 元"),
        ("收取信息处理费0.0385万元。", "385 元"),
        ("收取信息处理费1,205元。", "1205 元"),
        ("本年发出收费通知2件，总金额300元。实际收取95元。", "95 元"),
        ("收取信息处理费380元。", ""),
        ("收取信息处理费2.73万元。", ""),
        ("收取信息处理费0元。", ""),
        ("未收取信息处理费。购置打印机支出1385元。", ""),
    ],
)
def test_a_fee_comes_in_steps_of_ten_yuan(notes: str, odd: str):
    messages = about("fee-step", notes)
    assert [odd in message for message in messages] == ([True] if odd else [])


def test_before_the_rates_of_2021_any_fee_could_be():
    notes = "收取信息处理费385元。"
    assert about("fee-step", notes, year=2020) == []
    assert about("fee-step", notes, year=2021) != []


@pytest.mark.parametrize(
    ("notes", "taken"),
    [
        ("2025年共发出收费通知1件，实际收取信息处理费400元。", "400 元"),
        ("信息处理费：2025年收取1笔，金额0.014万元。", "140 元"),
        (
            "依据《政府信息公开信息处理费管理办法》，发出收费通知1件，总金额0.014万元。实际收取的总金额0.014万元。",
            "140 元",
        ),
        ("发出收费通知1件，总金额140元，实际收取0元。", ""),
        ("未收取信息处理费。", ""),
        ("发出信息处理费收费通知3件，金额合计600元。", ""),
    ],
)
def test_a_fee_that_was_taken_is_among_the_fees_of_table_two(notes: str, taken: str):
    messages = about("fee-listed", notes)
    assert [taken in message for message in messages] == ([True] if taken else [])
    assert about("fee-listed", notes, fee="0.04") == []


def test_reports_before_the_rates_need_no_word_on_the_fee():
    assert about("fee-note", "无其他需要报告的事项。", year=2020) == []
    assert about("fee-note", "无其他需要报告的事项。", year=2021) != []
