"""``suggest``: findings in, findings with suggestions out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.findings import Finding, Suggestion
from xlreport.form.balance import Balance, plain
from xlreport.form.declaration import PREVIOUS
from xlreport.form.figures import intended_number
from xlreport.form.typing_errors import Reason
from xlreport.locate.locating import MOST, Cluster, Localisation, locate
from xlreport.locate.ranking import CellChange
from xlreport.rules.balance import weighable
from xlreport.rules.rule import Evidence
from xlreport.rules.text.meanings import agrees
from xlreport.rules.text.witnesses import Witness, witnesses

#: Nothing is ever presented as certain.
LIKELY, POSSIBLE = "很可能", "可能"


def suggest(evidence: Evidence, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return ``findings`` with what their cells should probably hold; as they are where no balance is broken and no text stands for a number.

    A difference to last year that the office has explained is taken as right. If nothing small mends this year's figures together
    with the agreement to last year's, or only that agreement is broken, they are mended on their own.
    """
    open_findings = [f for f in findings if f.level == "error" and not f.explanation]
    if not any(f.left is not None or _text_in(f, evidence) for f in open_findings):
        return findings
    explained = {_identity(f.rule, f.cells) for f in findings if f.explanation}
    balances = [b for b in _binding(evidence) if _identity(b.rule.id, b.keys) not in explained]
    said = witnesses(evidence)
    localisation = locate(evidence.form, balances, evidence.figures, said=said)
    if not all(part.corrections and not _about_last_year_alone(part) for part in localisation.parts):
        within = [b for b in balances if _within(b)]
        if len(within) < len(balances):
            localisation = locate(evidence.form, within, evidence.figures, said=said)
    return tuple(f if f.explanation else _told(f, evidence, localisation, said) for f in findings)


def _binding(evidence: Evidence) -> Iterator[Balance]:
    """The balances without which a report does not pass."""
    for balance in evidence.form.balances:
        if balance.rule.level == "error" and weighable(balance.keys, evidence):
            yield balance


def _within(balance: Balance) -> bool:
    """True for a balance of this year's figures alone."""
    return not any(key.startswith(PREVIOUS) for key in balance.keys)


def _about_last_year_alone(part: Cluster) -> bool:
    """True where this year's figures agree with each other, and only not with last year's."""
    return bool(part.broken) and not any(map(_within, part.broken))


def _identity(rule: str, cells: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    return rule, frozenset(cells)


def _text_in(finding: Finding, evidence: Evidence) -> str:
    """The text that a finding is about, if it is about a single cell that holds one."""
    figure = evidence.figures.get(finding.cells[0]) if len(finding.cells) == 1 else None
    return figure if isinstance(figure, str) else ""


def _told(
    finding: Finding, evidence: Evidence, localisation: Localisation, said: Sequence[Witness]
) -> Finding:
    """The finding with the suggestions about its cells, most plausible first, or with a word on why there are none."""
    suggestions = {
        (change.key, change.to): _suggestion(change, part.likely(change), said)
        for part in localisation.parts
        for correction in part.corrections
        for change in correction.changes
        if change.key in finding.cells
    }
    if not suggestions:
        suggestions = {(s.cell, s.to): s for s in _read_as_number(finding, evidence)}
    about = _identity(finding.rule, finding.cells)
    part = next(
        (p for p in localisation.parts if about in [_identity(b.rule.id, b.keys) for b in p.broken]), None
    )
    update = {"suggestions": tuple(suggestions.values()), "message": finding.message + _remark(part)}
    return finding.model_copy(update=update) if suggestions or part else finding


def _read_as_number(finding: Finding, evidence: Evidence) -> Iterator[Suggestion]:
    """The number that a person reads in a text, where no balance says otherwise."""
    text = _text_in(finding, evidence)
    meant = intended_number(text)
    if meant is not None:
        yield _suggestion(CellChange(finding.cells[0], text, meant, Reason.TEXT), likely=True)


def _suggestion(change: CellChange, likely: bool, said: Sequence[Witness] = ()) -> Suggestion:
    borne_out = any(witness.names(change.key) and agrees(witness.claim, change.to) for witness in said)
    reason = f"{change.reason.value}，{LIKELY if likely or borne_out else POSSIBLE}"
    if borne_out:
        reason += f"，文字写的是 {plain(change.to)}"
    return Suggestion.model_construct(cell=change.key, was=change.was, to=change.to, reason=reason)


def _remark(part: Cluster | None) -> str:
    if part is None or (part.corrections and part.complete):
        return ""
    if part.corrections:
        return "；改法很多，只列出一部分"
    if part.complete:
        return f"；改动 {MOST} 格以内不能使各式平衡，请逐格核对"
    return "；错处较多，限定时间内没有找到改法，请逐格核对"
