"""One clause: its numbers with the words around them, or what it says without a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlreport.rules.text.claims import Claim, Head
from xlreport.rules.text.heads import APPLICATIONS, FOREIGN, heads_of, is_head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.scope import Scope
from xlreport.rules.text.segments import (
    ASIDE,
    LIGHT,
    from_first_head,
    is_part,
    is_subject,
    names_something,
    noun_after,
    only_named,
    segments,
    total_of,
    until_unknown,
    without_not_one,
    years_before,
)
from xlreport.rules.text.sentences import Bracket, Clause, Sentence
from xlreport.rules.text.state import State
from xlreport.rules.text.tokens import COUNT_UNITS, Token


def claims_in(sentence: Sentence, parts: tuple[Clause, ...], state: State) -> Iterator[Claim]:
    """Yield the claims of clauses that follow each other; in brackets, ``state`` is a copy of what is understood outside."""
    for clause in parts:
        yield from ClauseReader(sentence, clause, state).claims()


class ClauseReader:
    """Reads one clause, and leaves in ``state`` what the next one may refer to."""

    def __init__(self, sentence: Sentence, clause: Clause, state: State) -> None:
        self.sentence, self.clause, self.state = sentence, clause, state
        self.scope = state.scope

    def claims(self) -> Iterator[Claim]:
        """Yield what the clause claims, brackets included."""
        self.clause = without_not_one(self.clause)
        words = self.clause.words
        self._set_scene(words)
        waiting, self.state.waiting = self.state.waiting, ()
        if not any(word.kind is Kind.QUANTITY for word in words):
            yield from self._without_numbers(words, waiting)
            for part in self.clause.parts:
                if isinstance(part, Bracket):
                    yield from claims_in(self.sentence, part.clauses, self.state.inner())
            return
        if any(word.kind is Kind.IN_TURN for word in words):
            yield from self._in_turn(words)
            return
        for segment in segments(self.clause.parts):
            yield from self._segment(segment, waiting)

    # --- what the clause says of year and body

    def _set_scene(self, words: list[Token]) -> None:
        self.state.set_time(words)
        for place, word in enumerate(words):
            scope = self.state.owner.scope(word)
            if word.kind is Kind.NARROWER and place and self._is_of_another(words[place - 1]):
                continue  # 市政府办公室本级
            if scope is not None and (word.kind is not Kind.UNKNOWN or is_subject(words, place)):
                self.scope = scope
                if len(words) <= 3 or words[-1].text in ("中", "方面", "看", "来看"):
                    self.state.scope = scope

    def _is_of_another(self, word: Token) -> bool:
        return word.kind is Kind.UNKNOWN and self.state.owner.scope(word) is Scope.OTHER

    # --- clauses without a number

    def _without_numbers(self, words: list[Token], waiting: tuple[Head, ...]) -> Iterator[Claim]:
        self.state.year_of(words)
        none = next((i for i, word in enumerate(words) if word.kind is Kind.NOT), None)
        if none is not None and not any(word.kind is Kind.PERCENT for word in words):
            yield from self._negation(words, none)
            self.state.said.notice(words)
            return
        everything = next((i for i, word in enumerate(words) if word.kind is Kind.ALL), None)
        if everything is not None and not any(w.kind in ASIDE for w in words):
            self.state.said.notice(words)
            done = next((w for w in words[everything:] if w.kind is Kind.ACT), None)
            if (
                done is not None
                and done.value == "answered"
                and "复" not in done.text
                and self.state.said.topic == APPLICATIONS
            ):
                modified = any(word.kind is Kind.MODIFIED for word in words)
                if not any(word.kind is Kind.UNKNOWN for word in words[everything:]):
                    yield self._implied(Head("carried_out", "", not modified), done)
        self.state.said.notice(words)
        self.state.waiting = self._heads_waiting(words)
        if len(self.state.waiting) == 1 and not self.state.waiting[0].column:
            self.state.said.whole = self.state.waiting[0]  # 结转下年度的申请中，自然人…
        if any(is_head(word) for word in words):
            self.state.last = ()

    def _heads_waiting(self, words: list[Token]) -> tuple[Head, ...]:
        first = next((i for i, word in enumerate(words) if is_head(word)), None)
        if first is None or any(
            word.kind in (Kind.UNKNOWN, Kind.ALL) for word in words[first:] if word.kind is Kind.UNKNOWN
        ):
            return ()
        return tuple(heads_of(words, replace(self.state.said), "件"))

    def _negation(self, words: list[Token], none: int) -> Iterator[Claim]:
        again = next((i for i in range(none + 1, len(words)) if words[i].kind is Kind.NOT), None)
        if again is not None and words[again - 1].kind in (Kind.LIST, Kind.AND, Kind.FILLER):
            yield from self._negation(words[: again - 1], none)
            yield from self._negation(words[again:], 0)
            return
        after = words[none + 1 :]
        if not any(is_head(word) for word in after) and all(word.kind in LIGHT for word in after):
            after = words[:none]  # 行政复议、行政诉讼未发生
        denied = next((i for i, word in enumerate(after) if word.kind is Kind.NOT), len(after))
        if any(word.kind in (Kind.UNKNOWN, *ASIDE, Kind.PERCENT) for word in after) or denied < len(after):
            return
        said = replace(self.state.said)
        said.notice(words)
        heads = heads_of(after, said, "件", denied=True)
        for head in heads:
            yield self._implied(head, words[none])

    def _implied(self, head: Head, word: Token) -> Claim:
        claim = self._claim(head, word)
        return claim._replace(value=0, implied=word.text)

    # --- clauses with numbers

    def _in_turn(self, words: list[Token]) -> Iterator[Claim]:
        """Read “A、B、C分别为1件、2件、3件”: as many heads as numbers, in the same order."""
        turn = next(i for i, word in enumerate(words) if word.kind is Kind.IN_TURN)
        numbers = [word for word in words[turn:] if word.kind is Kind.QUANTITY]
        self.state.year_of(words[:turn])
        self.state.said.notice(words[:turn])
        before = words[:turn]
        if any(word.kind is Kind.CHANGE for word in words):
            return  # 分别减少270件和36件
        if any(word.kind in (Kind.UNKNOWN, *ASIDE) for word in from_first_head(before)):
            return
        verb = [w for w in words[turn:] if is_head(w)]
        heads = heads_of([*before, *verb], self.state.said, numbers[0].unit if numbers else "", each=True)
        if len(heads) == len(numbers):
            for head, number in zip(heads, numbers, strict=True):
                yield self._claim(head, number)
            self.state.last = tuple(heads)

    def _segment(self, segment: list[Token | Bracket], waiting: tuple[Head, ...]) -> Iterator[Claim]:
        words = [part for part in segment if isinstance(part, Token)]
        place = next((i for i, word in enumerate(words) if word.kind is Kind.QUANTITY), None)
        if place is None:
            self.state.year_of(words)
            self.state.said.notice(words)
        else:
            claims = self._number(words[:place], words[place], words[place + 1 :], waiting)
            narrowed = any(
                isinstance(part, Bracket) and names_something(part)
                for part in segment[: segment.index(words[place])]
            )
            claims = [] if narrowed else claims
            self.state.scope = self.scope
            if claims:
                self.state.last = tuple(Head(c.kind, c.column, c.sure) for c in claims)
                self.state.seen += tuple(c.kind for c in claims)
                self.state.said.remember(self.state.last)
            yield from claims
            everything = next((i for i, w in enumerate(words[place:]) if w.kind is Kind.ALL), None)
            if everything is not None:
                rest = words[place + everything :]
                yield from (c for c in self._without_numbers(rest, ()) if c.kind == "carried_out")
        for part in segment:
            if isinstance(part, Bracket):
                yield from claims_in(self.sentence, part.clauses, self.state.inner())

    def _number(
        self, before: list[Token], number: Token, after: list[Token], waiting: tuple[Head, ...]
    ) -> list[Claim]:
        state = self.state
        year = self.state.year_of(before)
        kinds = {word.kind for word in before}
        if Kind.CHANGE in kinds and Kind.REACH not in kinds:
            return []
        if any(word.kind is Kind.FOREIGN for word in before):
            state.said.topic = FOREIGN
            return []
        if is_part(before):
            state.said.notice(before)
            return []
        heads = self._heads(before, number, after, waiting)
        if before and before[-1].text in ("由", "从"):
            state.last = tuple(heads)  # 由1191件上升为1431件: the first is what it was
            return []
        return [self._claim(head, number, year) for head in heads]

    def _heads(
        self, before: list[Token], number: Token, after: list[Token], waiting: tuple[Head, ...]
    ) -> list[Head]:
        state = self.state
        if any(is_head(word) for word in before):
            counted = from_first_head(before)
            if any(word.kind is Kind.UNKNOWN for word in counted):
                return []
            leading = before[: len(before) - len(counted)]
            strange = (
                bool(leading)
                and leading[-1].kind is Kind.UNKNOWN
                and not state.owner.is_own(leading[-1].text)
            )
            if strange and counted[0].value == "answered":
                return []  # 提前办结, 当面答复: a part
            state.said.notice(before)
            follows = noun_after(after)
            if not any(
                w.kind in (Kind.OBJECT, Kind.CASE, Kind.ROW, Kind.DOCUMENT, Kind.DECISION, Kind.FEE)
                for w in before
            ):
                if follows and follows[-1].kind in (Kind.UNKNOWN, *ASIDE):
                    state.said.topic = FOREIGN
                    return []
                if any(
                    word.kind in (Kind.OBJECT, Kind.CASE, Kind.DOCUMENT, Kind.DECISION) for word in follows
                ):
                    counted = [*counted, *follows]
                    state.said.notice(follows)
            elif after and after[0].kind is Kind.FOREIGN:
                return []
            heads = heads_of([*years_before(before), *counted], state.said, number.unit)
            if only_named(counted) and (strange or self._is_told()):
                return []
            if len(heads) == len(waiting) == 1 and waiting[0].kind.startswith(heads[0].kind + "."):
                return list(waiting)  # 因属于行政查询事项，不予公开…
            if Kind.PART in {word.kind for word in before} and any(
                h == whole for h in heads for whole in state.last
            ):
                return []  # 收到204件，其中受理180件
            return [head._replace(sure=head.sure and not strange) for head in heads]
        if any(word.kind is Kind.UNKNOWN for word in before):
            return []
        kinds = {word.kind for word in before}
        if kinds & {Kind.COMPARED, Kind.LAST_YEAR} or (Kind.YEAR in kinds and state.last):
            return list(state.last)
        counted = until_unknown(after)
        if any(is_head(word) for word in counted):
            if only_named(counted) and (
                (len(counted) < len(after) and after[len(counted)].kind is not Kind.ALL) or self._is_told()
            ):
                return []
            state.said.notice(counted)
            return heads_of([*years_before(before), *counted], state.said, number.unit)
        if Kind.TOTAL in kinds and number.unit in COUNT_UNITS and (total := total_of(state.seen)):
            return [total]
        if waiting and not after and kinds & {Kind.TOTAL, Kind.REACH}:
            return list(waiting)
        if any(w.kind is Kind.REACH and w.text != "为" for w in before) and state.last:
            return list(state.last)
        return []

    def _is_told(self) -> bool:
        """True if the sentence has said how many applications there are: further ones are a part of them."""
        return bool({"received", "new", "handled", "to_handle"} & set(self.state.seen))

    def _claim(self, head: Head, word: Token, year: int | None = None) -> Claim:
        state = self.state
        numeral = word.numeral
        return Claim(
            kind=head.kind,
            value=word.number,
            sentence=self.sentence,
            start=word.start,
            end=word.end,
            year=state.year if year is None else year,
            column=head.column,
            step=numeral.step if numeral else 1,
            approximate=bool(numeral and numeral.approximate),
            own=self.scope is not Scope.OTHER and not state.elsewhere,
            sure=head.sure
            and self.scope is Scope.OWN
            and (word.unit in (*COUNT_UNITS, "万元") or not word.number),
        )
