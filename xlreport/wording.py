"""A finding in words: what stands in lists, in notes and on the terminal, made here and nowhere else. Pure: findings in, texts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xlreport.findings import (
    BESIDE_FILE,
    LEVEL_NAMES,
    PREVIOUS_FILE,
    Finding,
    Findings,
    Level,
    Side,
    Suggestion,
)
from xlreport.form.catalogue import form_of
from xlreport.form.declaration import PREVIOUS, Form
from xlreport.form.figures import plain
from xlreport.report import Explanation

#: What sums up a check without findings.
PASSED = "审核通过，没有发现问题"
#: What the papers about reports are called, behind the title of these.
SUMMARY, RETURNED = "审核汇总", "退回意见"
#: What is noted beside a figure that was filled in from last year's report and waits to be looked at.
TAKEN_OVER = "取自上年报告结转下年度的数，请核对；如不一致，直接改数。"
#: Proposals that stand in one line of the list.
_PROPOSALS_SHOWN = 4
#: Cells that a line of the list names, and says something of.
_CELLS_LISTED, _CELLS_SAID = 40, 10
#: How long the figures of a lapsed explanation may be shown; the hidden columns hold them all.
_FIGURES_SHOWN = 12
#: A message that ends with what to do (“；请改为 167”) needs no general advice.
_INSTRUCTS = re.compile(r"；[^；（）]*(请|是否)[^；（）]*(（|$)")


class ResultRow(NamedTuple):
    """One line of the list. ``place`` is the text shown, ``target`` the place it jumps to (“三、依申请公开!D7”; “” for none).

    ``level`` is ``None`` for an explanation that no longer applies. ``open`` says whether an explanation may be typed. ``cells`` and
    ``figures`` have a member per finding that the line is about.
    """

    level: Level | None
    rule: str
    place: str
    target: str
    left: Side | None
    right: Side | None
    difference: Side | None
    advice: str
    explanation: str
    open: bool
    rule_id: str
    cells: tuple[tuple[str, ...], ...]
    figures: tuple[tuple[str, ...], ...]


class Told(NamedTuple):
    """What is to be said of a finding, part by part: what is wrong, what to do, what cells should probably hold, the sentence it is about.

    ``todo`` is blank where the message itself says what to do.
    """

    message: str
    todo: str
    proposed: tuple[str, ...]
    quote: str

    @property
    def text(self) -> str:
        """All of it, as a list has it."""
        return "\n".join(filter(None, (self.message, self.todo, *self.proposed, self.quote)))


def verdict(findings: Findings) -> str:
    """Return the sentence that sums up: passed or not, how many findings of each level, and what an office has changed in the rules."""
    changed = f"（本单位的规则：{'、'.join(findings.changes)}）" if findings.changes else ""
    if not findings.findings:
        return f"{PASSED}（共审核 {findings.checked} 项）{changed}"
    if findings.errors:
        return f"审核不通过：{counts(findings)}。存在强制性审核错误，不能上报，请改正后重新审核{changed}"
    return f"审核通过：{counts(findings)}{changed}"


def counts(findings: Findings) -> str:
    """Return how many findings of each level there are and how many of them a 审核说明 answers, as the last line of every list says it."""
    waived = sum(1 for finding in findings if finding.level == "error" and finding.explanation)
    answered = sum(1 for finding in findings.warnings if finding.explanation)
    errors = f"强制性 {len(findings.errors)} 处" + (f"（另有 {waived} 处已填审核说明）" if waived else "")
    warnings = f"提示性 {len(findings.warnings)} 处" + (
        f"（其中 {answered} 处已填审核说明）" if answered else ""
    )
    return f"{errors}，{warnings}；共审核 {findings.checked} 项"


def rows(findings: Findings) -> tuple[ResultRow, ...]:
    """Return each finding as a line of the list."""
    form = form_of(findings.report.form)
    return tuple(_row(finding, findings, form) for finding in findings)


def gathered_rows(findings: Findings) -> tuple[ResultRow, ...]:
    """Return the findings as lines of the list, those that say the same of cells of one sheet in one line."""
    groups: dict[tuple[object, ...], list[tuple[Finding, ResultRow]]] = {}
    for number, (finding, row) in enumerate(zip(findings, rows(findings), strict=True)):
        same = (finding.rule, finding.level, finding.alike, finding.explanation, sheet_of(row.target))
        groups.setdefault(same if finding.alike else (number,), []).append((finding, row))
    return tuple(_gathered(group, findings) for group in groups.values())


def lapsed_rows(explanations: Iterable[Explanation], form: Form) -> tuple[ResultRow, ...]:
    """Return the explanations that no longer apply as lines of the list, the same words about a rule once."""
    groups: dict[tuple[str, str], list[Explanation]] = {}
    for each in explanations:
        groups.setdefault((each.rule, each.text), []).append(each)
    return tuple(_lapsed_row(group, form) for group in groups.values())


def is_here(place: str) -> bool:
    """True for a place in the report's own workbook."""
    return bool(place) and not place.startswith((PREVIOUS_FILE, BESIDE_FILE))


