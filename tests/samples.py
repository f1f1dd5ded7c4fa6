"""Reports that the tests share: real ones, and random ones that balance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from xlreport.example import good
from xlreport.form.declaration import Form, rows_of
from xlreport.report import Report, nested

#: A first section that gives no figures, so that it fits every report.
OVERVIEW = "\n".join(
    (
        "主动公开。围绕重点领域公开政府信息，做好政策解读。",
        "依申请公开。规范登记、办理、答复各个环节。",
        "政府信息管理。落实发布审核和保密审查。",
        "平台建设。办好门户网站和政务新媒体。",
        "监督保障。本机关全年开展培训3次，组织工作考核和社会评议。",
    )
)
DATA = Path(__file__).parent / "data"
CURRENT_REPORTS = ("suqian-2023", "suqian-2024", "xiji-2025")


def published(name: str) -> Report:
    """Return the figures of a published report (no text)."""
    return Report.model_validate(json.loads((DATA / "reports" / f"{name}.json").read_text("utf-8")))


def complete(name: str = "suqian-2024") -> Report:
    """Return a published report's figures with text, so that nothing is missing."""
    text = good()
    report = published(name)
    report.preamble, report.overview = "依据《政府信息公开条例》编制本报告。", OVERVIEW
    report.problems, report.other_matters = text.problems, "本年度未收取信息处理费。"
    return report


def with_figure(report: Report, key: str, value: Any) -> Report:
    """Return a copy of the report in which one figure is another."""
    data = report.model_dump()
    *parents, name = key.split(".")
    branch = data
    for parent in parents:
        branch = branch[parent]
    branch[name] = value
    return Report.model_validate(data)


@st.composite
def balanced_figures(draw: st.DrawFn, form: Form, largest: int = 10_000) -> dict[str, int]:
    """Draw figures that satisfy every balance within the year."""
    figures = {key: draw(st.integers(0, largest)) for key in form.cells}
    # In the order of their declaration backwards, each balance is mended through its first cell.
    applications = form.table("applications")
    rows = rows_of(applications.tree)
    columns = [leaf.key.rpartition(".")[2] for node in rows[0].children for leaf in node.leaves()]
    parts = [
        row.key
        for row in rows
        if row.key.startswith("applications.results.") and not row.key.endswith(".total")
    ]
    for column in columns[:-1]:
        figures[f"applications.results.total.{column}"] = sum(figures[f"{key}.{column}"] for key in parts)
        flow = figures[f"applications.results.total.{column}"] + figures[f"applications.carried_out.{column}"]
        carried = draw(st.integers(0, flow))
        figures[f"applications.carried_in.{column}"] = carried
        figures[f"applications.new.{column}"] = flow - carried
    for balance in form.balances:
        if balance.rule.id in ("applicants", "cases"):
            figures[balance.left[0].key] = sum(figures[term.key] for term in balance.right)
    return figures


def report_of(figures: dict[str, Any], **fields: Any) -> Report:
    """Return a report made of figures by key."""
    return Report.model_validate({**nested(figures), **fields})


def year_before(report: Report) -> Report:
    """Return a last year whose figures lead to those of ``report``."""
    last = report.model_copy(deep=True, update={"year": report.year - 1 if report.year else None})
    for column, value in report.applications.carried_in.model_dump().items():
        setattr(last.applications.carried_out, column, value)
    for name in ("rules", "normative_documents"):
        now = getattr(report.disclosure, name)
        getattr(last.disclosure, name).in_force = now.in_force - now.issued + now.repealed
    return last
