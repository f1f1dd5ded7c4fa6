"""The report's year and name as the opening paragraph gives them: the part of ``year`` that reads sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.numerals import normalised

#: “现公布西集镇2024年政府信息公开工作年度报告”, with or without a name, in or out of 《》.
_PRESENTED = (
    r"(?:公布|发布|编制|公开|制作|形成|撰写|提交|将)(?P<name>[^，。：、《》]{0,30}?)《?(?P<inside>[^，。：、《》\d]{0,30}?)(?P<year>20\d\d)年(?:度)?"
    r"[^，。《》]{0,16}?(?:年度报告|工作报告|年报|报告)"
)
#: Titles of regulations and notices, which have years of their own.
_CITED = r"[《〈<][^》〉>]*(?:格式|通知|条例|办法|规定|意见|要点|方案)[^》〉>]*[》〉>]|〔\d+〕\d*号?"
_BODY = r"(人民政府|委员会|办公室|办公厅|办事处|管理局|[局厅委镇乡院])$"
_PLACE = r"[\u4e00-\u9fff]{2,4}?(?:自治区|自治州|自治县|省|市|区|县|旗|镇|乡|街道)"
_AFFIXES = r"^(我|本|向社会|全社会|社会|的|如下|关于|了|本年度|年度)+"


def presented(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Yield what the opening paragraph says of the report's own year and of the body's name."""
    report = evidence.report
    text = re.sub(_CITED, "", re.sub(r"\s+", "", normalised(report.preamble or "")))
    for match in re.finditer(_PRESENTED, text):
        if report.year is not None:
            wrong = int(match["year"]) != report.year
            message = f"导语写的是{match['year']}年的报告，报告年度是{report.year}年；请改为一致"
            yield rule.finding(evidence, message, quote=match.group()) if wrong else None
        name = re.sub(_AFFIXES, "", match["inside"] or match["name"])
        if report.organisation and names_another(name, report.organisation):
            message = f"导语里的机关名称“{name}”与“{report.organisation}”不一致；请改为一致"
            yield rule.finding(evidence, message, quote=match.group())


def names_another(name: str, organisation: str) -> bool:
    """True if ``name`` is a full name of a body and surely not that of ``organisation``: it names a place that the other does not."""
    if len(name) < 4 or not re.search(_BODY, name) or name in organisation or organisation in name:
        return False
    places = re.findall(_PLACE, name)
    # 通州区 is 北京市通州区; 区统计局 says no place at all.
    return (
        bool(places)
        and not any(place in organisation or place[:2] in organisation for place in places[-1:])
        and not _same(name, organisation)
    )


def _same(name: str, organisation: str) -> bool:
    """True if the shorter name is the longer one with characters left out, as abbreviations are made."""
    short, long = sorted((re.sub(r"[（(].*?[）)]", "", text) for text in (name, organisation)), key=len)
    rest = iter(long)
    return all(sign in rest for sign in short)
