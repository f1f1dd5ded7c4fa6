"""``check``: every rule of the catalogue against one report. Pure: report in, findings out."""

from __future__ import annotations

from xlreport.findings import Finding, Findings, Subject
from xlreport.form.declaration import PREVIOUS
from xlreport.report import Explanation, Report, paragraph_key
from xlreport.rules.catalogue import CATALOGUE, RULES
from xlreport.rules.rule import Evidence

#: What the places of a separate file of last year's report begin with; they are not in the report's own workbook.
PREVIOUS_FILE = "上年报告 "


def check(report: Report, previous: Report | None = None) -> Findings:
    """Return what every rule says about ``report``.

    ``previous`` is last year's report; without it, the one that ``report`` itself carries. Rules that need last year's figures are
    silent where there are none.
    """
    evidence = gather(report, previous)
    found: list[Finding] = []
    checked = 0
    for rule in CATALOGUE:
        for result in rule.judge(rule, evidence):
            checked += 1
            if result is not None:
                found.append(result)
    places = _places(report, evidence.previous)
    answers = _Answers(report.explanations)
    located = tuple(answers.apply(f.model_copy(update={"where": _where(f, places)})) for f in found)
    passed = not any(f.level == "error" and not f.explanation for f in located)
    if not passed:
        # Most reports pass, and need not wait for the import.
        from xlreport.locate.suggest import suggest

        located = suggest(evidence, located)
    return Findings.model_construct(
        report=Subject.model_construct(form=report.form, organisation=report.organisation, year=report.year),
        passed=passed,
        checked=checked,
        findings=located,
        lapsed=answers.unused(),
    )


def gather(report: Report, previous: Report | None = None) -> Evidence:
    """Return what the rules read: both years' figures by key."""
    last = previous if previous is not None else report.previous
    figures = report.figures()
    if last is not None:
        figures.update({PREVIOUS + key: value for key, value in last.figures().items()})
    return Evidence(report, last, report.declaration, figures)


def _where(finding: Finding, places: dict[str, str]) -> tuple[str, ...]:
    """The places of the finding's cells, that of its text at the paragraph."""
    if not places:
        return ()
    where = [places.get(key, "") for key in finding.cells]
    if finding.paragraph is not None:
        where[-1] = places.get(paragraph_key(finding.cells[-1], finding.paragraph), where[-1])
    return tuple(where)


def _places(report: Report, last: Report | None) -> dict[str, str]:
    """Where each cell was read; last year's own file is named as such, since its sheets have the same names.

    Empty where this year's report is no workbook, whatever last year's is.
    """
    if last is None or last is report.previous or not report.places:
        return report.places
    return {**report.places, **{PREVIOUS + key: PREVIOUS_FILE + place for key, place in last.places.items()}}


def answerable(finding: Finding) -> bool:
    """True if a 审核说明 settles the finding: it is a warning (whatever its rule's findings are else), or of a rule that may be waived."""
    return finding.level == "warning" or RULES[finding.rule].waivable


class _Answers:
    """The office's explanations, each for one finding and the figures it was written for."""

    def __init__(self, explanations: tuple[Explanation, ...]) -> None:
        self._left = {(_identity(e), e.figures): e for e in explanations}

    def apply(self, finding: Finding) -> Finding:
        """Return the finding with its explanation; one written for other figures is shown as lapsed."""
        if not answerable(finding):
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
