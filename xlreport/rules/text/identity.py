"""The report's year and name as the opening paragraph gives them: the part of ``year`` that reads sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

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
#: What kind of body a name ends with: of which level of area, which office.
_OWN_KIND = re.compile(
    r"(?P<area>省|市|县|区|镇|乡|州|旗|街道)?(?:办事处)?(?P<office>政府办公[厅室]|[局厅]|委员会)?$"
)
_OFFICES = ("局", "厅", "委员会")
#: Where the body stands if not before the year: behind it, as the writer of the report, as whom to ask.
_BODIES = (
    r"(?:公布|发布|公开)《?20\d\d年(?:度)?(?P<name>[^，。：；、《》()（）\d]{3,24}?)(?:政府|政务)?信息公开",
    r"由(?P<name>[^，。：；、《》()（）\d]{3,24}?)(?:(?<!政府)办公[室厅])?(?:负责)?编制",
    r"与(?P<name>[^，。：；、《》()（）\d]{3,24}?)(?:(?<!政府)办公[室厅])?联系",
)
_AFFIXES = r"^(我|本|发布|公布|公开|予以|现将|现|向社会|全社会|社会|的|如下|关于|了|本年度|年度)+"


class Presented(NamedTuple):
    """A report as a preamble presents it."""

    organisation: str
    year: int


def presented_in(preamble: str) -> Presented | None:
    """Return what report a preamble presents; ``None`` if it presents none."""
    text = re.sub(_CITED, "", re.sub(r"\s+", "", normalised(preamble)))
    match = re.search(_PRESENTED, text)
    return Presented(_name(match), int(match["year"])) if match else None


def _name(match: re.Match[str]) -> str:
    return re.sub(_AFFIXES, "", match["inside"] or match["name"])


def body_in(preamble: str) -> str:
    """Return the body whose report a preamble presents, or that it says to have written it or to answer for it; “” if it names none."""
    shown = presented_in(preamble)
    if shown is not None and shown.organisation:
        return shown.organisation
    text = re.sub(_CITED, "", re.sub(r"\s+", "", normalised(preamble)))
    names = (match["name"] for pattern in _BODIES for match in re.finditer(pattern, text))
    return next((name for name in names if re.search(_BODY, name) and re.match(_PLACE, name)), "")


def presented(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Yield what the opening paragraph says of the report's own year and of the body's name."""
    report = evidence.report
    text = re.sub(_CITED, "", re.sub(r"\s+", "", normalised(report.preamble or "")))
    for match in re.finditer(_PRESENTED, text):
        if report.year is not None:
            wrong = int(match["year"]) != report.year
            message = f"导语写的是{match['year']}年的报告，报告年度是{report.year}年；请改为一致"
            yield (
                rule.finding(evidence, message, quote=match.group(), text=("preamble", 0)) if wrong else None
            )
        name = _name(match)
        if report.organisation and names_another(name, report.organisation):
            message = f"导语里的机关名称“{name}”与“{report.organisation}”不一致；请改为一致"
            yield rule.finding(evidence, message, quote=match.group(), text=("preamble", 0))


def is_fellow(name: str, organisation: str) -> bool:
    """True if ``name`` is of the same kind and level as ``organisation``, but another: 淮安市 for 宿迁市, 漷县镇人民政府 for 西集镇."""
    own, other = _OWN_KIND.search(_bare(organisation)), _OWN_KIND.search(_bare(name))
    if not own or not other or own["office"] != other["office"]:
        return False
    if (
        own["office"] in _OFFICES
    ):  # 泗阳县教育局 for 沭阳县教育局, not the 县财政局 next door, nor the office of a district for the city's
        return names_another(name, organisation) and _level(name) == _level(organisation)
    if own["area"] != other["area"]:
        return False
    place = name[: other.start("area")] if other["area"] else name
    return len(place) > 1 and place[-2:] not in organisation and not _same(name, organisation)


def _level(name: str) -> str:
    """The kind of the narrowest place that the name of an office has (县 of 沭阳县教育局), “” where it has none."""
    places = re.findall(_PLACE, name)
    return places[-1][-1] if places else ""


def _bare(name: str) -> str:
    return re.sub(r"[（(].*?[）)]", "", name).replace("人民政府", "政府").removesuffix("政府")


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
