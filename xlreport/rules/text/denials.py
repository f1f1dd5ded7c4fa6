"""Clauses without a number that say one: 未收到申请, 均已办结, 均为自然人提出."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlreport.rules.text.claims import Claim, Head
from xlreport.rules.text.heads import heads_of
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import APPLICATIONS, CASE_KINDS, is_head
from xlreport.rules.text.scene import Scene
from xlreport.rules.text.segments import ASIDE, LIGHT
from xlreport.rules.text.tokens import Token


def without_numbers(scene: Scene, words: list[Token]) -> Iterator[Claim]:
    """Yield what a clause claims that has no number, and leave what it speaks of for the next one."""
    state = scene.state
    state.year_of(words)
    none = next((i for i, word in enumerate(words) if word.kind is Kind.NOT), None)
    if none is not None and not any(word.kind is Kind.PERCENT for word in words):
        yield from _denied(scene, words, none)
        state.said.notice(words)
        return
    yield from _of_them_all(scene, words)
    yield from _settled(scene, words)
    yield from _decided(scene, words)
    state.said.notice(words)
    state.waiting = _heads_waiting(scene, words)
    if len(state.waiting) == 1:
        state.said.whole = state.waiting[0]._replace(column="")  # 结转下年度的申请中，自然人…
    if any(is_head(word) for word in words):
        state.last = ()


def _settled(scene: Scene, words: list[Token]) -> Iterator[Claim]:
    """均已办结: nothing is carried out."""
    state = scene.state
    everything = next((i for i, word in enumerate(words) if word.kind is Kind.ALL), None)
    if everything is None or state.unread or any(word.kind in ASIDE for word in words):
        return
    if state.last and not state.said.opened and all(h.kind.startswith("carried_in") for h in state.last):
        return  # 上年结转的37件均已办结
    state.said.notice(words)
    done = next((word for word in words[everything:] if word.kind is Kind.ACT), None)
    if done is None or done.value != "answered" or "复" in done.text or state.said.topic != APPLICATIONS:
        return
    if not any(word.kind is Kind.UNKNOWN for word in words[everything:]):
        modified = any(word.kind is Kind.MODIFIED for word in words)
        # Of those whose time was up it may be true: a doubt, whatever the words.
        yield scene.implied(Head("carried_out", "", not modified), done)._replace(sure=False)


def _decided(scene: Scene, words: list[Token]) -> Iterator[Claim]:
    """行政复议、行政诉讼案件均已审结: none is pending."""
    everything = next((i for i, word in enumerate(words) if word.kind is Kind.ALL), None)
    if everything is None or any(word.kind in (Kind.UNKNOWN, *ASIDE) for word in words):
        return
    decided = next((w for w in words[everything:] if w.kind is Kind.OUTCOME and w.value == "settled"), None)
    if decided is None or not any(word.kind is Kind.CASE for word in words[:everything]):
        return
    # 均在法定期限内审结 speaks of those that were decided.
    plain = not any(word.kind is Kind.MODIFIED for word in words)
    for head in heads_of(words, replace(scene.state.said), "件", each=True):
        case, _, outcome = head.kind.rpartition(".")
        if outcome == "settled":
            yield scene.implied(Head(f"{case}.pending", "", head.sure and plain), decided)


#: What says that all of what was just counted is of one kind.
_OF_ALL = {Kind.ALL, Kind.EACH}
_COPULAS = ("为", "系", "属于", "属", "是")
#: What such a clause may have beside the kind that it names.
_BESIDE = LIGHT | {Kind.APPLICANT, Kind.ROW, Kind.CASE, Kind.OBJECT, Kind.OWN, Kind.OUTCOME}


def _of_them_all(scene: Scene, words: list[Token]) -> Iterator[Claim]:
    """均为自然人提出, 均因本机关不掌握相关信息: the last number once more, of the kind named here."""
    state = scene.state
    number, last = state.number, state.last
    if number is None or len(last) != 1 or any(word.kind not in _BESIDE for word in words):
        return
    outcomes = [word.value for word in words if word.kind is Kind.OUTCOME]
    if len(outcomes) == 1 and outcomes[0] and last[0].kind in CASE_KINDS and len(state.said.suits) == 1:
        yield scene.claim(
            Head(f"{last[0].kind}.{outcomes[0]}", "", last[0].sure), number
        )  # …1件，目前尚未审结
        return
    start = next((i for i, word in enumerate(words) if word.kind in _OF_ALL), None)
    if start is None:
        belongs = words and (words[0].text in _COPULAS or words[0].text.startswith("属于"))
        start = 0 if belongs else None
    named = words[start:] if start is not None else []
    yield from (scene.claim(head, number) for head in of_kind(last[0], named))


def of_kind(whole: Head, named: list[Token]) -> list[Head]:
    """Return what the ``whole`` is if all of it is of the one kind that is ``named``; nothing if none or several are."""
    kinds = [w for w in named if w.kind in (Kind.APPLICANT, Kind.ROW, Kind.CASE, Kind.OUTCOME)]
    if len({(word.kind, word.value) for word in kinds}) != 1:
        return []
    kind, value, sure = kinds[0].kind, kinds[0].value, kinds[0].sure and whole.sure
    if kind is Kind.APPLICANT and not whole.column:
        return [Head(whole.kind, value, sure)]
    if kind is Kind.OUTCOME and whole.kind in CASE_KINDS and value:
        return [Head(f"{whole.kind}.{value}", "", sure)]
    if kind is Kind.CASE and whole.kind == "litigation" and value.startswith("litigation_"):
        return [Head(value, "", sure)]
    inner = "results." + value.rpartition("results.")[2]
    if kind is Kind.ROW and inner.startswith(whole.kind + "."):
        return [Head(inner, whole.column, sure)]
    return []


def _heads_waiting(scene: Scene, words: list[Token]) -> tuple[Head, ...]:
    first = next((i for i, word in enumerate(words) if is_head(word)), None)
    if first is None or any(word.kind is Kind.UNKNOWN for word in words[first:]):
        return ()
    return tuple(heads_of(words, replace(scene.state.said), "件"))


#: What of a limit may be denied, and says nothing of how many.
_BEYOND = ("超", "逾", "突破")


def _denied(scene: Scene, words: list[Token], none: int) -> Iterator[Claim]:
    again = next((i for i in range(none + 1, len(words)) if words[i].kind is Kind.NOT), None)
    if again is not None and words[again - 1].kind in (Kind.LIST, Kind.AND, Kind.FILLER):
        yield from _denied(scene, words[: again - 1], none)
        yield from _denied(scene, words[again:], 0)
        return
    before, after = words[:none], words[none + 1 :]
    if after and after[0].text.startswith(_BEYOND):
        return  # 均未超过法定答复期限
    if not any(is_head(word) for word in after) and all(word.kind in LIGHT for word in after):
        after = before  # 行政复议、行政诉讼未发生
    elif any(word.kind is Kind.APPLICANT for word in before):
        after = [*(word for word in before if word.kind is Kind.APPLICANT), *after]  # 科研机构未提出申请
    elif any(word.kind is Kind.CASE for word in before) and not any(word.kind is Kind.CASE for word in after):
        after = [*(word for word in before if word.kind is Kind.CASE), *after]  # 复议后起诉案件无一被纠正
    if any(word.kind in (Kind.UNKNOWN, Kind.NOT, *ASIDE, Kind.PERCENT) for word in after):
        return
    said = replace(scene.state.said)
    said.notice(words)
    for head in heads_of(after, said, "件", denied=True):
        yield scene.implied(head, words[none])
