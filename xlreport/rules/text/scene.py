"""What a clause is read with: its sentence, what is understood, and whose figures it tells."""

from __future__ import annotations

from dataclasses import dataclass

from xlreport.rules.text.claims import Claim, Head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.said import CASE_KINDS
from xlreport.rules.text.scope import Scope
from xlreport.rules.text.segments import is_subject
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.state import State
from xlreport.rules.text.tokens import COUNT_UNITS, Token

_SECTORS = ("机关", "系统", "部门", "行政机关", "领域", "行业", "战线")


def _is_sector(words: list[Token], place: int) -> bool:
    """True for the 全市 of 全市公安机关 and 全市税务系统."""
    if (
        words[place].kind is not Kind.WIDER
        or place + 1 >= len(words)
        or words[place + 1].kind is not Kind.UNKNOWN
    ):
        return False
    behind = words[place + 2].text if place + 2 < len(words) else ""
    return behind in _SECTORS or words[place + 1].text.endswith(_SECTORS)


def _decides(words: list[Token], place: int) -> bool:
    return any(word.kind is Kind.OUTCOME for word in words[place + 1 : place + 3])


@dataclass
class Scene:
    """One clause's place in its sentence; what it leaves understood goes into ``state``."""

    sentence: Sentence
    state: State
    scope: Scope

    def set(self, words: list[Token]) -> None:
        """Take in what a clause says of time and of whose figures follow."""
        self.state.set_time(words)
        if words and words[0].text == "其" and self.state.spoken_of is Scope.OTHER:
            self.scope = Scope.OTHER  # 据县政府办公室通报，其全年收到…
        for place, word in enumerate(words):
            if word.kind is Kind.NARROWER and place and self._is_of_another(words[place - 1]):
                continue  # 市政府办公室本级
            if place and words[place - 1].kind is Kind.UNITS and word.kind in (Kind.OWN, Kind.UNKNOWN):
                continue  # 各县区税务局
            if word.kind is Kind.UNKNOWN and self.state.said.about and _decides(words, place):
                continue  # 区政府决定维持33件: who decides on what the body is asked to answer for
            scope = Scope.OTHER if _is_sector(words, place) else self.state.owner.scope(word)
            if word.text == "街道" and place and words[place - 1].kind is Kind.UNKNOWN:
                scope = self.state.owner.of_street(words[place - 1].text)
            if scope is None and not place and word.kind is Kind.UNKNOWN:
                scope = self.state.owner.acting(word.text)
            if scope is not None and (word.kind is not Kind.UNKNOWN or is_subject(words, place)):
                joined = place > 1 and words[place - 1].kind in (Kind.AND, Kind.LIST) and scope is Scope.OWN
                others = joined and self.state.owner.scope(words[place - 2]) not in (None, Scope.OWN)
                self.scope = Scope.PERHAPS if others else scope  # 市政府及市政府办公室
                if len(words) <= 3 or words[-1].text in ("中", "方面", "看", "来看"):
                    self.state.scope = scope
        self.state.spoken_of = self.scope

    def _doubted_twice(self, head: Head) -> bool:
        return self.scope is Scope.PERHAPS and not head.sure

    def _is_of_another(self, word: Token) -> bool:
        return word.kind is Kind.UNKNOWN and self.state.owner.scope(word) is Scope.OTHER

    def claim(self, head: Head, word: Token, year: int | None = None) -> Claim:
        """Return the claim that the number ``word`` is of ``head``."""
        state, numeral = self.state, word.numeral
        bound = head.bound or (numeral.bound if numeral else "")
        return Claim(
            kind=head.kind,
            value=word.number,
            sentence=self.sentence,
            start=word.start,
            end=word.end,
            year=state.year if year is None else year,
            column=head.column,
            step=numeral.step if numeral else 1,
            bound=bound,
            own=self.scope is not Scope.OTHER
            and not state.elsewhere
            and not (self._doubted_twice(head) and head.kind.partition(".")[0] in CASE_KINDS),
            told=not self._doubted_twice(head),
            sure=head.sure
            and not bound
            and self.scope is Scope.OWN
            and not state.said.doubtful
            and ((word.unit in (*COUNT_UNITS, "万元") and word.unit != "项") or not word.number),
        )

    def implied(self, head: Head, word: Token) -> Claim:
        """Return the claim of a word that says none without writing a number."""
        return self.claim(head, word)._replace(value=0, implied=word.text)
