"""What to mark in a workbook, made from findings: plain data that any pen can draw.

A mark is a tint and a note for one cell; the list of results goes with it. Nothing here knows a spreadsheet program.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from xlreport.checking import PREVIOUS_FILE, answerable
from xlreport.findings import LEVEL_NAMES, Finding, Findings, Level, Suggestion
from xlreport.form.balance import plain
from xlreport.form.catalogue import form_of
from xlreport.form.declaration import Form
from xlreport.report import Explanation
from xlreport.rules.catalogue import RULES
from xlreport.workbook.results import PASSED, ResultRow, Results

#: Fill of a marked cell by level, as RGB: light red and amber, dark letters stay readable on both.
TINTS: dict[Level, str] = {"error": "FFC7CE", "warning": "FFEB9C"}
#: Fill of the one cell that is probably wrong, among all that take part in what is broken.
SUSPECT_TINT = "FF9A9A"
#: Proposals that stand in one line of the list.
_PROPOSALS_SHOWN = 4
#: How long the figures of a lapsed explanation may be shown; the hidden columns hold them all.
_FIGURES_SHOWN = 12
#: A message that ends with what to do (“；请改为 167”) needs no general advice.
_INSTRUCTS = re.compile(r"；[^；（）]*(请|是否)[^；（）]*(（|$)")


class Mark(NamedTuple):
    """One cell to mark: where it is, how gravely (``level``), what its note says, and whether it is the one to look at first."""

    sheet: str
    address: str
    level: Level
    note: str
    suspected: bool = False

    @property
    def tint(self) -> str:
        """The fill, as RGB."""
        return SUSPECT_TINT if self.suspected else TINTS[self.level]


class Marks(NamedTuple):
    """All that is to be drawn: a mark per cell, and the list of results."""

    cells: tuple[Mark, ...]
    results: Results


def marks_of(findings: Findings) -> Marks:
    """Return the marks for ``findings``; places that are not in the report's own workbook get none."""
    form = form_of(findings.report.form)
    by_place: dict[str, list[Finding]] = {}
    for finding in findings:
        for place in dict.fromkeys(filter(_is_here, finding.where)):
            by_place.setdefault(place, []).append(finding)
    # Sheet by sheet, so that every pen draws in the same order.
    sheets = list(dict.fromkeys(map(_sheet_of, by_place)))
    ordered = sorted(by_place, key=lambda place: sheets.index(_sheet_of(place)))
    cells = tuple(_mark(place, by_place[place]) for place in ordered)
    rows = tuple(_row(finding, form) for finding in findings)
    lapsed = tuple(lapsed_row(explanation, form) for explanation in findings.lapsed)
    return Marks(cells, Results(verdict(findings), rows, lapsed))


def verdict(findings: Findings) -> str:
    """Return the sentence that sums up: passed or not, and how many findings of each level."""
    if not findings.findings:
        return f"{PASSED}（共审核 {findings.checked} 项）"
    if findings.errors:
        return f"审核不通过：{counts(findings)}。存在强制性审核错误，不能上报，请改正后重新审核"
    return f"审核通过：{counts(findings)}"


def counts(findings: Findings) -> str:
    """Return how many findings of each level there are and how many of them a 审核说明 answers, as the last line of every list says it."""
    waived = sum(1 for finding in findings if finding.level == "error" and finding.explanation)
    answered = sum(1 for finding in findings.warnings if finding.explanation)
    errors = f"强制性 {len(findings.errors)} 处" + (f"（另有 {waived} 处已填审核说明）" if waived else "")
    warnings = f"提示性 {len(findings.warnings)} 处" + (
        f"（其中 {answered} 处已填审核说明）" if answered else ""
    )
    return f"{errors}，{warnings}；共审核 {findings.checked} 项"


def _sheet_of(place: str) -> str:
    return place.rpartition("!")[0]


def _is_here(place: str) -> bool:
    return bool(place) and not place.startswith(PREVIOUS_FILE)


def _mark(place: str, found: list[Finding]) -> Mark:
    sheet, _, address = place.rpartition("!")
    stands = any(finding.level == "error" and not finding.explanation for finding in found)
    proposed = dict.fromkeys(
        s.wording for finding in found for where, s in _proposals(finding) if where == place
    )
    note = "\n\n".join(("\n".join(proposed), *map(_note, found)) if proposed else map(_note, found))
    suspected = any({where for where, _ in _proposals(finding)} == {place} for finding in found)
    return Mark(sheet, address, "error" if stands else "warning", note, suspected)