def note(place: str, found: Sequence[Finding], findings: Findings) -> str:
    """Return the note for the cell at ``place``, which the findings ``found`` are about: what it should hold, then what is wrong."""
    proposed = dict.fromkeys(
        suggested(s) for finding in found for where, s in proposals(finding) if where == place
    )
    notes = [_note(finding, findings) for finding in found]
    return "\n\n".join(("\n".join(proposed), *notes) if proposed else notes)


def suggested(suggestion: Suggestion) -> str:
    """Return a suggestion as a cell's note has it: “疑似应为 79（数字颠倒，很可能）”."""
    return f"疑似应为 {plain(suggestion.to)}（{suggestion.reason}）"


def proposals(finding: Finding) -> list[tuple[str, Suggestion]]:
    """Return what cells should probably hold, each with the cell's place (“” where the source has no places)."""
    places = dict(zip(finding.cells, finding.where, strict=False))
    return [(places.get(suggestion.cell, ""), suggestion) for suggestion in finding.suggestions]


def _lapsed_row(explanations: Sequence[Explanation], form: Form) -> ResultRow:
    """The line of an explanation that no longer applies: what it was about, and for which figures."""
    explanation = explanations[0]
    rule = form.rules_by_id.get(explanation.rule)
    figures = [figure or "空白" for each in explanations for figure in each.figures]
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
        place=_named([form.label(key) for each in explanations for key in each.cells]),
        target="",
        left=None,
        right=None,
        difference=None,
        advice=reason + (f"\n填写时的数据：{shown}" if shown else ""),
        explanation=explanation.text,
        open=True,
        rule_id=explanation.rule,
        cells=tuple(each.cells for each in explanations),
        figures=tuple(each.figures for each in explanations),
    )


def _note(finding: Finding, findings: Findings) -> str:
    """The note about one finding; the cell itself says which column or row is meant."""
    title = _title(finding, findings)
    message = finding.message.partition(f"{title}：")[2] or finding.message
    parts = [
        f"{title}（{LEVEL_NAMES[finding.level]}）",
        *filter(None, _with_advice(message, finding, findings)),
    ]
    parts += [f"审核说明：{finding.explanation}"] if finding.explanation else []
    return "\n".join(parts)


def _title(finding: Finding, findings: Findings) -> str:
    rule = findings.rule(finding.rule)
    return rule.title if rule else finding.rule


def _with_advice(message: str, finding: Finding, findings: Findings) -> tuple[str, str]:
    """The message, and how to mend it; where the message says that itself, only how to explain is added to it."""
    rule = findings.rule(finding.rule)
    advice = rule.advice if rule else ""
    if not _INSTRUCTS.search(message):
        return message, advice
    return "；".join((message, *_explaining(finding, findings))), ""


def _explaining(finding: Finding, findings: Findings) -> list[str]:
    """What a rule's advice says about a 审核说明."""
    rule = findings.rule(finding.rule)
    return [part for part in rule.advice.split("；") if "审核说明" in part] if rule else []


