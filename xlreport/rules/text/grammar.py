"""How sentences are read: clause by clause, every number with the words around it, what is left unsaid carried from before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from xlreport.rules.text.claims import Claim, Head
from xlreport.rules.text.heads import APPLICATIONS, CASES, FOREIGN, Said, heads_of, is_head
from xlreport.rules.text.lexicon import Kind, Lexicon
from xlreport.rules.text.scope import Owner, Scope
from xlreport.rules.text.sentences import Bracket, Clause, Sentence, clauses
from xlreport.rules.text.tokens import COUNT_UNITS, Token, scan

#: Words that may stand between what is counted and its number.
_LIGHT = {
    *(
        Kind.FILLER,
        Kind.TOTAL,
        Kind.REACH,
        Kind.ALL,
        Kind.EACH,
        Kind.ABOUT,
        Kind.EVENT,
        Kind.AND,
        Kind.LIST,
        Kind.ANYONE,
        Kind.MODIFIED,
    ),
    *(
        Kind.YEAR,
        Kind.THIS_YEAR,
        Kind.LAST_YEAR,
        Kind.NEXT_YEAR,
        Kind.DEADLINE,
        Kind.PART,
        Kind.OWN,
        Kind.WIDER,
        Kind.NARROWER,
        Kind.SHARE,
    ),
    *(Kind.OTHER, Kind.PERCENT, Kind.COMPARED, Kind.IN_TURN, Kind.UNITS),
}
#: Words behind a number with which another one begins.
_TURNS = {Kind.QUANTITY, Kind.COMPARED, Kind.CHANGE, Kind.REACH}
_ASIDE = {Kind.FOREIGN, Kind.CHANNEL, Kind.TOPIC}


@dataclass
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

    def inner(self) -> State:
        """Return a copy for what stands in brackets."""
        return replace(self, said=replace(self.said), waiting=())


class Reader:
    """Reads the claims of one report's texts."""

    def __init__(self, words: Lexicon, organisation: str, year: int) -> None:
        self._words = words
        self._owner = Owner(organisation)
        self._year = year

    def read(self, sentences: Iterable[Sentence]) -> list[Claim]:
        """Return the claims of ``sentences``, which follow each other in the text."""
        found: list[Claim] = []
        place: tuple[str, int] | None = None
        said, lead = Said(self._year), ""
        for sentence in sentences:
            if (sentence.part, sentence.line) != place:
                place, said, lead = (sentence.part, sentence.line), Said(self._year), ""
            if said.topic == FOREIGN or (not sentence.start and "依申请公开" in sentence.text[:20]):
                said.topic = lead = APPLICATIONS if not sentence.start and "依申请公开" in sentence.text[:20] else lead
            said = Said(self._year, topic=said.topic, case=said.case)
            if not _may_claim(sentence.text):
                said.topic = APPLICATIONS if "依申请" in sentence.text else said.topic
                continue
            state = State(self._owner, self._year, self._year, said)
            tokens = _citizens(scan(sentence.text, self._words))
            if any(token.kind is Kind.ROW and token.sure for token in tokens):
                said.topic = APPLICATIONS  # nothing else is 部分公开 or 不予公开
            claims = list(self._clauses(sentence, clauses(tokens), state))
            found += _without_empty_promises(claims)
        return found

    def _clauses(self, sentence: Sentence, parts: Sequence[Clause], state: State) -> Iterator[Claim]:
        for clause in parts:
            yield from _ClauseReader(self, sentence, clause, state).claims()

    def bracket(self, sentence: Sentence, bracket: Bracket, state: State) -> Iterator[Claim]:
        """Yield the claims in brackets, which leave what is understood outside as it was."""
        yield from self._clauses(sentence, bracket.clauses, state.inner())


def _may_claim(text: str) -> bool:
    """True if a sentence has a number of things, or may deny that there were any; reading the others would only cost time."""
    numbered, denying = _claiming()
    return bool(numbered.search(text) or denying.search(text))


@cache
def _claiming() -> tuple[re.Pattern[str], re.Pattern[str]]:
    numbered = re.compile(r"\d(?![.、年月日])|[零〇一二两三四五六七八九十百千万][余多]?[件宗起项例份]")
    denying = re.compile(
        r"(?:[未无零均都全]|没有)(?:[^。]*)(?:申请|依申请公开|复议|诉讼|规章|规范性文件|许可|处罚|强制|结转|办结|办理|完毕|答复)"
        r"|(?:申请|复议|诉讼|结转|规章|规范性文件)[^。]*(?:[无零]|没有|未)"
    )
    return numbered, denying


def _citizens(tokens: list[Token]) -> list[Token]:
    """Read 公民 as everyone, unless it is set against other applicants."""
    if any(token.kind is Kind.APPLICANT and token.sure for token in tokens):
        return tokens
    return [
        t._replace(kind=Kind.ANYONE)
        if t.kind is Kind.APPLICANT and not t.sure and t.value == "natural_person"
        else t
        for t in tokens
    ]


