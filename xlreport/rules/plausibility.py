"""Figures that may be right but ask for a second look: ``unit``, ``swing``, ``other-share``, ``pending-cases``, ``rule-making``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from xlreport.form.balance import plain
from xlreport.form.declaration import PREVIOUS, Form, Share
from xlreport.form.figures import Unit, amount
from xlreport.report import LEVELS
from xlreport.rules.rule import Evidence, Result, Rule, number

#: Last year's fee times this is what a mix-up of 元 and 万元 looks like; half an order of magnitude either way is left to real change.
UNIT_RATIO = 10_000
UNIT_SLACK = 10**0.5
#: A main line may change by this share of last year's figure, and by this many 件, before a reason is asked for.
SWING_SHARE, SWING_COUNT = 0.5, 20
#: Fewer figures other than 0 may well be the same two years running.
SAME_FEWEST = 10


def _unit(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    for key in _in_money(evidence.form):
        cell = evidence.form.cells[key]
        now, last = number(evidence.figures[key]), number(evidence.figures.get(PREVIOUS + key))
        if not now or not last or now < 0 or last < 0:
            continue
        ratio = float(now / last) if now > last else float(last / now)
        if UNIT_RATIO / UNIT_SLACK < ratio < UNIT_RATIO * UNIT_SLACK:
            change = "大" if now > last else "小"
            message = f"“{cell.label}”{plain(now)} 万元，上年 {plain(last)} 万元，{change}约一万倍；是否把元当成了万元（或相反）"
            yield rule.finding(evidence, message, key, PREVIOUS + key)
        else:
            yield None


@cache
def _in_money(form: Form) -> tuple[str, ...]:
    return tuple(key for key, cell in form.cells.items() if cell.unit is Unit.MONEY)


def _swing(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    for key in evidence.form.main_lines:
        table = key.partition(".")[0]
        now, last = amount(evidence.figures[key]), amount(evidence.figures.get(PREVIOUS + key, "?"))
        if now is None or last is None or not (evidence.filled(table) and evidence.filled(PREVIOUS + table)):
            continue
        change = now - last if now > last else last - now
        if change > SWING_COUNT and float(change) > SWING_SHARE * float(last):
            message = f"“{evidence.form.label(key)}”{plain(now)}，上年 {plain(last)}，变化 {plain(now - last)}；请核实"
            yield rule.finding(evidence, message, key, PREVIOUS + key, alike=rule.title)
        else:
            yield None


def _same_figures(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    if not evidence.previous:
        return
    pairs = [(evidence.figures[key], evidence.figures.get(PREVIOUS + key)) for key in evidence.form.cells]
    told = [pair for pair in pairs if amount(pair[0]) or amount(pair[1])]
    if len(told) < SAME_FEWEST:
        return
    if all(amount(now) == amount(last) for now, last in told):
        message = f"{len(told)} 个不为 0 的数都与上年相同；是否把上年的报告又报了一遍，请核对"
        yield rule.finding(evidence, message)
    else:
        yield None


def _other_share(share: Share, rule: Rule, evidence: Evidence) -> Iterator[Result]:
    part, whole = number(evidence.figures[share.part]), number(evidence.figures[share.whole])
    if part is None or not whole or whole < 0:
        return
    if part > share.limit * float(whole):
        message = (
            f"“{evidence.form.label(share.part)}”{plain(part)} 件，占总计 {plain(whole)} 件的 {float(part / whole):.1%}，"
            f"超过 {share.limit:.0%}；能归入其他各项的请归入"
        )
        yield rule.finding(evidence, message, share.part, share.whole)
    else:
        yield None


def _pending_cases(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    for table in _with_pending(evidence.form):
        cells = evidence.form.table(table).cells
        pending = [PREVIOUS + cell.key for cell in cells if cell.key.endswith(".pending")]
        open_cases = sum(number(evidence.figures.get(key)) or 0 for key in pending)
        if not evidence.filled(table) or not evidence.filled(PREVIOUS + table):
            continue
        if open_cases > 0 and all(amount(evidence.figures[cell.key]) == 0 for cell in cells):
            message = f"上年末有 {plain(open_cases)} 件尚未审结，本年{evidence.form.table(table).name}却全部为 0；请核实上年案件的结果"
            left_open = [key for key in pending if number(evidence.figures.get(key))]
            totals = [cell.key for cell in cells if cell.key.endswith(".total")]
            yield rule.finding(evidence, message, *totals, *left_open)
        else:
            yield None


@cache
def _with_pending(form: Form) -> tuple[str, ...]:
    """The tables with cases that may be left open."""
    return tuple(sorted({key.partition(".")[0] for key in form.cells if key.endswith(".pending")}))


def _rule_making(row: str, rule: Rule, evidence: Evidence) -> Iterator[Result]:
    cells = (key for key in evidence.form.cells if key.startswith(row + "."))
    made = [key for key in cells if (number(evidence.figures[key]) or 0) > 0]
    who = _without_rules(evidence.report.organisation.strip(), evidence.report.level)
    if not who or not made:
        yield None
        return
    yield rule.finding(
        evidence, f"{who}没有规章制定权，表二“规章”一行却不为 0；是否应填在行政规范性文件一行", *made
    )


def _without_rules(name: str, stated: str) -> str:
    """Which bodies without the power to make rules (规章) this one is of; “” where it may make them, or nothing tells."""
    level = stated if stated in LEVELS else _level_by_name(name)
    if level in LEVELS[3:]:
        return f"{level}机关"
    # 办公厅, 办公室 of a government report on the government's own.
    bureau = re.search(
        r"(?<!政府)(?:[局厅院处队]|委员会|(?<!常)委|办公室)$", re.sub(r"[（(].*?[）)]", "", name)
    )
    local = (
        re.search(r"[省市州盟县区旗].+", name) and level != LEVELS[0] and not name.endswith(("总局", "总署"))
    )
    return (
        "地方政府的部门" if bureau and local and not re.search(r"政府办公[厅室]$|管理委员会$", name) else ""
    )


def _level_by_name(organisation: str) -> str:
    """The level a name gives away, for sources that do not state it; “” where it does not."""
    name = organisation.strip()
    if re.search(r"(镇|乡|街道)(人民政府|办事处|政府)?$", name):
        return LEVELS[4]
    if re.search(r"[县区旗](人民政府|政府)?(办公室)?$", name) and not re.search(
        r"(自治区|新区|开发区|园区)", name
    ):
        return LEVELS[3]
    if re.search(r"[县旗][^省市]*[局委办会院队]$|市[^市]+区[^省市]*[局委办会院队]$", name):
        return LEVELS[3]
    return ""


UNIT = Rule(
    id="unit",
    level="warning",
    tag="C",
    title="收费金额单位可疑",
    statement="收费金额不应是上年的一万倍左右或一万分之一左右",
    basis="核实项",
    advice="收费金额以万元为单位；确实如此的，填写审核说明",
    judge=_unit,
)
SWING = Rule(
    id="swing",
    level="warning",
    tag="C",
    title="与上年相差较大",
    statement=f"主要指标与上年相比，变化超过一半并且超过 {SWING_COUNT} 的，需要核实",
    basis="核实项",
    advice="核对本年数；属实的，填写审核说明",
    judge=_swing,
)
PENDING_CASES = Rule(
    id="pending-cases",
    level="warning",
    tag="C",
    title="上年未结案件没有下文",
    statement="上年有尚未审结的案件，本年表四不应全部为 0",
    basis="核实项",
    advice="核实上年尚未审结案件在本年的结果；本年仍未审结的计入尚未审结",
    judge=_pending_cases,
)
SAME_FIGURES = Rule(
    id="same-figures",
    level="warning",
    tag="C",
    title="全部数据与上年相同",
    statement="不为 0 的数不应全部与上年相同",
    basis="核实项",
    advice="核对是否误报了上年的数据；属实的，填写审核说明",
    judge=_same_figures,
)


def other_share(share: Share) -> Rule:
    """Return the rule that asks where the share of results booked as “other” is large."""
    return Rule(
        id="other-share",
        level="warning",
        tag="C",
        title="“其他”占比较高",
        statement="（六）其他处理中的“3.其他”不宜超过（七）总计的五分之一",
        basis="核实项",
        advice="能归入其他各项的归入；确属其他的，填写审核说明",
        judge=partial(_other_share, share),
    )


def rule_making(row: str) -> Rule:
    """Return the rule that asks where a body without the power to make 规章 fills a ``row``, given by the key of its cells."""
    return Rule(
        id="rule-making",
        level="warning",
        tag="C",
        title="规章件数可疑",
        statement="规章由国务院部门、省级政府和设区的市、自治州的政府制定；地方政府的部门和县（区）、乡镇（街道）机关的“规章”一行应为 0",
        basis="核实项；规章的制定权限见《立法法》",
        advice="行政规范性文件填在“行政规范性文件”一行",
        judge=partial(_rule_making, row),
    )
