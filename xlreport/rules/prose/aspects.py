"""``five-aspects``: the first section touches on everything that the format asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.rules.rule import Evidence, Result, Rule

OVERVIEW = "overview"
#: The aspects of section 一 and the words by which a text is known to touch on them.
ASPECTS = {
    "主动公开": r"主动(向社会)?公开|公开内容|公开(政府)?信息|政策解读|发布(各类|政务|政府)?信息|信息发布",
    "依申请公开": r"依申请|公开申请|申请公开|申请(件|\d)",
    "政府信息管理": r"信息管理|规范性文件[^，。；、\d]{0,8}(管理|清理|审查|备案|入库)|文件库|审核|审查|三审|保密|归档|动态调整|动态管理|台账|更新维护|信息(资源|发布)管理",
    "平台建设": r"平台|网站|公众号|新媒体|专栏|专区|公报|公开栏|客户端|小程序|微博",
    "监督保障": r"监督|保障|考核|评议|培训|督查|督办|检查|自查|责任|组织领导|第三方评估|通报",
}
_GOVERNMENT = r"(人民政府|镇政府|乡政府|街道办事处|街道|[镇乡])$"
_ASSESSED = r"考核|评议|追究|问责|追责|考评"


def five_aspects(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge section 一 by its words; a government's report is also asked for 考核, 评议, 责任追究."""
    text = getattr(evidence.report, OVERVIEW)
    if not (text or "").strip():
        return
    heading = evidence.form.section(OVERVIEW).heading
    missing = [aspect for aspect, words in _patterns() if not words.search(text)]
    if missing:
        yield rule.finding(
            evidence, f"“{heading}”没有写到{'、'.join(missing)}；没有这方面情况的也请写明", text=(OVERVIEW, 0)
        )
    else:
        yield None
    if re.search(_GOVERNMENT, re.sub(r"[（(].*?[）)]", "", evidence.report.organisation.strip())):
        said = any(
            re.search(_ASSESSED, getattr(evidence.report, part.content) or "")
            for part in evidence.form.text_sections
        )
        message = f"“{heading}”没有写到工作考核、社会评议、责任追究的情况；政府的年度报告请写明"
        yield None if said else rule.finding(evidence, message, text=(OVERVIEW, 0))


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(aspect, re.compile(words)) for aspect, words in ASPECTS.items()]
