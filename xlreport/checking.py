"""``check``: every rule of its form against one report. Pure: report in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlreport.findings import BESIDE_FILE, PREVIOUS_FILE, Finding, Findings, Subject
from xlreport.form.declaration import BESIDE, PREVIOUS
from xlreport.report import Explanation, Report, paragraph_key
from xlreport.rules.rule import Evidence, Result, Rule


def check(
    report: Report, previous: Report | None = None, rules: Iterable[Rule] = (), beside: Report | None = None
) -> Findings:
    """Return what the rules of its form say about ``report``, and then ``rules``; one with the id of another stands in its place.

    ``previous`` is last year's report; without it, the one that ``report`` itself carries. ``beside`` is the same office's report of another
    form for the same year. Rules that need figures of either are silent where there are none.
    """
    evidence = gather(report, previous, beside)
    applied = {rule.id: rule for rule in (*evidence.form.rules, *rules)}
    found: list[Finding] = []
    checked = 0
    for rule in applied.values():
        for result in _judged(rule, evidence):
            checked += 1
            if result is not None:
                found.append(result)
    places = _places(evidence)
    answers = _Answers(report.explanations, applied)
    located = tuple(answers.apply(f.model_copy(update={"where": _where(f, places)})) for f in found)
    passed = not any(f.level == "error" and not f.explanation for f in located)
    if not passed:
        # Most reports pass, and need not wait for the import.
        from xlreport.locate.suggest import suggest

        located = suggest(evidence, located)
    findings = Findings.model_construct(
        report=Subject.model_construct(form=report.form, organisation=report.organisation, year=report.year),
        passed=passed,
        checked=checked,
        findings=located,
        lapsed=answers.unused(),
    )
    return findings.applied(*applied.values())


def _judged(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Yield the results of a rule; one from outside whose judge fails is a finding of its own, and never stops the others."""
    if rule.judge.__module__.partition(".")[0] == __package__:
        yield from rule.judge(rule, evidence)
        return
    try:
        yield from rule.judge(rule, evidence)
    except Exception as error:
        # A report may not pass for a rule that nobody could hold it to.
        message = (
            f"“{rule.title}”审核时出错（{type(error).__name__}），没有审核；请把这份报告交给提供这条规则的人"
        )
        yield rule.finding(evidence, message)


def gather(report: Report, previous: Report | None = None, beside: Report | None = None) -> Evidence:
    """Return what the rules read: the figures of all these reports by key."""
    last = previous if previous is not None else report.previous
    figures = report.figures()
    if last is not None:
        figures.update({PREVIOUS + key: value for key, value in last.figures().items()})
    if beside is not None:
        figures.update({BESIDE + key: value for key, value in beside.figures().items()})
    return Evidence(report, last, report.declaration, figures, beside)


def _where(finding: Finding, places: dict[str, str]) -> tuple[str, ...]:
    """The places of the finding's cells, that of its text at the paragraph."""
    if not places:
        return ()
    where = [places.get(key, "") for key in finding.cells]
    if finding.paragraph is not None:
        where[-1] = places.get(paragraph_key(finding.cells[-1], finding.paragraph), where[-1])
    return tuple(where)


def _places(evidence: Evidence) -> dict[str, str]:
    """Where each cell was read; places in other files are named as such, since their sheets may have the same names.

    Empty where this report is no workbook, whatever the others are.
    """
    report, last = evidence.report, evidence.previous
    if not report.places:
        return report.places
    places = dict(report.places)
    if last is not None and last is not report.previous:
        places.update({PREVIOUS + key: PREVIOUS_FILE + place for key, place in last.places.items()})
    if evidence.beside is not None:
        places.update({BESIDE + key: BESIDE_FILE + place for key, place in evidence.beside.places.items()})
    return places


class _Answers:
    """The office's explanations, each for one finding and the figures it was written for."""

    def __init__(self, explanations: tuple[Explanation, ...], rules: dict[str, Rule]) -> None:
        self._rules = rules
        self._left = {(_identity(e), e.figures): e for e in explanations}

    def apply(self, finding: Finding) -> Finding:
        """Return the finding with its explanation; one written for other figures is shown as lapsed."""
        if not self._rules[finding.rule].explainable(finding):
            return finding
        identity = _identity(finding)
        found = self._left.pop((identity, finding.figures), None)
        if found is not None:
            return finding.model_copy(update={"explanation": found.text})
        former = [e for (about, _), e in self._left.items() if about == identity]
        if not former:
            return finding
        lapsed = f"（原审核说明“{former[-1].text}”因数据变化失效，请重新填写）"
        return finding.model_copy(update={"message": finding.message + lapsed})

    def unused(self) -> tuple[Explanation, ...]:
        """The explanations that answered nothing."""
        return tuple(self._left.values())


def _identity(item: Finding | Explanation) -> tuple[object, ...]:
    # A finding about a sentence has no cells of a table; the sentence it quotes tells it from others of its rule.
    return item.rule, item.cells if any("." in cell for cell in item.cells) else item.figures
