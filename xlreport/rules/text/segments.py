"""Clauses cut into segments with one number each, and what runs of words tell by their place."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.rules.text.claims import Head
from xlreport.rules.text.heads import CASES, is_head
from xlreport.rules.text.kinds import Kind
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
#: What is counted in no table: other things, and parts by way or by topic.
ASIDE = {Kind.FOREIGN, Kind.CHANNEL, Kind.TOPIC}


def names_something(bracket: Bracket) -> bool:
    """True if a bracket without numbers says what is counted."""
    words = [word for clause in bracket.clauses for word in clause.words]
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
    counted = headed = False
    for part in parts:
        if isinstance(part, Bracket):
            found[-1].append(part)
            continue
        if counted and (part.kind in (Kind.LIST, Kind.AND) or part.text == "中"):
            found.append([])  # “、”, “和”, and the “中” of 34件中维持33件
            counted = headed = False
            continue
        if counted and (part.kind in _TURNS or (headed and is_head(part) and part.kind is not Kind.OBJECT)):
            found.append([])
            counted = headed = False
        headed = headed or (not counted and is_head(part))
        counted = counted or part.kind is Kind.QUANTITY
        found[-1].append(part)
    return found


def is_part(before: list[Token]) -> bool:
    """True if the number is of one way or one topic only; “网络、邮寄等方式” are all of them."""
    aside = max((i for i, word in enumerate(before) if word.kind in (Kind.CHANNEL, Kind.TOPIC)), default=None)
    return aside is not None and not any(word.text == "等" for word in before[aside:])


def from_first_head(words: list[Token]) -> list[Token]:
    first = next((i for i, word in enumerate(words) if is_head(word)), len(words))
    return words[first:]


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
            if word.kind in (Kind.UNKNOWN, *ASIDE, Kind.CHANGE, Kind.SHARE, Kind.ALL)
        ),
        len(words),
    )
    return words[:stop]


def is_subject(words: list[Token], place: int) -> bool:
    """True if an unknown word may be who acts: no head stands before it."""
    return not any(is_head(word) for word in words[:place])


def total_of(seen: tuple[str, ...]) -> Head | None:
    """What a bare 合计 sums up."""
    if "carried_in" in seen and ("new" in seen or "received" in seen):
        return Head("to_handle")
    if {"review", "litigation"} <= set(seen):
        return Head(CASES)
    return None
