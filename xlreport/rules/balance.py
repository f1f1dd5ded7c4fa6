"""The linear rules: every balance that the form declares is weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from xlreport.form.balance import Balance, Outcome
from xlreport.form.declaration import PREVIOUS
from xlreport.rules.rule import Evidence, Result, Rule, table_of


def weighable(keys: tuple[str, ...], evidence: Evidence) -> bool:
    """True if every table that cells belong to was filled in at all, this year's and last year's."""
    return all(map(evidence.filled, _tables(keys))) and all(map(evidence.figures.__contains__, keys))


@cache
def _tables(keys: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(table_of, keys))


def balanced(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Judge every balance of the form that belongs to ``rule``."""
    yield from weighed(rule, evidence, evidence.form.balances_by_rule.get(rule.id, ()))


def weighed(rule: Rule, evidence: Evidence, balances: Iterable[Balance]) -> Iterator[Result]:
    """Judge ``balances`` by ``rule``; one that reads an empty table is left out, one that reads a non-number left to ``kind``."""
    for balance in balances:
        if balance.plainly_holds(evidence.figures):
            yield None
            continue
        if not weighable(balance.keys, evidence):
            continue
        verdict = balance.weigh(evidence.figures)
        if verdict.outcome is Outcome.BROKEN:
            message = f"“{balance.about}”{rule.title}：{verdict.sentence}"
            yield rule.finding(evidence, message, *_involved(balance), verdict=verdict)
        elif verdict.outcome is not Outcome.UNREADABLE:
            yield None


def _involved(balance: Balance) -> tuple[str, ...]:
    """The cells of a balance, this year's first: they are the ones that can be mended."""
    return tuple(sorted(balance.keys, key=lambda key: key.startswith(PREVIOUS)))


FLOW = Rule(
    id="flow",
    level="error",
    tag="P",
    title="收办不平衡",
    statement="表三每一列：第一项加第二项之和，等于第三项加第四项之和（新收＋上年结转＝总计＋结转下年度）",
    basis="表三表头印载的勾稽关系",
    advice="核对本年新收、上年结转、（七）总计、结转下年度四项",
    judge=balanced,
    heading="收办平衡",
)
RESULTS = Rule(
    id="results",
    level="error",
    tag="S",
    title="办理结果合计不符",
    statement="表三每一列：（七）总计等于（一）至（六）各行之和",
    basis="表内关系：总计行等于各明细行之和",
    advice="核对该列（一）至（六）各行与（七）总计",
    judge=balanced,
    heading="办理结果合计",
)
APPLICANTS = Rule(
    id="applicants",
    level="error",
    tag="S",
    title="申请人合计不符",
    statement="表三每一行：总计等于自然人加五类法人或其他组织之和",
    basis="表内关系：总计列等于各明细列之和",
    advice="核对该行自然人、各类法人或其他组织与总计",
    judge=balanced,
    heading="申请人合计",
)
CASES = Rule(
    id="cases",
    level="error",
    tag="S",
    title="案件合计不符",
    statement="表四每一组：总计等于结果维持、结果纠正、其他结果、尚未审结之和",
    basis="表内关系：总计等于各结果之和",
    advice="核对该组四种结果与总计",
    judge=balanced,
    heading="案件合计",
)
CARRIED = Rule(
    id="carried",
    level="error",
    tag="S",
    title="上年结转与上年数不符",
    statement="表三每一列：第二项上年结转等于上年报告第四项结转下年度继续办理",
    basis="表间关系：本年年初数等于上年年末数",
    advice="与上年已公布的报告核对；因机构改革、上年数据更正而不同的，填写审核说明",
    judge=balanced,
    heading="与上年结转一致",
    waivable=True,
)
IN_FORCE = Rule(
    id="in-force",
    level="warning",
    tag="S",
    title="现行有效件数与上年不衔接",
    statement="表二：现行有效件数等于上年现行有效件数加本年制发件数减本年废止件数",
    basis="表间关系：年末数等于年初数加增减数",
    advice="核对制发、废止与现行有效件数；统计口径变化的，填写审核说明",
    judge=balanced,
    heading="与上年衔接",
)
IN_FORCE_BOUND = Rule(
    id="in-force-bound",
    level="warning",
    tag="S",
    title="件数超出可能范围",
    statement="表二：本年制发件数不多于现行有效件数；本年废止件数不多于上年现行有效件数加本年制发件数",
    basis="表间关系：制发的仍有效，废止的原有效",
    advice="核对该行三个数；当年制发又废止的，填写审核说明",
    judge=balanced,
    heading="件数范围",
)
