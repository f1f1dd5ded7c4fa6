"""What the words before leave understood: year, body, what was counted last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlreport.rules.text.claims import Claim, Head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import Said
from xlreport.rules.text.scope import Owner, Scope
from xlreport.rules.text.segments import several_years
from xlreport.rules.text.tokens import Token


@dataclass(eq=False, repr=False)
class State:
    """What the words before leave understood."""

    owner: Owner
    own_year: int
    year: int
    said: Said
    scope: Scope = Scope.OWN
    elsewhere: bool = False  # another period, or the future
    last: tuple[Head, ...] = ()
    waiting: tuple[Head, ...] = ()
    seen: tuple[str, ...] = ()
    number: Token | None = None  # the number that was read last
    unread: bool = False  # the last number counts something else
    part: bool = False  # the last number is of one way or one topic
    spoken_of: Scope = Scope.OWN  # whom the last clause was about

    def following(self, tokens: list[Token], said: Said) -> State:
        """Return the state in which the next sentence of the paragraph begins.

        One that begins with 其中 goes on about the same; another year holds until this year is named again.
        """
        if tokens and tokens[0].kind is Kind.PART:
            return replace(self, said=self.said, waiting=())
        fresh = State(self.owner, self.own_year, self.own_year, said)
        named = any(token.kind in (Kind.YEAR, Kind.THIS_YEAR) for token in tokens)
        if self.year != self.own_year and not named:
            fresh.year = self.year
        return fresh

    def open(self) -> None:
        """Begin anew within a sentence: what the clause before said last is not gone on with."""
        self.waiting = self.last = ()
        self.number = None
        self.unread = self.part = self.said.closed = False
        if not self.said.came_in:
            self.said.whole = None

    def remember(self, claims: Sequence[Claim], number: Token) -> None:
        """Take in what the last number was read as."""
        settled = self.scope is Scope.PERHAPS  # then it is only whose figure it is that is in doubt
        self.last = tuple(Head(c.kind, c.column, c.sure or (settled and c.told)) for c in claims)
        self.seen += tuple(claim.kind for claim in claims)
        self.number = number
        self.said.remember(self.last)

    def inner(self) -> State:
        """Return a copy for what stands in brackets."""
        # 行政诉讼113件，其中直接起诉24件、复议后起诉89件（维持13件）: of the last of them.
        return replace(self, said=replace(self.said, suits=()), waiting=())

    def set_time(self, words: list[Token]) -> None:
        """Notice whether a clause speaks of this year at all, or of a part of it, of several years or of plans."""
        kinds = {word.kind for word in words}
        if Kind.FUTURE in kinds and not (
            kinds & {Kind.TRANSFER} or any(w.value == "carried_out" for w in words)
        ):
            self.elsewhere = True
        transfer = Kind.TRANSFER in kinds
        numbers = [place for place, word in enumerate(words) if word.kind is Kind.QUANTITY]
        told = words[: numbers[-1]] if numbers else words  # 37件申请全部于一季度办结
        if any(word.kind is Kind.PERIOD for word in told) or several_years(words, self.own_year):
            self.elsewhere = True
        elif kinds & {Kind.YEAR, Kind.THIS_YEAR} and not transfer and Kind.FUTURE not in kinds:
            self.elsewhere = False

    def year_of(self, before: list[Token]) -> int:
        """Return the year of a number behind ``before``, and keep it; a year that is compared with holds for this number only."""
        kinds = {word.kind for word in before}
        if Kind.TRANSFER in kinds or any(word.value == "carried_out" for word in before):
            return self.year
        compared = False
        year = self.year
        for word in before:
            if word.kind is Kind.COMPARED or word.text in ("由", "从"):
                compared = True
            elif word.kind in (Kind.YEAR, Kind.LAST_YEAR, Kind.THIS_YEAR, Kind.NEXT_YEAR):
                step = {Kind.LAST_YEAR: -1, Kind.NEXT_YEAR: 1}.get(word.kind, 0)
                year = int(word.number) if word.kind is Kind.YEAR else self.own_year + step
                if not compared:
                    self.year = year
            elif word.kind is Kind.REACH and word.text != "为":
                year = self.year = self.own_year if compared else self.year
        return year
