"""What a number of reviews and suits counts."""

from __future__ import annotations

from xlreport.rules.text.claims import Head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import APPLICATIONS, COURTS, FOREIGN, SUITS, Said, cases_named
from xlreport.rules.text.tokens import Token


def case_heads(of: dict[Kind, list[Token]], said: Said, denied: bool, each: bool) -> list[Head]:
    """Return the kinds of case, with their outcome if one is named; nothing where another body's cases, or cases of all kinds, are counted."""
    if Kind.DECISION in of or Kind.DOCUMENT in of:
        return []
    sure = said.about or Kind.ABOUT in of or said.topic == APPLICATIONS
    outcomes = list(dict.fromkeys(word.value for word in of.get(Kind.OUTCOME, ())))
    if Kind.OTHER in of and not outcomes:
        outcomes = ["other"]
    if _is_of_others(of, outcomes, denied) or (said.general and not sure):
        said.topic, said.case = FOREIGN, ""
        return []
    named = cases_named(of.get(Kind.CASE, ()), said.case) or ([said.case] if said.case else [])
    if "" in outcomes or (len(outcomes) > 1 and (not each or len(named) > 1)):
        return []
    if not (said.cased or Kind.CASE in of):
        if any(word.text in ("纠正", "纠错") for word in of.get(Kind.OUTCOME, ())):
            return []  # 自行纠正, in a paragraph that spoke of suits before
        sure = False
    if len(outcomes) > 1:
        return [Head(f"{case}.{outcome}", "", sure) for case in named for outcome in outcomes]
    acts = {act.value for act in of.get(Kind.ACT, ())}
    settled = ["settled"] if acts & {"answered", "carried_out"} and not denied else []
    suffix = "".join(f".{outcome}" for outcome in (outcomes or settled))
    sure = (sure or denied) and all(word.sure for word in of.get(Kind.CASE, ()))
    if suffix and Kind.CASE not in of and {"litigation", *SUITS} <= set(said.suits):
        # 行政诉讼77件，其中直接起诉25件、复议后起诉52件；维持40件
        return [Head(f"litigation{suffix}|{said.case}{suffix}", "", sure)]
    return [Head(case + suffix, "", sure) for case in named]


def _is_of_others(of: dict[Kind, list[Token]], outcomes: list[str], denied: bool) -> bool:
    """True if the cases are told by who decides them (受理行政复议N件, 法院审结N件), which need not be the body that reports."""
    deciding = any(act.value in ("received", "new", "handled") for act in of.get(Kind.ACT, ())) and not denied
    courts = any(word.text in COURTS for word in of.get(Kind.CASE, ()))
    return deciding or (courts and "settled" in outcomes)
