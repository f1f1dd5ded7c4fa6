"""Whose figure it is: a body's own under each of its names, and never another body's."""

from __future__ import annotations

import pytest

from tests.samples import complete
from xlreport.checking import check

BUREAU, DISTRICT, STREET = "沭阳县教育局", "武汉市洪山区人民政府", "西安市雁塔区小寨路街道办事处"
DEPARTMENT, OFFICE, TAX = "江苏省生态环境厅", "某市人民政府办公室", "国家税务总局连云港市税务局"
PETITIONS, ARCHIVES = "泗阳县信访局", "泗阳县档案馆"
HOUSING, COMMISSION = "甲县住房和城乡建设局", "临江市东区住房和城乡建设委员会"
ENFORCEMENT, BRANCH = "临江市城市管理综合行政执法局", "临江市公安局东城分局"
ZONE, HEALTH, CUSTOMS = "临江经济技术开发区管理委员会", "云岭县卫生健康委员会", "临江海关"
LONG_ZONE = "江北东岸高新技术产业开发区管理委员会"
SURVEYS, BANK = "国家统计局江北调查总队", "中国人民银行临江市中心支行"
INSURANCE, MINISTRY = "中国银行保险监督管理委员会临江监管分局", "自然资源部"
ASSETS, CITY_CARE = "临江市人民政府国有资产监督管理委员会", "临江市城市管理委员会"
COOPERATIVES, HIGH_TECH = "临江市供销合作社联合社", "临江高新技术产业开发区管理委员会"
TOWN, CITY_OFFICE = "北京市通州区西集镇人民政府", "上海市人民政府办公厅"


def level(organisation: str, who: str) -> str:
    """The level of what is said of a figure that is mistyped (167 is in the table), if it is the body's own."""
    report = complete("xiji-2025")
    report.organisation = organisation
    report.overview = f"{who}收到政府信息公开申请1670件。"
    levels = {finding.level for finding in check(report) if finding.rule == "contradiction"}
    return "error" if "error" in levels else "warning" if levels else ""


@pytest.mark.parametrize(
    ("organisation", "names"),
    [
        (BUREAU, "县教育局 我局 沭阳县教育局 全局 教育局"),
        (DISTRICT, "全区 区政府 洪山区 洪山区政府"),
        (STREET, "我街道 小寨路街道 全街道"),
        (DEPARTMENT, "我厅 省生态环境厅 全厅"),
        (OFFICE, "市政府办公室 市政府办 我单位"),
        (TAX, "市税务局 我局"),
        (TOWN, "西集镇 镇 镇政府 西集镇政府 我镇 本机关 镇政府办公室 西集镇人民政府办公室"),
        (CITY_OFFICE, "市政府办公厅 办公厅 本机关"),
        (PETITIONS, "泗阳县信访局 县信访局 信访局"),
        (ARCHIVES, "县档案馆 我馆"),
        (HOUSING, "县住建局 甲县住建局 住建局 住房城乡建设局 县住房城乡建设局"),
        (COMMISSION, "区住房城乡建委 区住建委 东区住房城乡建设委员会"),
        (ENFORCEMENT, "市城管执法局 市城管局 城管执法局"),
        (BRANCH, "分局 我分局 东城分局 区公安分局 市公安局东城分局"),
        (ZONE, "经开区 经开区管委会 管委会 临江经开区 园区 全区"),
        (LONG_ZONE, "高新区 高新区管委会 管委会 园区 东岸高新区"),
        (HEALTH, "县卫健委 卫健委"),
        (SURVEYS, "江北调查总队 江北总队 调查总队 总队 我总队"),
        (BANK, "临江市中心支行 中心支行 人民银行临江市中心支行 我行"),
        (INSURANCE, "分局 临江银保监分局 临江监管分局"),
        (MINISTRY, "自然资源部 我部"),
        (ASSETS, "市国资委 市政府国资委 国资委"),
        (CITY_CARE, "市城管委 城市管理委"),
        (COOPERATIVES, "市供销社 市供销合作社 我社"),
        (HIGH_TECH, "高新区 高新区管委会 管委会"),
        (BUREAU, "县政府教育局"),
        (CUSTOMS, "我关 临江海关 海关"),
    ],
)
def test_own_names(organisation: str, names: str):
    assert {name: level(organisation, name) for name in names.split()} == dict.fromkeys(
        names.split(), "error"
    )


@pytest.mark.parametrize(
    ("organisation", "names"),
    [
        (BUREAU, "局机关 县政府 全县教育系统 全县 县市场监管局 各学校 泗阳县教育局 市教育局"),
        (DISTRICT, "区住建局 关山街道 各街道 全市 市政府 区级部门 江汉区 区本级"),
        (STREET, "各社区 区政府 电子城街道"),
        (DEPARTMENT, "全省生态环境系统 全省 各设区市生态环境局 驻市监测中心 省政府"),
        (OFFICE, "全市 县政府办公室"),
        (TAX, "各县区税务局 东海县税务局"),
        (TOWN, "通州区 北京市 通州区政府 区政府 漷县镇 各村"),
        (CITY_OFFICE, "浦东新区 各区 北京市人民政府办公厅 市司法局"),
        (PETITIONS, "沭阳县信访局 市信访局"),
        (ARCHIVES, "市档案馆"),
        (HOUSING, "乙县住建局 市住建局 县住建局系统 县自然资源局"),
        (BRANCH, "西城分局 各分局 市公安局 市公安局西城分局"),
        (ZONE, "高新区管委会 临江市"),
        (LONG_ZONE, "经开区管委会 东岸市"),
        (HEALTH, "市卫健委 乙县卫健委"),
        (SURVEYS, "临江调查队 江南调查总队 各市县调查队 国家统计局"),
        (BANK, "县支行 总行 临海市中心支行"),
        (INSURANCE, "江北银保监局 银保监会 临海监管分局"),
        (MINISTRY, "生态环境部 省自然资源厅"),
        (ASSETS, "省国资委 市政府"),
        (CITY_CARE, "区城管委 市城管执法局"),
        (COOPERATIVES, "省供销社 各县供销社"),
        (HIGH_TECH, "经开区管委会 临江经济技术开发区"),
    ],
)
def test_other_bodies(organisation: str, names: str):
    assert {name: level(organisation, name) for name in names.split()} == dict.fromkeys(names.split(), "")


@pytest.mark.parametrize(
    ("organisation", "names"),
    [
        (OFFICE, "市政府及市政府办公室"),
        (TAX, "全市税务系统 市局机关"),
        (DEPARTMENT, "厅机关"),
        (STREET, "街道 街道综合行政执法队"),
        (DISTRICT, "区政府办公室 区政府办"),
        (OFFICE, "市政府 市本级 代表市政府"),
        (DISTRICT, "全区各职能部门、镇街"),
    ],
)
def test_where_it_is_in_doubt_it_is_no_error(organisation: str, names: str):
    assert "error" not in {level(organisation, name) for name in names.split()}