def told(finding: Finding, findings: Findings) -> Told:
    """Return what is to be said of one of the findings, part by part."""
    title = _title(finding, findings)
    message = finding.message.replace(f"{title}：", "：", 1).removeprefix("：")
    quote = f"原文：“{finding.quote}”" if finding.quote and finding.quote not in message else ""
    proposed = tuple(_proposed(proposals(finding), message, form_of(findings.report.form)))
    return Told(*_with_advice(message, finding, findings), proposed, quote)


def _row(finding: Finding, findings: Findings, form: Form) -> ResultRow:
    rule, title = findings.rule(finding.rule), _title(finding, findings)
    proposed = proposals(finding)
    # The cell that is probably wrong is the one to jump to.
    likely = [place for place, _ in proposed if place]
    here = likely + [place for place in finding.where if is_here(place)]
    # The fields beside the title have no label on the form.
    labels = [label for key in finding.cells if (label := form.label(key)) != key]
    shown = list(dict.fromkeys((*likely, *filter(None, finding.where)))) or labels
    return ResultRow(
        level=finding.level,
        rule=title,
        place=_named(shown),
        target=here[0] if here else "",
        left=finding.left,
        right=finding.right,
        difference=finding.difference,
        advice=told(finding, findings).text,
        explanation=finding.explanation or "",
        open=rule.explainable(finding) if rule else finding.level == "warning",
        rule_id=finding.rule,
        cells=(finding.cells,),
        figures=(finding.figures,),
    )


def _gathered(group: list[tuple[Finding, ResultRow]], findings: Findings) -> ResultRow:
    """The line of findings that say the same: all their cells, and what differs from one to the other."""
    (finding, row), *others = group
    if not others:
        cells = _own(finding) if finding.alike else []
        return row._replace(advice=f"{row.advice}\n{_addresses(cells)}") if len(cells) > 1 else row
    parts = [each.message.rpartition("；") for each, _ in group]
    alike = all(start for start, _, _ in parts) and len({end for _, _, end in parts}) == 1
    said = [parts[n][0] if alike else each.message for n, (each, _) in enumerate(group)]
    lines = [f"{_address(line.target)} {text}".strip() for (_, line), text in zip(group, said, strict=True)]
    if len(lines) > _CELLS_SAID:
        rest = [place for each, _ in group[_CELLS_SAID:] for place in _own(each)[:1]]
        lines = [*lines[:_CELLS_SAID], f"另有 {len(lines) - _CELLS_SAID} 格：{_addresses(rest)}"]
    advice = "；".join([*([parts[0][2]] if alike else []), *_explaining(finding, findings)])
    return row._replace(
        place=_named([line.target or line.place for _, line in group]),
        advice="\n".join(filter(None, (*lines, advice))),
        cells=tuple(each.cells for each, _ in group),
        figures=tuple(each.figures for each, _ in group),
    )


def _own(finding: Finding) -> list[str]:
    """The places that a finding is about, without those that it only compares with."""
    places = [
        place
        for key, place in zip(finding.cells, finding.where, strict=False)
        if not key.startswith(PREVIOUS)
    ]
    return places or list(finding.where[:1])


def _proposed(proposed: list[tuple[str, Suggestion]], message: str, form: Form) -> list[str]:
    """The proposals that the message does not make itself, as lines, the first few of them."""
    open_ones = [(place, s) for place, s in proposed if f"请改为 {plain(s.to)}" not in message]
    lines = [f"{place or form.label(s.cell)} {suggested(s)}" for place, s in open_ones]
    return lines[:_PROPOSALS_SHOWN] + ([f"等 {len(lines)} 种可能"] if len(lines) > _PROPOSALS_SHOWN else [])


def _addresses(places: list[str]) -> str:
    more = f" 等{len(places)}格" if len(places) > _CELLS_LISTED else ""
    return "、".join(map(_address, places[:_CELLS_LISTED])) + more


def _address(place: str) -> str:
    return place.rpartition("!")[2]


def sheet_of(place: str) -> str:
    """Return the sheet of a place (“三、依申请公开!D7”)."""
    return place.rpartition("!")[0]


def _named(places: list[str]) -> str:
    """Several places in the room of one."""
    if not places:
        return "—"
    return places[0] + (f" 等{len(places)}格" if len(places) > 1 else "")
