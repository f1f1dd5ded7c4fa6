"""What a copied text has kept is found; what a report rightly says of other years is not."""

from __future__ import annotations

import pytest

from tests.samples import complete
from xlreport.checking import check
from xlreport.example import good


def said(text: str, part: str = "overview") -> list[str]:
    report = complete("xiji-2025")
    setattr(report, part, text)
    found = [f for f in check(report) if f.rule == "leftover"]
    assert all(f.level == "warning" and f.quote for f in found)
    return [f.message for f in found]


def test_the_example_has_none():
    assert [f for f in check(good()) if f.rule == "leftover"] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024年，西集镇认真贯彻落实条例。", "2024年"),
        ("（一）主动公开。2023年全年公开信息100条。", "2023年"),
        ("截至2024年12月31日，主动公开政府信息437条。", "2024年"),
        ("截止2025年底，主动公开政府信息437条。", "截至"),
        ("截止目前，公开信息437条。", "截至"),
        ("我局高度重视政府信息公开工作。", "我局"),
        ("漷县镇人民政府认真贯彻落实条例。", "漷县镇人民政府"),
        ("监督保障方面，漷县镇将政务公开纳入科室考核。", "漷县镇"),
        ("数据统计期限为2024年1月1日至2024年12月31日。", "2024年1月1日"),
        ("统计期限自2024年1月1日起，至2024年12月31日止。", "2024年1月1日"),
        ("2024年，西集镇认真贯彻《中华人民共和国政府信息公开条例》。", "2024年"),
    ],
)
def test_leftovers(text: str, words: str):
    (message,) = said(text)
    assert words in message


@pytest.mark.parametrize(
    "text",
    [
        "2025年，西集镇认真贯彻落实条例。",
        "较2024年增加12件。",
        "2024年收到80件，2025年收到167件。",
        "落实《2024年政务公开工作要点》。",
        "依据国办公开办函〔2021〕30号编制。",
        "2019年5月15日新修订的条例施行。",
        "2023年以来，累计公开信息1200条。",
        "西集镇人民政府持续深入落实各项要求。",
        "申请截止日期为每月25日。",
        "积极参与区政务服务局开展的培训。",
        "监督保障方面，通州区将政务公开纳入科室考核。",
        "赴漷县镇学习交流，与漷县镇共建政务公开专区。",
        "漷县镇来我镇学习交流。",
        "数据统计期限为2025年1月1日至2025年12月31日。",
        "通州区人民政府网站开设专栏。",
        "截至2025年12月31日，公开信息437条。",
    ],
)
def test_what_belongs_there(text: str):
    assert said(text) == []


def test_the_plan_for_the_year_that_is_over():
    assert said("2024年，我镇将进一步加强培训。", "problems")
    assert said("2025年，我镇将坚持问题导向，加大培训力度。", "problems")
    assert said("2026年，我镇将进一步加强培训。", "problems") == []
    assert said("2025年，我镇将政务公开纳入考核。", "problems") == []


@pytest.mark.parametrize(
    "text",
    [
        "依托漷县镇政府网站公开信息437条。",
        "全年编发《漷县镇人民政府公报》4期。",
        "规范流程，漷县镇主动公开政府信息437条。",
        "做好漷县镇政务公开工作，群众满意。",
        "截至年底，漷县镇未发生行政诉讼。",
    ],
)
def test_another_place_s_name_anywhere_in_a_sentence_is_asked_about(text: str):
    (message,) = said(text)
    assert "漷县镇" in message


@pytest.mark.parametrize(
    "text",
    [
        "依托通州区政府网站公开信息437条。",
        "依托区政府网站公开信息437条。",
        "赴漷县镇学习政务公开经验。",
        "与漷县镇联合开展培训。",
        "在西集镇政府网站公开信息437条。",
        "各镇、乡镇主动公开政府信息437条。",
    ],
)
def test_places_that_belong_there_are_not(text: str):
    assert said(text) == []
