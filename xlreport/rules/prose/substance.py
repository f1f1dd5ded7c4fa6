"""``no-figures`` and ``dated-early``: an overview that says nothing, and a report that was finished before its year was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.numerals import normalised, numerals, spelled_value
from xlreport.rules.text.report_claims import sentences_of

OVERVIEW, NOTES = "overview", "other_matters"
#: Words by which an overview speaks of whom it is about, beside its name.
_SELF = re.compile(r"[我本](?!次|着|来|质|职|身|领|能|人|地)|[省市县区州镇乡街道局厅委办处院校关]")
#: Nothing here repeats without end: of a text that is all digits, every place would be a beginning.
#: What is a year, a numbering or a title, and no figure of the work: 2025年, （一）, “一是”, 《…》, 第五十条.
_NO_FIGURE = re.compile(
    r"《[^》]{0,200}》|〔\d{1,8}〕\d{0,8}号?|20\d\d年|\d{1,2}月(?:\d{1,2}日)?|第[一二三四五六七八九十百\d]{1,8}[条款项届次章]|^\W*[（(]?[一二三四五六七八九十\d]+[）).、．]"
    r"|[一二三四五六七八九十]是|[一二两三四五六七八九十]个|[一二三四五六七八九十]{1,8}[级审校方位体化公开大次步道]"
)
_COUNTED = re.compile(r"[件条次篇个期场份人项起宗户家名万元%％部例批类期]")
#: A line that is a date and nothing else, as below a signature.
_SIGNED = re.compile(
    r"(?P<year>\d{4}|[二〇○零一三四五六七八九]{4})年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日"
)


def no_figures(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge whether the overview has anything to say: a figure, and whose and which year's work it is."""
    if not (getattr(evidence.report, OVERVIEW) or "").strip():
        return
    said = [sentence.text for sentence in sentences_of(evidence.report) if sentence.part == OVERVIEW]
    missing = []
    if not any(_has_a_figure(text) for text in said):
        missing.append("数字")
    if evidence.report.year is not None and not any(
        re.search(rf"{evidence.report.year}年|今年|本年|全年|年内|一年来", text) for text in said
    ):
        missing.append("年度")
    if not any(_SELF.search(text) for text in said):
        missing.append("单位")
    if missing:
        heading = evidence.form.section(OVERVIEW).heading
        message = f"“{heading}”没有一处写到{'、'.join(missing)}，像是照抄的套话；请写本机关本年度的具体情况"
        yield rule.finding(evidence, message, text=(OVERVIEW, 0))
    else:
        yield None


def _has_a_figure(text: str) -> bool:
    bare = _NO_FIGURE.sub("，", text)
    return any(number.percent or _COUNTED.match(bare, number.end) for number in numerals(bare))


def dated_early(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge whether the date below the report is one on which its year was over."""
    year = evidence.report.year
    text = getattr(evidence.report, NOTES)
    if year is None or not text:
        return
    for line, paragraph in enumerate(text.splitlines()):
        signed = _SIGNED.fullmatch("".join(normalised(paragraph).split()))
        day = _date(signed) if signed else None
        if day is None:
            continue
        if day <= date(year, 12, 31):
            message = f"落款日期是 {day.year}年{day.month}月{day.day}日，{year}年还没有结束；全年的数据要到年底才有，请核对日期和数据"
            yield rule.finding(evidence, message, quote=paragraph.strip(), text=(NOTES, line))
        else:
            yield None


def _date(signed: re.Match[str]) -> date | None:
    year, month, day = (
        int(part) if part.isascii() else spelled_value(part) for part in signed.group("year", "month", "day")
    )
    try:
        return date(year, month, day)
    except ValueError:
        return None
