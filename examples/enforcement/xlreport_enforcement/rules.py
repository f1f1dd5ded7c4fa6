"""The rules of the form: sums, hints, and how its totals tie to table two of the disclosure report of the same body and year.

The two reports are filled in by different departments, so a tie is a hint and never an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlreport.form.declaration import BESIDE
from xlreport.form.figures import amount, plain
from xlreport.form.rule import AddedRules
from xlreport.rules.balance import balanced
from xlreport.rules.completeness import BLANK, KIND, SECTIONS, YEAR
from xlreport.rules.plausibility import SWING, UNIT
from xlreport.rules.prose.rules import COPY, LEFTOVER
from xlreport.rules.rule import Evidence, Result, Rule, table_of

ENFORCEMENT, DISCLOSURE = "enforcement-2024", ("disclosure-2021", "disclosure-2019")
#: What must be the same: cells of this form, a cell of table two, and what both count.
TIES = (
    (("penalties.decided.total",), "disclosure.penalties.decisions", "行政处罚"),
    (("licensing.done.granted", "licensing.done.refused"), "disclosure.licensing.decisions", "行政许可"),
    (("coercion.done.total",), "disclosure.coercion.decisions", "行政强制"),
)

PENALTY_SUM = Rule(
    id="penalty-sum",
    level="error",
    tag="S",
    title="行政处罚合计不符",
    statement="表一：合计等于各类行政处罚之和；一宗处罚只计入最重的一类",
    basis="表内关系：合计等于各类之和",
    advice="核对各类行政处罚与合计",
    heading="行政处罚合计",
    judge=balanced,
)
COERCION_SUM = Rule(
    id="coercion-sum",
    level="error",
    tag="S",
    title="行政强制合计不符",
    statement="表三：合计等于各项行政强制措施与行政强制执行之和",
    basis="表内关系：合计等于各项之和",
    advice="核对各项与合计",
    heading="行政强制合计",
    judge=balanced,
)
ACCEPTED = Rule(
    id="accepted",
    level="warning",
    tag="C",
    title="受理多于申请",
    statement="表二：受理数量一般不多于申请数量；上年申请、本年受理的除外",
    basis="核实项",
    advice="核对申请数量与受理数量；上年申请本年受理的，填写审核说明",
    heading="受理不多于申请",
    judge=balanced,
)
DECIDED = Rule(
    id="decided",
    level="warning",
    tag="C",
    title="决定多于受理",
    statement="表二：许可数量加不予许可数量一般不多于受理数量；上年受理、本年决定的除外",
    basis="核实项",
    advice="核对受理、许可与不予许可的数量；上年受理本年决定的，填写审核说明",
    heading="决定不多于受理",
    judge=balanced,
)


def _tied(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Hold the totals against each other, whichever of the two reports is the one that is checked."""
    if evidence.beside is None or evidence.beside.form not in rule.against:
        return
    here, there = (("", BESIDE), (BESIDE, ""))[evidence.form.id != ENFORCEMENT]
    for parts, whole, name in TIES:
        ours, theirs = [here + key for key in parts], there + whole
        if not all(map(evidence.filled, map(table_of, (*ours, theirs)))):
            continue
        numbers = [amount(evidence.figures.get(key)) for key in ours]
        other = amount(evidence.figures.get(theirs))
        if other is None or None in numbers:
            continue
        total = sum(number for number in numbers if number is not None)
        message = f"行政执法统计年报的{name}是 {plain(total)}，政府信息公开年度报告表二的是 {plain(other)}；两表口径相同的，请核对"
        # What is mended first is what is checked.
        cells = (*ours, theirs) if not here else (theirs, *ours)
        yield rule.finding(evidence, message, *cells) if total != other else None


TIED = Rule(
    id="tied-to-disclosure",
    level="warning",
    tag="C",
    title="与另一种报表的数不一致",
    statement="行政处罚合计、行政许可决定、行政强制合计与政府信息公开年度报告表二的处理决定数量一致",
    basis="核实项",
    advice="与填另一种报表的科室核对；口径不同的，填写审核说明",
    judge=_tied,
    against=DISCLOSURE,
)

RULES: tuple[Rule, ...] = (
    PENALTY_SUM,
    COERCION_SUM,
    replace(
        KIND,
        statement="数量是大于或等于 0 的整数；金额是大于或等于 0 的数，单位万元",
        basis="表内关系：各栏计量单位为宗、次、万元",
    ),
    replace(
        SECTIONS,
        tag="C",
        statement="四张表都已填写；总体情况不能空着或只写“无”",
        basis="核实项",
    ),
    YEAR,
    ACCEPTED,
    DECIDED,
    BLANK,
    replace(
        UNIT,
        title="金额单位可疑",
        statement="金额不应是上年的一万倍左右或一万分之一左右",
        advice="金额以万元为单位；确实如此的，填写审核说明",
    ),
    SWING,
    TIED,
    COPY,
    LEFTOVER,
)

#: The same tie, seen from the disclosure report.
FOR_DISCLOSURE = AddedRules(
    forms=DISCLOSURE, rules=(replace(TIED, id="tied-to-enforcement", against=(ENFORCEMENT,)),)
)
