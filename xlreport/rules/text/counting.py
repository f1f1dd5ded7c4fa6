"""What one number counts, from the words before and behind it."""

from __future__ import annotations

import re

from xlreport.rules.text.claims import Claim, Head
from xlreport.rules.text.heads import heads_of
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import COURTS, FOREIGN, is_head
from xlreport.rules.text.scene import Scene
from xlreport.rules.text.scope import Scope
from xlreport.rules.text.segments import (
    ASIDE,
    NOUNS,
    NOUNS_BEHIND,
    WHY,
    compared,
    from_first_head,
    is_part,
    noun_after,
    only_named,
    sum_of,
    until_unknown,
    years_before,
)
from xlreport.rules.text.state import State
from xlreport.rules.text.tokens import COUNT_UNITS, Token

#: Units in which applications and cases are counted, and pages, meetings and letters are not.
_CASE_UNITS = ("件", "宗", "起", "例", "件次")


def counted(
    scene: Scene, before: list[Token], number: Token, after: list[Token], waiting: tuple[Head, ...]
) -> list[Claim]:
    """Return the claims of a number that stands between the words of its segment; none where they do not settle what it counts."""
    state = scene.state
    year = state.year_of(before)
    after_part, state.part = state.part, False
    kinds = {word.kind for word in before}
    if Kind.CHANGE in kinds and Kind.REACH not in kinds:
        return []
    if any(word.kind is Kind.FOREIGN for word in before):
        _put_aside(state, before, number)
        return []
    published = Kind.DECISION in kinds and any(word.text == "公开" for word in before)
    if is_part(before) and not published:
        state.said.notice(before)
        state.part = True
        return []
    if after_part and not state.said.opened and not kinds & {*NOUNS, *_YEARLY}:
        return []  # 收到转办件29件，办结29件
    from_what, to_compare = compared(before)
    heads = _heads(state, from_what if to_compare else before, number, after, waiting)
    if to_compare:
        state.last = tuple(heads)  # 由1191件上升为1431件: the first is what it was
        return []
    if Kind.TRANSFER in kinds and Kind.FUTURE not in kinds and state.year == state.own_year + 1:
        # 2026年，对结转的19件申请加快办理: what this year leaves, read in the plans for the next one
        return [
            scene.claim(Head("carried_out", head.column, False), number, state.own_year)._replace(
                own=scene.scope is not Scope.OTHER
            )
            for head in heads
            if head.kind.startswith("carried_out")
        ]
    return [scene.claim(head, number, year) for head in heads]


def _put_aside(state: State, before: list[Token], number: Token) -> None:
    """Turn to what is counted elsewhere; meetings and letters on the way to an answer only cast a doubt on what follows."""
    on_the_way = state.said.opened and number.unit not in _CASE_UNITS
    if on_the_way and not any(word.kind is Kind.ACT for word in before):
        state.said.doubtful = True
    else:
        state.said.topic = FOREIGN


def _heads(
    state: State, before: list[Token], number: Token, after: list[Token], waiting: tuple[Head, ...]
) -> list[Head]:
    if any(is_head(word) for word in before):
        return _heads_before(state, before, number, after, waiting)
    if any(word.kind is Kind.UNKNOWN for word in before):
        return []
    kinds = {word.kind for word in before}
    if kinds & {Kind.COMPARED, Kind.LAST_YEAR} or (Kind.YEAR in kinds and state.last):
        return list(state.last)
    if after and after[0].text in WHY and _came(after):
        return []  # 其余19件因收件时间临近年末，转下年度办理
    all_of_them = bool(after) and after[0].kind is Kind.ALL and any(w.kind is Kind.OUTCOME for w in after)
    behind = until_unknown(after[1:] if all_of_them else after)  # 其余33件均获维持
    if before and before[-1].text in _TAKEN and not (before[-1].text == "有" and _is_kind(behind, after)):
        return []
    if all(word.text in COURTS for word in behind if is_head(word)):
        behind = []  # 另有3件经人民法院协调后…
    if any(is_head(word) for word in behind):
        cut_off = len(behind) < len(after) and after[len(behind)].kind is not Kind.ALL
        if only_named(behind) and (cut_off or _is_told(state)):
            return []
        if cut_off and behind[-1].kind is Kind.ACT and after[len(behind)].kind is Kind.UNKNOWN:
            return []  # 申请人对其中93件答复表示满意
        state.said.notice(behind)
        heads = heads_of([*years_before(before), *behind], state.said, number.unit)
        return [_perhaps_part(head) for head in heads] if only_named(behind) else heads
    total = sum_of(state.seen, before) if number.unit in COUNT_UNITS else None
    if total:
        return [total]
    if waiting and not after and kinds & {Kind.TOTAL, Kind.REACH}:
        return list(waiting)
    if any(word.kind is Kind.REACH and word.text != "为" for word in before) and state.last:
        return list(state.last)
    return []


def _is_kind(behind: list[Token], after: list[Token]) -> bool:
    """True if all that is said behind a number is one of the form's kinds: 有53件来自商业企业, 有17件被纠正."""
    named = {word.kind for word in behind if is_head(word)}
    return len(behind) == len(after) and bool(named) and named <= {Kind.APPLICANT, Kind.OUTCOME}


