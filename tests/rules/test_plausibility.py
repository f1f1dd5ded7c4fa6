"""Figures that ask for a second look."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.samples import complete, published, with_figure
from xlreport.checking import check
from xlreport.report import LEVELS, Report


def said(report: Report, rule: str, previous: Report | None = None) -> list[str]:
    findings = [f for f in check(report, previous) if f.rule == rule]
    assert all(f.level == "warning" for f in findings)
    return [f.message for f in findings]


@pytest.mark.parametrize(
    ("now", "suspicious"),
    [
        (Decimal("592372449"), True),
        (Decimal("650000000"), True),
        (Decimal("6.1"), True),
        (Decimal("72701.2578"), False),
        (Decimal("592372"), False),
        (0, False),
    ],
)
def test_yuan_taken_for_ten_thousand_yuan(now, suspicious):
    report = with_figure(complete(), "disclosure.fees.amount", now)
    assert bool(said(report, "unit", published("suqian-2023"))) is suspicious


@pytest.mark.parametrize(
    ("times", "suspicious"), [(3162, False), (3163, True), (10_000, True), (31_622, True), (31_623, False)]
)
def test_half_an_order_of_magnitude_either_way_is_left_to_real_change(times: int, suspicious: bool):
    last = with_figure(complete(), "disclosure.fees.amount", 2)
    more = with_figure(complete(), "disclosure.fees.amount", 2 * times)
    assert bool(said(more, "unit", last)) is suspicious
    assert bool(said(last, "unit", more)) is suspicious


@pytest.mark.parametrize(
    ("last", "now", "asked"),
    [
        (100, 151, True),
        (100, 150, False),
        (30, 51, True),
        (30, 50, False),
        (0, 21, True),
        (0, 20, False),
        (100, 49, True),
    ],
)
def test_a_main_line_that_jumps_asks_for_a_reason(last: int, now: int, asked: bool):
    key = "applications.results.granted.total"
    report, previous = with_figure(complete(), key, now), with_figure(published("suqian-2023"), key, last)
    messages = [m for m in said(report, "swing", previous) if "予以公开" in m]
    assert bool(messages) is asked


@pytest.mark.parametrize(("other", "asked"), [(37, False), (38, True), (0, False)])
def test_more_than_a_fifth_booked_as_other(other: int, asked: bool):
    report = with_figure(complete("xiji-2025"), "applications.results.other.other.total", other)
    assert bool(said(report, "other-share")) is asked


def test_open_cases_of_last_year_do_not_vanish():
    report = complete("xiji-2025")
    report.cases = {
        g: dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), 0)
        for g in ("review", "litigation_direct", "litigation_after_review")
    }
    previous = published("xiji-2025")
    assert said(report, "pending-cases", previous) == [
        "上年末有 2 件尚未审结，本年表四却全部为 0；请核实上年案件的结果"
    ]
    report.cases.review.upheld = 1
    assert said(report, "pending-cases", previous) == []


@pytest.mark.parametrize(
    ("organisation", "level", "asked"),
    [
        ("北京市通州区西集镇人民政府", "", True),
        ("某县人民政府", "", True),
        ("某市某区教育局", "", True),
        ("宿迁市人民政府", "", False),
        ("青石市教育局", "", True),
        ("江北省自然资源厅", "", True),
        ("江北省发展和改革委员会", "", True),
        ("临江市卫生健康委", "", True),
        ("上海市公安局", "市（地）级", True),
        ("凉山彝族自治州人民政府", "", False),
        ("江北省人民政府办公厅", "", False),
        ("临江经济技术开发区管理委员会", "", False),
        ("国家发展和改革委员会", "", False),
        ("国家市场监督管理总局", "国务院部门", False),
        ("海关总署", "", False),
        ("国家市场监督管理总局", "", False),
        ("上海市人民政府办公厅", "", False),
        ("宁夏回族自治区人民政府", "", False),
        ("某机关", LEVELS[3], True),
        ("某机关", LEVELS[2], False),
        ("某机关", "", False),
        ("某县人民政府", "县里", True),
    ],
)
def test_bodies_without_the_power_make_no_rules(organisation: str, level: str, asked: bool):
    report = with_figure(complete("xiji-2025"), "disclosure.rules.in_force", 1)
    report.title = ""
    report.organisation, report.level = organisation, level
    assert bool(said(report, "rule-making")) is asked
    report.disclosure.rules.in_force = 0
    assert said(report, "rule-making") == []


def twice(count: int) -> tuple[Report, Report]:
    """Two reports with the same figures, of which just ``count`` are not 0."""
    report = published("xiji-2025")
    for place, key in enumerate(report.figures()):
        report = with_figure(report, key, int(place < count))
    return report, report.model_copy(deep=True)


@pytest.mark.parametrize(("count", "asked"), [(9, False), (10, True), (40, True)])
def test_figures_that_are_all_those_of_last_year_ask_for_a_look(count: int, asked: bool):
    report, previous = twice(count)
    assert bool(said(report, "same-figures", previous)) is asked
    key = next(iter(report.figures()))
    assert said(with_figure(report, key, 2), "same-figures", previous) == []
    assert said(report, "same-figures") == []
