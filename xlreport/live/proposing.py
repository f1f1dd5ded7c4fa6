"""What the button 采纳建议 offers at a place: the suggestions of the findings about it. Pure: findings in, offers out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from xlreport.findings import Finding, Suggestion
from xlreport.form.balance import plain
from xlreport.form.declaration import Form
from xlreport.rules.rule import shown
from xlreport.wording import suggested
from xlreport.workbook.results import LineSubject

#: Other possibilities that a question has room for.
_OTHERS_SHOWN = 5
TO_TAKE_BACK = "改后在这一格再点“采纳建议”可以改回。"


class Offer(NamedTuple):
    """The most plausible suggestion, its cell's place, and what else could be meant (of this cell or of another)."""

    suggestion: Suggestion
    place: str
    others: tuple[Suggestion, ...]


def offer_at(place: str, findings: Iterable[Finding], places: Mapping[str, str]) -> Offer | None:
    """Return what is offered for the cell at “三、依申请公开!D7”; ``None`` without a suggestion for it."""
    about = [f for f in findings if any(places.get(s.cell) == place for s in f.suggestions)]
    mine = [s for f in about for s in f.suggestions if places.get(s.cell) == place]
    return _offer(mine, about, places)


def offer_about(subject: LineSubject, findings: Iterable[Finding], places: Mapping[str, str]) -> Offer | None:
    """Return what is offered for a line of the list; ``None`` where its finding is gone or has no suggestion."""
    about = [f for f in findings if f.rule == subject.rule and f.cells in subject.cells]
    return _offer([s for f in about for s in f.suggestions if s.cell in places], about, places)


def _offer(wanted: list[Suggestion], about: list[Finding], places: Mapping[str, str]) -> Offer | None:
    if not wanted:
        return None
    best = wanted[0]
    others = {(s.cell, s.to): s for f in about for s in f.suggestions}
    others.pop((best.cell, best.to))
    return Offer(best, places[best.cell], tuple(others.values()))


def named(key: str, place: str, form: Form) -> str:
    """Return a cell in words, and where it is: “（一）予以公开·自然人”（三、依申请公开!D7）; a cell of no figure by its place."""
    if not key:
        return place
    return f"“{form.label(key)}”（{place}）" if place else f"“{form.label(key)}”"


def question(offer: Offer, formula: str, form: Form, places: Mapping[str, str]) -> str:
    """Return the question whether to take the offer; ``formula`` is what the cell calculates, “” if nothing."""
    best = offer.suggestion
    was = "空白" if best.was is None else shown(best.was)
    where = named(best.cell, offer.place, form)
    lines = [f"{where}：{was} 改为 {plain(best.to)} 吗？", f"理由：{best.reason}"]
    if formula:
        lines.append(f"这一格现在是公式 {formula}，改后不再自动计算。")
    if offer.others:
        lines += ["", f"还有 {len(offer.others)} 种可能，选“否”可以自己改："]
        lines += [
            f"{named(s.cell, places.get(s.cell, ''), form)} {suggested(s)}"
            for s in offer.others[:_OTHERS_SHOWN]
        ]
    lines += ["", TO_TAKE_BACK]
    return "\n".join(lines)
