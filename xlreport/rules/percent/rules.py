"""The rule that works percentages and parts out again, as a record."""

from __future__ import annotations

from xlreport.rules.rule import Rule, judge_in

PERCENT = Rule(
    id="percent",
    level="warning",
    tag="C",
    title="百分比或分项算不平",
    statement="文字里的百分比、维持率、增减幅度能由文字或表格的数算出；“其中”各项之和与总数相符",
    basis="核实项",
    advice="核对百分比、各分项和总数",
    judge=judge_in("xlreport.rules.percent.proportions", "proportions"),
)
