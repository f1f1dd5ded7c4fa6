"""The rule that holds what sentences claim against the tables, as a record."""

from __future__ import annotations

from xlreport.rules.rule import Rule, judge_in

CONTRADICTION = Rule(
    id="contradiction",
    level="error",
    tag="C",
    title="文字与表格不一致",
    statement="文字部分写的件数、金额与三张表的数一致；按各种通行口径都对不上的才提示，没有把握的标注“疑似”或不提示",
    basis="核实项",
    advice="核对文字与表格，改正写错的一处；口径不同的，在文字中写明口径",
    judge=judge_in("xlreport.rules.text.contradiction", "contradictions"),
)
