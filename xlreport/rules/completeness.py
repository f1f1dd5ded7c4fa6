"""Is everything there, and of the right kind: ``kind``, ``blank``, ``sections``, ``year``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from xlreport.form.declaration import BESIDE, PREVIOUS
from xlreport.form.figures import Unit, intended_number, is_blank
from xlreport.report import PICTURE
from xlreport.rules.rule import Evidence, Result, Rule, shown

#: No body has more 件 or 万元 of anything than this; a longer number is a slip of the hand.
LARGEST = 10**12
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|BUSY!)")
_YEAR = re.compile(r"(\d{4})\s*年")
_PERIOD = re.compile(r"(\d{4})年0?1月0?1日(?:起)?[至到—-]+(?:(\d{4})年)?12月31日")


def of_their_kind(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge every figure, last year's too, by its unit."""
    cells, counted = evidence.form.cells, {table.key: table.counted for table in evidence.form.tables}
    for key, value in evidence.figures.items():
        if key.startswith(BESIDE):
            continue  # of a report that has its own check
        # Nearly every figure is one that no unit forbids.
        if type(value) is int and 0 <= value <= LARGEST:
            yield None
            continue
        cell = cells.get(key.removeprefix(PREVIOUS))
        problem = _wrong_kind(value, cell.unit, counted[cell.table]) if cell else _wrong_kind(value)
        if problem:
            message = f"“{evidence.form.label(key)}”填的是“{shown(value)}”，{problem}"
            yield rule.finding(evidence, message, key, alike=problem.partition("；")[0])
        else:
            yield None


def _wrong_kind(value: object, unit: Unit = Unit.COUNT, counted: str = Unit.COUNT.value) -> str:
    if type(value) is int:
        if value < 0 and unit is not Unit.CHANGE:
            return "不能是负数；请核对"
        return "" if abs(value) <= LARGEST else "大得不可能；请核对"
    if is_blank(value):
        return ""
    if isinstance(value, str):
        meant = intended_number(value)
        return "是文本，不是数字；" + (_retyping(value, shown(meant)) if meant is not None else "请改填数字")
    if value < 0 and unit is not Unit.CHANGE:  # type: ignore[operator]
        return "不能是负数；请核对"
    return f"{counted}数必须是整数；请核对" if unit is not Unit.MONEY else ""


def _retyping(typed: str, meant: str) -> str:
    """How a text becomes the number meant; one that looks right already is held as text by the cell's format."""
    how = "（先清空这一格，格式改为“常规”，再输入）" if typed.strip() == meant else ""
    return f"请改为 {meant}{how}"


