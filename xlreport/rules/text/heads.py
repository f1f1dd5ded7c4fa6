"""What a number counts, from the words around it and from what was said before."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.rules.text.applications import act_head, carried_heads, other_heads, row_heads
from xlreport.rules.text.cases import case_heads
from xlreport.rules.text.claims import Head
from xlreport.rules.text.disclosed import decision_heads, document_heads
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import RESULTS
from xlreport.rules.text.said import APPLICATIONS, CASE_KINDS, CASES, DOCUMENTS, Said
from xlreport.rules.text.tokens import COUNT_UNITS, Token

#: 依申请公开政府信息: given out upon application, or asked for.
_DISCLOSED = "results.granted|results.granted+results.partly_granted|received"
_FEE = Head("fees.amount")
_OTHER_RESULT = RESULTS + "other"


def heads_of(
    words: Sequence[Token], said: Said, unit: str, each: bool = False, denied: bool = False
) -> list[Head]:
    """Return what a number in ``unit`` counts that stands with ``words``; nothing where that is not clear.

    Several heads are returned only for 各 and 均为 (``each``, or such a word among them) and where all are denied at once.
    """
    if unit == "万元":
        fees = [word for word in words if word.kind is Kind.FEE]
        return [_FEE] if any(word.sure or said.fee for word in fees) else []
    if said.labels and not any(word.kind is Kind.OBJECT and word.text != "依申请公开" for word in words):
        return []
    each = each or denied or any(word.kind is Kind.EACH for word in words)
    found = _counted(words, said, denied, each)
    if not found:
        return []
    if unit and unit not in COUNT_UNITS and unit not in _loose_units(words):
        return []
    if len(found) == 1 or each:
        return found
    columns = {head.column for head in found}
    if len(columns) > 1:
        return []
    if {head.kind for head in found} == {"review", "litigation"}:
        return [Head(CASES, "", all(head.sure for head in found))]
    return [Head("+".join(head.kind for head in found), found[0].column, all(head.sure for head in found))]


def _loose_units(words: Sequence[Token]) -> tuple[str, ...]:
    """The units, beyond those of cases, in which what the words name is counted in print."""
    kinds = {word.kind for word in words}
    if Kind.CASE in kinds:
        return ("个",)
    if Kind.DECISION in kinds:
        return ("次", "人次")
    if Kind.DOCUMENT in kinds or Kind.DOCUMENT_ACT in kinds:
        return ("部", "个")
    return ("条", "个", "次", "人次", "余件") if Kind.OBJECT in kinds else ()


def _is_put_in(of: dict[Kind, list[Token]], said: Said) -> bool:
    """True for 商业企业提出申请 where something else than what came in, or a case, was counted before."""
    put_in = any(word.text in ("提出", "提交", "递交") for word in of.get(Kind.FILLER, ()))
    case = said.whole is not None and said.whole.kind.partition(".")[0] in CASE_KINDS
    return case or (put_in and not said.came_in)


def _counted(words: Sequence[Token], said: Said, denied: bool, each: bool) -> list[Head]:
    of: dict[Kind, list[Token]] = {}
    for word in words:
        of.setdefault(word.kind, []).append(word)
    if denied and Kind.OTHER in of:
        return []  # 无其他…: something there is
    columns = list(dict.fromkeys(word.value for word in of.get(Kind.APPLICANT, ())))
    sure_column = all(word.sure for word in of.get(Kind.APPLICANT, ()))
    if said.topic == CASES and Kind.ROW in of and all(row.value == _OTHER_RESULT for row in of[Kind.ROW]):
        of[Kind.OTHER] = of.pop(Kind.ROW)  # 维持88件、纠正18件、作其他处理28件
    if Kind.CASE in of or (said.topic == CASES and of.keys() & {Kind.OUTCOME, Kind.OTHER}):
        return case_heads(of, said, denied, each)
    if Kind.OUTCOME in of and Kind.ROW not in of:
        return []
    if Kind.DECISION in of or (denied and Kind.FEE in of):
        fees = [_FEE._replace(sure=False)] if denied and Kind.FEE in of else []
        return [*decision_heads(of, said, denied), *fees]
    if Kind.DOCUMENT in of or (Kind.DOCUMENT_ACT in of and said.topic == DOCUMENTS):
        return document_heads(of, said, denied)
    if Kind.TRANSFER in of or any(word.value == "carried_out" for word in of.get(Kind.ACT, ())):
        found = carried_heads(words, of, said)
    elif Kind.ROW in of:
        found = row_heads(of, said, denied, each)
    elif Kind.OTHER in of and not columns:
        return other_heads(said)
    elif Kind.ACT in of and (Kind.OBJECT in of or said.topic == APPLICATIONS):
        found = [act_head(of[Kind.ACT])]
    elif any(act.text.startswith("新收") for act in of.get(Kind.ACT, ())):
        found = [Head("new", "", False)]
    elif columns and said.whole is not None and said.topic == APPLICATIONS and not _is_put_in(of, said):
        found = [said.whole]
    elif any(word.value == "disclosed" for word in of.get(Kind.OBJECT, ())):
        found = [Head(_DISCLOSED, "", False)]
    elif Kind.OBJECT in of:
        found = [Head("received")]
    elif columns and said.topic == APPLICATIONS:
        found = [Head("received", "", False)]
    else:
        return []
    if not columns:
        return found
    return [Head(head.kind, column, head.sure and sure_column) for head in found for column in columns]
