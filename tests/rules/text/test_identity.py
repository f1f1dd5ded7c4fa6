"""The opening paragraph names the same year and the same body."""

from __future__ import annotations

import pytest

from tests.samples import complete
from xlreport.checking import check
from xlreport.rules.text.identity import body_in, is_fellow, names_another


def said(preamble: str) -> list[str]:
    report = complete("xiji-2025")
    report.preamble = preamble
    found = [f for f in check(report) if f.rule == "year"]
    assert all(f.level == "error" for f in found)
    return [f.message for f in found]


@pytest.mark.parametrize(
    ("preamble", "words"),
    [
        ("现公布2024年政府信息公开工作年度报告。", "2024年的报告"),
        ("现公布《西集镇2024年政府信息公开工作年度报告》。", "2024年的报告"),
        ("现向社会公布西集镇2023年度政府信息公开年度报告如下。", "2023年的报告"),
        ("现公布通州区漷县镇人民政府2025年政府信息公开工作年度报告。", "漷县镇人民政府"),
    ],
)
def test_another_year_or_body_is_an_error(preamble: str, words: str):
    (message,) = said(preamble)
    assert words in message


@pytest.mark.parametrize(
    "preamble",
    [
        "依据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。",
        "现公布西集镇2025年政府信息公开工作年度报告。",
        "现将我镇2025年度政府信息公开工作报告公布如下。",
        "根据《国务院办公厅关于印发〈2021年政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制。",
        "现公布通州区西集镇人民政府2025年政府信息公开工作年度报告。",
        "如对本报告有疑问，请与西集镇人民政府办公室联系。",
    ],
)
def test_the_right_ones_pass(preamble: str):
    assert said(preamble) == []


@pytest.mark.parametrize(
    ("name", "organisation", "another"),
    [
        ("凉州区统计局", "武威市凉州区统计局", False),
        ("区统计局", "武威市凉州区统计局", False),
        ("凉州区市场监管局", "武威市凉州区市场监督管理局", False),
        ("宿迁市人民政府", "宿迁市（市本级汇总）", False),
        ("泗阳县教育局", "沭阳县教育局", True),
        ("我局", "沭阳县教育局", False),
    ],
)
def test_names(name: str, organisation: str, another: bool):
    assert names_another(name, organisation) is another


@pytest.mark.parametrize(
    ("name", "organisation", "fellow"),
    [
        ("淮安市", "宿迁市（市本级汇总）", True),
        ("苏州市政府", "宿迁市（市本级汇总）", True),
        ("江苏省", "宿迁市（市本级汇总）", False),
        ("沭阳县", "宿迁市（市本级汇总）", False),
        ("宿迁市人民政府", "宿迁市（市本级汇总）", False),
        ("漷县镇人民政府", "北京市通州区西集镇人民政府", True),
        ("通州区人民政府", "北京市通州区西集镇人民政府", False),
        ("西集镇", "北京市通州区西集镇人民政府", False),
        ("北京市人民政府办公厅", "上海市人民政府办公厅", True),
        ("市政府办公厅", "上海市人民政府办公厅", False),
        ("泗阳县教育局", "沭阳县教育局", True),
        ("县财政局", "沭阳县教育局", False),
    ],
)
def test_fellows_are_of_the_same_kind_and_level(name: str, organisation: str, fellow: bool):
    assert is_fellow(name, organisation) is fellow


@pytest.mark.parametrize(
    ("preamble", "body"),
    [
        ("现公布云岭县教育局2022年政府信息公开工作年度报告。", "云岭县教育局"),
        ("根据《条例》的规定，现公布2022年云岭县交通运输局信息公开工作年度报告。", "云岭县交通运输局"),
        ("特向社会公布2022年临江市农业农村局政府信息公开工作年度报告。", "临江市农业农村局"),
        ("本年度报告由江北省公安厅编制，数据截至2022年12月31日。", "江北省公安厅"),
        ("如有疑问，请与云岭县统计局办公室联系（电话：0482-1234567）。", "云岭县统计局"),
        ("如有疑问，请与临江市人民政府办公室联系。", "临江市人民政府办公室"),
        ("现公布2022年政府信息公开工作年度报告，如有疑问请与我局办公室联系。", ""),
        ("本报告由六部分组成，按照《云岭县人民政府关于编制报告的通知》编制。", ""),
    ],
)
def test_where_no_title_names_the_body_its_preamble_does(preamble: str, body: str):
    assert body_in(preamble) == body
