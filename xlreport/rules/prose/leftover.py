"""``leftover``: words that a text copied from last year or from another body has kept, and 截止 for 截至."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.identity import is_fellow
from xlreport.rules.text.report_claims import sentences_of
from xlreport.rules.text.sentences import Sentence

_NUMBERING = r"^(?:（.{1,2}）|[一二三四五六七八九十]+[是、]|\d+[.、])*(?:[^，。：]{2,14}[：。])?"
#: A year at the head of a sentence, or after 截至, tells whose work it is about.
_HEADED = _NUMBERING + r"(?P<year>20\d\d)年(?:度|以来|来|全年|，|我|本|全)"
_UNTIL = r"(?:截至|截止)(?:到|至)?(?P<year>20\d\d)年(?:12月|底|末|年底|年末)"
_NEXT = r"(?P<year>20\d\d)年(?:度)?，?(?:我|本)?[^，。]{0,12}(?:将|拟|计划)"
#: Words of a plan, where 将 is not 把.
_PLANNED = (
    _NUMBERING + r"(?P<year>20\d\d)年(?:度)?，?[^，。]{0,12}"
    r"(?:将(?:进一步|继续|坚持|着力|不断|持续|从|以|按照|围绕|聚焦|紧扣|重点|认真|严格|切实|深入|积极|加强|加大|强化|健全|完善|推动|做好)|拟|计划)"
)
#: Where years stand side by side, or belong to something else, the sentence is left alone.
_BESIDE = r"较|比|同期|增长|下降|上升|减少|增加|结转|以来|至20\d\d年|[-—]20\d\d年|〔|上年|去年|印发|实施|施行|规划|考核|评估|通报|历年"
#: Titles, which may have years and words of their own.
_TITLE = r"《[^》]*》"
_DEADLINE = r"截止(?=到|至|\d|目前|今年|本年|年底|年末|去年|发稿|上年)"
_KINDS = ("镇人民政府", "乡人民政府", "街道办事处", "局", "厅", "委员会", "委")
_SELF = r"我(局|镇|乡|街道|委|厅)(?!际|员|托|派|屈|会)"
#: The period that a text says its figures are of.
_PERIOD = (
    r"(?:统计|期限|时限|所列|报告期)[^。]{0,16}?"
    r"(?P<period>(?P<from>20\d\d)年0?1月0?1日(?:起|开始)?[，,]?(?:至|到|[-—])(?:(?P<until>20\d\d)年)?12月31日)"
)
_OPENING = r"^(?:（.{1,2}）|[一二三四五六七八九十]+[是、]|\d+[.、])*(?:[^，。：]{2,14}(?:[：。]|方面，))?(?:20\d\d年(?:度)?，?)?"
#: A place or a body at the head of a sentence that does what reports tell of; a short name has none of the words that prose is made of.
_NAME = (
    _OPENING
    + r"(?P<name>[^，。：、（）全我本各该某其与和及由对向为在从到的了推进动强化加等级政公开信息务服建设关理一二三四五六七八九十\d]{2,8}"
    + r"(?:(?:省|市|县|区|镇|乡|州|旗)(?:(?:人民)?政府)?(?:办公[厅室])?|街道(?:办事处)?|[局厅]|委员会))"
    + r"(?=认真|严格|持续|坚持|深入|高度|积极|按照|共|全年|始终|紧|不断|切实|进一步|收到|主动|根据|全面|将(?:政务|政府信息|信息)公开"
    + r"|组织开展|建立健全|把政)"
)
#: What sets words apart from a name behind them, or would be taken for its beginning.
_AHEAD = (
    "在|通过|依托|利用|借助|登录|按照|根据|围绕|针对|结合|推动|推进|做好|完善|优化|加强|提升|规范|开展|组织|负责|落实|升级|改版|打造|建设|建好|管好|用好|"
    "发挥|加大|健全|强化|提高|深化|确保|保障|促进|抓好|指导|督促|协助|配合|对|将|由|把|以|为|使"
)
_FOLLOWS = (
    r"(?=(?:政府|门户|官方)*(?:网站|官网|(?:政务|政府信息|信息)公开(?!办)|政务新媒体|微信公众号)|(?:人民)?政府(?:公报|办公室)|公报"
    r"|(?:20\d\d年|本年度?|全年)?，?(?:未|作出|印发|制发|制定|主动公开|依申请|行政(?:处罚|许可|强制)|综合行政执法))"
)
#: The last sign of such a name: hardly any sentence has one that something of this kind follows.
_LAST_SIGN = re.compile(r"[市县区镇乡州旗道府处厅室局会]" + _FOLLOWS)
#: A place or a body, anywhere in a sentence, of which figures are told or whose own the work, the office or the site is.
_ANYWHERE = (
    rf"(?:^|[，。；：“《（]|{_AHEAD})(?P<name>(?!{_AHEAD}|[县区市乡镇街]{{2}})[^，。；：、“”《》（）全我本各该某其与和及向从到的等上下在均已\d]{{2,6}}?"
    r"(?:(?:市|县|区|镇|乡|州|旗|街道)(?:(?:人民)?政府|办事处)?(?:办公[厅室])?|[局厅]|委员会))" + _FOLLOWS
)


def leftovers(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Look for other years, other bodies and 截止 in every sentence."""
    said = sentences_of(evidence.report)
    for sentence in said:
        if evidence.report.year is not None:
            yield from _years(rule, evidence, sentence)
            yield from _periods(rule, evidence, sentence)
        for match in re.finditer(_DEADLINE, sentence.text) if "截止" in sentence.text else ():
            message = (
                f"“{sentence.quote(match.start(), match.end())}”：时间终点应写“截至”，“截止”是到期停止的意思"
            )
            yield rule.finding(
                evidence, message, quote=sentence.quote(match.start(), match.end()), text=sentence.place
            )
        yield from _names(rule, evidence, sentence)


