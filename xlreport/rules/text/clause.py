"""One clause: cut into segments with one number each, or read for what it says without a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlreport.rules.text.claims import Claim, Head
from xlreport.rules.text.counting import counted
from xlreport.rules.text.denials import of_kind, without_numbers
from xlreport.rules.text.heads import heads_of
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import is_head
from xlreport.rules.text.scene import Scene
from xlreport.rules.text.segments import (
    ASIDE,
    apart,
    from_first_head,
    names_something,
    segments,
    with_shared_outcome,
    without_not_one,
    without_reasons,
)
from xlreport.rules.text.sentences import Bracket, Clause, Sentence
from xlreport.rules.text.state import State
from xlreport.rules.text.tokens import Token


def claims_in(sentence: Sentence, parts: tuple[Clause, ...], state: State) -> Iterator[Claim]:
    """Yield the claims of clauses that follow each other; in brackets, ``state`` is a copy of what is understood outside."""
    for clause in parts:
        if _opens(sentence, clause):
            state.open()
        reader = ClauseReader(Scene(sentence, state, state.scope), without_reasons(without_not_one(clause)))
        yield from with_shared_outcome(list(reader.claims()), clause.words)


def _opens(sentence: Sentence, clause: Clause) -> bool:
    """True if a clause stands behind “；” and does not go on with 其中."""
    first = next(iter(clause.words), None)
    return first is not None and first.kind is not Kind.PART and sentence.text[: first.start].endswith("；")


class ClauseReader:
    """Reads one clause, and leaves in ``scene.state`` what the next one may refer to."""

    def __init__(self, scene: Scene, clause: Clause) -> None:
        self.scene, self.clause = scene, clause

    def claims(self) -> Iterator[Claim]:
        """Yield what the clause claims, brackets included."""
        state, words = self.scene.state, self.clause.words
        self.scene.set(words)
        waiting, state.waiting = state.waiting, ()
        if not any(word.kind is Kind.QUANTITY for word in words):
            yield from without_numbers(self.scene, words)
            if any(word.kind is Kind.SHARE and word.text == "率" for word in words):
                state.waiting = ()  # 纠错率3.9%
            yield from self._in_brackets(self.clause.parts)
        elif any(word.kind is Kind.IN_TURN for word in words):
            yield from self._in_turn(words)
        else:
            for segment in segments(self.clause.parts):
                yield from self._segment(segment, waiting)

    def _in_turn(self, words: list[Token]) -> Iterator[Claim]:
        """Read “A、B、C分别为1件、2件、3件”: as many heads as numbers, in the same order."""
        state = self.scene.state
        turn = next(i for i, word in enumerate(words) if word.kind is Kind.IN_TURN)
        before, behind = words[:turn], words[turn:]
        numbers = [word for word in behind if word.kind is Kind.QUANTITY]
        state.year_of(before)
        state.said.notice(before)
        if any(word.kind is Kind.CHANGE for word in words):
            return  # 分别减少270件和36件
        if any(word.kind in (Kind.UNKNOWN, *ASIDE) for word in from_first_head(before)):
            return
        verb = [word for word in behind if is_head(word)]
        unit = numbers[0].unit if numbers else ""
        heads = heads_of([*before, *verb], replace(state.said), unit, each=True)
        if len(heads) != len(numbers):
            heads = self._one_by_one(before, verb, unit)
        if len(heads) == len(numbers):
            for head, number in zip(heads, numbers, strict=True):
                yield self.scene.claim(head, number)
            state.last = tuple(heads)

    def _one_by_one(self, before: list[Token], verb: list[Token], unit: str) -> list[Head]:
        """Read each part of an enumeration by itself: 新收与上年结转的申请; nothing where one of them says nothing."""
        groups = apart(before)
        if not all(any(is_head(word) for word in words) for words in groups):
            return []
        named = [heads_of([*words, *verb], replace(self.scene.state.said), unit) for words in groups]
        heads = [group[0] for group in named if len(group) == 1]
        return heads if len(set(heads)) == len(groups) else []

    def _segment(self, segment: list[Token | Bracket], waiting: tuple[Head, ...]) -> Iterator[Claim]:
        state = self.scene.state
        words = [part for part in segment if isinstance(part, Token)]
        place = next((i for i, word in enumerate(words) if word.kind is Kind.QUANTITY), None)
        if place is None:
            state.year_of(words)
            state.said.notice(words)
        else:
            number, after = words[place], words[place + 1 :]
            claims = counted(self.scene, words[:place], number, after, waiting)
            if any(
                isinstance(part, Bracket) and names_something(part)
                for part in segment[: segment.index(number)]
            ):
                claims = []
            state.scope = self.scene.scope
            state.unread = not claims
            if claims:
                state.remember(claims, number)
            yield from claims
            yield from self._of_all(claims, number, after)
        yield from self._in_brackets(segment)

    def _of_all(self, claims: list[Claim], number: Token, after: list[Token]) -> Iterator[Claim]:
        """167件申请均已办结, 167件申请全部由自然人提出."""
        everything = next((i for i, word in enumerate(after) if word.kind is Kind.ALL), None)
        if everything is None:
            return
        rest = after[everything:]
        if len(claims) == 1 and not any(word.kind in (Kind.UNKNOWN, *ASIDE) for word in rest):
            whole = Head(claims[0].kind, claims[0].column, claims[0].sure)
            yield from (self.scene.claim(head, number) for head in of_kind(whole, rest))
        if not any(claim.kind.startswith("carried_in") for claim in claims):
            yield from (c for c in without_numbers(self.scene, rest) if c.kind == "carried_out")

    def _in_brackets(self, parts: list[Token | Bracket] | tuple[Token | Bracket, ...]) -> Iterator[Claim]:
        for part in parts:
            if isinstance(part, Bracket):
                yield from claims_in(self.scene.sentence, part.clauses, self.scene.state.inner())