def _proposals(finding: Finding) -> list[tuple[str, Suggestion]]:
    """What cells should probably hold, each with the cell's place (“” where the source has no places)."""
    places = dict(zip(finding.cells, finding.where, strict=False))
    return [(places.get(suggestion.cell, ""), suggestion) for suggestion in finding.suggestions]


def _note(finding: Finding) -> str:
    """The note about one finding; the cell itself says which column or row is meant."""
    rule = RULES[finding.rule]
    message = finding.message.partition(f"{rule.title}：")[2] or finding.message
    parts = [f"{rule.title}（{LEVEL_NAMES[finding.level]}）", _with_advice(message, finding)]
    parts += [f"审核说明：{finding.explanation}"] if finding.explanation else []
    return "\n".join(parts)


def _with_advice(message: str, finding: Finding) -> str:
    """The message and how to mend it; where the message says that itself, only how to explain is added."""
    advice = RULES[finding.rule].advice
    if not _INSTRUCTS.search(message):
        return f"{message}\n{advice}"
    explaining = [part for part in advice.split("；") if "审核说明" in part]
    return "；".join((message, *explaining))


def _row(finding: Finding, form: Form) -> ResultRow:
    rule = RULES[finding.rule]
    proposals = _proposals(finding)
    # The cell that is probably wrong is the one to jump to.
    likely = [place for place, _ in proposals if place]
    here = likely + [place for place in finding.where if _is_here(place)]
    # The fields beside the title have no label on the form.
    labels = [label for key in finding.cells if (label := form.label(key)) != key]
    shown = list(dict.fromkeys((*likely, *filter(None, finding.where)))) or labels
    message = finding.message.replace(f"{rule.title}：", "：", 1).removeprefix("：")
    quote = f"原文：“{finding.quote}”" if finding.quote and finding.quote not in message else ""
    return ResultRow(
        level=finding.level,
        rule=rule.title,
        place=_named(shown),
        target=here[0] if here else "",
        left=finding.left,
        right=finding.right,
        difference=finding.difference,
        advice="\n".join(
            part
            for part in (_with_advice(message, finding), *_proposed(proposals, message, form), quote)
            if part
        ),
        explanation=finding.explanation or "",
        open=answerable(finding),
        rule_id=finding.rule,
        cells=finding.cells,
        figures=finding.figures,
    )


def _proposed(proposals: list[tuple[str, Suggestion]], message: str, form: Form) -> list[str]:
    """The proposals that the message does not make itself, as lines, the first few of them."""
    told = [(place, s) for place, s in proposals if f"请改为 {plain(s.to)}" not in message]
    lines = [f"{place or form.label(s.cell)} {s.wording}" for place, s in told]
    return lines[:_PROPOSALS_SHOWN] + ([f"等 {len(lines)} 种可能"] if len(lines) > _PROPOSALS_SHOWN else [])


def lapsed_row(explanation: Explanation, form: Form) -> ResultRow:
    """Return the line of an explanation that no longer applies: what it was about, and for which figures."""
    rule = RULES.get(explanation.rule)
    figures = [figure or "空白" for figure in explanation.figures]
    shown = "、".join(figures[:_FIGURES_SHOWN]) + (
        f" 等 {len(figures)} 个" if len(figures) > _FIGURES_SHOWN else ""
    )
    if rule is not None and not rule.answerable:
        reason = "强制性审核错误须改正数据，不能用审核说明代替"
    else:
        reason = "数据已变化或问题已消失，原说明不再起作用"
    return ResultRow(
        level=None,
        rule=rule.title if rule else explanation.rule,
        place=_named([form.label(key) for key in explanation.cells]),
        target="",
        left=None,
        right=None,
        difference=None,
        advice=reason + (f"\n填写时的数据：{shown}" if shown else ""),
        explanation=explanation.text,
        open=True,
        rule_id=explanation.rule,
        cells=explanation.cells,
        figures=explanation.figures,
    )


def _named(places: list[str]) -> str:
    """Several places in the room of one."""
    if not places:
        return "—"
    return places[0] + (f" 等{len(places)}格" if len(places) > 1 else "")
