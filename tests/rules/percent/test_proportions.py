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


@pytest.mark.parametrize(
    "text",
    [
        "行政复议34件，复议维持率97.1%。",
        "行政复议维持率为100%。",
        "2024年复议维持率为80.2%。",
        "区教育局行政复议维持率80%。",
        "行政复议维持率较上年提高80.2%。",
        "按期答复率80%。",
        "行政复议34件，其中维持33件，占97.1%；另有涉及土地的3件，占8.8%。",
    ],
)
def test_a_rate_that_one_way_of_counting_makes_passes(text: str):
    assert said(text) == []


@pytest.mark.parametrize(
    "text", ["行政复议34件，维持率为80.2%。", "全年行政复议维持率达80.2%。", "复议纠错率3%。"]
)
def test_a_rate_that_the_table_does_not_make_is_named(text: str):
    (message,) = said(text)
    assert "率" in message and "算不出来" in message


@settings(max_examples=40)
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


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("发布信息1320条，其中政务动态820条、通知公告280条、执法信息220条。", False),
        ("发布信息1320条，其中政务动态820条、通知公告280条、执法信息350条。", True),
        ("发布信息28.7万条，其中动态类16.2万条、政策类1.4万条、服务类7.5万条、其他3.6万条。", False),
        ("发布信息28.7万条，其中动态类16.2万条、政策类1.4万条、服务类7.5万条、其他5.6万条。", True),
        ("发布信息1320条，其中政务动态820条、通知公告280条、其他120条。", True),
        ("发布信息1320条，其中政务动态820条、通知公告280条。", False),
        ("发布信息1320条，其中政务动态820条，公众号推送380条，其他120条。", False),
        ("发布信息1320条，其中网站发布1320条、公众号发布700条、微博发布600条。", False),
        ("收到申请167件，其中涉及土地120件、涉及房屋80件、涉及财务30件。", False),
        ("新收167件，上年结转37件，其中自然人200件，法人或其他组织4件。", False),
        ("办结185件，其中因信访举报投诉不予处理9件，因重复申请不予处理9件；无法提供44件。", False),
    ],
)
def test_partitions_of_things_and_partial_lists(text: str, wrong: bool):
    assert bool(said(text)) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收到申请167件，较上年的152件增长9.9%。", False),
        ("收到申请167件，较上年的152件增长12.5%。", True),
        ("收到申请167件，比2024年的152件增加15件，增长9.9%。", False),
        ("结转件由2024年的37件下降到2025年的19件，降幅达48.6%。", False),
        ("结转件由2024年的37件下降到2025年的19件，降幅达84.6%。", True),
        ("收到申请167件，较上年的152件下降9.9%。", True),
        ("公开率54.0%，比上年提高10.4个百分点。", False),
        ("收到申请167件，同比增长12.5%。", False),
        ("收到申请167件，较上年的150余件增长12.5%。", False),
        ("收到申请167件，办结185件，分别增长9.9%和3.1%。", False),
    ],
)
def test_rates_of_growth(text: str, wrong: bool):
    messages = said(text)
    assert bool(messages) is wrong
    assert all("增减幅度" in message for message in messages)


@pytest.mark.parametrize(("percent", "wrong"), [("11.3", False), ("13.1", True)])
def test_last_years_tables_are_the_base_where_the_text_names_none(percent: str, wrong: bool):
    report, previous = published("xiji-2025"), published("xiji-2025")
    previous.year, previous.applications.new.total, previous.applications.new.natural_person = 2024, 150, 150
    report.overview = f"新收政府信息公开申请167件，同比增长{percent}%。"
    found = [f for f in check(report, previous) if f.rule == "percent"]
    assert bool(found) is wrong