def _without_empty_promises(claims: list[Claim]) -> list[Claim]:
    """Drop 均已办结 where the sentence itself says that something is left."""
    left = any(c.kind == "carried_out" and c.value and not c.implied for c in claims)
    return [c for c in claims if not (left and c.kind == "carried_out" and c.implied)]


class _ClauseReader:
    def __init__(self, reader: Reader, sentence: Sentence, clause: Clause, state: State) -> None:
        self.reader, self.sentence, self.clause, self.state = reader, sentence, clause, state
        self.scope = state.scope

    def claims(self) -> Iterator[Claim]:
        self.clause = _without_not_one(self.clause)
        words = self.clause.words
        self._set_scene(words)
        waiting, self.state.waiting = self.state.waiting, ()
        if not any(word.kind is Kind.QUANTITY for word in words):
            yield from self._without_numbers(words, waiting)
            for part in self.clause.parts:
                if isinstance(part, Bracket):
                    yield from self.reader.bracket(self.sentence, part, self.state)
            return
        if any(word.kind is Kind.IN_TURN for word in words):
            yield from self._in_turn(words)
            return
        for segment in _segments(self.clause.parts):
            yield from self._segment(segment, waiting)

    # --- what the clause says of year and body

    def _set_scene(self, words: list[Token]) -> None:
        kinds = {word.kind for word in words}
        if Kind.FUTURE in kinds and not (
            kinds & {Kind.TRANSFER} or any(w.value == "carried_out" for w in words)
        ):
            self.state.elsewhere = True
        transfer = Kind.TRANSFER in kinds
        if Kind.PERIOD in kinds or _several_years(words, self.state.own_year):
            self.state.elsewhere = True
        elif kinds & {Kind.YEAR, Kind.THIS_YEAR} and not transfer and Kind.FUTURE not in kinds:
            self.state.elsewhere = False
        for place, word in enumerate(words):
            scope = self.state.owner.scope(word)
            if scope is not None and (word.kind is not Kind.UNKNOWN or _is_subject(words, place)):
                self.scope = scope
                if len(words) <= 3 or words[-1].text in ("中", "方面", "看", "来看"):
                    self.state.scope = scope

    # --- clauses without a number

    def _without_numbers(self, words: list[Token], waiting: tuple[Head, ...]) -> Iterator[Claim]:
        self._note_years(words)
        none = next((i for i, word in enumerate(words) if word.kind is Kind.NOT), None)
        if none is not None and not any(word.kind is Kind.PERCENT for word in words):
            yield from self._negation(words, none)
            self.state.said.notice(words)
            return
        everything = next((i for i, word in enumerate(words) if word.kind is Kind.ALL), None)
        if everything is not None and not any(w.kind in _ASIDE for w in words):
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
        if not any(is_head(word) for word in after) and all(word.kind in _LIGHT for word in after):
            after = words[:none]  # 行政复议、行政诉讼未发生
        denied = next((i for i, word in enumerate(after) if word.kind is Kind.NOT), len(after))
        if any(word.kind in (Kind.UNKNOWN, *_ASIDE, Kind.PERCENT) for word in after) or denied < len(after):
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
        self._note_years(words[:turn])
        self.state.said.notice(words[:turn])
        before = words[:turn]
        if any(word.kind in (Kind.UNKNOWN, *_ASIDE) for word in _from_first_head(before)):
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
            self._note_years(words)
            self.state.said.notice(words)
        else:
            claims = self._number(words[:place], words[place], words[place + 1 :], waiting)
            narrowed = any(
                isinstance(part, Bracket) and _names(part) for part in segment[: segment.index(words[place])]
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
                yield from self.reader.bracket(self.sentence, part, self.state)

    def _number(
        self, before: list[Token], number: Token, after: list[Token], waiting: tuple[Head, ...]
    ) -> list[Claim]:
        state = self.state
        year = self._year_of(before)
        kinds = {word.kind for word in before}
        if Kind.CHANGE in kinds and Kind.REACH not in kinds:
            return []
        if any(word.kind is Kind.FOREIGN for word in before):
            state.said.topic = FOREIGN
            return []
        if _is_part(before):
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
            counted = _from_first_head(before)
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
            follows = _noun_after(after)
            if not any(
                w.kind in (Kind.OBJECT, Kind.CASE, Kind.ROW, Kind.DOCUMENT, Kind.DECISION, Kind.FEE)
                for w in before
            ):
                if follows and follows[-1].kind in (Kind.UNKNOWN, *_ASIDE):
                    state.said.topic = FOREIGN
                    return []
                if any(
                    word.kind in (Kind.OBJECT, Kind.CASE, Kind.DOCUMENT, Kind.DECISION) for word in follows
                ):
                    counted = [*counted, *follows]
                    state.said.notice(follows)
            elif after and after[0].kind is Kind.FOREIGN:
                return []
            heads = heads_of([*_years(before), *counted], state.said, number.unit)
            if _only_named(counted) and (strange or self._is_told()):
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
        counted = _until_unknown(after)
        if any(is_head(word) for word in counted):
            if _only_named(counted) and (
                (len(counted) < len(after) and after[len(counted)].kind is not Kind.ALL) or self._is_told()
            ):
                return []
            state.said.notice(counted)
            return heads_of([*_years(before), *counted], state.said, number.unit)
        if Kind.TOTAL in kinds and number.unit in COUNT_UNITS and (total := _total_of(state.seen)):
            return [total]
        if waiting and not after and kinds & {Kind.TOTAL, Kind.REACH}:
            return list(waiting)
        if any(w.kind is Kind.REACH and w.text != "为" for w in before) and state.last:
            return list(state.last)
        return []

    def _is_told(self) -> bool:
        """True if the sentence has said how many applications there are: further ones are a part of them."""
        return bool({"received", "new", "handled", "to_handle"} & set(self.state.seen))

    # --- years

    def _note_years(self, words: list[Token]) -> None:
        self._year_of(words)

    def _year_of(self, before: list[Token]) -> int:
        """Return the year of a number behind ``before``; a year that is compared with holds for this number only."""
        state = self.state
        kinds = {word.kind for word in before}
        if Kind.TRANSFER in kinds or any(word.value == "carried_out" for word in before):
            return state.year
        compared = False
        year = state.year
        for word in before:
            if word.kind is Kind.COMPARED or word.text in ("由", "从"):
                compared = True
            elif word.kind in (Kind.YEAR, Kind.LAST_YEAR, Kind.THIS_YEAR, Kind.NEXT_YEAR):
                step = {Kind.LAST_YEAR: -1, Kind.NEXT_YEAR: 1}.get(word.kind, 0)
                year = int(word.number) if word.kind is Kind.YEAR else state.own_year + step
                if not compared:
                    state.year = year
            elif word.kind is Kind.REACH and word.text != "为":
                year = state.year = state.own_year if compared else state.year
        return year

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


def _names(bracket: Bracket) -> bool:
    """True if a bracket without numbers says what is counted."""
    words = [word for clause in bracket.clauses for word in clause.words]
    return any(is_head(word) for word in words) and not any(word.kind is Kind.QUANTITY for word in words)


def _without_not_one(clause: Clause) -> Clause:
    """Read 未发生一起 as 未发生."""
    denied = False
    kept: list[Token | Bracket] = []
    for part in clause.parts:
        denied = denied or (isinstance(part, Token) and part.kind is Kind.NOT)
        if not (denied and isinstance(part, Token) and part.kind is Kind.QUANTITY and part.number == 1):
            kept.append(part)
    return Clause(tuple(kept))


def _several_years(words: list[Token], own_year: int) -> bool:
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


def _segments(parts: Sequence[Token | Bracket]) -> list[list[Token | Bracket]]:
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


def _is_part(before: list[Token]) -> bool:
    """True if the number is of one way or one topic only; “网络、邮寄等方式” are all of them."""
    aside = max((i for i, word in enumerate(before) if word.kind in (Kind.CHANNEL, Kind.TOPIC)), default=None)
    return aside is not None and not any(word.text == "等" for word in before[aside:])


def _from_first_head(words: list[Token]) -> list[Token]:
    first = next((i for i, word in enumerate(words) if is_head(word)), len(words))
    return words[first:]


def _only_named(words: list[Token]) -> bool:
    """True if nothing but the application itself is named: no act, no result."""
    return {word.kind for word in words if is_head(word)} == {Kind.OBJECT}


def _years(words: list[Token]) -> list[Token]:
    """The years said before the first head: they tell which way a carry goes."""
    years = (Kind.YEAR, Kind.LAST_YEAR, Kind.THIS_YEAR, Kind.NEXT_YEAR)
    return [word for word in words[: len(words) - len(_from_first_head(words))] if word.kind in years]


def _noun_after(after: list[Token]) -> list[Token]:
    """The words directly behind a number up to the noun that says what is counted."""
    for place, word in enumerate(after):
        if word.kind in (Kind.FILLER, Kind.ABOUT, Kind.ANYONE, Kind.APPLICANT, Kind.OWN, Kind.EVENT):
            continue
        return after[: place + 1]
    return after


def _until_unknown(words: list[Token]) -> list[Token]:
    stop = next(
        (
            i
            for i, word in enumerate(words)
            if word.kind in (Kind.UNKNOWN, *_ASIDE, Kind.CHANGE, Kind.SHARE, Kind.ALL)
        ),
        len(words),
    )
    return words[:stop]


def _is_subject(words: list[Token], place: int) -> bool:
    """True if an unknown word may be who acts: no head stands before it."""
    return not any(is_head(word) for word in words[:place])


def _total_of(seen: tuple[str, ...]) -> Head | None:
    """What a bare 合计 sums up."""
    if "carried_in" in seen and ("new" in seen or "received" in seen):
        return Head("to_handle")
    if {"review", "litigation"} <= set(seen):
        return Head(CASES)
    return None