def _years(rule: Rule, evidence: Evidence, sentence: Sentence) -> Iterator[Result]:
    year = evidence.report.year
    assert year is not None
    text = sentence.text
    if "20" not in text:
        yield None
        return
    if "《" in text:
        text = re.sub(_TITLE, lambda title: "—" * len(title.group()), text)
    until = re.search(_UNTIL, text) if "截" in text else None
    headed = re.search(_HEADED, text)
    coming = re.search(_NEXT, text) if sentence.part == "problems" else None
    planned = re.search(_PLANNED, text) if sentence.part == "problems" else None
    if planned and int(planned["year"]) == year:
        quote = sentence.quote(planned.start("year"), planned.end("year"))
        message = f"“{quote}”写的是{year}年的打算，报告年度就是{year}年；是否应为{year + 1}年，请核对"
        yield rule.finding(evidence, message, quote=quote, text=sentence.place)
        return
    if f"{year}年" in text and not coming:
        yield None
        return
    found = None
    if until and int(until["year"]) < year:
        found = until
    elif headed and int(headed["year"]) < year and not re.search(_BESIDE, text):
        found = headed
    elif coming and int(coming["year"]) < year and not re.search(_BESIDE, text):
        found = coming
    if found:
        quote = sentence.quote(found.start("year"), found.end("year"))
        message = f"“{quote}”写的是{found['year']}年，报告年度是{year}年；是否从旧稿留下，请核对"
        yield rule.finding(evidence, message, quote=quote, text=sentence.place)
    else:
        yield None


def _periods(rule: Rule, evidence: Evidence, sentence: Sentence) -> Iterator[Result]:
    wrong = _another_period(sentence.text, evidence.report.year or 0)
    if wrong:
        message = f"“{sentence.quote()}”写的统计期限是“{wrong}”，报告年度是{evidence.report.year}年；请核对"
        yield rule.finding(evidence, message, quote=sentence.quote(), text=sentence.place)


def _another_period(text: str, year: int) -> str:
    """Return the period that ``text`` says its figures are of if that is another year than ``year``, else “”."""
    for match in re.finditer(_PERIOD, text) if "12月31日" in text else ():
        if int(match["until"] or match["from"]) != year:
            return match["period"]
    return ""


def _names(rule: Rule, evidence: Evidence, sentence: Sentence) -> Iterator[Result]:
    organisation = evidence.report.organisation
    if not organisation:
        return
    anywhere = re.finditer(_ANYWHERE, sentence.text) if _LAST_SIGN.search(sentence.text) else ()
    names = filter(None, (re.search(_NAME, sentence.text), *anywhere))
    other = next((name for name in names if is_fellow(name["name"], organisation)), None)
    if other:
        quote = sentence.quote(other.start("name"), other.end("name"))
        message = f"“{quote}”里的“{other['name']}”不是本机关；是否从别处留下，请核对"
        yield rule.finding(evidence, message, quote=quote, text=sentence.place)
    pronoun = re.search(_SELF, sentence.text) if "我" in sentence.text else None
    if pronoun and pronoun[1] not in organisation and organisation.endswith(_KINDS):
        quote = sentence.quote(pronoun.start(), pronoun.end())
        yield rule.finding(
            evidence,
            f"“{quote}”自称“{pronoun.group()}”，机关名称是“{organisation}”；是否从别处留下，请核对",
            quote=quote,
            text=sentence.place,
        )