def _blank(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    for table in evidence.form.tables:
        if not evidence.filled(table.key):
            continue
        figures = evidence.figures
        blanks = [
            cell.key
            for cell in table.cells
            if type(figures[cell.key]) is not int and is_blank(figures[cell.key])
        ]
        if blanks:
            first = evidence.form.label(blanks[0])
            message = (
                f"{table.name}有 {len(blanks)} 格空白或填“/”（如“{first}”），合计时按 0 计；确为 0 的请填 0"
            )
            yield rule.finding(evidence, message, *blanks, alike=rule.title)
        else:
            yield None


def _sections(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    report, form = evidence.report, evidence.form
    for table in form.tables:
        heading = form.section(table.key).heading
        missing = not evidence.filled(table.key)
        yield rule.finding(evidence, f"“{heading}”的{table.name}没有数据；请填表") if missing else None
        if report.outline and table.key not in report.outline and not missing:
            # A published document; its table was found all the same, so this may be no more than an odd heading.
            message = f"有{table.name}，没有找到标题“{heading}”；请核对标题"
            yield rule.finding(evidence, message, level="warning")
    yield _order(rule, evidence)
    if form.text_sections and all(getattr(report, part.content) is None for part in form.text_sections):
        message = (
            "只有表格数据，没有文字部分；"
            + "".join(f"“{part.heading}”" for part in form.text_sections)
            + "未审核"
        )
        yield rule.finding(evidence, message, level="warning")
        return
    for part in form.text_sections:
        text = getattr(report, part.content)
        if text is None:
            yield rule.finding(evidence, f"缺少“{part.heading}”部分；请补写")
        elif not text.strip():
            yield rule.finding(evidence, f"“{part.heading}”没有内容；请补写", part.content)
        elif part.substantial and re.fullmatch(r"[\s　]*(暂?无|没有|不存在问题)[\s　。.]*", text):
            message = f"“{part.heading}”不能只写“{text.strip()}”；请写明问题和改进情况"
            yield rule.finding(evidence, message, part.content)
        else:
            yield None
            yield from _unreadable(rule, evidence, part.content, part.heading, text)


def _unreadable(rule: Rule, evidence: Evidence, content: str, heading: str, text: str) -> Iterator[Result]:
    """Say what stands in a text and is none: a picture in a cell, the error of a formula."""
    for line in text.splitlines():
        if line.strip() == PICTURE or _ERROR.fullmatch(line.strip()):
            what = "图片" if line.strip() == PICTURE else f"公式错误“{line.strip()}”"
            yield rule.finding(evidence, f"“{heading}”里有一段是{what}，不是文字；请改为文字", content)


def _order(rule: Rule, evidence: Evidence) -> Result:
    """A published document's sections must stand in the form's order; other shapes have no order of their own."""
    places = {part.content: place for place, part in enumerate(evidence.form.sections)}
    found = [places[content] for content in evidence.report.outline]
    for upper, lower in pairwise(found):
        if upper > lower:
            first, second = (evidence.form.sections[place].heading for place in (upper, lower))
            return rule.finding(evidence, f"“{first}”排在“{second}”前面，各部分的顺序不对；请调整")
    return None


def _year(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    report = evidence.report
    no_year, no_name = "没有填写报告年度，或不是四位年份；请填写", "没有填写机关名称；请填写"
    yield rule.finding(evidence, no_year, "year") if report.year is None else None
    yield None if report.organisation.strip() else rule.finding(evidence, no_name, "organisation")
    title = _squeezed(report.title)
    if title and report.year is not None:
        others = [year for year in _YEAR.findall(title) if int(year) != report.year]
        wrong = f"标题写的是{others[0]}年，报告年度是{report.year}年；请改为一致" if others else ""
        yield rule.finding(evidence, wrong, "title", quote=report.title) if wrong else None
    if title and report.organisation:
        same = _squeezed(report.organisation) in title
        message = f"标题里的机关名称与“{report.organisation}”不一致；请改为一致"
        yield None if same else rule.finding(evidence, message, "title", quote=report.title)
    if report.year is not None:
        for period in _PERIOD.finditer(_squeezed(report.preamble or "")):
            wrong_period = any(year and int(year) != report.year for year in period.groups())
            message = f"导语写的统计期限与报告年度{report.year}年不一致；请改为一致"
            yield rule.finding(evidence, message, "preamble", quote=period.group()) if wrong_period else None
        if evidence.previous is not None and evidence.previous.year is not None:
            last = evidence.previous.year
            message = f"上年数是{last}年的，不是{report.year - 1}年的；请换成上一年度的报告"
            yield rule.finding(evidence, message, PREVIOUS + "year") if last != report.year - 1 else None
    if report.preamble:
        from xlreport.rules.text.identity import presented

        yield from presented(rule, evidence)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


KIND = Rule(
    id="kind",
    level="error",
    tag="S",
    title="填的不是应填的数",
    statement="件数是大于或等于 0 的整数；收费金额是大于或等于 0 的数，单位万元",
    basis="表内关系：各栏计量单位为件、万元",
    advice="改填数字，不带单位、逗号和空格",
    judge=of_their_kind,
)
BLANK = Rule(
    id="blank",
    level="warning",
    tag="C",
    title="有空白格",
    statement="没有发生的填 0，不留空白，不填“/”；空白在合计时按 0 计",
    basis="核实项",
    advice="确为 0 的填 0；漏填的补填",
    judge=_blank,
)
SECTIONS = Rule(
    id="sections",
    level="error",
    tag="L",
    title="内容不完整",
    statement="六个部分齐全、按顺序；三张表都已填写；第五部分不能空着或只写“无”",
    basis="《政府信息公开条例》第五十条",
    advice="补齐缺少的部分",
    judge=_sections,
)
YEAR = Rule(
    id="year",
    level="error",
    tag="C",
    title="年度或机关名称不一致",
    statement="标题、统计期限、数据属于同一年度；机关名称前后一致",
    basis="核实项",
    advice="改为同一年度、同一名称",
    judge=_year,
)
