"""Clauses cut into segments with one number each, and what runs of words tell by their place."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.rules.text.claims import Claim, Head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import CASE_KINDS, CASES, is_head
from xlreport.rules.text.sentences import Bracket, Clause
from xlreport.rules.text.tokens import Token

#: Words that say nothing of what is counted.
LIGHT = {
    *(Kind.FILLER, Kind.TOTAL, Kind.REACH, Kind.ALL, Kind.EACH, Kind.ABOUT, Kind.EVENT, Kind.AND, Kind.LIST),
    *(Kind.ANYONE, Kind.MODIFIED, Kind.YEAR, Kind.THIS_YEAR, Kind.LAST_YEAR, Kind.NEXT_YEAR, Kind.DEADLINE),
    *(Kind.PART, Kind.OWN, Kind.WIDER, Kind.NARROWER, Kind.SHARE, Kind.OTHER, Kind.PERCENT, Kind.COMPARED),
    *(Kind.IN_TURN, Kind.UNITS),
}
#: Words behind a number with which another one begins.
_TURNS = {Kind.QUANTITY, Kind.COMPARED, Kind.CHANGE, Kind.REACH}
#: What names the thing that is counted, and not only what was done with it; and which of it may stand behind the number.
NOUNS = (Kind.OBJECT, Kind.CASE, Kind.ROW, Kind.DOCUMENT, Kind.DECISION, Kind.FEE)
NOUNS_BEHIND = (Kind.OBJECT, Kind.CASE, Kind.DOCUMENT, Kind.DECISION)
WHY = ("因", "由于", "因为")
#: What is counted in no table: other things, and parts by way or by topic.
ASIDE = {Kind.FOREIGN, Kind.CHANNEL, Kind.TOPIC}


def without_reasons(clause: Clause) -> Clause:
    """Leave out why: 72件申请因征求意见等原因延至下年度办理."""
    kept: list[Token | Bracket] = []
    for part in clause.parts:
        if isinstance(part, Token) and part.text == "原因":
            why = next((i for i, p in enumerate(kept) if isinstance(p, Token) and p.text in WHY), len(kept))
            kept = kept[:why]
        else:
            kept.append(part)
    return Clause(tuple(kept))


def names_something(bracket: Bracket) -> bool:
    """True if a bracket without numbers says what is counted."""
    words = [word for clause in bracket.clauses for word in clause.words]
    if words and words[0].kind is Kind.PART and any(word.kind is Kind.TRANSFER for word in words):
        return False  # 办结（含上年结转）185件
    return any(is_head(word) for word in words) and not any(word.kind is Kind.QUANTITY for word in words)


def without_not_one(clause: Clause) -> Clause:
    """Read 未发生一起 as 未发生."""
    denied = False
    kept: list[Token | Bracket] = []
    for part in clause.parts:
        denied = denied or (isinstance(part, Token) and part.kind is Kind.NOT)
        if not (denied and isinstance(part, Token) and part.kind is Kind.QUANTITY and part.number == 1):
            kept.append(part)
    return Clause(tuple(kept))


def several_years(words: list[Token], own_year: int) -> bool:
    """True for 2023年至2025年 and 2019年以来."""
    for place, word in enumerate(words):
        if word.kind is Kind.YEAR:
            following = "".join(w.text for w in words[place + 1 : place + 3])
            other = next((w for w in words[place + 1 : place + 4] if w.kind is Kind.YEAR), None)
            if following.startswith(("以来", "至今", "起")) and word.number != own_year:
                return True
            if (
                other is not None
                and other.number != word.number
                and following.startswith(("至", "到", "-", "—"))
            ):
                return True
    return False


def segments(parts: Sequence[Token | Bracket]) -> list[list[Token | Bracket]]:
    """Cut a clause so that each segment has one number with the words that belong to it."""
    found: list[list[Token | Bracket]] = [[]]
    counted = headed = named = whole = bracketed = False
    for place, part in enumerate(parts):
        if isinstance(part, Bracket):
            found[-1].append(part)
            bracketed = any(word.kind is Kind.QUANTITY for clause in part.clauses for word in clause.words)
            continue
        if (counted and (part.kind in (Kind.LIST, Kind.AND) or part.text == "中")) or (
            bracketed and part.kind is Kind.AND
        ):
            # “、”, “和”, the “中” of 34件中维持33件, the “和” of 重复申请（3件）和信访（2件）
            found.append([])
            counted = headed = named = whole = bracketed = False
            continue
        begins = headed and not whole and _begins_anew(part, named) and _has_number(parts[place:])
        if counted and (part.kind in _TURNS or begins):
            found.append([])
            counted = headed = named = whole = False
        headed = headed or (not counted and is_head(part))
        named = named or part.kind in NOUNS
        whole = whole or (counted and part.kind is Kind.ALL)  # 167件申请均由自然人提出
        counted = counted or part.kind is Kind.QUANTITY
        found[-1].append(part)
    return found


def compared(before: list[Token]) -> tuple[list[Token], bool]:
    """Return the words before 由 or 从 if the number behind is what another one started from: 由37件, 由2024年的37件."""
    place = next((i for i in reversed(range(len(before))) if before[i].text in ("由", "从")), None)
    if place is None or any(
        w.kind not in (Kind.YEAR, Kind.LAST_YEAR, Kind.FILLER) for w in before[place + 1 :]
    ):
        return before, False
    return before[:place], True


#: What may stand between 36件行政复议 and 20件行政诉讼尚未审结.
_SHARING = {
    *(Kind.QUANTITY, Kind.CASE, Kind.OUTCOME, Kind.LIST, Kind.AND, Kind.FILLER, Kind.ABOUT, Kind.EVENT)
}


def with_shared_outcome(claims: list[Claim], words: list[Token]) -> list[Claim]:
    """Read 36件行政复议、20件行政诉讼尚未审结 so that the outcome may be that of both."""
    numbers = [word.start for word in words if word.kind is Kind.QUANTITY]
    outcomes = [word for word in words if word.kind is Kind.OUTCOME]
    cases = [word for word in words if word.kind is Kind.CASE]
    if (
        not len(cases) == len(numbers) > 1
        or [claim.start for claim in claims] != numbers
        or len(outcomes) != 1
    ):
        return claims
    if outcomes[0].start < cases[0].start and all(claim.kind in CASE_KINDS for claim in claims[1:]):
        return claims[:1] + [
            _perhaps(claim, outcomes[0].value) for claim in claims[1:]
        ]  # 尚未审结的行政复议…
    of_both = outcomes[0].start > numbers[-1] and all(claim.kind in CASE_KINDS for claim in claims[:-1])
    if not of_both or any(word.kind not in _SHARING for word in words if word.start >= numbers[0]):
        return claims
    return [_perhaps(claim, outcomes[0].value) for claim in claims[:-1]] + claims[-1:]


def _perhaps(claim: Claim, outcome: str) -> Claim:
    return claim._replace(kind=f"{claim.kind}.{outcome}|{claim.kind}", sure=False)


def _begins_anew(word: Token, named: bool) -> bool:
    """True if a word behind a number is of the next one, and not the noun that its verb still lacks: 制发2件规范性文件."""
    return is_head(word) and word.kind is not Kind.OBJECT and (named or word.kind not in NOUNS_BEHIND)


def _has_number(parts: Sequence[Token | Bracket]) -> bool:
    """True if a number follows before the next “、”: the “维持” of 34件维持33件, not that of 34件尚未审结."""
    for part in parts:
        if isinstance(part, Token) and part.kind in (Kind.LIST, Kind.AND, Kind.QUANTITY):
            return part.kind is Kind.QUANTITY
    return False


def is_part(before: list[Token]) -> bool:
    """True if the number is of one way or one topic only; “网络、邮寄等方式” are all of them."""
    aside = max((i for i, word in enumerate(before) if word.kind in (Kind.CHANNEL, Kind.TOPIC)), default=None)
    return aside is not None and not any(word.text == "等" for word in before[aside:])


def from_first_head(words: list[Token]) -> list[Token]:
    first = next((i for i, word in enumerate(words) if is_head(word)), len(words))
    return words[first:]


def apart(words: Sequence[Token]) -> list[list[Token]]:
    """Cut an enumeration at 、, 和 and 与."""
    groups: list[list[Token]] = [[]]
    for word in words:
        if word.kind in (Kind.LIST, Kind.AND) or word.text == "与":
            groups.append([])
        else:
            groups[-1].append(word)
    return groups


def only_named(words: list[Token]) -> bool:
    """True if nothing but the application itself is named: no act, no result."""
    return {word.kind for word in words if is_head(word)} == {Kind.OBJECT}


def years_before(words: list[Token]) -> list[Token]:
    """The years said before the first head: they tell which way a carry goes."""
    years = (Kind.YEAR, Kind.LAST_YEAR, Kind.THIS_YEAR, Kind.NEXT_YEAR)
    return [word for word in words[: len(words) - len(from_first_head(words))] if word.kind in years]


def noun_after(after: list[Token]) -> list[Token]:
    """The words directly behind a number up to the noun that says what is counted."""
    for place, word in enumerate(after):
        if word.kind in (Kind.FILLER, Kind.ABOUT, Kind.ANYONE, Kind.APPLICANT, Kind.OWN, Kind.EVENT):
            continue
        return after[: place + 1]
    return after


def until_unknown(words: list[Token]) -> list[Token]:
    stop = next(
        (
            i
            for i, word in enumerate(words)
            if word.kind in (Kind.UNKNOWN, *ASIDE, Kind.CHANGE, Kind.SHARE, Kind.ALL, Kind.NOT)
        ),
        len(words),
    )
    return words[:stop]


def is_subject(words: list[Token], place: int) -> bool:
    """True if an unknown word may be who acts: neither a head nor a number stands before it."""
    return not any(is_head(word) or word.kind is Kind.QUANTITY for word in words[:place])


#: 两项合计: so many of the last figures together.
_SUMMED = {"两": 2, "二": 2, "三": 3}


def sum_of(seen: tuple[str, ...], words: list[Token]) -> Head | None:
    """What a bare 合计 sums up; ``None`` if nothing says so."""
    total = next((word.text for word in words if word.kind is Kind.TOTAL), None)
    if total is None:
        return None
    summed = seen[-_SUMMED.get(total[0], 9) :] if total[0] in _SUMMED else ()
    if len(summed) > 1 and all(kind.startswith("results.") for kind in summed):
        return Head("+".join(summed))
    if "carried_in" in seen and ("new" in seen or "received" in seen):
        return Head("to_handle")
    if {"review", "litigation"} <= set(seen):
        return Head(CASES)
    return None