def _heads_before(
    state: State, before: list[Token], number: Token, after: list[Token], waiting: tuple[Head, ...]
) -> list[Head]:
    words = _without_origin(from_first_head(before))
    if any(word.kind in (Kind.UNKNOWN, Kind.NOT) for word in words):
        if not any(word.kind in NOUNS for word in words):
            state.said.topic = FOREIGN  # 受理各类诉求93件
        elif any(word.kind is Kind.CASE for word in words):
            state.said.notice(words)  # 行政复议机关审理行政复议34件，维持33件: not of the case before
            state.said.doubtful = True
        return []
    leading = before[: len(before) - len(words)]
    strange = _is_strange(state, leading)
    if strange and (leading[-1].text == "的" or any(word.kind is Kind.DECISION for word in words)):
        return []  # 疑难复杂的申请30件, 适用简易程序作出行政处罚93件: a part
    if before[-1].text == "的" and after and after[0].kind is Kind.OBJECT and _are_matters(words):
        return []  # 对涉及第三方权益的142件申请征求意见
    if before[-1].text == "的" and after and after[0].kind is Kind.UNKNOWN:
        state.said.topic = FOREIGN
        return []  # 不予公开的93件材料
    if strange and words[0].value in ("answered", "handled"):
        return []  # 提前办结, 当面答复: a part
    if (
        number.unit not in COUNT_UNITS
        and after
        and after[0].kind is Kind.UNKNOWN
        and not number.unit.endswith("元")
    ):
        return []  # 涉及93个地块
    if any(word.value == "answered" for word in words) and any(_DAYS.fullmatch(w.text) for w in before):
        return []  # 5日内答复33件
    state.said.notice(before)
    behind = until_unknown(after)
    if {word.kind for word in before if is_head(word)} <= _THINGS and any(w.kind in _FATES for w in behind):
        words = [*words, *behind]  # 行政复议案件仍有36件未审结
        state.said.notice(behind)
    elif not any(word.kind in NOUNS for word in before):
        follows = noun_after(after)
        if follows and follows[-1].kind in (Kind.UNKNOWN, *ASIDE):
            state.said.topic = FOREIGN
            return []
        if any(word.kind in NOUNS_BEHIND for word in follows):
            words = [*words, *follows]
            state.said.notice(follows)
    elif after and after[0].kind is Kind.FOREIGN:
        return []
    heads = heads_of([*years_before(before), *words], state.said, number.unit)
    if leading and leading[-1].text in _IN_TIME and words[0].value == "answered":
        return [_perhaps_part(head) for head in heads]
    if only_named(words) and (strange or _is_told(state)):
        state.said.topic = FOREIGN if strange else state.said.topic
        return []
    if strange and not state.said.about and any(word.kind is Kind.CASE for word in words):
        state.said.topic = FOREIGN
        return []  # 土地确权行政复议9件
    if len(heads) == len(waiting) == 1 and waiting[0].kind.startswith(heads[0].kind + "."):
        return list(waiting)  # 因属于行政查询事项，不予公开…
    if any(word.text == "不再处理" for word in words) and any(head.kind == "results.other" for head in heads):
        return []  # what the reason was, is not understood: the row is the one of that reason
    if Kind.PART in {word.kind for word in before} and any(head in state.last for head in heads):
        return []  # 收到204件，其中受理180件
    return [head._replace(sure=head.sure and not strange) for head in heads]


def _came(words: list[Token]) -> bool:
    """True if all that is named is that something came in."""
    heads = [word for word in words if is_head(word)]
    return bool(heads) and all(word.value in ("new", "received") for word in heads)


def _are_matters(words: list[Token]) -> bool:
    """True if all that is named are grounds of a refusal that may just as well be what applications are about."""
    heads = [word for word in words if is_head(word)]
    return all(word.kind is Kind.ROW and word.text.startswith(("涉及", "第三方")) for word in heads)


def _without_origin(words: list[Token]) -> list[Token]:
    """Leave out how the applications came that are spoken of: 新收的申请当年答复130件 counts answers."""
    of = next((i for i, word in enumerate(words) if word.text == "的"), len(words))
    came = _came(words[:of])
    named = next((i for i, word in enumerate(words) if i > of and word.kind is Kind.OBJECT), len(words))
    then = words[named:]
    return then if came and any(word.value in ("answered", "handled") for word in then) else words


_YEARLY = (Kind.THIS_YEAR, Kind.YEAR, Kind.TOTAL, Kind.NEXT_YEAR, Kind.LAST_YEAR)
#: What may be said of some of the answers: 按时办结93件.
_IN_TIME = ("按时", "按期", "如期", "及时")
_DAYS = re.compile(r"\d+(日|天|小时|分钟)|个?工作日")
#: Words that take up some of what there is: 就93件申请与申请人沟通.
_TAKEN = ("就", "对", "将", "把", "有", "针对")
#: 申请, 行政复议; and what may be said to have become of them behind the number.
_THINGS = {Kind.OBJECT, Kind.CASE}
_FATES = {Kind.OUTCOME, Kind.ROW, Kind.TRANSFER, Kind.ACT}
#: Words of other bodies' names that are themselves known: 市级行政机关.
_OF_BODIES = ("的", "行政", "机关", "单位", "提交", "提出", "递交", "”")


def _is_strange(state: State, leading: list[Token]) -> bool:
    """True if an unknown word stands right before what is counted: another body, or what makes a part of it."""
    known = next((i for i in reversed(range(len(leading))) if leading[i].text not in _OF_BODIES), None)
    if known is None or leading[known].kind is not Kind.UNKNOWN:
        return False
    return not state.owner.is_own(leading[known].text)


def _perhaps_part(head: Head) -> Head:
    """93件申请 may be only those of which the sentence has something to say."""
    return head._replace(sure=False, bound="part")


def _is_told(state: State) -> bool:
    """True if the sentence has said how many applications there are: further ones are a part of them."""
    return bool({"received", "new", "handled", "to_handle"} & set(state.seen))
